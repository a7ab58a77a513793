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
// to be deleted first (else an *InputError wrapping storage.ErrConflict).
func (w *Writer) Purge(ctx context.Context, id storage.ID, confirmed bool, by Actor) (Removal, error) {
	record, err := w.library.Document(ctx, id)
	if err != nil {
		return Removal{}, err
	}
	if record.Deleted == nil {
		return Removal{}, refusal("Hãy xóa văn bản trước; chỉ văn bản đã xóa mới xóa vĩnh viễn được.")
	}
	if !confirmed {
		return w.removal(ctx, record)
	}
	return w.removeAll(ctx, record, by)
}

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

// removeAll removes all of a document. It is marked first, so that the next
// start finishes what a crash interrupts.
func (w *Writer) removeAll(ctx context.Context, record storage.Record, by Actor) (Removal, error) {
	w.purging.Lock()
	defer w.purging.Unlock()
	removal, err := w.removal(ctx, record)
	if err != nil {
		return Removal{}, err
	}
	note := fmt.Sprintf("sha256 %s, %d bytes, %d objects", removal.Original, removal.Bytes, len(removal.Objects))
	if err := w.audit(ctx, storage.AuditEvent{By: by.Name, Action: actionPurge, Subject: string(record.ID), Revision: record.Revision, Note: note}); err != nil {
		return Removal{}, err
	}
	marked, err := w.library.UpdateRecord(ctx, record.ID, storage.Version{}, by.Name, actionPurge, func(_ storage.Record, doc *storage.Document) error {
		doc.Purging = true
		if doc.Deleted == nil {
			doc.Deleted = present()
		}
		return nil
	})
	if err != nil {
		return Removal{}, err
	}
	w.watchers.tell(marked.Document)
	w.pending.add(record.ID, 0)
	if err := w.Flush(ctx); err != nil {
		return Removal{}, err
	}
	removal.Removed = true
	return removal, w.finishPurge(ctx, marked)
}

// finishPurge removes what is left of a document that is marked, the record last.
func (w *Writer) finishPurge(ctx context.Context, record storage.Record) error {
	if err := w.library.DeleteOriginal(ctx, record.Original.SHA256); err != nil && !errors.Is(err, storage.ErrNotFound) {
		return err
	}
	if err := w.library.DeleteTexts(ctx, record.Original.SHA256); err != nil {
		return err
	}
	if err := w.library.DeleteDocument(ctx, record.ID, storage.Version{}); err != nil && !errors.Is(err, storage.ErrNotFound) {
		return err
	}
	return nil
}
