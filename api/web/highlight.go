package web

import (
	"strings"
	"unicode/utf8"

	"vankien/analyzers"
	"vankien/indexer"
)

// Piece is a stretch of text, marked where it matched.
type Piece struct {
	Text   string
	Marked bool
}

// pieces cuts a text at its marks, ranges of code points. What of a mark lies
// outside the text or before the mark it follows is left out.
func pieces(text string, marks []indexer.Mark) []Piece {
	runes := []rune(text)
	var out []Piece
	at := 0
	add := func(to int, marked bool) {
		if to > at {
			out = append(out, Piece{Text: string(runes[at:to]), Marked: marked})
			at = to
		}
	}
	for _, mark := range marks {
		add(min(max(mark[0], at), len(runes)), false)
		add(min(mark[1], len(runes)), true)
	}
	add(len(runes), false)
	return out
}

// highlight marks the words of query in text: pairs of words that stand side by
// side in both where there are any, because a lone syllable stands everywhere;
// else single words. A word typed without accents matches however it is
// accented, one with accents only as it was typed.
func highlight(text, query string) []Piece {
	words := analyzers.Tokenize(query)
	if len(words) == 0 {
		return pieces(text, nil)
	}
	tokens := analyzers.Tokenize(text)
	marked := markPairs(tokens, words)
	if marked == nil {
		marked = markWords(tokens, words)
	}
	return pieces(text, tokenMarks(text, tokens, marked))
}

func adjacent(a, b analyzers.Token) bool { return a.Position+1 == b.Position }

// forms are the words of a query that a token matches.
func forms(token analyzers.Token) [2]string {
	return [2]string{token.Term, analyzers.Fold(token.Term)}
}

// markPairs tells which tokens are part of a pair of the query, nil where none is.
func markPairs(tokens, words []analyzers.Token) []bool {
	pairs := map[[2]string]bool{}
	for i := 1; i < len(words); i++ {
		if adjacent(words[i-1], words[i]) {
			pairs[[2]string{words[i-1].Term, words[i].Term}] = true
		}
	}
	var marked []bool
	for i := 1; i < len(tokens) && len(pairs) > 0; i++ {
		if !adjacent(tokens[i-1], tokens[i]) || !pairIn(pairs, tokens[i-1], tokens[i]) {
			continue
		}
		if marked == nil {
			marked = make([]bool, len(tokens))
		}
		marked[i-1], marked[i] = true, true
	}
	return marked
}

func pairIn(pairs map[[2]string]bool, a, b analyzers.Token) bool {
	for _, first := range forms(a) {
		for _, second := range forms(b) {
			if pairs[[2]string{first, second}] {
				return true
			}
		}
	}
	return false
}

func markWords(tokens, words []analyzers.Token) []bool {
	wanted := map[string]bool{}
	for _, word := range words {
		wanted[word.Term] = true
	}
	marked := make([]bool, len(tokens))
	for i, token := range tokens {
		form := forms(token)
		marked[i] = wanted[form[0]] || wanted[form[1]]
	}
	return marked
}

// tokenMarks are the marked tokens as ranges of code points; neighbours share one.
func tokenMarks(text string, tokens []analyzers.Token, marked []bool) []indexer.Mark {
	var marks []indexer.Mark
	column, offset := 0, 0
	advance := func(to int) int {
		column += utf8.RuneCountInString(text[offset:to])
		offset = to
		return column
	}
	for i, token := range tokens {
		if !marked[i] {
			continue
		}
		begin := advance(token.Start)
		end := advance(token.End)
		if i > 0 && marked[i-1] && adjacent(tokens[i-1], token) {
			marks[len(marks)-1][1] = end
			continue
		}
		marks = append(marks, indexer.Mark{begin, end})
	}
	return marks
}

// lines cuts pieces at line ends; empty lines are left out.
func lines(all []Piece) [][]Piece {
	var out [][]Piece
	var line []Piece
	end := func() {
		if len(line) > 0 {
			out, line = append(out, line), nil
		}
	}
	for _, piece := range all {
		for i, part := range strings.Split(piece.Text, "\n") {
			if i > 0 {
				end()
			}
			if part != "" {
				line = append(line, Piece{Text: part, Marked: piece.Marked})
			}
		}
	}
	end()
	return out
}
