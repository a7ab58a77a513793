package bleveindex

import (
	"context"
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
	average  float64 // length of a passage
}

// segmentHits are the hits in one segment.
type segmentHits struct {
	terms   []*frequencies // in the order of the query's terms
	covered []float32      // by item: the idf mass that it covers
	partial []float32      // by item: its score by the terms that choose; see choosing
}

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
		hits := segmentHits{covered: takeFloats(seg.size()), partial: takeFloats(seg.size())}
		c.segments = append(c.segments, hits)
		for i, term := range terms {
			err := ctx.Err()
			var f *frequencies
			if err == nil {
				f, err = seg.frequencies(field, term.term)
			}
			if err != nil {
				c.release()
				return nil, err
			}
			hits.terms = append(hits.terms, f)
			hits.add(f, float32(term.mass()), chooses[i], term.idf, seg.column.lengths, c.average)
		}
		if seg.hidden != nil {
			for each := seg.hidden.Iterator(); each.HasNext(); {
				hits.covered[each.Next()] = 0
			}
		}
		c.segments[len(c.segments)-1] = hits
	}
	return c, nil
}

// add counts one term.
func (h *segmentHits) add(f *frequencies, mass float32, chooses bool, idf float64, lengths []int32, average float64) {
	const floor = bm25K1 * (1 - bm25B)
	slope, weight := float32(bm25K1*bm25B/average), float32(idf*(bm25K1+1))
	score := func(item, tf uint32) {
		h.partial[item] += weight * float32(tf) / (float32(tf) + floor + slope*float32(lengths[item]))
	}
	if !chooses {
		score = func(item, tf uint32) {}
	}
	switch {
	case f.column != nil && !chooses:
		for item, tf := range f.column {
			if tf > 0 {
				h.covered[item] += mass
			}
		}
	default:
		f.each(func(item, tf uint32) {
			h.covered[item] += mass
			score(item, tf)
		})
	}
}

// release gives back the memory.
func (c *collected) release() {
	for _, hits := range c.segments {
		giveFloats(hits.covered)
		giveFloats(hits.partial)
	}
	c.segments = nil
}

// floats are arrays of one number an item, kept from search to search.
var floats sync.Pool

// takeFloats is an array of zeros.
func takeFloats(size int) []float32 {
	if kept, ok := floats.Get().(*[]float32); ok && cap(*kept) >= size {
		taken := (*kept)[:size]
		clear(taken)
		return taken
	}
	return make([]float32, size)
}

func giveFloats(taken []float32) { floats.Put(&taken) }

// passage is a place in the view.
func (c *collected) passage(segment int, item uint32, score float64) scoredPassage {
	return scoredPassage{
		score: score, document: c.view.document(segment, uint64(item)), ordinal: c.view.segments[segment].column.ordinals[item],
		segment: int32(segment), item: item,
	}
}

// each visits the passages that cover at least so much of the query's idf mass,
// stand in the phrases' bitmaps where there are any, and belong to a document.
func (c *collected) each(least float64, phrases []*roaring.Bitmap, visit func(segment int, item uint32, document int32)) {
	floor := float32(least)
	for number, seg := range c.view.segments {
		ordinals := c.view.ordinals[number]
		for item, covered := range c.segments[number].covered {
			if covered < floor || covered == 0 {
				continue
			}
			key := seg.column.ofItem[item]
			if key < 0 || ordinals[key] < 0 || phrases != nil && !phrases[number].Contains(uint32(item)) {
				continue
			}
			visit(number, uint32(item), ordinals[key])
		}
	}
}

// bm25 is the exact score of a passage:
//
//	Σ idf · tf · (k1+1) / (tf + k1·(1-b + b·length/average))
func (c *collected) bm25(segment int32, item uint32) float64 {
	hits := &c.segments[segment]
	length := float64(c.view.segments[segment].column.lengths[item])
	saturation := bm25K1 * (1 - bm25B + bm25B*length/c.average)
	score := 0.0
	for i, term := range c.terms {
		if tf := float64(hits.terms[i].of(item)); tf > 0 {
			score += term.idf * tf * (bm25K1 + 1) / (tf + saturation)
		}
	}
	return score
}

// documentBM25 is the score of a whole document: its terms are those of its
// passages, their idf is of passages, so that it does not depend on how the
// library is cut into documents.
func (c *collected) documentBM25(document int32) float64 {
	catalogue := c.view.catalogue
	l := catalogue.listings[document]
	average := float64(catalogue.tokens) / float64(len(catalogue.listings))
	saturation := bm25K1 * (1 - bm25B + bm25B*float64(l.Tokens)/average)
	runs := make([][]uint32, len(c.segments))
	for i, seg := range c.view.segments {
		if items := seg.column.itemsOf(l.key); seg.hidden == nil {
			runs[i] = items
		} else {
			runs[i] = slices.DeleteFunc(slices.Clone(items), seg.hidden.Contains)
		}
	}
	score := 0.0
	for i, term := range c.terms {
		sum := uint32(0)
		for number, run := range runs {
			if len(run) > 0 {
				sum += c.segments[number].terms[i].sum(run)
			}
		}
		if tf := float64(sum); tf > 0 {
			score += term.idf * tf * (bm25K1 + 1) / (tf + saturation)
		}
	}
	return score
}
