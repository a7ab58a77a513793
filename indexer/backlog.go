package indexer

import (
	"context"
	"sync"

	"vankien/indexer/extract"
	"vankien/indexer/facts"
	"vankien/storage"
)

// backlog are documents that a better reader is to go through when there is
// nothing else to do, those first that nobody finds without it. The next start
// makes the list anew, so that a crash loses nothing.
type backlog struct {
	wake chan struct{} // has one element while there are documents

	mu          sync.Mutex
	first, rest []storage.ID
	active      int // taken and not done
}

func newBacklog() backlog { return backlog{wake: make(chan struct{}, 1)} }

// add puts a document on the list; urgent where nobody finds it before.
func (b *backlog) add(id storage.ID, urgent bool) {
	b.mu.Lock()
	if urgent {
		b.first = append(b.first, id)
	} else {
		b.rest = append(b.rest, id)
	}
	b.mu.Unlock()
	signal(b.wake)
}

// next waits for a document; false once the context is done. Whoever takes it
// says when it is done.
func (b *backlog) next(ctx context.Context) (storage.ID, bool) {
	for {
		select {
		case <-ctx.Done():
			return "", false
		case <-b.wake:
		}
		if id, ok := b.take(); ok {
			return id, true
		}
	}
}

func (b *backlog) take() (storage.ID, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	list := &b.first
	if len(*list) == 0 {
		list = &b.rest
	}
	if len(*list) == 0 {
		return "", false
	}
	id := (*list)[0]
	*list = (*list)[1:]
	b.active++
	if len(b.first)+len(b.rest) > 0 {
		signal(b.wake)
	}
	return id, true
}

func (b *backlog) finished() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.active--
}

// left is how many documents wait or are being read.
func (b *backlog) left() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.first) + len(b.rest) + b.active
}

// outdated tells whether today's reader, or its OCR, may make more of a document
// than was made of it.
func (w *Writer) outdated(doc storage.Document) bool {
	return w.outdatedText(doc) || doc.Reading.Status == storage.ReadingReady && doc.Reading.Described != facts.Version
}

// outdatedText tells the same of the text alone.
func (w *Writer) outdatedText(doc storage.Document) bool {
	old := doc.Reading.TextVersion() != extract.Version
	switch doc.Reading.Status {
	case storage.ReadingReady:
		return old || w.ocr().pages != nil && doc.Original.MediaType == pdfType && doc.Reading.OCR != w.ocr().version
	case storage.ReadingNeedsOCR:
		return old || w.ocr().pages != nil // a page that OCR failed on has another try
	case storage.ReadingFailed:
		return old
	}
	return false
}
