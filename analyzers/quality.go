package analyzers

import (
	"unicode"
	"unicode/utf8"
)

// Quality is how good a text is as Vietnamese.
type Quality struct {
	Tokens    int       // all tokens
	Syllables int       // alphabetic tokens that were judged
	Valid     int       // those of them that are valid syllables
	Score     float64   // 0–1
	Problems  []Problem // nil where there are none
}

// Judge measures a text: the share of valid syllables among its alphabetic
// tokens, less for what looks broken. Nothing counts against a text that real
// documents have: abbreviations in capitals, Roman numerals, list letters,
// foreign words, numbers, a symbol font's bullets. A text without any word
// scores 0, one of numbers alone 1.
//
// It tells a good reading from a rotten one, page by page; on fewer than some
// twenty words it is a guess.
func Judge(text string) Quality {
	s := read(text, false)
	e := evidence{stream: s}
	for i := range s.words {
		e.weigh(i)
	}
	e.broken = brokenCharacters(text)
	return e.quality()
}

// evidence counts what speaks for and against a text.
type evidence struct {
	*stream
	valid     int // valid syllables
	toneless  int // unaccented letters that need a tone to be a syllable: viet
	foreign   int // words of other languages, abbreviations: neutral
	invalid   int // anything else alphabetic
	glued     int // of the invalid: made of several syllables
	fragments int // of the invalid: consonants alone
	joinable  int // of the fragments: one with a neighbour they are a syllable
	alike     int // of the invalid: look-alike letters
	basic     int // words whose marks are all in Latin-1 (à, ê, õ …)
	extended  int // words with another Vietnamese letter (ă, đ, ơ, ế …)
	broken    int // characters that no reader can read
}

// weigh sorts word i.
func (e *evidence) weigh(i int) {
	w := e.words[i]
	term, raw := e.arena[w.from:w.to], e.text[w.start:w.end]
	form := shapeOf(raw)
	if form.digits {
		return
	}
	e.countMarks(term)
	switch {
	case form.mixed, form.alien && form.alike && form.letters > 1:
		e.invalid++
		e.alike++
	case form.alien:
		e.foreign++
	case validCanonical(string(term)):
		e.valid++
	case !form.vowels && (form.letters == 1 || onsets[string(term)]):
		e.fragment(i)
	case form.capitals && form.letters <= 8:
		e.foreign++ // UBND, BTGDVTW: an abbreviation, or a Roman numeral
	case form.ascii && PlausibleFolded(string(term)):
		e.toneless++
	case form.ascii && form.vowels && form.letters <= 20:
		e.foreign++
	case form.hump && form.letters <= 6:
		e.foreign++ // TTg, QĐi, ThS
	default:
		e.invalid++
		if isGlued([]rune(string(term))) {
			e.glued++
		}
	}
}

// countMarks tells words marked with Latin-1 letters only from the others.
func (e *evidence) countMarks(term []byte) {
	marked := false
	for _, r := range string(term) {
		if r > 0xff {
			e.extended++
			return
		}
		marked = marked || r >= utf8.RuneSelf
	}
	if marked {
		e.basic++
	}
}

// fragment weighs consonants that stand alone. Beside a full stop, bracket,
// slash, dash or number they are a list letter, initial or abbreviation
// ("c)", "T/M", "24-KH/TW"); between blanks they are the rest of a syllable.
func (e *evidence) fragment(i int) {
	w := e.words[i]
	if !blankAt(e.text, w.start, -1) || !blankAt(e.text, w.end, 1) {
		e.foreign++
		return
	}
	e.invalid++
	e.fragments++
	term := string(e.arena[w.from:w.to])
	if i > 0 && e.pairedWithNext(i-1) && validCanonical(Canonical(e.term(i-1)+term)) ||
		e.pairedWithNext(i) && validCanonical(Canonical(term+e.term(i+1))) {
		e.joinable++
	}
}

func (e *evidence) term(i int) string { return string(e.arena[e.words[i].from:e.words[i].to]) }

// blankAt tells whether a blank, a line end or the text's end is at i (step 1)
// or before i (step −1).
func blankAt(text string, i, step int) bool {
	if step < 0 {
		if i == 0 {
			return true
		}
		r, _ := utf8.DecodeLastRuneInString(text[:i])
		return unicode.IsSpace(r) || unicode.IsLetter(r)
	}
	if i == len(text) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsSpace(r) || unicode.IsLetter(r)
}

// shape is what a word looks like before it is made canonical.
type shape struct {
	letters                       int
	digits, vowels, ascii         bool
	capitals                      bool // all letters are capitals
	hump                          bool // a capital behind the first letter
	alien, mixed, alike, anyLatin bool // letters of other scripts: only, beside Latin, all of them look-alikes
}

func shapeOf(raw string) shape {
	f := shape{ascii: true, capitals: true, alike: true}
	strange := false
	for _, r := range raw {
		switch {
		case unicode.IsDigit(r):
			f.digits = true
			continue
		case !unicode.IsLetter(r):
			continue
		}
		f.letters++
		f.ascii = f.ascii && r < utf8.RuneSelf
		f.capitals = f.capitals && unicode.IsUpper(r)
		f.hump = f.hump || f.letters > 1 && unicode.IsUpper(r)
		if g := glyphOf(r); g.class == letter || unicode.Is(unicode.Latin, r) {
			f.anyLatin = true
			f.vowels = f.vowels || g.vowel
			continue
		}
		strange = true
		f.alike = f.alike && latinFor(r) != 0
	}
	f.mixed = strange && f.anyLatin
	f.alien = strange && !f.anyLatin
	return f
}

// isGlued tells whether a word is two or more valid syllables, each of at
// least two letters, written together.
func isGlued(letters []rune) bool {
	if len(letters) > maxTokenLetters {
		return false
	}
	reached := make([]bool, len(letters)+1)
	reached[0] = true
	for end := 2; end <= len(letters); end++ {
		for size := 2; size <= maxSyllable-1 && size <= end; size++ {
			if reached[end-size] && validCanonical(Canonical(string(letters[end-size:end]))) {
				reached[end] = true
				break
			}
		}
	}
	return reached[len(letters)]
}

// brokenCharacters counts control and replacement characters, bytes that are
// no UTF-8, and private-use characters within words. At a line's beginning a
// private-use character is a bullet of a symbol font.
func brokenCharacters(text string) int {
	count := 0
	before := rune(' ')
	for i, r := range text {
		switch {
		case r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != '\v', r == '\u007f', r == utf8.RuneError,
			r >= '\u0080' && r <= '\u009f' && r != '\u0085':
			count++
		case unicode.Is(unicode.Co, r):
			next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
			if unicode.IsLetter(before) || unicode.IsLetter(next) {
				count++
			}
		}
		before = r
	}
	return count
}
