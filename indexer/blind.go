package indexer

import (
	"context"
	"errors"
	"time"

	"vankien/indexer/extract"
	"vankien/storage"
)

// ocr is what there is to recognise pages with now: nothing while it is gone.
func (w *Writer) ocr() recognition {
	if w.blind.Load() {
		return recognition{}
	}
	return w.sight
}

// noOCR tells whether an error says that OCR is gone, as it is for everybody then.
func (w *Writer) noOCR(err error) bool {
	if !errors.Is(err, extract.ErrNoOCR) {
		return false
	}
	if !w.blind.Swap(true) {
		w.logger.Error("OCR is gone: scans wait until it is back", "error", err)
	}
	return true
}

// checkOCREvery is how often is looked whether OCR that is gone is back.
var checkOCREvery = time.Minute

// awaitOCR puts OCR that was gone to use once it is back, for what was read
// without it, too. Nothing is being read at that moment: of no document it would
// be said that OCR has looked at it because it came back while it was read.
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
