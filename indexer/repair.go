package indexer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"vankien/indexer/extract"
	"vankien/storage"
)

// Progress is told how far a long run has come: documents looked at so far.
type Progress func(done int)

// EntryVersion names how entries are made of documents: an index that holds
// entries of another version must be filled anew, though the revisions agree.
const EntryVersion = "p2-" + extract.Version

// Repair brings the index in line with the store and finishes documents whose
// reading was interrupted: what every start does. It looks at each record and
// reads the texts of those only whose revision the index does not hold.
//
// A document that the store has lost parts of is logged and left out of the
// index, one whose record is damaged is logged and left as it is; neither
// keeps the rest from being found.
func (w *Writer) Repair(ctx context.Context, progress Progress) error {
	held, err := w.index.Versions(ctx)
	if err != nil {
		return err
	}
	done := 0
	for record, err := range w.library.Documents(ctx) {
		if err == nil {
			err = w.repair(ctx, record, held)
		}
		delete(held, record.ID)
		if errors.Is(err, storage.ErrDamaged) {
			w.logger.Error("a record is damaged", "document", record.ID, "error", err)
		} else if err != nil {
			return err
		}
		if done++; progress != nil {
			progress(done)
		}
	}
	for id := range held {
		if err := w.drop(ctx, id); err != nil {
			return err
		}
	}
	return w.Flush(ctx)
}

// repair finishes one document and brings its entry in line.
func (w *Writer) repair(ctx context.Context, record storage.Record, held map[storage.ID]storage.Version) error {
	record, err := w.finishReading(ctx, record)
	if err != nil {
		return err
	}
	version, indexed := held[record.ID]
	if record.Findable() == indexed && (!indexed || version.Equal(record.Version())) {
		return nil
	}
	err = w.reindex(ctx, record)
	if lost(err) {
		w.logger.Error("a document is left out of the index", "document", record.ID, "error", err)
		return w.enqueue(ctx, record.Document, nil)
	}
	return err
}

// drop takes a document without a record out of the index.
func (w *Writer) drop(ctx context.Context, id storage.ID) error {
	switch _, err := w.library.Document(ctx, id); {
	case err == nil: // it was imported while the records were listed
		return nil
	case !errors.Is(err, storage.ErrNotFound) && !errors.Is(err, storage.ErrInvalid):
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.waiting.remove(id)
	w.waiting.Delete = append(w.waiting.Delete, id)
	return nil
}

// lost tells whether an error means that the store no longer has what it was
// given, or that nobody can read it: no reason to try again.
func lost(err error) bool {
	return errors.Is(err, storage.ErrNotFound) || errors.Is(err, storage.ErrDamaged) || errors.As(err, new(*extract.Error))
}

// finishReading reads a document whose reading a crash interrupted. One that
// cannot be read is marked as failed, with its reason, and is no error.
func (w *Writer) finishReading(ctx context.Context, record storage.Record) (storage.Record, error) {
	if status := record.Reading.Status; status != storage.ReadingQueued && status != storage.ReadingNow {
		return record, nil
	}
	text, err := w.readOriginal(ctx, record.Original)
	if err == nil {
		return w.keepText(ctx, record, text, Upload{By: repairer})
	}
	if !lost(err) {
		return record, fmt.Errorf("document %s: %w", record.ID, err)
	}
	w.logger.Warn("a document could not be read", "document", record.ID, "error", err)
	return w.library.UpdateDocument(ctx, record.ID, repairer, "read", func(doc *storage.Document) error {
		if unread(*doc) {
			doc.Reading = storage.Reading{Status: storage.ReadingFailed, Reason: reasonFor(err)}
		}
		return nil
	})
}

// repairer is who the history names for what Repair did.
const repairer = "repair"

// reasonFor is what a person is told of a lost original.
func reasonFor(err error) string {
	var refusal *extract.Error
	switch {
	case errors.As(err, &refusal):
		return refusal.Reason
	case errors.Is(err, storage.ErrDamaged):
		return "Tệp gốc trong kho đã bị hỏng; hãy tải lại đúng tệp đó."
	default:
		return "Không tìm thấy tệp gốc trong kho; hãy tải lại đúng tệp đó."
	}
}

// readOriginal reads an original from the store.
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
	return extract.Read(ctx, extract.File{Name: original.Name, Size: original.Size, ReaderAt: spool})
}

// spool copies an original into an unlinked temporary file: readers need random
// access. Bytes that are not the original's any more are storage.ErrDamaged.
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
	hash := sha256.New()
	if _, err := io.Copy(io.MultiWriter(file, hash), stored); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	if got := hex.EncodeToString(hash.Sum(nil)); got != original.SHA256 {
		return nil, errors.Join(fmt.Errorf("original %s has the hash %s: %w", original.SHA256, got, storage.ErrDamaged), file.Close())
	}
	return file, nil
}

// Fill gives apply everything that a complete index holds, for a fresh one; it
// is called with batches of bounded size. Documents that the store has lost
// parts of are logged and left out, as Repair does.
func (w *Writer) Fill(ctx context.Context, apply func(context.Context, Batch) error, progress Progress) error {
	var batch Batch
	passages, done := 0, 0
	for record, err := range w.library.Documents(ctx) {
		var entry Entry
		if err == nil && record.Findable() {
			entry, err = w.entry(ctx, record)
		}
		switch {
		case lost(err) && record.ID != "":
			w.logger.Error("a document is left out of the index", "document", record.ID, "error", err)
		case err != nil:
			return err
		case record.Findable():
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
