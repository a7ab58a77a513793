package indexer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"vankien/indexer/extract"
	"vankien/storage"
)

// recognition is the OCR of a Writer; its functions are nil where there is none.
type recognition struct {
	pages   func(ctx context.Context, f extract.File, text storage.Text, progress func(done, pages int)) (storage.Text, error)
	head    func(ctx context.Context, f extract.File, text storage.Text) (storage.Text, error)
	version string
	losses  int64 // of the Writer, when it was asked
}

// pdfType is what OCR is for: nothing else has pages that are pictures.
const pdfType = "application/pdf"

// wants tells whether a text has pages that OCR should look at and has not:
// pictures, pages without text, pages whose text layer is not to be trusted.
// What is not worth it, the OCR itself passes over.
func (r recognition) wants(text storage.Text) bool {
	return r.pages != nil && text.MediaType == pdfType && slices.ContainsFunc(text.Pages, func(p storage.Page) bool {
		seen := p.OCR || p.Other != nil && p.Other.OCR
		return !seen && (p.Text == "" || p.Score < extract.BadScore || extract.PageNeedsOCR(p))
	})
}

// withHead is the text with what OCR reads in the heads of its first pages, for
// the guard. extract.HeadUnseen holds for those that OCR fails on.
func (w *Writer) withHead(ctx context.Context, ocr recognition, file extract.File, text storage.Text) (storage.Text, error) {
	if ocr.head == nil || text.MediaType != pdfType || len(text.Pages) == 0 {
		return text, nil
	}
	file.Pages = 0
	defer w.done.recognizing(time.Now())
	read, err := ocr.head(ctx, file, text)
	if w.noOCR(err) {
		return text, nil
	}
	if err == nil || passing(ctx, err) {
		return read, err
	}
	w.logger.Warn("the head of a page could not be recognised", "file", file.Name, "error", err)
	if len(read.Pages) != len(text.Pages) {
		read = text
	}
	if !slices.ContainsFunc(read.Pages, extract.HeadUnseen) { // it does not say which
		read = unseenYet(read)
	}
	return read, nil
}

// headsOf is what OCR has read in the heads of a text's first pages, without all else.
func headsOf(text storage.Text) []storage.Page {
	var heads []storage.Page
	for _, page := range text.Pages[:min(guardedPages, len(text.Pages))] {
		heads = append(heads, storage.Page{Picture: page.Picture, Warnings: page.Warnings})
	}
	return heads
}

// sameHeads is the text with what OCR has read in the heads of its first pages.
func sameHeads(text storage.Text, heads []storage.Page) storage.Text {
	text.Pages = slices.Clone(text.Pages)
	for i, head := range heads[:min(len(heads), len(text.Pages))] {
		text.Pages[i].Picture = head.Picture
	}
	return sameUnseen(text, heads)
}

// sameUnseen is the text with the marks of those heads that nobody has read.
func sameUnseen(text storage.Text, heads []storage.Page) storage.Text {
	text.Pages = slices.Clone(text.Pages)
	for i, head := range heads[:min(len(heads), len(text.Pages))] {
		if extract.HeadUnseen(head) {
			text.Pages[i] = extract.MarkUnseen(text.Pages[i])
		}
	}
	return text
}

// unseenYet is a text whose first head nobody has read: that it was is for OCR
// to say. Of a later page only a picture is looked at, which asks for it itself.
func unseenYet(text storage.Text) storage.Text {
	text.Pages = slices.Clone(text.Pages)
	text.Pages[0] = extract.MarkUnseen(text.Pages[0])
	return text
}

// knownHeads are the first pages of a document as the text that serves has them,
// where there is no OCR to look at them again: what it saw, and what it failed on,
// still holds then. nil where there is none, or no such text.
func (w *Writer) knownHeads(ctx context.Context, ocr recognition, record storage.Record) ([]storage.Page, error) {
	if ocr.head != nil || record.Original.MediaType != pdfType || record.Reading.TextVersion() == "" {
		return nil, nil
	}
	text, err := w.library.Text(ctx, record.Original.SHA256, record.Reading.TextVersion())
	if errors.Is(err, storage.ErrNotFound) || errors.Is(err, storage.ErrDamaged) {
		return nil, nil
	}
	return headsOf(text), err
}

// withPages is the text with the pages that OCR reads. Where OCR fails as a
// whole the text is as it was, where it is gone, as far as it came.
func (w *Writer) withPages(ctx context.Context, ocr recognition, file extract.File, text storage.Text, progress func(done, pages int)) (storage.Text, error) {
	if !ocr.wants(text) {
		return text, nil
	}
	defer w.done.recognizing(time.Now())
	read, err := ocr.pages(ctx, file, text, func(done, pages int) {
		if done > 0 {
			w.done.pages.Add(1)
		}
		progress(done, pages)
	})
	if w.noOCR(err) && len(read.Pages) == len(text.Pages) { // what was read before stays
		return read, nil
	}
	if err == nil || passing(ctx, err) {
		return read, err
	}
	w.logger.Warn("a document could not be recognised", "file", file.Name, "error", err)
	return text, nil
}

// unseenHead tells whether a page may carry a stamp that no guard has seen.
func unseenHead(page storage.Page) bool {
	return extract.PageNeedsOCR(page) || extract.HeadUnseen(page)
}

// passing tells whether an error is none of the file's, and may be gone later.
func passing(ctx context.Context, err error) bool {
	return ctx.Err() != nil || errors.Is(err, storage.ErrUnavailable) || errors.Is(err, storage.ErrNoSpace)
}

// recognizeQueued finishes a document that waits for OCR alone.
func (w *Writer) recognizeQueued(ctx context.Context, j job) error {
	record, err := w.library.Document(ctx, j.id)
	switch {
	case errors.Is(err, storage.ErrNotFound), errors.Is(err, storage.ErrDamaged):
		return nil
	case err != nil:
		return err
	case record.Deleted != nil || record.Purging || record.Reading.Status != storage.ReadingNow:
		return nil
	}
	_, err = w.finishRecognizing(ctx, record, Upload{By: j.by, Publish: j.publish}, w.follow(record.Document))
	if errors.Is(err, storage.ErrSecret) {
		return nil
	}
	return w.unlessTooLarge(ctx, record, j, err)
}

// Recognize does the OCR that an Import has left (outcome Recognizing), for a
// caller that has no Run; progress is told how many pages of those in
// question are done, first 0. Of up
// only By and Publish are looked at. The outcome is that of Import.
func (w *Writer) Recognize(ctx context.Context, id storage.ID, up Upload, progress func(done, pages int)) (storage.Record, Outcome, error) {
	record, err := w.library.Document(ctx, id)
	if err != nil {
		return storage.Record{}, "", err
	}
	if record.Deleted == nil && record.Reading.Status == storage.ReadingNow {
		if record, err = w.finishRecognizing(ctx, record, up, progress); err != nil {
			return record, "", err
		}
	}
	return record, OutcomeOf(record.Document, up.Publish, Imported), nil
}

// finishRecognizing does the OCR of a document that was read but for that. The
// guard looks at it once more: what turns out to carry a mark of State secrecy
// is removed, and is an *InputError.
func (w *Writer) finishRecognizing(ctx context.Context, record storage.Record, up Upload, progress func(done, pages int)) (storage.Record, error) {
	defer w.underway.done(record.ID)
	ocr := w.ocr()
	text, err := w.recognizeOriginal(ctx, ocr, record, progress)
	if lost(err) {
		return w.markFailed(ctx, record, up.By, err)
	}
	if err != nil {
		return record, err
	}
	up.Size = record.Original.Size
	if secret := w.guardAgain(ctx, record, up, text); secret != nil {
		return w.takeOut(ctx, record, text, w.looked(ocr), up.By, secret)
	}
	return w.keepRead(ctx, record, text, w.looked(ocr), up)
}

// recognizeOriginal is the text of a document, complete with what OCR reads.
// Where all but OCR has just been done, the rest is not read again.
func (w *Writer) recognizeOriginal(ctx context.Context, ocr recognition, record storage.Record, progress func(done, pages int)) (text storage.Text, err error) {
	known := false
	if record.Reading.Status == storage.ReadingNow && record.Reading.Reader == extract.Version {
		text, err = w.library.Text(ctx, record.Original.SHA256, extract.Version)
		known = err == nil
		if err != nil && !errors.Is(err, storage.ErrNotFound) && !errors.Is(err, storage.ErrDamaged) {
			return storage.Text{}, err
		}
	}
	err = w.withOriginal(ctx, record.Original, func(file extract.File) error {
		if !known {
			heads, err := w.knownHeads(ctx, ocr, record)
			if err != nil {
				return err
			}
			if text, err = w.readFile(ctx, ocr, file, heads); err != nil {
				return err
			}
		}
		text, err = w.withPages(ctx, ocr, file, text, progress)
		return err
	})
	if err != nil && known && len(text.Pages) > 0 { // what was recognised so far is not done again
		err = errors.Join(err, w.putText(context.WithoutCancel(ctx), record, extract.Version, text))
	}
	return text, err
}

// waitingForOCR is what is told of a document that waits for its turn.
func waitingForOCR(pages int) string {
	if pages == 1 {
		return "Đang chờ nhận dạng chữ trong ảnh."
	}
	return fmt.Sprintf("Đang chờ nhận dạng chữ trong ảnh (văn bản có %d trang).", pages)
}
