package bleveindex

import (
	"context"
	"math"
	"slices"
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

// collect reads the postings of a query's terms. The deadline of ctx is checked
// before each term of each segment.
func (v *view) collect(ctx context.Context, field string, terms []weightedTerm) (*collected, error) {
	c := &collected{view: v, terms: terms, average: float64(v.catalogue.tokens) / float64(max(1, v.catalogue.passages))}
	chooses := v.choosing(terms)
	for _, seg := range v.segments {
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
		hits.cover(terms, chooses)
		for i, term := range terms {
			if chooses[i] {
				hits.add(hits.terms[i], term, seg.column.lengths, c.average)
			}
		}
		if seg.hidden != nil {
			for each := seg.hidden.Iterator(); each.HasNext(); {
				hits.covered[each.Next()] = 0
			}
		}
	}
	return c, nil
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

// add counts one term that chooses.
func (h *segmentHits) add(f *frequencies, term weightedTerm, lengths []int32, average float64) {
	const floor = bm25K1 * (1 - bm25B)
	slope, weight := float32(bm25K1*bm25B/average), float32(term.idf*(bm25K1+1))
	worth := massOf(term.mass())
	f.each(func(item, tf uint32) {
		h.covered[item] += worth
		h.partial[item] += weight * float32(tf) / (float32(tf) + floor + slope*float32(lengths[item]))
	})
}

// release gives back the memory.
func (c *collected) release() {
	for _, hits := range c.segments {
		masses.give(hits.covered)
		floats.give(hits.partial)
	}
	c.segments = nil
}

// pool keeps arrays of one number an item from search to search.
type pool[N any] struct{ kept sync.Pool }

var (
	masses pool[mass]
	floats pool[float32]
)

// take is an array of zeros.
func (p *pool[N]) take(size int) []N {
	if kept, ok := p.kept.Get().(*[]N); ok && cap(*kept) >= size {
		taken := (*kept)[:size]
		clear(taken)
		return taken
	}
	return make([]N, size)
}

func (p *pool[N]) give(taken []N) { p.kept.Put(&taken) }

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

// bm25 scores passages exactly:
//
//	Σ idf · tf · (k1+1) / (tf + k1·(1-b + b·length/average))
//
// Those of a segment are looked up together, term by term.
func (c *collected) bm25(passages []scoredPassage) {
	places := make([]int, len(passages)) // in passages, by segment and item
	for i := range places {
		places[i] = i
		passages[i].score = 0
	}
	slices.SortFunc(places, func(a, b int) int { return passages[a].standsBefore(passages[b]) })
	var items []uint32
	var saturations []float64
	for len(places) > 0 {
		segment := passages[places[0]].segment
		lengths := c.view.segments[segment].column.lengths
		items, saturations = items[:0], saturations[:0]
		for _, place := range places {
			if passages[place].segment != segment {
				break
			}
			items = append(items, passages[place].item)
			length := float64(lengths[passages[place].item])
			saturations = append(saturations, bm25K1*(1-bm25B+bm25B*length/c.average))
		}
		for i, term := range c.terms {
			c.segments[segment].terms[i].of(items, func(at int, tf uint32) {
				passages[places[at]].score += term.idf * float64(tf) * (bm25K1 + 1) / (float64(tf) + saturations[at])
			})
		}
		places = places[len(items):]
	}
}

// documentBM25 are the scores of whole documents: their terms are those of their
// passages, their idf is of passages, so that it does not depend on how the
// library is cut into documents. All are looked up together, term by term.
func (c *collected) documentBM25(documents []int32) []float64 {
	sums := make([]uint32, len(c.terms)*len(documents))
	var items []uint32
	var owners []int32 // of the items: places in documents
	for segment, hits := range c.segments {
		items, owners = c.itemsOf(segment, documents, items[:0], owners[:0])
		if len(items) == 0 {
			continue
		}
		for i, f := range hits.terms {
			f.of(items, func(at int, tf uint32) { sums[int(owners[at])*len(c.terms)+i] += tf })
		}
	}
	catalogue := c.view.catalogue
	average := float64(catalogue.tokens) / float64(len(catalogue.listings))
	scores := make([]float64, len(documents))
	for place, document := range documents {
		saturation := bm25K1 * (1 - bm25B + bm25B*float64(catalogue.listings[document].Tokens)/average)
		for i, term := range c.terms {
			if tf := float64(sums[place*len(c.terms)+i]); tf > 0 {
				scores[place] += term.idf * tf * (bm25K1 + 1) / (tf + saturation)
			}
		}
	}
	return scores
}

// itemsOf appends the items of documents in a segment, ascending, and whose each is.
func (c *collected) itemsOf(segment int, documents []int32, items []uint32, owners []int32) ([]uint32, []int32) {
	hidden := c.view.segments[segment].hidden
	var found []uint64 // item and owner: items of a document stand together, but that is all we know
	for place, document := range documents {
		for _, at := range c.view.places().of(document) {
			if int(at.segment) != segment {
				continue
			}
			for _, item := range c.view.items(at) {
				if hidden == nil || !hidden.Contains(item) {
					found = append(found, uint64(item)<<32|uint64(place))
				}
			}
		}
	}
	slices.Sort(found)
	for _, both := range found {
		items, owners = append(items, uint32(both>>32)), append(owners, int32(uint32(both)))
	}
	return items, owners
}
