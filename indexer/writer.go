package indexer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"

	"vankien/indexer/extract"
	"vankien/storage"
)

// Writer is the one write path: whatever enters, changes or leaves the library
// does so here. Every write goes original → record (queued) → text → record
// (ready) → index, and each step may be the last before a crash: Repair
// finishes what was begun. It is safe for concurrent use.
//
// The index may lag behind the store by what waits for Flush; searches see a
// document at the latest when Flush has returned.
type Writer struct {
	library *storage.Library
	index   Index
	logger  *slog.Logger

	mu      sync.Mutex
	waiting Batch
	held    int // passages in waiting
}

// NewWriter makes the write path of a library and its index.
func NewWriter(library *storage.Library, index Index, logger *slog.Logger) *Writer {
	return &Writer{library: library, index: index, logger: logger}
}

// flushPassages is how many passages wait for the index at most.
const flushPassages = 600

// reindex brings what the index holds of a document in line with its record.
func (w *Writer) reindex(ctx context.Context, record storage.Record) error {
	if !record.Findable() {
		return w.enqueue(ctx, Batch{Delete: []storage.ID{record.ID}}, 0)
	}
	entry, err := w.entry(ctx, record)
	if err != nil {
		return err
	}
	return w.enqueue(ctx, Batch{Put: []Entry{entry}}, len(entry.Passages))
}

// entry is what the index is to hold of a document. A text that the store has
// lost is read again from the original.
func (w *Writer) entry(ctx context.Context, record storage.Record) (Entry, error) {
	text, err := w.library.Text(ctx, record.Original.SHA256, extract.Version)
	if errors.Is(err, storage.ErrNotFound) {
		text, err = w.readOriginal(ctx, record.Original)
	}
	if err != nil {
		return Entry{}, fmt.Errorf("text of %s: %w", record.ID, err)
	}
	return Entry{Document: record.Document, Passages: SplitPassages(record.Document, text.Pages)}, nil
}

// enqueue adds to what waits for the index, and writes it once it is enough.
func (w *Writer) enqueue(ctx context.Context, batch Batch, passages int) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, put := range batch.Put {
		if w.waiting.holdsNewer(put.Document) {
			return nil // a later change of the document overtook this one
		}
		w.waiting.remove(put.Document.ID)
	}
	for _, id := range batch.Delete {
		w.waiting.remove(id)
	}
	w.waiting.Put = append(w.waiting.Put, batch.Put...)
	w.waiting.Delete = append(w.waiting.Delete, batch.Delete...)
	w.held += passages
	if w.held < flushPassages {
		return nil
	}
	return w.flush(ctx)
}

// holdsNewer tells whether the batch puts a later revision of doc.
func (b *Batch) holdsNewer(doc storage.Document) bool {
	return slices.ContainsFunc(b.Put, func(put Entry) bool {
		return put.Document.ID == doc.ID && put.Document.Revision > doc.Revision
	})
}

// remove takes a document out of a batch, whatever it was to do with it.
func (b *Batch) remove(id storage.ID) {
	b.Put = slices.DeleteFunc(b.Put, func(put Entry) bool { return put.Document.ID == id })
	b.Delete = slices.DeleteFunc(b.Delete, func(deleted storage.ID) bool { return deleted == id })
}

// Flush brings everything that was written so far into the index.
func (w *Writer) Flush(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.flush(ctx)
}

func (w *Writer) flush(ctx context.Context) error {
	if len(w.waiting.Put)+len(w.waiting.Delete) == 0 {
		return nil
	}
	if err := w.index.Apply(ctx, w.waiting); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	w.waiting, w.held = Batch{}, 0
	return nil
}

// Publish makes a document that was read findable, for whoever its audience
// includes. One that was not read is refused (storage.ErrInvalid).
func (w *Writer) Publish(ctx context.Context, id storage.ID, by string) (storage.Record, error) {
	record, err := w.library.UpdateDocument(ctx, id, by, "publish", func(doc *storage.Document) error {
		if doc.Reading.Status != storage.ReadingReady {
			return &InputError{Reason: "Chỉ công bố được văn bản đã đọc được nội dung.", Err: storage.ErrInvalid}
		}
		doc.State = storage.StatePublished
		return nil
	})
	if err != nil {
		return storage.Record{}, err
	}
	return record, w.reindex(ctx, record)
}

// Withdraw takes a document out of every search; its record and original stay.
func (w *Writer) Withdraw(ctx context.Context, id storage.ID, by string) (storage.Record, error) {
	record, err := w.library.UpdateDocument(ctx, id, by, "withdraw", func(doc *storage.Document) error {
		doc.State = storage.StateWithdrawn
		return nil
	})
	if err != nil {
		return storage.Record{}, err
	}
	return record, w.reindex(ctx, record)
}
