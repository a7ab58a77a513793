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
// The secrecy guard has seen the head of its first pages, and what OCR reads in
// the picture of the first, before a byte is stored. Errors are those of Import; bytes that the library has are a
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
	present, err := w.library.Document(ctx, id)
	switch {
	case err == nil && !awaitsBytes(present):
		if present.Reading.Status == storage.ReadingQueued { // its upload may have had no answer
			w.queue.add(job{id: id, by: up.By, publish: up.Publish})
		}
		return storage.Record{}, &PresentError{ID: id, Deleted: present.Deleted != nil}
	case err != nil && !errors.Is(err, storage.ErrNotFound):
		return storage.Record{}, err
	}
	known := err == nil
	ocr := w.ocr()
	head, err := w.readHead(ctx, ocr, up)
	if err != nil {
		return storage.Record{}, err
	}
	if known {
		if err := w.guardAgain(ctx, present, up, head); err != nil {
			return storage.Record{}, w.takeOutAgain(ctx, present, up.By, err)
		}
	} else if err := w.guard(ctx, hash, up, head); err != nil {
		return storage.Record{}, err
	}
	var record storage.Record
	if known {
		record, err = w.takeOver(ctx, id, up)
	} else {
		record, err = w.store(ctx, id, hash, up, head.MediaType, actionUpload)
	}
	if err == nil || !refused(err) { // it may be there though there was an error
		heads := headsOf(head)
		if w.sight.head != nil && (ocr.head == nil || w.losses.Load() != ocr.losses) { // nothing has looked at them
			heads = nil
		}
		w.queue.add(job{id: id, by: up.By, publish: up.Publish, heads: heads})
	}
	if errors.Is(err, storage.ErrConflict) && !errors.As(err, new(*PresentError)) { // another upload of the same bytes came first
		err = &PresentError{ID: id}
	}
	return record, err
}

// awaitsBytes tells whether a document waits for the very bytes that it has: its
// original was lost or could not be read, or was found without a record.
func awaitsBytes(record storage.Record) bool {
	return record.Deleted == nil && (adopted(record) || record.Reading.Status == storage.ReadingFailed)
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

// takeOver gives a document that awaits its bytes these, and the name under which
// they came this time. Where it does not await them any more it is a *PresentError.
func (w *Writer) takeOver(ctx context.Context, id storage.ID, up Upload) (storage.Record, error) {
	unlock, err := w.bytes.lock(ctx, id)
	if err != nil {
		return storage.Record{}, err
	}
	defer unlock()
	record, err := w.library.Document(ctx, id)
	if err != nil {
		return storage.Record{}, err
	}
	if !awaitsBytes(record) {
		return storage.Record{}, &PresentError{ID: id, Deleted: record.Deleted != nil}
	}
	if err := w.library.ReplaceOriginal(ctx, record.Original.SHA256, up.Size, up.reader()); err != nil {
		return storage.Record{}, err
	}
	return w.change(ctx, id, storage.Version{}, up.By, actionUpload, func(record storage.Record, doc *storage.Document) error {
		if !awaitsBytes(record) {
			return &PresentError{ID: id, Deleted: doc.Deleted != nil}
		}
		if adopted(record) {
			doc.Audience = storage.AudiencePublic // until the reading decides
		}
		doc.Original.Name = baseName(up.Name)
		doc.Reading = storage.Reading{Status: storage.ReadingQueued}
		return up.Edits.apply(doc)
	})
}

// readHead reads what the guard looks at.
func (w *Writer) readHead(ctx context.Context, ocr recognition, up Upload) (storage.Text, error) {
	file := extract.File{Name: up.Name, Size: up.Size, Pages: guardedPages, ReaderAt: up.Content}
	head, err := w.head(ctx, file)
	if err != nil {
		return storage.Text{}, err
	}
	return w.withHead(ctx, ocr, file, head)
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
	refused := &secretError{mark, &InputError{
		Reason: fmt.Sprintf("Văn bản mang dấu chỉ độ mật (%s): không được lưu trên máy nối mạng. Hệ thống không giữ lại nội dung nào của tệp này.", mark),
		Err:    storage.ErrSecret,
	}}
	note := fmt.Sprintf("%d bytes, rule %s", up.Size, rule)
	if err := w.audit(ctx, storage.AuditEvent{By: up.By.Name, Action: actionRefuse, Subject: hash, Note: note}); err != nil {
		w.logger.Error("a refusal is not in the audit trail", "sha256", hash, "error", err) // it is refused all the same
	}
	return refused
}

// store makes original and record durable, in this order.
func (w *Writer) store(ctx context.Context, id storage.ID, hash string, up Upload, mediaType, action string) (storage.Record, error) {
	unlock, err := w.bytes.lock(ctx, id)
	if err != nil {
		return storage.Record{}, err
	}
	defer unlock()
	doc := newDocument(hash, up, mediaType)
	if err := up.Edits.apply(&doc); err != nil {
		return storage.Record{}, err
	}
	if err := w.library.PutOriginal(ctx, hash, up.Size, up.reader()); err != nil {
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
