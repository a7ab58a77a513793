package indextest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

func testOrder(t *testing.T, open func(*testing.T) indexer.Index) {
	taken := func(day int) change {
		return func(e *indexer.Entry) { e.Document.Created = time.Date(2026, 5, day, 0, 0, 0, 0, time.UTC) }
	}
	s := newShelf(t, open,
		paper("old", page1("chuyển đổi số, chuyển đổi số, chuyển đổi số"), issued("Chi bộ", "2019-05-02")),
		paper("new", page1("một câu nói tới chuyển đổi và nhiều chuyện khác của đảng bộ trong quý"), issued("Chi bộ", "2025-05-02")),
		paper("mid", page1("chuyển đổi số ở đảng bộ"), issued("Chi bộ", "2022-05-02"), taken(1)),
		paper("mid later", page1("chuyển đổi số ở đảng bộ"), issued("Chi bộ", "2022-05-02"), taken(2)),
		paper("undated", page1("sổ tay chuyển đổi")),
	)
	newest := []storage.ID{"new", "mid later", "mid", "old", "undated"}
	s.lists(text(""), newest...)
	s.lists(text("  \t "), newest...)
	s.lists(text("!?“”"), newest...)
	s.lists(indexer.Query{Sort: indexer.Newest}, newest...)
	s.lists(indexer.Query{Text: "chuyển đổi", Sort: indexer.Newest}, newest...)
	s.lists(indexer.Query{Text: "chuyển đổi", Sort: indexer.Oldest}, "old", "mid", "mid later", "new", "undated")
	relevant := s.search(text("chuyển đổi số"))
	if got := ids(relevant); len(got) != 3 || got[0] != "old" {
		t.Errorf("by relevance, of short queries nearly all has to be there: %v", got)
	}
	if !slices.IsSortedFunc(relevant.Hits, func(a, b indexer.Hit) int { return -compare(a.Score, b.Score) }) {
		t.Error("scores do not descend")
	}
	if got := ids(relevant); slices.Index(got, "mid later") > slices.Index(got, "mid") {
		t.Errorf("of equal score the newer comes first: %v", got)
	}
	t.Run("pages", testPaging(open))
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Turning pages shows every hit once.
func testPaging(open func(*testing.T) indexer.Index) func(*testing.T) {
	return func(t *testing.T) {
		var entries []indexer.Entry
		for i := range 47 {
			e := paper(storage.ID(fmt.Sprintf("d%02d", i)), page1("tổ chức đảng"), issued("Chi bộ", storage.Date(fmt.Sprintf("20%02d-01-01", i%5))))
			if i%3 == 0 {
				e.Passages[0].Text += " và đảng viên"
			}
			entries = append(entries, e)
		}
		s := newShelf(t, open, entries...)
		for _, q := range []indexer.Query{{}, {Text: "tổ chức đảng"}, {Text: "đảng viên"}, {Text: "đảng", Sort: indexer.Oldest}, {Text: "đảng", Unit: indexer.Passages}} {
			q.Size = 100
			all := ids(s.search(q))
			for _, size := range []int{1, 7, 10} {
				var turned []storage.ID
				for page := 1; page <= (len(all)+size-1)/size+1; page++ {
					q.Size, q.Page = size, page
					turned = append(turned, ids(s.search(q))...)
				}
				if diff := cmp.Diff(all, turned); diff != "" || len(all) == 0 {
					t.Errorf("%s in pages of %d (-at once +turned):\n%s", describe(q), size, diff)
				}
			}
			q.Size, q.Page = 10, 1000
			if result := s.search(q); len(result.Hits) != 0 || result.Hits == nil || result.Total != len(all) {
				t.Errorf("%s: behind the last page are %d hits of %d", describe(q), len(result.Hits), result.Total)
			}
		}
	}
}

func testUnits(t *testing.T, open func(*testing.T) indexer.Index) {
	s := newShelf(t, open,
		paper("many", []string{"bầu cử trong đảng", "phiếu bầu và kiểm phiếu", "bầu bổ sung", "bầu cử lại", "danh sách đại biểu"}),
		paper("one", page1("bầu cử")),
	)
	t.Run("documents are counted once", func(t *testing.T) {
		s := shelf{s.Index, t}
		s.finds(text("bầu"), "many", "one")
		for _, hit := range s.search(text("bầu")).Hits {
			want := map[storage.ID]int{"many": 3, "one": 1}[hit.Document.ID]
			if len(hit.Passages) != want {
				t.Errorf("%s shows %d passages, want %d", hit.Document.ID, len(hit.Passages), want)
			}
		}
	})
	t.Run("passages are counted each", func(t *testing.T) {
		s := shelf{s.Index, t}
		result := s.search(indexer.Query{Text: "bầu", Unit: indexer.Passages, Facets: []indexer.Facet{indexer.FacetValidity}})
		if result.Total != 5 || len(result.Hits) != 5 {
			t.Errorf("%d of %d passages, want 5", len(result.Hits), result.Total)
		}
		places := map[string]bool{}
		for _, hit := range result.Hits {
			if len(hit.Passages) != 1 {
				t.Fatalf("a hit of unit passages holds %d", len(hit.Passages))
			}
			places[fmt.Sprintf("%s/%d", hit.Document.ID, hit.Passages[0].Ordinal)] = true
		}
		if diff := cmp.Diff(map[string]bool{"many/0": true, "many/1": true, "many/2": true, "many/3": true, "one/0": true}, places); diff != "" {
			t.Errorf("passages (-want +got):\n%s", diff)
		}
		if got := result.Facets[0].Values[0].Count; got != 2 {
			t.Errorf("facets count %d documents, want 2", got)
		}
	})
	t.Run("passages of one document", func(t *testing.T) {
		result := shelf{s.Index, t}.search(indexer.Query{Text: "bầu", Unit: indexer.Passages, Document: "many", Size: 2, Page: 2})
		if result.Total != 4 || len(result.Hits) != 2 || result.Hits[0].Document.ID != "many" {
			t.Errorf("%d of %d passages", len(result.Hits), result.Total)
		}
	})
	t.Run("what matches nothing has no passages", func(t *testing.T) {
		for _, hit := range (shelf{s.Index, t}).search(text("")).Hits {
			if hit.Passages == nil || len(hit.Passages) > 0 {
				t.Errorf("%s: passages %v, want an empty list", hit.Document.ID, hit.Passages)
			}
		}
	})
}
