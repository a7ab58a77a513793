package bleveindex

import (
	"context"
	"fmt"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"

	"vankien/indexer"
	"vankien/storage"
)

// batchPassages is how many passages go into one Bleve batch: each costs
// 130–180 KB of heap while it is in one (ENGINE.md).
const batchPassages = 300

// change is what a write did: documents put and deleted, and the passages that
// no document names any more.
type change struct {
	put     map[storage.ID]*listing
	deleted []storage.ID
	stale   []*entry
}

// write makes a batch durable in Bleve, passages before the entries that name
// them, without touching what the catalogue shows.
func (b *build) write(ctx context.Context, batch indexer.Batch) (change, error) {
	c := change{put: make(map[storage.ID]*listing, len(batch.Put)), deleted: batch.Delete}
	w := &passageWriter{ctx: ctx, build: b, batch: b.bleve.NewBatch()}
	entries := make([]*entry, 0, len(batch.Put))
	for _, put := range batch.Put {
		e, err := w.add(put)
		if err != nil {
			return change{}, fmt.Errorf("document %s: %w", put.Document.ID, err)
		}
		entries = append(entries, e)
	}
	if err := w.flush(); err != nil {
		return change{}, err
	}
	final := b.bleve.NewBatch()
	for _, e := range entries {
		doc, err := e.document()
		if err != nil {
			return change{}, err
		}
		if err := final.IndexAdvanced(doc); err != nil {
			return change{}, err
		}
		c.put[e.Document.ID] = newListing(e)
		if old := b.listings[e.Document.ID]; old != nil && old.Generation != e.Generation {
			c.stale = append(c.stale, old.entry)
		}
	}
	for _, id := range batch.Delete {
		final.Delete(entryID(id))
		if old := b.listings[id]; old != nil {
			c.stale = append(c.stale, old.entry)
		}
	}
	return c, commit(b.bleve, final)
}

// sweep removes the passages that a change left without a document.
func (b *build) sweep(ctx context.Context, c change) error {
	batch := b.bleve.NewBatch()
	for _, e := range c.stale {
		for ordinal := range e.Passages {
			batch.Delete(e.passageID(ordinal))
		}
	}
	if err := ctx.Err(); err != nil {
		return err // load removes them at the next start
	}
	return commit(b.bleve, batch)
}

// passageWriter writes passages in batches of bounded size.
type passageWriter struct {
	ctx     context.Context
	build   *build
	batch   *bleve.Batch
	lengths []pendingLength
}

// pendingLength is a text field whose length is known once its batch is analysed.
type pendingLength struct {
	entry *entry
	text  *document.TextField
}

// add writes the passages of one document; where the index has the very same
// passages already, nothing is written. The entry's Tokens are complete after flush.
func (w *passageWriter) add(put indexer.Entry) (*entry, error) {
	hash, err := generation(put.Passages)
	if err != nil {
		return nil, err
	}
	e := &entry{Document: put.Document, Generation: hash, Passages: len(put.Passages)}
	if old := w.build.listings[put.Document.ID]; old != nil && old.Generation == hash {
		e.Tokens = old.Tokens
		return e, nil
	}
	for ordinal, passage := range put.Passages {
		doc, text, err := w.build.analyzers.passageDocument(e, ordinal, passage)
		if err != nil {
			return nil, err
		}
		if err := w.batch.IndexAdvanced(doc); err != nil {
			return nil, err
		}
		w.lengths = append(w.lengths, pendingLength{e, text})
		if len(w.lengths) >= batchPassages {
			if err := w.flush(); err != nil {
				return nil, err
			}
		}
	}
	return e, nil
}

func (w *passageWriter) flush() error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if err := commit(w.build.bleve, w.batch); err != nil {
		return err
	}
	for _, pending := range w.lengths {
		pending.entry.Tokens += pending.text.AnalyzedLength()
	}
	w.lengths = w.lengths[:0]
	w.batch = w.build.bleve.NewBatch()
	return nil
}

// commit writes a batch; it returns once the batch survives a crash.
func commit(idx bleve.Index, batch *bleve.Batch) error {
	if batch.Size() == 0 {
		return nil
	}
	return idx.Batch(batch)
}
