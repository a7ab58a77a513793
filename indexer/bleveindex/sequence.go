package bleveindex

import (
	"encoding/binary"
	"hash/maphash"
	"strings"
	"unicode/utf8"

	"vankien/analyzers"
)

// sequence are the words of a text in their order as a passage stores them:
// phrases are verified by it, and windows measured, without tokenizing the text
// again. A third of what a field with positions takes.
//
// A word is its canonical letters, a byte each, the last with lastLetter. One
// with other letters is otherWord, its length and its bytes. wordGap stands
// before a word that punctuation parts from the one before.
type sequence []byte

const (
	wordGap    = 0
	otherWord  = 1
	lastLetter = 0x80

	letters = "abcdefghijklmnopqrstuvwxyz0123456789đ" +
		"àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
)

// letterCodes are codes from 2; by code are its letter, itself, and the code of
// the folded letter.
var letterCodes, lettersOf, plainCodes, foldCodes = codes()

func codes() (letterCodes map[rune]byte, lettersOf [lastLetter]rune, plainCodes, foldCodes [lastLetter]byte) {
	letterCodes = make(map[rune]byte)
	for _, letter := range letters {
		lettersOf[len(letterCodes)+2] = letter
		letterCodes[letter] = byte(len(letterCodes) + 2)
	}
	for letter, code := range letterCodes {
		plainCodes[code] = code
		foldCodes[code] = letterCodes[[]rune(analyzers.Fold(string(letter)))[0]]
	}
	return letterCodes, lettersOf, plainCodes, foldCodes
}

// codesOf appends a word's letters to codes; false where it has others.
func codesOf(codes []byte, word string) ([]byte, bool) {
	for _, letter := range word {
		code, known := letterCodes[letter]
		if !known {
			return codes, false
		}
		codes = append(codes, code)
	}
	return codes, word != ""
}

// newSequence writes the words of a text.
func newSequence(tokens []analyzers.Token) sequence {
	s := make(sequence, 0, 4*len(tokens))
	for i, token := range tokens {
		if i > 0 && tokens[i-1].Position+1 < token.Position {
			s = append(s, wordGap)
		}
		from := len(s)
		if codes, known := codesOf(s, token.Term); known {
			s = codes
			s[len(s)-1] |= lastLetter
			continue
		}
		s = append(s[:from], otherWord)
		s = append(binary.AppendUvarint(s, uint64(len(token.Term))), token.Term...)
	}
	return s
}

// wordCount counts the words, of which none has other letters.
func (s sequence) wordCount() (words int) {
	for _, b := range s {
		words += int(b >> 7)
	}
	return words
}

// wordKey tells words apart: up to eight letters stand in it, of longer words
// and of other letters a hash.
type wordKey uint64

const (
	packedLetters         = 8
	hashed        wordKey = 1 << 63
)

var keySeed = maphash.MakeSeed()

func hashKey(word []byte) wordKey { return hashed | wordKey(maphash.Bytes(keySeed, word)) }

// keyOf is the key of a word.
func keyOf(word string) wordKey {
	codes, known := codesOf(nil, word)
	if !known {
		return hashKey([]byte(word))
	}
	return packCodes(codes)
}

func packCodes(codes []byte) wordKey {
	if len(codes) > packedLetters {
		return hashKey(codes)
	}
	key := wordKey(0)
	for i, code := range codes {
		key |= wordKey(code) << (8 * i)
	}
	return key
}

// word is the n-th word, folded or as it is; "" where there is none. It takes any
// bytes.
func (s sequence) word(n int, folded bool) string {
	codesTo := &plainCodes
	if folded {
		codesTo = &foldCodes
	}
	for len(s) > 0 {
		var size int
		switch s[0] {
		case wordGap:
			s = s[1:]
			continue
		case otherWord:
			length, head := binary.Uvarint(s[1:])
			if head <= 0 || length > uint64(len(s)-1-head) {
				return ""
			}
			size = 1 + head + int(length)
			if word := string(s[1+head : size]); n == 0 && folded {
				return analyzers.Fold(word)
			} else if n == 0 {
				return word
			}
		default:
			var letters []byte
			for size = 0; size < len(s) && (size == 0 || s[size-1] < lastLetter); size++ {
				if n == 0 {
					letters = utf8.AppendRune(letters, lettersOf[codesTo[s[size]&^lastLetter]])
				}
			}
			if n == 0 {
				return string(letters)
			}
		}
		s, n = s[size:], n-1
	}
	return ""
}

// keyedWords are the words of a passage, ready to be compared.
type keyedWords struct {
	keys      []wordKey
	positions []int32 // ascending; one more for a word, two more across a gap

	codes []byte
}

func (w *keyedWords) reset() { w.keys, w.positions = w.keys[:0], w.positions[:0] }

// add appends the words of a sequence, behind a gap, until there are most. It takes
// any bytes: what is left of a damaged sequence is left out.
func (w *keyedWords) add(s sequence, folded bool, most int) {
	codesTo := &plainCodes
	if folded {
		codesTo = &foldCodes
	}
	position := int32(-2)
	if last := len(w.positions); last > 0 {
		position = w.positions[last-1]
	}
	position += 2
	for len(s) > 0 && len(w.keys) < most {
		switch s[0] {
		case wordGap:
			position++
			s = s[1:]
			continue
		case otherWord:
			length, size := binary.Uvarint(s[1:])
			if size <= 0 || length > uint64(len(s)-1-size) {
				return
			}
			word := string(s[1+size : 1+size+int(length)])
			if folded {
				word = analyzers.Fold(word)
			}
			w.keys = append(w.keys, keyOf(word))
			s = s[1+size+int(length):]
		default:
			key, shift, at := wordKey(0), 0, 0
			for ; at < len(s) && s[at] < lastLetter; at++ {
				key |= wordKey(codesTo[s[at]]) << (shift & 63)
				shift += 8
			}
			if at == len(s) {
				return
			}
			key |= wordKey(codesTo[s[at]&^lastLetter]) << (shift & 63)
			if at++; at > packedLetters {
				w.codes = w.codes[:0]
				for _, code := range s[:at] {
					w.codes = append(w.codes, codesTo[code&^lastLetter])
				}
				key = hashKey(w.codes)
			}
			w.keys = append(w.keys, key)
			s = s[at:]
		}
		w.positions = append(w.positions, position)
		position++
	}
}

// holds tells whether the words of a phrase stand somewhere, each at its offset
// behind the first.
func (w *keyedWords) holds(keys []wordKey, offsets []int32) bool {
	for i, key := range w.keys {
		if key == keys[0] && w.holdsAt(i, keys, offsets) {
			return true
		}
	}
	return false
}

func (w *keyedWords) holdsAt(i int, keys []wordKey, offsets []int32) bool {
	start := w.positions[i]
	for j := 1; j < len(keys); j++ {
		for i < len(w.keys) && w.positions[i] < start+offsets[j] {
			i++
		}
		if i == len(w.keys) || w.positions[i] != start+offsets[j] || w.keys[i] != keys[j] {
			return false
		}
	}
	return true
}

// splitPair are the two syllables of a pair.
func splitPair(term string) (first, second string, isPair bool) {
	return strings.Cut(term, analyzers.PairSeparator)
}
