package citation

import (
	"strings"
	"unicode/utf8"
)

// symbol reads the parts of the symbol from token j on and makes the number.
func (p *parser) symbol(n Number, first byte, j int, before cue) (Number, int, bool) {
	parts, seps, next := p.parts(j)
	if len(parts) == 0 {
		return Number{}, 0, false
	}
	rest := parts
	if found := KindsBySymbol(parts[0]); len(found) > 0 && p.printed(parts[0], before) {
		n.Kind, rest = found[0].Symbol, parts[1:]
		if len(rest) == 0 {
			alone := p.whole(next) || before.any() || n.Year != 0
			n.Party = n.Year == 0
			return n, next, alone
		}
	}
	if n.Kind == "" && len(parts) == 1 {
		if kind, issuer, ok := unglue(parts[0]); ok { // "21-NQTW"
			n.Kind, rest = kind, []string{issuer}
		}
	}
	n.Issuer = join(rest)
	if n.Kind == "" {
		return p.unknown(n, first, parts, seps, next, before)
	}
	typed := before.any() || len(parts[0]) > 1 && !capital(parts[0]) // nobody shifts while typing "21-nq/abc"
	if !typed && !symbols(rest) {
		return Number{}, 0, false
	}
	switch {
	case n.Year != 0 || stateIssuer(n.Issuer) && (first == '/' || !dashed[strings.TrimRight(n.Issuer, "0123456789")]):
	case first == '-', partyIssuer(n.Issuer) && len(BodiesBySymbol(n.Issuer)) > 0:
		n.Party = true
	}
	if formFamilies[strings.ToUpper(n.Issuer)] {
		n.Issuer = ""
	}
	return n, next, true
}

// formFamilies are symbols of forms that people glue to a number as if they
// were its issuer ("38-HD/TĐV"): the guides to a Party member's papers name
// their forms 1-KNĐ (admission), 2-HSĐV (file), TĐV (card), SHĐ (meetings), HHĐ (badge).
var formFamilies = map[string]bool{"KNĐ": true, "HSĐV": true, "LLĐV": true, "TĐV": true, "SHĐ": true, "HHĐ": true}

// unglue parts the symbol of a kind from that of a known body: NQTW, QĐTTg.
func unglue(part string) (kind, issuer string, ok bool) {
	letters := []rune(nfc(part))
	for at := min(len(letters)-1, maxKind); at > 0; at-- {
		head, tail := string(letters[:at]), string(letters[at:])
		if found := KindsBySymbol(head); len(found) > 0 && len(BodiesBySymbol(tail)) > 0 && len(BodiesBySymbol(part)) == 0 {
			return found[0].Symbol, tail, true
		}
	}
	return "", "", false
}

// maxKind is the most letters a kind's symbol has.
const maxKind = 4

// dashed are the State bodies that, before 1992, wrote as the Party does.
var dashed = map[string]bool{"HĐNN": true, "HĐBT": true, "CTN": true}

// unknown makes a number whose first part is no known kind: a letter or a law,
// or a kind that only its issuer knows.
func (p *parser) unknown(n Number, first byte, parts []string, seps []byte, next int, before cue) (Number, int, bool) {
	if !symbols(parts) && !(before.any() && len(parts) > 1) {
		return Number{}, 0, false
	}
	if k := before.kind; k != nil && k.Party && k.Symbol != "" && k.Symbol != "CV" && n.Year == 0 && len(parts) == 1 && partyIssuer(n.Issuer) {
		n.Kind, n.Party = k.Symbol, true // "Quy định 37/TW"
		return n, next, true
	}
	switch {
	case n.Year != 0, first == '/' && (len(parts) > 1 || before.any() && utf8.RuneCountInString(parts[0]) > 1 || len(BodiesBySymbol(parts[0])) > 0):
		return n, next, true
	case first == '-' && len(parts) > 1 && seps[0] == '/' && (before.any() || partyIssuer(join(parts[1:]))):
		n.Kind, n.Issuer, n.Party = nfc(parts[0]), join(parts[1:]), true
		return n, next, true
	}
	return Number{}, 0, false
}

// takeKind gives a number typed without its kind the one that was named before
// it: "tb 46 ubkttu". Letters have none in their numbers, nor have laws and
// what else the National Assembly passes ("nghị quyết 119 2020 qh14").
func (n *Number) takeKind(before cue) {
	k := before.kind
	if n.Kind != "" || k == nil || k.Symbol == "" || k.Symbol == "CV" || strings.Contains(n.Issuer, "-") {
		return
	}
	if issuer := strings.TrimRight(n.Issuer, "0123456789"); issuer == "QH" || issuer == "UBTVQH" {
		return
	}
	n.Kind, n.Party = k.Symbol, n.Year == 0 && partyIssuer(n.Issuer)
}

// printed tells whether the spelling of a kind's symbol is one that papers or
// people use: capitals anywhere, lower case only where the symbol is known by
// its accents too or something else says that a number is meant.
func (p *parser) printed(part string, before cue) bool {
	return utf8.RuneCountInString(part) > 1 || capital(part) || before.any()
}
