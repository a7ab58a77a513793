package analyzers

import (
	"math"
	"slices"
	"sync"
	"unicode/utf8"
)

// Token is one word of a text.
type Token struct {
	Term       string // canonical (or folded, or a pair)
	Start, End int    // byte offsets into the original text, half-open, on rune borders
	Position   int    // from 1; one more for each word, and one more again after a gap
}

// The limits of a token. A longer run of letters and digits (a base64 blob, a
// table without spaces) is cut into tokens of this size, none of it is lost;
// marks beyond maxTokenBytes are.
const (
	maxTokenLetters = 64
	maxTokenBytes   = 1024
)

// Tokenize splits a text into canonical words. A word is a run of letters,
// combining marks and digits; T.Ư, T.W and TƯ are the word "tw" (see
// centre.go). Offsets ascend and never overlap. Anything else separates:
//
//   - with a gap in the positions, where phrases and pairs stop: punctuation,
//     symbols, bullets (a dash that begins a line), an em dash or a row of
//     dashes, a blank line, control characters and bytes that are no UTF-8;
//   - without a gap: space, a single line end (a wrapped line), _ / & + % and
//     the apostrophe, a dash within a line ("kinh tế - xã hội", "21 – NQ/TW"),
//     dot and comma between digits ("1.1", "16.6.2022": each number is a
//     token), the dot after an abbreviation ("BCH.TW", "TP.HCM").
//
// So 21-NQ/TW is 21, nq, tw at adjacent positions.
func Tokenize(text string) []Token { return AppendTokens(nil, text) }

// AppendTokens appends what Tokenize makes of a text to tokens. Whoever looks
// at many texts one after the other saves the room for their tokens.
func AppendTokens(tokens []Token, text string) []Token {
	return AppendFirstTokens(tokens, text, math.MaxInt)
}

// AppendFirstTokens is AppendTokens up to so many tokens of the text.
func AppendFirstTokens(tokens []Token, text string, most int) []Token {
	s := streams.Get().(*stream)
	defer streams.Put(s)
	s.most = most
	s.read(text, false)
	arena := string(s.arena)
	tokens = slices.Grow(tokens, len(s.words))
	for _, w := range s.words {
		tokens = append(tokens, Token{Term: arena[w.from:w.to], Start: w.start, End: w.end, Position: w.position})
	}
	s.text = ""
	return tokens
}

// streams are what texts are read into whose words are copied.
var streams = sync.Pool{New: func() any { return new(stream) }}

// word is a token whose term is arena[from:to] of its stream.
type word struct{ start, end, position, from, to int }

// stream is a text read into words. The terms stand in one arena, each
// followed by PairSeparator: so the pair of two adjacent words is a slice of
// it too, and a text costs a handful of allocations.
type stream struct {
	text  string
	fold  bool
	arena []byte
	words []word
	gap   gap
	most  int // words
}

// read tokenizes a text; with fold the terms are folded.
func read(text string, fold bool) *stream {
	s := &stream{most: math.MaxInt}
	s.read(text, fold)
	return s
}

// read begins the stream anew.
func (s *stream) read(text string, fold bool) {
	*s = stream{
		text: text, fold: fold, most: s.most,
		arena: slices.Grow(s.arena[:0], len(text)+len(text)/16+16),
		words: slices.Grow(s.words[:0], len(text)/6+4),
		gap:   gap{lineStart: true},
	}
	for i := 0; i < len(text) && len(s.words) < s.most; {
		c := text[i]
		if c == ' ' {
			s.gap.dashed = false
			i++
			continue
		}
		r, size, kind := rune(c), 1, class(0)
		if c < utf8.RuneSelf {
			kind = glyphs[c].class
		} else {
			r, size, kind = decode(text[i:])
		}
		switch kind {
		case letter, digit, foreign:
			i = s.word(i)
		default:
			s.separate(i, r, kind)
			i += size
		}
	}
}

// word reads the word that begins at start and returns where it ends.
func (s *stream) word(start int) int {
	text, arena, from := s.text, s.arena, len(s.arena)
	end, letters, vowels, slow := start, 0, 0, false
	toned, marked := -1, -1 // the last vowels with a tone, with another mark: there the tone is in its place
scan:
	for i := start; i < len(text) && letters < maxTokenLetters && i-start < maxTokenBytes; {
		if c := text[i]; c < utf8.RuneSelf {
			g := &glyphs[c]
			if g.class != letter && (g.class != digit || centreBefore(arena[from:])) {
				break
			}
			if g.vowel {
				vowels++
			}
			arena = append(arena, byte(g.lower))
			i, end, letters = i+1, i+1, letters+1
			continue
		}
		r, size, kind := decode(text[i:])
		switch kind {
		case letter:
			g := &glyphs[r]
			if g.vowel {
				vowels++
				if g.tone != level {
					toned = letters
				}
				if g.base >= utf8.RuneSelf {
					marked = letters
				}
			}
			arena = utf8.AppendRune(arena, rune(g.lower))
			letters++
		case foreign, mark, ignorable:
			slow = true
			if kind == foreign {
				letters++
			}
		default:
			break scan
		}
		i += size
		if kind != ignorable {
			end = i
		}
	}
	if slow {
		arena = appendCanonical(arena[:from], text[start:end])
	} else {
		if toned >= 0 && toned != marked && vowels > 1 {
			arena = placeTone(arena, from)
		}
		arena = replaceCentre(arena, from)
	}
	s.arena = arena
	end = s.centre(start, end, from)
	s.add(start, end, from)
	return end
}

// add ends the word whose term begins at from.
func (s *stream) add(start, end, from int) {
	position := 1
	if n := len(s.words); n > 0 {
		position = s.words[n-1].position + 1
		if s.gap.open {
			position++
		}
	}
	if s.fold {
		s.arena = foldTail(s.arena, from)
	}
	s.words = append(s.words, word{start, end, position, from, len(s.arena)})
	s.arena = append(s.arena, PairSeparator...)
	s.gap = gap{}
}
