package indexer

import (
	"context"

	"vankien/storage"
)

// Relater tells how the documents of a library stand to one another. What it
// says follows from the documents alone, never from the order in which they
// came. All methods are safe for concurrent use.
type Relater interface {
	// Links are the relations of a document in both directions, as though the
	// library had only what audience may see: nothing that is told or left out,
	// decided or counted, gives the others away. Successors alone follow, as a
	// validity does, from the whole library. A document that the index does not hold,
	// or that audience may not see, is storage.ErrNotFound.
	Links(ctx context.Context, id storage.ID, audience storage.Audience) (Links, error)
	// Stand sets the validity of documents and what has replaced them, as the
	// library knows them today. Documents that it does not hold keep what they have.
	Stand(ctx context.Context, documents ...*storage.Document) error
	// Related are at most size other documents that audience may see, those
	// first that share most with the document in content and citations.
	Related(ctx context.Context, id storage.ID, audience storage.Audience, size int) ([]storage.Document, error)
}

// Links are the relations of one document.
type Links struct {
	Out []Link // what it says of others, in the order of its facts
	In  []Link // what others say of it, newest first, at most MaxLinks
	// Cited is how many relations to it others state, those beyond MaxLinks included.
	Cited int
	// Successors are newer documents of the same body on the same subject: they
	// may have replaced it, though none says so. Newest first.
	Successors []storage.Document
}

// MaxLinks is how many of the relations of others to one document are told: a law
// may have tens of thousands.
const MaxLinks = 1000

// Link is a relation that a document states.
type Link struct {
	Relation storage.Relation
	// Documents are the other end: of Out those that may be meant, best first,
	// none where the library has none of them; of In the one that states it.
	Documents []storage.Document
	// Decided tells that the first of several is meant, of In that this document
	// is: among what the audience may see, nothing speaks for another.
	Decided bool
	Nearest []storage.Document // of Out, where the library has none: numbers like it, as a question
}
