package indexer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"vankien/indexer/extract"
	"vankien/storage"
)

// Bounds on what waits for the index: passages of a batch, and how much text
// may wait before whoever adds more writes it out first.
const (
	flushPassages = 600
	flushBytes    = 1 << 20
)

// pending are the documents whose records the index has to be compared with.
// Only their ids wait: what is written is what the store holds by then, so no
// order of changes can bring back what was withdrawn.
type pending struct {
	mu    sync.Mutex
	marks map[storage.ID]int // by how many changes a document was marked
	bytes int                // of text that is known to wait
}

// add marks a document with so many bytes of text, and tells whether enough waits.
func (p *pending) add(id storage.ID, bytes int) (enough bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.marks == nil {
		p.marks = make(map[storage.ID]int)
	}
	p.marks[id]++
	p.bytes += bytes
	return p.bytes >= flushBytes
}

// all are the documents that wait, with their marks.
func (p *pending) all() map[storage.ID]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	marks := make(map[storage.ID]int, len(p.marks))
	for id, n := range p.marks {
		marks[id] = n
	}
	p.bytes = 0
	return marks
}

// done takes away the marks that were there when the document was looked at.
func (p *pending) done(id storage.ID, marks int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.marks[id] == marks {
		delete(p.marks, id)
	}
}

func (p *pending) empty() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.marks) == 0
}

// Flush brings everything that was written so far into the index.
func (w *Writer) Flush(ctx context.Context) error {
	select {
	case w.flushing <- struct{}{}:
		defer func() { <-w.flushing }()
	case <-ctx.Done():
		return ctx.Err()
	}
	marks := w.pending.all()
	ids := make([]storage.ID, 0, len(marks))
	for id := range marks {
		ids = append(ids, id)
	}
	return w.apply(ctx, ids, w.index.Apply, func(id storage.ID) { w.pending.done(id, marks[id]) })
}

// loadAtOnce is how many documents are fetched side by side: a bucket answers
// each request after some 10 ms.
const loadAtOnce = 8

// apply brings what the store holds of documents into an index, in batches of
// bounded size; done is called for each that is in.
func (w *Writer) apply(ctx context.Context, ids []storage.ID, apply ApplyFunc, done func(storage.ID)) error {
	var batch Batch
	var in []storage.ID
	passages := 0
	for some := range slices.Chunk(ids, loadAtOnce) {
		states, err := w.currentOf(ctx, some)
		if err != nil {
			return err
		}
		for i, state := range states {
			switch {
			case state.put != nil:
				batch.Put = append(batch.Put, *state.put)
				passages += len(state.put.Passages)
			case state.known:
				batch.Delete = append(batch.Delete, some[i])
			}
		}
		if in = append(in, some...); passages < flushPassages && len(in) < len(ids) {
			continue
		}
		if len(batch.Put)+len(batch.Delete) > 0 {
			if err := apply(ctx, batch); err != nil {
				return fmt.Errorf("index: %w", err)
			}
		}
		for _, id := range in {
			done(id)
		}
		batch, passages, in, ids = Batch{}, 0, nil, ids[len(in):]
	}
	return nil
}

// wanted is what the index is to hold of a document: an entry, or nothing where
// nobody may find it. What it should hold of a record that cannot be read is
// not known, and left as it is.
type wanted struct {
	put   *Entry
	known bool
}

func (w *Writer) currentOf(ctx context.Context, ids []storage.ID) ([]wanted, error) {
	states := make([]wanted, len(ids))
	group, ctx := errgroup.WithContext(ctx)
	for i, id := range ids {
		group.Go(func() (err error) {
			states[i], err = w.current(ctx, id)
			return err
		})
	}
	return states, group.Wait()
}

func (w *Writer) current(ctx context.Context, id storage.ID) (wanted, error) {
	record, err := w.library.Document(ctx, id)
	switch {
	case errors.Is(err, storage.ErrNotFound), errors.Is(err, storage.ErrInvalid):
		return wanted{known: true}, nil
	case errors.Is(err, storage.ErrDamaged):
		w.logger.Error("a record is damaged", "document", id, "error", err)
		return wanted{}, nil
	case err != nil:
		return wanted{}, err
	case !record.Findable():
		return wanted{known: true}, nil
	}
	entry, err := w.entry(ctx, record)
	if errors.Is(err, errReplaced) {
		return w.current(ctx, id)
	}
	if lost(err) {
		w.logger.Error("a document is left out of the index", "document", id, "error", err)
		return wanted{known: true}, nil
	}
	return wanted{put: &entry, known: true}, err
}

// errReplaced says that a text has gone because another one serves by now.
var errReplaced = errors.New("the text was replaced")

// entry is what the index is to hold of a document; errReplaced where its record
// is no longer what it was.
func (w *Writer) entry(ctx context.Context, record storage.Record) (Entry, error) {
	text, err := w.library.Text(ctx, record.Original.SHA256, record.Reading.TextVersion())
	if errors.Is(err, storage.ErrNotFound) {
		now, failed := w.library.Document(ctx, record.ID)
		if failed == nil && now.Reading.TextVersion() != record.Reading.TextVersion() {
			return Entry{}, errReplaced
		}
	}
	if errors.Is(err, storage.ErrNotFound) || errors.Is(err, storage.ErrDamaged) {
		text, err = w.restoreText(ctx, record)
	}
	if err != nil {
		return Entry{}, fmt.Errorf("text of %s: %w", record.ID, err)
	}
	passages := SplitPassages(record.Document, text.Pages)
	markOCR(passages, text.Pages)
	return Entry{Document: record.Document, Passages: passages}, nil
}

// restoreText reads a text that the store has lost again from the original. What
// only OCR can read of it comes later where Run is there for it: the index does
// not wait for that. One that turns out to be secret is an error, and its document
// is withdrawn.
func (w *Writer) restoreText(ctx context.Context, record storage.Record) (storage.Text, error) {
	ocr := w.ocr()
	var text storage.Text
	err := w.withOriginal(ctx, record.Original, func(file extract.File) (err error) {
		if text, err = w.readFile(ctx, ocr, file, nil); err == nil && !w.background {
			text, err = w.withPages(ctx, ocr, file, text, func(int, int) {})
		}
		return err
	})
	if err != nil {
		return text, err
	}
	secret := w.guardAgain(ctx, record, Upload{By: repairer, Size: record.Original.Size}, text)
	if err = w.putText(ctx, record, record.Reading.TextVersion(), text); err == nil && secret != nil {
		w.logger.Error("a document of the library carries a mark of State secrecy and was taken out of the searches", "document", record.ID)
		if _, err = w.shutOut(ctx, record, repairer, secret); err == nil { // without a Flush: this may be one
			err = secret
		}
	}
	if err == nil && record.Reading.OCR != "" && text.MediaType == pdfType && (w.looked(ocr) == "" || ocr.wants(text)) {
		err = w.forgetOCR(ctx, record)
	}
	return text, err
}

// Reread reads the text that serves once more, from the original, where it is lost
// or damaged, and notes where OCR still has to look at it. One that turns out to be
// secret is withdrawn, too, and the error is storage.ErrSecret. The index is not
// written to.
func (w *Writer) Reread(ctx context.Context, record storage.Record) error {
	_, err := w.restoreText(ctx, record)
	return err
}

// forgetOCR notes that OCR has to look at a document again.
func (w *Writer) forgetOCR(ctx context.Context, record storage.Record) error {
	_, err := w.change(ctx, record.ID, storage.Version{}, repairer, actionRead, func(_ storage.Record, doc *storage.Document) error {
		if doc.Reading == record.Reading {
			doc.Reading.OCR = ""
		}
		return nil
	})
	w.backlog.add(record.ID, false)
	return err
}

// markOCR marks what of the passages stands on pages that OCR has read.
func markOCR(passages []Passage, pages []storage.Page) {
	recognized := make(map[int]bool)
	for _, page := range pages {
		recognized[page.Number] = page.OCR
	}
	for _, passage := range passages {
		for i := range passage.Pages {
			passage.Pages[i].OCR = recognized[passage.Pages[i].Page]
		}
	}
}

// lost tells whether an error means that the store no longer has what it was
// given, or that nobody can or may read it: no reason to try again.
func lost(err error) bool {
	return errors.Is(err, storage.ErrNotFound) || errors.Is(err, storage.ErrSecret) || errors.Is(err, storage.ErrDamaged) || errors.As(err, new(*extract.Error))
}
