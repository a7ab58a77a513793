package citation

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"vankien/analyzers"
)

// FindTyped reads what somebody typed to find documents. It reads everything
// that Cited does and what is a number only because it was typed: signs left
// out ("30 2020 nđ cp", "302020nđcp"), a kind with any number behind it ("luật
// 45/2019", "báo cáo 12"), a number alone, a plenum alone. What may be
// something else has Guess set.
func FindTyped(text string) []Citation {
	p := lex(text)
	p.far, p.typed = true, true
	all := p.read()
	if len(all) == 0 {
		all = p.meetingsAlone()
	}
	if len(all) == 1 {
		p.anyDate(&all[0])
	}
	for i := range all {
		if f := &all[i]; f.Number.Serial != "" {
			end := min(len(p.tokens), f.next+maxTyped)
			if i+1 < len(all) {
				end = min(end, max(f.next, all[i+1].from))
			}
			f.Typed = text[f.NumberStart:p.tokens[end-1].end]
		}
	}
	return plainCitations(all)
}

// maxTyped is how many words behind a number may still be of it.
const maxTyped = 20

// meetingsAlone reads a plenum where it is all that is asked for.
func (p *parser) meetingsAlone() []found {
	for i := range p.tokens {
		if m, ok := p.plenum(i); ok && m.central {
			all := p.ofMeeting(i, "", m)
			p.surround(all)
			return all
		}
	}
	return nil
}

// anyDate gives the only citation of a query the date or the year that stands
// anywhere in it.
func (p *parser) anyDate(f *found) {
	for i := range p.tokens {
		if f.Date != "" || f.Year != 0 {
			return
		}
		if i >= f.from && i < f.after || p.is(i, number) && p.inside(i, cue{start: i}) {
			continue
		}
		if p.is(i, number) && len(p.raw(i)) == 4 || p.folded(i) == "nam" || p.folded(i) == "ngay" || p.is(i, number) && p.is(i+1, sign) {
			p.when(&f.Citation, i)
		}
	}
}

// guess reads what only a query has as a number.
func (p *parser) guess(i int) []found {
	before := p.before(i)
	if p.inside(i, before) {
		return nil
	}
	if n, next, sure, ok := p.loose(i); ok {
		f := p.finish(before, i, next, n)
		f.Guess = !sure && before.kind == nil
		return []found{f}
	}
	if before.kind != nil && (before.said != "" || before.kind.bare) {
		return p.guessBare(i, before)
	}
	serial, next := p.looseSerial(i)
	if serial == "" || before.start == i && i > 0 {
		return nil
	}
	n := Number{Serial: serial}
	if p.isYearSuffix(next) && (p.notYear(serial) || p.whole(next+2)) || p.isYearDash(next) {
		n.Year, _ = p.atMost(next+1, 4)
		next += 2
	}
	if n.Year == 0 && !before.so && !p.whole(next) {
		return nil
	}
	f := p.finish(before, i, next, n)
	f.Guess = true
	return []found{f}
}

// guessBare reads a number behind a kind that running text would not take for
// one: "luật 45/2019", "báo cáo 12", "nghị quyết 66.19", "quyết định 1950".
func (p *parser) guessBare(i int, before cue) []found {
	serial, next := p.looseSerial(i)
	if serial == "" || p.counts(next-1, before) && !p.isYearDash(next) {
		return nil
	}
	n := Number{Serial: serial, Kind: before.kind.Symbol, Party: before.kind.Party}
	sure := before.kind.bare && p.notYear(serial)
	var year int
	if p.isYearSuffix(next) || p.isYearDash(next) {
		year, _ = p.atMost(next+1, 4)
		if p.isSign(next, '-') {
			next += 2
		}
		sure = sure || before.kind.Symbol == ""
	}
	if before.kind.Symbol == "" && year != 0 {
		if n.Year = year; p.isYearSuffix(next) {
			next += 2
		}
	}
	f := p.finish(before, i, next, n)
	if n.Year == 0 && year != 0 {
		f.Year = year
	}
	if !p.notYear(serial) && !p.whole(f.after) && !afterAll(serial) {
		return nil // "QĐ 2021 kỷ luật" is a kind and a year
	}
	f.Guess = !sure
	return []found{f}
}

// notYear tells whether digits cannot be taken for a year.
func (p *parser) notYear(serial string) bool {
	value, err := strconv.Atoi(serial)
	return err != nil || len(serial) != 4 || value < 1900 || !plausibleYear(value)
}

// afterAll tells whether digits that may be a year are one in which nothing was
// issued yet: "công văn 2096 của Sở Nội vụ" may name a number, "quy hoạch 2050"
// an aim.
func afterAll(serial string) bool { return serial >= nextCongress[:4] }

// isYearDash tells whether tokens j, j+1 are "-2021" and nothing more.
func (p *parser) isYearDash(j int) bool {
	year, ok := p.atMost(j+1, 4)
	return ok && p.isSign(j, '-') && plausibleYear(year) && !p.is(j+2, sign) && p.notYear(p.raw(j-1))
}

// looseSerial reads a serial behind which no sign has to stand: "30c", "66.19".
func (p *parser) looseSerial(i int) (string, int) {
	s := p.raw(i)
	if len(s) > maxSerial {
		return "", 0
	}
	if p.is(i+1, word) && p.touches(i+1) && utf8.RuneCountInString(p.raw(i+1)) == 1 {
		return s + p.raw(i+1), i + 2
	}
	if p.isSign(i+1, '.') && p.touches(i+1) && p.is(i+2, number) && p.touches(i+2) && !p.isSign(i+3, '.') {
		part, year := splitYear(p.raw(i + 2)) // "66.202026nqcp" is 66.20 of 2026
		if len(part) <= 3 && (year == 0 || p.is(i+3, word) && p.touches(i+3)) {
			return s + "." + p.raw(i+2), i + 3
		}
	}
	return s, i + 1
}

// loose reads a number whose signs were left out or are spaces. sure is false
// where nothing in it is a symbol that is known, and where the year had to be
// guessed out of a run of digits.
func (p *parser) loose(i int) (n Number, next int, sure, ok bool) {
	n.Serial, next = p.looseSerial(i)
	if n.Serial == "" {
		n.Serial, next = p.raw(i), i+1
	}
	glued := false
	if year, at := p.looseYear(next); year != 0 {
		n.Year, next = year, at
	} else if head, year := splitYear(n.Serial); year != 0 && p.is(next, word) && p.touches(next) {
		n.Serial, n.Year, glued = head, year, true
	}
	if len(n.Serial) > maxSerial+1 {
		return n, 0, false, false
	}
	parts, next := p.looseParts(next)
	if len(parts) == 0 {
		return n, 0, false, false
	}
	if kind, issuer, ok := unglue(parts[0]); ok {
		parts = append([]string{kind, issuer}, parts[1:]...)
	}
	sure = len(BodiesBySymbol(parts[len(parts)-1])) > 0
	if found := KindsBySymbol(parts[0]); len(found) > 0 && (len(parts) > 1 || !sure) {
		n.Kind, parts = found[0].Symbol, parts[1:]
		sure = sure || len(parts) == 0 && found[0].bare && p.whole(next)
	}
	if n.Kind == "" && p.maySay(parts[0]) || glued { // "37 tu dưỡng"
		sure = false
	}
	n.Issuer = join(parts)
	n.Party = n.Year == 0 && n.Kind != "" && !stateIssuer(n.Issuer)
	return n, next, sure, true
}

// looseYear reads the year of a number, a sign before it or none.
func (p *parser) looseYear(i int) (year, next int) {
	if p.isSign(i, '/') || p.isSign(i, '-') {
		i++
	}
	if year, ok := p.atMost(i, 4); ok && year >= 1945 && plausibleYear(year) {
		return year, i + 1
	}
	return 0, i
}

// splitYear parts the year from the digits before it: 302020 is 30 of 2020.
func splitYear(digits string) (serial string, year int) {
	if len(digits) < 5 {
		return digits, 0
	}
	at := len(digits) - 4
	year, err := strconv.Atoi(digits[at:])
	if err != nil || year < 1945 || !plausibleYear(year) {
		return digits, 0
	}
	return digits[:at], year
}

// maxGlued is the most bytes of a symbol whose parts are glued together.
const maxGlued = 200

// looseParts reads the parts of a symbol, spaces or signs between them, as far
// as each is a symbol that is known, is no syllable, or is in capitals.
func (p *parser) looseParts(i int) (parts []string, next int) {
	next = i
	for len(parts) < maxParts {
		at := next
		if p.isSign(at, '-') || p.isSign(at, '/') {
			at++
		}
		part, after, ok := p.part(at)
		if !ok && at == i && p.touches(at) && p.is(at, word) && len(p.raw(at)) <= maxGlued {
			part, after, ok = p.raw(at), at+1, true
		}
		if !ok || p.tokens[at].line || !p.symbolTyped(part, len(parts) == 0) {
			break
		}
		parts, next = append(parts, part), after
	}
	return parts, next
}

// maySay tells whether a symbol may be a word, too: tu is tỉnh ủy's, and the
// syllable of tu dưỡng.
func (p *parser) maySay(part string) bool {
	return analyzers.PlausibleFolded(fold(strings.TrimRight(part, "0123456789")))
}

func (p *parser) symbolTyped(part string, first bool) bool {
	if first && len(KindsBySymbol(part)) > 0 || len(BodiesBySymbol(part)) > 0 {
		return true
	}
	letters := strings.TrimRight(part, "0123456789")
	return !analyzers.PlausibleFolded(fold(letters)) && !analyzers.ValidSyllable(letters) || capital(letters) && !capital(p.text)
}
