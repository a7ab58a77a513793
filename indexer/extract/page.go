package extract

import (
	"fmt"
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

// BadScore is the score under which the text behind a picture is no better than
// none (the scanner's own OCR knew no Vietnamese), and any text layer is compared
// with what OCR reads.
const BadScore = 0.6

// What an editor is told about a page beside the problems of its text.
const (
	warnPicture     = "Trang là ảnh chụp, chưa có chữ đọc được; cần nhận dạng chữ (OCR)."
	warnBadLayer    = "Trang là ảnh chụp, lớp chữ kèm theo sai nhiều; cần nhận dạng chữ (OCR) lại."
	warnUnmapped    = "Phông chữ của trang không cho biết đó là chữ gì; cần nhận dạng chữ (OCR)."
	warnEmptyPage   = "Trang không có chữ."
	warnDamagedPage = "Một phần nội dung trang bị hỏng, chữ đọc được có thể thiếu."
)

// newPage cleans and judges the text of a page. Paragraphs in an encoding from
// before Unicode are decoded, and the editor is told.
func newPage(number int, engine, text string) storage.Page {
	text, legacy := analyzers.DecodeLegacy(strings.ToValidUTF8(text, replacementRune))
	p := storage.Page{Number: number, Text: clean(text), Engine: engine, Warnings: []string{}}
	for _, encoding := range legacy {
		p.Warnings = append(p.Warnings, warnLegacy(encoding))
	}
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

// warnLegacy tells the editor that a page was decoded, and from what.
func warnLegacy(encoding analyzers.Legacy) string {
	name := string(encoding)
	if encoding == analyzers.TCVN3 {
		name += " (ABC)"
	}
	return "Chữ của trang dùng bảng mã cũ " + name + ", đã chuyển sang Unicode."
}

// clean is Tidy without soft hyphens, which are letters of TCVN3: it is decoded
// before.
func clean(text string) string { return Tidy(dropSoftHyphens(norm.NFC.String(lineEnds.Replace(text)))) }

// Tidy gives a text the form that storage.Page promises and drops nothing that is
// read: NFC, "\n" as the only line end, no blanks at the end of a line, no empty
// lines around, one at most between.
func Tidy(text string) string {
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

// softHyphen is invisible but at the end of a line, where it parts a word.
const softHyphen = "\u00ad"

// dropSoftHyphens takes the soft hyphens out. The rest of a word that one parts
// from the next line is drawn up to it.
func dropSoftHyphens(text string) string {
	before, rest, found := strings.Cut(text, softHyphen)
	if !found {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for found {
		b.WriteString(before)
		if next, parted := strings.CutPrefix(strings.TrimLeft(rest, " \t"), "\n"); parted {
			next = strings.TrimLeft(next, " \t")
			end := strings.IndexFunc(next, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsPunct(r) && string(r) != softHyphen })
			if end < 0 {
				end = len(next)
			}
			if part, _, again := strings.Cut(next[:end], softHyphen); again { // a word over three lines
				end = len(part)
			}
			b.WriteString(next[:end])
			rest = next[end:]
			if end == 0 { // a paragraph ends
				rest = "\n" + rest
			} else if !strings.HasPrefix(rest, softHyphen) {
				rest = "\n" + strings.TrimLeft(strings.TrimPrefix(rest, "\n"), " \t")
			}
		}
		before, rest, found = strings.Cut(rest, softHyphen)
	}
	b.WriteString(before)
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

// ErrNoOCR says that there is nothing any more that could recognise pages: it is
// as if there had never been. It wraps storage.ErrUnavailable.
var ErrNoOCR = fmt.Errorf("nothing to recognise pages with: %w", storage.ErrUnavailable)

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
