package bleveindex

import (
	"context"
	"math"
	"slices"
)

// The stages of ranking and their weights (SEARCH.md, "the recipe that held";
// docs/relevance.md has what was measured here).
const (
	candidatePassages  = 200 // the best by the terms that choose are scored exactly
	candidateDocuments = 100
	closePassages      = 50 // the best of those are read

	documentShare = .7 // of the score of the document a passage stands in
	titleShare    = .1 // of the best score, where the query covers all of the title
	wholeShare    = .5 // of the score of a whole document, in a document's score
)

// nearness is what is added to a passage's score for what of the query stands
// together in it.
type nearness struct {
	window, lead float64 // shares of what the best window holds, and of what the first leadTokens do: what it is about stands there
	tokens       int     // of a window
}

// A question is answered by a passage that is about the same; words looked for
// may stand anywhere. Typed without accents syllables alone say less, so where
// they stand says more.
var (
	nearWords    = nearness{window: .5, lead: .15, tokens: 20}
	nearFolded   = nearness{window: .5, lead: .25, tokens: 20}
	nearQuestion = nearness{window: 1, lead: .4, tokens: 30}
)

// leadTokens are the first words of a passage, its title's among them.
const leadTokens = 30

// ranker takes candidates through the second and the third stage.
type ranker struct {
	hits      *collected
	reading   reading
	documents map[int32]float64 // scores of whole documents, as they are needed
}

func newRanker(hits *collected, r reading) *ranker {
	return &ranker{hits: hits, reading: r, documents: make(map[int32]float64)}
}

// whole is the score of a whole document.
func (k *ranker) whole(document int32) float64 {
	if _, known := k.documents[document]; !known {
		k.wholes([]int32{document})
	}
	return k.documents[document]
}

// wholes scores documents that will be asked for, at once.
func (k *ranker) wholes(documents []int32) {
	for place, score := range k.hits.documentBM25(documents) {
		k.documents[documents[place]] = score
	}
}

// exact is the second stage: the exact scores of candidates, best first.
func (k *ranker) exact(candidates []scoredPassage, share float64) {
	k.hits.bm25(candidates)
	for i, p := range candidates {
		if share > 0 {
			candidates[i].score += share * k.whole(p.document)
		}
	}
	slices.SortFunc(candidates, scoredPassage.before)
}

// close is the third stage: the best candidates are read, and what stands
// together in them and in their titles counts. The order is theirs alone; the
// others stay behind them.
func (k *ranker) close(ctx context.Context, candidates []scoredPassage) error {
	near := candidates[:min(len(candidates), closePassages)]
	if len(near) == 0 {
		return nil
	}
	best := near[0].score
	titles := make([]float64, len(near))
	newOwn := func() *closeness { return newCloseness(k.reading) }
	err := inParallel(ctx, len(near), newOwn, func(c *closeness, i int) error {
		return k.hits.view.record(near[i], func(r record) error {
			together, title, err := c.of(k.hits.view, r)
			near[i].score += together
			titles[i] = title
			return err
		})
	})
	if err != nil {
		return err
	}
	known, sum := 0, 0.0
	for _, title := range titles {
		if title >= 0 {
			known++
			sum += title
		}
	}
	for i, title := range titles {
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

// bestFew keeps the best of many: a heap with the least on top.
type bestFew struct {
	few  []scoredPassage
	size int
}

// add keeps p if it is among the best.
func (b *bestFew) add(p scoredPassage) {
	switch {
	case len(b.few) < b.size:
		b.few = append(b.few, p)
		for at := len(b.few) - 1; at > 0; {
			above := (at - 1) / 2
			if b.few[at].before(b.few[above]) <= 0 {
				break
			}
			b.few[at], b.few[above] = b.few[above], b.few[at]
			at = above
		}
	case p.before(b.few[0]) < 0:
		b.few[0] = p
		b.sink()
	}
}

// sink puts the top of the heap where it belongs.
func (b *bestFew) sink() {
	for at := 0; ; {
		worst := at
		for below := 2*at + 1; below <= 2*at+2 && below < len(b.few); below++ {
			if b.few[below].before(b.few[worst]) > 0 {
				worst = below
			}
		}
		if worst == at {
			return
		}
		b.few[at], b.few[worst] = b.few[worst], b.few[at]
		at = worst
	}
}

// least is the score that more are kept for than there is room: nothing below
// it is; minus infinity while there is room.
func (b *bestFew) least() float64 {
	if len(b.few) < b.size {
		return math.Inf(-1)
	}
	return b.few[0].score
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
