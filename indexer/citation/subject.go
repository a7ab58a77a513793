package citation

import (
	"math"
	"strings"

	"vankien/analyzers"
)

// maxCounted is how many titles are read to tell rare words from common ones:
// more say nothing new.
const maxCounted = 20_000

// commonShare is the share of titles from which on a word tells nothing.
const commonShare = .15

// rarities are the weights of folded words and pairs of titles; what stands in
// none of those that were read has none here.
func rarities(known []Known) map[string]float64 {
	counts := map[string]int{}
	step := len(known)/maxCounted + 1
	read := 0
	for i := 0; i < len(known); i += step {
		read++
		for term := range termsOf(known[i].Title) {
			counts[term]++
		}
	}
	weights := make(map[string]float64, len(counts))
	for term, count := range counts {
		if count > 1 { // the others weigh what an unknown word does
			weights[term] = weight(count, read)
		}
	}
	return weights
}

func weight(count, of int) float64 {
	if of >= 20 && float64(count) > commonShare*float64(of) {
		return 0
	}
	return math.Log(1 + (float64(of)+.5)/(float64(count)+.5))
}

// timeWords say when a document is from, and nothing of what it is about.
var timeWords = set("ngay thang nam khoa")

// tellsTime tells whether a word or a pair of words says no more than that.
func tellsTime(term string) bool {
	for word := range strings.SplitSeq(term, analyzers.PairSeparator) {
		if !timeWords[word] && strings.Trim(word, "0123456789") != "" {
			return false
		}
	}
	return true
}

// termsOf are the folded words and pairs of a text.
func termsOf(text string) map[string]bool {
	terms := map[string]bool{}
	for _, term := range analyzers.FoldTerms(text) {
		terms[term] = true
	}
	return terms
}

// subject weighs how much of the context each candidate's title shares.
func (r *Register) subject(found []int32, context string) []float64 {
	scores := make([]float64, len(found))
	if len(found) < 2 || strings.TrimSpace(context) == "" {
		return scores
	}
	said := termsOf(context)
	weights := r.rarity()
	for at, i := range found {
		for term := range termsOf(r.known[i].Title) {
			if !said[term] || tellsTime(term) {
				continue
			}
			w, counted := weights[term]
			if !counted {
				w = weight(1, min(len(r.known), maxCounted))
			}
			scores[at] += w
		}
		scores[at] = math.Round(scores[at]*1000) / 1000 // the order of a sum must not matter
	}
	return scores
}
