package indexer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"vankien/indexer/extract"
	"vankien/indexer/facts"
	"vankien/storage"
)

// How a better reader goes through what earlier ones have read.
const (
	lullEvery  = 100 * time.Millisecond // between two looks whether there is something else to do
	logEvery   = time.Minute
	rereadMost = 5 // tries, while the store cannot be used
)

// readBacklog has today's reader go through what earlier ones have read, one
// document at a time, whenever nothing else waits to be read. The old text
// serves until the new one is durable, and the index has a document's old
// passages until it has the new ones.
func (w *Writer) readBacklog(ctx context.Context) {
	if err := w.dropSuperseded(ctx); err != nil && ctx.Err() == nil {
		w.logger.Warn("old texts could not be removed", "error", err)
	}
	var told time.Time
	for id, ok := w.backlog.next(ctx); ok; id, ok = w.backlog.next(ctx) {
		if time.Since(told) >= logEvery {
			told = time.Now()
			w.logger.Info("documents are read again by a better reader", "left", w.backlog.left())
		}
		w.readBetter(ctx, id)
		if w.backlog.finished(); w.backlog.left() == 0 && ctx.Err() == nil {
			w.logger.Info("documents were read again by a better reader", "documents", w.done.reread.Load())
		}
	}
}

// readBetter reads one document again. What goes on failing, the next start
// tries.
func (w *Writer) readBetter(ctx context.Context, id storage.ID) {
	for try := range rereadMost {
		select {
		case <-ctx.Done():
			return
		case <-time.After(backoff(try)):
		}
		err := w.lull(ctx)
		if err == nil {
			err = w.readAgain(ctx, id)
		}
		if err == nil || ctx.Err() != nil {
			return
		}
		w.logger.Warn("a document cannot be read again now", "document", id, "error", err)
	}
}

// lull waits until nobody waits for a reading.
func (w *Writer) lull(ctx context.Context) error {
	for w.queue.busy()+w.pictures.busy() > 0 {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(lullEvery):
		}
	}
	return ctx.Err()
}

// readAgain has today's reader read a document that an earlier one has read.
func (w *Writer) readAgain(ctx context.Context, id storage.ID) error {
	record, err := w.library.Document(ctx, id)
	switch {
	case errors.Is(err, storage.ErrNotFound), errors.Is(err, storage.ErrDamaged):
		return nil
	case err != nil:
		return err
	case record.Deleted != nil || record.Purging || !w.outdated(record.Document):
		return nil
	case !w.outdatedText(record.Document):
		return w.describeAgain(ctx, record)
	}
	ocr := w.ocr()
	text, err := w.recognizeOriginal(ctx, ocr, record, func(int, int) {
		_ = w.lull(ctx) // between pages as well; that the context is done, the OCR notices
	})
	switch {
	case errors.As(err, new(*extract.Error)):
		return w.keepOld(ctx, record, w.looked(ocr), err)
	case lost(err): // its bytes: whoever looks after the store learns it from verify
		w.logger.Error("a document cannot be read again", "document", id, "error", err)
		return nil
	case err != nil:
		return err
	}
	if secret, err := w.takeOutMarked(ctx, record, text, w.looked(ocr)); secret {
		return err
	}
	return w.replaceText(ctx, record, text, w.looked(ocr))
}

// takeOutMarked takes a document out in whose text, as it was read again, the
// guard finds a mark, and tells whether it does.
func (w *Writer) takeOutMarked(ctx context.Context, record storage.Record, text storage.Text, ocr string) (bool, error) {
	secret := w.guardAgain(ctx, record, Upload{By: repairer, Size: record.Original.Size}, text)
	if secret == nil {
		return false, nil
	}
	_, err := w.takeOut(ctx, record, text, ocr, repairer, secret)
	if errors.Is(err, storage.ErrSecret) { // it is removed
		err = nil
	}
	return true, err
}

// describeAgain reads the facts of a document anew, from the text that serves.
// What people have set stays, and so does what is thought of the text, unless a
// better guard finds a mark in it.
func (w *Writer) describeAgain(ctx context.Context, record storage.Record) error {
	text, err := w.library.Text(ctx, record.Original.SHA256, record.Reading.TextVersion())
	if errors.Is(err, storage.ErrNotFound) || errors.Is(err, storage.ErrDamaged) { // verify tells of it
		return nil
	}
	if err != nil {
		return err
	}
	if secret, err := w.takeOutMarked(ctx, record, text, record.Reading.OCR); secret {
		return err
	}
	read := describe(text, record.Reading.OCR)
	_, err = w.change(ctx, record.ID, storage.Version{}, repairer, actionRead, func(present storage.Record, doc *storage.Document) error {
		reading := doc.Reading
		if reading != record.Reading {
			return nil // somebody else has read it
		}
		err := read.fill(present, doc)
		doc.Reading, doc.Reading.Described = reading, facts.Version
		return err
	})
	if errors.Is(err, storage.ErrNotFound) { // it is purged
		return nil
	}
	if err != nil {
		return err
	}
	w.done.reread.Add(1)
	return w.Flush(ctx)
}

// replaceText keeps what today's reader made of a document, unless it is worse
// than what serves: that stays then, with what was thought of it.
func (w *Writer) replaceText(ctx context.Context, record storage.Record, text storage.Text, ocr string) error {
	serving := record.Reading
	kept := false
	if now := readingOf(text, ocr); worse(now, serving) {
		old, err := w.library.Text(ctx, record.Original.SHA256, serving.TextVersion())
		if err == nil {
			w.logger.Warn("a document keeps its old text", "document", record.ID, "score", serving.Score, "new", now.Score, "reason", now.Reason)
			if serving.OCR == "" { // today's is the first that wanted to see the heads
				old = sameUnseen(old, text.Pages)
			}
			text, kept = old, true
		} else if !errors.Is(err, storage.ErrNotFound) && !errors.Is(err, storage.ErrDamaged) {
			return err
		}
	}
	read := describe(text, ocr)
	_, err := w.exchange(ctx, record, text, func(present storage.Record, doc *storage.Document) error {
		if err := read.fill(present, doc); err != nil || !kept {
			return err
		}
		reason := serving.Reason
		if reason == "" && slices.ContainsFunc(text.Pages, extract.HeadUnseen) {
			reason = doc.Reading.Reason
		}
		doc.Reading = serving
		doc.Reading.Reader, doc.Reading.OCR, doc.Reading.Reason = extract.Version, ocr, reason
		return nil
	})
	return err
}

// worse tells whether a reading must not replace the one that serves: nobody
// would find the document any more, or people could trust it less. A poor text
// may have been published on purpose; a poorer one must not take its place.
func worse(now, serving storage.Reading) bool {
	if serving.Status != storage.ReadingReady {
		return false
	}
	return now.Status != storage.ReadingReady || now.Reason != "" && (serving.Reason == "" || now.Score < serving.Score)
}

// keepOld goes on with the text that serves, where today's reader can make
// nothing of the original.
func (w *Writer) keepOld(ctx context.Context, record storage.Record, ocr string, cause error) error {
	if record.Reading.Status == storage.ReadingFailed {
		_, err := w.markFailed(ctx, record, repairer, cause)
		return err
	}
	w.logger.Warn("today's reader cannot read a document; its old text stays", "document", record.ID, "error", cause)
	old, err := w.library.Text(ctx, record.Original.SHA256, record.Reading.TextVersion())
	if errors.Is(err, storage.ErrNotFound) || errors.Is(err, storage.ErrDamaged) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = w.exchange(ctx, record, old, func(_ storage.Record, doc *storage.Document) error {
		doc.Reading.Reader, doc.Reading.OCR = extract.Version, ocr
		return nil
	})
	return err
}

// exchange makes a text the one that serves: it is durable before the record
// names it, the record names it before the index has its passages, and only then
// the texts before it go. What somebody else made of the reading meanwhile stays.
func (w *Writer) exchange(ctx context.Context, record storage.Record, text storage.Text, alter func(present storage.Record, doc *storage.Document) error) (storage.Record, error) {
	asItWas := func(doc storage.Document) bool { return doc.Reading == record.Reading }
	changed, err := w.settle(ctx, record, text, repairer, asItWas, func(present storage.Record, doc *storage.Document) error {
		if !asItWas(*doc) {
			return nil
		}
		return alter(present, doc)
	})
	if err != nil {
		if errors.Is(err, storage.ErrNotFound) { // it is purged
			err = nil
		}
		return record, err
	}
	w.done.reread.Add(1)
	w.lookAgain(changed.Document)
	if err := w.Flush(ctx); err != nil {
		return changed, err
	}
	return changed, w.library.DeleteTextsBut(ctx, changed.Original.SHA256, changed.Reading.TextVersion())
}

// dropSuperseded removes the texts that a crash has left beside those that
// replaced them.
func (w *Writer) dropSuperseded(ctx context.Context) error {
	for hash, err := range w.library.TextsTwice(ctx) {
		if err != nil {
			return err
		}
		id, err := storage.NewID(hash)
		if err != nil {
			continue // verify tells of it
		}
		record, err := w.library.Document(ctx, id)
		if errors.Is(err, storage.ErrNotFound) || errors.Is(err, storage.ErrDamaged) {
			continue
		}
		if err == nil && record.Reading.Status == storage.ReadingReady {
			_, err = w.library.Text(ctx, hash, record.Reading.TextVersion())
			if errors.Is(err, storage.ErrNotFound) || errors.Is(err, storage.ErrDamaged) {
				continue // the other one may be all there is
			}
			if err == nil {
				err = w.library.DeleteTextsBut(ctx, hash, record.Reading.TextVersion())
			}
		}
		if err != nil {
			return fmt.Errorf("texts of %s: %w", id, err)
		}
	}
	return nil
}
