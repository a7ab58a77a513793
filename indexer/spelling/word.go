package spelling

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"vankien/analyzers"
)

// word is a word that was typed.
type word struct {
	analyzers.Token
	raw     string // as typed
	fold    string
	decoded string // what Telex or VNI left, read; "" where it is none
	id      int32
	marks
	marked bool // it has accents
	valid  bool // it is a syllable by its shape
	fixed  bool // not to be touched: a number, a symbol, a foreign word
	named  bool // it begins with a capital, and nothing before it says why
	cut    bool // it stood together with the word before or behind it, without a space
	begins bool // nothing stands before it that it could be a pair with
}

// read splits what was typed into words, those that were written together too.
func (v *Vocabulary) read(typed string) (words []word, marked bool) {
	last := 0
	for _, token := range analyzers.Tokenize(typed) {
		begins := len(words) == 0 || token.Position != last+1
		last = token.Position
		w := v.word(typed, token, begins)
		marked = marked || w.marked && (w.valid || w.tone != 0 || strings.Trim(w.hats, "đ") != "") // QĐ says nothing of how the rest was typed
		if first, second, ok := v.split(typed, w); ok {
			words = append(words, first, second)
			continue
		}
		words = append(words, w)
	}
	return words, marked
}

func (v *Vocabulary) word(typed string, token analyzers.Token, begins bool) word {
	w := word{Token: token, raw: typed[token.Start:token.End], fold: analyzers.Fold(token.Term), id: v.id(token.Term), begins: begins}
	w.marked = w.fold != token.Term
	w.marks = marksOf(token.Term)
	w.valid = analyzers.ValidSyllable(token.Term)
	if decoded, ok := analyzers.TelexDecode(token.Term); ok && strings.ToLower(w.raw) == w.raw && v.id(decoded) != none {
		w.decoded = decoded
	}
	w.fixed = v.fixed(&w)
	first, _ := utf8.DecodeRuneInString(w.raw)
	w.named = !begins && unicode.IsUpper(first) && strings.ToUpper(w.raw) != w.raw
	return w
}

// glued is how many passages must have a pair that was written without its space.
const glued = 5

// gluedIn is glued for a small library.
const gluedIn = 2

// least is how many passages have to have a pair for it to belong together.
func (v *Vocabulary) least() float32 {
	return float32(math.Round(glued - (glued-gluedIn)*v.small))
}

// split cuts "nghịquyết" into the two words that the library often has side by
// side.
func (v *Vocabulary) split(typed string, w word) (first, second word, ok bool) {
	if w.valid || w.id != none || w.fixed || !w.marked {
		return word{}, word{}, false
	}
	most := v.least() - 1
	for at := range w.raw {
		a, b := v.id(analyzers.Canonical(w.raw[:at])), v.id(analyzers.Canonical(w.raw[at:]))
		if n := v.together(a, b); n > most {
			most, ok = n, true
			left, right := w.Token, w.Token
			left.End, right.Start = w.Start+at, w.Start+at
			left.Term, right.Term = v.terms[a], v.terms[b]
			first, second = v.word(typed, left, w.begins), v.word(typed, right, false)
			first.cut, second.cut = true, true
		}
	}
	return first, second, ok
}

// fixed tells what is never corrected: anything that is not a word of plain or
// Vietnamese letters, abbreviations in capitals, and long or foreign words.
// What is left of Telex and VNI may be read.
func (v *Vocabulary) fixed(w *word) bool {
	if w.decoded != "" {
		return false
	}
	if len(w.fold) > 2*maxSyllable {
		return true
	}
	for i := range len(w.fold) {
		if c := w.fold[i]; c < 'a' || c > 'z' {
			return true
		}
	}
	capitals := 0
	for _, r := range w.raw {
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	abbreviated := capitals > 1 && !w.marked && !analyzers.PlausibleFolded(w.fold)
	foreign := !w.marked && strings.ContainsAny(w.fold, "fjwz")
	return abbreviated || foreign
}

// inCase writes a term in the case of what it stands for.
func inCase(term, raw string) string {
	letters, capitals, first := 0, 0, false
	for _, r := range norm.NFC.String(raw) {
		if unicode.IsLetter(r) {
			if unicode.IsUpper(r) {
				capitals++
				first = first || letters == 0
			}
			letters++
		}
	}
	switch {
	case capitals > 1 && capitals == letters:
		return strings.ToUpper(term)
	case first:
		r, size := utf8.DecodeRuneInString(term)
		return string(unicode.ToUpper(r)) + term[size:]
	}
	return term
}

// marks are the accents of a word: its tone as a combining mark (0 for none)
// and the letters that are not plain without it, in order ("ươ", "đ").
type marks struct {
	tone rune
	hats string
}

func marksOf(term string) marks {
	var m marks
	toneless := strings.Map(func(r rune) rune {
		switch r {
		case '\u0300', '\u0301', '\u0303', '\u0309', '\u0323':
			m.tone = r
			return -1
		}
		return r
	}, norm.NFD.String(term))
	m.hats = strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf {
			return -1
		}
		return r
	}, norm.NFC.String(toneless))
	return m
}

// differences counts what differs in the marks of two words: the tone, the hats.
func (m marks) differences(other marks) float64 {
	n := 0.0
	if m.tone != other.tone {
		n++
	}
	if m.hats != other.hats {
		n++
	}
	return n
}
