package indexer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"vankien/indexer/extract"
	"vankien/storage"
)

// MaxOriginal is the largest original that is taken in, in bytes.
const MaxOriginal = 1 << 30

// maxName is how much of a file's name is kept, in code points.
const maxName = 200

// Upload is a file that wants to become a document. The bytes must not change
// while it is imported.
type Upload struct {
	Name    string // its name, with or without folders
	Size    int64
	Content io.ReaderAt
	SHA256  string // of the content where it is known, lower-case hex
	By      Actor
	Edits   Edits // facts that whoever brings it states; reading does not alter them
	Publish bool  // publish it as soon as it is read, if what was read can be trusted
}

// Outcome tells what became of an upload.
type Outcome string

// The outcomes of Import.
const (
	Imported Outcome = "imported" // a new document, read
	Present  Outcome = "present"  // the same bytes were in the library, read; nothing was added
	Resumed  Outcome = "resumed"  // the same bytes were in the library, unread or unreadable; now they are read
	Pictures Outcome = "pictures" // kept, but a scan: it waits for somebody to install OCR and is not published
	// Recognizing is kept and read but for the pages that OCR is still to read:
	// Run does so, or Recognize.
	Recognizing Outcome = "recognizing"
	Doubtful    Outcome = "doubtful" // kept and read, but a draft though it was to be published: Reading.Reason tells why
	Promoted    Outcome = "promoted" // the same bytes were in the library as a draft; now it is published
	Held        Outcome = "held"     // the same bytes are in the library, under review or withdrawn: people decide, not an import
)

// Import takes a file into the library and reads it: it is looked through by
// the secrecy guard, stored, and marked for the index (see Flush). When it
// returns without error the document is durable in the store; what only OCR can
// read of it may still be to come (Recognizing). Importing the
// same bytes again adds nothing, so an import that was interrupted is simply
// begun again.
//
// A file that cannot be a document (empty, damaged, encrypted, too large, a
// format that nothing reads) is an error whose reason is Vietnamese
// (InputError, extract.Error), a secret one is storage.ErrSecret; of neither
// is anything kept, nor of what was imported of it before a machine could see
// its mark, unless people have decided about that.
func (w *Writer) Import(ctx context.Context, up Upload) (storage.Record, Outcome, error) {
	hash, err := admit(up)
	if err != nil {
		return storage.Record{}, "", err
	}
	id, err := storage.NewID(hash)
	if err != nil {
		return storage.Record{}, "", err
	}
	record, err := w.library.Document(ctx, id)
	switch {
	case err == nil:
		return w.again(ctx, record, up)
	case !errors.Is(err, storage.ErrNotFound):
		return storage.Record{}, "", err
	}
	ocr := w.ocr()
	text, err := w.readUpload(ctx, ocr, up)
	if err != nil {
		return storage.Record{}, "", err
	}
	if err := w.guard(ctx, hash, up, text); err != nil {
		return storage.Record{}, "", err
	}
	record, err = w.store(ctx, id, hash, up, text.MediaType, actionImport)
	if errors.Is(err, storage.ErrConflict) { // another import of the same bytes came first
		if record, err = w.library.Document(ctx, id); err == nil {
			return w.again(ctx, record, up)
		}
	}
	if err != nil {
		return storage.Record{}, "", err
	}
	record, err = w.keepText(ctx, ocr, record, text, up)
	return record, OutcomeOf(record.Document, up.Publish, Imported), err
}

// readUpload reads all of a file that OCR is not needed for, and the head.
func (w *Writer) readUpload(ctx context.Context, ocr recognition, up Upload) (storage.Text, error) {
	file := extract.File{Name: up.Name, Size: up.Size, ReaderAt: up.Content}
	text, err := w.read(ctx, file)
	if err != nil {
		return storage.Text{}, err
	}
	return w.withHead(ctx, ocr, file, text)
}

func newDocument(hash string, up Upload, mediaType string) storage.Document {
	return storage.Document{
		State:    storage.StateDraft,
		Audience: storage.AudiencePublic,
		Reading:  storage.Reading{Status: storage.ReadingQueued},
		Validity: storage.Unverified,
		Original: storage.Original{Name: baseName(up.Name), MediaType: mediaType, Size: up.Size, SHA256: hash},
	}
}

// baseName is a file's name without folders (of either system) and without
// what no name should hold: controls, and the marks that turn the direction of
// writing and make a name look like another. It is NFC and cut to maxName; ""
// where nothing is left.
func baseName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	name = strings.TrimSpace(norm.NFC.String(name))
	if strings.Trim(name, "./") == "" {
		return ""
	}
	if runes := []rune(name); len(runes) > maxName {
		ext := []rune(path.Ext(name))
		ext = ext[:min(len(ext), 20)]
		name = string(runes[:maxName-len(ext)]) + string(ext)
	}
	return name
}

// again deals with bytes that the library has: it reads them if that was not
// finished or failed, and publishes them if that is asked for. A document that
// somebody deleted stays deleted.
func (w *Writer) again(ctx context.Context, record storage.Record, up Upload) (storage.Record, Outcome, error) {
	if record.Deleted != nil {
		return record, "", &InputError{Reason: "Tệp này đã có trong thư viện và đã bị xóa; hãy khôi phục văn bản thay vì nhập lại.", Err: storage.ErrConflict}
	}
	if unread(record.Document) || adopted(record) || record.Reading.Status == storage.ReadingNeedsOCR && w.ocr().pages != nil {
		ocr := w.ocr()
		text, err := w.readUpload(ctx, ocr, up)
		if err != nil {
			return record, "", err
		}
		if err := w.guardAgain(ctx, record, up, text); err != nil {
			return record, "", w.takeOutAgain(ctx, record, up.By, err)
		}
		if awaitsBytes(record) {
			if record, err = w.takeOver(ctx, record.ID, up); err != nil {
				return record, "", err
			}
		}
		record, err = w.keepText(ctx, ocr, record, text, up)
		return record, OutcomeOf(record.Document, up.Publish, Resumed), err
	}
	var err error
	// The original may have been lost with its folder; storing it again is free where it was not.
	if err := w.library.PutOriginal(ctx, record.Original.SHA256, up.Size, up.reader()); err != nil {
		return record, "", err
	}
	if up.Publish && Publishable(record.Document) {
		record, err = w.change(ctx, record.ID, storage.Version{}, up.By, actionPublish, func(_ storage.Record, doc *storage.Document) error {
			if Publishable(*doc) {
				publish(doc)
			}
			return nil
		})
		return record, OutcomeOf(record.Document, up.Publish, Promoted), err
	}
	return record, OutcomeOf(record.Document, up.Publish, Present), err
}

// unread tells whether the document is still to be read, or to be tried again.
func unread(doc storage.Document) bool {
	switch doc.Reading.Status {
	case storage.ReadingQueued, storage.ReadingNow, storage.ReadingFailed:
		return true
	default:
		return false
	}
}

// keepText stores what was read of a document. Where OCR has something to read
// in it, it goes there next.
func (w *Writer) keepText(ctx context.Context, ocr recognition, record storage.Record, text storage.Text, up Upload) (storage.Record, error) {
	if !ocr.wants(text) {
		return w.keepRead(ctx, record, text, w.looked(ocr), up)
	}
	read := describe(text, "")
	updated, err := w.settle(ctx, record, text, up.By, textless, func(present storage.Record, doc *storage.Document) error {
		if unreadYet(*doc) {
			if err := read.fill(present, doc); err != nil {
				return err
			}
			doc.Reading.Status, doc.Reading.Reason = storage.ReadingNow, waitingForOCR(len(text.Pages))
		} else if up.Publish && Publishable(*doc) {
			publish(doc)
		}
		return nil
	})
	if err != nil {
		return record, err
	}
	if updated.Reading.Status == storage.ReadingNow {
		w.pictures.add(job{id: record.ID, by: up.By, publish: up.Publish})
	}
	return updated, nil
}

// keepRead stores all that was read of a document, by OCR of that version too,
// and what it says it is, unless somebody else has done so meanwhile: what people
// made of it then stays.
func (w *Writer) keepRead(ctx context.Context, record storage.Record, text storage.Text, ocr string, up Upload) (storage.Record, error) {
	read := describe(text, ocr)
	updated, err := w.settle(ctx, record, text, up.By, unreadYet, func(present storage.Record, doc *storage.Document) error {
		if unreadYet(*doc) {
			if err := read.fill(present, doc); err != nil {
				return err
			}
		}
		if up.Publish && Publishable(*doc) {
			publish(doc)
		}
		return nil
	})
	if err != nil {
		return record, err
	}
	w.lookAgain(updated.Document)
	size := 0
	for _, page := range text.Pages {
		size += len(page.Text)
	}
	if w.pending.add(updated.ID, size) {
		return updated, w.Flush(ctx)
	}
	return updated, nil
}

// putText stores a text, unless its document is being purged: what a purge has
// removed must not come back by a reading that was under way. One that the store
// does not take is an *extract.Error.
func (w *Writer) putText(ctx context.Context, record storage.Record, version string, text storage.Text) error {
	err := w.library.PutText(ctx, record.Original.SHA256, version, text)
	if errors.Is(err, storage.ErrTooLarge) || errors.Is(err, storage.ErrInvalid) { // it will not fit tomorrow either
		return &extract.Error{Reason: "Phần chữ trong tệp vượt quá giới hạn; hãy tách thành nhiều tệp.", Err: err}
	}
	if err != nil {
		return err
	}
	now, err := w.library.Document(ctx, record.ID)
	if errors.Is(err, storage.ErrNotFound) || err == nil && now.Purging {
		return errors.Join(fmt.Errorf("document %s is purged: %w", record.ID, storage.ErrNotFound), w.library.DeleteTexts(ctx, record.Original.SHA256))
	}
	return err
}
