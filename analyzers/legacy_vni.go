package analyzers

import (
	"unicode"
	"unicode/utf8"
)

// VNI-Windows writes most accented letters with two codes, the letter and a
// mark that holds tone and hat together: oá is ố (o, circumflex with sắc). The
// codes are those of VNI's own table ("VNI Windows", as in xvnkb and unikey);
// a capital's mark is 0x20 below a small letter's, though typists mixed them.
var (
	vniSingle codes
	vniMark   [256]bool
	vniPairs  = buildVNI()
)

const (
	vniLetters = "öưôơñđòịæỉóĩííììîỵ" // code, letter
	vniTones   = "øûõùï"              // in the order of the tones from huyền on
	vniHats    = "âàåãáä"             // circumflex without tone and with each
	vniBreves  = "êèúüéë"
)

func buildVNI() map[[2]byte]rune {
	pairs := make(map[[2]byte]rune)
	add := func(base byte, mark rune, letter rune) {
		lower, upper := byte(mark), byte(unicode.ToUpper(mark))
		vniMark[lower], vniMark[upper] = true, true
		pairs[[2]byte{base, lower}], pairs[[2]byte{base, upper}] = letter, letter
		base, letter = byte(unicode.ToUpper(rune(base))), unicode.ToUpper(letter)
		pairs[[2]byte{base, lower}], pairs[[2]byte{base, upper}] = letter, letter
	}
	bases := map[byte]rune{'a': 'a', 'e': 'e', 'o': 'o', 'u': 'u', 'y': 'y', 0xF4: 'ơ', 0xF6: 'ư'}
	for base, vowel := range bases {
		for i, mark := range []rune(vniTones) {
			add(base, mark, withTone(vowel, tone(i+1)))
		}
	}
	for base, vowel := range map[byte]rune{'a': 'â', 'e': 'ê', 'o': 'ô'} {
		for i, mark := range []rune(vniHats) {
			add(base, mark, withTone(vowel, tone(i)))
		}
	}
	for i, mark := range []rune(vniBreves) {
		add('a', mark, withTone('ă', tone(i)))
	}
	letters := []rune(vniLetters)
	for i := 0; i < len(letters); i += 2 {
		vniSingle[letters[i]] = letters[i+1]
		vniSingle[unicode.ToUpper(letters[i])] = unicode.ToUpper(letters[i+1])
	}
	return pairs
}

// decodeVNI is decodeCodes for VNI-Windows.
func decodeVNI(dst []byte, s string) (decoded []byte, ok bool) {
	ok = true
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		code, is := legacyCode(r)
		if !is || r == utf8.RuneError {
			dst = append(dst, s[i:i+size]...)
			i += size
			continue
		}
		next, nextSize := utf8.DecodeRuneInString(s[i+size:])
		if mark, isCode := legacyCode(next); isCode && nextSize > 0 && vniMark[mark] {
			if letter := vniPairs[[2]byte{code, mark}]; letter != 0 {
				dst = utf8.AppendRune(dst, letter)
				i += size + nextSize
				continue
			}
		}
		switch {
		case vniSingle[code] != 0:
			dst = utf8.AppendRune(dst, vniSingle[code])
		default:
			ok = ok && !vniMark[code]
			dst = appendCharacter(dst, r)
		}
		i += size
	}
	return dst, ok
}
