package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"vankien/api/auth"
	"vankien/indexer"
	"vankien/indexer/citation"
	"vankien/storage"
)

// CitationsAnswer answers GET /documents/{id}/citations.
type CitationsAnswer struct {
	Citations []CitationInDocument `json:"citations"` // in the order of the text
	Complete  bool                 `json:"complete"`  // false where the text has more of them than are listed
}

// CitationInDocument is a citation where it stands: start and end count in the
// text of its page.
type CitationInDocument struct {
	CheckedCitation
	Page     int                  `json:"page"`
	Quote    Quote                `json:"quote"`    // the sentence that cites
	Relation storage.RelationKind `json:"relation"` // what the document does to the other, cites where it says no more
}

// documentCitations lists what a document cites, page by page.
func (s *server) documentCitations(c *gin.Context) error {
	d, err := s.visible(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	text, err := s.readTextOf(ctx, d)
	if errors.Is(err, storage.ErrNotFound) { // nothing was read of it yet
		return writeJSON(c, http.StatusOK, CitationsAnswer{Citations: []CitationInDocument{}, Complete: true})
	}
	if err != nil {
		return err
	}
	resolver, done, err := s.beginResolving(ctx)
	if err != nil {
		return err
	}
	defer done()
	start := time.Now()
	answer, err := citationsOf(ctx, resolver, d, text)
	s.metrics.searched("citations", time.Since(start))
	if err != nil {
		return fmt.Errorf("citations of %s: %w", d.ID, err)
	}
	return writeJSON(c, http.StatusOK, answer)
}

func citationsOf(ctx context.Context, resolver indexer.Resolver, d storage.Document, text storage.Text) (CitationsAnswer, error) {
	answer := CitationsAnswer{Citations: []CitationInDocument{}, Complete: true}
	dated := map[string]storage.ID{}
	for _, page := range text.Pages {
		resolved, err := resolvePage(ctx, resolver, d, page.Text, maxCitations+1-len(answer.Citations))
		if err != nil {
			return answer, err
		}
		for i := range resolved {
			asBefore(&resolved[i], dated)
		}
		checked := checkAnswer(page.Text, resolved).Citations
		for i, r := range resolved {
			if len(answer.Citations) == maxCitations {
				answer.Complete = false
				return answer, nil
			}
			answer.Citations = append(answer.Citations, CitationInDocument{
				CheckedCitation: checked[i], Page: page.Number, Quote: sentenceOf(page, r.Citation.Start, r.Citation.End), Relation: relationTo(d, r.Citation),
			})
		}
	}
	return answer, nil
}

// asBefore puts the document first that the text has cited with its date before:
// later it says the number alone. dated has those, by the key of their number.
func asBefore(r *indexer.Resolved, dated map[string]storage.ID) {
	c, key := r.Citation, r.Citation.Number.Key()
	switch {
	case c.Number.Serial == "" || len(r.Documents) == 0:
	case c.Date != "" && c.Date == string(r.Documents[0].Facts.Issued):
		dated[key] = r.Documents[0].ID
	case c.Date == "" && c.Year == 0 && dated[key] != "":
		if i := slices.IndexFunc(r.Documents, func(d storage.Document) bool { return d.ID == dated[key] }); i > 0 {
			first := r.Documents[i]
			r.Documents = slices.Insert(slices.Delete(r.Documents, i, i+1), 0, first)
		}
	}
}

// partSize is how much of a page is resolved at once, in bytes: a page may be a
// whole book.
const partSize = 256 << 10

// firstOf is the first part of text, all of it where it is short: up to the last
// end of a line, else of a clause, which a citation hardly crosses, else of a
// word, and never within a letter.
func firstOf(text string) string {
	if len(text) <= partSize {
		return text
	}
	for _, end := range []string{"\n", "; ", " "} {
		if at := strings.LastIndex(text[:partSize], end); at >= 0 {
			return text[:at+len(end)]
		}
	}
	size := partSize
	for size > partSize-utf8.UTFMax && !utf8.RuneStart(text[size]) {
		size--
	}
	return text[:size]
}

// resolvePage are the citations of a page in d that cite others, until there are
// enough of them.
func resolvePage(ctx context.Context, resolver indexer.Resolver, d storage.Document, text string, enough int) ([]indexer.Resolved, error) {
	var all []indexer.Resolved
	for at := 0; at < len(text) && len(all) < enough; {
		part := firstOf(text[at:])
		resolved, err := resolver.Resolve(ctx, part, auth.From(ctx).Role.Audience())
		if err != nil {
			return nil, err
		}
		for _, r := range resolved {
			if namesItself(d, r.Citation) {
				continue
			}
			r.Citation.Start, r.Citation.End = r.Citation.Start+at, r.Citation.End+at
			r.Documents = slices.DeleteFunc(slices.Clone(r.Documents), func(other storage.Document) bool { return other.ID == d.ID })
			all = append(all, r)
		}
		at += len(part)
	}
	return all[:min(len(all), enough)], nil
}

// namesItself tells whether a citation is a document's own number, as its head
// and its running lines print it.
func namesItself(d storage.Document, c citation.Citation) bool {
	return c.Number.Serial != "" && d.Facts.Number != "" && c.Number.Key() == citation.Key(string(d.Facts.Number)) &&
		(c.Date == "" || c.Date == string(d.Facts.Issued))
}

// relationTo is what a document does to the one of a citation, as its facts say.
func relationTo(d storage.Document, c citation.Citation) storage.RelationKind {
	if c.Number.Serial != "" {
		for _, relation := range d.Facts.Relations {
			if relation.Kind != storage.Cites && citation.Key(relation.Target) == c.Number.Key() && (c.Date == "" || relation.Date == "" || c.Date == string(relation.Date)) {
				return relation.Kind
			}
		}
	}
	return storage.Cites
}
