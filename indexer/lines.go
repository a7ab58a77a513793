package indexer

import (
	"regexp"
	"sort"
	"strconv"
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
	tokens int
	blank  bool // a blank line stands before it
	joined bool // as part of a title: it goes on where the title's line before it ends
}

// textLines are the lines of a document that carry text.
func textLines(pages []storage.Page) []textLine {
	var lines []textLine
	for _, page := range pages {
		lines = append(lines, pageLines(page, len(pages) > 1)...)
	}
	return lines
}

// pageLines are the lines of a page that carry text, its page number left out.
func pageLines(page storage.Page, several bool) []textLine {
	var lines []textLine
	blank := false
	all := strings.Split(strings.TrimSpace(page.Text), "\n")
	for i, text := range all {
		text = strings.TrimSpace(text)
		edge := i == 0 || i == len(all)-1
		if text == "" {
			blank = true
			continue
		}
		if edge && isPageNumber(text, page.Number, several) {
			continue
		}
		for _, piece := range pieces(text) {
			piece.page, piece.blank = page.Number, blank
			lines = append(lines, piece)
			blank = false
		}
	}
	return lines
}

var pageNumber = regexp.MustCompile(`^[-–—\s]*(\d{1,4})[-–—\s]*$`)

// maxPageShift is how far a printed page number may be ahead of the page's
// place in the file: a chapter printed out of a book. A year is further.
const maxPageShift = 900

// isPageNumber tells whether the first or last line of a page is its number. A
// text that is no more than one page has none but 1.
func isPageNumber(text string, page int, several bool) bool {
	match := pageNumber.FindStringSubmatch(text)
	if match == nil {
		return false
	}
	printed, err := strconv.Atoi(match[1])
	if err != nil {
		return false
	}
	return printed == page || several && printed > 0 && printed <= page+maxPageShift
}

var sentenceBreak = regexp.MustCompile(`[.;:!?…]["”»)]?\s+`)

// pieces cuts a line that is longer than a passage at the ends of sentences,
// and where there are none at the ends of words.
func pieces(text string) []textLine {
	tokens := analyzers.Tokenize(text)
	if len(tokens) <= longPassage {
		return []textLine{{text: text, tokens: len(tokens)}}
	}
	breaks := sentenceBreak.FindAllStringIndex(text, -1)
	var lines []textLine
	start := 0
	for begun := 0; begun < len(tokens); {
		until, cut := len(tokens), len(text)
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
		lines = append(lines, textLine{text: strings.TrimSpace(text[start:cut]), tokens: until - begun})
		begun, start = until, cut
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
		(unicode.IsLower(first) || leadsOn.MatchString(before) || unicode.IsDigit(first) && leadsToNumber.MatchString(before))
}

// capitals tells whether a text has letters and all of them are capitals.
func capitals(text string) bool {
	return strings.ToUpper(text) == text && strings.ContainsFunc(text, unicode.IsLetter)
}
