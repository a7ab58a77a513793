package citation

import (
	"strings"
	"unicode/utf8"
)

// Pinpoint is a place in a document. Each part is the unit's own number or
// letter in NFC as it was typed, with what stands in brackets behind it: "11",
// "1(đ)", "10 (10.5)", "B.I.1", "hai"; several are parted by ", ". "" where
// the unit is not named.
type Pinpoint struct {
	Annex, Form, Part, Chapter, Section, Subsection, Article, Question, Step, Clause, Point string
}

// Zero tells whether no place is named.
func (p Pinpoint) Zero() bool { return p == Pinpoint{} }

// String is the normal form, the largest unit first, however it was typed:
// "Điều 5, khoản 3", "Mục II, điểm 4.3.1(d)". "" for the zero Pinpoint.
func (p Pinpoint) String() string {
	var b strings.Builder
	for _, u := range units {
		value := *u.of(&p)
		switch {
		case value == "":
		case b.Len() == 0:
			b.WriteString(u.name + " " + value)
		default:
			b.WriteString(", " + strings.ToLower(u.name) + " " + value)
		}
	}
	return b.String()
}

// unit is a unit of a document's structure; units are in their order, the
// largest first.
type unit struct {
	name, folded string
	of           func(*Pinpoint) *string
}

var units = []unit{
	{"Phụ lục", "phu luc", func(p *Pinpoint) *string { return &p.Annex }},
	{"Mẫu", "mau", func(p *Pinpoint) *string { return &p.Form }},
	{"Phần", "phan", func(p *Pinpoint) *string { return &p.Part }},
	{"Chương", "chuong", func(p *Pinpoint) *string { return &p.Chapter }},
	{"Mục", "muc", func(p *Pinpoint) *string { return &p.Section }},
	{"Tiểu mục", "tieu muc", func(p *Pinpoint) *string { return &p.Subsection }},
	{"Điều", "dieu", func(p *Pinpoint) *string { return &p.Article }},
	{"Câu", "cau", func(p *Pinpoint) *string { return &p.Question }},
	{"Bước", "buoc", func(p *Pinpoint) *string { return &p.Step }},
	{"Khoản", "khoan", func(p *Pinpoint) *string { return &p.Clause }},
	{"Điểm", "diem", func(p *Pinpoint) *string { return &p.Point }},
}

// place is a pinpoint and the token behind it.
type place struct {
	Pinpoint
	next int
}

// places reads a pinpoint that begins with token i, in whatever order its
// units stand.
func (p *parser) places(i int) (pin place, ok bool) {
	for {
		u, at := p.unit(i)
		if u == nil || *u.of(&pin.Pinpoint) != "" {
			return pin, ok
		}
		value, next := p.values(u, at)
		if value == "" {
			return pin, ok
		}
		*u.of(&pin.Pinpoint), pin.next, ok = value, next, true
		i = next
		for range 2 {
			if p.isSign(i, ',') || p.folded(i) == "cua" || p.folded(i) == "thuoc" {
				i++
			}
		}
	}
}

// unit reads the name of a unit.
func (p *parser) unit(i int) (*unit, int) {
	for u := range units {
		if next, ok := p.words(i, units[u].folded); ok && p.names(i, units[u]) {
			return &units[u], next
		}
	}
	return nil, 0
}

// names tells whether the tokens from i on are the name of a unit and no other
// word that looks like it without accents ("cầu", "mức"); of what was typed
// without accents there is no telling.
func (p *parser) names(i int, u unit) bool {
	for n, name := range strings.Fields(u.name) {
		if said := strings.ToLower(nfc(p.raw(i + n))); said != p.folded(i+n) && said != strings.ToLower(name) {
			return false
		}
	}
	return true
}

// maxPlace is how many tokens of a pinpoint may stand before a number of it.
const maxPlace = 8

// placed tells whether the number at token i numbers a unit, "3" in "điều 3 qđ
// 17", and is printed with no sign that would make it a document's.
func (p *parser) placed(i int) bool {
	first, _ := p.separator(i + 1)
	signed := first != 0 && p.touches(i+1)
	for begin := i - 1; begin >= max(0, i-maxPlace); begin-- {
		if pin, ok := p.places(begin); ok {
			return pin.next > i && !(signed && pin.next == i+1)
		}
	}
	return false
}

// PlaceIn returns the first pinpoint that text names, whatever document it is
// of; zero where there is none.
func PlaceIn(text string) Pinpoint {
	p := lex(text)
	p.typed = true
	for i := range p.tokens {
		if pin, ok := p.places(i); ok {
			return pin.Pinpoint
		}
	}
	return Pinpoint{}
}

// values reads what a unit is numbered, or the list of it: "a, b và c".
func (p *parser) values(u *unit, i int) (value string, next int) {
	if p.folded(i) == "so" && p.is(i+1, number) { // "mẫu số 2"
		i++
	}
	value, next = p.value(u, i)
	if value == "" {
		return "", 0
	}
	if u.folded == "mau" && p.isSign(next, '-') && p.touches(next) && p.touches(next+1) && formFamilies[strings.ToUpper(nfc(p.raw(next+1)))] {
		value, next = value+"-"+strings.ToUpper(nfc(p.raw(next+1))), next+2 // "mẫu 2-KNĐ"
	}
	for range maxParts {
		at := next
		if p.isSign(at, ',') || p.folded(at) == "va" {
			at++
		}
		if at == next || p.is(at, word) && p.folded(at-1) == "va" && utf8.RuneCountInString(p.raw(at)) > 1 {
			break
		}
		if _, _, isNumber := p.full(at, cue{start: at}); isNumber {
			break
		}
		more, after := p.value(u, at)
		if more == "" {
			break
		}
		value, next = value+", "+more, after
	}
	return value, next
}

// value reads one number, letter, Roman numeral or, of a part, ordinal, with
// what is joined to it by dots ("B.I.1") and what follows in brackets.
func (p *parser) value(u *unit, i int) (string, int) {
	first, next := p.step(u, i)
	if first == "" {
		return "", 0
	}
	for p.isSign(next, '.') && p.touches(next) && p.touches(next+1) && len(first) < maxPart {
		more, after := p.step(&unit{folded: "muc"}, next+1)
		if more == "" {
			break
		}
		first, next = first+"."+more, after
	}
	if !p.isSign(next, '(') || u.folded != "diem" && u.folded != "khoan" && u.folded != "muc" {
		return first, next
	}
	inner, after := p.value(&unit{folded: "muc"}, next+1)
	if inner == "" || !p.isSign(after, ')') {
		return first, next
	}
	if p.is(next+1, number) {
		first += " "
	}
	return first + "(" + inner + ")", after + 1
}

// ordinalWords are the words that parts are numbered with, however typed.
var ordinalWords = map[string]string{
	"nhat": "nhất", "mot": "một", "hai": "hai", "ba": "ba", "tu": "tư", "bon": "bốn", "nam": "năm", "sau": "sáu", "bay": "bảy", "tam": "tám", "chin": "chín", "muoi": "mười",
}

// step is one number, letter or numeral, as far as the unit may have it.
func (p *parser) step(u *unit, i int) (string, int) {
	if p.is(i, number) && len(p.raw(i)) <= 3 {
		if p.is(i+1, word) && p.touches(i+1) && utf8.RuneCountInString(p.raw(i+1)) == 1 { // "Điều 12a"
			return p.raw(i) + nfc(p.raw(i+1)), i + 2
		}
		if p.unitOfAnother(i + 1) {
			return "", 0
		}
		return p.raw(i), i + 1
	}
	if !p.is(i, word) {
		return "", 0
	}
	raw := nfc(p.raw(i))
	letter := utf8.RuneCountInString(raw) == 1
	switch u.folded {
	case "dieu", "khoan", "mau", "cau", "buoc":
		return "", 0
	case "diem":
		if letter {
			return strings.ToLower(raw), i + 1
		}
		return "", 0
	case "phan":
		if p.folded(i) == "thu" && ordinalWords[p.folded(i+1)] != "" {
			return "thứ " + ordinalWords[p.folded(i+1)], i + 2
		}
		if said := ordinalWords[p.folded(i)]; said != "" {
			return said, i + 1
		}
	}
	if letter && (p.typed || capital(raw) || u.folded == "muc" && u.name == "") {
		if u.name == "" {
			return raw, i + 1
		}
		return strings.ToUpper(raw), i + 1
	}
	if roman, ok := p.numeral(i); ok && (p.typed || capital(raw)) {
		return roman, i + 1
	}
	return "", 0
}

// unitOfAnother tells whether the number before token i counts what is named
// there: of "6 chương 32 điều", neither is a place.
func (p *parser) unitOfAnother(i int) bool {
	u, next := p.unit(i)
	return u != nil && !p.is(next, number) && !(p.is(next, word) && (utf8.RuneCountInString(p.raw(next)) == 1 || capital(p.raw(next))))
}
