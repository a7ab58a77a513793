package bleveindex

import (
	"context"
	"fmt"

	"vankien/indexer"
	"vankien/indexer/citation"
	"vankien/storage"
)

// maxNearest is how many documents are offered where a number means none.
const maxNearest = 5

// maxMeant is how many documents a citation is resolved to: "Quyết định 1" may
// mean hundreds, and nobody looks through them.
const maxMeant = 20

// Resolve implements indexer.Resolver.
func (x *Index) Resolve(ctx context.Context, text string, audience storage.Audience) ([]indexer.Resolved, error) {
	found := citation.Cited(text)
	contexts := citation.Contexts(text, found)
	v, err := x.acquire()
	if err != nil {
		return nil, err
	}
	defer v.release()
	resolved := make([]indexer.Resolved, len(found))
	for i, c := range found {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		resolved[i], _ = v.catalogue.resolve(c, contexts[i], audience)
	}
	return resolved, nil
}

// LookUp implements indexer.Resolver. The first citation that means a document
// counts, else the first.
func (x *Index) LookUp(ctx context.Context, typed string, audience storage.Audience) (indexer.Resolved, error) {
	if err := ctx.Err(); err != nil {
		return indexer.Resolved{}, err
	}
	v, err := x.acquire()
	if err != nil {
		return indexer.Resolved{}, err
	}
	defer v.release()
	var missing indexer.Resolved
	for i, c := range citation.FindTyped(typed) {
		resolved, decided := v.catalogue.resolve(c, typed, audience)
		if decided {
			resolved.Documents = resolved.Documents[:1]
		}
		if len(resolved.Documents) > 0 {
			return resolved, nil
		}
		if i == 0 {
			missing = resolved
		}
	}
	return missing, fmt.Errorf("%q: %w", typed, storage.ErrNotFound)
}

// resolve finds what a citation means to an audience, and whether the first of
// that alone is meant.
func (c *catalogue) resolve(cited citation.Citation, context string, audience storage.Audience) (resolved indexer.Resolved, decided bool) {
	resolved.Citation = cited
	meant, decided := c.choose(cited, context, audience)
	resolved.Documents = c.documents(meant, maxMeant)
	if len(resolved.Documents) == 0 && cited.Number.Serial != "" {
		resolved.Nearest = c.nearest(cited.Number, audience)
	}
	return resolved, decided
}

// nearest are the documents whose numbers are like one that means none to an
// audience.
func (c *catalogue) nearest(number citation.Number, audience storage.Audience) []storage.Document {
	shown := c.shown(audience)
	return c.documents(shown.ordinalsOf(shown.register.Nearest(number, maxNearest)), maxNearest)
}

// documents are the first so many.
func (c *catalogue) documents(ordinals []int32, most int) []storage.Document {
	var documents []storage.Document
	for _, ordinal := range ordinals[:min(len(ordinals), most)] {
		documents = append(documents, c.listings[ordinal].document())
	}
	return documents
}

// shownTo tells whether an audience may see a document.
func (l *listing) shownTo(audience storage.Audience) bool {
	return l.Document.Findable() && audience.Includes(l.Document.Audience)
}
