package bleveindex

import (
	"container/heap"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"vankien/analyzers"
	"vankien/indexer"
)

// The stages of ranking and their weights (SEARCH.md, "the recipe that held";
// docs/relevance.md has what was measured here).
const (
	candidatePassages  = 200 // the best by the terms that choose are scored exactly
	candidateDocuments = 100
	closePassages      = 50 // the best of those are read

	documentShare = .7 // of the score of the document a passage stands in
	windowShare   = .4 // of what the best window of a passage's text holds
	titleShare    = .1 // of the best score, where the query covers all of the title
	wholeShare    = .5 // of the score of a whole document, in a document's score
	windowTokens  = 20
)

// ranker takes candidates through the second and the third stage.
type ranker struct {
	hits      *collected
	folded    bool
	weights   map[string]float64 // idf of the query's syllables and pairs
	documents map[int32]float64  // scores of whole documents, as they are needed
}

func newRanker(hits *collected, r reading) *ranker {
	k := &ranker{hits: hits, folded: r.field == fieldFold, weights: make(map[string]float64, len(r.terms)), documents: make(map[int32]float64)}
	for _, term := range r.terms {
		k.weights[term.term] = term.idf
	}
	return k
}

func (k *ranker) whole(document int32) float64 {
	score, known := k.documents[document]
	if !known {
		score = k.hits.documentBM25(document)
		k.documents[document] = score
	}
	return score
}

// exact is the second stage: the exact scores of candidates, best first.
func (k *ranker) exact(candidates []scoredPassage, share float64) {
	for i, p := range candidates {
		candidates[i].score = k.hits.bm25(p.segment, p.item)
		if share > 0 {
			candidates[i].score += share * k.whole(p.document)
		}
	}
	slices.SortFunc(candidates, scoredPassage.before)
}

// close is the third stage: the best candidates are read, and what stands
// together in them and in their titles counts. The order is theirs alone; the
// others stay behind them.
func (k *ranker) close(candidates []scoredPassage) error {
	near := candidates[:min(len(candidates), closePassages)]
	if len(near) == 0 {
		return nil
	}
	best := near[0].score
	titles := make([]float64, len(near))
	known, sum := 0, 0.0
	for i, p := range near {
		passage, err := k.hits.view.passage(p)
		if err != nil {
			return err
		}
		near[i].score += windowShare * k.window(passage.Text)
		if titles[i], err = k.title(passage.Title); err != nil {
			return err
		}
		if titles[i] >= 0 {
			known++
			sum += titles[i]
		}
	}
	for i := range near {
		title := titles[i]
		if title < 0 { // no title: the mean of the others
			title = sum / math.Max(1, float64(known))
		}
		near[i].score += titleShare * best * title
	}
	slices.SortFunc(near, scoredPassage.before)
	if rest := candidates[len(near):]; len(rest) > 0 {
		least := near[len(near)-1].score
		for i := range rest {
			rest[i].score = math.Min(rest[i].score, least)
		}
	}
	return nil
}

// tokens are a text's words as the query's are compared.
func (k *ranker) tokens(text string) []analyzers.Token {
	tokens := analyzers.Tokenize(text)
	if k.folded {
		for i := range tokens {
			tokens[i].Term = analyzers.Fold(tokens[i].Term)
		}
	}
	return tokens
}

// window is the largest sum of the idf of distinct syllables and pairs of the
// query in any windowTokens tokens of a text.
func (k *ranker) window(text string) float64 {
	tokens := k.tokens(text)
	counts := make(map[string]int)
	sum, best := 0.0, 0.0
	term := func(i int) (syllable, pair string) {
		syllable = tokens[i].Term
		if i > 0 && tokens[i-1].Position+1 == tokens[i].Position {
			pair = tokens[i-1].Term + analyzers.PairSeparator + syllable
		}
		return syllable, pair
	}
	count := func(key string, step, edge int) {
		weight := k.weights[key]
		if weight == 0 {
			return
		}
		if counts[key] += step; counts[key] == edge {
			sum += float64(step) * weight
		}
	}
	for i := range tokens {
		syllable, pair := term(i)
		count(syllable, 1, 1)
		count(pair, 1, 1)
		if out := i - windowTokens; out >= 0 {
			syllable, pair := term(out)
			count(syllable, -1, 0)
			count(pair, -1, 0)
		}
		best = math.Max(best, sum)
	}
	return best
}

// title is the share of a title's idf mass that the query covers, -1 where
// there is no title.
func (k *ranker) title(title string) (float64, error) {
	covered, mass := 0.0, 0.0
	seen := make(map[string]bool)
	field := fieldText
	if k.folded {
		field = fieldFold
	}
	for _, token := range k.tokens(title) {
		if seen[token.Term] {
			continue
		}
		seen[token.Term] = true
		weight, err := k.hits.view.idf(field, token.Term)
		if err != nil {
			return 0, err
		}
		mass += weight
		if k.weights[token.Term] > 0 {
			covered += weight
		}
	}
	if mass == 0 {
		return -1, nil
	}
	return covered / mass, nil
}

// bestFew keeps the best of many: a heap with the least on top.
type bestFew struct {
	few  []scoredPassage
	size int
}

func (b *bestFew) Len() int           { return len(b.few) }
func (b *bestFew) Less(i, j int) bool { return b.few[j].before(b.few[i]) < 0 }
func (b *bestFew) Swap(i, j int)      { b.few[i], b.few[j] = b.few[j], b.few[i] }
func (b *bestFew) Push(p any)         { b.few = append(b.few, p.(scoredPassage)) }
func (b *bestFew) Pop() any {
	last := b.few[len(b.few)-1]
	b.few = b.few[:len(b.few)-1]
	return last
}

// add keeps p if it is among the best.
func (b *bestFew) add(p scoredPassage) {
	switch {
	case len(b.few) < b.size:
		heap.Push(b, p)
	case p.before(b.few[0]) < 0:
		b.few[0] = p
		heap.Fix(b, 0)
	}
}

// sorted are those kept, best first.
func (b *bestFew) sorted() []scoredPassage {
	slices.SortFunc(b.few, scoredPassage.before)
	return b.few
}

// documentScore is a document's score by its best passages, best first, and
// its whole text.
func (k *ranker) documentScore(document int32, passages []scoredPassage) float64 {
	score := wholeShare * k.whole(document)
	for i, p := range passages[:min(len(passages), shownPassages)] {
		score += passageShares[i] * p.score
	}
	return score
}

// passage reads a passage back.
func (v *view) passage(p scoredPassage) (indexer.Passage, error) {
	var passage indexer.Passage
	record, err := v.segments[p.segment].stored(uint64(p.item), fieldPassage)
	if err == nil {
		err = json.Unmarshal(record, &passage)
	}
	if err != nil {
		return passage, fmt.Errorf("passage %d of %s: %w", p.ordinal, v.catalogue.listings[p.document].Document.ID, err)
	}
	return passage, nil
}
