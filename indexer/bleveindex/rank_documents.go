package bleveindex

import (
	"maps"
	"slices"
	"time"

	"vankien/storage"
)

// rankDocuments takes the passages of the best documents through the other
// stages.
func (s *search) rankDocuments() error {
	prefer := newPreference(s.parsed.Hints, time.Now())
	found := s.bestDocuments(prefer)
	k := newRanker(s.hits, s.reading)
	candidates, err := s.candidates(k, found)
	if err != nil {
		return err
	}
	k.exact(candidates, 0)
	if err := k.close(s.ctx, candidates); err != nil {
		return err
	}
	s.preferMore(candidates)
	best := make(map[int32][]scoredPassage, len(found))
	for _, p := range candidates {
		passages, known := best[p.document]
		if !known {
			passages = make([]scoredPassage, 0, shownPassages)
		}
		if len(passages) < shownPassages {
			best[p.document] = append(passages, p)
		}
	}
	s.ranked = make(map[int32]ranked, len(found))
	for document, passages := range best {
		score := k.documentScore(document, passages) * prefer.of(s.view.catalogue, document)
		s.ranked[document] = ranked{score, passages}
	}
	if prefer.from+prefer.to+prefer.term == "" && prefer.plenum == 0 { // who names a time wants what is of that time
		s.successorsFirst()
	}
	if s.wish.newest {
		s.newestOfTopic(prefer)
	}
	return nil
}

// candidates are the best passages of documents; k learns the documents' scores
// meanwhile.
func (s *search) candidates(k *ranker, found []scoredPassage) ([]scoredPassage, error) {
	documents := make([]int32, len(found))
	for i, document := range found {
		documents[i] = document.document
	}
	passages := make([][]scoredPassage, len(found))
	const step = 16 // documents
	err := inParallel(s.ctx, 1+(len(found)+step-1)/step, nothing, func(_ struct{}, at int) error {
		if at == 0 {
			k.wholes(documents)
			return nil
		}
		for i := (at - 1) * step; i < min(at*step, len(found)); i++ {
			passages[i] = s.passagesOf(documents[i])
		}
		return nil
	})
	return slices.Concat(passages...), err
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

// newestOfTopic puts the newest documents first of those that hold and are about what
// is asked for: of the kind and the body that the query names where some of them are.
// Who asks for the newest resolution on something wants no new one on something else.
func (s *search) newestOfTopic(prefer preference) {
	prefer = preference{kinds: prefer.kinds, issuers: prefer.issuers}
	best := 0.0
	for _, r := range s.ranked {
		best = max(best, r.score)
	}
	var about, fitting []int32
	for document, r := range s.ranked {
		if r.score < aboutIt*best || s.view.catalogue.ended[document] {
			continue
		}
		about = append(about, document)
		if prefer.all(s.view.catalogue.listings[document]) {
			fitting = append(fitting, document)
		}
	}
	if len(fitting) > 0 {
		about = fitting
	}
	slices.Sort(about) // the catalogue's order is newest first
	for place, document := range about {
		r := s.ranked[document]
		r.score = best * (ahead + (ahead-1)*float64(len(about)-place))
		s.ranked[document] = r
	}
	s.wish.ordered = len(about) > 0
}

// aboutIt is the share of the best score that a document has which is about the same.
const aboutIt = .6

// bestDocuments are the best documents by their first-stage scores.
func (s *search) bestDocuments(prefer preference) []scoredPassage {
	best := bestFew{few: make([]scoredPassage, 0, candidateDocuments), size: candidateDocuments}
	for i := range s.first {
		if s.first[i][0] == 0 || s.refused[i] != 0 {
			continue
		}
		document := int32(i)
		if score := s.first.of(document); score*mostPreferred >= best.least() {
			best.add(scoredPassage{score: score * prefer.of(s.view.catalogue, document), document: document})
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
	few := bestFew{few: make([]scoredPassage, 0, manyPassages), size: manyPassages}
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
		s.hits.scores = scores.take(len(s.first))
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
