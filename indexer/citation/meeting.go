package citation

import (
	"strconv"
	"strings"
)

// meeting is where a text names a congress term, a plenum of the Central
// Committee or a congress: "khóa XIII", "Hội nghị Trung ương 5 khóa XIII",
// "Đại hội XIII".
type meeting struct {
	terms    []string // Roman numerals; several in "khóa XI, XII"
	plenum   int
	congress bool // the congress itself is named
	central  bool // "Hội nghị" or a term make it sure that a plenum is meant
	next     int  // the token behind it
}

func (m meeting) term() string {
	if len(m.terms) == 0 {
		return ""
	}
	return m.terms[0]
}

// meeting reads what begins with token i.
func (p *parser) meeting(i int) (meeting, bool) {
	switch p.folded(i) {
	case "khoa", "nhiem":
		return p.termNamed(i)
	case "dai", "dh":
		return p.congress(i)
	}
	return p.plenum(i)
}

// termNamed reads "khóa XIII", "khoá 13", "nhiệm kỳ Đại hội XIII", where it is
// not that of a province or of the National Assembly.
func (p *parser) termNamed(i int) (m meeting, ok bool) {
	if next, ok := p.words(i, "nhiem ky"); ok {
		if m, ok := p.congress(next); ok {
			m.congress = false
			return m, true
		}
		if p.folded(next) != "khoa" {
			return m, false
		}
		i = next
	}
	at := i + 1
	if p.folded(at) == "thu" {
		at++
	}
	numeral, ok := p.numeral(at)
	if p.folded(i) != "khoa" || !ok || p.local(i) {
		return m, false
	}
	m = meeting{terms: []string{numeral}, next: at + 1, central: true}
	for {
		after := m.next
		if p.isSign(after, ',') || p.folded(after) == "va" {
			after++
		}
		numeral, ok := p.numeral(after)
		if after == m.next || !ok || p.is(after, number) || !capital(p.raw(after)) {
			return m, true
		}
		m.terms, m.next = append(m.terms, numeral), after+1
	}
}

// local tells whether the words before token i are those of a body that counts
// its own terms.
func (p *parser) local(i int) bool {
	for j := i - 1; j >= i-6 && p.is(j, word); j-- {
		switch p.folded(j) + " " + p.folded(j+1) {
		case "quoc hoi", "nhan dan", "tinh uy", "thanh uy", "huyen uy", "quan uy", "thi uy", "dang bo", "thanh nien":
			return true
		}
		switch p.folded(j) {
		case "hdnd", "qh", "doan", "tu":
			return p.folded(j) != "tu" || p.raw(j) == "TU"
		case "bo", "ban": // "Bộ Chính trị khóa XII", "Ban Bí thư khóa XII"
			return false
		}
	}
	return false
}

// maxTerm is the highest number of a term or a plenum that is read as one.
const maxTerm = 20

// numeral reads a term's number, 13 or XIII, as Roman numerals.
func (p *parser) numeral(i int) (string, bool) {
	if value, ok := p.atMost(i, 2); ok {
		if value == 0 || value > maxTerm || p.counts(i, cue{}) {
			return "", false
		}
		return romans[value], true
	}
	upper := strings.ToUpper(p.raw(i))
	for _, roman := range romans[1:] {
		if p.is(i, word) && roman == upper {
			return roman, true
		}
	}
	return "", false
}

var romans = strings.Split("- I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX", " ")

// congress reads "Đại hội XIII", "Đại hội đại biểu toàn quốc lần thứ XIII của
// Đảng".
func (p *parser) congress(i int) (m meeting, ok bool) {
	next, ok := p.words(i, "dai hoi")
	if !ok && p.folded(i) == "dh" {
		next, ok = i+1, true
	}
	if !ok {
		return m, false
	}
	for _, optional := range []string{"dai bieu", "toan quoc", "cua", "dang", "cong san viet nam", "lan", "thu"} {
		if after, ok := p.words(next, optional); ok {
			next = after
		}
	}
	numeral, ok := p.numeral(next)
	if !ok {
		return m, false
	}
	m = meeting{terms: []string{numeral}, congress: true, next: next + 1}
	if after, ok := p.words(m.next, "cua dang"); ok {
		m.next = after
	}
	return m, true
}

// passedBy tells whether the word before token i says that the document is of
// the congress named there, not about it.
func (p *parser) passedBy(i int) bool { return p.folded(i-1) == "cua" || p.folded(i-1) == "tai" }

// plenum reads "Hội nghị Trung ương 5 khóa XIII", "TW 4", "Hội nghị lần thứ
// năm BCH Trung ương". Without a word for the meeting or a term it is one only
// behind the name of a kind (central is false).
func (p *parser) plenum(i int) (m meeting, ok bool) {
	if next, ok := p.words(i, "hoi nghi"); ok {
		return p.plenumFrom(next, true, false)
	}
	switch p.folded(i) {
	case "hn":
		return p.plenumFrom(i+1, true, false)
	case "hntw":
		return p.plenumFrom(i+1, true, true)
	}
	return p.plenumFrom(i, false, false)
}

// plenumFrom reads on from token at, behind the word for the sitting and the
// name of the body where they were read already.
func (p *parser) plenumFrom(at int, sitting, body bool) (m meeting, ok bool) {
	for range 12 {
		next := p.partOfPlenum(at, &m, &body)
		if next == at {
			break
		}
		at = next
		if m.plenum > 0 {
			m.next = at
		}
	}
	m.central = sitting || len(m.terms) > 0
	return m, m.plenum > 0 && (body || sitting && len(m.terms) > 0)
}

// partOfPlenum reads one part of a plenum's name: who sat, which time, which
// term, in whatever order.
func (p *parser) partOfPlenum(at int, m *meeting, body *bool) (next int) {
	if next, ok := p.centre(at); ok {
		*body = true
		return next
	}
	for _, filling := range []string{"ban chap hanh", "bch", "dang", "toan the"} {
		if next, ok := p.words(at, filling); ok {
			return next
		}
	}
	if m.plenum == 0 {
		if value, next, ok := p.time(at, *body); ok {
			m.plenum = value
			return next
		}
		if p.folded(at) == "cua" {
			return at + 1
		}
		return at
	}
	open := at
	if p.isSign(open, '(') || p.isSign(open, ',') {
		open++
	}
	if next, ok := p.words(open, "lan"); ok && p.is(next, number) && len(p.raw(next)) == 1 { // "Trung ương 6 (lần 2)"
		return p.closed(open, at, next+1)
	}
	if named, ok := p.termNamed(open); ok && len(m.terms) == 0 {
		m.terms = named.terms
		return p.closed(open, at, named.next)
	}
	return at
}

// closed is the token behind a bracket that was opened before open.
func (p *parser) closed(open, at, next int) int {
	if open > at && p.isSign(at, '(') && p.isSign(next, ')') {
		return next + 1
	}
	return next
}

// centre reads Trung ương and its abbreviations; TU, a province, is none.
func (p *parser) centre(i int) (next int, ok bool) {
	if next, ok := p.words(i, "trung uong"); ok {
		return next, true
	}
	switch f := p.folded(i); {
	case f == "tw" || f == "bchtw":
		return i + 1, true
	case f == "tu" && central(nfc(p.raw(i))) != nfc(p.raw(i)):
		return i + 1, true
	case f == "t" && p.isSign(i+1, '.') && p.touches(i+1) && p.touches(i+2) && (p.folded(i+2) == "w" || strings.EqualFold(nfc(p.raw(i+2)), "ư")):
		return i + 3, true
	}
	return 0, false
}

// ordinals are the words for the time that a plenum sits.
var ordinals = map[string]int{
	"nhat": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}

// time reads which plenum it is: "lần thứ năm", "thứ 5", "lần 5", and, once
// the body is named, the number alone.
func (p *parser) time(i int, body bool) (value, next int, ok bool) {
	at, said := i, false
	for _, w := range []string{"lan", "thu"} {
		if p.folded(at) == w {
			at, said = at+1, true
		}
	}
	if value, ok := p.atMost(at, 2); ok && (said || body) {
		if value == 0 || value > maxTerm || !p.mayBePlenum(at) {
			return 0, 0, false
		}
		return value, at + 1, true
	}
	value, ok = ordinals[p.folded(at)]
	if !ok || !said && (!body || p.folded(at) == "nam" || p.folded(at) == "hai" && p.is(at+1, word)) {
		return 0, 0, false
	}
	if value == 10 {
		if unit, more := ordinals[strings.Replace(p.folded(at+1), "mot", "nhat", 1)]; more && unit < 10 {
			return value + unit, at + 2, true
		}
		if p.folded(at+1) == "lam" {
			return 15, at + 2, true
		}
	}
	return value, at + 1, true
}

// mayBePlenum tells whether the number at i is neither a quantity nor the
// beginning of a document's number.
func (p *parser) mayBePlenum(i int) bool {
	if _, _, ok := p.full(i, cue{start: i}); ok {
		return false
	}
	if p.folded(i+1) == "lan" && p.is(i+2, number) || p.folded(i+1) == "khoa" {
		return true
	}
	return !p.counts(i, cue{}) && p.folded(i+1) != "uy"
}

// PlenumName is how a plenum is called: "Hội nghị Trung ương 5 khóa XIII".
func PlenumName(plenum int, term string) string {
	name := "Hội nghị Trung ương " + strconv.Itoa(plenum)
	if term != "" {
		name += " khóa " + term
	}
	return name
}
