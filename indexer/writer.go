package indexer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"vankien/indexer/extract"
	"vankien/storage"
)

// Writer is the one write path: whatever enters, changes or leaves the library
// does so here. Every write goes original → record (queued) → text → record
// (ready) → index, and each step may be the last before a crash: Repair
// finishes what was begun. Every change stands in the record's history and in
// the audit trail before it is acknowledged. It is safe for concurrent use.
//
// The index may lag behind the store by what waits for Flush; searches see a
// document at the latest when Flush has returned.
type Writer struct {
	library *storage.Library
	index   Index
	logger  *slog.Logger
	read    Reader
	head    Reader
	sight   recognition  // OCR as it was found; see ocr
	blind   atomic.Bool  // it is gone for now
	losses  atomic.Int64 // how often somebody found out that it is
	check   func() error

	background bool // Run reads what is queued

	queue    queue   // to be read
	pictures queue   // read, but for the pages that only OCR can read
	backlog  backlog // to be read again when there is nothing else to do
	watchers watchers
	underway underway
	done     counters

	flushing chan struct{} // holds one element while somebody writes to the index
	pending  pending

	bytes locks // of the documents whose original is being written or removed
	texts locks // and of those whose text is
}

// Reader reads the text of an original; extract.Read is one, and says what its
// errors mean.
type Reader func(ctx context.Context, file extract.File) (storage.Text, error)

// WriterConfig is what a Writer is made of. Library and Index are needed.
type WriterConfig struct {
	Library *storage.Library
	Index   Index
	Read    Reader // extract.Read where nil
	Head    Reader // for the first pages, which an upload waits for; Read where nil

	// Recognize reads the pages of a text that need OCR, and tells how many of
	// them are done, first 0; its calls of progress do not overlap. A page that it
	// cannot read has a warning and is no error; storage.ErrUnavailable says that
	// OCR cannot be done now, and the text is then as far as it was completed. nil
	// where there is no OCR: scans then become needs_ocr.
	Recognize func(ctx context.Context, f extract.File, text storage.Text, progress func(done, pages int)) (storage.Text, error)
	// RecognizeHead reads the head of the picture of page 1 into its Picture, for
	// the secrecy guard, and of page 2 where that is a scan. Needed with Recognize;
	// an error that is not storage.ErrUnavailable or the context's is the page's.
	RecognizeHead func(ctx context.Context, f extract.File, text storage.Text) (storage.Text, error)
	// OCRVersion names what Recognize and RecognizeHead do; it changes whenever
	// they would read better, so that they have another look.
	OCRVersion string

	// OCRCheck tells by nil that OCR is back after Recognize or RecognizeHead have
	// said extract.ErrNoOCR. Until then the Writer works as if there were none, and
	// nil means that it does so to its end.
	OCRCheck func() error

	// Background says that Run will be called: Repair then leaves to it what is
	// still to be read.
	Background bool
	Logger     *slog.Logger // slog.Default() where nil
}

// NewWriter makes the write path of a library and its index.
func NewWriter(cfg WriterConfig) *Writer {
	if cfg.Read == nil {
		cfg.Read = extract.Read
	}
	if cfg.Head == nil {
		cfg.Head = cfg.Read
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.Default()
	}
	if cfg.Recognize == nil {
		cfg.OCRVersion = ""
	}
	return &Writer{
		library: cfg.Library, index: cfg.Index, logger: cfg.Logger, read: cfg.Read, head: cfg.Head, background: cfg.Background,
		check: cfg.OCRCheck,
		sight: recognition{pages: cfg.Recognize, head: cfg.RecognizeHead, version: cfg.OCRVersion},
		queue: newQueue(), pictures: newQueue(), backlog: newBacklog(), flushing: make(chan struct{}, 1),
	}
}

// The actions that histories and the audit trail name.
const (
	actionImport   = "import" // taken in by the command line
	actionUpload   = "upload" // taken in over HTTP
	actionAdopt    = "adopt"  // an original that was found without a record
	actionRead     = "read"   // for the first time, by OCR, or again by a better reader
	actionEdit     = "edit"
	actionSubmit   = "submit"
	actionPublish  = "publish"
	actionWithdraw = "withdraw"
	actionRestore  = "restore"
	actionDelete   = "delete"
	actionPurge    = "purge"
	actionRefuse   = "refuse"  // a file that carries a mark of State secrecy
	actionConfirm  = "confirm" // somebody has looked at pictures that no guard has read
)

// change stores the outcome of alter as the document's next revision and lets
// everybody know of it: the audit trail, who watches, and, with the next Flush,
// the index. A change that changes nothing does nothing.
func (w *Writer) change(ctx context.Context, id storage.ID, ifVersion storage.Version, by Actor, action string,
	alter func(present storage.Record, doc *storage.Document) error,
) (storage.Record, error) {
	before := storage.Version{}
	record, err := w.library.UpdateRecord(ctx, id, ifVersion, by.Name, action, func(present storage.Record, doc *storage.Document) error {
		before = present.Version()
		return alter(present, doc)
	})
	if err != nil {
		if !refused(err) { // it may have been stored all the same
			w.pending.add(id, 0)
		}
		return storage.Record{}, err
	}
	if record.Version().Equal(before) {
		return record, w.auditAgain(ctx, record, by, action)
	}
	return record, w.changed(ctx, record, by, action)
}

// auditAgain writes the last change into the audit trail once more where that
// was just this one: whoever asks a second time may have had no answer because
// the trail could not be written. An event that stands there twice is one.
func (w *Writer) auditAgain(ctx context.Context, record storage.Record, by Actor, action string) error {
	last := record.History[len(record.History)-1]
	if last.By != by.Name || last.Action != action || time.Since(last.At) > auditAgainTime {
		return nil
	}
	return w.audit(ctx, storage.AuditEvent{At: last.At, By: by.Name, Action: action, Subject: string(record.ID), Revision: record.Revision})
}

// auditAgainTime is how long after a change somebody may ask again for want of
// an answer.
const auditAgainTime = time.Hour

// refused tells whether an error means that nothing was stored for sure.
func refused(err error) bool {
	return errors.Is(err, storage.ErrNotFound) || errors.Is(err, storage.ErrInvalid) || errors.Is(err, storage.ErrConflict) || errors.As(err, new(*InputError))
}

// changed does what follows a change that was stored.
func (w *Writer) changed(ctx context.Context, record storage.Record, by Actor, action string) error {
	w.pending.add(record.ID, 0)
	w.watchers.tell(record.Document)
	return w.audit(ctx, storage.AuditEvent{By: by.Name, Action: action, Subject: string(record.ID), Revision: record.Revision})
}

// audit appends to the audit trail. Where that fails the change stands in the
// record's history all the same; the error keeps it from being acknowledged,
// and the next try finds it done.
func (w *Writer) audit(ctx context.Context, event storage.AuditEvent) error {
	if err := w.library.AppendAudit(ctx, event); err != nil {
		return fmt.Errorf("audit trail: %w", err)
	}
	return nil
}

// now is the time as records keep it.
func now() *time.Time {
	at := time.Now().UTC().Truncate(time.Millisecond)
	return &at
}
