package indexer

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"vankien/storage"
)

// underway is how far the OCR of documents is. It lives in memory only: a
// revision for each page would say nothing that anybody wants to know later.
type underway struct {
	mu sync.Mutex
	of map[storage.ID]string
}

func (u *underway) set(id storage.ID, reason string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.of == nil {
		u.of = make(map[storage.ID]string)
	}
	u.of[id] = reason
}

func (u *underway) get(id storage.ID) string {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.of[id]
}

func (u *underway) done(id storage.ID) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.of, id)
}

// tellEvery is how often at most watchers are told how far an OCR is.
const tellEvery = time.Second

// follow is a progress that tells whoever watches the document.
func (w *Writer) follow(doc storage.Document) func(done, pages int) {
	var told time.Time
	return func(done, pages int) {
		w.underway.set(doc.ID, fmt.Sprintf("Đang nhận dạng chữ: trang %d trên %d.", min(done+1, pages), pages))
		if time.Since(told) < tellEvery {
			return
		}
		told = time.Now()
		w.watchers.tell(w.Underway(doc))
	}
}

// Underway is a document as the store has it, with how far its OCR is in
// Reading.Reason while that is under way.
func (w *Writer) Underway(doc storage.Document) storage.Document {
	if doc.Reading.Status == storage.ReadingNow {
		if reason := w.underway.get(doc.ID); reason != "" {
			doc.Reading.Reason = reason
		}
	}
	return doc
}

// Activity is what a Writer has done since it was made, and has before it.
type Activity struct {
	Queued     int           // documents that wait for a text reader, for another try too, or are with one
	Pictures   int           // documents that wait for OCR, likewise, or are in it
	Backlog    int           // documents that a better reader is still to go through
	Reread     int64         // documents that it went through
	Recognized int64         // pages that were given to OCR, without heads
	OCRTime    time.Duration // spent in OCR, heads too
}

// Activity is how much the Writer has done and has to do.
func (w *Writer) Activity() Activity {
	return Activity{
		Queued: w.queue.left(), Pictures: w.pictures.left(), Backlog: w.backlog.left(),
		Reread: w.done.reread.Load(), Recognized: w.done.pages.Load(), OCRTime: time.Duration(w.done.ocr.Load()),
	}
}

// counters are what a Writer has done since it was made.
type counters struct{ pages, reread, ocr atomic.Int64 }

// recognizing counts the time since an OCR began.
func (c *counters) recognizing(began time.Time) { c.ocr.Add(int64(time.Since(began))) }
