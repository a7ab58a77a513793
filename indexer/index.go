package indexer

import (
	"context"

	"vankien/storage"
)

// Index answers searches over documents. indextest.Run is its definition in
// tests. All methods are safe for concurrent use; one process writes.
type Index interface {
	// Apply puts and deletes entries as one step: a search sees all of the
	// batch or none of it. Putting a document again replaces all of its entry.
	// When Apply returns, the batch survives a crash.
	Apply(ctx context.Context, batch Batch) error
	// Search answers a query. A query that Query.Check refuses is
	// storage.ErrInvalid; a deadline that passes is the context's error.
	Search(ctx context.Context, q Query) (Result, error)
	// Suggest completes what is being typed to documents that audience may
	// see, best first, at most size of them.
	Suggest(ctx context.Context, typed string, audience storage.Audience, size int) ([]Suggestion, error)
	// Versions tells which documents the index holds and at which version:
	// what Repair compares with the store.
	Versions(ctx context.Context) (map[storage.ID]storage.Version, error)
	// Close waits for running searches and releases the index. Later calls
	// answer storage.ErrUnavailable.
	Close() error
}

// Rebuilder is an Index that can be filled anew beside itself.
type Rebuilder interface {
	// Rebuild gives fill a fresh index to fill, and then makes that the index,
	// in one step; an error, or a context that ends, leaves everything as it
	// was. Searches and Apply go on meanwhile: the documents that Apply changed
	// while fill ran are given to refill, several times if need be, the last
	// time with Apply waiting.
	Rebuild(ctx context.Context, fill func(apply ApplyFunc) error, refill func(ids []storage.ID, apply ApplyFunc) error) error
}

// ApplyFunc puts and deletes entries in an index that nobody searches yet.
type ApplyFunc func(ctx context.Context, batch Batch) error

// Batch is a set of changes to an index. No document stands in both.
type Batch struct {
	Put    []Entry
	Delete []storage.ID
}

// Entry is what an index holds of one document.
type Entry struct {
	Document storage.Document
	Passages []Passage
}

// Passage is the unit that is searched and shown: an Điều or a section, or a
// stretch of about 300 syllables where the text has no such structure.
type Passage struct {
	Section string     // the heading path for people: "Chương II, Điều 3"; "" outside any
	Title   string     // what the passage is headed by; counts three times in ranking
	Text    string     // its text, without the heading where Title has it
	Pages   []PageMark // where its pages begin, ascending; the first has Offset 0
}

// PageMark says that from Offset (bytes into the passage's text) on, the text
// stands on page Page, and whether OCR has read it there.
type PageMark struct {
	Offset, Page int
	OCR          bool
}

// PageAt is the page on which the byte at offset stands.
func (p Passage) PageAt(offset int) int {
	page, _ := p.placeAt(offset)
	return page
}

// placeAt is PageAt, and whether OCR has read that page.
func (p Passage) placeAt(offset int) (page int, ocr bool) {
	page = 1
	for _, mark := range p.Pages {
		if mark.Offset > offset {
			break
		}
		page, ocr = mark.Page, mark.OCR
	}
	return page, ocr
}
