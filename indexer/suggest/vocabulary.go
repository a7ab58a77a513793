package suggest

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"vankien/analyzers"
)

// vocabulary has the terms of all items and the items of every term.
type vocabulary struct {
	terms  []string // by their folded forms, then by themselves
	folds  []string // distinct folded forms, ascending
	groups []int32  // by folded form: where its terms begin; one more at the end
	foldOf []int32  // by term: its folded form

	totals  []int32 // by term: how many items the terms before it have, together
	lists   [][]int32
	dense   map[span]bitmap   // of the common terms and of spans that have many items
	exactly map[string]bitmap // of accented prefixes that have many items
	items   int
}

// span are the terms [from,to).
type span struct{ from, to int32 }

func (r span) has(term int32) bool { return r.from <= term && term < r.to }
func (r span) empty() bool         { return r.from >= r.to }

// vocabulary puts the terms in order and the words in these terms.
func (b *builder) vocabulary() (vocabulary, []int32) {
	type named struct {
		fold, term string
		id         int32
	}
	all := make([]named, len(b.terms))
	for i, term := range b.terms {
		all[i] = named{analyzers.Fold(term), term, int32(i)}
	}
	slices.SortFunc(all, func(a, b named) int {
		return cmp.Or(strings.Compare(a.fold, b.fold), strings.Compare(a.term, b.term))
	})
	var v vocabulary
	final := make([]int32, len(all))
	for i, n := range all {
		final[n.id] = int32(i)
		if len(v.folds) == 0 || v.folds[len(v.folds)-1] != n.fold {
			v.folds, v.groups = append(v.folds, n.fold), append(v.groups, int32(i))
		}
		v.terms = append(v.terms, n.term)
		v.foldOf = append(v.foldOf, int32(len(v.folds)-1))
	}
	v.groups = append(v.groups, int32(len(all)))
	words := make([]int32, len(b.words))
	for i, id := range b.words {
		words[i] = final[id]
	}
	return v, words
}

// sparseness: what stands in more than one of so many items gets a bitmap.
const sparseness = 24

// index notes the items of every term, and those of common prefixes together.
func (v *vocabulary) index(words, starts []int32) {
	v.items = len(starts) - 1
	last := make([]int32, len(v.terms)) // the item noted last, plus one
	v.totals = make([]int32, len(v.terms)+1)
	eachHolder := func(do func(term, item int32)) {
		clear(last)
		for item := range int32(v.items) {
			for _, term := range words[starts[item]:starts[item+1]] {
				if last[term] != item+1 {
					last[term] = item + 1
					do(term, item)
				}
			}
		}
	}
	eachHolder(func(term, _ int32) { v.totals[term+1]++ })
	v.dense = make(map[span]bitmap)
	v.lists = make([][]int32, len(v.terms))
	rare := int32(0)
	for term := range v.terms {
		n := v.totals[term+1]
		if v.common(n) {
			v.dense[span{int32(term), int32(term) + 1}] = newBitmap(v.items)
		} else {
			rare += n
		}
		v.totals[term+1] += v.totals[term]
	}
	arena := make([]int32, rare)
	for term := range v.terms {
		if r := (span{int32(term), int32(term) + 1}); v.dense[r] == nil {
			n := v.size(r)
			v.lists[term], arena = arena[:0:n], arena[n:]
		}
	}
	eachHolder(func(term, item int32) {
		if b := v.dense[span{term, term + 1}]; b != nil {
			b.set(item)
			return
		}
		v.lists[term] = append(v.lists[term], item)
	})
	v.indexPrefixes()
	v.indexAccented()
}

func (v *vocabulary) common(items int32) bool { return int(items)*sparseness > v.items }

// size is how many items the terms of a span have, counted once a term.
func (v *vocabulary) size(r span) int32 { return v.totals[r.to] - v.totals[r.from] }

// indexPrefixes makes the bitmaps of all folded prefixes and whole words that
// are common.
func (v *vocabulary) indexPrefixes() {
	for at, word := range v.folds {
		v.indexSpan(v.group(int32(at)))
		for n := 1; n <= len(word); n++ {
			if at == 0 || !strings.HasPrefix(v.folds[at-1], word[:n]) {
				v.indexSpan(v.prefix(word[:n]))
			}
		}
	}
}

func (v *vocabulary) indexSpan(r span) {
	if !v.common(v.size(r)) || v.dense[r] != nil {
		return
	}
	b := newBitmap(v.items)
	v.union(b, r)
	v.dense[r] = b
}

// indexAccented makes the bitmaps of the common accented prefixes.
func (v *vocabulary) indexAccented() {
	sizes := make(map[string]int32)
	prefixes := func(do func(prefix string, term int32)) {
		for term, word := range v.terms {
			for n := range word {
				if n > 0 {
					do(word[:n], int32(term))
				}
			}
			do(word, int32(term))
		}
	}
	prefixes(func(prefix string, term int32) { sizes[prefix] += v.size(span{term, term + 1}) })
	v.exactly = make(map[string]bitmap)
	prefixes(func(prefix string, term int32) {
		if !v.common(sizes[prefix]) {
			return
		}
		if v.exactly[prefix] == nil {
			v.exactly[prefix] = newBitmap(v.items)
		}
		v.union(v.exactly[prefix], span{term, term + 1})
	})
}

// union adds the items of a span to b.
func (v *vocabulary) union(b bitmap, r span) {
	if whole := v.dense[r]; whole != nil {
		b.or(whole)
		return
	}
	for term := r.from; term < r.to; term++ {
		if whole := v.dense[span{term, term + 1}]; whole != nil {
			b.or(whole)
			continue
		}
		for _, item := range v.lists[term] {
			b.set(item)
		}
	}
}

// prefix are the terms that begin with a folded prefix.
func (v *vocabulary) prefix(prefix string) span {
	from := sort.SearchStrings(v.folds, prefix)
	n := sort.Search(len(v.folds)-from, func(i int) bool { return !strings.HasPrefix(v.folds[from+i], prefix) })
	return span{v.groups[from], v.groups[from+n]}
}

// whole are the terms that fold to a word.
func (v *vocabulary) whole(word string) span {
	at := sort.SearchStrings(v.folds, word)
	if at == len(v.folds) || v.folds[at] != word {
		return span{}
	}
	return v.group(int32(at))
}

func (v *vocabulary) group(fold int32) span { return span{v.groups[fold], v.groups[fold+1]} }
