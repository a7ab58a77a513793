package analyzers

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// VIQR (RFC 1456) writes ^ ( + for circumflex, breve and horn, ' ` ? ~ . for
// the tones behind a vowel, dd for đ, and a backslash before a sign that is
// none of these. * for the horn was common, too.

// viqrHats are the vowels by what makes them of a plain one.
var viqrHats = map[[2]byte]rune{
	{'a', '^'}: 'â', {'e', '^'}: 'ê', {'o', '^'}: 'ô', {'a', '('}: 'ă',
	{'o', '+'}: 'ơ', {'u', '+'}: 'ư', {'o', '*'}: 'ơ', {'u', '*'}: 'ư',
}

const (
	viqrTones = "`?~'." // in the order of the tones from huyền on
	viqrMarks = "^(+*" + viqrTones
)

// viqrEvidence is how the words of a paragraph look in VIQR.
type viqrEvidence struct {
	words    int      // words, of two letters or more
	valid    int      // of them: valid syllables when decoded
	changed  int      // words that decoding changes
	strong   int      // words with a sign that no punctuation explains: within the word, a hat, dd
	good     int      // of those: valid syllables
	hats     int      // words with ^, ( or +
	distinct []string // different good ones, up to viqrWords
	foreign  bool     // a letter beyond ASCII
}

const (
	viqrWords = 4
	viqrShare = 0.3 // of the words have signs at least; two thirds do on average
)

// certain is reluctant: signs are punctuation nearly everywhere.
func (e viqrEvidence) certain() bool {
	return !e.foreign && e.mostlyGood() && 2*e.valid > e.words && e.hats > 0 &&
		(len(e.distinct) == viqrWords || len(e.distinct) > 1 && e.good > viqrWords) && float64(e.strong) >= viqrShare*float64(e.words)
}

// possible tells whether VIQR makes Vietnamese of every word, nearly.
func (e viqrEvidence) possible() bool {
	return !e.foreign && e.changed > 0 && float64(e.valid) > afterShare*float64(e.words) && e.mostlyGood()
}

func (e viqrEvidence) mostlyGood() bool { return float64(e.good) >= 0.9*float64(e.strong) }

func readVIQR(paragraph string) viqrEvidence {
	var e viqrEvidence
	for field := range strings.FieldsSeq(paragraph) {
		if strings.Contains(field, "://") || strings.ContainsAny(field, "@=<>{}[]_#$%&|") {
			continue
		}
		for _, piece := range viqrPieces(field) {
			e.weigh(piece)
		}
	}
	for _, r := range paragraph {
		if code, ok := legacyCode(r); r >= utf8.RuneSelf && (!ok || code >= 0xC0) {
			e.foreign = true
			break
		}
	}
	return e
}

// viqrPieces are the words of a piece of text without blanks.
func viqrPieces(field string) []string {
	return strings.FieldsFunc(field, func(r rune) bool {
		return (r|0x20 < 'a' || r|0x20 > 'z') && !strings.ContainsRune(viqrMarks, r)
	})
}

func (e *viqrEvidence) weigh(piece string) {
	piece = strings.TrimLeft(piece, viqrMarks)
	letters := strings.IndexAny(piece, viqrMarks)
	if letters < 0 {
		letters = len(piece)
	}
	if len(piece) == 0 || letters == 1 && len(piece) == 1 || strings.ToUpper(piece[:letters]) == piece[:letters] && letters == len(piece) {
		return // a list letter, an abbreviation
	}
	e.words++
	word, good := viqrWord(piece)
	if good {
		e.valid++
	}
	if word != piece {
		e.changed++
	}
	hat, inside := viqrSigns(piece)
	if !hat && !inside {
		return
	}
	e.strong++
	if hat {
		e.hats++
	}
	if !good {
		return
	}
	e.good++
	for _, other := range e.distinct {
		if other == piece {
			return
		}
	}
	if len(e.distinct) < viqrWords {
		e.distinct = append(e.distinct, piece)
	}
}

// viqrSigns tells whether a word has a hat, and whether it has a tone before a
// letter or dd at its beginning.
func viqrSigns(word string) (hat, inside bool) {
	inside = len(word) > 2 && strings.EqualFold(word[:2], "dd")
	for i := 1; i < len(word); i++ {
		if !glyphs[word[i-1]&0x7f].vowel && !(i > 1 && strings.IndexByte("^(+*", word[i-1]) >= 0) {
			continue
		}
		switch {
		case viqrHats[[2]byte{word[i-1] | 0x20, word[i]}] != 0:
			hat = true
		case strings.IndexByte(viqrTones, word[i]) >= 0 && i+1 < len(word) && glyphs[word[i+1]&0x7f].class == letter:
			inside = true
		}
	}
	return hat, inside
}

// decodeVIQR decodes a text word by word; addresses of the web stay.
func decodeVIQR(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	for at := 0; at < len(text); {
		if c := text[at]; c|0x20 < 'a' || c|0x20 > 'z' {
			if c == '\\' && at+1 < len(text) && viqrEscaped(text[at+1]) {
				at++
			}
			out.WriteByte(text[at])
			at++
			continue
		}
		end := at
		for end < len(text) && viqrPart(text, end) {
			end++
		}
		word := text[at:end]
		if strings.HasPrefix(text[end:], "://") || strings.HasPrefix(text[end:], "@") {
			if end = at + strings.IndexAny(text[at:], " \t\n"); end < at {
				end = len(text)
			}
			word = text[at:end]
		} else {
			word, _ = viqrWord(word)
		}
		out.WriteString(word)
		at = end
	}
	return out.String()
}

// viqrEscaped are the characters that a backslash takes their meaning from.
func viqrEscaped(c byte) bool {
	return strings.IndexByte(viqrMarks, c) >= 0 || c|0x20 == 'd' || c == '\\'
}

// viqrPart tells whether the byte at i may be part of a word.
func viqrPart(text string, i int) bool {
	c := text[i]
	return 'a' <= c|0x20 && c|0x20 <= 'z' || strings.IndexByte(viqrMarks, c) >= 0
}

// viqrWord decodes a word; good tells a valid syllable. Signs behind it that do
// not make one are punctuation; a word that is none either way is decoded only
// for what no other language writes: hats, loanwords, and dd in capitals (QĐ, QĐi).
func viqrWord(word string) (decoded string, good bool) {
	tail := len(strings.TrimRight(word, viqrMarks))
	for end := min(tail+2, len(word)); end >= tail; end-- { // a hat and a tone
		if decoded = viqrLetters(word[:end]); ValidSyllable(decoded) {
			return decoded + word[end:], true
		}
	}
	hat, inside := viqrSigns(word)
	if decoded = viqrLetters(word); hat || inside && isGlued([]rune(Canonical(decoded))) || abbreviated(strings.TrimSuffix(decoded, "i")) || decoded == "đ" {
		return decoded, false
	}
	return word, false
}

// viqrLetters decodes each letter of a word with the signs behind it.
func viqrLetters(word string) string {
	out := make([]rune, 0, len(word))
	for i := 0; i < len(word); i++ {
		c := word[i]
		lower := c | 0x20
		switch {
		case lower == 'd' && i+1 < len(word) && word[i+1]|0x20 == 'd':
			i++
			out = append(out, inCase('đ', c))
			continue
		case c >= utf8.RuneSelf || !glyphs[c].vowel:
			out = append(out, rune(c))
			continue
		}
		vowel := rune(lower)
		if i+1 < len(word) {
			if hatted := viqrHats[[2]byte{lower, word[i+1]}]; hatted != 0 {
				vowel = hatted
				i++
			}
		}
		if i+1 < len(word) {
			if t := strings.IndexByte(viqrTones, word[i+1]); t >= 0 {
				vowel = withTone(vowel, tone(t+1))
				i++
			}
		}
		out = append(out, inCase(vowel, c))
	}
	return string(out)
}

// inCase is a letter in the case of the one that was typed for it.
func inCase(lower rune, typed byte) rune {
	if typed >= 'a' {
		return lower
	}
	return unicode.ToUpper(lower)
}
