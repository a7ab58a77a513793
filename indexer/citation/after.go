package citation

import "strings"

// finish makes the citation whose number is the tokens from to next, and reads
// the date or year behind it. next is the token behind the number (and a year
// that belongs to it), so that a list can go on there.
func (p *parser) finish(start, from, next int, n Number, said string) (Citation, int) {
	c := Citation{
		Start: p.tokens[start].start, End: p.tokens[next-1].end, NumberStart: p.tokens[from].start,
		Number: n, Said: said,
	}
	if n.Year == 0 && p.isYearSuffix(next) {
		c.Year, _ = p.atMost(next+1, 4)
		next += 2
		c.End = p.tokens[next-1].end
	}
	c.Raw = p.text[c.Start:c.End]
	p.when(&c, next)
	return c, next
}

// when reads what says from when the document is: ", ngày 26/5/2025",
// "(29/8/2025)", "năm 2023", "2024".
func (p *parser) when(c *Citation, i int) {
	for range 2 {
		if p.isSign(i, ',') || p.isSign(i, '(') {
			i++
		}
	}
	if iso, _, ok := p.date(i); ok {
		c.Date = iso
		return
	}
	named := p.folded(i) == "nam"
	if named {
		i++
	}
	year, ok := p.atMost(i, 4)
	if !ok || !plausibleYear(year) || !named && (p.tokens[i].line || p.isSign(i-1, ',')) {
		return
	}
	if p.is(i+1, sign) && p.is(i+2, number) && strings.ContainsRune("-/.", rune(p.tokens[i+1].sign)) {
		return // "2020 - 2025"
	}
	c.Year = year
}

// list reads on behind a bare number: "Nghị quyết 59, 70, 71 và 72". Where a
// later one has a symbol ("57, 59 và 68-NQ/TW"), it is that of all.
func (p *parser) list(group []Citation, next int, before cue) ([]Citation, int) {
	for {
		at := next
		if p.isSign(at, ',') || p.isSign(at, ';') {
			at++
		}
		if f := p.folded(at); f == "va" || f == "hoac" {
			at++
		}
		if at == next || !p.is(at, number) || p.tokens[at].line && p.isSign(at-1, ';') {
			return group, next
		}
		if n, after, ok := p.full(at, cue{start: at}); ok {
			if n.Kind != before.kind.Symbol {
				return group, next
			}
			for i := range group {
				group[i].Number.Issuer, group[i].Number.Party = n.Issuer, n.Party
			}
			c, after := p.finish(at, at, after, n, before.said)
			return append(group, c), after
		}
		n, after, ok := p.bare(at, cue{start: at, kind: before.kind})
		if !ok {
			return group, next
		}
		c, after := p.finish(at, at, after, n, before.said)
		group, next = append(group, c), after
	}
}
