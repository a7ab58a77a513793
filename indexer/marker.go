package indexer

import (
	"strings"
	"sync"
	"unicode/utf8"

	"vankien/analyzers"
)

// Marker finds and marks what a Matcher asks for, in any number of passages: it
// knows the words that it has met. For one goroutine.
type Marker struct {
	folded  bool
	known   map[string]wordIDs // by canonical word
	terms   map[string]int32   // ids of the query's syllables, as they are compared
	weights []float64          // by id: of syllables, then of pairs

	pairs   map[[2]int32]int32 // ids by those of the two syllables
	phrases [][]int32          // by the ids of folded syllables
	inQuote map[string]int32   // … which are these
	mass    float64            // what a window is worth that has all of the query

	initials [256]bool  // the first bytes of all of them
	taken    []*matches // for the passage that is shown
	line     line
}

// wordIDs are what a word is to a query, -1 for nothing: a syllable, and one
// folded that stands in a phrase.
type wordIDs struct{ term, quoted int32 }

// NewMarker prepares for what m asks.
func NewMarker(m Matcher) *Marker {
	k := &Marker{
		folded: m.Folded, known: make(map[string]wordIDs), terms: make(map[string]int32),
		pairs: make(map[[2]int32]int32, len(m.Pairs)), inQuote: make(map[string]int32),
	}
	for syllable, weight := range m.Weights {
		k.weights[k.term(syllable)] = weight
	}
	pairs := make(map[[2]int32]float64, len(m.Pairs))
	for pair, weight := range m.Pairs {
		if first, second, ok := strings.Cut(pair, analyzers.PairSeparator); ok && weight > 0 {
			pairs[[2]int32{k.term(first), k.term(second)}] = weight
		}
	}
	for pair, weight := range pairs {
		k.pairs[pair] = k.id(weight)
	}
	for _, phrase := range m.Phrases {
		ids := make([]int32, len(phrase))
		for i, syllable := range phrase {
			id, known := k.inQuote[syllable]
			if !known {
				id = int32(len(k.inQuote))
				k.inQuote[syllable] = id
				k.meet(syllable)
			}
			ids[i] = id
		}
		k.phrases = append(k.phrases, ids)
	}
	k.mass = phraseWeight * float64(len(k.phrases))
	for _, weight := range k.weights {
		k.mass += weight
	}
	return k
}

// id makes one for something of a weight.
func (k *Marker) id(weight float64) int32 {
	k.weights = append(k.weights, weight)
	return int32(len(k.weights) - 1)
}

// term is the id of a syllable of the query; one that only stands in pairs is
// worth nothing by itself.
func (k *Marker) term(syllable string) int32 {
	id, known := k.terms[syllable]
	if !known {
		id = k.id(0)
		k.terms[syllable] = id
		k.meet(syllable)
	}
	return id
}

// rooms are where texts are looked at.
var rooms = sync.Pool{New: func() any { return new(matches) }}

// room is where one text is looked at, until all is left.
func (k *Marker) room() *matches {
	f := rooms.Get().(*matches)
	k.taken = append(k.taken, f)
	return f
}

// leave gives the rooms back.
func (k *Marker) leave() {
	for _, f := range k.taken {
		f.marker = nil
		clear(f.tokens) // they hold on to texts
		rooms.Put(f)
	}
	k.taken = k.taken[:0]
}

// meet takes note of a syllable of the query.
func (k *Marker) meet(syllable string) {
	if syllable != "" {
		k.initials[syllable[0]] = true
	}
}

// ids are what a canonical word is to the query.
func (k *Marker) ids(word string) wordIDs {
	if initial := word[0]; initial < utf8.RuneSelf && !k.initials[initial] {
		return wordIDs{-1, -1} // folding leaves it the letter that it begins with
	}
	ids, known := k.known[word]
	if known {
		return ids
	}
	ids = wordIDs{-1, -1}
	folded, compared := analyzers.Fold(word), word
	if k.folded {
		compared = folded
	}
	if id, asked := k.terms[compared]; asked {
		ids.term = id
	}
	if id, asked := k.inQuote[folded]; asked {
		ids.quoted = id
	}
	k.known[word] = ids
	return ids
}

// rounding is by how much sums of the same weights differ; the least idf there is is
// more in any library of less than 500 million passages.
const rounding = 1e-9

// isAll tells whether a window is worth as much as one that has all of the query.
func (k *Marker) isAll(worth float64) bool { return worth >= k.mass-rounding }
