// Package spelling proposes better spellings of what was typed, from the words
// and pairs of words that a library has itself: "số tay đảng viên" is "sổ tay
// đảng viên" where the library says so.
package spelling

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"strings"
	"unicode"

	"vankien/analyzers"
)

// Vocabulary is what the words of a library are corrected by. It does not
// change and is safe for concurrent use.
type Vocabulary struct {
	terms []string
	df    []float32           // by term
	marks []marks             // by term
	ids   map[string]int32    // term → its place in terms
	folds map[string][]int32  // folded form → valid syllables, commonest first
	near  map[string][]string // folded forms, by what is left of them when a letter is dropped
	pairs map[uint64]float32  // two terms → passages that have them side by side
	total float64             // passages of all terms, summed
	small float64             // how small the library is: 0 for one that says enough, 1 for a shelf

	behind    []float32 // by term: passages of all pairs it begins, summed
	followers []float32 // by term: how many different terms stand behind it
}

const (
	minDF       = 2 // a term in fewer passages is a slip of somebody's
	minPair     = 2 // a pair in fewer tells nothing
	maxTerms    = 50_000
	maxPairs    = 1_000_000
	maxSyllable = 8 // letters
)

// A library whose terms stand in so many passages, summed, is no small one; and
// one of so few is a shelf. A passage has about a hundred terms.
const (
	narrow = 30_000
	wide   = 200_000
)

// New makes a vocabulary of accented terms and of pairs of them (joined by
// analyzers.PairSeparator), each with the number of passages that have it, in
// any order. Terms with digits, terms and pairs of a single passage are left
// out. It takes about a microsecond a pair.
func New(syllables, pairs iter.Seq2[string, int]) *Vocabulary {
	v := &Vocabulary{
		ids: make(map[string]int32), folds: make(map[string][]int32),
		near: make(map[string][]string), pairs: make(map[uint64]float32),
	}
	for term, df := range syllables {
		if df < minDF || len(v.terms) == maxTerms || !alphabetic(term) {
			continue
		}
		term = strings.Clone(term)
		v.ids[term] = int32(len(v.terms))
		v.terms, v.df, v.marks = append(v.terms, term), append(v.df, float32(df)), append(v.marks, marksOf(term))
		v.total += float64(df)
	}
	v.behind, v.followers = make([]float32, len(v.terms)), make([]float32, len(v.terms))
	for pair, df := range pairs {
		first, second, _ := strings.Cut(pair, analyzers.PairSeparator)
		a, known := v.ids[first]
		if !known {
			continue
		}
		v.behind[a] += float32(df)
		v.followers[a]++
		if b, known := v.ids[second]; known && df >= minPair && len(v.pairs) < maxPairs {
			v.pairs[key(a, b)] = float32(df)
		}
	}
	v.small = min(1, max(0, (wide-v.total)/(wide-narrow)))
	v.indexFolds()
	return v
}

func key(a, b int32) uint64 { return uint64(a)<<32 | uint64(uint32(b)) }

func alphabetic(term string) bool {
	for _, r := range term {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return term != ""
}

// indexFolds notes the syllables that are worth proposing, by their folded
// forms, and these by what a slip of one letter leaves of them.
func (v *Vocabulary) indexFolds() {
	for id, term := range v.terms {
		if analyzers.ValidSyllable(term) {
			fold := analyzers.Fold(term)
			v.folds[fold] = append(v.folds[fold], int32(id))
		}
	}
	for fold, ids := range v.folds {
		slices.SortFunc(ids, func(a, b int32) int { return cmp.Or(cmp.Compare(v.df[b], v.df[a]), cmp.Compare(a, b)) })
		eachDrop(fold, func(rest string) { v.near[rest] = append(v.near[rest], fold) })
	}
	for _, folds := range v.near {
		slices.Sort(folds)
	}
}

// eachDrop yields a folded word without each of its letters in turn.
func eachDrop(fold string, yield func(string)) {
	for i := range len(fold) {
		if i == 0 || fold[i] != fold[i-1] {
			yield(fold[:i] + fold[i+1:])
		}
	}
}

// none is a term that the vocabulary has not, or the beginning of a clause.
const none = -1

func (v *Vocabulary) id(term string) int32 {
	if id, known := v.ids[term]; known {
		return id
	}
	return none
}

// unseen is the number of passages of a syllable that no passage has.
const unseen = .5

// logProbability is how likely term b stands behind term a (Witten and Bell):
// the more different terms stand behind a, the less it tells that b has not.
func (v *Vocabulary) logProbability(a, b int32) float64 {
	p := unseen
	if b >= 0 {
		p = float64(v.df[b])
	}
	p /= v.total + 1
	if a >= 0 {
		pair, different := 0.0, float64(v.followers[a])
		if b >= 0 {
			pair = float64(v.pairs[key(a, b)])
		}
		p = (pair + different*p) / (float64(v.behind[a]) + different + 1e-9)
		if different == 0 {
			p = unseen / (v.total + 1)
		}
	}
	return math.Log(p)
}

// together is the number of passages that have two terms side by side.
func (v *Vocabulary) together(a, b int32) float32 {
	if a < 0 || b < 0 {
		return 0
	}
	return v.pairs[key(a, b)]
}
