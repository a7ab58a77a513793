package indexer

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"vankien/indexer/extract"
	"vankien/storage"
)

// The limits of a query.
const (
	MaxQueryText = 512    // code points of Query.Text
	MaxReach     = 10_000 // the last hit that can be asked for
	MaxPageSize  = 100
)

// Sort is the order of the hits.
type Sort string

// The orders. Without a text to search, relevance means newest first.
const (
	ByRelevance Sort = "relevance"
	Newest      Sort = "newest"
	Oldest      Sort = "oldest"
)

// Facet names a dimension that results are counted and filtered by.
type Facet string

// The facets. Values are slugs (analyzers.Slug of the label): "nghi-quyet",
// "ban-bi-thu", "2022", "khoa-xiii"; validities are themselves.
const (
	FacetKind     Facet = "kind"
	FacetIssuer   Facet = "issuer"
	FacetYear     Facet = "year"
	FacetTerm     Facet = "term"
	FacetValidity Facet = "validity"
)

// Facets are all facets, in the order they are shown.
var Facets = []Facet{FacetKind, FacetIssuer, FacetYear, FacetTerm, FacetValidity}

// Unit is what a search ranks and counts.
type Unit string

// The units: documents for people, single passages for searching within a
// document and for measuring relevance.
const (
	Documents Unit = "documents"
	Passages  Unit = "passages"
)

// Query is a search. The zero value of every field but Audience asks for the
// usual: no filter, relevance, the first ten documents, no facets.
type Query struct {
	Text     string
	Filters  map[Facet][]string // values of one facet are alternatives, facets all hold
	From, To storage.Date       // issued on or after, on or before; "" is open
	Document storage.ID         // only inside this document, "" everywhere
	Sort     Sort
	Page     int // from 1
	Size     int // hits a page, 10 where 0
	Facets   []Facet
	Unit     Unit
	Audience storage.Audience // who asks: nothing narrower is searched, counted or shown
}

// Normalize fills in the defaults.
func (q Query) Normalize() Query {
	if q.Sort == "" {
		q.Sort = ByRelevance
	}
	if q.Page == 0 {
		q.Page = 1
	}
	if q.Size == 0 {
		q.Size = 10
	}
	if q.Unit == "" {
		q.Unit = Documents
	}
	if q.Audience == "" {
		q.Audience = storage.AudiencePublic
	}
	return q
}

// Check tells whether a normalized query is within the limits; the error
// wraps storage.ErrInvalid and says in Vietnamese what is wrong.
func (q Query) Check() error {
	switch n := utf8.RuneCountInString(q.Text); {
	case n > MaxQueryText:
		return invalid("Câu tìm có %d ký tự, tối đa là %d.", n, MaxQueryText)
	case q.Page < 1 || q.Size < 1 || q.Size > MaxPageSize:
		return invalid("Trang bắt đầu từ 1, mỗi trang từ 1 đến %d kết quả.", MaxPageSize)
	case q.Page > MaxReach || q.Page*q.Size > MaxReach:
		return invalid("Chỉ xem được %d kết quả đầu; hãy thu hẹp câu tìm.", MaxReach)
	case q.Sort != ByRelevance && q.Sort != Newest && q.Sort != Oldest:
		return invalid("Không có cách sắp xếp %q; chọn relevance, newest hoặc oldest.", q.Sort)
	}
	return nil
}

func invalid(format string, args ...any) error {
	return &InputError{Reason: fmt.Sprintf(format, args...), Err: storage.ErrInvalid}
}

// InputError is a refusal that its sender can understand: Reason is a
// Vietnamese sentence to show, Err the sentinel it wraps.
type InputError struct {
	Reason string
	Err    error
}

func (e *InputError) Error() string { return e.Err.Error() + ": " + e.Reason }
func (e *InputError) Unwrap() error { return e.Err }

// ReasonOf is the Vietnamese sentence that an error brings for whoever caused
// it, "" where it has none.
func ReasonOf(err error) string {
	var input *InputError
	var file *extract.Error
	switch {
	case errors.As(err, &input):
		return input.Reason
	case errors.As(err, &file):
		return file.Reason
	}
	return ""
}
