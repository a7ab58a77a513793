package indexer

import (
	"cmp"
	"math"
	"slices"
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
	weights []float64          // by id: of syllables, then of pairs, then of phrases

	pairs   map[[2]int32]int32 // ids by those of the two syllables
	phrases [][]int32          // by the ids of folded syllables
	mass    float64            // what a window is worth that has all of it
	inQuote map[string]int32   // … which are these

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

// matches are what of a text matches a query.
type matches struct {
	marker  *Marker
	tokens  []analyzers.Token
	ids     []wordIDs   // by token
	pairs   []int32     // by token: the pair that ends with it, -1 for none
	linked  []bool      // by token: it stands in a pair or a phrase of the query
	ends    []phraseEnd // by token
	phrased []bool      // by token: it stands in a phrase of the query; empty where none stands in the text
	lone    float64     // the least share of the best weight at which a lone syllable is marked

	counts []int // by id: how often it stands in the window that is looked at

	first, last int     // the first and the last match of the densest window
	worth       float64 // the sum of distinct weights in it
}

// phraseEnd is a token with which a phrase ends.
type phraseEnd struct{ token, phrase int }

// find looks for a query in a text. What it found holds until the next passage
// is shown. Where the first words have all of the query, the others are not looked
// at: nothing in them is worth more.
func (k *Marker) find(text string, first int) *matches {
	f := k.room()
	if f.find(k, text, first+windowTokens+2); len(f.tokens) == first+windowTokens+2 && (!k.isAll(f.worth) || f.last >= first) {
		f.find(k, text, math.MaxInt)
	}
	return f
}

// isAll tells whether a window is worth as much as one that has all of the query.
func (k *Marker) isAll(worth float64) bool { return worth >= k.mass-1e-6 }

// allWords is that a query may stand anywhere.
const allWords = math.MaxInt - windowTokens - 2

// find looks for what k asks in the first words of a text.
func (f *matches) find(k *Marker, text string, most int) {
	*f = matches{marker: k, tokens: analyzers.AppendFirstTokens(f.tokens[:0], text, most), lone: markShare, ids: f.ids[:0], pairs: f.pairs[:0], linked: f.linked[:0], ends: f.ends[:0], phrased: f.phrased[:0], counts: f.counts}
	if k.folded {
		f.lone = foldedMarkShare
	}
	f.ids = slices.Grow(f.ids, len(f.tokens))[:len(f.tokens)]
	f.pairs = slices.Grow(f.pairs, len(f.tokens))[:len(f.tokens)]
	f.linked = slices.Grow(f.linked, len(f.tokens))[:len(f.tokens)]
	clear(f.linked)
	for i, token := range f.tokens {
		f.ids[i], f.pairs[i] = k.ids(token.Term), -1
		if i == 0 || f.ids[i].term < 0 || f.ids[i-1].term < 0 || f.tokens[i-1].Position+1 != token.Position {
			continue
		}
		if pair, asked := k.pairs[[2]int32{f.ids[i-1].term, f.ids[i].term}]; asked {
			f.pairs[i] = pair
			f.linked[i-1], f.linked[i] = true, true
		}
	}
	for number, phrase := range k.phrases {
		f.quote(number, phrase)
	}
	if len(k.phrases) > 1 {
		slices.SortStableFunc(f.ends, func(a, b phraseEnd) int { return cmp.Compare(a.token, b.token) })
	}
	f.densest()
}

// quote finds a phrase.
func (f *matches) quote(number int, phrase []int32) {
	for i := range f.ids {
		if !begins(f.ids[i:], phrase) {
			continue
		}
		if len(f.phrased) == 0 {
			f.phrased = slices.Grow(f.phrased, len(f.tokens))[:len(f.tokens)]
			clear(f.phrased)
		}
		for at := i; at < i+len(phrase); at++ {
			f.phrased[at], f.linked[at] = true, true
		}
		f.ends = append(f.ends, phraseEnd{i + len(phrase) - 1, number})
	}
}

func begins(words []wordIDs, phrase []int32) bool {
	if len(phrase) == 0 || len(words) < len(phrase) {
		return false
	}
	for i, syllable := range phrase {
		if words[i].quoted != syllable {
			return false
		}
	}
	return true
}

// weight is what the syllable of a token is worth, 0 if it does not match.
func (f *matches) weight(i int) float64 {
	if id := f.ids[i].term; id >= 0 {
		return f.marker.weights[id]
	}
	return 0
}

// densest finds the window with the largest sum of distinct weights.
func (f *matches) densest() {
	weights := f.marker.weights
	f.counts = slices.Grow(f.counts[:0], len(weights)+len(f.marker.phrases))[:len(weights)+len(f.marker.phrases)]
	counts := f.counts
	clear(counts)
	sum := 0.0
	count := func(i, step, edge int) {
		for _, id := range [...]int32{f.ids[i].term, f.pairs[i]} {
			if id < 0 {
				continue
			}
			if counts[id] += step; counts[id] == edge {
				sum += float64(step) * weights[id]
			}
		}
	}
	countEnds := func(ends []phraseEnd, i, step, edge int) []phraseEnd {
		for ; len(ends) > 0 && ends[0].token == i; ends = ends[1:] {
			at := len(weights) + ends[0].phrase
			if counts[at] += step; counts[at] == edge {
				sum += float64(step) * phraseWeight
			}
		}
		return ends
	}
	coming, going := f.ends, f.ends
	for i := range f.tokens {
		count(i, 1, 1)
		coming = countEnds(coming, i, 1, 1)
		if out := i - windowTokens; out >= 0 {
			count(out, -1, 0)
			going = countEnds(going, out, -1, 0)
		}
		if sum > f.worth+1e-9 { // sums of the same weights differ by rounding
			f.worth, f.last = sum, i
		}
	}
	if f.worth == 0 {
		return
	}
	f.first = max(0, f.last-windowTokens+1)
	for f.first < f.last && f.weight(f.first) == 0 && !f.linked[f.first] {
		f.first++
	}
}

// window is the run of tokens [from,to) to show: the densest one, begun a
// little before its first match.
func (f *matches) window() (from, to int) {
	from = f.begin()
	for from < f.first && f.tokens[f.last].End-f.tokens[from].Start > windowBytes {
		from++
	}
	to = min(from+windowTokens, len(f.tokens))
	for to > from+1 && f.tokens[to-1].End-f.tokens[from].Start > windowBytes {
		to--
	}
	return from, to
}

// begin is where the window begins: at the beginning of the text or of the
// sentence where one is near, else a few words before the first match; never so
// early that the last match falls out.
func (f *matches) begin() int {
	earliest := max(0, f.first-leadTokens, f.last+1-windowTokens)
	if earliest == 0 || len(f.tokens) <= windowTokens {
		return 0
	}
	for i := f.first; i >= earliest; i-- {
		if f.tokens[i].Position > f.tokens[i-1].Position+1 {
			return i
		}
	}
	return max(earliest, f.first-leadTokens/2)
}

// markable decides which tokens of [from,to) are marked: of a phrase in quotes
// nothing but the phrase; else the query's pairs, with the small words in them
// ("xây dựng *của* Đảng" reads as one), and the syllables that say something
// by themselves.
func (f *matches) markable(from, to int) []bool {
	if len(f.phrased) > 0 {
		return f.phrased[from:to]
	}
	most := 0.0
	for i := from; i < to; i++ {
		most = max(most, f.weight(i))
	}
	marked := make([]bool, to-from)
	for i := range marked {
		weight := f.weight(from + i)
		alone := weight > 0 && weight >= f.lone*most
		marked[i] = f.linked[from+i] || alone
	}
	return marked
}
