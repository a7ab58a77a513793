package bleveindex

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"vankien/analyzers"
)

// BM25's parameters (Robertson & Zaragoza 2009, eq. 3.15, with Lucene's
// always-positive idf), as measured in docs/relevance.md.
const (
	bm25K1 = 1.2
	bm25B  = 0.75
)

// weightedTerm is a term of a query in the field that it is searched in.
type weightedTerm struct {
	term string
	idf  float64
}

// weigh looks up the idf of terms; those that no passage holds are left out.
// The order is by term, so that sums of floats do not depend on the query's order.
func (v *view) weigh(field string, terms []string) ([]weightedTerm, error) {
	slices.Sort(terms)
	terms = slices.Compact(terms)
	weighted := make([]weightedTerm, 0, len(terms))
	for _, term := range terms {
		df, err := v.count(field, term)
		if err != nil {
			return nil, err
		}
		if df > 0 {
			weighted = append(weighted, weightedTerm{term, idf(df, v.catalogue.passages)})
		}
	}
	return weighted, nil
}

func idf(df, passages int) float64 {
	return math.Log(1 + (math.Max(float64(passages-df), 0)+0.5)/(float64(df)+0.5))
}

// scoredPassage is a passage that matches, by its place in the view.
type scoredPassage struct {
	score    float64
	document int32 // ordinal in the catalogue
	ordinal  int32 // its place in the document
	segment  int32
	item     uint32
}

// before is the order of passages in a result. It does not depend on where in
// the index they stand.
func (a scoredPassage) before(b scoredPassage) int {
	return cmp.Or(
		cmp.Compare(b.score, a.score),
		cmp.Compare(a.document, b.document),
		cmp.Compare(a.ordinal, b.ordinal),
	)
}

// score visits every passage that holds one of the terms, covers a share of
// their idf mass, and is of a document that wanted accepts, with its exact BM25 score, in no particular order. The
// deadline of ctx is checked before each term of each segment.
func (v *view) score(ctx context.Context, field string, terms []weightedTerm, share float64, wanted func(document int32) bool, visit func(scoredPassage)) error {
	if v.catalogue.passages == 0 {
		return nil
	}
	average := float64(v.catalogue.tokens) / float64(v.catalogue.passages)
	least := 0.0
	for _, term := range terms {
		least += share * term.mass()
	}
	least -= 1e-9 // sums of the same masses differ by rounding
	for number, seg := range v.segments {
		scores, err := seg.scores(ctx, field, terms, average)
		if err != nil {
			return err
		}
		for item, score := range scores.bm25 {
			if score == 0 || scores.covered[item] < least {
				continue
			}
			if document := v.document(number, uint64(item)); document >= 0 && wanted(document) {
				visit(scoredPassage{score, document, seg.column.ordinals[item], int32(number), uint32(item)})
			}
		}
	}
	return nil
}

// matchShares are the shares of a query's idf mass that a passage must cover
// with its syllables to match: the first at which anything does counts. Without
// them every document that has one syllable of a whole question is a hit, and
// totals, facets and "newest first" say nothing. Whole questions ask for .2,
// which was measured to cost no relevance (docs/relevance.md); two or three
// syllables nearly all have to be there.
func matchShares(terms []weightedTerm) []float64 {
	syllables := 0
	for _, term := range terms {
		if !term.isPair() {
			syllables++
		}
	}
	const usual, slack = .2, .15
	if strict := 1 - slack*float64(syllables); strict > usual {
		return []float64{strict, usual, 0}
	}
	return []float64{usual, 0}
}

func (t weightedTerm) isPair() bool { return strings.Contains(t.term, analyzers.PairSeparator) }

// mass is what a term counts for the coverage of a query: syllables their idf,
// pairs nothing, since their syllables count already.
func (t weightedTerm) mass() float64 {
	if t.isPair() {
		return 0
	}
	return t.idf
}

// segmentScores are, by item of a segment, its BM25 score and how much of the
// query's idf mass it covers.
type segmentScores struct {
	bm25    []float64
	covered []float64
}

// scores are the BM25 scores of a segment's items, 0 for those without any of
// the terms. average is the mean length of a passage, in terms.
//
//	idf · tf · (k1+1) / (tf + k1·(1-b + b·length/average))
//
// Bleve keeps a field's length as the norm 1/√length; the fraction is expanded
// by norm², so that a posting costs one division.
func (s segmentView) scores(ctx context.Context, field string, terms []weightedTerm, average float64) (segmentScores, error) {
	f, err := s.field(field)
	if err != nil {
		return segmentScores{}, err
	}
	const floor = bm25K1 * (1 - bm25B)
	slope := bm25K1 * bm25B / average
	scores := segmentScores{bm25: make([]float64, s.size()), covered: make([]float64, s.size())}
	for _, term := range terms {
		if err := ctx.Err(); err != nil {
			return segmentScores{}, err
		}
		held, err := f.postings(term.term)
		if err != nil {
			return segmentScores{}, err
		}
		weight := term.idf * (bm25K1 + 1)
		mass := term.mass()
		err = held.eachFrequency(func(item uint64, tf, norm float64) {
			scores.bm25[item] += weight * tf * norm * norm / ((tf+floor)*norm*norm + slope)
			scores.covered[item] += mass
		})
		if err != nil {
			return segmentScores{}, err
		}
	}
	return scores, nil
}

// shownPassages is how many passages of a document count and are shown.
const shownPassages = 3

// passageShares are the weights of a document's three best passages in its
// score (SEARCH.md, "documents").
var passageShares = [shownPassages]float64{1, .5, .25}

// best are a document's best passages, best first.
type best [shownPassages]scoredPassage

// add keeps p if it is among the best.
func (b *best) add(p scoredPassage) {
	for i := range b {
		if b[i].score == 0 {
			b[i] = p
			return
		}
		if p.before(b[i]) < 0 {
			b[i], p = p, b[i]
		}
	}
}

// score is the document's score.
func (b *best) score() float64 {
	sum := 0.0
	for i, share := range passageShares {
		sum += share * b[i].score
	}
	return sum
}

// weakShare is the share of the best passage's score below which a further
// passage is not worth showing.
const weakShare = .5

// worthShowing are the passages to show.
func (b *best) worthShowing() []scoredPassage {
	all := b.passages()
	for i, p := range all {
		if p.score < weakShare*all[0].score {
			return all[:i]
		}
	}
	return all
}

// passages are the ones there are.
func (b *best) passages() []scoredPassage {
	n := 0
	for n < len(b) && b[n].score > 0 {
		n++
	}
	return b[:n]
}
