// Package query reads what was typed into a typed tree. Nothing that is typed
// is an error: what has no special meaning is searched as plain text.
package query

import (
	"strings"
	"unicode"

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
	typed = strings.Map(plain, strings.ToValidUTF8(typed, " "))
	var q Query
	var words strings.Builder
	for rest := typed; rest != ""; {
		start := strings.IndexFunc(rest, isQuote)
		if start < 0 {
			words.WriteString(rest)
			break
		}
		opening := []rune(rest[start:])[0]
		words.WriteString(rest[:start])
		words.WriteByte(' ')
		rest = rest[start+len(string(opening)):]
		if end := strings.IndexAny(rest, quotes[opening]); end >= 0 {
			if phrase := strings.Join(strings.Fields(rest[:end]), " "); phrase != "" {
				q.Phrases = append(q.Phrases, phrase)
				words.WriteString(phrase)
				words.WriteByte(' ')
			}
			rest = rest[end:]
			rest = rest[len(string([]rune(rest)[:1])):]
		}
	}
	q.Words = strings.Join(strings.Fields(words.String()), " ")
	q.Citations = citation.Find(q.Words)
	q.Whole = len(q.Citations) == 1 && q.Citations[0].Start == 0 && q.Citations[0].End == len(q.Words)
	return q
}

func isQuote(r rune) bool { return quotes[r] != "" }

// plain turns control characters into spaces.
func plain(r rune) rune {
	if unicode.IsControl(r) {
		return ' '
	}
	return r
}
