package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"vankien/indexer"
	"vankien/storage"
)

// Choice asks which document is wanted: of those that a query may mean, or, as
// a question, of those whose numbers are like one that no document has.
type Choice struct {
	Missing  bool // no document has the number
	Heading  NumberSentence
	Question string
	More     string // how to narrow it where there are more than are shown, else ""
	Others   string // what the hits behind it are called
	Cards    []Card
}

// NumberSentence is a sentence with a number in it, which no line end breaks.
type NumberSentence struct{ Before, Number, After string }

// Card is a document to choose.
type Card struct {
	Name, Date, Heading, Issuer, URL string
	Circulation                      string
	Validity                         Badge
	Successors                       Successors
	Place                            *PassageView // the place in it that the query names, nil without one

	id storage.ID
}

// maxCards is how many documents stand open to choose from.
const maxCards = 10

// understood is what the page says of how the query was read, "" where the
// choice says just that.
func understood(f Found, c *Choice) string {
	readAs := f.Result.ReadAs
	if c != nil && c.Missing && f.Missing != "" && strings.Contains(readAs, f.Missing) && !strings.Contains(readAs, ";") {
		return ""
	}
	return readAs
}

// choose is the choice that a result leaves, nil where it leaves none. Whoever
// turns the page or sorts has a list before them, and no question.
func choose(f Found) *Choice {
	if f.Query.Page > 1 || f.Query.Sort != indexer.ByRelevance {
		return nil
	}
	switch r := f.Result; {
	case len(r.Candidates) > 0:
		c := &Choice{
			Heading: candidatesHeading(r.Candidates), Question: "Bạn cần văn bản nào?", Others: "Văn bản khác",
			Cards: cards(r.Candidates, f),
		}
		if len(r.Candidates) > maxCards {
			c.More = fmt.Sprintf("Đây là %d văn bản đầu. Gõ thêm năm, cơ quan ban hành hoặc vài chữ trong trích yếu để chọn đúng hơn.", maxCards)
		}
		return c
	case len(r.Nearest) > 0:
		heading := NumberSentence{Before: "Không có văn bản mang số này trong kho."}
		if f.Missing != "" {
			heading = NumberSentence{"Không có văn bản số ", f.Missing, " trong kho."}
		}
		return &Choice{
			Missing: true, Heading: heading, Question: "Các số gần giống – có phải bạn cần một trong các văn bản này?",
			Others: "Văn bản có những chữ đã gõ", Cards: cards(r.Nearest, f),
		}
	}
	return nil
}

// candidatesHeading tells what several documents have in common.
func candidatesHeading(all []indexer.Candidate) NumberSentence {
	number := all[0].Document.Facts.Number
	same := !slices.ContainsFunc(all, func(c indexer.Candidate) bool { return c.Document.Facts.Number != number })
	if same && number != "" {
		return NumberSentence{"Có " + Number(len(all)) + " văn bản cùng số ", string(number), "."}
	}
	return NumberSentence{Before: "Có " + Number(len(all)) + " văn bản đúng với câu tìm."}
}

func cards(all []indexer.Candidate, f Found) []Card {
	var views []Card
	for _, candidate := range all[:min(len(all), maxCards)] {
		d := candidate.Document
		card := Card{
			Name: cmp.Or(designation(d), heading(d)), Date: Date(d.Facts.Issued), Issuer: string(d.Facts.Issuer), URL: DocumentURL(d.ID, 0, ""),
			Circulation: string(d.Facts.Circulation), Validity: badge(d.Validity), Successors: successorsOf(d, f.Successors), id: d.ID,
		}
		if title := heading(d); title != card.Name {
			card.Heading = title
		}
		for _, hit := range f.Result.Hits {
			if hit.Document.ID == d.ID && hit.Place > 0 && len(hit.Passages) > 0 {
				place := passageView(d, hit.Passages[0], f.Query.Text)
				card.Place, card.URL = &place, place.URL
			}
		}
		views = append(views, card)
	}
	return views
}

// others are the hits to list behind the choice: not again what it has, unless
// that is but near what was asked for.
func (c *Choice) others(hits []indexer.Hit) []indexer.Hit {
	if c.Missing {
		return hits
	}
	return slices.DeleteFunc(slices.Clone(hits), func(hit indexer.Hit) bool {
		return slices.ContainsFunc(c.Cards, func(card Card) bool { return card.id == hit.Document.ID })
	})
}

// narrowed search for other texts, as narrowly as before.
func narrowed(q indexer.Query, texts []string) []Link {
	var links []Link
	for _, text := range texts {
		target := q
		target.Text, target.Page = text, 1
		links = append(links, Link{Label: text, URL: searchURL(target)})
	}
	return links
}

// spellings are the corrections and the advice to show: where nothing was
// found, no correction that finds nothing either, and none of them twice.
func spellings(r indexer.Result) (corrections, advice []string) {
	for _, text := range r.Corrections {
		if r.Total > 0 || len(r.Advice) == 0 || slices.Contains(r.Advice, text) {
			corrections = append(corrections, text)
		}
	}
	for _, text := range r.Advice {
		if !slices.Contains(corrections, text) {
			advice = append(advice, text)
		}
	}
	return corrections, advice
}
