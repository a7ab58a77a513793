package indextest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vankien/indexer"
	"vankien/storage"
)

// The same documents give the same answers, scores and all, however they came
// into the index: in what batches and order, with what updates and deletes on
// the way.
func testBatching(t *testing.T, open func(*testing.T) indexer.Index) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 7))
			final := randomEntries(random, 40, 9)
			atOnce := newShelf(t, open, final...)
			grown := newShelf(t, open)
			grown.grow(random, final)
			if diff := cmp.Diff(atOnce.revisions(), grown.revisions()); diff != "" {
				t.Fatalf("Revisions (-at once +grown):\n%s", diff)
			}
			for _, q := range randomQueries(random) {
				want, got := atOnce.search(q), grown.search(q)
				if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(indexer.Result{}, "Took")); diff != "" {
					t.Fatalf("%s (-at once +grown):\n%s", describe(q), diff)
				}
			}
		})
	}
}

// grow brings an index to final by a random way.
func (s shelf) grow(random *rand.Rand, final []indexer.Entry) {
	s.t.Helper()
	for _, detour := range randomEntries(random, 30, 3) { // other texts under the same ids
		s.put(detour)
	}
	left := slices.Clone(final)
	random.Shuffle(len(left), func(i, j int) { left[i], left[j] = left[j], left[i] })
	for len(left) > 0 {
		n := min(1+random.IntN(9), len(left))
		s.put(left[:n]...)
		switch again := left[random.IntN(n)]; random.IntN(4) {
		case 0: // deleted and put once more
			s.apply(indexer.Batch{Delete: []storage.ID{again.Document.ID}})
			s.put(again)
		case 1: // changed and changed back
			s.put(paper(again.Document.ID, []string{"đảng viên", "một bản khác"}, revision(99)))
			s.put(again)
		case 2: // one that does not stay
			s.put(paper("passing", []string{"đảng bộ", "đảng bộ"}))
			s.apply(indexer.Batch{Delete: []storage.ID{"passing"}})
		}
		left = left[n:]
	}
}

// syllables are few, so that passages share terms and scores tie.
var syllables = strings.Fields("đảng viên chi bộ tổ chức cơ sở kiểm tra giám sát kỷ luật thi hành quy định của và nghị quyết trung ương")

func randomText(random *rand.Rand, most int) string {
	var out strings.Builder
	for range random.IntN(most) {
		out.WriteString(syllables[int(float64(len(syllables))*random.Float64()*random.Float64())])
		out.WriteString([]string{" ", " ", " ", " ", ", ", ". ", "\n"}[random.IntN(7)])
	}
	return out.String()
}

func randomEntries(random *rand.Rand, documents, passages int) []indexer.Entry {
	var entries []indexer.Entry
	for i := range documents {
		e := paper(storage.ID(fmt.Sprintf("d%02d", i)), nil, revision(1+random.IntN(5)),
			titled([]storage.Printed{"Nghị quyết", "Quy định", ""}[random.IntN(3)], storage.Printed(randomText(random, 5))),
			issued("Chi bộ", []storage.Date{"2020-01-01", "2021-01-01", ""}[random.IntN(3)]),
			numbered([]storage.Printed{"01-NQ/TU", "02-QĐ/TU", ""}[random.IntN(3)]))
		for range random.IntN(passages) {
			e.Passages = append(e.Passages, indexer.Passage{Title: randomText(random, 4), Text: randomText(random, 25), Pages: []indexer.PageMark{{Page: 1}}})
		}
		if len(e.Passages) > 2 { // word for word the same: their scores tie
			e.Passages[0] = e.Passages[len(e.Passages)-1]
		}
		entries = append(entries, e)
	}
	return entries
}

func randomQueries(random *rand.Rand) []indexer.Query {
	queries := []indexer.Query{{}, {Text: "01-NQ/TU"}, {Text: "nghị quyết 1", Sort: indexer.Oldest}}
	for range 30 {
		q := indexer.Query{Text: randomText(random, 8), Facets: indexer.Facets, Size: 50}
		switch random.IntN(6) {
		case 0:
			q.Text = unaccented(q.Text)
		case 1:
			q.Text = "“" + randomText(random, 3) + "” " + q.Text
		case 2:
			q.Unit = indexer.Passages
		case 3:
			q.Filters = map[indexer.Facet][]string{indexer.FacetYear: {"2020"}}
		case 4:
			q.Document = storage.ID(fmt.Sprintf("d%02d", random.IntN(40)))
		}
		queries = append(queries, q)
	}
	return queries
}
