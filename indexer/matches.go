package indexer

import (
	"cmp"
	"math"
	"slices"

	"vankien/analyzers"
)

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
		if sum > f.worth+rounding {
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
