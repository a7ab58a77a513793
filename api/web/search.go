package web

import (
	"slices"
	"strings"

	"vankien/indexer"
	"vankien/indexer/query"
	"vankien/storage"
)

// SearchPage is the home page and every page of results.
type SearchPage struct {
	Frame
	Home          bool // nothing was asked: the search box and the newest documents
	Heading       string
	ReadAs        string
	Corrections   []Link
	Choice        *Choice // the documents that the query may mean, or numbers like one that no document has
	Chips         []Link  // what narrows the search; each link takes it off
	ClearURL      string  // the search without any filter
	Facets        []FacetView
	Kept          []Field // what the form of dates carries along
	From, To      storage.Date
	Sorts         []Link
	HitsHeading   string // of the hits where they follow a choice
	Hits          []HitView
	Nothing       bool // there is nothing to show for the query
	Pages         *pagination
	Kinds         []FacetLink // ways in from the home page
	MoreKinds     []FacetLink // and those behind "Xem thêm"
	Conditions    bool        // the text has conditions ("loại:NQ")
	Unconditional string      // the search for its words alone, "" where it has none
	Numbered      bool        // the text names a document's number
	Advice        []Link      // instead of an empty result: searches that find something
	Newest        []HitView   // and what to read
}

// Field is a hidden field of a form.
type Field struct{ Name, Value string }

// HitView is a document in a list.
type HitView struct {
	Kind, Number, Date, Issuer, Heading, URL string
	Circulation                              string
	Validity                                 Badge
	Successors                               Successors
	Passages                                 []PassageView
}

// PassageView is a part of a document that matched; its address opens the
// document there.
type PassageView struct {
	URL     string
	Page    int // 0 where the document has no pages to speak of
	Section string
	Pieces  []Piece
	OCR     bool // the machine has read it from a picture
	// Original shows the page as it was uploaded, "" where that is no PDF.
	Original string
}

// FacetView is a dimension to narrow a search by.
type FacetView struct {
	Label  string
	Values []FacetLink // the most frequent and the chosen ones
	More   []FacetLink // the others
}

// FacetLink chooses a value of a facet, or no more.
type FacetLink struct {
	Label, Count, URL string
	Chosen            bool
}

// shownValues is how many values of a facet stand open.
const shownValues = 6

// Found is what a search page is made from.
type Found struct {
	Query      indexer.Query
	Result     indexer.Result
	Missing    string                          // the number that the query names and no document has, where Result has Nearest
	Successors map[storage.ID]storage.Document // of the hits' replaced_by, those the reader may know
	Newest     indexer.Result                  // where Result is empty
}

// NewSearchPage is the page for what was found.
func NewSearchPage(frame Frame, f Found) SearchPage {
	q := f.Query
	v := SearchPage{
		Frame: frame, Home: q.Text == "" && !filtered(q) && q.Page == 1 && q.Sort == indexer.ByRelevance,
		From: q.From, To: q.To, Pages: paginate(q, f.Result.Total),
		Newest: hitViews(f.Newest.Hits, "", f.Successors),
	}
	v.Query = q.Text
	v.Title, v.Heading = titles(v.Home, q, f.Result.Total)
	corrections, advice := spellings(f.Result)
	v.Corrections, v.Advice = narrowed(q, corrections), narrowed(q, advice)
	v.Choice = choose(f)
	v.ReadAs = understood(f, v.Choice)
	hits := f.Result.Hits
	if v.Choice != nil {
		hits = v.Choice.others(hits)
		v.HitsHeading = v.Choice.Others
	}
	v.Hits = hitViews(hits, q.Text, f.Successors)
	v.Nothing = len(hits) == 0 && (v.Choice == nil || v.Choice.Missing)
	if v.Nothing {
		v.suggestOtherwise(q)
	}
	v.Facets = facetViews(q, f.Result.Facets)
	if v.Home {
		v.Kinds, v.MoreKinds = kindLinks(q, f.Result.Facets)
	}
	v.Chips = chips(q, slices.Concat(f.Result.Facets, f.Newest.Facets)) // an empty result knows no labels
	v.ClearURL = searchURL(indexer.Query{Text: q.Text, Sort: indexer.ByRelevance})
	v.Kept = kept(q)
	v.Sorts = sorts(q)
	return v
}

// suggestOtherwise finds what may have kept everything out.
func (v *SearchPage) suggestOtherwise(q indexer.Query) {
	parsed := query.Parse(q.Text)
	v.Conditions, v.Numbered = len(parsed.Fields) > 0, len(parsed.Citations) > 0
	if words := strings.TrimSpace(parsed.Words); v.Conditions && words != "" {
		q.Text, q.Page = words, 1
		v.Unconditional = searchURL(q)
	}
}

func titles(home bool, q indexer.Query, total int) (title, heading string) {
	heading = "Tìm thấy " + Number(total) + " văn bản"
	switch {
	case home:
		return "Văn Kiện – kho văn kiện, tài liệu Đảng", "Văn bản mới nhất"
	case total == 0:
		heading = "Không tìm thấy văn bản nào"
	}
	if q.Text == "" {
		return "Văn bản – Văn Kiện", heading
	}
	return q.Text + " – Văn Kiện", heading
}

func hitViews(hits []indexer.Hit, query string, successors map[storage.ID]storage.Document) []HitView {
	var views []HitView
	for _, hit := range hits {
		d := hit.Document
		v := HitView{
			Kind: string(d.Facts.Kind), Number: string(d.Facts.Number), Date: Date(d.Facts.Issued),
			Issuer: string(d.Facts.Issuer), Heading: heading(d), URL: DocumentURL(d.ID, hit.Place, query),
			Circulation: string(d.Facts.Circulation), Validity: badge(d.Validity),
			Successors: successorsOf(d, successors),
		}
		for _, passage := range hit.Passages {
			v.Passages = append(v.Passages, passageView(d, passage, query))
		}
		views = append(views, v)
	}
	return views
}

func passageView(d storage.Document, p indexer.MatchedPassage, query string) PassageView {
	v := PassageView{URL: DocumentURL(d.ID, p.Page, query), Section: p.Section, Pieces: pieces(p.Text, p.Marks), OCR: p.OCR}
	if d.Reading.Pages > 1 {
		v.Page = p.Page
	}
	if d.Original.MediaType == pdfType {
		v.Original = viewerURL(d.ID, p.Page, query)
	}
	return v
}
