package indexer

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/analyzers"
	"vankien/storage"
)

const (
	marginLines   = 5   // lines at either edge of a page that are looked at
	longestRunner = 240 // bytes of a line that may be a running one
	longestNumber = 30  // bytes of a line that is a page number
	mostNumbers   = 6   // numbers in a line of which one may be the page's
)

// The edges of a page: a line is compared with lines at the same one.
const (
	edgeHead = 'h'
	edgeFoot = 'f'
)

// marginLine is a line near the edge of a page, [start,end) in its text.
type marginLine struct {
	text       string
	start, end int
	key        string   // its letters and digits, folded
	letters    int      // of key
	numbers    []number // in key, those that may be the page's
	lone       bool     // it is nothing but a page number, or says it is one
	run        int      // of pages on which it stands, as an index of running.runs
}

// number is a number in the key of a line.
type number struct {
	start, end int
	shift      int // how far it is from the page's
	run        int // of pages on which the line stands with a number as far from the page's
}

// margin are the lines at the edges of a page, from the edge inwards.
type margin struct {
	head, foot []marginLine
	table      bool // the head of a table stands there
}

func readMargin(page storage.Page) margin {
	var m margin
	text := page.Text
	for start := 0; start < len(text) && len(m.head) < marginLines; {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		if line := newMarginLine(page, start, end); line.text != "" {
			m.head = append(m.head, line)
			m.table = m.table || tableHead.MatchString(line.text)
		}
		start = end + 1
	}
	for end := len(text); end > 0 && len(m.foot) < marginLines; {
		start := strings.LastIndexByte(text[:end], '\n') + 1
		if line := newMarginLine(page, start, end); line.text != "" {
			m.foot = append(m.foot, line)
		}
		end = start - 1
	}
	return m
}

func newMarginLine(page storage.Page, start, end int) marginLine {
	line := marginLine{text: strings.TrimSpace(page.Text[start:end]), start: start, end: end}
	if line.text == "" || len(line.text) > longestRunner {
		return line
	}
	line.lone = len(line.text) <= longestNumber && lonePage.MatchString(line.text)
	if romanPage.MatchString(line.text) {
		line.lone, line.key = true, strconv.Itoa(romanValue(line.text))
		line.numbers = []number{{0, len(line.key), romanValue(line.text) - page.Number, 0}}
		return line
	}
	line.key = analyzers.FoldText(line.text)
	digits := -1 // where the number begins that is being read
	for i, r := range line.key + "\n" {
		switch {
		case '0' <= r && r <= '9':
			if digits < 0 {
				digits = i
			}
			continue
		case unicode.IsLetter(r):
			line.letters++
		}
		if digits >= 0 && len(line.numbers) < mostNumbers {
			value, err := strconv.Atoi(line.key[digits:i])
			if err == nil && value > 0 && value <= page.Number+maxPageShift {
				line.numbers = append(line.numbers, number{digits, i, value - page.Number, 0})
			}
		}
		digits = -1
	}
	return line
}

var (
	// lonePage is a page number: "12", "- 12 -", "Trang 3/12", "3 | 12".
	lonePage  = regexp.MustCompile(`^(?i:[-–—\s]*\d{1,4}[-–—\s]*|\[\d{1,4}\]|(?:trang|page)(?:\s+số)?[\s:]*\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?|\d{1,4}\s*[/|]\s*\d{1,4})$`)
	dashed    = regexp.MustCompile(`^[-–—]\s*\d{1,4}\s*[-–—]$`)
	romanPage = regexp.MustCompile(`^[ivx]{1,6}$`)
)

// maxPageShift is how far a printed page number may be ahead of the page's
// place in the file: a chapter printed out of a book. A year is further.
const maxPageShift = 900

// romanValue is the value of a Roman numeral in small letters.
func romanValue(numeral string) int {
	values := map[byte]int{'i': 1, 'v': 5, 'x': 10}
	sum := 0
	for i := range len(numeral) {
		value := values[numeral[i]]
		if i+1 < len(numeral) && value < values[numeral[i+1]] {
			value = -value
		}
		sum += value
	}
	return sum
}

// speck tells whether a line is what OCR makes of a speck or a stamp's edge: a
// letter or two. Beyond it a running line may stand.
func (l marginLine) speck() bool {
	return l.letters <= 2 && utf8.RuneCountInString(l.text) <= 3
}
