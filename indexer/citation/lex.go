package citation

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"vankien/analyzers"
)

type tokenKind uint8

const (
	word tokenKind = iota // letters
	number
	sign // any single other character
)

// token is a stretch of the text. gap and line say what stands before it.
type token struct {
	start, end int
	kind       tokenKind
	sign       byte // '-', '/', … of a sign, 0 for one the grammar does not know
	gap, line  bool // white space, a line break
}

type parser struct {
	text   string
	tokens []token
	folds  []string // of the tokens, "" where not asked for yet
	far    bool     // read what stands farther from a number
	typed  bool     // a query, not prose
}

// lex splits text into words, runs of digits and signs. Dashes and slashes of
// every kind become one; marks that show nothing are passed over.
func lex(text string) *parser {
	p := &parser{text: text}
	gap, line := false, false
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) {
			gap, line = true, line || r == '\n'
			i += size
			continue
		}
		if invisible(r) {
			i += size
			continue
		}
		t := token{start: i, end: i + size, gap: gap, line: line}
		switch {
		case isDigit(r):
			t.kind, t.end = number, span(text, i, isDigit)
		case unicode.IsLetter(r):
			t.kind, t.end = word, span(text, i, isLetter)
		default:
			t.kind, t.sign = sign, plain(r)
		}
		p.add(t)
		gap, line, i = false, false, t.end
	}
	p.folds = make([]string, len(p.tokens))
	return p
}

// glued are the words that lose the space before them where columns and lines
// are joined ("47-QĐ/TWngày").
var glued = []string{"ngày", "của", "về", "năm", "khóa", "khoá"}

func (p *parser) add(t token) {
	if t.kind == word {
		for _, w := range glued {
			head, ok := strings.CutSuffix(p.text[t.start:t.end], w)
			if last, _ := utf8.DecodeLastRuneInString(head); ok && unicode.IsUpper(last) {
				at := t.start + len(head)
				p.tokens = append(p.tokens, token{start: t.start, end: at, kind: word, gap: t.gap, line: t.line},
					token{start: at, end: t.end, kind: word})
				return
			}
		}
	}
	p.tokens = append(p.tokens, t)
}

func span(text string, from int, in func(rune) bool) int {
	for i, r := range text[from:] {
		if !in(r) {
			return from + i
		}
	}
	return len(text)
}

func isDigit(r rune) bool  { return r >= '0' && r <= '9' }
func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) }

// invisible are soft hyphen, zero-width characters and the byte order mark.
func invisible(r rune) bool {
	return r == '\u00ad' || r >= '\u200b' && r <= '\u200d' || r == '\ufeff'
}

func plain(r rune) byte {
	switch r {
	case '-', '‐', '‑', '‒', '–', '—', '−':
		return '-'
	case '/', '⁄', '∕', '_': // an underscore stands for the slash in file names
		return '/'
	}
	if r < utf8.RuneSelf {
		return byte(r)
	}
	return 0
}

// raw is the token's text, folded its folded lower-case form. Beyond the end
// both are "".
func (p *parser) raw(i int) string {
	if i < 0 || i >= len(p.tokens) {
		return ""
	}
	return p.text[p.tokens[i].start:p.tokens[i].end]
}

func (p *parser) folded(i int) string {
	if i < 0 || i >= len(p.tokens) {
		return ""
	}
	if p.folds[i] == "" {
		p.folds[i] = fold(p.raw(i))
	}
	return p.folds[i]
}

// spelled is folded with what a Telex or VNI keyboard left behind read as the
// word that was meant: nghij is nghi, soos is so.
func (p *parser) spelled(i int) string {
	if raw := p.raw(i); p.is(i, word) && len(raw) <= maxTelex {
		if decoded, ok := analyzers.TelexDecode(raw); ok {
			return analyzers.Fold(decoded)
		}
	}
	return p.folded(i)
}

// maxTelex is the most bytes that a syllable typed in Telex has: "nghieengx".
const maxTelex = 12

// words tells whether the tokens from i on are these folded words, and which
// token follows them.
func (p *parser) words(i int, phrase string) (next int, ok bool) {
	for w := range strings.FieldsSeq(phrase) {
		if p.folded(i) != w {
			return 0, false
		}
		i++
	}
	return i, true
}

func (p *parser) is(i int, k tokenKind) bool {
	return i >= 0 && i < len(p.tokens) && p.tokens[i].kind == k
}

func (p *parser) isSign(i int, s byte) bool { return p.is(i, sign) && p.tokens[i].sign == s }

// touches tells whether token i follows the one before it without a space.
func (p *parser) touches(i int) bool {
	return i > 0 && i < len(p.tokens) && !p.tokens[i].gap
}

// stroke are the letters that look like Đ and are none; half of all Word files
// of the nineties have them.
var stroke = strings.NewReplacer("Ð", "Đ", "Ɖ", "Đ", "ð", "đ", "ɖ", "đ")

func nfc(s string) string { return stroke.Replace(norm.NFC.String(s)) }

// fold is s in lower case without marks, đ as d.
func fold(s string) string { return analyzers.FoldText(s) }
