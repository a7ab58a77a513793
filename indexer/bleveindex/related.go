package bleveindex

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/indexer/relations"
	"vankien/storage"
)

// What makes two documents related, each as a share of the best there is of it.
const (
	contentShare  = 1.0
	citationShare = .7 // documents that both cite
	linkShare     = .3 // one states a relation to the other: the page shows that already
)

const (
	tellingPairs    = 16  // of a document's text that are searched for, beside its title
	tellingPassages = 100 // of a document that are read for them
	relatedSearched = 50  // documents like it that are looked at
	leastAlike      = .3  // of the weight of what is searched for, that one passage of the other has: in a small library something is always the most alike
)

// Related implements indexer.Relater: documents whose texts say what this one's
// title and most telling words do, and that cite the same.
func (x *Index) Related(ctx context.Context, id storage.ID, audience storage.Audience, size int) ([]storage.Document, error) {
	v, err := x.acquire()
	if err != nil {
		return nil, err
	}
	defer v.release()
	ordinal := slices.IndexFunc(v.catalogue.listings, func(l *listing) bool { return l.Document.ID == id })
	if ordinal < 0 || !v.catalogue.listings[ordinal].shownTo(audience) {
		return nil, fmt.Errorf("document %s: %w", id, storage.ErrNotFound)
	}
	scores, err := v.similar(ctx, int32(ordinal), audience)
	if err != nil {
		return nil, err
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.live == nil {
		return nil, errClosed()
	}
	shown := func(other storage.ID) bool {
		l := x.live.listings[other]
		return l != nil && l.shownTo(audience)
	}
	for other, score := range linked(x.live.relations, id, shown) {
		scores[other] += score
	}
	delete(scores, id)
	var best []storage.ID
	for other := range scores {
		if shown(other) {
			best = append(best, other)
		}
	}
	slices.SortFunc(best, func(a, b storage.ID) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b)) })
	related := []storage.Document{}
	for _, other := range best[:min(len(best), size)] {
		related = append(related, x.live.listings[other].document())
	}
	return related, nil
}

// similar scores the documents whose content is most like that of one.
func (v *view) similar(ctx context.Context, ordinal int32, audience storage.Audience) (map[storage.ID]float64, error) {
	terms, err := v.telling(ctx, ordinal)
	if err != nil {
		return nil, err
	}
	s := &search{ctx: ctx, view: v, query: indexer.Query{Audience: audience, Size: relatedSearched}.Normalize()}
	defer s.release()
	if err := s.refuse(); err != nil {
		return nil, err
	}
	s.refused[ordinal] |= outside
	s.reading = reading{field: fieldText, typed: len(terms) > 0}
	if s.reading.terms, err = v.weigh(fieldText, terms); err != nil || len(s.reading.terms) == 0 {
		return map[storage.ID]float64{}, err
	}
	if err := s.match(); err != nil {
		return nil, err
	}
	scores := make(map[storage.ID]float64)
	best := 0.0
	for _, r := range s.ranked {
		best = math.Max(best, r.score)
	}
	all := mass(0)
	for _, term := range s.reading.terms {
		all += massOf(term.mass())
	}
	for document, r := range s.ranked {
		at := r.passages[0]
		covered := s.hits.segments[at.segment].covered[at.item]
		if covered.idf() >= leastAlike*all.idf() {
			scores[v.catalogue.listings[document].Document.ID] = contentShare * r.score / best
		}
	}
	return scores, nil
}

// telling are the terms that tell what a document is about: those of its title,
// and the pairs of its text that others have too, but few.
func (v *view) telling(ctx context.Context, ordinal int32) ([]string, error) {
	title := string(v.catalogue.listings[ordinal].Document.Facts.Title)
	counts := make(map[string]int)
	read := 0
	for _, at := range v.places().of(ordinal) {
		for _, item := range v.items(at) {
			if read++; read > tellingPassages {
				break
			}
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			passage, err := v.passage(scoredPassage{document: ordinal, segment: at.segment, item: item})
			if err != nil {
				return nil, err
			}
			for _, term := range analyzers.TextTerms(passage.Text) {
				if strings.Contains(term, analyzers.PairSeparator) {
					counts[term]++
				}
			}
		}
	}
	type telling struct {
		pair  string
		worth float64
	}
	var pairs []telling
	for pair, count := range counts {
		held, err := v.count(fieldText, pair)
		if err != nil {
			return nil, err
		}
		if count > 1 && held > count { // others have it too
			pairs = append(pairs, telling{pair, (1 + math.Log(float64(count))) * idf(held, v.catalogue.passages)})
		}
	}
	slices.SortFunc(pairs, func(a, b telling) int { return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.pair, b.pair)) })
	terms := analyzers.TextTerms(title)
	for _, p := range pairs[:min(len(pairs), tellingPairs)] {
		first, second, _ := splitPair(p.pair)
		terms = append(terms, p.pair, first, second)
	}
	return terms, nil
}

// linked scores the shown documents that cite what a document cites, and those
// that stand in a relation to it. What many cite counts little.
func linked(g *relations.Graph, id storage.ID, shown func(storage.ID) bool) map[storage.ID]float64 {
	scores := make(map[storage.ID]float64)
	shared := g.Sharing(id, relatedSearched, shown)
	for _, other := range shared {
		scores[other.ID] = citationShare * other.Weight / shared[0].Weight
	}
	ends := make(map[storage.ID]bool) // one may say several things of another
	for _, edge := range g.Out(id, shown) {
		if edge.Decided {
			ends[edge.To[0]] = true
		}
	}
	for _, edge := range g.In(id, shown) {
		ends[edge.From] = true
	}
	for other := range ends {
		scores[other] += linkShare
	}
	return scores
}
