package citation

import (
	"strings"
	"unicode/utf8"
)

// unnumbered reads a document that is named without its number and begins with
// token i: a nickname, or a kind with a plenum or a congress.
func (p *parser) unnumbered(i int) []found {
	if name, next, ok := p.nickname(i); ok {
		return []found{p.nameless(i, next, Citation{Nickname: name})}
	}
	if k, ok := p.kindOfCentre(i); ok { // "NQTW 4"
		if m, ok := p.plenumFrom(i+1, false, true); ok {
			return p.ofMeeting(i, k.Name, m)
		}
		return nil
	}
	said, at, ok := p.kindAt(i)
	if !ok {
		return nil
	}
	if p.folded(at) == "cua" {
		at++
	}
	m, ok := p.plenum(at)
	if !ok {
		m, ok = p.congress(at)
	}
	if !ok {
		return nil
	}
	return p.ofMeeting(i, said, m)
}

// ofMeeting is a citation for each term that is named: "Nghị quyết Trung ương
// 4 khóa XI, XII" are two.
func (p *parser) ofMeeting(i int, said string, m meeting) []found {
	if len(m.terms) < 2 {
		return []found{p.nameless(i, m.next, Citation{Said: said, Term: m.term(), Plenum: m.plenum})}
	}
	var all []found
	end := m.next - 2*(len(m.terms)-1)
	if p.isSign(m.next-1, ')') {
		end--
	}
	for k, term := range m.terms {
		from := i
		if k > 0 {
			from, end = end+1, end+2
		}
		all = append(all, p.nameless(from, end, Citation{Said: said, Term: term, Plenum: m.plenum}))
	}
	return all
}

// nameless is the citation of the tokens from at to next.
func (p *parser) nameless(at, next int, c Citation) found {
	c.Start, c.End = p.tokens[at].start, p.tokens[next-1].end
	c.NumberStart, c.Raw = c.Start, p.text[c.Start:c.End]
	f := found{Citation: c, from: at, next: next}
	f.after = p.when(&f.Citation, next)
	return f
}

// kindOfCentre reads a kind's symbol with that of Trung ương glued to it.
func (p *parser) kindOfCentre(i int) (Kind, bool) {
	head, ok := strings.CutSuffix(strings.ToUpper(central(nfc(p.raw(i)))), "TW")
	if found := KindsBySymbol(head); ok && len(found) > 0 && found[0].bare {
		return found[0], true
	}
	return Kind{}, false
}

// kindAt reads the name or the symbol of a kind that begins with token i:
// "Nghị quyết", "NQ".
func (p *parser) kindAt(i int) (said string, next int, ok bool) {
	name := ""
	for n := range maxNameWords {
		if !p.is(i+n, word) {
			break
		}
		name = strings.TrimPrefix(name+" "+p.spelled(i+n), " ")
		if k, known := kindByName[name]; known {
			said, next, ok = k.Name, i+n+1, true
		}
	}
	if ok {
		return said, next, true
	}
	if found := KindsBySymbol(p.raw(i)); len(found) > 0 && found[0].bare && utf8.RuneCountInString(p.raw(i)) > 1 {
		return found[0].Name, i + 1, true
	}
	return "", 0, false
}
