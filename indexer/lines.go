package indexer

import (
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/analyzers"
	"vankien/storage"
)

// textLine is a line of a page, or a part of one that is too long for a passage.
type textLine struct {
	text   string
	page   int
	start  int   // where it begins in its page's text, in code points
	end    Place // behind it; on the next page where it took the rest of a word from there
	tokens int
	blank  bool // a blank line stands before it, on the same page
	joined bool // as part of a title: it goes on where the title's line before it ends
}

// textLines are the lines of a document that carry text of its own: no running
// headers, footers or page numbers. Words that the end of a line cuts are whole.
func textLines(pages []storage.Page) []textLine {
	var whole []textLine
	for i, body := range Bodies(pages) {
		whole = pageLines(whole, pages[i], body)
	}
	whole = joinHyphens(whole)
	lines := make([]textLine, 0, len(whole))
	for _, line := range whole {
		lines = pieces(lines, line)
	}
	return lines
}

// pageLines appends the lines of a page's body. Where a page begins, nothing is
// known of a blank line.
func pageLines(lines []textLine, page storage.Page, body Body) []textLine {
	column := utf8.RuneCountInString(page.Text[:body.Start])
	blank, first := false, true
	for raw := range strings.SplitSeq(page.Text[body.Start:body.End], "\n") {
		text := strings.TrimLeftFunc(raw, unicode.IsSpace)
		start := column + utf8.RuneCountInString(raw[:len(raw)-len(text)])
		text = strings.TrimRightFunc(text, unicode.IsSpace)
		column += utf8.RuneCountInString(raw) + 1
		if text == "" {
			blank = !first
			continue
		}
		end := Place{page.Number, start + utf8.RuneCountInString(text)}
		lines = append(lines, textLine{text: text, page: page.Number, start: start, end: end, blank: blank})
		blank, first = false, false
	}
	return lines
}

var sentenceBreak = regexp.MustCompile(`[.;:!?…]["”»)]?\s+`)

// pieces appends a line, counted; one that is longer than a passage is cut at
// the ends of sentences, and where there are none at the ends of words.
func pieces(lines []textLine, line textLine) []textLine {
	tokens := analyzers.Tokenize(line.text)
	if len(tokens) <= longPassage {
		line.tokens = len(tokens)
		return append(lines, line)
	}
	breaks := sentenceBreak.FindAllStringIndex(line.text, -1)
	at := 0
	for begun := 0; begun < len(tokens); {
		until, cut := len(tokens), len(line.text)
		if begun+usualPassage < len(tokens) {
			until = begun + usualPassage
			cut = tokens[until].Start
			// The last sentence that ends in the second half of the piece.
			last := sort.Search(len(breaks), func(i int) bool { return breaks[i][1] > cut }) - 1
			if last >= 0 && breaks[last][1] > tokens[begun+usualPassage/2].Start {
				cut = breaks[last][1]
				until = sort.Search(len(tokens), func(i int) bool { return tokens[i].Start >= cut })
			}
		}
		piece := line
		piece.text, piece.tokens, piece.blank = strings.TrimSpace(line.text[at:cut]), until-begun, line.blank && at == 0
		line.start += utf8.RuneCountInString(line.text[at:cut])
		if cut < len(line.text) {
			piece.end = Place{line.page, piece.start + utf8.RuneCountInString(piece.text)}
		}
		lines = append(lines, piece)
		begun, at = until, cut
	}
	return lines
}

// endsSentence tells whether a line is complete.
func endsSentence(text string) bool {
	text = strings.TrimRight(text, `"”»)`)
	last, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".;:!?…", last)
}

// goesOn tells whether next is the same sentence as the line before it.
func goesOn(before string, next textLine) bool {
	first, _ := utf8.DecodeRuneInString(next.text)
	return !next.blank && !endsSentence(before) &&
		(unicode.IsLower(first) || leadsOn.MatchString(lastWords(before)) || unicode.IsDigit(first) && leadsToNumber.MatchString(lastWords(before)))
}

// capitals tells whether a text has letters and all of them are capitals.
func capitals(text string) bool {
	return strings.ToUpper(text) == text && strings.ContainsFunc(text, unicode.IsLetter)
}
