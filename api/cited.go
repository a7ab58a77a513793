package api

import (
	"unicode/utf8"

	"vankien/indexer"
	"vankien/indexer/citation"
	"vankien/storage"
)

// The JSON of citations, the keys of "vankien cite --json" among it.

// CitationRead is a citation as it was read; null is what it does not say.
type CitationRead struct {
	Raw          string  `json:"raw"`
	Start        int     `json:"start"` // code points of the text in NFC, half-open
	End          int     `json:"end"`
	Number       *string `json:"number"` // 21-NQ where no issuer is said
	KindSymbol   *string `json:"kind_symbol"`
	IssuerSymbol *string `json:"issuer_symbol"`
	Year         *int    `json:"year"`
	Date         *string `json:"date"`
	Term         *string `json:"term"`
	Plenum       *int    `json:"plenum"`
	Pinpoint     *string `json:"pinpoint"`
}

// LookupAnswer answers GET /lookup.
type LookupAnswer struct {
	Citation  CitationRead `json:"citation"`
	Documents []Candidate  `json:"documents"` // best first; with a pinpoint, addresses open there
}

// CheckAnswer answers POST /citations/check.
type CheckAnswer struct {
	Citations []CheckedCitation `json:"citations"`
}

// CheckedCitation is a citation of a text with what it means in the library.
type CheckedCitation struct {
	CitationRead
	Candidates []storage.ID `json:"candidates"` // the ids of documents
	Documents  []Candidate  `json:"documents"`  // best first
	Nearest    []Candidate  `json:"nearest"`    // where there is none: numbers like it, as a question
}

// readCitation is a citation that begins at a code point of its text.
func readCitation(c citation.Citation, start int) CitationRead {
	kind := c.Number.Kind
	if named, ok := citation.KindByName(c.Said); ok && c.Number.Serial == "" {
		kind = named.Symbol
	}
	read := CitationRead{
		Raw: c.Raw, Start: start, End: start + utf8.RuneCountInString(c.Raw),
		KindSymbol: orNull(kind), IssuerSymbol: orNull(c.Number.Issuer), Year: orNull(c.Year), Date: orNull(c.Date),
		Term: orNull(c.Term), Plenum: orNull(c.Plenum), Pinpoint: orNull(c.Pinpoint.String()),
	}
	if c.Number.Year != 0 {
		read.Year = orNull(c.Number.Year)
	}
	if c.Number.Serial != "" {
		read.Number = orNull(c.Number.String())
	}
	return read
}

// orNull is nil for what is not there.
func orNull[T comparable](value T) *T {
	var zero T
	if value == zero {
		return nil
	}
	return &value
}

// checkAnswer is what was found in text.
func checkAnswer(text string, resolved []indexer.Resolved) CheckAnswer {
	a := CheckAnswer{Citations: make([]CheckedCitation, len(resolved))}
	points, at := 0, 0 // code points in text[:at]
	for i, r := range resolved {
		points, at = points+utf8.RuneCountInString(text[at:r.Citation.Start]), r.Citation.Start
		item := CheckedCitation{
			CitationRead: readCitation(r.Citation, points), Candidates: []storage.ID{},
			Documents: candidates(r.Documents[:min(len(r.Documents), maxCited)]), Nearest: candidates(r.Nearest),
		}
		for _, d := range item.Documents {
			item.Candidates = append(item.Candidates, d.ID)
		}
		a.Citations[i] = item
	}
	return a
}
