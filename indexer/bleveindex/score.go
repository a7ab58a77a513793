package bleveindex

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"vankien/analyzers"
)

// BM25's parameters (Robertson & Zaragoza 2009, eq. 3.15, with Lucene's
// always-positive idf), as measured in docs/relevance.md.
const (
	bm25K1 = 0.9
	bm25B  = 0.75
)

// weightedTerm is a term of a query in the field that it is searched in.
type weightedTerm struct {
	term string
	idf  float64
	hint bool // it says what document is wanted, and nothing of its text
	free bool // a passage that lacks it lacks nothing: an abbreviation itself, or a further sense of one
}

// weigh looks up the idf of terms; those that no passage holds are left out.
// The order is by term, so that sums of floats do not depend on the query's order.
func (v *view) weigh(field string, terms []string) ([]weightedTerm, error) {
	slices.Sort(terms)
	terms = slices.Compact(terms)
	weighted := make([]weightedTerm, 0, len(terms))
	for _, term := range terms {
		weight, err := v.idf(field, term)
		if err != nil {
			return nil, err
		}
		if weight > 0 {
			weighted = append(weighted, weightedTerm{term: term, idf: weight})
		}
	}
	return weighted, nil
}

// idf is the weight of a term, 0 where no passage holds it.
func (v *view) idf(field, term string) (float64, error) {
	return v.idfs.get(fieldTerm{field, term}, func() (float64, error) {
		df, err := v.count(field, term)
		if err != nil || df == 0 {
			return 0, err
		}
		return idf(df, v.catalogue.passages), nil
	})
}

// fieldWord is a syllable in a field by its key, which is made without a string.
type fieldWord struct {
	field string
	key   wordKey
}

func (w fieldWord) own() fieldWord { return w }

// titleIdf is the idf of the n-th word of a title.
func (v *view) titleIdf(field string, key wordKey, title sequence, n int) (float64, error) {
	return v.wordIdfs.get(fieldWord{field, key}, func() (float64, error) { return v.idf(field, title.word(n, field == fieldFold)) })
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

// standsBefore orders passages by where in the index they stand.
func (a scoredPassage) standsBefore(b scoredPassage) int {
	return cmp.Or(cmp.Compare(a.segment, b.segment), cmp.Compare(a.item, b.item))
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
		if !term.isPair() && !term.free && !term.hint {
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
// pairs nothing, since their syllables count already, nor hints.
func (t weightedTerm) mass() float64 {
	if t.isPair() || t.hint {
		return 0
	}
	return t.idf
}

// shownPassages is how many passages of a document count and are shown.
const shownPassages = 3

// passageShares are the weights of a document's three best passages in its
// score (SEARCH.md, "documents").
var passageShares = [shownPassages]float64{1, .5, .25}

// weakShare is the share of the best passage's score below which a further
// passage is not worth showing.
const weakShare = .5

// worthShowing are, of a document's passages, best first, those to show.
func worthShowing(passages []scoredPassage) []scoredPassage {
	passages = passages[:min(len(passages), shownPassages)]
	for i, p := range passages {
		if p.score < weakShare*passages[0].score {
			return passages[:i]
		}
	}
	return passages
}
