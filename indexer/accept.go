package indexer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"vankien/indexer/extract"
	"vankien/indexer/facts"
	"vankien/storage"
)

// PresentError says that the library has the bytes of an upload; it wraps
// storage.ErrConflict.
type PresentError struct {
	ID      storage.ID
	Deleted bool // and that the document was deleted
}

func (e *PresentError) Error() string { return fmt.Sprintf("the library has document %s", e.ID) }

// Unwrap returns storage.ErrConflict.
func (e *PresentError) Unwrap() error { return storage.ErrConflict }

// Accept takes an upload in and leaves the reading to Run: when it returns
// without an error, original and record are durable and the document is queued.
// The secrecy guard has seen the head of its first pages before a byte is
// stored. Errors are those of Import; bytes that the library has are a
// *PresentError, unless their document waits for just them: one whose original
// was lost, or that was found without a record.
func (w *Writer) Accept(ctx context.Context, up Upload) (storage.Record, error) {
	hash, err := admit(up)
	if err != nil {
		return storage.Record{}, err
	}
	id, err := storage.NewID(hash)
	if err != nil {
		return storage.Record{}, err
	}
	switch record, err := w.library.Document(ctx, id); {
	case err == nil:
		return w.acceptAgain(ctx, record, up)
	case !errors.Is(err, storage.ErrNotFound):
		return storage.Record{}, err
	}
	head, err := w.read(ctx, extract.File{Name: up.Name, Size: up.Size, Pages: guardedPages, ReaderAt: up.Content})
	if err != nil {
		return storage.Record{}, err
	}
	if err := w.guard(ctx, hash, up, head); err != nil {
		return storage.Record{}, err
	}
	record, err := w.store(ctx, hash, up, head.MediaType, actionUpload)
	if errors.Is(err, storage.ErrConflict) { // another upload of the same bytes came first
		return storage.Record{}, &PresentError{ID: id}
	}
	if err != nil {
		return storage.Record{}, err
	}
	w.queue.add(job{id: id, by: up.By, publish: up.Publish})
	return record, nil
}

// acceptAgain deals with bytes that the library has.
func (w *Writer) acceptAgain(ctx context.Context, record storage.Record, up Upload) (storage.Record, error) {
	waits := adopted(record) || record.Reading.Status == storage.ReadingFailed
	if record.Deleted != nil || !waits {
		return storage.Record{}, &PresentError{ID: record.ID, Deleted: record.Deleted != nil}
	}
	record, err := w.takeOver(ctx, record, up)
	if err != nil {
		return storage.Record{}, err
	}
	w.queue.add(job{id: record.ID, by: up.By, publish: up.Publish})
	return record, nil
}

// adopted tells whether an original was found without a record, and nobody has
// cared for it since.
func adopted(record storage.Record) bool {
	for i, change := range record.History {
		if i == 0 && change.Action != actionAdopt || i > 0 && change.Action != actionRead {
			return false
		}
	}
	return len(record.History) > 0
}

// takeOver gives a document its bytes once more, which may be lost or altered,
// and the name under which they came this time.
func (w *Writer) takeOver(ctx context.Context, record storage.Record, up Upload) (storage.Record, error) {
	w.purging.RLock()
	defer w.purging.RUnlock()
	if err := w.library.ReplaceOriginal(ctx, record.Original.SHA256, up.Size, up.reader()); err != nil {
		return storage.Record{}, err
	}
	return w.change(ctx, record.ID, storage.Version{}, up.By, actionUpload, func(record storage.Record, doc *storage.Document) error {
		if adopted(record) {
			doc.Audience = storage.AudiencePublic
			if doc.Facts.Circulation != "" {
				doc.Audience = storage.AudienceMembers
			}
		}
		doc.Original.Name = baseName(up.Name)
		doc.Reading = storage.Reading{Status: storage.ReadingQueued}
		return up.Edits.apply(doc)
	})
}

// guardedPages are how many pages the secrecy guard looks at (facts.Secret).
const guardedPages = 2

// guard refuses what carries a mark of State secrecy. Of such a file nothing
// is kept but hash, size, time and rule.
func (w *Writer) guard(ctx context.Context, hash string, up Upload, head storage.Text) error {
	mark, rule, secret := facts.Secret(head.Pages)
	if !secret {
		return nil
	}
	w.logger.Warn("refused a file marked secret", "sha256", hash, "size", up.Size, "rule", rule)
	refused := &InputError{
		Reason: fmt.Sprintf("Văn bản mang dấu chỉ độ mật (%s): không được lưu trên máy nối mạng. Hệ thống không giữ lại gì của tệp này.", mark),
		Err:    storage.ErrSecret,
	}
	note := fmt.Sprintf("%d bytes, rule %s", up.Size, rule)
	if err := w.audit(ctx, storage.AuditEvent{By: up.By.Name, Action: actionRefuse, Subject: hash, Note: note}); err != nil {
		w.logger.Error("a refusal is not in the audit trail", "sha256", hash, "error", err) // it is refused all the same
	}
	return refused
}

// store makes original and record durable, in this order.
func (w *Writer) store(ctx context.Context, hash string, up Upload, mediaType, action string) (storage.Record, error) {
	w.purging.RLock()
	defer w.purging.RUnlock()
	if err := w.library.PutOriginal(ctx, hash, up.Size, up.reader()); err != nil {
		return storage.Record{}, err
	}
	doc := newDocument(hash, up, mediaType)
	if err := up.Edits.apply(&doc); err != nil {
		return storage.Record{}, err
	}
	record, err := w.library.CreateDocument(ctx, doc, up.By.Name, action)
	if err != nil {
		return storage.Record{}, err
	}
	return record, w.changed(ctx, record, up.By, action)
}

// admit refuses what can never be a document and returns the SHA-256 of the rest.
func admit(up Upload) (string, error) {
	switch {
	case up.Size <= 0:
		return "", &InputError{Reason: "Tệp rỗng, không có nội dung.", Err: storage.ErrInvalid}
	case up.Size > MaxOriginal:
		return "", &InputError{Reason: fmt.Sprintf("Tệp lớn hơn %d MB.", MaxOriginal>>20), Err: storage.ErrTooLarge}
	case up.SHA256 != "":
		return up.SHA256, nil
	}
	hash := sha256.New()
	if _, err := io.Copy(hash, up.reader()); err != nil {
		return "", fmt.Errorf("reading %s: %w", up.Name, err)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

func (up Upload) reader() io.Reader { return io.NewSectionReader(up.Content, 0, up.Size) }
