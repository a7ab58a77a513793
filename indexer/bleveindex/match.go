package bleveindex

import (
	"slices"

	"vankien/analyzers"
	"vankien/indexer"
)

// firstScores are, by document, the first-stage scores of its best passages,
// best first; none where it does not match.
type firstScores [][shownPassages]float32

func (f firstScores) add(document int32, score float32) {
	best := &f[document]
	for i := range best {
		if score > best[i] {
			best[i], score = score, best[i]
		}
	}
}

// of is a document's first-stage score.
func (f firstScores) of(document int32) float64 {
	sum := 0.0
	for i, share := range passageShares {
		sum += share * float64(f[document][i])
	}
	return sum
}

// ranked is one of the best documents, all stages done.
type ranked struct {
	score    float64
	passages []scoredPassage // best first
}

// match finds what matches and ranks the best of it.
func (s *search) match() error {
	if err := s.demand(); err != nil {
		return err
	}
	if err := s.demandNumbers(); err != nil {
		return err
	}
	if err := s.matchSome(); err != nil {
		return err
	}
	if !s.elsewhere && s.nothingNear() {
		s.phrases, s.wish.numbers = nil, false
		if err := s.matchSome(); err != nil {
			return err
		}
	}
	s.reading.folded = s.reading.folded || s.otherAccents && s.phrases != nil && s.elsewhere
	s.reading.together = s.together()
	switch {
	case s.query.Unit == indexer.Passages:
		return s.rankPassages()
	case s.query.Sort == indexer.ByRelevance:
		return s.rankDocuments()
	}
	return nil
}

// together counts the words of the one phrase that was typed and nothing beside it,
// where all that matches has it with the accents that are searched for; else 0.
func (s *search) together() int {
	if s.phrases == nil || len(s.demands) != 1 || len(s.parsed.Phrases) != 1 || s.otherAccents || len(s.reading.senses) > 0 || s.wordsBeside() {
		return 0
	}
	return len(analyzers.Tokenize(s.parsed.Phrases[0]))
}

// matchReading finds the passages that hold enough of what was read, and tells
// whether there are any.
func (s *search) matchReading() (bool, error) {
	s.release()
	var err error
	if s.hits, err = s.view.collect(s.ctx, s.reading.field, s.reading.terms, s.phrases); err != nil {
		return false, err
	}
	shares := matchShares(s.reading.terms)
	if s.phrases != nil {
		shares = []float64{0} // the quotes say what must be there
	}
	for _, share := range shares {
		if s.matchShare(share) {
			return true, nil
		}
	}
	return false, nil
}

// release gives back what the search borrowed.
func (s *search) release() {
	if s.hits != nil {
		s.hits.release()
		s.hits = nil
	}
	firsts.give(s.first)
	s.first = nil
}

// matchShare keeps the passages that cover a share of the query (see
// matchShares), and tells whether there are any.
func (s *search) matchShare(share float64) bool {
	s.least = s.leastOf(share)
	firsts.give(s.first)
	s.first = firsts.take(len(s.view.catalogue.listings))
	s.singles = nil
	matched := false
	s.hits.each(massOf(s.least), s.phrases, func(segment int, item uint32, document int32) {
		if s.refused[document]&outside != 0 {
			return
		}
		s.elsewhere = true
		score := s.hits.first(segment, item)
		s.first.add(document, score)
		if s.refused[document] != 0 {
			return
		}
		matched = true
		if s.query.Unit == indexer.Passages {
			s.singles = append(s.singles, s.hits.passage(segment, item, float64(score)))
		}
	})
	return matched
}

// leastOf is a share of the query's idf mass.
func (s *search) leastOf(share float64) float64 {
	all := mass(0)
	for _, term := range s.reading.terms {
		if !term.free {
			all += massOf(term.mass())
		}
	}
	const rounding = 1 - 1e-5
	return share * all.idf() * rounding
}

// first is a passage's score in the first stage: by the terms that choose, and
// a little by all.
func (c *collected) first(segment int, item uint32) float32 {
	const little = .01
	hits := &c.segments[segment]
	return hits.partial[item] + float32(little*hits.covered[item].idf())
}

// rankPassages takes the best passages through the other stages.
func (s *search) rankPassages() error {
	slices.SortFunc(s.singles, scoredPassage.before)
	k := newRanker(s.hits, s.reading)
	best := s.singles[:min(len(s.singles), candidatePassages)]
	k.wholes(documentsOf(best))
	k.exact(best, documentShare)
	if err := k.close(s.ctx, best); err != nil {
		return err
	}
	behind(best, s.singles[len(best):])
	s.preferMore(s.singles)
	return nil
}

// documentsOf are the documents that passages stand in, each once.
func documentsOf(passages []scoredPassage) []int32 {
	documents := make([]int32, len(passages))
	for i, p := range passages {
		documents[i] = p.document
	}
	slices.Sort(documents)
	return slices.Compact(documents)
}

// behind lowers the scores of rest to where best ends.
func behind(best, rest []scoredPassage) {
	for i := range rest {
		rest[i].score = min(rest[i].score, best[len(best)-1].score)
	}
}
