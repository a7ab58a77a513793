// Package suggest completes what is being typed, in memory and from the first
// letter on: to documents (words in any order, with or without accents, numbers
// in any form) and to phrases that titles have in common.
package suggest

import (
	"strings"
	"sync"

	"vankien/analyzers"
)

// Item is a document that can be suggested.
type Item struct {
	Text   string // its title; phrases are runs of its words
	Number string // "21-NQ/TW", "" where it has none
	More   string // what else it is found by: kind, year, issuer
}

// Suggester completes to the items it was made of. It does not change and is
// safe for concurrent use. It keeps none of the strings of its items.
//
// A term is a word with its accents; terms are ordered by their folded forms,
// so that a typed prefix is a span of them. Common terms and prefixes have
// their items as a bitmap, rare ones as a list: what is typed is an AND of a
// few bitmaps, however common its words are.
type Suggester struct {
	vocabulary
	words  []int32 // terms of all items in their order, those of Text first
	starts []int32 // by item: where its terms begin; one more at the end
	parts  []parts // by item
	phrases
	scratch sync.Pool // *scratch
}

// New makes a suggester; the order of items is their rank, best first. It
// takes some tens of microseconds an item.
func New(items []Item) *Suggester {
	b := newBuilder(len(items))
	for i := range items {
		b.add(i, &items[i])
	}
	s := &Suggester{starts: b.starts, parts: b.parts}
	s.vocabulary, s.words = b.vocabulary()
	s.index(s.words, s.starts)
	s.phrases = b.phrases(items, s)
	s.scratch.New = func() any { return newScratch(len(items)) }
	return s
}

// itemWords are the terms of an item, those of its title first.
func (s *Suggester) itemWords(item int32) []int32 {
	return s.words[s.starts[item]:s.starts[item+1]]
}

// builder collects the words of items.
type builder struct {
	ids    map[string]int32 // term → provisional id, in the order they are met
	terms  []string
	words  []int32 // provisional
	starts []int32
	parts  []parts
	spots  []spot // by word; those of titles only are used
}

// parts are where the title and the number of an item end among its terms.
type parts struct{ title, number int32 }

// spot is where a word stands in its title.
type spot struct {
	from, to int32
	joined   bool // the next word follows it: nothing but white space, a joiner or a comma between
	comma    bool // it is a comma
}

func newBuilder(items int) *builder {
	return &builder{ids: make(map[string]int32), starts: make([]int32, 1, items+1)}
}

func (b *builder) add(item int, of *Item) {
	tokens := analyzers.Tokenize(of.Text)
	for i, token := range tokens {
		at := spot{from: int32(token.Start), to: int32(token.End)}
		first, rest := splitDigits(token.Term)
		if i+1 < len(tokens) && rest == "" {
			at.comma = strings.TrimSpace(of.Text[token.End:tokens[i+1].Start]) == ","
			at.joined = at.comma || tokens[i+1].Position == token.Position+1
		}
		b.word(first, at)
		for rest != "" {
			first, rest = splitDigits(rest)
			b.word(first, spot{})
		}
	}
	first := b.starts[len(b.starts)-1]
	ends := parts{title: int32(len(b.words)) - first}
	for i, term := range numberTerms(of.Number) {
		if i == 0 {
			term = serialMark + term
		}
		b.word(term, spot{})
	}
	ends.number = int32(len(b.words)) - first
	b.parts = append(b.parts, ends)
	for _, token := range analyzers.Tokenize(of.More) {
		for first, rest := splitDigits(token.Term); first != ""; first, rest = splitDigits(rest) {
			b.word(first, spot{})
		}
	}
	b.starts = append(b.starts, int32(len(b.words)))
}

func (b *builder) word(term string, at spot) {
	id, known := b.ids[term]
	if !known {
		id = int32(len(b.terms))
		term = strings.Clone(term)
		b.ids[term] = id
		b.terms = append(b.terms, term)
	}
	b.words, b.spots = append(b.words, id), append(b.spots, at)
}
