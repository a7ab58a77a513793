package indexer

import (
	"regexp"
	"slices"
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
	Pairs   map[string]float64 // by pair of the query's syllables (analyzers.Pairs), likewise
	Phrases [][]string         // what stood in quotes: folded syllables, side by side
}

const (
	windowTokens = 48   // tokens of a passage that are shown
	windowBytes  = 1500 // … and bytes: forms have long rows of dots
	edgeBytes    = 120  // what is no token, before the first and behind the last
	leadTokens   = 8    // how far back a window reaches for the beginning of its sentence
	phraseWeight = 1e3  // a phrase in quotes is worth more than anything else

	// A lone syllable worth less than this share of the best is not marked. Typed
	// without accents a syllable stands for many words, so more is asked of it.
	markShare, foldedMarkShare = .35, .7
)

// Show makes the part of a passage to show for a query: the window of its text
// that holds most of what the query is about, in one line, with marks. Where
// the heading says more of it than the text does, it begins with the heading.
// It takes any bytes; Text is valid UTF-8.
func (k *Marker) Show(p Passage, ordinal int) MatchedPassage {
	return k.ShowFirst(p, ordinal, allWords)
}

// ShowFirst is Show for who knows that the first words of the text have all of the
// query, if any have, and that the title has not: it does the same in less time.
func (k *Marker) ShowFirst(p Passage, ordinal, words int) MatchedPassage {
	defer k.leave()
	text, found := k.readable(p, ordinal, words)
	heading := len(text) - len(p.Text) // bytes before the passage's text; less than 0 where its head is left out
	from, to := found.window()
	tokens := found.tokens[from:to]
	start, end := extent(text, tokens, from == 0, to == len(found.tokens))
	shown := MatchedPassage{Ordinal: ordinal, Section: p.Section}
	shown.Page, shown.OCR = p.placeAt(max(0, start-heading))
	line := &k.line
	line.read(text, start, end)
	marked := found.markable(from, to)
	for i, token := range tokens {
		if !marked[i] {
			continue
		}
		if len(shown.Marks) == 0 {
			shown.Page, shown.OCR = p.placeAt(max(0, token.Start-heading))
		}
		shown.Marks = appendMark(shown.Marks, line, token, i > 0 && marked[i-1] && tokens[i-1].Position+1 == token.Position)
	}
	shown.Text = line.String()
	return shown
}

// readable is the text that is worth showing of a passage: with its heading
// where that says more of the query. The first passage of a document is headed
// by the document's name, which every list shows above it: there the letterhead
// is left out, unless most of what is asked for stands in it.
func (k *Marker) readable(p Passage, ordinal, words int) (string, *matches) {
	found := k.find(p.Text, words)
	if ordinal == 0 {
		if head := headAbove.FindStringIndex(p.Text[:min(len(p.Text), headBytes)]); head != nil {
			if body := k.find(p.Text[head[1]:], words); body.worth >= found.worth/2 {
				return p.Text[head[1]:], body
			}
		}
	}
	if found.worth > 0 && (ordinal == 0 || words < allWords && k.isAll(found.worth)) {
		return p.Text, found
	}
	title := k.find(p.Title, allWords)
	if title.worth == 0 || title.worth < found.worth {
		return p.Text, found
	}
	text := p.Title + "\n\n" + p.Text
	return text, k.find(text, allWords)
}

// headAbove is what stands above a document's name, up to the place and date.
var headAbove = regexp.MustCompile(`(?is)^.*?ngày\s[\s.…\d]*tháng\s[\s.…\d]*năm\s+\d{4}[ \t]*\n`)

const headBytes = 600 // of a text, in which its letterhead ends

// appendMark marks a token; it joins a mark that ends where it begins.
func appendMark(marks []Mark, l *line, token analyzers.Token, joined bool) []Mark {
	begin, end := l.column(token.Start), l.column(token.End)
	if joined {
		marks[len(marks)-1][1] = end
		return marks
	}
	return append(marks, Mark{begin, end})
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

// line is a stretch of text with its white space folded into single spaces; it
// maps byte offsets of the text to code points of the line. It is read into again.
type line struct {
	builder strings.Builder
	columns []int // by byte offset, less start
	start   int
	length  int // code points
}

const ellipsis = "… "

// read makes l the line of text[start:end].
func (l *line) read(text string, start, end int) {
	*l = line{start: start, columns: slices.Grow(l.columns[:0], end-start+1)}
	l.builder.Grow(end - start + len(ellipsis) + len(" …"))
	if start > 0 {
		l.write(ellipsis)
	}
	space := true
	for rest := text[start:end]; rest != ""; {
		if space {
			if n := ornament(rest); n > 0 {
				l.stay(n)
				rest = rest[n:]
				continue
			}
		}
		r, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
		l.stay(size)
		switch {
		case !unicode.IsSpace(r) && !unicode.IsControl(r):
			l.builder.WriteRune(r)
			l.length++
			space = false
		case !space:
			l.write(" ")
			space = true
		}
	}
	l.stay(1)
	if end < len(text) {
		l.write(" …")
	}
}

// stay notes that so many bytes of the text are at the present code point.
func (l *line) stay(bytes int) {
	for range bytes {
		l.columns = append(l.columns, l.length)
	}
}

// ornament is the length of a rule or of stars that a text begins with and that
// stand for themselves ("-----", "* * *"), 0 where it begins with something to read.
func ornament(text string) int {
	n := 0
	for n < len(text) && strings.IndexByte("*-_=~", text[n]) >= 0 {
		n++
	}
	if n == 0 || n < 3 && text[0] != '*' {
		return 0
	}
	if next, _ := utf8.DecodeRuneInString(text[n:]); n < len(text) && !unicode.IsSpace(next) {
		return 0
	}
	return n
}

func (l *line) write(s string) {
	l.builder.WriteString(s)
	l.length += utf8.RuneCountInString(s)
}

func (l *line) column(offset int) int {
	return l.columns[min(max(offset-l.start, 0), len(l.columns)-1)]
}

func (l *line) String() string { return strings.TrimRight(l.builder.String(), " ") }
