// Package query reads what was typed into a typed tree. Nothing that is typed
// is an error: what has no special meaning is searched as plain text.
package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/indexer/citation"
)

// Query is what was typed, understood. Everything in it is folded or accented
// as it was typed; what a field or a hint means in a library is for the index
// to find out.
type Query struct {
	Words     string              // what ranking reads: no quotes, fields, exclusions or control characters
	Phrases   []string            // what stands in quotes, each to be found word for word
	Must      [][]string          // from OR: of each group one phrase or word at least is to be found
	Without   []string            // words and phrases that a document must not have
	Fields    []Field             // conditions in so many words ("loại:NQ"); all hold
	Citations []citation.Citation // document numbers in Words
	Whole     bool                // the only citation is all that was typed
	Hints     Hints               // what Words say of the document that is wanted
	Senses    []Sense             // abbreviations in Words, with what they stand for
	Decoded   string              // Words with the residue of Telex and VNI decoded; "" where there is none
}

// Field is a condition that was typed as name:value. Values are alternatives;
// for Year and Date they are From and To instead.
type Field struct {
	Name     FieldName
	Values   []string // as typed, in NFC, without quotes; kinds by their names ("Nghị quyết")
	From, To string   // ISO dates, "" where open
}

// FieldName names a condition.
type FieldName string

// The fields.
const (
	FieldKind     FieldName = "kind"     // loại
	FieldIssuer   FieldName = "issuer"   // cơ quan
	FieldDate     FieldName = "date"     // năm, ngày, từ, đến: From and To
	FieldTerm     FieldName = "term"     // khóa: Roman numerals
	FieldValidity FieldName = "validity" // hiệu lực: as storage.Validity has them
	FieldNumber   FieldName = "number"   // số
	FieldTitle    FieldName = "title"    // trích yếu: words of the title
	FieldCites    FieldName = "cites"    // trích, dẫn: the number of a document that is cited
	FieldReplaces FieldName = "replaces" // thay thế: the number of the document that replaces
	FieldBasedOn  FieldName = "based_on" // căn cứ
)

// Hints are what a query's words say of the document that is wanted. They
// choose and order; they never exclude.
type Hints struct {
	Kinds    []string // names of kinds: "Nghị quyết"
	Issuers  []string // names of bodies as typed
	From, To string   // ISO dates
	Term     string   // congress term in Roman numerals
	Plenum   int      // of the Central Committee in that term, 0 for none
	Topic    string   // Words without all of these and without numbers
}

// Sense is an abbreviation and what it may stand for, likeliest first.
type Sense struct {
	Typed      string
	Expansions []string
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
