package analyzers

// PairSeparator stands between the two terms of a pair. It never occurs in a
// term.
const PairSeparator = " "

// Pairs are the pairs of tokens at adjacent positions, in their order; a gap
// has none across it. A pair spans both tokens and has the position of the
// first. Pairs of pairs are not meant.
func Pairs(tokens []Token) []Token {
	pairs := make([]Token, 0, len(tokens))
	for i := 1; i < len(tokens); i++ {
		a, b := tokens[i-1], tokens[i]
		if b.Position == a.Position+1 {
			pairs = append(pairs, Token{Term: a.Term + PairSeparator + b.Term, Start: a.Start, End: b.End, Position: a.Position})
		}
	}
	return pairs
}

// TextTerms are the terms that TextAnalyzer makes of a text, in its order:
// canonical syllables, each followed by the pair it begins.
func TextTerms(text string) []string { return terms(text, false) }

// FoldTerms are the terms that FoldAnalyzer makes of a text, in its order.
func FoldTerms(text string) []string { return terms(text, true) }

// CountTerms is how many terms TextTerms makes of a text; FoldTerms makes as many.
func CountTerms(text string) int {
	s := read(text, true)
	count := len(s.words)
	for i := range s.words {
		if s.pairedWithNext(i) {
			count++
		}
	}
	return count
}

func terms(text string, fold bool) []string {
	s := read(text, fold)
	arena := string(s.arena)
	out := make([]string, 0, 2*len(s.words))
	for i, w := range s.words {
		out = append(out, arena[w.from:w.to])
		if s.pairedWithNext(i) {
			out = append(out, arena[w.from:s.words[i+1].to])
		}
	}
	return out
}

// pairedWithNext tells whether word i and the next one are a pair; its term is
// then arena[words[i].from:words[i+1].to].
func (s *stream) pairedWithNext(i int) bool {
	return i+1 < len(s.words) && s.words[i+1].position == s.words[i].position+1
}

// Accents counts the tokens that carry a Vietnamese mark (đ is one) and the
// alphabetic ones that carry none. Tokens with digits count as neither. The
// terms must be canonical.
func Accents(tokens []Token) (marked, unmarked int) {
	for _, token := range tokens {
		accented, alphabetic := false, token.Term != ""
		for _, r := range token.Term {
			g := glyphOf(r)
			alphabetic = alphabetic && g.class == letter
			accented = accented || g.class == letter && rune(g.fold) != r
		}
		switch {
		case !alphabetic:
		case accented:
			marked++
		default:
			unmarked++
		}
	}
	return marked, unmarked
}
