package indexer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/analyzers"
)

// Matcher tells what of a passage's text matches a query: which tokens, and how
// much each is worth.
type Matcher struct {
	Folded  bool               // compare folded forms: accents were not typed
	Weights map[string]float64 // by syllable, folded where Folded is set: its idf
}

// weight is what a token of the text is worth to the query, 0 if it does not match.
func (m Matcher) weight(token analyzers.Token) float64 {
	if m.Folded {
		return m.Weights[analyzers.Fold(token.Term)]
	}
	return m.Weights[token.Term]
}

const (
	windowTokens = 48  // tokens of a passage that are shown
	leadTokens   = 8   // how far back a window reaches for the beginning of its sentence
	markShare    = .35 // a lone syllable worth less than this share of the best is not marked
)

// Show makes the part of a passage to show for a query: the window of its text
// that holds most of what the query is about, in one line, with marks.
func Show(p Passage, ordinal int, m Matcher) MatchedPassage {
	tokens := analyzers.Tokenize(p.Text)
	weights := make([]float64, len(tokens))
	for i, token := range tokens {
		weights[i] = m.weight(token)
	}
	from, to := window(tokens, weights)
	shown := MatchedPassage{Ordinal: ordinal, Section: p.Section}
	start, end := extent(p.Text, tokens, from, to)
	shown.Page = p.PageAt(start)

	line := newLine(p.Text, start, end)
	marked := markable(tokens[from:to], weights[from:to])
	for i, token := range tokens[from:to] {
		if !marked[i] {
			continue
		}
		if len(shown.Marks) == 0 {
			shown.Page = p.PageAt(token.Start)
		}
		shown.Marks = appendMark(shown.Marks, line, token, i > 0 && marked[i-1] && tokens[from+i-1].Position+1 == token.Position)
	}
	shown.Text = line.String()
	return shown
}

// appendMark marks a token; it joins a mark that ends where it begins.
func appendMark(marks []Mark, l *line, token analyzers.Token, joined bool) []Mark {
	begin, end := l.column(token.Start), l.column(token.End)
	if joined {
		marks[len(marks)-1][1] = end
		return marks
	}
	return append(marks, Mark{begin, end})
}

// window is the run of tokens [from,to) with the largest sum of distinct
// weights, moved back to the beginning of its sentence where that is near.
func window(tokens []analyzers.Token, weights []float64) (from, to int) {
	counts := make(map[string]int)
	sum, most, best := 0.0, 0.0, 0
	for i := range tokens {
		if weights[i] > 0 {
			if counts[tokens[i].Term]++; counts[tokens[i].Term] == 1 {
				sum += weights[i]
			}
		}
		if out := i - windowTokens; out >= 0 && weights[out] > 0 {
			if counts[tokens[out].Term]--; counts[tokens[out].Term] == 0 {
				sum -= weights[out]
			}
		}
		if sum > most+1e-9 {
			most, best = sum, i
		}
	}
	first := max(0, best-windowTokens+1)
	for first < best && weights[first] == 0 { // begin at the first match …
		first++
	}
	if most == 0 {
		first = 0
	}
	from = first
	for i := first; i > max(0, first-leadTokens); i-- { // … or at its sentence
		if tokens[i].Position > tokens[i-1].Position+1 {
			from = i
			break
		}
		if i-1 == 0 {
			from = 0
		}
	}
	return from, min(from+windowTokens, len(tokens))
}

// extent are the bytes to show for tokens [from,to): trailing punctuation included.
func extent(text string, tokens []analyzers.Token, from, to int) (start, end int) {
	if len(tokens) == 0 {
		return 0, min(len(text), 300)
	}
	start, end = tokens[from].Start, tokens[to-1].End
	if from == 0 {
		start = 0
	}
	if to == len(tokens) {
		return start, len(text)
	}
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if unicode.IsSpace(r) || unicode.IsLetter(r) || unicode.IsNumber(r) {
			break
		}
		end += size
	}
	return start, end
}

// markable decides which matching tokens are marked: those that say something,
// and the small words between them ("xây dựng *của* Đảng" reads as one).
func markable(tokens []analyzers.Token, weights []float64) []bool {
	most := 0.0
	for _, weight := range weights {
		most = max(most, weight)
	}
	marked := make([]bool, len(tokens))
	for i, weight := range weights {
		if weight == 0 {
			continue
		}
		beside := i > 0 && weights[i-1] > 0 && tokens[i-1].Position+1 == tokens[i].Position ||
			i+1 < len(tokens) && weights[i+1] > 0 && tokens[i].Position+1 == tokens[i+1].Position
		marked[i] = beside || weight >= markShare*most
	}
	return marked
}

// line is a stretch of text with its white space folded into single spaces; it
// maps byte offsets of the text to code points of the line.
type line struct {
	builder strings.Builder
	columns []int // by byte offset, less start
	start   int
	length  int // code points
}

const ellipsis = "… "

func newLine(text string, start, end int) *line {
	l := &line{start: start, columns: make([]int, 0, end-start+1)}
	if start > 0 {
		l.write(ellipsis)
	}
	space := true
	for rest := text[start:end]; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
		for range size {
			l.columns = append(l.columns, l.length)
		}
		switch {
		case !unicode.IsSpace(r):
			l.write(string(r))
			space = false
		case !space:
			l.write(" ")
			space = true
		}
	}
	l.columns = append(l.columns, l.length)
	if end < len(text) {
		l.write(" …")
	}
	return l
}

func (l *line) write(s string) {
	l.builder.WriteString(s)
	l.length += utf8.RuneCountInString(s)
}

func (l *line) column(offset int) int {
	return l.columns[min(max(offset-l.start, 0), len(l.columns)-1)]
}

func (l *line) String() string { return strings.TrimRight(l.builder.String(), " ") }
