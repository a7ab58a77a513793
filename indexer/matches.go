package indexer

import (
	"strconv"

	"vankien/analyzers"
)

// matches are what of a text matches a query.
type matches struct {
	tokens  []analyzers.Token
	terms   []string        // by token: as it is compared, folded where accents were not typed
	weights []float64       // by token: what its syllable is worth, 0 if it does not match
	linked  []bool          // by token: it stands in a pair or a phrase of the query
	ends    map[int][]match // by token: the pairs and phrases that end with it
	phrased []bool          // by token: it stands in a phrase of the query; nil where none stands in the text
	lone    float64         // the least share of the best weight at which a lone syllable is marked

	first, last int     // the first and the last match of the densest window
	worth       float64 // the sum of distinct weights in it
}

// match is a pair or a phrase of the query.
type match struct {
	key    string
	weight float64
}

// find looks for a query in a text.
func (m Matcher) find(text string) *matches {
	f := &matches{tokens: analyzers.Tokenize(text), ends: make(map[int][]match), lone: markShare}
	if m.Folded {
		f.lone = foldedMarkShare
	}
	f.weights = make([]float64, len(f.tokens))
	f.linked = make([]bool, len(f.tokens))
	terms := make([]string, len(f.tokens))
	f.terms = terms
	folded := make([]string, len(f.tokens))
	for i, token := range f.tokens {
		folded[i] = analyzers.Fold(token.Term)
		terms[i] = token.Term
		if m.Folded {
			terms[i] = folded[i]
		}
		f.weights[i] = m.Weights[terms[i]]
	}
	for i := 1; i < len(terms); i++ {
		pair := terms[i-1] + analyzers.PairSeparator + terms[i]
		if weight := m.Pairs[pair]; weight > 0 && f.tokens[i-1].Position+1 == f.tokens[i].Position {
			f.link(i-1, i, match{pair, weight})
		}
	}
	for number, phrase := range m.Phrases {
		for i := range folded {
			if begins(folded[i:], phrase) {
				if f.phrased == nil {
					f.phrased = make([]bool, len(f.tokens))
				}
				for at := i; at < i+len(phrase); at++ {
					f.phrased[at] = true
				}
				f.link(i, i+len(phrase)-1, match{analyzers.PairSeparator + strconv.Itoa(number), phraseWeight})
			}
		}
	}
	f.densest()
	return f
}

func begins(terms, phrase []string) bool {
	if len(phrase) == 0 || len(terms) < len(phrase) {
		return false
	}
	for i, syllable := range phrase {
		if terms[i] != syllable {
			return false
		}
	}
	return true
}

// link notes a match that spans tokens.
func (f *matches) link(first, last int, found match) {
	for i := first; i <= last; i++ {
		f.linked[i] = true
	}
	f.ends[last] = append(f.ends[last], found)
}

// densest finds the window with the largest sum of distinct weights.
func (f *matches) densest() {
	counts := make(map[string]int)
	sum := 0.0
	count := func(i, step, edge int) {
		each := func(key string, weight float64) {
			if counts[key] += step; counts[key] == edge {
				sum += float64(step) * weight
			}
		}
		if f.weights[i] > 0 {
			each(f.terms[i], f.weights[i])
		}
		for _, found := range f.ends[i] {
			each(found.key, found.weight)
		}
	}
	for i := range f.tokens {
		count(i, 1, 1)
		if out := i - windowTokens; out >= 0 {
			count(out, -1, 0)
		}
		if sum > f.worth+1e-9 { // sums of the same weights differ by rounding
			f.worth, f.last = sum, i
		}
	}
	if f.worth == 0 {
		return
	}
	f.first = max(0, f.last-windowTokens+1)
	for f.first < f.last && f.weights[f.first] == 0 && !f.linked[f.first] {
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
	if f.phrased != nil {
		return f.phrased[from:to]
	}
	most := 0.0
	for _, weight := range f.weights[from:to] {
		most = max(most, weight)
	}
	marked := make([]bool, to-from)
	for i := range marked {
		weight := f.weights[from+i]
		alone := weight > 0 && weight >= f.lone*most
		marked[i] = f.linked[from+i] || alone
	}
	return marked
}
