package analyzers

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold takes the marks off a canonical word and writes d for đ. Four of five
// folded words stand for more than one accented one; pairs of them are what
// keeps folded search exact. Letters that no mark makes (ß, ø) stay. Fold is
// idempotent.
func Fold(canonical string) string {
	for i := range len(canonical) {
		if canonical[i] >= utf8.RuneSelf {
			return string(appendFold(make([]byte, 0, len(canonical)), canonical))
		}
	}
	return canonical
}

// appendFold appends the folded word. It never appends more bytes than the
// word has, so that a caller may fold in place.
func appendFold(dst []byte, canonical string) []byte {
	from := len(dst)
	for _, r := range canonical {
		g := glyphOf(r)
		if r >= utf8.RuneSelf && g.class != letter {
			return append(dst[:from], foldAny(canonical)...)
		}
		if r >= utf8.RuneSelf {
			r = rune(g.fold)
		}
		dst = append(dst, byte(r))
	}
	return dst
}

// foldAny folds what has other letters than Vietnamese ones.
func foldAny(s string) string {
	stripped := strings.Map(func(r rune) rune {
		switch {
		case r >= '\u0300' && r <= '\u036f':
			return -1
		case r == 'đ':
			return 'd'
		}
		return r
	}, norm.NFD.String(s))
	return norm.NFC.String(stripped)
}

// FoldText is a whole text composed, in lower case, without marks, every run
// of white space one space and none at the ends. Punctuation stays: it is for
// comparing and for patterns, not for terms.
func FoldText(s string) string {
	var out strings.Builder
	out.Grow(len(s))
	for field := range strings.FieldsSeq(s) {
		if !plain(field) {
			field = Fold(normalize(field))
		}
		if out.Len() > 0 && field != "" {
			out.WriteByte(' ')
		}
		out.WriteString(field)
	}
	return out.String()
}

// Slug is a label as a value for filters and addresses: "Nghị quyết" →
// "nghi-quyet". It has only a–z, 0–9 and single inner hyphens; "" where the
// label has no such letter.
func Slug(label string) string {
	var out strings.Builder
	for _, c := range []byte(FoldText(label)) {
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			out.WriteByte(c)
		case out.Len() > 0 && !strings.HasSuffix(out.String(), "-"):
			out.WriteByte('-')
		}
	}
	return strings.TrimSuffix(out.String(), "-")
}
