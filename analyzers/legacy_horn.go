package analyzers

import (
	"strings"
	"unicode/utf8"
)

// restoreHorns gives a line of TCVN3 its ư back where a reader of PDF wrote a
// hyphen: code 0xAD is a hyphen in the encoding that such files name. A hyphen
// is taken for ư only where the line has no U+00AD, the word is a syllable with
// it and not without: tr-êng, -¬ng, but not héi-th¶o.
func restoreHorns(line string) string {
	if strings.IndexByte(line, '-') < 0 || strings.Contains(line, "\u00ad") {
		return line
	}
	var out []byte
	at := 0
	for i := range len(line) {
		if line[i] == '-' && isHorn(line, i) {
			out = append(append(out, line[at:i]...), "\u00ad"...)
			at = i + 1
		}
	}
	if at == 0 {
		return line
	}
	return string(append(out, line[at:]...))
}

// isHorn tells whether the hyphen at i is an ư.
func isHorn(line string, i int) bool {
	left, right := wordEnd(line[:i]), wordStart(line[i+1:])
	if plainCapitals(left + right) {
		return false
	}
	decodedLeft, _ := TCVN3.decodeCodes(nil, left)
	decodedRight, _ := TCVN3.decodeCodes(nil, right)
	beside := func(part []byte) bool { return len(part) == 0 || ValidSyllable(string(part)) }
	return ValidSyllable(string(decodedLeft)+"ư"+string(decodedRight)) && !(beside(decodedLeft) && beside(decodedRight))
}

// plainCapitals tells no letters or ASCII capitals alone: the capital Ư has
// another code.
func plainCapitals(s string) bool {
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}

// wordEnd is the word of TCVN3 that s ends in.
func wordEnd(s string) string {
	i := len(s)
	for i > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		if _, is := TCVN3.partOf(s, i-size, r); !is {
			break
		}
		i -= size
	}
	return s[i:]
}

// wordStart is the word of TCVN3 that s begins with.
func wordStart(s string) string {
	for i, r := range s {
		if _, is := TCVN3.partOf(s, i, r); !is {
			return s[:i]
		}
	}
	return s
}
