package analyzers

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Canonical is the one form of a word that all its spellings share:
//
//   - composed (NFC), also from a mixed ê + U+0323 or a tone typed before the
//     hat (ó + U+0302), which NFC alone keeps apart;
//   - lower case;
//   - Ð U+00D0, Ɖ U+0189 and their lower case read as đ;
//   - Cyrillic and Greek letters read as the Latin ones they look like, in a
//     word that also has Latin letters: "ѕố", "ngàу" stand in copies made to
//     defeat search;
//   - invisible characters dropped, fullwidth forms and ff/fi/fl ligatures
//     written out;
//   - the tone on the one vowel that the classic rule gives it (hoà → hòa,
//     qúy → quý): both places occur in one corpus;
//   - an abbreviation ending in TƯ (Trung ương) with TW instead: VPTƯ → vptw.
//
// i and y are not exchanged (kĩ ≠ kỹ): they tell names apart. Bytes that are
// no UTF-8 are dropped. Canonical is idempotent.
func Canonical(token string) string {
	if plain(token) {
		return token
	}
	return string(appendCanonical(make([]byte, 0, len(token)+4), token))
}

// plain tells whether a word is lower-case ASCII, hence canonical.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

func appendCanonical(dst []byte, token string) []byte {
	from := len(dst)
	vowels, toned := 0, false
	for _, r := range token {
		g := glyphOf(r)
		if g.class != letter && g.class != digit {
			return finish(append(dst[:from], normalize(token)...), from)
		}
		if g.vowel {
			vowels++
			toned = toned || g.tone != level
		}
		dst = utf8.AppendRune(dst, rune(g.lower))
	}
	if toned && vowels > 1 {
		dst = placeTone(dst, from)
	}
	return replaceCentre(dst, from)
}

// finish gives a composed lower-case word its tone place and its TW.
func finish(dst []byte, from int) []byte { return replaceCentre(placeTone(dst, from), from) }

// normalize is all of Canonical but the tone place and TW, for a text of any
// length: the spelling of characters, not of syllables.
func normalize(s string) string {
	runes := make([]rune, 0, len(s))
	latin, alike := false, false
	for _, r := range norm.NFD.String(strings.ToValidUTF8(s, "")) {
		switch {
		case isIgnorable(r):
			continue
		case r >= '\uff01' && r <= '\uff5e':
			r -= 0xfee0 // fullwidth forms stand in the order of ASCII
		case r >= '\ufb00' && r <= '\ufb04':
			runes = append(runes, ligatures[r-'\ufb00']...)
			latin = true
			continue
		}
		if unicode.IsLetter(r) {
			latin = latin || unicode.Is(unicode.Latin, r)
			alike = alike || latinFor(r) != 0
		}
		runes = append(runes, r)
	}
	for i, r := range runes {
		if latin && alike {
			if l := latinFor(r); l != 0 {
				r = l
			}
		}
		r = unicode.ToLower(r)
		if r == 'ð' || r == 'ɖ' {
			r = 'đ'
		}
		runes[i] = r
	}
	hatsBeforeTones(runes)
	return norm.NFC.String(string(runes))
}

var ligatures = [...][]rune{[]rune("ff"), []rune("fi"), []rune("fl"), []rune("ffi"), []rune("ffl")}

// hatsBeforeTones puts the marks that make another vowel (circumflex, breve,
// horn) before the tones. Unicode keeps the order of marks of one class as
// typed, so that o + acute + circumflex would never become ố.
func hatsBeforeTones(decomposed []rune) {
	for i, r := range decomposed {
		if !isHat(r) {
			continue
		}
		for j := i; j > 0 && isTone(decomposed[j-1]); j-- {
			decomposed[j-1], decomposed[j] = decomposed[j], decomposed[j-1]
		}
	}
}

func isHat(r rune) bool { return r == '\u0302' || r == '\u0306' || r == '\u031b' }

func isTone(r rune) bool {
	return r == '\u0300' || r == '\u0309' || r == '\u0303' || r == '\u0301' || r == '\u0323'
}

// latinFor is the Latin letter that a Cyrillic or Greek one looks like, 0
// where there is none. A capital may look like another letter than its lower
// case does (Н is H; η is n, but Η is H).
func latinFor(r rune) rune {
	if r < 0x370 || r > 0x52f {
		return 0
	}
	if l := lookAlikes[r]; l != 0 {
		return l
	}
	return lookAlikes[unicode.ToLower(r)]
}

var lookAlikes = func() map[rune]rune {
	const (
		strange = "АВЕКМНОРСТУХІЅЈԚԜавекмнорстухіѕјһԁԛԝӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧαειικνορτυχ"
		latin   = "ABEKMHOPCTYXISJQWabekmhopctyxisjhdqwlABEZHIKMNOPTYXaeiikvoptux"
	)
	table := make(map[rune]rune)
	to := []rune(latin)
	for i, r := range []rune(strange) {
		table[r] = to[i]
	}
	return table
}()
