package suggest

import (
	"strings"

	"vankien/analyzers"
)

// The limits of what is read of a typed text.
const (
	maxTyped      = 16   // words
	maxTypedBytes = 1024 // bytes
)

// typedWord is a word of what was typed, as terms of the vocabulary.
type typedWord struct {
	start, end  int      // bytes of what was typed
	spellings   []string // as typed, and as decoded from Telex or VNI
	any         []span   // terms that begin so: documents must have one of them
	whole       []span   // terms that are the word itself
	serial      span     // the serials that begin so, part of any
	wholeSerial []span   // the serials that are this one
	digits      bool
}

// typedText is what was typed.
type typedText struct {
	words  []typedWord
	marked bool // it has accents: then these count
	open   bool // the last word may go on
}

// read finds the terms that the typed words mean.
func (v *vocabulary) read(typed string) typedText {
	typed = typed[:min(len(typed), maxTypedBytes)]
	tokens := analyzers.Tokenize(typed)
	text := typedText{open: len(tokens) > 0 && tokens[len(tokens)-1].End == len(typed)}
	marked, _ := analyzers.Accents(tokens)
	text.marked = marked > 0
	for _, token := range tokens {
		decoded, isWord := v.decode(token.Term)
		for first, rest := token.Term, ""; first != ""; first = rest {
			if rest = ""; !isWord {
				first, rest = splitDigits(first)
			}
			if len(text.words) == maxTyped {
				text.open = false
				return text
			}
			word := v.readWord(first, decoded)
			word.start, word.end = token.Start, token.End
			text.words = append(text.words, word)
		}
	}
	return text
}

// decode reads the residue of Telex and VNI; isWord where a term with digits
// is a syllable that VNI left and titles have, not a number.
func (v *vocabulary) decode(term string) (decoded string, isWord bool) {
	decoded, ok := analyzers.TelexDecode(term)
	if !ok {
		return "", false
	}
	return decoded, !isDigit(term[0]) && !v.prefix(analyzers.Fold(decoded)).empty()
}

func (v *vocabulary) readWord(term, decoded string) typedWord {
	folded := analyzers.Fold(term)
	word := typedWord{spellings: []string{term}, digits: isDigit(term[0])}
	word.mean(v, folded)
	switch {
	case decoded != "":
		word.spellings = append(word.spellings, decoded)
		word.mean(v, analyzers.Fold(decoded))
	case len(word.any) == 0:
		if begun := withoutTelex(folded); begun != folded {
			word.mean(v, begun)
		}
	}
	if word.digits {
		word.serial = v.prefix(serialMark + term)
		word.any = appendSpan(word.any, word.serial)
		word.wholeSerial = appendSpan(nil, v.whole(serialMark+term))
		if short := withoutZeros(term); short != term { // 06 is 6, but does not begin 65
			word.any = appendSpan(word.any, v.whole(serialMark+short))
			word.wholeSerial = appendSpan(word.wholeSerial, v.whole(serialMark+short))
		}
	}
	return word
}

func (w *typedWord) mean(v *vocabulary, folded string) {
	w.any = appendSpan(w.any, v.prefix(folded))
	w.whole = appendSpan(w.whole, v.whole(folded))
}

func appendSpan(spans []span, r span) []span {
	if r.empty() {
		return spans
	}
	return append(spans, r)
}

// withoutTelex takes the keys of Telex out of a word that is no syllable yet
// ("nguyee", "quyeet"), so that suggestions do not stop while it is typed.
func withoutTelex(folded string) string {
	bare := strings.NewReplacer("aa", "a", "ee", "e", "oo", "o", "dd", "d", "w", "").Replace(folded)
	if len(bare) > 1 && strings.ContainsRune("sfrxj", rune(bare[len(bare)-1])) && strings.ContainsAny(bare[:len(bare)-1], "aeiouy") {
		bare = bare[:len(bare)-1]
	}
	if bare == "" {
		return folded
	}
	return bare
}

// size is how many items have the word, at most.
func (w *typedWord) size(v *vocabulary) int32 {
	n := int32(0)
	for _, r := range w.any {
		n += v.size(r)
	}
	return n
}

func inAny(spans []span, term int32) bool {
	for _, r := range spans {
		if r.has(term) {
			return true
		}
	}
	return false
}

// spelled tells whether a term begins as typed, accents and all.
func (w *typedWord) spelled(term string) bool {
	for _, spelling := range w.spellings {
		if strings.HasPrefix(term, spelling) {
			return true
		}
	}
	return false
}
