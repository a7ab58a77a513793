// Package query reads what was typed into a typed tree. Nothing that is typed
// is an error: what has no special meaning is searched as plain text.
package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/indexer/citation"
)

// Query is what was typed, understood.
type Query struct {
	Words     string              // everything, quotes and control characters taken out: what ranking reads
	Phrases   []string            // what stands in quotes, each to be found word for word
	Citations []citation.Citation // document numbers in Words
	Whole     bool                // the only citation is all that was typed
}

// quotes maps every quotation mark in use to what closes it: straight ones from
// keyboards, curly and low ones that Word and phones put in their place, and
// guillemets from older papers.
var quotes = map[rune]string{
	'"': `"`, '“': `”"`, '”': `”"`, '„': `“”"`, '«': `»`, '＂': `＂"`,
}

// Parse reads a query. Any bytes are accepted; it takes linear time and is safe for
// concurrent use.
func Parse(typed string) Query {
	var q Query
	var words []string
	missing := make(map[string]bool) // closing marks of which there are no more
	rest := strings.Map(plain, strings.ToValidUTF8(typed, " "))
	for rest != "" {
		start := strings.IndexFunc(rest, isQuote)
		if start < 0 {
			words = append(words, rest)
			break
		}
		words = append(words, rest[:start])
		opening, size := utf8.DecodeRuneInString(rest[start:])
		rest = rest[start+size:]
		closing := quotes[opening]
		end := -1
		if !missing[closing] {
			end = strings.IndexAny(rest, closing)
		}
		if end < 0 { // an unbalanced quote is none
			missing[closing] = true
			continue
		}
		if phrase := strings.Join(strings.Fields(strings.Map(unquoted, rest[:end])), " "); phrase != "" {
			q.Phrases = append(q.Phrases, phrase)
			words = append(words, phrase)
		}
		_, size = utf8.DecodeRuneInString(rest[end:])
		rest = rest[end+size:]
	}
	for i, word := range words {
		words[i] = strings.Map(unquoted, word)
	}
	q.Words = strings.Join(strings.Fields(strings.Join(words, " ")), " ")
	q.Citations = citation.Find(q.Words)
	q.Whole = len(q.Citations) == 1 && q.Citations[0].Start == 0 && q.Citations[0].End == len(q.Words)
	return q
}

// unquoted turns quotation marks into spaces.
func unquoted(r rune) rune {
	if isQuote(r) || r == '»' {
		return ' '
	}
	return r
}

func isQuote(r rune) bool { return quotes[r] != "" }

// plain turns control characters into spaces.
func plain(r rune) rune {
	if unicode.IsControl(r) {
		return ' '
	}
	return r
}
