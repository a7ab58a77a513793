package api

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/indexer/citation"
	"vankien/storage"
)

// shelf is a small library and its index in memory: what api needs of both.
type shelf struct {
	records   map[storage.ID]storage.Record
	texts     map[string]storage.Text // by SHA-256
	originals map[string][]byte
	tokens    map[string]storage.Token // by secret
	err       error                    // what every method answers where set
}

func (s *shelf) Document(_ context.Context, id storage.ID) (storage.Record, error) {
	if s.err != nil {
		return storage.Record{}, s.err
	}
	if !strings.HasPrefix(string(id), "d-") { // as the library answers what no document can be called
		return storage.Record{}, fmt.Errorf("document id %q: %w", id, storage.ErrInvalid)
	}
	record, ok := s.records[id]
	if !ok {
		return storage.Record{}, fmt.Errorf("documents/%s.json: %w", id, storage.ErrNotFound)
	}
	return record, nil
}

func (s *shelf) Text(_ context.Context, sha, version string) (storage.Text, error) {
	text, ok := s.texts[sha]
	if !ok || version != "r1" {
		return storage.Text{}, storage.ErrNotFound
	}
	return text, s.err
}

func (s *shelf) OpenOriginal(_ context.Context, sha string) (io.ReadSeekCloser, error) {
	body, ok := s.originals[sha]
	if !ok {
		return nil, storage.ErrNotFound
	}
	return struct {
		io.ReadSeeker
		io.Closer
	}{bytes.NewReader(body), io.NopCloser(nil)}, s.err
}

func (s *shelf) TokenFor(_ context.Context, secret string) (storage.Token, error) {
	token, ok := s.tokens[secret]
	if !ok {
		return storage.Token{}, storage.ErrNotFound
	}
	return token, nil
}

func (s *shelf) Audit(_ context.Context, day time.Time) iter.Seq2[storage.AuditEvent, error] {
	return func(yield func(storage.AuditEvent, error) bool) {
		if s.err != nil {
			yield(storage.AuditEvent{}, s.err)
			return
		}
		if yield(storage.AuditEvent{At: day, By: "Nguyễn Văn A", Action: "publish", Subject: string(idGrassroots), Revision: 3}, nil) {
			yield(storage.AuditEvent{}, storage.ErrDamaged)
		}
	}
}

func (s *shelf) Versions(context.Context) (map[storage.ID]storage.Version, error) {
	versions := map[storage.ID]storage.Version{}
	for id, record := range s.records {
		if record.Findable() {
			versions[id] = record.Version()
		}
	}
	return versions, s.err
}

// sorted are the documents that audience may find, newest first.
func (s *shelf) sorted(audience storage.Audience) []storage.Document {
	var found []storage.Document
	for _, record := range s.records {
		if record.Findable() && audience.Includes(record.Audience) {
			found = append(found, record.Document)
		}
	}
	slices.SortFunc(found, func(a, b storage.Document) int {
		return strings.Compare(string(b.Facts.Issued)+string(b.ID), string(a.Facts.Issued)+string(a.ID))
	})
	return found
}

// Search finds the documents whose number, title or text has the query's words
// one after the other.
func (s *shelf) Search(ctx context.Context, q indexer.Query) (indexer.Result, error) {
	if s.err != nil {
		return indexer.Result{}, s.err
	}
	if err := ctx.Err(); err != nil {
		return indexer.Result{}, err
	}
	q = q.Normalize()
	result := indexer.Result{Took: 3 * time.Millisecond}
	kinds := map[storage.Printed]int{}
	for _, d := range s.sorted(q.Audience) {
		passages, ok := s.match(d, q.Text)
		if !ok || !holds(d, q) {
			continue
		}
		kinds[d.Facts.Kind]++
		result.Total++
		if result.Total > (q.Page-1)*q.Size && len(result.Hits) < q.Size {
			result.Hits = append(result.Hits, indexer.Hit{Document: d, Score: 1, Passages: passages})
		}
	}
	if q.Text == "nq 21" {
		result.ReadAs = "văn bản số 21-NQ"
		for _, d := range result.Hits {
			result.Candidates = append(result.Candidates, indexer.Candidate{Document: d.Document})
		}
	}
	result.Corrections = shelfCorrections[q.Text]
	if result.Total == 0 && q.Text != "" && q.Unit == indexer.Documents {
		result.Advice = shelfAdvice[q.Text]
	}
	if missing, near := s.near(q.Text, q.Audience); missing != "" && result.Candidates == nil && q.Unit == indexer.Documents {
		result.ReadAs = "văn bản số " + missing + " (không có trong kho), theo các chữ đã gõ"
		for _, d := range near {
			result.Nearest = append(result.Nearest, indexer.Candidate{Document: d})
		}
	}
	for _, facet := range q.Facets {
		count := indexer.FacetCount{Facet: facet}
		if facet == indexer.FacetKind {
			for kind, n := range kinds {
				count.Values = append(count.Values, indexer.FacetValue{Value: slugs[kind], Label: string(kind), Count: n})
			}
			slices.SortFunc(count.Values, func(a, b indexer.FacetValue) int { return strings.Compare(a.Value, b.Value) })
		}
		result.Facets = append(result.Facets, count)
	}
	return result, nil
}

var (
	shelfCorrections = map[string][]string{"ngị quyết": {"nghị quyết"}, "chi bộ": {"chi bộ họp", "chỉ bảo"}}
	shelfAdvice      = map[string][]string{"sinh hoạt chi bộ nông thôn": {"sinh hoạt chi bộ", "nông thôn"}}
)

// near are the documents with a number like the only one in text, where none
// has that.
func (s *shelf) near(text string, audience storage.Audience) (missing string, near []storage.Document) {
	cited := citation.Find(text)
	if len(cited) != 1 {
		return "", nil
	}
	for _, d := range s.sorted(audience) {
		known := citation.Parse(string(d.Facts.Number))
		if known.Key() == cited[0].Number.Key() {
			return "", nil
		}
		if known.Serial != "" && known.Kind == cited[0].Number.Kind {
			near = append(near, d)
		}
	}
	return cited[0].Number.String(), near
}

// Resolve finds the documents with just the numbers that a text has.
func (s *shelf) Resolve(_ context.Context, text string, audience storage.Audience) ([]indexer.Resolved, error) {
	var all []indexer.Resolved
	for _, c := range citation.Cited(text) {
		r := indexer.Resolved{Citation: c}
		for _, d := range s.sorted(audience) {
			if citation.Parse(string(d.Facts.Number)).Key() == c.Number.Key() {
				r.Documents = append(r.Documents, d)
			}
		}
		if len(r.Documents) == 0 {
			_, r.Nearest = s.near(c.Raw, audience)
		}
		all = append(all, r)
	}
	return all, s.err
}

func (s *shelf) LookUp(ctx context.Context, typed string, audience storage.Audience) (indexer.Resolved, error) {
	all, err := s.Resolve(ctx, typed, audience)
	switch {
	case err != nil:
		return indexer.Resolved{}, err
	case len(all) == 0:
		return indexer.Resolved{}, storage.ErrNotFound
	case len(all[0].Documents) == 0:
		return all[0], storage.ErrNotFound
	}
	return all[0], nil
}

var slugs = map[storage.Printed]string{"Nghị quyết": "nghi-quyet", "Quy định": "quy-dinh", "Hướng dẫn": "huong-dan", "Kết luận": "ket-luan"}

func holds(d storage.Document, q indexer.Query) bool {
	if kinds := q.Filters[indexer.FacetKind]; len(kinds) > 0 && !slices.Contains(kinds, slugs[d.Facts.Kind]) {
		return false
	}
	return true
}

func (s *shelf) match(d storage.Document, words string) ([]indexer.MatchedPassage, bool) {
	words = strings.ToLower(words)
	if words == "" {
		return []indexer.MatchedPassage{}, true
	}
	if words == "nq 21" {
		return []indexer.MatchedPassage{}, strings.HasPrefix(string(d.Facts.Number), "21-NQ")
	}
	passages := []indexer.MatchedPassage{}
	for i, page := range s.texts[d.Original.SHA256].Pages {
		line := strings.ReplaceAll(page.Text, "\n", " ")
		at := strings.Index(strings.ToLower(line), words)
		if at < 0 || len(passages) == 3 {
			continue
		}
		start := utf8.RuneCountInString(line[:at])
		passages = append(passages, indexer.MatchedPassage{
			Ordinal: i, Page: page.Number, Section: fmt.Sprintf("Điều %d", page.Number), Text: line,
			Marks: []indexer.Mark{{start, start + utf8.RuneCountInString(words)}},
		})
	}
	return passages, len(passages) > 0 || strings.Contains(strings.ToLower(string(d.Facts.Title)), words)
}

func (s *shelf) Suggest(_ context.Context, typed string, audience storage.Audience, size int) ([]indexer.Suggestion, error) {
	if s.err != nil {
		return nil, s.err
	}
	var suggestions []indexer.Suggestion
	if typed != "" && strings.HasPrefix("nghi quyet", analyzers.FoldText(typed)) {
		suggestions = append(suggestions, indexer.Suggestion{Text: "nghị quyết", Type: indexer.SuggestQuery})
	}
	for _, d := range s.sorted(audience) {
		title := string(d.Facts.Kind) + " " + string(d.Facts.Title)
		if strings.Contains(analyzers.FoldText(title), analyzers.FoldText(typed)) && len(suggestions) < size {
			suggestions = append(suggestions, indexer.Suggestion{
				Text: title, Number: string(d.Facts.Number), ID: d.ID, Type: indexer.SuggestDocument,
				Kind: string(d.Facts.Kind), Issued: string(d.Facts.Issued), Validity: d.Validity,
			})
		}
	}
	return suggestions, nil
}
