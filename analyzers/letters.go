package analyzers

import (
	"unicode"
	"unicode/utf8"
)

// tone is one of the six tones of a syllable.
type tone uint8

const (
	level tone = iota
	huyen
	hoi
	nga
	sac
	nang
)

// vowelRows are the twelve vowels, each in the order of the tones.
var vowelRows = [...]string{
	"aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị",
	"oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ", "uùủũúụ", "ưừửữứự", "yỳỷỹýỵ",
}

// class says what a rune does to the tokens around it.
type class uint8

const (
	other     class = iota // separates and makes a gap: punctuation, symbols, control characters
	letter                 // a letter of Vietnamese or ASCII, or one read as such (Ð)
	digit                  // 0–9
	foreign                // any other letter or digit: the slow way through normalize
	mark                   // a combining mark: part of the token it follows
	ignorable              // invisible: dropped inside a token, nothing between tokens
	blank                  // separates without a gap
	newline                // one separates without a gap (a wrapped line), two make one
	joiner                 // _ / & and the like: separates without a gap
	dash                   // a joiner within a line, a bullet at its beginning
	dot                    // a gap, except in abbreviations and numbers
	comma                  // a gap, except in numbers
)

// glyph is what is known of a rune below len(glyphs).
type glyph struct {
	class class
	vowel bool
	tone  tone
	fold  byte   // the bare ASCII letter, 0 where there is none
	lower uint16 // lower case, composed
	base  uint16 // lower case without its tone: ấ → â
}

// glyphs covers ASCII and every precomposed Vietnamese letter (the last is
// U+1EF9), which is all the hot path meets.
var glyphs = buildGlyphs()

const (
	asciiJoiners = "_/&+@#%'\\"
	dashes       = "-\u2010\u2011\u2012\u2013\u2212" // an em dash is no joiner: it ends a clause
)

func buildGlyphs() (table [0x2000]glyph) {
	for r := range rune(len(table)) {
		table[r] = glyph{class: classOf(r), lower: uint16(unicode.ToLower(r))}
		table[r].base = table[r].lower
	}
	for r := 'a'; r <= 'z'; r++ {
		set(&table, r, glyph{class: letter, fold: byte(r), lower: uint16(r), base: uint16(r)})
	}
	for r := '0'; r <= '9'; r++ {
		table[r] = glyph{class: digit, fold: byte(r), lower: uint16(r), base: uint16(r)}
	}
	for _, row := range vowelRows {
		base := []rune(row)[0]
		bare := bareVowel(base)
		for i, r := range []rune(row) {
			set(&table, r, glyph{class: letter, vowel: true, tone: tone(i), fold: bare, lower: uint16(r), base: uint16(base)})
		}
	}
	// Ð (Icelandic) and Ɖ (African) look like Đ and were typed for it by old keyboards; ð and ɖ
	// are what a lower-casing program made of them.
	for _, r := range "đðɖ" {
		set(&table, r, glyph{class: letter, fold: 'd', lower: 'đ', base: 'đ'})
	}
	return table
}

func set(table *[0x2000]glyph, lower rune, g glyph) {
	table[lower] = g
	table[unicode.ToUpper(lower)] = g
}

func bareVowel(base rune) byte {
	switch base {
	case 'ă', 'â':
		return 'a'
	case 'ê':
		return 'e'
	case 'ô', 'ơ':
		return 'o'
	case 'ư':
		return 'u'
	default:
		return byte(base)
	}
}

// classOf classifies a rune that the table does not hold as Vietnamese.
func classOf(r rune) class {
	switch {
	case isIgnorable(r):
		return ignorable
	case r == '\n' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028':
		return newline
	case r == '\t' || r == '\r' || unicode.Is(unicode.Zs, r):
		return blank
	case r == '.':
		return dot
	case r == ',':
		return comma
	case containsRune(dashes, r):
		return dash
	case containsRune(asciiJoiners, r) || r == '’' || unicode.Is(unicode.No, r) || r == '°':
		return joiner
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return foreign
	case unicode.IsMark(r):
		return mark
	}
	return other
}

func containsRune(set string, r rune) bool {
	for _, member := range set {
		if r == member {
			return true
		}
	}
	return false
}

// isIgnorable tells the invisible characters that word processors and web
// pages leave inside words: soft hyphen, zero-width space and joiners,
// direction marks, word joiner, byte order mark.
func isIgnorable(r rune) bool {
	return r == '\u00ad' || r >= '\u200b' && r <= '\u200f' || r == '\u2060' || r == '\ufeff'
}

// decode is utf8.DecodeRuneInString with the rune's class; a byte that is no
// UTF-8 is of class other. There is at least one byte. What Vietnamese is written
// in comes first: ASCII, and the two ranges of its letters.
func decode(s string) (rune, int, class) {
	const rest = 0x3f
	switch c := s[0]; {
	case c < utf8.RuneSelf:
		return rune(c), 1, glyphs[c].class
	case c >= 0xc3 && c <= 0xc6 && len(s) > 1 && s[1]&^rest == 0x80:
		r := rune(c&0x1f)<<6 | rune(s[1]&rest)
		return r, 2, glyphs[r].class
	case c == 0xe1 && len(s) > 2 && s[1]&^rest == 0x80 && s[2]&^rest == 0x80:
		r := 0x1000 | rune(s[1]&rest)<<6 | rune(s[2]&rest)
		return r, 3, glyphs[r].class
	}
	return decodeOther(s)
}

// decodeOther is decode for anything else.
func decodeOther(s string) (rune, int, class) {
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r == utf8.RuneError:
		return r, size, other
	case int(r) < len(glyphs):
		return r, size, glyphs[r].class
	}
	return r, size, classOf(r)
}

// glyphOf is what is known of a rune; the zero glyph beyond the table.
func glyphOf(r rune) glyph {
	if r >= 0 && int(r) < len(glyphs) {
		return glyphs[r]
	}
	return glyph{}
}

// withTone puts a tone on a toneless vowel; any other rune is returned as it is.
func withTone(base rune, t tone) rune {
	for _, row := range tonedVowels {
		if row[0] == base {
			return row[t]
		}
	}
	return base
}

var tonedVowels = func() (rows [len(vowelRows)][6]rune) {
	for i, row := range vowelRows {
		copy(rows[i][:], []rune(row))
	}
	return rows
}()
