package indexer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"vankien/indexer/extract"
	"vankien/storage"
)

// Progress is told how far a long run has come: documents looked at so far.
type Progress func(done int)

// Repair brings the index in line with the store and finishes documents whose
// reading was interrupted: what every start does. It looks at each record and
// reads the texts of those only whose revision the index does not hold.
func (w *Writer) Repair(ctx context.Context, progress Progress) error {
	held, err := w.index.Revisions(ctx)
	if err != nil {
		return err
	}
	done := 0
	for record, err := range w.library.Documents(ctx) {
		if err != nil {
			return err
		}
		if record, err = w.finishReading(ctx, record); err != nil {
			return err
		}
		revision, indexed := held[record.ID]
		delete(held, record.ID)
		if record.Findable() && revision != record.Revision || !record.Findable() && indexed {
			if err := w.reindex(ctx, record); err != nil {
				return err
			}
		}
		if done++; progress != nil {
			progress(done)
		}
	}
	for id := range held { // no record any more
		if err := w.enqueue(ctx, Batch{Delete: []storage.ID{id}}, 0); err != nil {
			return err
		}
	}
	return w.Flush(ctx)
}

// finishReading reads a document whose reading a crash interrupted. One that
// cannot be read is marked as failed, with its reason, and is no error.
func (w *Writer) finishReading(ctx context.Context, record storage.Record) (storage.Record, error) {
	if status := record.Reading.Status; status != storage.ReadingQueued && status != storage.ReadingNow {
		return record, nil
	}
	text, err := w.readOriginal(ctx, record.Original)
	if err == nil {
		return w.keepText(ctx, record, text, Upload{By: "repair"})
	}
	var refusal *extract.Error
	reason := "Không tìm thấy tệp gốc trong kho."
	switch {
	case errors.As(err, &refusal):
		reason = refusal.Reason
	case !errors.Is(err, storage.ErrNotFound):
		return record, fmt.Errorf("document %s: %w", record.ID, err)
	}
	w.logger.Warn("a document could not be read", "document", record.ID, "error", err)
	return w.library.UpdateDocument(ctx, record.ID, "repair", "read", func(doc *storage.Document) error {
		doc.Reading = storage.Reading{Status: storage.ReadingFailed, Reason: reason}
		return nil
	})
}

// readOriginal reads an original from the store and keeps its text.
func (w *Writer) readOriginal(ctx context.Context, original storage.Original) (storage.Text, error) {
	spool, err := w.spool(ctx, original)
	if err != nil {
		return storage.Text{}, err
	}
	defer func() {
		if err := spool.Close(); err != nil {
			w.logger.Warn("closing a spooled original", "error", err)
		}
	}()
	text, err := extract.Read(ctx, extract.File{Name: original.Name, Size: original.Size, ReaderAt: spool})
	if err != nil {
		return storage.Text{}, err
	}
	return text, w.library.PutText(ctx, original.SHA256, extract.Version, text)
}

// spool copies an original into an unlinked temporary file: readers need random access.
func (w *Writer) spool(ctx context.Context, original storage.Original) (*os.File, error) {
	stored, err := w.library.OpenOriginal(ctx, original.SHA256)
	if err != nil {
		return nil, err
	}
	defer stored.Close()
	file, err := os.CreateTemp("", "vankien-original-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(file.Name()); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	if _, err := io.Copy(file, stored); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// Fill gives apply everything that a complete index holds, for a fresh one; it
// is called with batches of bounded size.
func (w *Writer) Fill(ctx context.Context, apply func(context.Context, Batch) error, progress Progress) error {
	var batch Batch
	passages, done := 0, 0
	for record, err := range w.library.Documents(ctx) {
		if err != nil {
			return err
		}
		if record.Findable() {
			entry, err := w.entry(ctx, record)
			if err != nil {
				return err
			}
			batch.Put = append(batch.Put, entry)
			passages += len(entry.Passages)
		}
		if passages >= flushPassages {
			if err := apply(ctx, batch); err != nil {
				return err
			}
			batch, passages = Batch{}, 0
		}
		if done++; progress != nil {
			progress(done)
		}
	}
	return apply(ctx, batch)
}
