package indexer

import (
	"time"

	"vankien/storage"
)

// Result answers a Query.
type Result struct {
	ReadAs      string       // how the query was understood, in Vietnamese, "" where as typed
	Corrections []string     // better spellings of the query, best first
	Total       int          // all that matches, in the query's unit
	Hits        []Hit        // the page that was asked for
	Nearest     []Candidate  // where the query names a number that no document has: numbers like it, as a question
	Advice      []string     // where nothing is found: other queries that find something, best first
	Candidates  []Candidate  // the documents an ambiguous number may mean, best first; else nil
	Facets      []FacetCount // as asked for, in that order
	Took        time.Duration
}

// Hit is one document (or passage) of a result.
type Hit struct {
	Document storage.Document
	Score    float64          // comparable within one result only
	Passages []MatchedPassage // best first, at most three; never nil
	Place    int              // the page of the place that the query names ("Điều 3 Quy định 37"), which is the first passage; else 0
}

// MatchedPassage is the part of a document to show for a query.
type MatchedPassage struct {
	Ordinal int    // the passage's place in its document, from 0
	Page    int    // where the first mark (else the text) stands
	Section string // as in Passage
	Text    string // a window of the passage's text, in one line
	Marks   []Mark // ascending, not overlapping
	OCR     bool   // OCR has read that page
}

// Mark is a half-open range of code points of a text that matched.
type Mark [2]int

// Candidate is a document that the number in a query may mean.
type Candidate struct{ Document storage.Document }

// FacetCount counts the documents of a result by the values of one facet.
type FacetCount struct {
	Facet  Facet
	Values []FacetValue // most first, at most MaxFacetValues
}

// MaxFacetValues is how many values of a facet are listed.
const MaxFacetValues = 50

// FacetValue is one value of a facet: Value for filters, Label for people.
type FacetValue struct {
	Value, Label string
	Count        int
}

// Suggestion completes what is being typed.
type Suggestion struct {
	Text   string // what to show
	Number string // the document's number, "" without one
	ID     storage.ID
	Type   SuggestionType

	Kind, Issued string           // of a document: what tells two of one number apart
	Validity     storage.Validity // likewise
	Place        int              // the page of the place in it that was typed ("điều 3 quy định 17"), else 0
}

// SuggestionType tells what picking a suggestion does.
type SuggestionType string

// The types: open a document, or search for the text.
const (
	SuggestDocument SuggestionType = "document"
	SuggestQuery    SuggestionType = "query"
)
