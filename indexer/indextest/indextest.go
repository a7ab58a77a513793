// Package indextest is the definition of indexer.Index in tests: whatever
// passes Run is an index that the rest of the program can stand on, and one
// that passes RunRebuilder too can be filled anew under it.
package indextest

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

// Run holds an index against its contract. open makes an empty one; the suite
// closes it.
func Run(t *testing.T, open func(t *testing.T) indexer.Index) {
	for _, theme := range []struct {
		name string
		test func(*testing.T, func(*testing.T) indexer.Index)
	}{
		{"Write", testWrite},
		{"Audience", testAudience},
		{"Filters", testFilters},
		{"Facets", testFacets},
		{"Order", testOrder},
		{"Units", testUnits},
		{"Spelling", testSpelling},
		{"Phrases", testPhrases},
		{"Numbers", testNumbers},
		{"Understood", testUnderstood},
		{"Bodies", testBodies},
		{"Advice", testAdvice},
		{"Secrets", testSecrets},
		{"Marks", testMarks},
		{"Suggest", testSuggest},
		{"Hostile", testHostile},
		{"Life", testLife},
		{"Concurrency", testConcurrency},
		{"Batching", testBatching},
	} {
		t.Run(theme.name, func(t *testing.T) { theme.test(t, open) })
	}
}

// shelf is an index under test. Its methods end the test on an error.
type shelf struct {
	indexer.Index
	t *testing.T
}

func newShelf(t *testing.T, open func(*testing.T) indexer.Index, entries ...indexer.Entry) shelf {
	t.Helper()
	s := shelf{open(t), t}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	if len(entries) > 0 {
		s.put(entries...)
	}
	return s
}

func (s shelf) put(entries ...indexer.Entry) {
	s.t.Helper()
	s.apply(indexer.Batch{Put: entries})
}

func (s shelf) apply(batch indexer.Batch) {
	s.t.Helper()
	if err := s.Apply(s.t.Context(), batch); err != nil {
		s.t.Fatalf("Apply: %v", err)
	}
}

func (s shelf) search(q indexer.Query) indexer.Result {
	s.t.Helper()
	result, err := s.Search(s.t.Context(), q)
	if err != nil {
		s.t.Fatalf("Search(%+v): %v", q, err)
	}
	return result
}

// finds says which documents a query finds, in any order, and that Total counts them.
func (s shelf) finds(q indexer.Query, want ...storage.ID) {
	s.t.Helper()
	q.Size = indexer.MaxPageSize
	result := s.search(q)
	got := ids(result)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) || result.Total != len(want) {
		s.t.Errorf("%s finds %v (total %d), want %v", describe(q), got, result.Total, want)
	}
}

// lists says which documents a query finds, in this order.
func (s shelf) lists(q indexer.Query, want ...storage.ID) {
	s.t.Helper()
	if diff := cmp.Diff(want, ids(s.search(q))); diff != "" {
		s.t.Errorf("%s lists (-want +got):\n%s", describe(q), diff)
	}
}

func (s shelf) revisions() map[storage.ID]int {
	s.t.Helper()
	versions, err := s.Versions(s.t.Context())
	if err != nil {
		s.t.Fatalf("Versions: %v", err)
	}
	revisions := make(map[storage.ID]int, len(versions))
	for id, version := range versions {
		revisions[id] = version.Revision
	}
	return revisions
}

// describe is a query for messages: what it asks for, without the defaults.
func describe(q indexer.Query) string {
	out := "“" + q.Text + "”"
	for _, facet := range indexer.Facets {
		for _, value := range q.Filters[facet] {
			out += " " + string(facet) + ":" + value
		}
	}
	for _, part := range []string{string(q.From), string(q.To), string(q.Document), string(q.Sort), string(q.Audience)} {
		if part != "" {
			out += " " + part
		}
	}
	return out
}

func ids(r indexer.Result) []storage.ID {
	var found []storage.ID
	for _, hit := range r.Hits {
		found = append(found, hit.Document.ID)
	}
	return found
}

func text(q string) indexer.Query { return indexer.Query{Text: q} }

// change alters an entry while it is made.
type change func(*indexer.Entry)

// paper is a published document for everyone, with one passage a text.
func paper(id storage.ID, texts []string, changes ...change) indexer.Entry {
	e := indexer.Entry{Document: storage.Document{
		ID:       id,
		Revision: 1,
		State:    storage.StatePublished,
		Audience: storage.AudiencePublic,
		Reading:  storage.Reading{Status: storage.ReadingReady, Pages: 1},
		Validity: storage.Unverified,
		Created:  time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		Updated:  time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
	}}
	for _, text := range texts {
		e.Passages = append(e.Passages, indexer.Passage{Text: text, Pages: []indexer.PageMark{{Page: 1}}})
	}
	for _, change := range changes {
		change(&e)
	}
	return e
}

// page1 is the texts of a document that has one passage.
func page1(text string) []string { return []string{text} }

func numbered(number storage.Printed) change {
	return func(e *indexer.Entry) { e.Document.Facts.Number = number }
}

func titled(kind, title storage.Printed) change {
	return func(e *indexer.Entry) { e.Document.Facts.Kind, e.Document.Facts.Title = kind, title }
}

func issued(by storage.Printed, date storage.Date) change {
	return func(e *indexer.Entry) { e.Document.Facts.Issuer, e.Document.Facts.Issued = by, date }
}

func revision(n int) change {
	return func(e *indexer.Entry) { e.Document.Revision = n }
}

func audience(a storage.Audience) change {
	return func(e *indexer.Entry) { e.Document.Audience = a }
}

func validity(v storage.Validity) change {
	return func(e *indexer.Entry) { e.Document.Validity = v }
}
