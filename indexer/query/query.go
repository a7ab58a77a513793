// Package query reads what was typed into a typed tree. Nothing that is typed
// is an error: what has no special meaning is searched as plain text.
//
// Everything here is a pure function over any bytes: no clock, no library is
// asked, linear time, safe for concurrent use. What a condition or a hint means
// in a library is for the index to find out. docs/query.md shows it to readers.
package query

import (
	"slices"
	"strings"
	"unicode"

	"vankien/indexer/citation"
)

// Query is what was typed, understood: in NFC, with accents as they were typed.
type Query struct {
	Words     string              // what ranking reads: no quotes, fields, exclusions or control characters
	Phrases   []string            // what stands in quotes, each to be found word for word; at most MaxPhrases
	Must      [][]string          // from OR: of each group at least one is to be found, word for word; at most MaxGroups
	Without   []string            // words and phrases, taken word for word, that a document must not have; at most MaxWithout
	Fields    []Field             // conditions in so many words ("loại:NQ"); all hold; at most MaxFields
	Citations []citation.Citation // document numbers in Text; Start and End count there
	Whole     bool                // the only citation is all of Text, punctuation apart
	Hints     Hints               // what Text says of the document that is wanted
	Senses    []Sense             // abbreviations in Text, with what they stand for; at most MaxSenses
	Asks      bool                // Text is a question in somebody's own words, no title and no list of terms
	Decoded   string              // Words with the residue of Telex and VNI decoded; "" where there is none
}

// The limits of a tree. What is typed beyond them is plain words.
const (
	MaxPhrases  = 8
	MaxGroups   = 8
	MaxOperands = 16 // of one group
	MaxWithout  = 16
	MaxFields   = 16
	MaxValues   = 16 // of one field
	MaxSenses   = 16
)

// Text is what citations, hints and senses were read from: Decoded, or Words
// where nothing had to be decoded.
func (q Query) Text() string {
	if q.Decoded != "" {
		return q.Decoded
	}
	return q.Words
}

// Empty tells whether there is nothing to search and no condition either: no
// letter or digit in Words, no field, no exclusion.
func (q Query) Empty() bool {
	return len(q.Fields) == 0 && len(q.Without) == 0 && !strings.ContainsFunc(q.Words, wordRune)
}

// Field is a condition that was typed as name:value. Values are alternatives;
// for FieldDate they are From and To instead.
type Field struct {
	Name     FieldName
	Not      bool     // typed with a minus or NOT: what meets the condition is left out
	Values   []string // in NFC, without quotes; see the names for what they are
	From, To string   // ISO dates, both inclusive, "" where open; never both ""
}

// FieldName names a condition.
type FieldName string

// The fields, with the names they are typed by (accents, case and _ do not
// matter) and what their values are.
const (
	FieldKind     FieldName = "kind"     // loại: names of kinds ("Nghị quyết"); both where a symbol has two
	FieldIssuer   FieldName = "issuer"   // cơ quan: as typed; a symbol or an abbreviation is followed by the names it may stand for
	FieldDate     FieldName = "date"     // năm, tháng, ngày, từ, đến: From and To; of several spans Values too, as Within reads them
	FieldYear     FieldName = "year"     // năm, where years that do not follow each other are listed: "2018", "2022"
	FieldTerm     FieldName = "term"     // khóa: Roman numerals
	FieldValidity FieldName = "validity" // hiệu lực: as storage.Validity has them
	FieldNumber   FieldName = "number"   // số: a number as typed, or its digits alone ("21")
	FieldTitle    FieldName = "title"    // trích yếu, tiêu đề: words of the title, all of one value
	FieldCites    FieldName = "cites"    // trích, dẫn: the number, as typed, of a document that is cited
	FieldReplaces FieldName = "replaces" // thay thế: the number, or its digits, of the document that replaces: "thay_thế:296-QĐ/TW" asks what 296 replaced
	FieldBasedOn  FieldName = "based_on" // căn cứ: the number, its digits, or words of the name of the document that is the basis
)

// spanSign stands between the two days of a span, either of which may be open.
const spanSign = ".."

// Within tells whether an ISO date lies in one of the spans of a FieldDate.
func (f Field) Within(date string) bool {
	return date != "" && slices.ContainsFunc(f.spans(), func(s string) bool {
		from, to, _ := strings.Cut(s, spanSign)
		return date >= from && (to == "" || date <= to)
	})
}

// Sense is an abbreviation and what it may stand for, likeliest first.
type Sense struct {
	Typed      string
	Expansions []string
}

// Parse reads a query. Any bytes of any length are accepted.
func Parse(typed string) Query {
	p := &parser{pieces: scan(typed)}
	p.survey()
	p.read()
	p.alternatives()
	q := p.query
	q.Words = p.words()
	q.Decoded = decode(q.Words)
	q.Citations = citation.Find(q.Text())
	q.Whole = whole(q.Text(), q.Citations)
	q.Asks = asks(q.Text())
	s := newSentence(q.Text(), q.Citations)
	q.Hints = s.hints()
	q.Senses = s.senses()
	return q
}

func whole(text string, found []citation.Citation) bool {
	return len(found) == 1 && !strings.ContainsFunc(text[:found[0].Start], wordRune) && !strings.ContainsFunc(text[found[0].End:], wordRune)
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
