package extract

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"vankien/analyzers"
	"vankien/storage"
)

// scanSyllables is how few words a page of a scan has at most: a stamp's or a
// scanner's own line.
const scanSyllables = 20

// badScore is the score under which the text behind a picture is no better than
// none: the scanner's own OCR knew no Vietnamese.
const badScore = 0.6

// What an editor is told about a page beside the problems of its text.
const (
	warnPicture     = "Trang là ảnh chụp, chưa có chữ đọc được; cần nhận dạng chữ (OCR)."
	warnBadLayer    = "Trang là ảnh chụp, lớp chữ kèm theo sai nhiều; cần nhận dạng chữ (OCR) lại."
	warnUnmapped    = "Phông chữ của trang không cho biết đó là chữ gì; cần nhận dạng chữ (OCR)."
	warnEmptyPage   = "Trang không có chữ."
	warnDamagedPage = "Một phần nội dung trang bị hỏng, chữ đọc được có thể thiếu."
)

// newPage cleans and judges the text of a page.
func newPage(number int, engine, text string) storage.Page {
	p := storage.Page{Number: number, Text: clean(text), Engine: engine, Warnings: []string{}}
	if p.Text == "" {
		p.Warnings = append(p.Warnings, warnEmptyPage)
		return p
	}
	quality := analyzers.Judge(p.Text)
	p.Score = math.Round(quality.Score*1000) / 1000
	for _, problem := range quality.Problems {
		p.Warnings = append(p.Warnings, problem.Vietnamese())
	}
	return p
}

// clean gives the text the form that storage.Page promises and drops nothing
// that is read: NFC, "\n" as the only line end, no blanks at the end of a line,
// no empty lines around, one at most between.
func clean(text string) string {
	text = strings.ToValidUTF8(text, replacementRune)
	text = norm.NFC.String(lineEnds.Replace(text))
	var b strings.Builder
	b.Grow(len(text))
	empty := 0
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if line == "" {
			empty++
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n"[:1+min(empty, 1)])
		}
		b.WriteString(line)
		empty = 0
	}
	return b.String()
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n", "\u0085", "\n", "\v", "\n")

// syllables counts the words of text, as many as tell a scan from a page.
func syllables(text string) int {
	n := 0
	for word := range strings.FieldsSeq(text) {
		if strings.IndexFunc(word, unicode.IsLetter) >= 0 {
			if n++; n >= scanSyllables {
				break
			}
		}
	}
	return n
}

// NeedsOCR tells whether t is a scan, or as good as one: half of its pages or
// more are unreadable but by OCR. Only pages that Read marked so count: a short
// document or one with blank pages is not taken for a scan.
func NeedsOCR(t storage.Text) bool {
	unreadable := 0
	for _, p := range t.Pages {
		if PageNeedsOCR(p) {
			unreadable++
		}
	}
	return unreadable > 0 && 2*unreadable >= len(t.Pages)
}

// PageNeedsOCR tells whether only OCR can read p and has not yet: it is a
// picture with hardly any text or a bad one, or its fonts do not say which letters they draw.
func PageNeedsOCR(p storage.Page) bool {
	return !p.OCR && slices.ContainsFunc(p.Warnings, func(warning string) bool {
		return warning == warnPicture || warning == warnBadLayer || warning == warnUnmapped
	})
}

// unmappedShare is the share of unknown letters from which on a page is lost:
// every third word has one then.
const unmappedShare = 0.1

// unmapped tells whether too many of the text's letters are unknown.
func unmapped(text string) bool {
	unknown, all := 0, 0
	for _, r := range text {
		switch {
		case r == '\uFFFD':
			unknown++
			all++
		case !unicode.IsSpace(r):
			all++
		}
	}
	return float64(unknown) > unmappedShare*float64(all)
}
