package indexer

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"vankien/indexer/extract"
	"vankien/storage"
)

// job is a document that waits to be read.
type job struct {
	id      storage.ID
	by      Actor
	publish bool           // as soon as it is read, if what was read can be trusted
	heads   []storage.Page // the first pages as the guard has seen them, nil where that is not known any more
	tries   int
}

// queue are documents that wait for Run, each once: of two readings of one
// document at a time, the later one would undo the other. What it holds is in the
// store as well (reading "queued" or "reading"), so that a crash loses nothing of it.
type queue struct {
	wake chan struct{} // has one element while there are jobs to take

	mu      sync.Mutex
	order   []storage.ID
	waiting map[storage.ID]job
	taken   map[storage.ID]bool // and not done
	later   map[storage.ID]int  // tries that are to come after a while
}

func newQueue() queue {
	return queue{wake: make(chan struct{}, 1), waiting: make(map[storage.ID]job), taken: make(map[storage.ID]bool), later: make(map[storage.ID]int)}
}

// add queues a job, for when Run takes it. Of one document's jobs what each
// knows and asks for counts.
func (q *queue) add(j job) {
	q.mu.Lock()
	known, waits := q.waiting[j.id]
	if waits {
		if j.publish && !known.publish {
			known.publish, known.by = true, j.by
		}
		if known.heads == nil {
			known.heads = j.heads
		}
		j = known
	} else {
		q.order = append(q.order, j.id)
	}
	q.waiting[j.id] = j
	q.mu.Unlock()
	signal(q.wake)
}

func signal(wake chan struct{}) {
	select {
	case wake <- struct{}{}:
	default:
	}
}

// next waits for a job; false once the context is done. Whoever takes it says
// when it is done.
func (q *queue) next(ctx context.Context) (job, bool) {
	for {
		select {
		case <-ctx.Done():
			return job{}, false
		case <-q.wake:
		}
		if j, ok := q.take(); ok {
			return j, true
		}
	}
}

// take takes the first job of a document that nobody is at.
func (q *queue) take() (job, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	i := slices.IndexFunc(q.order, func(id storage.ID) bool { return !q.taken[id] })
	if i < 0 {
		return job{}, false // finished wakes for what is there
	}
	id := q.order[i]
	copy(q.order[1:i+1], q.order[:i])
	q.order = q.order[1:]
	j := q.waiting[id]
	delete(q.waiting, id)
	q.taken[id] = true
	if len(q.order) > 0 {
		signal(q.wake)
	}
	return j, true
}

func (q *queue) finished(id storage.ID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.taken, id)
	if len(q.order) > 0 {
		signal(q.wake)
	}
}

// addAfter is add after a while, if the context lasts.
func (q *queue) addAfter(ctx context.Context, while time.Duration, j job) {
	q.mu.Lock()
	q.later[j.id]++
	q.mu.Unlock()
	time.AfterFunc(while, func() {
		if ctx.Err() == nil {
			q.add(j)
		}
		q.mu.Lock()
		defer q.mu.Unlock()
		if q.later[j.id]--; q.later[j.id] == 0 {
			delete(q.later, j.id)
		}
	})
}

// busy is how many jobs could be done now, or are being done.
func (q *queue) busy() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.order) + len(q.taken)
}

// left is how many documents wait, for another try too, or are being read.
func (q *queue) left() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	all := len(q.order) + len(q.taken)
	for id := range q.waiting {
		if q.taken[id] {
			all--
		}
	}
	for id := range q.later {
		if _, waits := q.waiting[id]; !waits && !q.taken[id] {
			all++
		}
	}
	return all
}

// How Run works.
const (
	readers     = 2                      // files read at once
	flushEvery  = 200 * time.Millisecond // what was read is found after so long
	retryAtMost = 30 * time.Second       // between two tries while store or index cannot be used
)

// Run reads what is queued and brings what waits into the index, until the
// context ends; what it has not done by then, the next start does. OCR has a
// queue and a worker of its own, so that scans hold nobody up, and when there is
// nothing else to do a better reader goes through what earlier ones have read.
// An outage of the store, a full disk or an index that fails are waited out.
func (w *Writer) Run(ctx context.Context) {
	var group sync.WaitGroup
	for range readers {
		group.Go(func() { w.serve(ctx, &w.queue, w.readQueued) })
	}
	group.Go(func() { w.serve(ctx, &w.pictures, w.recognizeQueued) })
	group.Go(func() { w.readBacklog(ctx) })
	group.Go(func() { w.awaitOCR(ctx) })
	group.Go(func() { w.keepFlushing(ctx) })
	group.Wait()
}

// serve does the jobs of a queue, one after the other.
func (w *Writer) serve(ctx context.Context, q *queue, do func(context.Context, job) error) {
	for j, ok := q.next(ctx); ok; j, ok = q.next(ctx) {
		w.work(ctx, q, j, do)
		q.finished(j.id)
	}
}

// keepFlushing flushes whenever something waits.
func (w *Writer) keepFlushing(ctx context.Context) {
	for tries := 0; ; {
		select {
		case <-ctx.Done():
			return
		case <-time.After(max(flushEvery, backoff(tries))):
		}
		if w.pending.empty() {
			continue
		}
		err := w.Flush(ctx)
		if err == nil {
			tries = 0
			continue
		}
		if tries++; ctx.Err() == nil {
			w.logger.Error("the index lags behind the store", "error", err)
		}
	}
}

// backoff is how long to wait before a try, 0 before the first.
func backoff(tries int) time.Duration {
	if tries == 0 {
		return 0
	}
	return min(time.Second<<min(tries-1, 10), retryAtMost)
}

// work does one job. What stands in the way for a while is tried again.
func (w *Writer) work(ctx context.Context, q *queue, j job, do func(context.Context, job) error) {
	err := do(ctx, j)
	if err == nil || ctx.Err() != nil {
		return
	}
	w.logger.Warn("a document cannot be read now and is tried again", "document", j.id, "error", err)
	j.tries++
	q.addAfter(ctx, backoff(j.tries), j)
}

// readQueued reads a document that still waits for it.
func (w *Writer) readQueued(ctx context.Context, j job) error {
	record, err := w.library.Document(ctx, j.id)
	switch {
	case errors.Is(err, storage.ErrNotFound), errors.Is(err, storage.ErrDamaged):
		return nil
	case err != nil:
		return err
	case record.Purging:
		return w.finishPurge(ctx, record)
	case record.Deleted != nil || !queued(record.Document):
		return nil
	case record.Reading.Status == storage.ReadingNow && w.ocr().pages != nil: // all but OCR is done
		w.pictures.add(j)
		return nil
	}
	_, err = w.finishReading(ctx, record, j.heads, Upload{By: j.by, Publish: j.publish})
	return w.unlessTooLarge(ctx, record, j, err)
}

// unlessTooLarge marks a document as failed whose text the store does not take.
// Any other error is returned: it says nothing of the file.
func (w *Writer) unlessTooLarge(ctx context.Context, record storage.Record, j job, err error) error {
	if errors.As(err, new(*extract.Error)) {
		_, err = w.markFailed(ctx, record, j.by, err)
	}
	return err
}

// queued tells whether a document's reading is still to come.
func queued(doc storage.Document) bool {
	return doc.Reading.Status == storage.ReadingQueued || doc.Reading.Status == storage.ReadingNow
}

// finishReading reads a document from its original in the store, but for what
// it leaves to OCR. One that cannot be read is marked as failed, with its reason,
// and is no error; one that turns out to carry a mark of State secrecy is removed.
func (w *Writer) finishReading(ctx context.Context, record storage.Record, heads []storage.Page, up Upload) (storage.Record, error) {
	ocr := w.ocr()
	var err error
	if heads == nil {
		if heads, err = w.knownHeads(ctx, ocr, record); err != nil {
			return record, err
		}
	}
	text, err := w.readOriginal(ctx, ocr, record.Original, heads)
	if lost(err) {
		return w.markFailed(ctx, record, up.By, err)
	}
	if err != nil {
		return record, err
	}
	up.Size = record.Original.Size
	if err := w.guardAgain(ctx, record, up, text); err != nil {
		_, purgeErr := w.removeAll(ctx, record, storage.Version{}, up.By, true)
		return record, purgeErr
	}
	return w.keepText(ctx, ocr, record, text, up)
}

func (w *Writer) markFailed(ctx context.Context, record storage.Record, by Actor, cause error) (storage.Record, error) {
	w.logger.Warn("a document could not be read", "document", record.ID, "error", cause)
	return w.change(ctx, record.ID, storage.Version{}, by, actionRead, func(_ storage.Record, doc *storage.Document) error {
		if unread(*doc) {
			doc.Reading = storage.Reading{Status: storage.ReadingFailed, Reason: reasonFor(cause), Reader: extract.Version}
		}
		return nil
	})
}

// reasonFor is what a person is told of an original that cannot be read.
func reasonFor(err error) string {
	var refusal *extract.Error
	switch {
	case errors.As(err, &refusal):
		return refusal.Reason
	case errors.Is(err, storage.ErrDamaged):
		return "Tệp gốc trong kho đã bị hỏng; hãy tải lại đúng tệp đó."
	default:
		return "Không tìm thấy tệp gốc trong kho; hãy tải lại đúng tệp đó."
	}
}
