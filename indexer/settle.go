package indexer

import (
	"context"

	"vankien/indexer/extract"
	"vankien/storage"
)

// settle stores what was read of a document and then changes the record, as one
// step among all who read it. The text is stored only where the document, as it
// now is, still wants one: who was slower must not put a poorer text in the place
// of the one that serves.
func (w *Writer) settle(ctx context.Context, record storage.Record, text storage.Text, by Actor, wanted func(storage.Document) bool,
	alter func(present storage.Record, doc *storage.Document) error,
) (storage.Record, error) {
	unlock, err := w.texts.lock(ctx, record.ID)
	if err != nil {
		return record, err
	}
	defer unlock()
	now, err := w.library.Document(ctx, record.ID)
	if err != nil {
		return record, err
	}
	if wanted(now.Document) {
		if err := w.putText(ctx, record, extract.Version, text); err != nil {
			return record, err
		}
	}
	return w.change(ctx, record.ID, storage.Version{}, by, actionRead, alter)
}

// unreadYet tells whether no text that could be found has been made of a document.
func unreadYet(doc storage.Document) bool {
	return unread(doc) || doc.Reading.Status == storage.ReadingNeedsOCR
}

// textless tells whether a document has no text yet that OCR could go on with:
// one that waits for OCR may have pages that were recognised already.
func textless(doc storage.Document) bool {
	return unreadYet(doc) && !(doc.Reading.Status == storage.ReadingNow && doc.Reading.Reader == extract.Version)
}
