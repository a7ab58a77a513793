package bleveindex

import (
	"maps"
	"slices"
	"time"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/storage"
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
	if s.hits, err = s.view.collect(s.ctx, s.reading.field, s.reading.terms); err != nil {
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
}

// matchShare keeps the passages that cover a share of the query (see
// matchShares), and tells whether there are any.
func (s *search) matchShare(share float64) bool {
	s.least = s.leastOf(share)
	s.first = make(firstScores, len(s.view.catalogue.listings))
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
	if err := k.close(best); err != nil {
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

// rankDocuments takes the passages of the best documents through the other
// stages.
func (s *search) rankDocuments() error {
	listings := s.view.catalogue.listings
	prefer := newPreference(s.parsed.Hints, time.Now())
	found := s.bestDocuments(prefer)
	k := newRanker(s.hits, s.reading)
	var candidates []scoredPassage
	documents := make([]int32, len(found))
	for i, document := range found {
		documents[i] = document.document
		candidates = append(candidates, s.passagesOf(document.document)...)
	}
	k.wholes(documents)
	k.exact(candidates, 0)
	if err := k.close(candidates); err != nil {
		return err
	}
	s.preferMore(candidates)
	s.ranked = make(map[int32]ranked, len(found))
	for _, p := range candidates {
		r := s.ranked[p.document]
		r.passages = append(r.passages, p)
		s.ranked[p.document] = r
	}
	for document, r := range s.ranked {
		r.score = k.documentScore(document, r.passages) * prefer.of(listings[document])
		s.ranked[document] = r
	}
	if prefer.from+prefer.to+prefer.term == "" && prefer.plenum == 0 { // who names a time wants what is of that time
		s.successorsFirst()
	}
	return nil
}

// successorsFirst puts a document that has replaced another before it, where both
// speak of what is asked for: who looks for what the old one says is to read the new one.
func (s *search) successorsFirst() {
	places := make(map[storage.ID]int32, len(s.ranked))
	for document := range s.ranked {
		places[s.view.catalogue.listings[document].Document.ID] = document
	}
	for _, document := range slices.Backward(slices.Sorted(maps.Keys(s.ranked))) { // oldest first, so that the newest inherits all
		l := s.view.catalogue.listings[document]
		if l.standing == nil || l.validity() != storage.Replaced {
			continue
		}
		for _, successor := range l.standing.ReplacedBy {
			if at, matches := places[successor]; matches {
				r, score := s.ranked[at], s.ranked[document].score
				if r.score >= score*speaking {
					r.score = max(r.score, score*ahead)
					s.ranked[at] = r
				}
			}
		}
	}
}

const (
	ahead    = 1 + 1e-6 // how much more a successor scores than what it replaced, at least
	speaking = .5       // the share of that score that it has by itself where it speaks of the same
)

// bestDocuments are the best documents by their first-stage scores.
func (s *search) bestDocuments(prefer preference) []scoredPassage {
	best := bestFew{size: candidateDocuments}
	for i := range s.first {
		if s.first[i][0] == 0 || s.refused[i] != 0 {
			continue
		}
		document := int32(i)
		if score := s.first.of(document); score*mostPreferred >= best.least() {
			best.add(scoredPassage{score: score * prefer.of(s.view.catalogue.listings[i]), document: document})
		}
	}
	return best.sorted()
}

// mostPreferred is more than any preference is a factor of.
const mostPreferred = 1 + kindShare + issuerShare + dateShare + termShare + plenumShare + 1e-9

// manyPassages is how many passages of a document are scored exactly.
const manyPassages = 5

// passagesOf are the best matching passages of a document by their first-stage
// scores.
func (s *search) passagesOf(document int32) []scoredPassage {
	few := bestFew{size: manyPassages}
	least := max(1, massOf(s.least))
	for _, at := range s.view.places().of(document) {
		number := int(at.segment)
		for _, item := range s.view.items(at) {
			if s.hits.segments[number].covered[item] >= least && (s.phrases == nil || s.phrases[number].Contains(item)) {
				few.add(s.hits.passage(number, item, float64(s.hits.first(number, item))+moreShare*float64(s.held(number, item))))
			}
		}
	}
	return few.sorted()
}

// moreShare is more than any first-stage score: what has more of the phrases
// comes first.
const moreShare = 1e4

// bestOf are the best passages of a document, best first.
func (s *search) bestOf(document int32) ([]scoredPassage, error) {
	if s.hits == nil || s.first[document][0] == 0 {
		return nil, nil
	}
	if r, done := s.ranked[document]; done {
		return r.passages, nil
	}
	passages := s.passagesOf(document)
	newRanker(s.hits, s.reading).exact(passages, 0)
	s.preferMore(passages)
	return passages, nil
}

// textScore is a document's score by its text. Those that were not ranked stay
// behind those that were.
func (s *search) textScore(document int32) float64 {
	if s.hits == nil {
		return 0
	}
	if s.hits.scores == nil { // whoever asks for one asks for many, to sort by them
		s.hits.scores = make([]float64, len(s.first))
		for i := range s.first {
			s.hits.scores[i] = s.first.of(int32(i)) * behindShare
		}
		for ranked, r := range s.ranked {
			s.hits.scores[ranked] = r.score
		}
	}
	return s.hits.scores[document]
}

// behindShare makes first-stage scores less than any score of all stages.
const behindShare = 1e-6
