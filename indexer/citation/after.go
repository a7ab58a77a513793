package citation

import "strings"

// found is a citation and its tokens.
type found struct {
	Citation
	from, next int // from the kind's name to behind the number
	after      int // behind the date or year that follows it
}

// finish makes the citation whose number is the tokens from at to next, and
// reads the date or year behind it.
func (p *parser) finish(before cue, at, next int, n Number) found {
	f := found{from: before.start}
	f.Start, f.NumberStart = p.tokens[before.start].start, p.tokens[at].start
	f.Number, f.Said = n, before.said
	if n.Year == 0 && p.isYearSuffix(next) {
		f.Year, _ = p.atMost(next+1, 4)
		next += 2
	}
	f.next = next
	f.End = p.tokens[next-1].end
	f.Raw = p.text[f.Start:f.End]
	f.after = p.when(&f.Citation, next)
	return f
}

// when reads what says from when the document is: ", ngày 26/5/2025",
// "(29/8/2025)", "năm 2023", "2024". It returns the token behind it, i where
// there is none.
func (p *parser) when(c *Citation, i int) (next int) {
	begin := i
	for range 2 {
		if p.isSign(i, ',') || p.isSign(i, '(') {
			i++
		}
	}
	if iso, next, ok := p.date(i); ok {
		c.Date = iso
		return next
	}
	named := p.folded(i) == "nam"
	if named {
		i++
	}
	year, ok := p.atMost(i, 4)
	if !ok || !plausibleYear(year) || !named && (p.tokens[i].line || p.isSign(i-1, ',')) {
		return begin
	}
	if p.is(i+1, sign) && p.is(i+2, number) && strings.ContainsRune("-/.", rune(p.tokens[i+1].sign)) {
		return begin // "2020 - 2025"
	}
	c.Year = year
	return i + 1
}

// list reads on behind a bare number: "Nghị quyết 59, 70, 71 và 72". Where a
// later one has a symbol ("57, 59 và 68-NQ/TW"), it is that of all.
func (p *parser) list(group []found, before cue) []found {
	for {
		next := group[len(group)-1].next
		at := next
		if p.isSign(at, ',') || p.isSign(at, ';') {
			at++
		}
		if f := p.folded(at); f == "va" || f == "hoac" {
			at++
		}
		if at == next || !p.is(at, number) || p.tokens[at].line && p.isSign(at-1, ';') {
			return group
		}
		if n, after, ok := p.full(at, cue{start: at}); ok {
			if n.Kind != before.kind.Symbol {
				return group
			}
			for i := range group {
				group[i].Number.Issuer, group[i].Number.Party = n.Issuer, n.Party
			}
			return append(group, p.finish(cue{start: at, said: before.said}, at, after, n))
		}
		n, after, ok := p.bare(at, cue{start: at, kind: before.kind})
		if !ok {
			return group
		}
		group = append(group, p.finish(cue{start: at, said: before.said}, at, after, n))
	}
}
