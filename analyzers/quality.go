package analyzers

import (
	"strings"
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
// scores 0, one of numbers alone 1. A text in another language is no bad
// Vietnamese: it scores by what could be words, and has a problem that says so.
//
// It tells a good reading from a rotten one, page by page; on fewer than some
// twenty words it is a guess.
func Judge(text string) Quality {
	s := read(text, false)
	e := evidence{stream: s}
	for i := range s.words {
		e.weigh(i)
	}
	e.broken = brokenCharacters(text) + eatenLetters(text)
	return e.quality()
}

// evidence counts what speaks for and against a text.
type evidence struct {
	*stream
	valid     int // valid syllables
	toneless  int // unaccented letters that need a tone to be a syllable: viet
	foreign   int // words of other languages: neutral, unless the whole text has no accents
	tongue    int // common words of another language, valid syllables (in, an) among them
	telling   int // of those: no syllables
	script    int // words of another script, as such, not for its look
	neutral   int // abbreviations, list letters, and words of another script
	invalid   int // anything else alphabetic
	glued     int // of the invalid: made of several syllables
	fragments int // of the invalid: consonants alone
	joinable  int // of the fragments: one with a neighbour they are a syllable
	alike     int // of the invalid: look-alike letters
	basic     int // words whose marks are all in Latin-1 (à, ê, õ …)
	extended  int // words with another Vietnamese letter (ă, đ, ơ, ế …)
	odd       int // words with a Latin-1 letter that Vietnamese does not have (ß, ö, þ)
	wrong     int // words with another Latin letter that it does not have (ƣ, ĕ)
	spoken    int // of the invalid: could be words of another language that writes accents
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
	if form.ascii && commonElsewhere[string(term)] {
		e.tongue++
		if !foldedSyllables()[string(term)] {
			e.telling++
		}
	}
	switch {
	case form.mixed && !form.alike: // a rifle's name, a unit of measure; or a broken font
		e.invalid++
	case form.mixed, form.alien && form.alike && form.letters > 1:
		e.invalid++
		e.alike++
	case form.alien:
		e.neutral++
		e.script++
	case validCanonical(string(term)):
		e.valid++
	case !form.vowels && (form.letters == 1 || onsets[string(term)]):
		e.fragment(i, form)
	case form.capitals && form.letters <= 8 && !form.toned:
		e.neutral++ // UBND, BTGDVTW: an abbreviation, or a Roman numeral
	case form.ascii && PlausibleFolded(string(term)):
		e.toneless++
	case form.hump && form.letters <= 5 && unicode.IsUpper(rune(raw[0])):
		e.neutral++ // TTg, QĐi, ThS
	case form.ascii && form.vowels && form.letters <= 20:
		e.foreign++
	default:
		e.compound([]rune(string(term)), form)
	}
}

// compound weighs a word that is no syllable. Several syllables in one are
// words run together, if one of them has a tone that only a Vietnamese word
// has; else it is a foreign word spelled the Vietnamese way (kilôgam, axít),
// whose tones are sắc.
func (e *evidence) compound(letters []rune, form shape) {
	if !isGlued(letters) {
		e.invalid++
		if form.vowels && !form.hump {
			e.spoken++
		}
		return
	}
	for _, r := range letters {
		if t := glyphOf(r).tone; t != level && t != sac {
			e.invalid++
			e.glued++
			return
		}
	}
	e.foreign++
}

// countMarks tells words marked with Latin-1 letters only from the others.
func (e *evidence) countMarks(term []byte) {
	marked := false
	for _, r := range string(term) {
		if r > 0x7f && r <= 0xff && glyphs[r].class == foreign {
			e.odd++
			return
		}
		if r > 0xff && glyphOf(r).class != letter {
			if unicode.Is(unicode.Latin, r) {
				e.wrong++
			}
			return
		}
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

// fragment weighs consonants that stand alone: a list letter, an initial, a
// unit, an abbreviation, or the rest of a syllable. They are a rest only
// between blanks (not "c)", "T/M", "24-KH/TW"), in small letters not behind a
// number or a word that names list items ("15 m", "điểm b và c"), in capitals
// only beside another word in capitals (not "Bên B").
func (e *evidence) fragment(i int, form shape) {
	w := e.words[i]
	named := false
	if form.capitals {
		named = !e.capitals(i-1) && !e.capitals(i+1)
	} else if i > 0 {
		before := e.term(i - 1)
		named = itemNames[before] || len(before) == 1 || before[0] >= '0' && before[0] <= '9'
	}
	if named || !blankBefore(e.text, w.start) || !blankAfter(e.text, w.end) {
		e.neutral++
		return
	}
	e.invalid++
	e.fragments++
	term := e.term(i)
	if i > 0 && e.pairedWithNext(i-1) && validCanonical(Canonical(e.term(i-1)+term)) ||
		e.pairedWithNext(i) && validCanonical(Canonical(term+e.term(i+1))) {
		e.joinable++
	}
}

// itemNames are the words behind which a single letter names an item.
var itemNames = setOf("điểm khoản mục phần bảng mẫu nhóm loại hạng khối lớp lục và hoặc hay đến từ các")

// commonElsewhere are the words by which a page of English, French, Spanish or
// German is known. Several are Vietnamese syllables too, but not a sixth of a
// text.
var commonElsewhere = setOf("the of and to in is for that with on as by are this from be or it an at not was a " +
	"de la le les des du et en est une un pour dans par que qui sur au aux sont avec cette " +
	"el los las del por con para se su der die das und den von ist mit zu dem ein eine")

func (e *evidence) term(i int) string { return string(e.arena[e.words[i].from:e.words[i].to]) }

// capitals tells whether there is a word i, of two or more letters, in capitals.
func (e *evidence) capitals(i int) bool {
	if i < 0 || i >= len(e.words) {
		return false
	}
	form := shapeOf(e.text[e.words[i].start:e.words[i].end])
	return form.capitals && form.letters > 1
}

func blankBefore(text string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return i == 0 || unicode.IsSpace(r)
}

func blankAfter(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return i == len(text) || unicode.IsSpace(r)
}

// isGlued tells whether a word is two or more valid syllables written
// together, each of at least two letters but the first (a-xít, ô-tô).
func isGlued(letters []rune) bool {
	if len(letters) > maxTokenLetters {
		return false
	}
	reached := make([]bool, len(letters)+1)
	reached[0] = true
	for end := 1; end <= len(letters); end++ {
		for size := 1; size <= maxSyllable-1 && size <= end; size++ {
			if (size > 1 || end == 1) && reached[end-size] && validCanonical(Canonical(string(letters[end-size:end]))) {
				reached[end] = true
				break
			}
		}
	}
	return reached[len(letters)]
}

// eatenLetters counts the question marks that stand for letters: those with a
// letter right behind them, but for the ones in addresses.
func eatenLetters(text string) int {
	count := 0
	for i := strings.IndexByte(text, '?'); i >= 0; {
		next, _ := utf8.DecodeRuneInString(text[i+1:])
		start := strings.LastIndexAny(text[:i], " \t\n") + 1
		if unicode.IsLetter(next) && !strings.ContainsAny(text[start:i], "/=@") {
			count++
		}
		step := strings.IndexByte(text[i+1:], '?')
		if step < 0 {
			break
		}
		i += 1 + step
	}
	return count
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
