package analyzers

import "unicode/utf8"

// gap is what has been seen since the last word.
type gap struct {
	open      bool // phrases stop here
	lines     int  // line ends with nothing but blanks between them
	lineStart bool // only blanks since the line began
	dashed    bool // the last character was a dash
}

// separate takes note of a character at i that is in no word.
func (s *stream) separate(i int, r rune, kind class) {
	g := &s.gap
	dashed := g.dashed
	g.dashed = false
	switch kind {
	case mark, ignorable, blank:
		return
	case newline:
		g.lines++
		g.lineStart = true
		g.open = g.open || g.lines > 1
		return
	case joiner:
		g.open = g.open || g.lineStart && r == '+' // + is the bullet below -
	case dash:
		g.open = g.open || g.lineStart || dashed
		g.dashed = true
	case dot, comma:
		g.open = g.open || !s.inner(i, kind)
	default:
		g.open = true
	}
	g.lines, g.lineStart = 0, false
}

// inner tells whether the dot or comma at i stands inside a number (1.1,
// 1.000.000) or, a dot, behind an abbreviation that goes on (BCH.TW, B.I.1).
// A syllable before the dot is the end of a sentence whose space got lost
// ("quyết định.Ban Bí thư").
func (s *stream) inner(i int, kind class) bool {
	if len(s.words) == 0 || i+1 == len(s.text) {
		return false
	}
	last := s.words[len(s.words)-1]
	if last.end != i {
		return false
	}
	_, _, next := decode(s.text[i+1:])
	if before := glyphs[s.text[i-1]&0x7f].class; s.text[i-1] < utf8.RuneSelf && before == digit {
		return next == digit
	}
	if kind != dot || next != letter && next != digit {
		return false
	}
	raw := s.text[last.start:last.end]
	return len(raw) == 1 || !ValidSyllable(raw)
}
