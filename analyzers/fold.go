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
			return string(foldTail([]byte(canonical), i))
		}
	}
	return canonical
}

// foldTail folds word[from:] in place: a folded letter of composed text is
// never longer than it was.
func foldTail(word []byte, from int) []byte {
	to := from
	for i := from; i < len(word); {
		if word[i] < utf8.RuneSelf {
			word[to] = word[i]
			i++
			to++
			continue
		}
		r, size := utf8.DecodeRune(word[i:])
		if g := glyphOf(r); g.class == letter {
			word[to] = g.fold
			to++
		} else {
			to += copy(word[to:i+size], stripMarks(r))
		}
		i += size
	}
	return word[:to]
}

// stripMarks folds a letter that is not Vietnamese; of a mark nothing is left.
func stripMarks(r rune) string {
	if r < '\u00c0' {
		return string(r)
	}
	bare := strings.Map(func(r rune) rune {
		if r >= '\u0300' && r <= '\u036f' {
			return -1
		}
		return r
	}, norm.NFD.String(string(r)))
	return norm.NFC.String(bare)
}

// FoldText is a whole text composed, in lower case, without marks, every run
// of white space one space and none at the ends. Punctuation stays: it is for
// comparing and for patterns, not for terms.
func FoldText(s string) string {
	var out strings.Builder
	out.Grow(len(s))
	var word []byte
	for field := range strings.FieldsSeq(s) {
		if word = foldField(word[:0], field); len(word) == 0 {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		out.Write(word)
	}
	return out.String()
}

// foldField appends a piece of text without white space, folded, to dst.
// Composed Vietnamese, which is nearly everything, needs no normalizing.
func foldField(dst []byte, field string) []byte {
	from := len(dst)
	for _, r := range field {
		switch {
		case r >= utf8.RuneSelf && glyphOf(r).class != letter:
			return append(dst[:from], Fold(normalize(field))...)
		case r >= utf8.RuneSelf:
			dst = append(dst, glyphOf(r).fold)
		case 'A' <= r && r <= 'Z':
			dst = append(dst, byte(r)|0x20)
		default:
			dst = append(dst, byte(r))
		}
	}
	return dst
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
