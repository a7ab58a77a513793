package indexer_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/indexer/extract"
	"vankien/storage"
)

// eyes stand in for OCR, for its faults: a real one reads what it sees.
type eyes struct {
	mu      sync.Mutex
	sees    string                                    // on every page
	picture string                                    // in the head of page 1
	before  func(ctx context.Context, page int) error // is asked before each page
	head    error                                     // what looking at a head fails with
	looked  int                                       // pages that were recognised
	heads   int                                       // and heads
}

const seen = "NGHỊ QUYẾT\nvề công tác dân vận của Đảng bộ trong tình hình mới\nChi bộ họp xét đề nghị kết nạp đảng viên vào mùa cấy lúa."

func (e *eyes) recognize(ctx context.Context, _ extract.File, text storage.Text, progress func(done, pages int)) (storage.Text, error) {
	text.Pages = append([]storage.Page{}, text.Pages...)
	progress(0, len(text.Pages))
	for i := range text.Pages {
		if text.Pages[i].OCR {
			continue
		}
		e.mu.Lock()
		before := e.before
		e.mu.Unlock()
		if before != nil {
			if err := before(ctx, i+1); err != nil {
				return text, err
			}
		}
		if err := ctx.Err(); err != nil {
			return text, err
		}
		e.mu.Lock()
		e.looked++
		e.mu.Unlock()
		text.Pages[i] = storage.Page{Number: i + 1, Text: e.sees, Engine: "tesseract", Score: analyzers.Judge(e.sees).Score, OCR: true, Warnings: []string{}}
		progress(i+1, len(text.Pages))
	}
	return text, nil
}

func (e *eyes) recognizeHead(_ context.Context, _ extract.File, text storage.Text) (storage.Text, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.head != nil {
		return text, e.head
	}
	e.heads++
	text.Pages = append([]storage.Page{}, text.Pages...)
	text.Pages[0].Picture = e.picture
	return text, nil
}

// seeing is what a start gives: a writer that knows nothing, with OCR, and Run
// as far as background says.
func (b *bench) seeing(e *eyes, background bool) {
	b.writer = indexer.NewWriter(indexer.WriterConfig{
		Library: b.library, Index: b.index, Logger: slog.New(slog.DiscardHandler), Background: background,
		Recognize: e.recognize, RecognizeHead: e.recognizeHead, OCRVersion: "1",
	})
}

// run runs the writer until stop is called.
func (b *bench) run() (stop func()) {
	ctx, cancel := context.WithCancel(b.t.Context())
	var running sync.WaitGroup
	writer := b.writer
	running.Go(func() { writer.Run(ctx) })
	return func() { cancel(); running.Wait() }
}

// becomes waits until a document's reading has a status.
func (b *bench) becomes(id storage.ID, want storage.ReadingStatus) storage.Record {
	b.t.Helper()
	for range 600 {
		if record := b.document(id); record.Reading.Status == want {
			return record
		}
		time.Sleep(50 * time.Millisecond)
	}
	record := b.document(id)
	b.t.Fatalf("the reading is %+v, want %s", record.Reading, want)
	return record
}

// A folder of scans does not hold up what has a text, and a scan tells how far
// it is without a revision for each page.
func TestScansWaitBehindTexts(t *testing.T) {
	b := newBench(t)
	release := make(chan bool)
	b.seeing(&eyes{sees: seen, before: func(context.Context, int) error { <-release; return nil }}, true)
	defer b.run()()
	changes := make(chan string, 100)
	up := upload("scan.pdf", scan(t))
	record, err := b.writer.Accept(t.Context(), up)
	if err != nil {
		t.Fatal(err)
	}
	told, stop := b.writer.Watch(record.ID)
	defer stop()
	go func() {
		for doc := range told {
			changes <- doc.Reading.Reason
		}
	}()
	b.becomes(record.ID, storage.ReadingNow)
	text, err := b.writer.Accept(t.Context(), upload(resolution, sample(t, resolution)))
	if err != nil {
		t.Fatal(err)
	}
	b.becomes(text.ID, storage.ReadingReady)
	for told := false; !told; {
		select {
		case reason := <-changes:
			told = reason == "Đang nhận dạng chữ: trang 1 trên 1."
		case <-time.After(30 * time.Second):
			t.Fatal("nobody is told how far it is")
		}
	}
	if doc := b.writer.Underway(b.document(record.ID).Document); !strings.HasPrefix(doc.Reading.Reason, "Đang nhận dạng chữ") {
		t.Errorf("under way: %+v", doc.Reading)
	}
	close(release)
	after := b.becomes(record.ID, storage.ReadingReady)
	if after.State != storage.StatePublished || after.Reading.OCR != "1" || after.Reading.Engine != "tesseract" || actions(after) != "upload read read" {
		t.Errorf("%+v (%s)", after.Document, actions(after))
	}
	b.flush()
	result, err := b.index.Search(t.Context(), indexer.Query{Text: "cấy lúa", Document: record.ID})
	if err != nil || len(result.Hits) != 1 || !result.Hits[0].Passages[0].OCR {
		t.Errorf("%+v, %v: want one hit, marked as read by OCR", result.Hits, err)
	}
	if a := b.writer.Activity(); a.Recognized != 1 || a.Pictures != 0 || a.Queued != 0 {
		t.Errorf("%+v", a)
	}
}

// Whatever a start finds half done it goes on with, as far as it can.
func TestOCRThatIsInterrupted(t *testing.T) {
	b := newBench(t)
	begun := make(chan bool)
	b.writer = indexer.NewWriter(indexer.WriterConfig{
		Library: b.library, Index: b.index, Logger: slog.New(slog.DiscardHandler), Background: true,
		RecognizeHead: (&eyes{}).recognizeHead, OCRVersion: "1",
		Recognize: func(ctx context.Context, _ extract.File, text storage.Text, _ func(int, int)) (storage.Text, error) {
			close(begun)
			<-ctx.Done()
			return text, ctx.Err()
		},
	})
	stop := b.run()
	record, err := b.writer.Accept(t.Context(), upload("scan.pdf", scan(t)))
	if err != nil {
		t.Fatal(err)
	}
	<-begun
	stop()
	if got := b.document(record.ID).Reading.Status; got != storage.ReadingNow {
		t.Fatalf("stopped in the middle it is %s", got)
	}
	t.Run("without OCR", func(t *testing.T) {
		b.restart()
		b.repair()
		if got := b.becomes(record.ID, storage.ReadingNeedsOCR); got.State != storage.StateDraft {
			t.Errorf("%+v", got.Document)
		}
	})
	t.Run("with OCR", func(t *testing.T) {
		b.seeing(&eyes{sees: seen}, true)
		defer b.run()()
		b.repair()
		if got := b.becomes(record.ID, storage.ReadingReady); got.Reading.OCR != "1" || got.Facts.Kind != "Nghị quyết" {
			t.Errorf("%+v, %+v", got.Reading, got.Facts)
		}
	})
}

// An import recognises behind everything else, and publishes what can be trusted.
func TestImportRecognizesAtTheEnd(t *testing.T) {
	for sees, want := range map[string]indexer.Outcome{seen: indexer.Imported, "xyzt wqrt": indexer.Doubtful, "": indexer.Doubtful} {
		b := newBench(t)
		b.seeing(&eyes{sees: sees}, false)
		up := upload("scan.pdf", scan(t))
		record, outcome := b.importOne(up)
		if outcome != indexer.Recognizing || record.Reading.Status != storage.ReadingNow {
			t.Fatalf("%s, %+v", outcome, record.Reading)
		}
		if again, outcome := b.importOne(up); outcome != indexer.Recognizing || again.Revision != record.Revision {
			t.Errorf("again: %s, revision %d", outcome, again.Revision)
		}
		after, outcome, err := b.writer.Recognize(t.Context(), record.ID, up, func(int, int) {})
		if err != nil || outcome != want || after.Reading.Status != storage.ReadingReady {
			t.Errorf("%q: %s, %+v, %v", sees, outcome, after.Reading, err)
		}
	}
}

// OCR that fails leaves the document with what there is; OCR that cannot be used
// now is waited for.
func TestOCRThatFails(t *testing.T) {
	b := newBench(t)
	e := &eyes{sees: seen, before: func(context.Context, int) error { return errors.New("hỏng") }}
	b.seeing(e, false)
	up := upload("scan.pdf", scan(t))
	record, _ := b.importOne(up)
	after, outcome, err := b.writer.Recognize(t.Context(), record.ID, up, func(int, int) {})
	if err != nil || outcome != indexer.Pictures || after.Reading.Status != storage.ReadingNeedsOCR {
		t.Fatalf("%s, %+v, %v", outcome, after.Reading, err)
	}
	e.before = func(context.Context, int) error { return fmt.Errorf("gone: %w", storage.ErrUnavailable) }
	record, _ = b.importOne(up) // has another try
	if _, _, err := b.writer.Recognize(t.Context(), record.ID, up, func(int, int) {}); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("unavailable: %v", err)
	}
	e.before = nil
	if after, outcome, err = b.writer.Recognize(t.Context(), record.ID, up, func(int, int) {}); err != nil || outcome != indexer.Imported {
		t.Errorf("back again: %s, %+v, %v", outcome, after.Reading, err)
	}
}

// The guard sees pictures before a byte is stored, and every page before it is kept.
func TestStampsInPictures(t *testing.T) {
	stamp := "TỈNH ỦY SƠN LAM\nTỐI MẬT\nSố 12-BC/TU"
	b := newBench(t)
	e := &eyes{picture: stamp, sees: seen}
	b.seeing(e, false)
	for _, up := range []indexer.Upload{upload("scan.pdf", scan(t)), upload("nq.pdf", sample(t, "nghi-quyet-05-nq-tu-2026.pdf"))} {
		if _, err := b.writer.Accept(t.Context(), up); !errors.Is(err, storage.ErrSecret) {
			t.Errorf("%s: accepted: %v", up.Name, err)
		}
		if _, _, err := b.writer.Import(t.Context(), up); !errors.Is(err, storage.ErrSecret) {
			t.Errorf("%s: imported: %v", up.Name, err)
		}
	}
	e.head = fmt.Errorf("tesseract: %w", storage.ErrUnavailable)
	if _, err := b.writer.Accept(t.Context(), upload("scan.pdf", scan(t))); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("a guard that cannot see: %v", err)
	}
	if left := append(b.keys("originals/"), b.keys("documents/")...); len(left) > 0 {
		t.Fatalf("left: %q", left)
	}
	e.head, e.picture, e.sees = nil, "", stamp // below the head, on page 2 perhaps
	up := upload("scan.pdf", scan(t))
	record, _ := b.importOne(up)
	if _, _, err := b.writer.Recognize(t.Context(), record.ID, up, func(int, int) {}); !errors.Is(err, storage.ErrSecret) {
		t.Errorf("recognised: %v", err)
	}
	if left := append(b.keys("originals/"), b.keys("texts/")...); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
}

// What no guard could read, a person has to look at, and the trail says who did.
func TestUnseenPicturesNeedAPerson(t *testing.T) {
	heads := map[string]func(*bench) storage.Record{
		"no OCR": func(b *bench) storage.Record {
			record, _ := b.importOne(upload("scan.pdf", scan(b.t)))
			return record
		},
		"a head that OCR fails on": func(b *bench) storage.Record {
			b.seeing(&eyes{head: errors.New("hỏng")}, false)
			record, outcome := b.importOne(upload("nq.pdf", sample(b.t, "nghi-quyet-05-nq-tu-2026.pdf")))
			if outcome != indexer.Doubtful {
				b.t.Errorf("published unseen: %s", outcome)
			}
			return record
		},
	}
	for name, take := range heads {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.t = t
			record := take(b)
			if _, err := b.writer.Submit(t.Context(), record.ID, storage.Version{}, false, an); !errors.Is(err, indexer.ErrUnconfirmed) || indexer.ReasonOf(err) == "" {
				t.Errorf("unconfirmed: %v", err)
			}
			after, err := b.writer.Submit(t.Context(), record.ID, storage.Version{}, true, an)
			if err != nil || after.State != storage.StateReview {
				t.Errorf("confirmed: %s, %v", after.State, err)
			}
			confirmed := 0
			for event, err := range b.library.Audit(t.Context(), time.Now()) {
				if err == nil && event.Action == "confirm" && event.By == an.Name && event.Subject == string(record.ID) {
					confirmed++
				}
			}
			if confirmed != 1 {
				t.Errorf("%d confirmations in the trail", confirmed)
			}
		})
	}
	b := newBench(t)
	up := upload(resolution, sample(t, resolution))
	up.Publish = false
	record, _ := b.importOne(up)
	if _, err := b.writer.Submit(t.Context(), record.ID, storage.Version{}, false, an); err != nil {
		t.Errorf("a text: %v", err)
	}
}

// What OCR read in a head before a file was taken in is kept with its text, and
// not read again for that.
func TestHeadsAreReadOnce(t *testing.T) {
	b := newBench(t)
	e := &eyes{picture: "Số 05-NQ/TU"}
	b.seeing(e, true)
	defer b.run()()
	record, err := b.writer.Accept(t.Context(), upload("nq.pdf", sample(t, "nghi-quyet-05-nq-tu-2026.pdf")))
	if err != nil {
		t.Fatal(err)
	}
	ready := b.becomes(record.ID, storage.ReadingReady)
	text, err := b.library.Text(t.Context(), ready.Original.SHA256, ready.Reading.TextVersion())
	if err != nil || text.Pages[0].Picture != e.picture || e.heads != 1 {
		t.Errorf("%d looks, %q, %v", e.heads, text.Pages[0].Picture, err)
	}
}

// What waits for another try counts as waiting, in its own queue.
func TestActivityCountsWhatIsTriedAgain(t *testing.T) {
	b := newBench(t)
	b.seeing(&eyes{before: func(context.Context, int) error { return fmt.Errorf("busy: %w", storage.ErrUnavailable) }}, true)
	stop := b.run()
	defer stop()
	record, err := b.writer.Accept(t.Context(), upload("scan.pdf", scan(t)))
	if err != nil {
		t.Fatal(err)
	}
	b.becomes(record.ID, storage.ReadingNow)
	b.eventually(func() bool { return b.writer.Activity().Queued == 0 })
	for range 20 { // a try takes a moment, the pause behind it a second
		if a := b.writer.Activity(); a.Pictures != 1 || a.Queued != 0 {
			t.Fatalf("%+v", a)
		}
		time.Sleep(50 * time.Millisecond)
	}
}
