package citation

import "unicode/utf8"

// maxParts is the most parts a symbol has: joint papers name several bodies.
const maxParts = 16

// maxPart is the most letters one part has, units joined to it included.
const maxPart = 24

// parts reads the parts of a symbol from token j on, and the signs between
// them. Spaces around a sign are allowed only where the symbol cannot be
// complete yet.
func (p *parser) parts(j int) (parts []string, seps []byte, next int) {
	for len(parts) < maxParts {
		part, after, ok := p.part(j)
		if !ok {
			break
		}
		parts, next = append(parts, part), after
		s, at := p.separator(after)
		if s == 0 {
			break
		}
		spaced := p.tokens[at].gap || p.tokens[after].gap
		if spaced && !p.continues(parts, after, at) {
			break
		}
		seps, j = append(seps, s), at
	}
	if len(seps) > 0 && len(seps) >= len(parts) {
		seps = seps[:len(parts)-1]
	}
	return parts, seps, next
}

// continues tells whether a sign with spaces around it still belongs to the
// symbol: after the first part it does where a known body or capitals follow
// ("NQ / TW", "UBND- KSTTHC"); at the end of a line only without a space
// before the sign ("TTr-⏎CT05").
func (p *parser) continues(parts []string, sep, at int) bool {
	if len(parts) > 1 || p.tokens[at].line && p.tokens[sep].gap {
		return false
	}
	part, _, ok := p.part(at)
	return ok && (len(BodiesBySymbol(part)) > 0 || capital(part))
}

// part reads one part of a symbol: letters, the digits of a National Assembly
// or of an office, units joined with & or a comma, T.Ư.
func (p *parser) part(j int) (string, int, bool) {
	if !p.is(j, word) || utf8.RuneCountInString(p.raw(j)) > 16 {
		return "", 0, false
	}
	if f := p.folded(j); f == "t" && p.isSign(j+1, '.') && p.touches(j+1) && p.touches(j+2) && (p.folded(j+2) == "u" || p.folded(j+2) == "w") {
		return "TW", j + 3, true
	}
	part, next := p.raw(j), j+1
	for {
		switch {
		case utf8.RuneCountInString(part) > maxPart:
			return "", 0, false
		case p.is(next, number) && p.touches(next) && len(p.raw(next)) <= 3:
			part += p.raw(next)
			next++
		case (p.isSign(next, '&') || p.isSign(next, ',')) && p.touches(next) && p.is(next+1, word) && p.touches(next+1) && capital(p.raw(next+1)):
			part += p.raw(next) + p.raw(next+1)
			next += 2
		case p.is(next, word) && !p.tokens[next].line && (fold(p.raw(next)) == "tw" || nfc(p.raw(next)) == "TƯ") && len(BodiesBySymbol(part+"TW")) > 0:
			part += "TW" // "UBKT TW"
			next++
		case p.is(next, number) && !p.tokens[next].line && len(p.raw(next)) == 2 && assemblies[nfc(part)] && !p.is(next+1, sign):
			part += p.raw(next) // "QH 13"
			next++
		default:
			return part, next, true
		}
	}
}
