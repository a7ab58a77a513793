package citation

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/analyzers"
)

// cue is what stands before a number and says that it is one.
type cue struct {
	start int    // the token it begins with; the number's own where there is none
	so    bool   // "số"
	kind  *Kind  // nil where no kind is named
	said  string // the kind's name as written, "" for a symbol
}

func (c cue) any() bool { return c.so || c.kind != nil }

// citations reads the number that token i begins, or the list of numbers
// ("Nghị quyết 59, 70 và 71").
func (p *parser) citations(i int) []found {
	before := p.before(i)
	if p.inside(i, before) {
		return nil
	}
	if n, next, ok := p.full(i, before); ok {
		return []found{p.finish(before, i, next, n)}
	}
	if p.typed && before.any() { // "thông tư 10 2013 ttlt bnnptnt"
		if n, next, sure, ok := p.loose(i); ok && sure && n.Issuer != "" {
			n.takeKind(before)
			return []found{p.finish(before, i, next, n)}
		}
	}
	if n, next, ok := p.bare(i, before); ok {
		first := p.finish(before, i, next, n)
		first.Guess = p.typed && !before.so && before.said == "" && p.maySay(p.raw(i-1)) // "tối đa 02"
		return p.list([]found{first}, before)
	}
	return nil
}

// inside tells whether token i is the later part of a longer number, a date
// or a word ("A4", "19-5-2019").
func (p *parser) inside(i int, before cue) bool {
	if p.isSign(i-1, '/') && p.touches(i) {
		return true // the year behind a blank: "Số:    /2025/QĐ-UBND"
	}
	if p.isSign(i-1, ':') && p.touches(i) && p.is(i-2, number) && p.touches(i-1) || before.so && before.kind == nil && p.ofForm(before.start-1) {
		return true // the year of a standard, "QCVN 01:2019/BCT", or "Mẫu số 01/PLIII"
	}
	if !p.touches(i) || before.any() {
		return false
	}
	if p.is(i-1, word) {
		return true
	}
	return p.is(i-2, number) && p.touches(i-1) && strings.ContainsRune("/-.,", rune(p.tokens[i-1].sign))
}

// ofForm tells whether token j names a form or an annex: they are numbered as
// well. Accents count: Cao Bằng is no bảng, Điện lực no phụ lục.
func (p *parser) ofForm(j int) bool {
	switch strings.ToLower(nfc(p.raw(j))) {
	case "mẫu", "biểu", "bảng":
		return true
	case "lục":
		return p.folded(j-1) == "phu"
	}
	return false
}

// before reads backwards from the number: "Quy định số", "nq", "số:".
func (p *parser) before(i int) cue {
	c := cue{start: i}
	j := i - 1
	if p.isSign(j, ':') || p.isSign(j, '.') && p.folded(j-1) == "so" || p.typed && p.isSign(j, '-') && p.touches(i) { // "NQ-21"
		j--
	}
	if !p.is(j, word) {
		return c
	}
	if f := p.spelled(j); f == "so" || j == i-1 && strings.HasSuffix(f, "so") && !p.tokens[i].gap {
		c.so, c.start = true, j
		j--
	}
	if start, k, ok := p.kindName(j); ok {
		c.start, c.kind, c.said = start, &k, p.text[p.tokens[start].start:p.tokens[j].end]
		return c
	}
	if p.is(j, word) && (c.so || j == i-1 || p.isSign(i-1, '-')) && (!p.is(j-1, number) || p.placed(j-1)) && !p.isSign(j-1, '-') && !p.isSign(j-1, '/') {
		isWord := !p.typed && !capital(p.raw(j)) && analyzers.PlausibleFolded(p.folded(j)) // "tối đa 02"
		if found := KindsBySymbol(p.raw(j)); len(found) > 0 && found[0].bare && !isWord {
			c.start, c.kind = j, &found[0]
		}
	}
	return c
}

// kindName reads the longest name of a kind that ends with token j.
func (p *parser) kindName(j int) (start int, k Kind, ok bool) {
	name := ""
	for n := range maxNameWords {
		at := j - n
		if !p.is(at, word) {
			break
		}
		name = strings.TrimSuffix(p.spelled(at)+" "+name, " ")
		if found, known := kindByName[name]; known {
			start, k, ok = at, found, true
		}
	}
	return start, k, ok
}

// full reads a number with its symbol.
func (p *parser) full(i int, before cue) (Number, int, bool) {
	serial, j, ok := p.serial(i)
	if !ok {
		return Number{}, 0, false
	}
	first, j2 := p.separator(j)
	if first == 0 {
		return p.spaced(serial, j)
	}
	n := Number{Serial: serial}
	if year, isYear := p.atMost(j2, 4); isYear && year >= 1945 && plausibleYear(year) {
		second, j3 := p.separator(j2 + 1)
		if second == 0 || !p.is(j3, word) {
			return Number{}, 0, false
		}
		n.Year, j2 = year, j3
	}
	return p.symbol(n, first, j2, before)
}

// maxSerial is the most digits a document's own number has.
const maxSerial = 6

// serial reads the digits, with the letter or the part behind a dot that some
// have: 30c/NQ-CP, 96.19/2026/NQ-CP.
func (p *parser) serial(i int) (string, int, bool) {
	s := p.raw(i)
	if len(s) > maxSerial {
		return "", 0, false
	}
	j := i + 1
	if p.isSign(j, '.') && p.touches(j) && p.is(j+1, number) && p.touches(j+1) && len(p.raw(j+1)) <= 3 {
		if _, after := p.separator(j + 2); after > 0 {
			return s + "." + p.raw(j+1), j + 2, true
		}
	}
	if p.is(j, word) && p.touches(j) && utf8.RuneCountInString(p.raw(j)) == 1 {
		if first, _ := p.separator(j + 1); first != 0 {
			return s + p.raw(j), j + 1, true
		}
	}
	return s, j, true
}

// separator reads a dash or slash and what is around it: spaces, and a line
// break after it. It returns 0 where there is none.
func (p *parser) separator(j int) (s byte, next int) {
	if !p.isSign(j, '-') && !p.isSign(j, '/') || p.tokens[j].line || j+1 >= len(p.tokens) {
		return 0, 0
	}
	return p.tokens[j].sign, j + 1
}

// spaced reads a symbol that no sign parts from its digits: "12 HD/BTCTW",
// "37QĐ/TW", "21 nq tw". Only known symbols count here.
func (p *parser) spaced(serial string, j int) (Number, int, bool) {
	if !p.is(j, word) || p.tokens[j].line {
		return Number{}, 0, false
	}
	found := KindsBySymbol(p.raw(j))
	if len(found) == 0 {
		return Number{}, 0, false
	}
	n := Number{Serial: serial, Kind: found[0].Symbol}
	first, at := p.separator(j + 1)
	if first == 0 {
		at = j + 1
	}
	issuer, next, ok := p.part(at)
	if ok && len(BodiesBySymbol(issuer)) > 0 && (first != 0 || p.raw(at) != "" && !p.tokens[at].line) {
		n.Issuer = issuerPart(issuer)
		n.Party = !stateIssuer(n.Issuer)
		return n, next, true
	}
	if found[0].bare && j == 1 && p.whole(j+1) { // all that was typed: "21 nq"
		n.Party = true
		return n, j + 1, true
	}
	return Number{}, 0, false
}

func (p *parser) whole(next int) bool { return next == len(p.tokens) }

func join(parts []string) string {
	normal := make([]string, len(parts))
	for i, part := range parts {
		normal[i] = issuerPart(part)
	}
	return strings.Join(normal, "-")
}

// symbols tells whether all parts look like symbols of bodies.
func symbols(parts []string) bool {
	for _, part := range parts {
		if !capital(part) && len(BodiesBySymbol(part)) == 0 {
			return false
		}
	}
	return true
}

// capital tells whether a part has no lower-case letters but the odd one
// (TTg, NVy).
func capital(part string) bool {
	upper, lower := 0, 0
	for _, r := range part {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper > 0 && lower <= upper/2
}
