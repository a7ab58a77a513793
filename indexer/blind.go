package indexer

import (
	"context"
	"errors"
	"time"

	"vankien/indexer/extract"
	"vankien/storage"
)

// ocr is what there is to recognise pages with now: nothing while it is gone. A
// reading asks once and goes by that to its end: it comes and goes meanwhile.
func (w *Writer) ocr() recognition {
	losses := w.losses.Load()
	if w.blind.Load() {
		return recognition{}
	}
	ocr := w.sight
	ocr.losses = losses
	return ocr
}

// looked is the version of OCR that a reading which began with ocr was read by:
// "" where it was gone then, or has been since.
func (w *Writer) looked(ocr recognition) string {
	if w.losses.Load() != ocr.losses {
		return ""
	}
	return ocr.version
}

// lookAgain has a document read once more that was read without OCR, where that
// has come back meanwhile: listOutdated may not have seen it.
func (w *Writer) lookAgain(doc storage.Document) {
	if w.background && w.sight.pages != nil && doc.Reading.OCR == "" && w.outdated(doc) {
		w.backlog.add(doc.ID, doc.Reading.Status != storage.ReadingReady)
	}
}

// noOCR tells whether an error says that OCR is gone, as it is for everybody then.
func (w *Writer) noOCR(err error) bool {
	if !errors.Is(err, extract.ErrNoOCR) {
		return false
	}
	w.losses.Add(1)
	if !w.blind.Swap(true) {
		w.logger.Error("OCR is gone: scans wait until it is back", "error", err)
	}
	return true
}

// checkOCREvery is how often is looked whether OCR that is gone is back.
var checkOCREvery = time.Minute

// awaitOCR puts OCR that was gone to use once it is back, for what was read
// without it, too. What is being read at that moment is read to its end without.
func (w *Writer) awaitOCR(ctx context.Context) {
	if w.check == nil {
		return
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(checkOCREvery):
		}
		if !w.blind.Load() || w.queue.busy()+w.pictures.busy() > 0 || w.check() != nil {
			continue
		}
		w.blind.Store(false)
		w.logger.Info("OCR is back")
		if err := w.listOutdated(ctx); err != nil && ctx.Err() == nil {
			w.logger.Warn("what was read without OCR could not be listed; the next start does", "error", err)
		}
	}
}

// listOutdated puts what today's reader or its OCR has not seen on the list of
// what is to be read again.
func (w *Writer) listOutdated(ctx context.Context) error {
	for record, err := range w.library.Documents(ctx) {
		if record.ID == "" && err != nil {
			return err
		}
		if err == nil && record.Deleted == nil && w.outdated(record.Document) {
			w.backlog.add(record.ID, record.Reading.Status != storage.ReadingReady)
		}
	}
	return nil
}
