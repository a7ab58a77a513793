package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"vankien/api/web"
	"vankien/indexer"
	"vankien/indexer/citation"
	"vankien/storage"
)

// How many documents a page of cited-by has: the text of each is read.
const (
	maxCitingPage   = 50
	usualCitingPage = 10
	maxSearched     = 2 << 20 // bytes of a text in which the sentence is looked for
)

// CitedByAnswer answers GET /documents/{id}/cited-by.
type CitedByAnswer struct {
	Total   int      `json:"total"`    // those beyond indexer.MaxLinks included, which no page has
	CitedBy []Citing `json:"cited_by"` // newest first
}

// Citing is a document that states a relation to another.
type Citing struct {
	Document Candidate            `json:"document"`
	Relation storage.RelationKind `json:"relation"`
	Explicit bool                 `json:"explicit"`
	Decided  bool                 `json:"decided"` // false where another document of that number may be meant
	Page     *int                 `json:"page"`    // null where the text does not have it as the facts do
	Quote    *Quote               `json:"quote"`   // likewise
}

// citedBy lists the documents that state a relation to a document.
func (s *server) citedBy(c *gin.Context) error {
	values := queryValues(c.Request.URL.RawQuery)
	page, err := numberValue(values, "page", 1)
	if err != nil {
		return err
	}
	size, err := sizeValue(values, usualCitingPage, maxCitingPage)
	if err != nil {
		return err
	}
	if page-1 > (indexer.MaxLinks-1)/size {
		return badInput("Chỉ xem được %s quan hệ đầu.", web.Number(indexer.MaxLinks))
	}
	d, relater, err := s.relating(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	links, err := s.links(ctx, relater, d)
	if err != nil {
		return err
	}
	if links == nil {
		links = &indexer.Links{}
	}
	done, err := s.beginCheck(ctx)
	if err != nil {
		return err
	}
	defer done()
	answer := CitedByAnswer{Total: links.Cited, CitedBy: []Citing{}}
	from := min((page-1)*size, len(links.In))
	for _, link := range links.In[from:min(from+size, len(links.In))] {
		for _, citing := range link.Documents[:min(1, len(link.Documents))] {
			item, err := s.citing(ctx, citing, link)
			if errors.Is(err, storage.ErrNotFound) { // withdrawn from the reader, which the index learns in a moment
				answer.Total--
				continue
			}
			if err != nil {
				return err
			}
			answer.CitedBy = append(answer.CitedBy, item)
		}
	}
	return writeJSON(c, http.StatusOK, answer)
}

// citing tells where a document states a relation: storage.ErrNotFound of one
// that the reader may not see by now.
func (s *server) citing(ctx context.Context, d storage.Document, link indexer.Link) (Citing, error) {
	now, err := s.lookUp(ctx, d.ID)
	if err != nil {
		return Citing{}, err
	}
	relation := link.Relation
	item := Citing{Document: candidates([]storage.Document{d})[0], Relation: relation.Kind, Explicit: relation.Explicit, Decided: link.Decided}
	text, err := s.textOf(ctx, now)
	if errors.Is(err, storage.ErrNotFound) {
		return item, nil
	}
	if err != nil {
		return item, err
	}
	if page, found, ok := stated(text.Pages, relation); ok {
		item.Page, item.Quote = &page, &found
		item.Document.URL = web.DocumentURL(d.ID, page, "")
	}
	return item, nil
}

// stated finds the sentence that states a relation: that has the other's number,
// and where several do, the first with a word of the relation.
func stated(pages []storage.Page, relation storage.Relation) (number int, found Quote, ok bool) {
	key, left := citation.Key(relation.Target), maxSearched
	for _, page := range pages {
		if left -= len(page.Text); left < 0 {
			break
		}
		for _, at := range targetsIn(page.Text, relation.Target, key) {
			sentence := sentenceOf(page, at[0], at[1])
			if says(sentence.Text, relation.Kind) {
				return page.Number, sentence, true
			}
			if !ok {
				number, found, ok = page.Number, sentence, true
			}
		}
	}
	return number, found, ok
}

// targetsIn are the places of text, in bytes, that name a target: by its number,
// or letter by letter where it has none.
func targetsIn(text, target, key string) [][2]int {
	var places [][2]int
	for _, c := range citation.Cited(text) {
		if c.Number.Serial != "" && c.Number.Key() == key || c.Raw == target {
			places = append(places, [2]int{c.Start, c.End})
		}
	}
	if at := strings.Index(text, target); len(places) == 0 && at >= 0 && target != "" {
		places = append(places, [2]int{at, at + len(target)})
	}
	return places
}

// relationWords are what sentences say that state a relation.
var relationWords = map[storage.RelationKind][]string{
	storage.Replaces: {"thay thế", "thay cho"}, storage.Amends: {"sửa đổi", "bổ sung", "đính chính"}, storage.Repeals: {"bãi bỏ", "hủy bỏ", "huỷ bỏ", "hết hiệu lực"},
	storage.BasedOn: {"căn cứ"}, storage.Guides: {"hướng dẫn", "quy định chi tiết"}, storage.Implements: {"thực hiện", "triển khai", "cụ thể hóa", "cụ thể hoá"},
}

func says(sentence string, kind storage.RelationKind) bool {
	sentence = strings.ToLower(sentence)
	return kind == storage.Cites || slices.ContainsFunc(relationWords[kind], func(words string) bool { return strings.Contains(sentence, words) })
}
