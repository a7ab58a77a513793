package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/blevesearch/bleve/v2"

	"vankien/indexer"
	"vankien/storage"
)

// batchPassages is how many passages go into one Bleve batch: each costs
// 130–180 KB of heap while it is in one (ENGINE.md).
const batchPassages = 300

// change is what a write did: documents put and deleted, and the entries whose
// passages no document names any more.
type change struct {
	put     map[storage.ID]*listing
	deleted []storage.ID
	stale   []*entry
	digest  digest // of all entries after it
}

// ids are the documents that the change put or deleted.
func (c change) ids() []storage.ID {
	return slices.AppendSeq(slices.Clone(c.deleted), maps.Keys(c.put))
}

// write makes a batch durable in Bleve, passages before the entries that name
// them, without touching what the catalogue shows. Of a document that stands
// twice in a batch the last counts. After an error nothing has changed.
func (b *build) write(ctx context.Context, batch indexer.Batch) (change, error) {
	w := &passageWriter{ctx: ctx, build: b, batch: b.bleve.NewBatch()}
	if err := w.addAll(batch.Put); err != nil {
		return change{}, errors.Join(err, b.sweep(w.begun))
	}
	c, final, err := b.entriesBatch(w.entries, batch.Delete)
	if err != nil {
		return change{}, errors.Join(err, b.sweep(w.begun))
	}
	if err := b.commit(final); err != nil { // Bleve may hold them all the same
		b.doubt(c)
		return change{}, err
	}
	if w.written < batchPassages {
		return c, nil
	}
	if err := b.forgetMapped(); err != nil {
		b.logger.Warn("what was read of the index stays in memory", "error", err)
	}
	return c, nil
}

// entriesBatch is the last batch of a write: the entries put and deleted, the
// digest of all entries after that, and those that an earlier write left in
// doubt, as they should be.
func (b *build) entriesBatch(put []*entry, deleted []storage.ID) (change, *bleve.Batch, error) {
	c := change{put: make(map[storage.ID]*listing, len(put)), deleted: deleted, digest: b.digest}
	final := b.bleve.NewBatch()
	after := make(map[storage.ID]*entry, len(put)+len(deleted)) // nil where the document goes
	for id := range b.doubtful {
		after[id] = nil
		if l := b.listings[id]; l != nil {
			after[id] = l.entry
		}
	}
	for _, e := range put {
		after[e.Document.ID] = e
		c.put[e.Document.ID] = newListing(e)
	}
	for _, id := range deleted {
		after[id] = nil
	}
	for id, e := range after {
		if old := b.listings[id]; old != nil {
			c.digest.remove(old.entry)
			if e == nil || old.Generation != e.Generation {
				c.stale = append(c.stale, old.entry)
			}
		}
		if e == nil {
			final.Delete(entryID(id))
			continue
		}
		doc, err := e.document()
		if err == nil {
			err = final.IndexAdvanced(doc)
		}
		if err != nil {
			return change{}, nil, fmt.Errorf("document %s: %w", id, err)
		}
		c.digest.add(e)
	}
	final.SetInternal([]byte(digestKey), c.digest.bytes())
	return c, final, nil
}

// doubt remembers what a failed write may have left in Bleve.
func (b *build) doubt(c change) {
	if b.doubtful == nil {
		b.doubtful = make(map[storage.ID]bool)
	}
	for _, id := range c.ids() {
		b.doubtful[id] = true
	}
}

// sweep removes the passages of entries that are not in the catalogue. It does
// not heed a deadline: what it removes is in nobody's way, and what it leaves
// behind stays until the next start.
func (b *build) sweep(entries []*entry) error {
	batch := b.bleve.NewBatch()
	for _, e := range entries {
		for ordinal := range e.Passages {
			batch.Delete(e.passageID(ordinal))
		}
	}
	return b.commit(batch)
}

// passageWriter writes passages in batches of bounded size.
type passageWriter struct {
	ctx     context.Context
	build   *build
	entries []*entry // of the documents put
	begun   []*entry // those of which passages were written
	batch   *bleve.Batch
	waiting int // passages in batch
	written int // passages in all
}

// addAll writes the passages of all documents; entries are complete then.
func (w *passageWriter) addAll(puts []indexer.Entry) error {
	last := make(map[storage.ID]int, len(puts))
	for i, put := range puts {
		last[put.Document.ID] = i
	}
	for i, put := range puts {
		if last[put.Document.ID] != i {
			continue
		}
		if err := w.add(put); err != nil {
			return fmt.Errorf("document %s: %w", put.Document.ID, err)
		}
	}
	return w.flush()
}

// add writes the passages of one document; where the index has the very same
// passages already, nothing is written.
func (w *passageWriter) add(put indexer.Entry) error {
	hash, err := generation(put.Passages)
	if err != nil {
		return err
	}
	e := &entry{Document: put.Document, Generation: hash, Passages: len(put.Passages)}
	w.entries = append(w.entries, e)
	if old := w.build.listings[put.Document.ID]; old != nil && old.Generation == hash {
		e.Tokens = old.Tokens
		return nil
	}
	w.begun = append(w.begun, e)
	for ordinal, passage := range put.Passages {
		doc, length := w.build.analyzers.passageDocument(e, ordinal, passage)
		if err := w.batch.IndexAdvanced(doc); err != nil {
			return err
		}
		e.Tokens += length
		w.written++
		if w.waiting++; w.waiting >= batchPassages {
			if err := w.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *passageWriter) flush() error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if err := w.build.commit(w.batch); err != nil {
		return err
	}
	w.waiting = 0
	w.batch = w.build.bleve.NewBatch()
	return nil
}

// commit writes a batch; it returns once the batch survives a crash.
func (b *build) commit(batch *bleve.Batch) (err error) {
	if batch.Size() == 0 {
		return nil
	}
	if err = b.batch(batch); err != nil && isFull(b.path()) {
		err = errors.Join(storage.ErrNoSpace, err)
	}
	return err
}

// isFull tells whether a folder's disk has no room for what a batch needs.
func isFull(dir string) bool {
	const room = 4 << 20
	probe, err := os.OpenFile(filepath.Join(dir, "probe"), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) // one name, so that crashes do not pile them up
	if err == nil {
		_, err = probe.Write(make([]byte, room))
		err = errors.Join(err, probe.Close(), os.Remove(probe.Name()))
	}
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
