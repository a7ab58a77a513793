package bleveindex

import (
	"math"
	"strings"

	"vankien/analyzers"
)

// closeness measures how near to each other a query's syllables and pairs stand
// in the texts of passages, and what of their titles they cover. For one
// goroutine.
type closeness struct {
	termsOf func(string) []string // of a text, as the query's were made
	ids     map[string]int        // of the query's terms: places in weights
	weights []float64             // their idf
	maybe   [1024]bool            // by glance: whether it may be one of ids

	syllables, pairs []int // of the text that is read: by token, the id of its syllable and of the pair it ends; -1 for none
	counts           []int // by id: how often it stands in the window
	seen             map[string]bool
}

func newCloseness(terms []weightedTerm, folded bool) *closeness {
	c := &closeness{termsOf: analyzers.TextTerms, ids: make(map[string]int, len(terms)), seen: make(map[string]bool)}
	if folded {
		c.termsOf = analyzers.FoldTerms
	}
	for i, term := range terms {
		c.ids[term.term] = i
		c.weights = append(c.weights, term.idf)
		c.maybe[glance(term.term)] = true
	}
	c.counts = make([]int, len(terms))
	return c
}

// glance tells most terms apart by a few of their bytes: nearly all of a text's
// terms are not in the query, and looking each up costs more than the rest.
func glance(term string) int {
	last := len(term) - 1
	if last < 0 {
		return 0
	}
	return (int(term[0])*31 + int(term[last])*7 + int(term[last/2])*61 + last*13) & 1023
}

// id is a term's place in the query, -1 for none.
func (c *closeness) id(term string) int {
	if !c.maybe[glance(term)] {
		return -1
	}
	if id, known := c.ids[term]; known {
		return id
	}
	return -1
}

// read finds the query's terms in a text.
func (c *closeness) read(text string) {
	c.syllables, c.pairs = c.syllables[:0], c.pairs[:0]
	pair := -1
	for _, term := range c.termsOf(text) { // a pair follows the syllable that it begins with
		if strings.Contains(term, analyzers.PairSeparator) {
			pair = c.id(term)
			continue
		}
		c.syllables, c.pairs = append(c.syllables, c.id(term)), append(c.pairs, pair)
		pair = -1
	}
}

// window is the largest sum of the idf of distinct syllables and pairs of the
// query in any windowTokens tokens of a text.
func (c *closeness) window(text string) float64 {
	c.read(text)
	clear(c.counts)
	sum, best := 0.0, 0.0
	count := func(id, step, edge int) {
		if id < 0 {
			return
		}
		if c.counts[id] += step; c.counts[id] == edge {
			sum += float64(step) * c.weights[id]
		}
	}
	for i := range c.syllables {
		count(c.syllables[i], 1, 1)
		count(c.pairs[i], 1, 1)
		if out := i - windowTokens; out >= 0 {
			count(c.syllables[out], -1, 0)
			count(c.pairs[out], -1, 0)
		}
		best = math.Max(best, sum)
	}
	return best
}

// title is the share of a title's idf mass that the query covers, -1 where
// there is no title. idf is that of a syllable.
func (c *closeness) title(title string, idf func(string) (float64, error)) (float64, error) {
	covered, mass := 0.0, 0.0
	clear(c.seen)
	for _, term := range c.termsOf(title) {
		if c.seen[term] || strings.Contains(term, analyzers.PairSeparator) {
			continue
		}
		c.seen[term] = true
		weight, err := idf(term)
		if err != nil {
			return 0, err
		}
		mass += weight
		if c.id(term) >= 0 {
			covered += weight
		}
	}
	if mass == 0 {
		return -1, nil
	}
	return covered / mass, nil
}
