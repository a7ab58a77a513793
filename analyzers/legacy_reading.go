package analyzers

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// reading is how the words of a paragraph look in an encoding of eight bits.
type reading struct {
	coded    int      // words with codes beyond ASCII
	before   int      // valid syllables of them as they stand
	after    int      // valid syllables of them when decoded
	torn     int      // of those that become valid: with a sign or a capital inside, as no language has
	unicode  int      // words with a letter that the encoding cannot have
	ascii    int      // words of ASCII letters, not all capitals
	native   int      // of those: valid syllables
	mended   int      // of the words: valid when decoded only
	improved []string // different ones of those, up to certainWords
}

// The shares that decide, as measured (see TestLegacyRoundTrip); fewer words than
// certainWords tell nothing by themselves.
const (
	beforeShare  = 0.5
	afterShare   = 0.8
	certainWords = 3
	tornWords    = 2
)

// certain tells whether the encoding explains the paragraph beyond doubt.
func (r reading) certain() bool {
	return r.likely() && (len(r.improved) >= certainWords || len(r.improved) > 1 && (r.mended > certainWords || r.torn >= tornWords))
}

// likely is certain without asking for enough words.
func (r reading) likely() bool {
	return r.coded > 0 && float64(r.before) < beforeShare*float64(r.coded) && r.possible()
}

// possible tells whether the encoding makes Vietnamese of the paragraph, be it
// Vietnamese already: "chính trò" is. A third of all words has to be Vietnamese
// then: a page about programs has as many English ones, one in French or Danish
// has hardly any.
func (r reading) possible() bool {
	return r.coded > 0 && float64(r.after) > afterShare*float64(r.coded) && 3*(r.after+r.native) >= r.coded+r.ascii
}

// perfect tells a reading that no other one can be right beside: so many words,
// all valid when decoded and hardly any before.
func (r reading) perfect() bool { return r.coded >= 8 && r.after == r.coded && 4*r.before <= r.coded }

// betterThan compares the shares of valid words of two readings of one
// paragraph.
func (r reading) betterThan(other reading) bool {
	return r.after*max(other.coded, 1) > other.after*max(r.coded, 1)
}

// plainUnicode tells a paragraph that is Vietnamese in Unicode for certain.
func (r reading) plainUnicode() bool {
	return r.unicode >= certainWords || r.coded >= certainWords && float64(r.before) > afterShare*float64(r.coded)
}

// span is a word of a paragraph and what it says for the encoding.
type span struct {
	start, end int
	kind       wordKind
}

type wordKind uint8

const (
	wordASCII   wordKind = iota
	wordUnicode          // has a letter that the encoding cannot have
	wordEither           // the encoding makes it no better
	wordLegacy           // valid when decoded only
)

// read looks at a paragraph as if it were in the encoding.
func (l Legacy) read(paragraph string) reading {
	if l == TCVN3 {
		paragraph = restoreHorns(paragraph)
	}
	var r reading
	var buffer [64]byte
	l.words(paragraph, func(word span) { r.weigh(l, paragraph[word.start:word.end], word.kind, buffer[:0]) })
	return r
}

// weigh counts a word; buffer is scratch space.
func (r *reading) weigh(l Legacy, raw string, kind wordKind, buffer []byte) {
	switch kind {
	case wordUnicode:
		r.unicode++
		return
	case wordASCII:
		if len(raw) > 1 && strings.ToUpper(raw) != raw {
			r.ascii++
			if ValidSyllable(raw) {
				r.native++
			}
		}
		return
	}
	before, after, neutral := l.judge(raw, buffer)
	if neutral {
		return
	}
	r.coded++
	if before {
		r.before++
	}
	if !after {
		return
	}
	r.after++
	if before {
		return
	}
	r.mended++
	if tornInside(raw) {
		r.torn++
	}
	for _, other := range r.improved {
		if other == raw {
			return
		}
	}
	if len(r.improved) < certainWords {
		r.improved = append(r.improved, raw)
	}
}

// judge tells whether a word with codes is a valid syllable as it stands and
// when decoded. An abbreviation (QĐ, NĐ) says nothing, nor does a
// loanword or a word that reads the same either way, as in VPS each third does.
func (l Legacy) judge(raw string, buffer []byte) (before, after, neutral bool) {
	if len(raw) > maxTokenLetters {
		return false, false, false
	}
	decoded, ok := l.decodeCodes(buffer, raw)
	word := string(decoded)
	after = ok && ValidSyllable(word)
	if ok && (word == raw || !after && (abbreviated(word) || loanword(word))) {
		return false, false, true
	}
	return validAsWritten(raw), after, false
}

// loanword tells a foreign word spelled the Vietnamese way, kilôgam: its tones
// are sắc.
func loanword(word string) bool {
	letters := []rune(Canonical(word))
	for _, r := range letters {
		if t := glyphOf(r).tone; t != level && t != sac {
			return false
		}
	}
	return isGlued(letters)
}

// abbreviated tells capitals without a tone or a hat but with Đ or Ư.
func abbreviated(word string) bool {
	if utf8.RuneCountInString(word) > 6 {
		return false
	}
	for _, r := range word {
		if (r < 'A' || r > 'Z') && r != 'Đ' && r != 'Ư' {
			return false
		}
	}
	return true
}

// validAsWritten tells whether a word is a syllable that somebody may have
// written so: letters of Vietnamese alone, no capital behind a small letter, which a
// code that shows as another letter leaves (quyÕt), no tone in a strange place.
func validAsWritten(raw string) bool {
	raw = strings.Trim(raw, "«»°")
	for _, r := range raw {
		if glyphOf(r).class != letter {
			return false
		}
	}
	if humped(raw) {
		return false
	}
	lower := strings.ToLower(raw)
	canonical := Canonical(lower)
	return validCanonical(canonical) && (canonical == lower || modernTone(lower))
}

// modernTone tells a tone on the second of two vowels at the end: hoà, khoẻ,
// thuỷ. Anywhere else that the classic rule does not put it (giaù), nobody does.
func modernTone(word string) bool {
	last, size := utf8.DecodeLastRuneInString(word)
	before, _ := utf8.DecodeLastRuneInString(word[:len(word)-size])
	switch glyphOf(last).fold {
	case 'a', 'e':
		return before == 'o'
	case 'y':
		return before == 'u'
	}
	return false
}

// humped tells a capital behind a small letter.
func humped(raw string) bool {
	small := false
	for _, r := range raw {
		if small && unicode.IsUpper(r) {
			return true
		}
		small = unicode.IsLower(r)
	}
	return false
}

// tornInside tells a word with a capital behind a small letter or a sign
// between letters: nghÞ, ®¹o. A soft hyphen there is common.
func tornInside(raw string) bool {
	if humped(raw) {
		return true
	}
	inner := strings.TrimFunc(raw, func(r rune) bool { return !unicode.IsLetter(r) })
	return strings.ContainsFunc(inner, func(r rune) bool { return r != '\u00ad' && !unicode.IsLetter(r) && !unicode.IsMark(r) })
}

// words calls visit for each word of a paragraph: a run of ASCII letters and
// codes that are letters in the encoding or in Unicode.
func (l Legacy) words(paragraph string, visit func(span)) {
	start, kind := -1, wordASCII
	for i, r := range paragraph {
		part, is := l.partOf(paragraph, i, r)
		if !is {
			if start >= 0 {
				visit(span{start, i, kind})
			}
			start, kind = -1, wordASCII
			continue
		}
		if start < 0 {
			start = i
		}
		switch {
		case part == wordUnicode:
			kind = wordUnicode
		case part == wordEither && kind == wordASCII:
			kind = wordEither
		}
	}
	if start >= 0 {
		visit(span{start, len(paragraph), kind})
	}
}

// partOf tells whether the character at i is part of a word and of what kind
// that is then.
func (l Legacy) partOf(paragraph string, i int, r rune) (wordKind, bool) {
	if r < utf8.RuneSelf {
		return wordASCII, 'a' <= r|0x20 && r|0x20 <= 'z'
	}
	if code, ok := legacyCode(r); ok && l.letter(code) && !(code < 0xA0 && sign(paragraph, i, code)) {
		return wordEither, true
	}
	if r == utf8.RuneError {
		return wordASCII, false
	}
	return wordUnicode, unicode.IsLetter(r) || unicode.IsMark(r)
}
