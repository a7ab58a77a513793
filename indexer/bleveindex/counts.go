package bleveindex

import (
	"strings"
	"sync"
)

// termCounts are figures of terms that searches have asked for: their df in a
// segment, or their idf in a view. The zero value is not usable.
type termCounts[N int | float64] struct {
	mu   sync.RWMutex
	held map[fieldTerm]N
	most int // how many are kept; beyond that it begins anew
}

func newTermCounts[N int | float64](most int) *termCounts[N] {
	return &termCounts[N]{held: make(map[fieldTerm]N), most: most}
}

// get is the figure of a term; where it is not known, read tells.
func (c *termCounts[N]) get(of fieldTerm, read func() (N, error)) (N, error) {
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
	of.term = strings.Clone(of.term) // it may be a piece of a text
	c.held[of] = n
	return n, nil
}
