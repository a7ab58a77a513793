package facts

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/analyzers"
	"vankien/indexer/citation"
	"vankien/storage"
)

const (
	maxTitleLines = 12
	maxTitle      = 900 // bytes
)

var (
	subjectMark = regexp.MustCompile(`(?i)^[("“]?\s*(?:V\s*[/\\.]\s*v|về việc)\b\s*[:.]?\s*`)
	ofBody      = regexp.MustCompile(`^(cua|hoi nghi lan thu|dai hoi (lan thu|dai bieu)) `)
	titleTail   = regexp.MustCompile(`\s*(?:\[\d+\]|\*+|[-_]{3,}.*|\(\*\))\s*$`)
	qualifier   = regexp.MustCompile(`^(hanh dong|lien (so|bo|nganh|tich|co quan))$`) // which kind of its kind a paper is: CHƯƠNG TRÌNH HÀNH ĐỘNG
	enacting    = regexp.MustCompile(`^(quyet dinh|quy dinh|quyet nghi|ra nghi quyet|chi thi|ket luan|huong dan|thong bao) ?:?$`)
)

// subjectOf is what follows V/v.
func subjectOf(c cell) (string, bool) {
	at := subjectMark.FindStringIndex(c.text)
	if at == nil {
		return "", false
	}
	return c.text[at[1]:], true
}

func (r *reader) readTitle() {
	if r.kindAt >= 0 {
		r.titleBelowKind()
	} else {
		r.titleOfLetter()
	}
}

// titleOfLetter joins the lines under the number that begin with V/v, up to
// Kính gửi. Date, motto and rules between them are the other column's.
func (r *reader) titleOfLetter() {
	start := -1
	var parts []string
	for i, c := range r.cells[:r.body] {
		if start < 0 {
			if subject, ok := subjectOf(c); ok {
				start, parts = i, append(parts, subject)
			}
			continue
		}
		if c.rule() || c.motto() || c.date() {
			continue
		}
		if len(parts) >= maxTitleLines || c.row-r.cells[start].row > maxTitleLines || isMark(c) || numberCue.MatchString(c.text) ||
			c.after && utf8.RuneCountInString(c.text) > 90 {
			break
		}
		parts = append(parts, c.text)
	}
	if start >= 0 {
		r.takeTitle(parts, r.cells[start], sure)
	}
}

// titleBelowKind joins the lines between the kind and the text. Where a rule
// ends the title, all lines above it are the title; else it goes on as long as
// the lines look as its first does.
func (r *reader) titleBelowKind() {
	from := r.kindAt + 1
	var parts []string
	confidence := likely
	if rest := withoutNumber(r.kindRest); rest != "" && !occasion.MatchString(analyzers.FoldText(rest)) {
		parts = append(parts, rest)
	}
	if r.facts.Kind == "Văn bản hợp nhất" && len(parts) == 0 {
		parts = append(parts, r.cells[r.kindAt].text)
	}
	qualified := qualifier.MatchString(analyzers.FoldText(r.kindRest)) && from < len(r.cells) && !r.cells[from].rule()
	end := r.titleEnd(from, len(parts) > 0 && !qualified)
	for _, c := range r.cells[from:end] {
		if c.rule() || c.date() || c.motto() || isMark(c) || len(parts) == 0 && r.notYetTitle(c) || numberCue.MatchString(c.text) && len(c.text) < 40 {
			continue
		}
		parts = append(parts, c.text)
		confidence = sure
	}
	if len(parts) > 1 && qualified {
		parts = parts[1:]
	}
	if len(parts) > 0 {
		r.takeTitle(parts, r.cells[min(from, len(r.cells)-1)], confidence)
	}
}

// issuedBy tells whether a line under the kind only says whose the document
// is: "CỦA BỘ CHÍNH TRỊ", "HỘI NGHỊ LẦN THỨ NĂM BAN CHẤP HÀNH TRUNG ƯƠNG KHÓA …".
func issuedBy(c cell) bool {
	return ofBody.MatchString(c.fold) && len(c.text) < 90 && len(citation.Find(c.text)) == 0
}

// notYetTitle tells whether a line between kind and title is none of it.
func (r *reader) notYetTitle(c cell) bool {
	return issuedBy(c) || r.paper.name != "" && aboutPaper(c)
}

// titleEnd is the cell behind the title that begins with cell from.
func (r *reader) titleEnd(from int, begun bool) int {
	limit := min(r.body, from+maxTitleLines)
	size := 0
	for i := from; i < limit; i++ {
		c := r.cells[i]
		if c.rule() && (i > from || begun) {
			return i
		}
		if size += len(c.text); size > maxTitle || r.enacts(i) {
			limit = i
		}
	}
	last := -1 // the last cell that is part of the title
	for i := from; i < limit; i++ {
		c := r.cells[i]
		if c.rule() || c.date() || c.motto() || isMark(c) {
			continue
		}
		if last >= 0 && !r.goesOn(r.cells[last], c, r.cells[from]) {
			return i
		}
		if last < 0 && begun && !capitals(c.text) {
			return i
		}
		if last >= 0 || !r.notYetTitle(c) {
			last = i
		}
	}
	return limit
}

// enacts tells whether cell i is the enacting body in capitals ("BAN BÍ THƯ",
// "GIÁM ĐỐC SỞ …") between title and reasons, or the enacting word.
func (r *reader) enacts(i int) bool {
	c := r.cells[i]
	if enacting.MatchString(c.fold) && capitals(c.text) && i > r.kindAt+1 {
		return true
	}
	if !capitals(c.text) || !namesBody(c.fold) || i == r.kindAt+1 {
		return false
	}
	next := i + 1
	if next < len(r.cells) && placeNoun(r.cells[next].fold) && capitals(r.cells[next].text) {
		next++
	}
	next = r.behindSession(next)
	if next < len(r.cells) && r.cells[next].rule() {
		next++
	}
	return next < len(r.cells) && (r.cells[next].basis() || enacting.MatchString(r.cells[next].fold))
}

// goesOn tells whether c continues a title whose last line is before and
// whose first is first.
func (r *reader) goesOn(before, c, first cell) bool {
	runes := []rune(c.text)
	switch {
	case r.paper.name != "" && aboutPaper(c):
		return false
	case capitals(first.text):
		return capitals(c.text) || unicode.IsLower(runes[0]) && !c.after
	case unicode.IsLower(runes[0]), unfinished(before):
		return true
	case strings.HasSuffix(before.text, "."), c.after && !(c.seen && utf8.RuneCountInString(before.text) > 55):
		return false
	}
	// Centred lines of a title are short; the first line of a text is full.
	return utf8.RuneCountInString(c.text) <= 75 && utf8.RuneCountInString(before.text) > 25 && !strings.ContainsAny(c.text, ":;")
}

// unfinished tells whether a line cannot be the end of a title.
func unfinished(c cell) bool {
	if strings.HasSuffix(c.text, ",") || strings.HasSuffix(c.text, "-") || strings.HasSuffix(c.text, "–") {
		return true
	}
	switch c.fold[strings.LastIndexByte(c.fold, ' ')+1:] {
	case "cua", "va", "ve", "trong", "tai", "cho", "voi", "theo", "do", "den", "tu", "cac", "nhung", "tinh", "thanh", "so", "ngay", "thang", "nam":
		return true
	}
	return false
}

// withoutNumber takes "CỦA CHÍNH PHỦ SỐ … NGÀY …" off the front of a title
// that stands in one line with the kind.
func withoutNumber(rest string) string {
	found := citation.Find(rest)
	if len(found) == 0 || !strings.HasPrefix(analyzers.FoldText(rest), "cua ") && !strings.HasPrefix(analyzers.FoldText(rest), "so") {
		return rest
	}
	end := found[0].End
	for _, d := range citation.Dates(rest) {
		if d.Start-end < 4 && d.Start >= end {
			end = d.End
		}
	}
	return strings.TrimLeft(rest[end:], " ,.;:-–")
}

// withoutDate takes "NGÀY 10/07/1993 CỦA QUỐC HỘI" off the end of a title in
// capitals.
func withoutDate(title string) string {
	if found := citation.Dates(title); len(found) > 0 && capitals(title) {
		last := found[len(found)-1]
		if whose, ok := strings.CutPrefix(analyzers.FoldText(title[last.End:]), "cua "); (ok && namesBody(whose) && len(whose) < 40) && last.Start > 0 {
			return strings.TrimSpace(title[:last.Start])
		}
	}
	return title
}

func (r *reader) takeTitle(parts []string, c cell, confidence float64) {
	title := strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
	if strings.HasPrefix(analyzers.FoldText(title), "cua ") {
		title = withoutNumber(title)
	}
	title = withoutDate(title)
	for titleTail.MatchString(title) {
		title = titleTail.ReplaceAllString(title, "")
	}
	if rest := subjectMark.ReplaceAllString(title, ""); rest != "" {
		if strings.HasPrefix(title, "(") || strings.HasPrefix(title, "“") && !strings.Contains(rest, "“") {
			rest = strings.TrimRight(rest, ")”")
		}
		title = rest
	}
	if title = strings.TrimSpace(title); title == "" {
		return
	}
	r.facts.Title = storage.Printed(title)
	c.line = title
	r.saw("title", c, confidence)
}
