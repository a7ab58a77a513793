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
	windowTokens = 48   // tokens of a passage that are shown
	windowBytes  = 1500 // … and bytes: forms have long rows of dots
	edgeBytes    = 120  // what is no token, before the first and behind the last
	leadTokens   = 8    // how far back a window reaches for the beginning of its sentence
	markShare    = .35  // a lone syllable worth less than this share of the best is not marked
)

// Show makes the part of a passage to show for a query: the window of its text
// that holds most of what the query is about, in one line, with marks. It
// takes any bytes; Text is valid UTF-8.
func Show(p Passage, ordinal int, m Matcher) MatchedPassage {
	tokens := analyzers.Tokenize(p.Text)
	weights := make([]float64, len(tokens))
	for i, token := range tokens {
		weights[i] = m.weight(token)
	}
	from, to := window(tokens, weights)
	start, end := extent(p.Text, tokens[from:to], from == 0, to == len(tokens))
	shown := MatchedPassage{Ordinal: ordinal, Section: p.Section, Page: p.PageAt(start)}
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

// window is the run of tokens [from,to) to show: the one with the largest sum
// of distinct weights, from its first match or the beginning of its sentence on.
func window(tokens []analyzers.Token, weights []float64) (from, to int) {
	from, last := densest(tokens, weights)
	if len(tokens) <= windowTokens {
		from = 0
	}
	least := max(0, from-leadTokens, last+1-windowTokens)
	for i := from; i >= least; i-- {
		if i == 0 || tokens[i].Position > tokens[i-1].Position+1 {
			from = i
			break
		}
	}
	to = min(from+windowTokens, len(tokens))
	for to > from+1 && tokens[to-1].End-tokens[from].Start > windowBytes {
		to--
	}
	return from, to
}

// densest are the first and the last match of the window with the largest sum
// of distinct weights; 0, 0 where nothing matches.
func densest(tokens []analyzers.Token, weights []float64) (first, last int) {
	counts := make(map[string]int)
	sum, most := 0.0, 0.0
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
		if sum > most+1e-9 { // sums of the same weights differ by rounding
			most, last = sum, i
		}
	}
	if most == 0 {
		return 0, 0
	}
	first = max(0, last-windowTokens+1)
	for weights[first] == 0 {
		first++
	}
	return first, last
}

// extent are the bytes to show for tokens: with the punctuation behind them,
// and at the edges of the text with what stands there.
func extent(text string, tokens []analyzers.Token, first, last bool) (start, end int) {
	if len(tokens) == 0 {
		return 0, len(clip(text, edgeBytes))
	}
	start, end = tokens[0].Start, tokens[len(tokens)-1].End
	if first && start <= edgeBytes {
		start = 0
	}
	if rest := text[end:]; last && len(rest) <= edgeBytes {
		return start, len(text)
	}
	for size := 0; end < len(text) && size < edgeBytes; {
		r, n := utf8.DecodeRuneInString(text[end:])
		if unicode.IsSpace(r) || unicode.IsLetter(r) || unicode.IsNumber(r) {
			break
		}
		end, size = end+n, size+n
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
		case !unicode.IsSpace(r) && !unicode.IsControl(r):
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
