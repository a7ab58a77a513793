package facts

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"vankien/analyzers"
	"vankien/indexer/citation"
	"vankien/storage"
)

var (
	partial  = regexp.MustCompile(`(?i)th[áa]ng[\s.…_]*(\d{1,2})?[\s.…_]*n[ăa]m[\s.…_]*(\d{4})`)
	wholeDay = regexp.MustCompile(`(?i)ng[àa]y\s*\d{1,2}\s*th[áa]ng\s*\d{1,2}\s*n[ăa]m\s*\d{4}`)
	passed   = regexp.MustCompile(`thong qua ngay (\d{1,2}) thang (\d{1,2}) nam (\d{4})|thong qua ngay (\d{1,2})[/-](\d{1,2})[/-](\d{4})`)
)

// readDate finds place and date of the head. A law without them was issued on
// the day it was passed, which stands at its end.
func (r *reader) readDate(pages []storage.Page) {
	for i, c := range r.cells[:r.body] {
		if !c.date() || !dateOfHead(c) || !c.alone && r.inProse(i) {
			continue
		}
		if at := dateLine.FindStringIndex(c.text); at[0] > 0 {
			if place := strings.Trim(c.text[:at[0]], " ,.;"); place != "" && len(place) < 60 {
				r.facts.Place = storage.Printed(place)
				r.saw("place", c, sure)
			}
		}
		if found := citation.Dates(c.text); len(found) > 0 {
			r.takeDate(found[len(found)-1].ISO, c, sure)
		} else {
			r.blankDate(c)
		}
		return
	}
	if r.titleDate() {
		return
	}
	r.passedOn(pages)
}

// dateOfHead tells whether what stands before a date can be a place: a heading
// in capitals that ends with a date names none.
func dateOfHead(c cell) bool {
	place := strings.Trim(c.text[:dateLine.FindStringIndex(c.text)[0]], " ,.;")
	_, province := provincesByFold[analyzers.FoldText(strings.TrimPrefix(place, "TP. "))]
	return !capitals(place) || province
}

// takeDate keeps the date of the head. In a scan its day may be handwritten.
func (r *reader) takeDate(iso string, c cell, confidence float64) {
	if r.scan {
		r.guessed("issued", c, iso)
		r.issue(issueSeenDate)
		return
	}
	r.facts.Issued = storage.Date(iso)
	r.saw("issued", c, confidence)
}

// blankDate keeps what a date line prints where the day is left blank, or is
// one that no calendar has.
func (r *reader) blankDate(c cell) {
	value := ""
	if m := partial.FindStringSubmatch(c.text); m != nil {
		value = m[2]
		if month, err := strconv.Atoi(m[1]); err == nil && month >= 1 && month <= 12 {
			value += fmt.Sprintf("-%02d", month)
		}
	}
	r.guessed("issued", c, value)
	if wholeDay.MatchString(c.text) && !r.scan { // what OCR sees may be another day
		r.issue("Ngày ban hành in trên văn bản không có thật.")
		return
	}
	r.issue("Ngày ban hành để trống hoặc viết tay.")
}

// titleDate reads the date that follows the kind or the number in a title line.
func (r *reader) titleDate() bool {
	for i, c := range r.cells[:r.body] {
		named := i == r.kindAt && r.kindRest != ""
		for _, d := range citation.Dates(c.text) {
			if named || i == r.kindAt+1 && r.kindAt >= 0 && strings.Contains(analyzers.FoldText(c.text[d.End:]), "cua") && capitals(c.text) {
				r.takeDate(d.ISO, c, likely)
				return true
			}
		}
	}
	return false
}

// passedOn reads "… thông qua ngày 17 tháng 6 năm 2025" of laws and of the
// National Assembly's resolutions.
func (r *reader) passedOn(pages []storage.Page) {
	for i := len(pages) - 1; i >= 0; i-- {
		if !strings.Contains(pages[i].Text, "hông qua") {
			continue
		}
		fold := analyzers.FoldText(pages[i].Text)
		at := passed.FindStringIndex(fold)
		if at == nil {
			continue
		}
		from := max(0, at[0]-200)
		sentence := strings.ToValidUTF8(fold[from:at[1]], "")
		if !strings.Contains(sentence, " nay ") {
			continue
		}
		if found := citation.Dates(fold[at[0]:at[1]]); len(found) > 0 {
			r.facts.Issued = storage.Date(found[0].ISO)
			r.facts.Evidence["issued"] = storage.Evidence{Page: pages[i].Number, Text: lineWith(pages[i].Text, "thông qua"), Confidence: likely}
			return
		}
	}
}

// lineWith is the last line of text that has the words.
func lineWith(text, words string) string {
	found := ""
	for line := range strings.Lines(text) {
		if strings.Contains(line, words) {
			found = strings.Join(strings.Fields(line), " ")
		}
	}
	return found
}
