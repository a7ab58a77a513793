package bleveindex

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vankien/indexer"
)

// The same query over the same state is answered from the cache; another page,
// another reader, another day or a change of the index is another answer.
func TestResultCache(t *testing.T) {
	var c resultCache
	v, now := new(view), time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	q := indexer.Query{Text: "kỷ luật", Filters: map[indexer.Facet][]string{indexer.FacetYear: {"2020"}}}.Normalize()
	other := q
	other.Page = 2
	staff := q
	staff.Audience = "staff"
	c.put(v, q, indexer.Result{Total: 7, Hits: []indexer.Hit{{Score: 1}}}, now)
	for _, test := range []struct {
		name string
		view *view
		q    indexer.Query
		at   time.Time
		kept bool
	}{
		{"the same", v, q, now.Add(time.Second), true},
		{"another page", v, other, now, false},
		{"another reader", v, staff, now, false},
		{"another state", new(view), q, now, false},
		{"another day", v, q, now.AddDate(0, 0, 1), false},
		{"the same once more", v, q, now.Add(time.Second), true},
		{"later", v, q, now.Add(cachedFor), false},
	} {
		result, kept := c.get(test.view, test.q, test.at)
		if kept != test.kept || kept && result.Total != 7 {
			t.Errorf("%s: %v, %v", test.name, result.Total, kept)
		}
		if kept {
			result.Hits[0].Score = 5 // the caller's own
		}
	}
	var off *resultCache
	off.put(v, q, indexer.Result{}, now)
	if _, kept := off.get(v, q, now); kept {
		t.Error("no cache kept something")
	}
}

// However many queries come and however large their answers are, the cache
// keeps within its limits, and those that were used last.
func TestResultCacheIsBounded(t *testing.T) {
	for _, size := range []int{10, 100_000, 2 << 20} {
		var c resultCache
		v, now := new(view), time.Now()
		result := indexer.Result{Hits: []indexer.Hit{{Passages: []indexer.MatchedPassage{{Text: strings.Repeat("x", size)}}}}}
		query := func(i int) indexer.Query { return indexer.Query{Text: fmt.Sprint(i)} }
		for i := range 2 * cachedResults {
			c.put(v, query(i), result, now)
			if c.bytes > cachedBytes || c.order.Len() > cachedResults || c.order.Len() != len(c.held) {
				t.Fatalf("%d answers of %d bytes: %d bytes, %d answers", i+1, size, c.bytes, c.order.Len())
			}
		}
		if _, kept := c.get(v, query(2*cachedResults-1), now); kept != (size < cachedBytes/8) {
			t.Errorf("answers of %d bytes: the last is kept: %v", size, kept)
		}
		c.put(new(view), query(0), result, now)
		if len(c.held) > 1 {
			t.Error("answers of an earlier state are kept")
		}
	}
}
