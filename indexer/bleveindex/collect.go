package bleveindex

import (
	"context"
	"math"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// collected is what the first stage of ranking finds: of every segment, how
// often its items hold the query's terms and how much of the query they cover.
// It is valid until release.
type collected struct {
	view     *view
	terms    []weightedTerm
	segments []segmentHits
	average  float64   // length of a passage
	scores   []float64 // by document; see search.textScore
}

// segmentHits are the hits in one segment.
type segmentHits struct {
	terms   []*frequencies // in the order of the query's terms
	covered []mass         // by item: the idf mass that it covers
	partial []float32      // by item: its score by the terms that choose; see choosing
	only    []uint32       // the items that were added up; nil for all
}

// mass is idf in whole steps, so that a sum is the same in whatever order it is
// added up.
type mass uint32

// massUnit is a mass of 1; all terms of the longest query together stay far
// below the 16,000 that there is room for.
const massUnit = 1 << 18

func massOf(idf float64) mass {
	if idf <= 0 {
		return 0
	}
	return max(1, mass(math.Round(idf*massUnit)))
}

func (m mass) idf() float64 { return float64(m) / massUnit }

// choosing tells which terms choose the candidates: pairs, and syllables that
// fewer than one in ten passages hold. The others are worth so little that the
// best candidates are the same without them (SEARCH.md); a query of nothing
// else is chosen for by all of them.
func (v *view) choosing(terms []weightedTerm) []bool {
	const rare = 10
	least := idf(v.catalogue.passages/rare, v.catalogue.passages)
	chooses := make([]bool, len(terms))
	some := false
	for i, term := range terms {
		chooses[i] = term.isPair() || term.idf > least
		some = some || chooses[i]
	}
	if !some {
		for i := range chooses {
			chooses[i] = true
		}
	}
	return chooses
}

// collect reads the postings of a query's terms. Where some passages alone may
// match, by segment, it is only they that are added up. The deadline of ctx is
// checked before each term of each segment.
func (v *view) collect(ctx context.Context, field string, terms []weightedTerm, only []*roaring.Bitmap) (*collected, error) {
	c := &collected{view: v, terms: terms, average: float64(v.catalogue.tokens) / float64(max(1, v.catalogue.passages))}
	chooses := v.choosing(terms)
	for number, seg := range v.segments {
		hits := segmentHits{
			terms: make([]*frequencies, len(terms)), covered: masses.take(seg.size()), partial: floats.take(seg.size()),
		}
		c.segments = append(c.segments, hits)
		for i, term := range terms {
			err := ctx.Err()
			if err == nil {
				hits.terms[i], err = seg.frequencies(field, term.term)
			}
			if err != nil {
				c.release()
				return nil, err
			}
		}
		if only != nil {
			c.segments[number].only = only[number].ToArray()
			hits.addOf(c.segments[number].only, terms, chooses, seg.column.lengths, c.average)
		} else {
			hits.addAll(terms, chooses, seg.column.lengths, c.average)
		}
		if seg.hidden != nil {
			for each := seg.hidden.Iterator(); each.HasNext(); {
				hits.covered[each.Next()] = 0
			}
		}
	}
	return c, nil
}

// addAll adds up the terms over all items.
func (h *segmentHits) addAll(terms []weightedTerm, chooses []bool, lengths []int32, average float64) {
	h.cover(terms, chooses)
	for i, term := range terms {
		if chooses[i] {
			score := newPartialScore(term, lengths, average)
			h.terms[i].each(func(item, tf uint32) { score.add(h, item, tf) })
		}
	}
}

// addOf adds up the terms over some items, which ascend.
func (h *segmentHits) addOf(items []uint32, terms []weightedTerm, chooses []bool, lengths []int32, average float64) {
	for i, term := range terms {
		score := newPartialScore(term, lengths, average)
		if chooses[i] {
			h.terms[i].of(items, func(at int, tf uint32) { score.add(h, items[at], tf) })
		} else {
			h.terms[i].of(items, func(at int, tf uint32) { h.covered[items[at]] += score.worth })
		}
	}
}

// cover adds up what the items cover by the terms that do not choose; the
// others are added with their scores.
func (h *segmentHits) cover(terms []weightedTerm, chooses []bool) {
	var columns [][]uint8
	var worth []mass
	for i, term := range terms {
		mass := massOf(term.mass())
		f := h.terms[i]
		if mass == 0 || chooses[i] {
			continue
		}
		if f.column != nil {
			columns, worth = append(columns, f.column), append(worth, mass)
			continue
		}
		for _, item := range f.items {
			h.covered[item] += mass
		}
	}
	for ; len(columns) >= 4; columns, worth = columns[4:], worth[4:] {
		cover4(h.covered, [4][]uint8(columns), [4]mass(worth))
	}
	for i, column := range columns {
		cover(h.covered, column, worth[i])
	}
}

// held is 1 for a frequency and 0 for none, without a branch: whether a passage
// holds a common syllable is anybody's guess, the processor's too.
func held(tf uint8) mass { return (mass(tf) + 255) >> 8 }

func cover(covered []mass, column []uint8, worth mass) {
	column = column[:len(covered)]
	for i := range covered {
		covered[i] += worth * held(column[i])
	}
}

// cover4 is cover for four columns on one way through the items.
func cover4(covered []mass, columns [4][]uint8, worth [4]mass) {
	a, b, c, d := columns[0][:len(covered)], columns[1][:len(covered)], columns[2][:len(covered)], columns[3][:len(covered)]
	for i := range covered {
		covered[i] += worth[0]*held(a[i]) + worth[1]*held(b[i]) + worth[2]*held(c[i]) + worth[3]*held(d[i])
	}
}

// partialScore is what a term that chooses counts for in an item.
type partialScore struct {
	slope, weight float32
	worth         mass
	lengths       []int32
}

func newPartialScore(term weightedTerm, lengths []int32, average float64) partialScore {
	return partialScore{float32(bm25K1 * bm25B / average), float32(term.idf * (bm25K1 + 1)), massOf(term.mass()), lengths}
}

func (s *partialScore) add(h *segmentHits, item, tf uint32) {
	const floor = bm25K1 * (1 - bm25B)
	h.covered[item] += s.worth
	h.partial[item] += s.weight * float32(tf) / (float32(tf) + floor + s.slope*float32(s.lengths[item]))
}

// release gives back the memory.
func (c *collected) release() {
	for _, hits := range c.segments {
		if hits.only == nil {
			masses.give(hits.covered)
			floats.give(hits.partial)
			continue
		}
		for _, item := range hits.only {
			hits.covered[item], hits.partial[item] = 0, 0
		}
		masses.giveZeros(hits.covered)
		floats.giveZeros(hits.partial)
	}
	scores.give(c.scores)
	c.segments, c.scores = nil, nil
}

// pool keeps arrays of numbers by item or by document from search to search.
type pool[N any] struct{ kept sync.Pool }

var (
	masses     pool[mass]
	floats     pool[float32]
	ownerships pool[int32]
	scores     pool[float64]
	firsts     pool[[shownPassages]float32]
)

// take is an array of zeros, not nil.
func (p *pool[N]) take(size int) []N {
	if kept, ok := p.kept.Get().(*[]N); ok && cap(*kept) >= size {
		return (*kept)[:size]
	}
	return make([]N, size)
}

func (p *pool[N]) give(taken []N) {
	clear(taken)
	p.giveZeros(taken)
}

// giveZeros is give for who has set all to zero again: of a large array, what was
// set is less to do than all.
func (p *pool[N]) giveZeros(taken []N) {
	if taken != nil {
		p.kept.Put(&taken)
	}
}

// passage is a place in the view.
func (c *collected) passage(segment int, item uint32, score float64) scoredPassage {
	return scoredPassage{
		score: score, document: c.view.document(segment, uint64(item)), ordinal: c.view.segments[segment].column.ordinals[item],
		segment: int32(segment), item: item,
	}
}

// each visits the passages that cover at least so much of the query,
// stand in the phrases' bitmaps where there are any, and belong to a document.
func (c *collected) each(least mass, phrases []*roaring.Bitmap, visit func(segment int, item uint32, document int32)) {
	least = max(least, 1)
	for number, seg := range c.view.segments {
		ordinals, covered := c.view.ordinals[number], c.segments[number].covered
		if phrases != nil {
			for each := phrases[number].Iterator(); each.HasNext(); {
				item := each.Next()
				if key := seg.column.ofItem[item]; covered[item] >= least && key >= 0 && ordinals[key] >= 0 {
					visit(number, item, ordinals[key])
				}
			}
			continue
		}
		for item, mass := range covered {
			if mass < least {
				continue
			}
			if key := seg.column.ofItem[item]; key >= 0 && ordinals[key] >= 0 {
				visit(number, uint32(item), ordinals[key])
			}
		}
	}
}
