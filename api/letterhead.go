package api

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/indexer/citation"
	"vankien/storage"
)

// The most of a page that its letterhead takes.
const (
	maxLetterhead     = 30      // lines with text
	maxLetterheadLine = 200     // code points of one: both columns and what is between them
	maxSubject        = 5       // lines from the subject of a letter to the end of it
	maxLetterheadSize = 8 << 10 // bytes
)

var (
	// Lines of a letterhead that nothing else looks like: the motto, the number in
	// its place, place and date.
	motto      = regexp.MustCompile(`ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|Độc lập\s*[-–—]\s*Tự do\s*[-–—]\s*Hạnh phúc`)
	ownNumber  = regexp.MustCompile(`^(?:Số|SỐ)\s*:?\s*[\d.…_]*\s*[-/–]`)
	placeDated = regexp.MustCompile(`(?:^|\s{2,}|\t|NAM\s+|/\pL+\s+)\p{Lu}[\pL .\-]{1,40},?\s+ngày[\s.…_]*\d{0,2}[\s.…_]*tháng[\s.…_]*\d{0,2}[\s.…_]*năm[\s.…_]*\d{0,4}\.?$`)
	// belowLetterhead begins what follows it where no kind does.
	belowLetterhead = regexp.MustCompile(`^(?:Căn cứ|Kính gửi|Điều \d|Thực hiện|Chương |Về việc|[vV]ề |[IVX]+[.\-]|\d+[.)]|[-+•] )`)
	ruleLine        = regexp.MustCompile(`^[-–—_*=.~ ]+$`)
	columnGap       = regexp.MustCompile(`\t| {2,}|\n|\x{a0}{2,}`)
)

// sentenceOf is the sentence of a page in which Text[start:end] stands, without
// the letterhead in which it may seem to begin.
func sentenceOf(page storage.Page, start, end int) Quote {
	if page.Number != 1 || start > maxLetterheadSize+8*quoteReach {
		return quote(page.Text, start, end)
	}
	below := letterheadEnd(page.Text)
	if start >= below {
		return quote(page.Text[below:], start-below, end-below)
	}
	from, to := 0, len(page.Text) // its column: a letter has its subject there
	if gaps := columnGap.FindAllStringIndex(page.Text[:start], -1); len(gaps) > 0 {
		from = gaps[len(gaps)-1][1]
	}
	if gap := columnGap.FindStringIndex(page.Text[end:]); gap != nil {
		to = end + gap[0]
	}
	return quote(page.Text[from:to], start-from, end-from)
}

// letterheadEnd is where the letterhead of a first page ends, in bytes, and with
// it the name of the kind below: 0 where there is none.
func letterheadEnd(text string) int {
	text = text[:min(len(text), maxLetterheadSize)]
	below, lines, last := 0, 0, maxLetterhead
	for start := 0; start < len(text) && lines < last; {
		length := strings.IndexByte(text[start:], '\n') + 1
		if length == 0 {
			break // the last line of a page has text
		}
		row := strings.TrimSpace(text[start : start+length])
		start += length
		switch {
		case row == "":
			continue
		case ruleLine.MatchString(row):
			if strings.TrimSpace(text[below:start-length]) == "" {
				below = start
			}
		case utf8.RuneCountInString(row) > maxLetterheadLine:
			return below
		case motto.MatchString(row), ownNumber.MatchString(row), placeDated.MatchString(row):
			below = start
		case strings.HasPrefix(row, "V/v"):
			last = min(last, lines+maxSubject) // the other column may follow this one
		case belowLetterhead.MatchString(row), strings.HasSuffix(row, ";"):
			return below
		case namesKind(row):
			if below > 0 {
				below = start
			}
			return below
		}
		lines++
	}
	return below
}

// namesKind tells whether a line is the name of a kind in capitals, alone.
func namesKind(row string) bool {
	if strings.ContainsFunc(row, unicode.IsLower) {
		return false
	}
	_, known := citation.KindByName(row)
	return known || slices.Contains([]string{"LUẬT", "BỘ LUẬT", "PHÁP LỆNH"}, row)
}
