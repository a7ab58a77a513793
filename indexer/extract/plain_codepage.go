package extract

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"vankien/analyzers"
)

// codePageSample is how much of a file is read to tell its encoding.
const codePageSample = 64 << 10

// What a text of eight bits has to look like to be taken for Vietnamese: words
// with accents, and the share of them that are valid syllables.
const (
	codePageWords = 3
	codePageShare = 0.8
)

// decodeCodePage reads Vietnamese of eight bits: Windows-1258, or Windows-1252
// with the letters of a legacy encoding, which newPage decodes. ok is false
// where neither makes Vietnamese of it.
func decodeCodePage(raw []byte) (text string, ok bool) {
	sample := raw
	if len(sample) > codePageSample {
		sample = sample[:codePageSample]
		if i := bytes.LastIndexByte(sample, '\n'); i > 0 {
			sample = sample[:i]
		}
	}
	var found encoding.Encoding
	best := codePageShare
	for _, page := range []*charmap.Charmap{charmap.Windows1258, charmap.Windows1252} {
		if share := vietnameseShare(decodeBytes(page, sample)); share > best {
			best, found = share, page
		}
	}
	if found == nil {
		return "", false
	}
	return decodeBytes(found, raw), true
}

// decodeBytes cannot fail: a code page of eight bits has a character, at worst
// U+FFFD, for each byte.
func decodeBytes(page encoding.Encoding, raw []byte) string {
	text, _ := page.NewDecoder().Bytes(raw)
	return string(text)
}

// vietnameseShare is the share of valid syllables among the words of a text
// that are not all ASCII; 0 where they are too few to tell.
func vietnameseShare(text string) float64 {
	text, _ = analyzers.DecodeLegacy(text)
	accented, valid := 0, 0
	word := func(s string) {
		if len(s) == utf8.RuneCountInString(s) {
			return
		}
		accented++
		if analyzers.ValidSyllable(s) {
			valid++
		}
	}
	text = norm.NFC.String(text)
	start := -1
	for i, r := range text {
		switch inWord := unicode.IsLetter(r) || unicode.IsMark(r); {
		case inWord && start < 0:
			start = i
		case !inWord && start >= 0:
			word(text[start:i])
			start = -1
		}
	}
	if start >= 0 {
		word(text[start:])
	}
	if accented < codePageWords {
		return 0
	}
	return float64(valid) / float64(accented)
}

// isUnicodeText tells a text of Latin letters, punctuation and blanks, nearly:
// what bytes read in the wrong order are not.
func isUnicodeText(text string) bool {
	latin, all := 0, 0
	for _, r := range text {
		all++
		switch {
		case r == '\n', r == '\r', r == '\t', r == '\f', r >= ' ' && r < 0x250 && !unicode.IsControl(r),
			r >= 0x300 && r < 0x370, r >= 0x1E00 && r < 0x1F00, r >= 0x2000 && r < 0x2070:
			latin++
		case r == 0, r == utf8.RuneError:
			return false
		}
	}
	return all > 0 && float64(latin) >= 0.95*float64(all)
}
