package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"vankien/analyzers"
)

type pieceKind uint8

const (
	wordPiece  pieceKind = iota // anything between white space, quotes and signs
	signPiece                   // one of signs
	quotePiece                  // what stood in quotes
)

// piece is a stretch of what was typed.
type piece struct {
	kind        pieceKind
	text, fold  string // of a quote, without the quotes and with single spaces
	glued, line bool   // no white space before it; a line break before it
}

// signs part words, and stand for themselves.
const signs = ":,;()"

// maxQuotes bounds the quoted stretches: more than phrases, values and
// exclusions can use.
const maxQuotes = 64

// quotes maps every quotation mark in use to what closes it: straight ones from
// keyboards, curly and low ones that Word and phones put in their place, and
// guillemets from older papers. Apostrophes are letters of names.
var quotes = map[rune]string{
	'"': `"`, '“': `”"`, '”': `”"`, '„': `“”"`, '«': `»`, '＂': `＂"`,
}

func isQuote(r rune) bool { return quotes[r] != "" }

// scanner splits what was typed into pieces.
type scanner struct {
	pieces      []piece
	glued, line bool
}

func scan(typed string) []piece {
	s := &scanner{line: true}
	quoted := 0
	missing := make(map[string]bool) // closing marks of which there are no more
	rest := norm.NFC.String(strings.Map(visible, strings.ToValidUTF8(typed, " ")))
	for rest != "" {
		start := strings.IndexFunc(rest, isQuote)
		if start < 0 {
			break
		}
		s.plain(rest[:start])
		opening, size := utf8.DecodeRuneInString(rest[start:])
		rest = rest[start+size:]
		closing, end := quotes[opening], -1
		if !missing[closing] && quoted < maxQuotes {
			end = strings.IndexAny(rest, closing)
		}
		if end < 0 { // an unbalanced quote is none
			missing[closing] = true
			s.glued = false
			continue
		}
		s.quote(rest[:end])
		quoted++
		_, size = utf8.DecodeRuneInString(rest[end:])
		rest = rest[end+size:]
	}
	s.plain(rest)
	return s.pieces
}

// visible drops what shows nothing and would part a word, and makes white
// space of control characters.
func visible(r rune) rune {
	switch {
	case r == '\u00ad', r >= '\u200b' && r <= '\u200d', r == '\ufeff':
		return -1
	case r == '\n', r == '\r', r == '\u2028', r == '\u2029':
		return '\n'
	case unicode.IsControl(r):
		return ' '
	case r == '：':
		return ':'
	}
	return r
}

func (s *scanner) quote(inside string) {
	text := strings.Join(strings.FieldsFunc(inside, func(r rune) bool { return unicode.IsSpace(r) || isQuote(r) || r == '»' }), " ")
	if text != "" {
		s.add(quotePiece, text)
	}
	s.glued = false
}

// plain splits text without opening quotes.
func (s *scanner) plain(text string) {
	start := 0
	end := func(i int) {
		if i > start {
			s.add(wordPiece, text[start:i])
		}
	}
	for i, r := range text {
		switch {
		case unicode.IsSpace(r), r == '»':
			end(i)
			start = i + utf8.RuneLen(r)
			s.glued, s.line = false, s.line || r == '\n'
		case strings.ContainsRune(signs, r):
			end(i)
			s.add(signPiece, text[i:i+1])
			start = i + 1
		}
	}
	end(len(text))
}

func (s *scanner) add(kind pieceKind, text string) {
	s.pieces = append(s.pieces, piece{kind: kind, text: text, fold: analyzers.FoldText(text), glued: s.glued, line: s.line})
	s.glued, s.line = true, false
}
