package bleveindex

import (
	"strings"
	"sync"
)

// termCounts are figures of terms that searches have asked for: their df in a
// segment, or their idf in a view. The zero value is not usable.
type termCounts[K key[K], N int | float64] struct {
	mu   sync.RWMutex
	held map[K]N
	most int // how many are kept; beyond that it begins anew
}

// key is what a term is known by.
type key[K any] interface {
	comparable
	own() K // the same with memory of its own
}

func (t fieldTerm) own() fieldTerm { // the term may be a piece of a text
	t.term = strings.Clone(t.term)
	return t
}

func newTermCounts[K key[K], N int | float64](most int) *termCounts[K, N] {
	return &termCounts[K, N]{held: make(map[K]N), most: most}
}

// get is the figure of a term; where it is not known, read tells.
func (c *termCounts[K, N]) get(of K, read func() (N, error)) (N, error) {
	c.mu.RLock()
	n, known := c.held[of]
	c.mu.RUnlock()
	if known {
		return n, nil
	}
	n, err := read()
	if err != nil {
		return 0, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.held) >= c.most {
		clear(c.held)
	}
	c.held[of.own()] = n
	return n, nil
}
