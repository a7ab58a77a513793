package api

import (
	"net/url"
	"slices"

	"vankien/api/web"
	"vankien/indexer"
	"vankien/storage"
)

// The JSON of the API (CONTRACT.md). Every key is always present and no list
// is ever null.

// SearchAnswer answers GET /search.
type SearchAnswer struct {
	Query      QueryRead               `json:"query"`
	Total      int                     `json:"total"`   // documents that match
	TookMS     int64                   `json:"took_ms"` // inside the index
	Hits       []Hit                   `json:"hits"`
	Candidates []Candidate             `json:"candidates"` // that an ambiguous number may mean, best first
	Nearest    []Candidate             `json:"nearest"`    // where no document has the number: numbers like it, as a question
	Advice     []string                `json:"advice"`     // where nothing is found: other queries that find something
	Facets     map[string][]FacetValue `json:"facets"`     // by facet, those asked for
}

// QueryRead is how a query was understood.
type QueryRead struct {
	Text        string   `json:"text"`
	ReadAs      string   `json:"read_as"`
	Corrections []string `json:"corrections"`
}

// Hit is a document of a result.
type Hit struct {
	ID         storage.ID       `json:"id"`
	Number     storage.Printed  `json:"number"`
	Kind       storage.Printed  `json:"kind"`
	Issuer     storage.Printed  `json:"issuer"`
	Issued     storage.Date     `json:"issued"`
	Title      storage.Printed  `json:"title"`
	Validity   storage.Validity `json:"validity"`
	ReplacedBy []storage.ID     `json:"replaced_by"`
	Score      float64          `json:"score"` // comparable within one answer only
	URL        string           `json:"url"`   // opens at the place that the query names, where it names one
	Passages   []Passage        `json:"passages"`
}

// Passage is a part of a document that matched.
type Passage struct {
	Page    int            `json:"page"`
	Section string         `json:"section"`
	Text    string         `json:"text"`
	Marks   []indexer.Mark `json:"marks"` // half-open ranges of code points of text
	OCR     bool           `json:"ocr"`   // the machine has read that page from a picture
}

// Candidate is a document to choose, in a few words.
type Candidate struct {
	ID       storage.ID       `json:"id"`
	Number   storage.Printed  `json:"number"`
	Kind     storage.Printed  `json:"kind"`
	Issuer   storage.Printed  `json:"issuer"`
	Issued   storage.Date     `json:"issued"`
	Title    storage.Printed  `json:"title"`
	Validity storage.Validity `json:"validity"`
	URL      string           `json:"url"`
}

// FacetValue is a value of a facet and how many documents of the result have it.
type FacetValue struct {
	Value string `json:"value"` // for filters
	Label string `json:"label"` // for people
	Count int    `json:"count"`
}

// SuggestAnswer answers GET /suggest.
type SuggestAnswer struct {
	Suggestions []Suggestion `json:"suggestions"`
}

// Suggestion completes what is being typed: it opens a document or searches.
type Suggestion struct {
	Text   string                 `json:"text"`
	Type   indexer.SuggestionType `json:"type"`
	ID     storage.ID             `json:"id"` // "" for a query
	Number storage.Printed        `json:"number"`
	URL    string                 `json:"url"`

	Kind     storage.Printed  `json:"kind"` // of a document, as the next two
	Issued   storage.Date     `json:"issued"`
	Validity storage.Validity `json:"validity"` // "" for a query
}

// TextAnswer answers GET /documents/{id}/text.
type TextAnswer struct {
	ID    storage.ID     `json:"id"`
	Pages []storage.Page `json:"pages"`
}

// Health answers GET /healthz: the process runs.
type Health struct {
	Status  string `json:"status"`
	Version string `json:"version"`
}

// Readiness answers GET /readyz: what the library can do now.
type Readiness struct {
	Status ReadyStatus `json:"status"`
	Detail string      `json:"detail"` // how far the library is, or what it lacks, in Vietnamese
}

// ReadyStatus says in a word what the library can do.
type ReadyStatus string

// The statuses.
const (
	StatusReady    ReadyStatus = "ready"    // everything
	StatusStarting ReadyStatus = "starting" // searches may not find everything yet
	StatusDegraded ReadyStatus = "degraded" // searches go on, the store cannot be reached
	StatusStopping ReadyStatus = "stopping"
)

// serving tells whether requests should still be sent here.
func (r Readiness) serving() bool { return r.Status == StatusReady || r.Status == StatusDegraded }

// documentURL is the page of a document.
func documentURL(id storage.ID) string { return web.DocumentURL(id, 0, "") }

// list is s, empty rather than null in JSON.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// wireDocument is d with no list or map null; d itself stays as it is.
func wireDocument(d storage.Document) storage.Document {
	d.Normalize()
	return d
}

func wirePage(p storage.Page) storage.Page {
	p.Warnings = list(p.Warnings)
	return p
}

// NewSearchAnswer is the JSON of a result: of GET /search, and of the command
// line's search, which must not differ from it.
func NewSearchAnswer(q indexer.Query, r indexer.Result) SearchAnswer {
	a := SearchAnswer{
		Query:      QueryRead{Text: q.Text, ReadAs: r.ReadAs, Corrections: list(r.Corrections)},
		Total:      r.Total,
		TookMS:     r.Took.Milliseconds(),
		Hits:       []Hit{},
		Candidates: candidates(documentsOf(r.Candidates)),
		Nearest:    candidates(documentsOf(r.Nearest)),
		Advice:     list(r.Advice),
		Facets:     map[string][]FacetValue{},
	}
	for _, hit := range r.Hits {
		a.Hits = append(a.Hits, wireHit(hit))
	}
	for _, facet := range q.Facets {
		a.Facets[string(facet)] = []FacetValue{}
	}
	for _, facet := range r.Facets {
		for _, v := range facet.Values {
			a.Facets[string(facet.Facet)] = append(a.Facets[string(facet.Facet)], FacetValue(v))
		}
	}
	return a
}

func documentsOf(all []indexer.Candidate) []storage.Document {
	documents := make([]storage.Document, len(all))
	for i := range all {
		documents[i] = all[i].Document
	}
	return documents
}

func candidates(documents []storage.Document) []Candidate {
	all := make([]Candidate, len(documents))
	for i, d := range documents {
		all[i] = Candidate{
			ID: d.ID, Number: d.Facts.Number, Kind: d.Facts.Kind, Issuer: d.Facts.Issuer, Issued: d.Facts.Issued, Title: d.Facts.Title,
			Validity: d.Validity, URL: documentURL(d.ID),
		}
	}
	return all
}

func wireHit(hit indexer.Hit) Hit {
	d := hit.Document
	h := Hit{
		ID: d.ID, Number: d.Facts.Number, Kind: d.Facts.Kind, Issuer: d.Facts.Issuer,
		Issued: d.Facts.Issued, Title: d.Facts.Title, Validity: d.Validity,
		ReplacedBy: list(slices.Clone(d.ReplacedBy)), Score: hit.Score,
		URL: web.DocumentURL(d.ID, hit.Place, ""), Passages: []Passage{},
	}
	for _, p := range hit.Passages {
		h.Passages = append(h.Passages, Passage{Page: p.Page, Section: p.Section, Text: p.Text, Marks: list(p.Marks), OCR: p.OCR})
	}
	return h
}

func wireSuggestions(suggestions []indexer.Suggestion) SuggestAnswer {
	a := SuggestAnswer{Suggestions: []Suggestion{}}
	for _, s := range suggestions {
		target := web.DocumentURL(s.ID, s.Place, "")
		if s.Type == indexer.SuggestQuery {
			target = "/?" + url.Values{"q": {s.Text}}.Encode()
		}
		a.Suggestions = append(a.Suggestions, Suggestion{
			Text: s.Text, Type: s.Type, ID: s.ID, Number: storage.Printed(s.Number), URL: target,
			Kind: storage.Printed(s.Kind), Issued: storage.Date(s.Issued), Validity: s.Validity,
		})
	}
	return a
}
