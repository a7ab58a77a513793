// Package suggest completes what is being typed to documents, in memory: words
// in any order, with or without accents, from the first letter on.
package suggest

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"vankien/analyzers"
)

// Item is something that can be suggested: Text is what is typed at, in the
// words that people use for it (kind, number, title, year).
type Item struct{ Text string }

// Suggester completes to the items it was made of. It does not change and is
// safe for concurrent use.
//
// Every word of the items stands once, folded, in a sorted vocabulary, so that
// a typed prefix is a range of it. The rarest of the typed prefixes gives the
// items to look at; the others are looked up among the item's own words.
type Suggester struct {
	vocabulary []string  // sorted
	holders    [][]int32 // by word: the items that have it, in the items' order
	words      [][]int32 // by item: its words, ascending
	canonical  []string  // by item: its words with accents, for telling exact matches
}

// New makes a suggester; the order of items is their rank, best first.
func New(items []Item) *Suggester {
	s := &Suggester{words: make([][]int32, len(items)), canonical: make([]string, len(items))}
	holders := make(map[string][]int32)
	for i, item := range items {
		var accented strings.Builder
		for _, token := range analyzers.Tokenize(item.Text) {
			accented.WriteString(" " + token.Term)
			word := analyzers.Fold(token.Term)
			if of := holders[word]; len(of) == 0 || of[len(of)-1] != int32(i) {
				holders[word] = append(of, int32(i))
			}
		}
		s.canonical[i] = accented.String()
	}
	for word := range holders {
		s.vocabulary = append(s.vocabulary, word)
	}
	slices.Sort(s.vocabulary)
	for id, word := range s.vocabulary {
		s.holders = append(s.holders, holders[word])
		for _, item := range holders[word] {
			s.words[item] = append(s.words[item], int32(id))
		}
	}
	return s
}

const (
	maxTyped   = 16 // words of what is typed that are read
	reordered  = 8  // times the wanted size: how many matches are compared for the best
	sparseness = 20 // a prefix on fewer than 1/sparseness of the items is looked up by its words
)

// vocabularyRange are the words [from,to) that begin with a typed prefix, and
// how many items they stand in, at most.
type vocabularyRange struct{ from, to, items int }

// Suggest returns the ranks of at most size items whose words begin with all
// the typed ones, among those that allowed accepts, best first: accents as
// typed before others, then the items' order. Nothing typed suggests nothing.
func (s *Suggester) Suggest(typed string, size int, allowed func(item int) bool) []int {
	if size <= 0 {
		return nil
	}
	tokens := analyzers.Tokenize(typed)
	tokens = tokens[:min(len(tokens), maxTyped)]
	ranges := make([]vocabularyRange, 0, len(tokens))
	for _, token := range tokens {
		r := s.prefix(analyzers.Fold(token.Term))
		if r.items == 0 {
			return nil
		}
		ranges = append(ranges, r)
	}
	if len(ranges) == 0 {
		return nil
	}
	slices.SortFunc(ranges, func(a, b vocabularyRange) int { return a.items - b.items })

	var matches []int
	for item := range s.candidates(ranges[0]) {
		if s.hasAll(item, ranges) && allowed(item) {
			if matches = append(matches, item); len(matches) == size*reordered {
				break
			}
		}
	}
	slices.SortStableFunc(matches, func(a, b int) int {
		return cmp.Compare(s.exactness(b, tokens), s.exactness(a, tokens))
	})
	return matches[:min(size, len(matches))]
}

func (s *Suggester) prefix(prefix string) vocabularyRange {
	r := vocabularyRange{from: sort.SearchStrings(s.vocabulary, prefix)}
	r.to = r.from
	for r.to < len(s.vocabulary) && strings.HasPrefix(s.vocabulary[r.to], prefix) {
		r.items += len(s.holders[r.to])
		r.to++
	}
	return r
}

// candidates yields the items that may match the range, in rank order. Where
// the range is common, every item is looked at: matches are then found soon.
func (s *Suggester) candidates(r vocabularyRange) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		if r.items*sparseness > len(s.words) {
			for item := range s.words {
				if !yield(item) {
					return
				}
			}
			return
		}
		var items []int32
		for _, of := range s.holders[r.from:r.to] {
			items = append(items, of...)
		}
		slices.Sort(items)
		for _, item := range slices.Compact(items) {
			if !yield(int(item)) {
				return
			}
		}
	}
}

func (s *Suggester) hasAll(item int, ranges []vocabularyRange) bool {
	words := s.words[item]
	for _, r := range ranges {
		at, _ := slices.BinarySearch(words, int32(r.from))
		if at == len(words) || int(words[at]) >= r.to {
			return false
		}
	}
	return true
}

// exactness is how many of the typed words an item's words begin with, accents
// and all.
func (s *Suggester) exactness(item int, tokens []analyzers.Token) int {
	exact := 0
	for _, token := range tokens {
		if strings.Contains(s.canonical[item], " "+token.Term) {
			exact++
		}
	}
	return exact
}
