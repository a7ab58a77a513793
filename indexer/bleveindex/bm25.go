package bleveindex

import "slices"

// bm25 scores passages exactly:
//
//	Σ idf · tf · (k1+1) / (tf + k1·(1-b + b·length/average))
//
// Those of a segment are looked up together, term by term.
func (c *collected) bm25(passages []scoredPassage) {
	places := make([]int, len(passages)) // in passages, by segment and item
	for i := range places {
		places[i] = i
		passages[i].score = 0
	}
	slices.SortFunc(places, func(a, b int) int { return passages[a].standsBefore(passages[b]) })
	var items []uint32
	var saturations []float64
	for len(places) > 0 {
		segment := passages[places[0]].segment
		lengths := c.view.segments[segment].column.lengths
		items, saturations = items[:0], saturations[:0]
		for _, place := range places {
			if passages[place].segment != segment {
				break
			}
			items = append(items, passages[place].item)
			length := float64(lengths[passages[place].item])
			saturations = append(saturations, bm25K1*(1-bm25B+bm25B*length/c.average))
		}
		for i, term := range c.terms {
			c.segments[segment].terms[i].of(items, func(at int, tf uint32) {
				passages[places[at]].score += term.idf * float64(tf) * (bm25K1 + 1) / (float64(tf) + saturations[at])
			})
		}
		places = places[len(items):]
	}
}

// documentBM25 are the scores of whole documents: their terms are those of their
// passages, their idf is of passages, so that it does not depend on how the
// library is cut into documents. All are looked up together, term by term.
func (c *collected) documentBM25(documents []int32) []float64 {
	sums := make([]uint32, len(c.terms)*len(documents))
	var items []uint32
	for segment := range c.segments {
		items = c.addDocuments(segment, documents, items[:0], sums)
	}
	catalogue := c.view.catalogue
	average := float64(catalogue.tokens) / float64(len(catalogue.listings))
	scores := make([]float64, len(documents))
	for place, document := range documents {
		saturation := bm25K1 * (1 - bm25B + bm25B*float64(catalogue.listings[document].Tokens)/average)
		for i, term := range c.terms {
			if tf := float64(sums[place*len(c.terms)+i]); tf > 0 {
				scores[place] += term.idf * tf * (bm25K1 + 1) / (tf + saturation)
			}
		}
	}
	return scores
}

// sparse is how many times more items hold a term than are asked for where they are
// looked up one by one.
const sparse = 16

// addDocuments adds to sums, which are by document and term, how often the passages
// of documents in a segment hold the terms. Those of a document stand anywhere in
// it: so lists are gone through as a rule, and not looked up in. The passages are
// appended to items.
func (c *collected) addDocuments(segment int, documents []int32, items, sums []uint32) []uint32 {
	hidden := c.view.segments[segment].hidden
	var owners []int32 // by item: of its document the place and one more
	for place, document := range documents {
		for _, at := range c.view.places().of(document) {
			if int(at.segment) != segment {
				continue
			}
			if owners == nil {
				owners = ownerships.take(c.view.segments[segment].size())
			}
			for _, item := range c.view.items(at) {
				if hidden == nil || !hidden.Contains(item) {
					items, owners[item] = append(items, item), int32(place)+1
				}
			}
		}
	}
	ascending := false
	for i, f := range c.segments[segment].terms {
		add := func(item, tf uint32) { sums[int(owners[item]-1)*len(c.terms)+i] += tf }
		if f.column == nil && len(f.items) > sparse*len(items) && !ascending {
			slices.Sort(items)
			ascending = true
		}
		if f.column != nil || len(f.items) > sparse*len(items) {
			f.of(items, func(at int, tf uint32) { add(items[at], tf) })
			continue
		}
		f.each(func(item, tf uint32) {
			if owners[item] > 0 {
				add(item, tf)
			}
		})
	}
	for _, item := range items {
		owners[item] = 0
	}
	ownerships.giveZeros(owners)
	return items
}
