package indexer

import (
	"context"

	"vankien/indexer/citation"
	"vankien/storage"
)

// Resolver tells which documents of a library citations mean. All methods are
// safe for concurrent use.
type Resolver interface {
	// Resolve finds the citations in running text, in their order, and the
	// documents each may mean.
	Resolve(ctx context.Context, text string, audience storage.Audience) ([]Resolved, error)
	// LookUp reads one citation as somebody typed it. What names no document
	// at all is storage.ErrNotFound with nothing near.
	LookUp(ctx context.Context, typed string, audience storage.Audience) (Resolved, error)
}

// Resolved is a citation with what it means to somebody who may see documents
// of an audience.
type Resolved struct {
	Citation  citation.Citation  // offsets in bytes of the text
	Documents []storage.Document // that it may mean, best first
	Nearest   []storage.Document // where it means none: numbers like it, as a question and never as the answer
}
