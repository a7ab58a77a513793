package bleveindex

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"vankien/indexer"
	"vankien/indexer/suggest"
	"vankien/storage"
)

// suggestions complete to the documents of one catalogue. Reading the titles of
// 20,000 documents takes some tenths of a second, too long after every write:
// those of an earlier catalogue are kept, and a second, small suggester has the
// documents that changed since. A library of some hundred is read anew.
type suggestions struct {
	catalogue *catalogue
	base      *suggester
	now       []int32    // by item of base: the ordinal in the catalogue, -1 where the document has changed or gone
	late      []int32    // ordinals of the documents that changed since, ascending
	changed   *suggester // of late
}

// suggester is made by the first who asks.
type suggester struct {
	get   func() *suggest.Suggester
	asked atomic.Bool
}

func newSuggester(c *catalogue, ordinals []int32) *suggester {
	s := new(suggester)
	s.get = sync.OnceValue(func() *suggest.Suggester {
		s.asked.Store(true)
		items := make([]suggest.Item, len(ordinals))
		for i, ordinal := range ordinals {
			items[i] = c.listings[ordinal].suggestedBy()
		}
		return suggest.New(items)
	})
	return s
}

// suggestedBy is what a document is found by while it is typed.
func (l *listing) suggestedBy() suggest.Item {
	facts := l.Document.Facts
	return suggest.Item{
		Text: string(facts.Title), Number: string(facts.Number),
		More: string(facts.Kind) + " " + l.values[indexer.FacetYear].Label,
	}
}

func newSuggestions(c *catalogue) *suggestions {
	all := make([]int32, len(c.listings))
	for i := range all {
		all[i] = int32(i)
	}
	return &suggestions{catalogue: c, base: newSuggester(c, all), now: all, changed: newSuggester(c, nil)}
}

// maxLate is how many changed documents are kept apart, at least.
const maxLate = 500

// after is the suggestions of a later catalogue: moved is where the documents
// of the earlier one stand in it (catalogue.with), changed what it differs by.
func (s *suggestions) after(c *catalogue, moved []int32, changed []storage.ID) *suggestions {
	if len(c.listings) <= maxLate || !s.base.asked.Load() {
		return newSuggestions(c) // made in no time, or nobody waits for it
	}
	differs := make(map[storage.ID]bool, len(changed))
	for _, id := range changed {
		differs[id] = true
	}
	moves := func(ordinal int32) int32 {
		if ordinal < 0 || differs[s.catalogue.listings[ordinal].Document.ID] {
			return -1
		}
		return moved[ordinal]
	}
	next := &suggestions{catalogue: c, base: s.base, now: make([]int32, len(s.now))}
	settled := make([]bool, len(c.listings))
	for i, ordinal := range s.now {
		if next.now[i] = moves(ordinal); next.now[i] >= 0 {
			settled[next.now[i]] = true
		}
	}
	for ordinal, is := range settled {
		if !is {
			next.late = append(next.late, int32(ordinal))
		}
	}
	if len(next.late) <= max(maxLate, len(c.listings)/10) {
		next.changed = newSuggester(c, next.late)
		return next
	}
	next = newSuggestions(c)
	next.base.get() // somebody is typing: they shall not wait for it
	return next
}

// complete returns the ordinals of at most size documents, best first.
func (s *suggestions) complete(typed string, size int, visible func(*listing) bool) []int32 {
	type match struct {
		document int32
		score    int
	}
	var found []match
	for _, d := range s.base.get().Documents(typed, size, s.allowed(visible)) {
		found = append(found, match{s.now[d.Item], d.Score})
	}
	if len(s.late) > 0 {
		for _, d := range s.changed.get().Documents(typed, size, func(item int) bool { return visible(s.catalogue.listings[s.late[item]]) }) {
			found = append(found, match{s.late[d.Item], d.Score})
		}
		slices.SortFunc(found, func(a, b match) int {
			return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.document, b.document))
		})
	}
	ordinals := make([]int32, 0, size)
	for _, m := range found[:min(size, len(found))] {
		ordinals = append(ordinals, m.document)
	}
	return ordinals
}

// allowed tells of an item of the base whether it is still so and visible.
func (s *suggestions) allowed(visible func(*listing) bool) func(item int) bool {
	return func(item int) bool { return s.now[item] >= 0 && visible(s.catalogue.listings[s.now[item]]) }
}

// phrases are texts to search for that go on where what was typed ends. Those
// of documents that changed since the base was made come with the next one.
func (s *suggestions) phrases(typed string, size int, visible func(*listing) bool) []string {
	var texts []string
	for _, phrase := range s.base.get().Phrases(typed, size, s.allowed(visible)) {
		texts = append(texts, phrase.Text)
	}
	return texts
}

// maxTyped bounds what of a typed text is completed, in bytes.
const maxTyped = 2048

// Suggest implements indexer.Index.
func (x *Index) Suggest(ctx context.Context, typed string, audience storage.Audience, size int) ([]indexer.Suggestion, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	v, err := x.acquire()
	if err != nil {
		return nil, err
	}
	defer v.release()
	typed = typed[:min(len(typed), maxTyped)]
	size = max(0, min(size, indexer.MaxPageSize))
	visible := func(l *listing) bool { return l.shownTo(audience) }
	found := []indexer.Suggestion{}
	for _, ordinal := range v.suggestions.complete(typed, size, visible) {
		found = append(found, v.catalogue.listings[ordinal].suggestion())
	}
	if len(found) == 0 {
		if found, err = v.suggestNamed(typed, size, audience); err != nil {
			return nil, err
		}
	}
	if len(found) == 0 {
		found = v.catalogue.suggestConditions(typed, size, visible)
	}
	// A phrase or two behind the documents, more where these are few.
	for _, phrase := range v.suggestions.phrases(typed, max(min(maxPhrases, size/4), min(maxPhrases, size-len(found))), visible) {
		if len(found) == size {
			found = slices.Delete(found, size-1-countQueries(found), size-countQueries(found))
		}
		found = append(found, indexer.Suggestion{Text: phrase, Type: indexer.SuggestQuery})
	}
	return found, nil
}

// suggestion is a document to open.
func (l *listing) suggestion() indexer.Suggestion {
	d := l.Document
	return indexer.Suggestion{
		Text: indexer.DisplayTitle(d), Number: string(d.Facts.Number), ID: d.ID, Type: indexer.SuggestDocument,
		Kind: string(d.Facts.Kind), Issued: string(d.Facts.Issued), Validity: l.validity(),
	}
}

// maxPhrases is how many phrases are suggested at most.
const maxPhrases = 3

func countQueries(found []indexer.Suggestion) (n int) {
	for _, s := range found {
		if s.Type == indexer.SuggestQuery {
			n++
		}
	}
	return n
}
