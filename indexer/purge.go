package indexer

import (
	"context"
	"errors"
	"fmt"

	"vankien/storage"
)

// Removal tells what a purge removes, or would remove.
type Removal struct {
	ID       storage.ID `json:"id"`
	Original string     `json:"original"` // the SHA-256 of the bytes
	Name     string     `json:"name"`     // of the file as it was uploaded
	Bytes    int64      `json:"bytes"`    // of all that is listed
	Objects  []string   `json:"objects"`  // the keys in the store
	Removed  bool       `json:"removed"`  // false where nothing was removed yet
}

// Purge removes a deleted document for good: its original, its texts and its
// record with the history. The audit trail stays, and so does what backups
// hold. Without confirmed it only tells what it would remove. The document has
// to be deleted first (else an *InputError wrapping storage.ErrConflict), and
// ifVersion to name it, as for decisions.
func (w *Writer) Purge(ctx context.Context, id storage.ID, ifVersion storage.Version, confirmed bool, by Actor) (Removal, error) {
	record, err := w.library.Document(ctx, id)
	switch {
	case err != nil:
		return Removal{}, err
	case !ifVersion.Names(&record.Document):
		return Removal{}, fmt.Errorf("document %s is at version %s: %w", id, record.Version(), storage.ErrConflict)
	case record.Deleted == nil:
		return Removal{}, errNotDeleted
	case !confirmed:
		return w.removal(ctx, record)
	}
	return w.removeAll(ctx, record, ifVersion, by, false)
}

var errNotDeleted = refusal("Hãy xóa văn bản trước; chỉ văn bản đã xóa mới xóa vĩnh viễn được.")

// removal lists what is left of a document.
func (w *Writer) removal(ctx context.Context, record storage.Record) (Removal, error) {
	r := Removal{ID: record.ID, Original: record.Original.SHA256, Name: record.Original.Name, Objects: []string{}}
	original, err := w.library.StatOriginal(ctx, record.Original.SHA256)
	switch {
	case err == nil:
		r.Objects, r.Bytes = append(r.Objects, original.Key), original.Size
	case !errors.Is(err, storage.ErrNotFound):
		return Removal{}, err
	}
	for text, err := range w.library.Texts(ctx, record.Original.SHA256) {
		if err != nil {
			return Removal{}, err
		}
		r.Objects, r.Bytes = append(r.Objects, text.Key), r.Bytes+text.Size
	}
	r.Objects = append(r.Objects, storage.DocumentsPrefix+string(record.ID)+".json")
	return r, nil
}

// removeAll removes all of a document that was deleted, or with force of any. It
// is marked first, so that Run or the next start finishes what is interrupted.
func (w *Writer) removeAll(ctx context.Context, record storage.Record, ifVersion storage.Version, by Actor, force bool) (Removal, error) {
	unlock, err := w.bytes.lock(ctx, record.ID)
	if err != nil {
		return Removal{}, err
	}
	defer unlock()
	removal, err := w.removal(ctx, record)
	if err != nil {
		return Removal{}, err
	}
	note := fmt.Sprintf("sha256 %s, %d bytes, %d objects", removal.Original, removal.Bytes, len(removal.Objects))
	if err := w.audit(ctx, storage.AuditEvent{By: by.Name, Action: actionPurge, Subject: string(record.ID), Revision: record.Revision, Note: note}); err != nil {
		return Removal{}, err
	}
	marked, err := w.library.UpdateRecord(ctx, record.ID, ifVersion, by.Name, actionPurge, func(_ storage.Record, doc *storage.Document) error {
		if doc.Deleted == nil && !force { // somebody has brought it back
			return errNotDeleted
		}
		doc.Purging = true
		if doc.Deleted == nil {
			doc.Deleted = now()
		}
		return nil
	})
	if err != nil {
		return Removal{}, err
	}
	w.watchers.tell(marked.Document)
	w.pending.add(record.ID, 0)
	err = w.Flush(ctx)
	if err == nil {
		err = w.finishPurge(ctx, marked)
	}
	if err != nil {
		w.queue.add(job{id: record.ID, by: by})
		return Removal{}, err
	}
	removal.Removed = true
	return removal, nil
}

// finishPurge removes what is left of a document that is marked, the record last.
func (w *Writer) finishPurge(ctx context.Context, record storage.Record) error {
	if err := w.library.DeleteOriginal(ctx, record.Original.SHA256); err != nil && !errors.Is(err, storage.ErrNotFound) {
		return err
	}
	if err := w.library.DeleteTexts(ctx, record.Original.SHA256); err != nil {
		return err
	}
	for range 3 { // a reading that ends just now may write the record once more
		err := w.library.DeleteDocument(ctx, record.ID, storage.Version{})
		if err == nil || errors.Is(err, storage.ErrNotFound) {
			return nil
		}
		if !errors.Is(err, storage.ErrConflict) {
			return err
		}
	}
	return fmt.Errorf("document %s changes while it is purged: %w", record.ID, storage.ErrUnavailable)
}
