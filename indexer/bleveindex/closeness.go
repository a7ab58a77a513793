package bleveindex

import (
	"math"
	"sync"
)

// closeness measures how near to each other a query's syllables and pairs stand
// in the texts of passages, and what of their titles they cover. For one
// goroutine.
type closeness struct {
	field    string
	folded   bool
	together bool    // all of them stand in one window of every passage that is asked about
	mass     float64 // of all weights
	shares   nearness
	ids      wordTable
	weights  []float64          // by id: the idf of a syllable, or of a pair; 0 for what only stands in pairs
	pairs    map[[2]int32]int32 // by the ids of its syllables: the id of a pair

	*looked                     // while of is at work
	counts  []int               // by id: how often it stands in the window
	seen    map[wordKey]bool    // words of the title that is looked at
	idfs    map[wordKey]float64 // of words of titles
}

// looked is what a text is read into.
type looked struct {
	words keyedWords
	found []inWindow // by word
}

// lookedAt are kept from search to search.
var lookedAt = sync.Pool{New: func() any { return new(looked) }}

// inWindow is what of the query a word of a text is, and what the pair is that
// ends with it: ids, -1 for none.
type inWindow struct{ syllable, pair int32 }

func newCloseness(r reading) *closeness {
	c := &closeness{field: r.field, folded: r.field == fieldFold, shares: nearWords, ids: newWordTable(3 * len(r.terms)), pairs: make(map[[2]int32]int32), seen: make(map[wordKey]bool), idfs: make(map[wordKey]float64)}
	switch {
	case r.asks:
		c.shares = nearQuestion
	case c.folded:
		c.shares = nearFolded
	}
	syllable := func(term string) int32 {
		id := c.ids.put(keyOf(term), int32(len(c.weights)))
		if int(id) == len(c.weights) {
			c.weights = append(c.weights, 0)
		}
		return id
	}
	for _, term := range r.terms {
		first, second, isPair := splitPair(term.term)
		if !isPair {
			c.weights[syllable(term.term)] = term.idf
			continue
		}
		key := [2]int32{syllable(first), syllable(second)}
		c.pairs[key] = int32(len(c.weights))
		c.weights = append(c.weights, term.idf)
	}
	c.counts = make([]int, len(c.weights))
	for _, weight := range c.weights {
		c.mass += weight
	}
	c.together = r.together > 0 && r.together <= c.shares.tokens
	return c
}

// of is what a passage's words count for, and the share of its title's idf mass that
// the query covers, -1 where there is no title.
func (c *closeness) of(v *view, r record) (near, title float64, err error) {
	c.looked = lookedAt.Get().(*looked)
	defer lookedAt.Put(c.looked)
	near = c.near(r.titleWords, r.textWords)
	title, err = c.title(v, r.titleWords)
	return near, title, err
}

// near is what the query's terms count for that stand near each other in a
// passage, or at its beginning.
func (c *closeness) near(title, text sequence) float64 {
	if c.together {
		c.read(title, text, leadTokens)
		return c.shares.window*c.mass + c.shares.lead*c.window(c.found, leadTokens)
	}
	c.read(title, text, math.MaxInt)
	lead := c.found[:min(len(c.found), leadTokens)]
	return c.shares.window*c.window(c.found, c.shares.tokens) + c.shares.lead*c.window(lead, leadTokens)
}

// read finds the query's terms in a title and a text, of so many words at most.
func (c *closeness) read(title, text sequence, most int) {
	c.words.reset()
	c.words.add(title, c.folded, most)
	c.words.add(text, c.folded, most)
	c.found = c.found[:0]
	before := int32(-1)
	for i, key := range c.words.keys {
		at := inWindow{c.ids.get(key), -1}
		if before >= 0 && at.syllable >= 0 && c.words.positions[i-1]+1 == c.words.positions[i] {
			if pair, known := c.pairs[[2]int32{before, at.syllable}]; known {
				at.pair = pair
			}
		}
		c.found = append(c.found, at)
		before = at.syllable
	}
}

// window is the largest sum of the idf of distinct syllables and pairs of the
// query in any so many of a passage's words.
func (c *closeness) window(found []inWindow, size int) float64 {
	clear(c.counts)
	sum, best := 0.0, 0.0
	count := func(id int32, step, edge int) {
		if id < 0 {
			return
		}
		if c.counts[id] += step; c.counts[id] == edge {
			sum += float64(step) * c.weights[id]
		}
	}
	for i, in := range found {
		count(in.syllable, 1, 1)
		count(in.pair, 1, 1)
		if i >= size {
			out := found[i-size]
			count(out.syllable, -1, 0)
			count(out.pair, -1, 0)
		}
		best = math.Max(best, sum)
	}
	return best
}

// title is the second of what of tells.
func (c *closeness) title(v *view, title sequence) (float64, error) {
	c.words.reset()
	c.words.add(title, c.folded, math.MaxInt)
	covered, mass := 0.0, 0.0
	clear(c.seen)
	for i, key := range c.words.keys {
		if c.seen[key] {
			continue
		}
		c.seen[key] = true
		weight, known := c.idfs[key]
		if !known {
			var err error
			if weight, err = v.titleIdf(c.field, key, title, i); err != nil {
				return -1, err
			}
			c.idfs[key] = weight
		}
		mass += weight
		if id := c.ids.get(key); id >= 0 && c.weights[id] > 0 {
			covered += weight
		}
	}
	if mass == 0 {
		return -1, nil
	}
	return covered / mass, nil
}

// wordTable finds numbers by words: a map of fixed size that looks at most
// words once. Nearly all of a text's words are not in it.
type wordTable struct {
	keys  []wordKey // 0 for none; a power of two of them, less than half taken
	ids   []int32
	shift int
}

func newWordTable(words int) wordTable {
	size, shift := 64, 58
	for size < 4*words {
		size, shift = 2*size, shift-1
	}
	return wordTable{keys: make([]wordKey, size), ids: make([]int32, size), shift: shift}
}

// place is where a key stands, or would.
func (t *wordTable) place(key wordKey) int {
	const spread = 0x9e3779b97f4a7c15
	at := int(uint64(key) * spread >> t.shift)
	for t.keys[at] != 0 && t.keys[at] != key {
		at = (at + 1) & (len(t.keys) - 1)
	}
	return at
}

// put gives a word an id, if it has none, and returns that it has.
func (t *wordTable) put(key wordKey, id int32) int32 {
	at := t.place(key)
	if t.keys[at] == 0 {
		t.keys[at], t.ids[at] = key, id
	}
	return t.ids[at]
}

// get is a word's id, -1 for none.
func (t *wordTable) get(key wordKey) int32 {
	if at := t.place(key); t.keys[at] != 0 {
		return t.ids[at]
	}
	return -1
}
