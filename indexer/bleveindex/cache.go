package bleveindex

import (
	"container/list"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"vankien/indexer"
)

// The limits of a resultCache.
const (
	cachedResults = 256
	cachedBytes   = 8 << 20
	// cachedFor is how long an answer stands though nothing has changed: the words
	// that corrections are made of come from beside the index.
	cachedFor = time.Minute
)

// resultCache keeps the answers of late to queries over one view. A change of
// the index is another view, and begins it anew. The zero value is ready to use;
// nil keeps nothing.
type resultCache struct {
	mu    sync.Mutex
	view  *view // that the answers are of
	held  map[string]*list.Element
	order list.List // of *cachedResult, the one used last in front
	bytes int
}

type cachedResult struct {
	key    string
	result indexer.Result
	bytes  int
	made   time.Time
}

// resultKey is what an answer depends on beside the view: all of the normalized
// query, and the day, since "năm nay" is part of some.
func resultKey(q indexer.Query, now time.Time) string {
	key, err := json.Marshal(q)
	if err != nil {
		return "" // no query is one that cannot be written
	}
	return now.Format(time.DateOnly) + string(key)
}

// get is the answer to a query over a view, if it is kept. What hits point to is shared
// with other callers and not to be changed.
func (c *resultCache) get(v *view, q indexer.Query, now time.Time) (indexer.Result, bool) {
	if c == nil {
		return indexer.Result{}, false
	}
	key := resultKey(q, now)
	c.mu.Lock()
	defer c.mu.Unlock()
	at := c.held[key]
	if c.view != v || at == nil {
		return indexer.Result{}, false
	}
	kept := at.Value.(*cachedResult)
	if now.Sub(kept.made) >= cachedFor {
		c.drop(at)
		return indexer.Result{}, false
	}
	c.order.MoveToFront(at)
	result := kept.result
	result.Hits = slices.Clone(result.Hits)
	return result, true
}

// clear lets go of all answers and of the view that they are of.
func (c *resultCache) clear() {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.view, c.held, c.bytes = nil, nil, 0
	c.order.Init()
}

// put keeps an answer.
func (c *resultCache) put(v *view, q indexer.Query, result indexer.Result, now time.Time) {
	key, bytes := resultKey(q, now), sizeOf(result)
	if c == nil || key == "" || bytes > cachedBytes/8 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.view != v {
		c.view, c.held, c.bytes = v, make(map[string]*list.Element), 0
		c.order.Init()
	}
	if at := c.held[key]; at != nil {
		c.drop(at)
	}
	result.Hits = slices.Clone(result.Hits)
	c.held[key] = c.order.PushFront(&cachedResult{key, result, bytes, now})
	for c.bytes += bytes; c.bytes > cachedBytes || c.order.Len() > cachedResults; {
		c.drop(c.order.Back())
	}
}

func (c *resultCache) drop(at *list.Element) {
	kept := c.order.Remove(at).(*cachedResult)
	delete(c.held, kept.key)
	c.bytes -= kept.bytes
}

// sizeOf is about how much memory a result takes that the index does not hold
// anyway.
func sizeOf(r indexer.Result) int {
	const hit, small = 1 << 10, 128
	size := hit + hit*(len(r.Candidates)+len(r.Nearest))
	for _, h := range r.Hits {
		size += hit
		for _, p := range h.Passages {
			size += small + len(p.Text) + len(p.Section) + 16*len(p.Marks)
		}
	}
	for _, facet := range r.Facets {
		size += small * len(facet.Values)
	}
	return size
}
