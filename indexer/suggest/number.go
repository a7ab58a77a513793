package suggest

import (
	"strings"

	"vankien/analyzers"
)

// serialMark begins the term of a serial (the 21 of 21-NQ/TW), which is kept
// apart from the numbers in titles. No token has it.
const serialMark = "\x01"

// numberTerms are what a document number is found by: its serial first (both
// as printed and without leading zeros), then the parts of its symbol, then
// these glued together ("nqtw", as in 21NQTW).
func numberTerms(number string) []string {
	var parts []string
	for _, token := range analyzers.Tokenize(number) {
		for first, rest := splitDigits(token.Term); first != ""; first, rest = splitDigits(rest) {
			parts = append(parts, first)
		}
	}
	if len(parts) == 0 {
		return nil
	}
	terms := parts
	var symbol strings.Builder
	letters := 0
	for _, part := range parts[1:] {
		if !isDigit(part[0]) {
			symbol.WriteString(part)
			letters++
		}
	}
	if letters > 1 {
		terms = append(terms, symbol.String())
	}
	if short := withoutZeros(parts[0]); short != parts[0] {
		terms = append(terms, serialMark+short)
	}
	return terms
}

// splitDigits cuts a term where letters and digits meet: "21nq" is "21" and
// "nq", in numbers as printed and as typed.
func splitDigits(term string) (first, rest string) {
	for i := 1; i < len(term); i++ {
		if isDigit(term[i]) != isDigit(term[i-1]) {
			return term[:i], term[i:]
		}
	}
	return term, ""
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// withoutZeros is a serial without its leading zeros; 0 itself stays.
func withoutZeros(serial string) string {
	if short := strings.TrimLeft(serial, "0"); short != "" && isDigit(short[0]) {
		return short
	}
	return serial
}
