package spelling

import (
	"cmp"
	"slices"
	"strings"

	"vankien/analyzers"
)

// MaxCorrections is how many spellings are proposed at most.
const MaxCorrections = 3

// maxWords is how many words are read: a query has not more.
const maxWords = 64

// Correct returns better spellings of what was typed, best first, at most
// MaxCorrections; none where it is good as it stands. Wrong and missing
// accents, a letter too many, too few, wrong or in the wrong place, the residue
// of Telex and VNI are put right; numbers, symbols, abbreviations, foreign
// words, punctuation and the case of words stay as typed.
//
// Typing without any accents is not an error: then only letters are corrected,
// and the result has no accents either, unless accents asks for them.
//
// Any bytes are accepted; the result is valid UTF-8. It takes some tens of
// microseconds a word; what stands behind the 64th word is left as it is.
func (v *Vocabulary) Correct(typed string, accents bool) []string {
	typed = strings.ToValidUTF8(typed, " ")
	words, marked := v.read(typed)
	words = words[:min(len(words), maxWords)]
	var corrected []string
	for _, path := range v.paths(words, !marked) {
		text := write(typed, words, path, !marked && !accents)
		if text != typed && !slices.Contains(corrected, text) {
			corrected = append(corrected, text)
		} else if text == typed {
			break // what was typed is better than what follows
		}
	}
	return corrected[:min(len(corrected), MaxCorrections)]
}

// write puts the terms of a path in the place of the words.
func write(typed string, words []word, path []string, fold bool) string {
	var out strings.Builder
	last := 0
	for i, term := range path {
		w := &words[i]
		if w.cut && i > 0 && words[i-1].cut && words[i-1].End == w.Start {
			out.WriteString(typed[last:w.Start] + " ")
			last = w.Start
		}
		if fold && term != w.decoded {
			if term = analyzers.Fold(term); term == w.fold {
				continue
			}
		}
		if term == w.Term {
			continue
		}
		out.WriteString(typed[last:w.Start])
		out.WriteString(inCase(term, w.raw))
		last = w.End
	}
	out.WriteString(typed[last:])
	return out.String()
}

// step is a candidate at its place with one of the best ways to it.
type step struct {
	score    float64
	from     int // candidate of the word before
	fromRank int // and which of the ways to that
}

// ways is how many of the best ways to a candidate are kept.
const ways = MaxCorrections + 2

// paths are the likeliest readings of the words, best first.
func (v *Vocabulary) paths(words []word, bare bool) [][]string {
	if len(words) == 0 {
		return nil
	}
	lattice := make([][]candidate, len(words))
	steps := make([][][]step, len(words))
	for i := range words {
		lattice[i] = v.candidates(words, i, bare)
		steps[i] = make([][]step, len(lattice[i]))
		for c := range lattice[i] {
			steps[i][c] = v.reach(words, lattice, steps, i, c)
		}
	}
	last := len(words) - 1
	ends := merge(steps[last], func(int) float64 { return 0 })
	paths := make([][]string, len(ends))
	for n, end := range ends {
		path := make([]string, len(words))
		for i, at := last, end; i >= 0; i-- {
			path[i] = lattice[i][at.from].term
			at = steps[i][at.from][at.fromRank]
		}
		paths[n] = path
	}
	return paths
}

// reach finds the best ways to candidate c of word i.
func (v *Vocabulary) reach(words []word, lattice [][]candidate, steps [][][]step, i, c int) []step {
	to := &lattice[i][c]
	if i == 0 {
		return []step{{score: v.logProbability(none, to.id) - to.cost}}
	}
	found := merge(steps[i-1], func(before int) float64 {
		if words[i].begins {
			return v.logProbability(none, to.id)
		}
		return v.logProbability(lattice[i-1][before].id, to.id)
	})
	for n := range found {
		found[n].score -= to.cost
	}
	return found
}

// merge is the best of all ways to the candidates of a word, going on from
// each at a price.
func merge(steps [][]step, goOn func(candidate int) float64) []step {
	best := make([]step, 0, ways+1)
	for c := range steps {
		price := goOn(c)
		for rank, way := range steps[c] {
			score := way.score + price
			if len(best) == ways && score <= best[ways-1].score {
				break
			}
			at, _ := slices.BinarySearchFunc(best, score, func(s step, score float64) int { return cmp.Compare(score, s.score) })
			best = slices.Insert(best, at, step{score, c, rank})[:min(len(best)+1, ways)]
		}
	}
	return best
}
