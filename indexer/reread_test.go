package indexer_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"vankien/indexer"
	"vankien/indexer/extract"
	"vankien/storage"
)

// aged makes a document one that an earlier reader has read.
func (b *bench) aged(id storage.ID) storage.Record {
	b.t.Helper()
	record := b.document(id)
	text, err := b.library.Text(b.t.Context(), record.Original.SHA256, record.Reading.TextVersion())
	if err == nil {
		err = b.library.PutText(b.t.Context(), record.Original.SHA256, "v0", text)
	}
	if err == nil {
		err = b.library.DeleteTextsBut(b.t.Context(), record.Original.SHA256, "v0")
	}
	if err == nil {
		record, err = b.library.UpdateDocument(b.t.Context(), id, "thử", "read", func(doc *storage.Document) error {
			doc.Reading.Reader = "v0"
			return nil
		})
	}
	if err != nil {
		b.t.Fatal(err)
	}
	return record
}

// readAgain waits until today's reader has gone through a document and nothing of
// the earlier one is left.
func (b *bench) readAgain(id storage.ID) bool {
	for range 200 {
		record := b.document(id)
		if record.Reading.Reader == extract.Version && len(b.keys("texts/")) == 1 && b.writer.Activity().Backlog == 0 {
			return true
		}
		time.Sleep(20 * time.Millisecond)
	}
	return false
}

// A better reader goes through the library behind everything else: the document
// is found and read all the time, what people have set stays, and only one text
// is left in the end.
func TestABetterReaderReadsAgain(t *testing.T) {
	b := newBench(t)
	b.openBackground()
	record, _ := b.importOne(upload(resolution, sample(t, resolution)))
	edits := indexer.Edits{Facts: map[string]json.RawMessage{"title": json.RawMessage(`"tên do biên tập viên đặt"`)}}
	stated := storage.InForce
	edits.Standing.Validity = &stated
	if _, err := b.writer.Edit(t.Context(), record.ID, storage.Version{}, edits, tester); err != nil {
		t.Fatal(err)
	}
	b.aged(record.ID)
	b.openBackground()
	b.repair()
	if n := b.found(`"cấy lúa"`, storage.AudiencePublic); n != 1 {
		t.Fatalf("by the old text %d are found", n)
	}
	if keys := b.keys("texts/"); len(keys) != 1 || !strings.Contains(keys[0], "/v0.") {
		t.Fatalf("a start has read it again: %q", keys)
	}
	watched, unwatch := context.WithCancel(t.Context())
	var watching sync.WaitGroup
	watching.Go(func() {
		for watched.Err() == nil {
			if n := b.found(`"cấy lúa"`, storage.AudiencePublic); n != 1 {
				t.Errorf("%d are found meanwhile", n)
			}
		}
	})
	stop := b.run()
	if !b.readAgain(record.ID) {
		t.Errorf("not read again: %+v, %q", b.document(record.ID).Reading, b.keys("texts/"))
	}
	unwatch()
	watching.Wait()
	stop()
	after := b.document(record.ID)
	if after.Facts.Title != "tên do biên tập viên đặt" || after.State != storage.StatePublished || after.Facts.Number == "" || after.Validity != stated {
		t.Errorf("%s, %+v", after.Validity, after.Facts)
	}
	if a := b.writer.Activity(); a.Reread != 1 || a.Backlog != 0 {
		t.Errorf("%+v", a)
	}
	if err := b.agree(); err != nil {
		t.Error(err)
	}
}

// openBackground is a start of a server.
func (b *bench) openBackground() {
	b.writer = indexer.NewWriter(indexer.WriterConfig{Library: b.library, Index: b.index, Background: true})
}

// A crash at any step leaves the document found, and the next start goes on.
func TestReadingAgainThatIsInterrupted(t *testing.T) {
	for k := 1; ; k++ {
		b := newBench(t)
		record, _ := b.importOne(upload(resolution, sample(t, resolution)))
		b.aged(record.ID)
		b.restart()
		b.repair()
		good := b.library
		faulty := &crashingStore{faultyStore: faultyStore{Store: b.store}}
		b.library = storage.NewLibrary(faulty)
		b.openBackground()
		b.repair()
		faulty.arm(k)
		stop := b.run()
		for range 100 {
			if faulty.down() || b.writer.Activity().Reread > 0 && b.writer.Activity().Backlog == 0 {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		stop()
		survived := !faulty.down()
		b.library = good
		at := fmt.Sprintf("crash at operation %d", k)
		for _, when := range []string{"after the crash", "after a start", "in the end"} {
			if n := b.found(`"cấy lúa"`, storage.AudiencePublic); n != 1 {
				t.Errorf("%s, %s: %d found", at, when, n)
			}
			now := b.document(record.ID)
			if _, err := b.library.Text(t.Context(), now.Original.SHA256, now.Reading.TextVersion()); err != nil {
				t.Errorf("%s, %s: the text that serves: %v", at, when, err)
			}
			switch when {
			case "after the crash":
				b.openBackground()
				b.repair()
			case "after a start":
				stop := b.run()
				if !b.readAgain(record.ID) {
					t.Errorf("%s: %+v, %q", at, b.document(record.ID).Reading, b.keys("texts/"))
				}
				stop()
			}
		}
		if err := b.agree(); err != nil {
			t.Errorf("%s: %v", at, err)
		}
		if survived || t.Failed() {
			if k < 6 && !t.Failed() {
				t.Errorf("reading again has only %d operations", k-1)
			}
			return
		}
	}
}

// crashingStore fails for good from its k-th operation on, as it looks to a
// process that is killed there.
type crashingStore struct {
	faultyStore
	mu       sync.Mutex
	left     int
	crashed  bool
	counting bool
}

func (s *crashingStore) arm(k int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.left, s.counting = k, true
}

func (s *crashingStore) down() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.crashed
}

func (s *crashingStore) step() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.counting && !s.crashed {
		s.left--
		s.crashed = s.left <= 0
	}
	if s.crashed {
		return fmt.Errorf("killed: %w", storage.ErrUnavailable)
	}
	return nil
}

func (s *crashingStore) Put(ctx context.Context, key string, body io.Reader, opt storage.PutOptions) (storage.Object, error) {
	if err := s.step(); err != nil {
		return storage.Object{}, err
	}
	return s.Store.Put(ctx, key, body, opt)
}

func (s *crashingStore) Get(ctx context.Context, key string, rng storage.Range) (io.ReadCloser, storage.Object, error) {
	if err := s.step(); err != nil {
		return nil, storage.Object{}, err
	}
	return s.Store.Get(ctx, key, rng)
}

func (s *crashingStore) Delete(ctx context.Context, key, ifMatch string) error {
	if err := s.step(); err != nil {
		return err
	}
	return s.Store.Delete(ctx, key, ifMatch)
}

// Today's reader does not take a document away that it cannot read, or reads
// worse than the reader before.
func TestABetterReaderThatIsWorse(t *testing.T) {
	for name, read := range map[string]indexer.Reader{
		"refuses": func(context.Context, extract.File) (storage.Text, error) {
			return storage.Text{}, &extract.Error{Reason: "không đọc được", Err: storage.ErrUnsupported}
		},
		"reads rubbish": func(context.Context, extract.File) (storage.Text, error) {
			return storage.Text{MediaType: "text/plain", Pages: []storage.Page{{Number: 1, Text: "xq zz", Score: .1}}}, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			record, _ := b.importOne(upload(resolution, sample(t, resolution)))
			b.aged(record.ID)
			b.writer = indexer.NewWriter(indexer.WriterConfig{Library: b.library, Index: b.index, Background: true, Read: read})
			b.repair()
			defer b.run()()
			if !b.readAgain(record.ID) {
				t.Errorf("%+v, %q", b.document(record.ID).Reading, b.keys("texts/"))
			}
			if n := b.found(`"cấy lúa"`, storage.AudiencePublic); n != 1 || b.document(record.ID).State != storage.StatePublished {
				t.Errorf("%d found", n)
			}
		})
	}
}

// A poor scan that a publisher published on purpose stays found where today's
// reader makes less of it; where it makes more of it, that serves.
func TestAPoorScanThatIsReadAgain(t *testing.T) {
	read := func(page storage.Page) indexer.Reader {
		page.Number = 1
		return func(context.Context, extract.File) (storage.Text, error) {
			return storage.Text{MediaType: "application/pdf", Pages: []storage.Page{page}}, nil
		}
	}
	picture, err := extract.Read(t.Context(), extract.File{Name: "scan.pdf", Size: int64(len(scan(t))), ReaderAt: bytes.NewReader(scan(t))})
	if err != nil || !extract.NeedsOCR(picture) {
		t.Fatalf("%+v, %v", picture, err)
	}
	const poor = .45
	for name, test := range map[string]struct {
		now  storage.Page
		old  bool
		term string
	}{
		"without OCR":         {picture.Pages[0], true, "lúa"},
		"worse":               {storage.Page{Text: "xq zz", Score: .1}, true, "lúa"},
		"no better, no worse": {storage.Page{Text: "thóc mới", Score: poor}, false, "thóc"},
		"better, yet poor":    {storage.Page{Text: "thóc mới", Score: .5}, false, "thóc"},
		"good":                {storage.Page{Text: "thóc mới", Score: .99}, false, "thóc"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.writer = indexer.NewWriter(indexer.WriterConfig{Library: b.library, Index: b.index, Read: read(storage.Page{Text: "cấy lúa", Score: poor, OCR: true})})
			record, outcome := b.importOne(upload("scan.pdf", scan(t)))
			if outcome != indexer.Doubtful {
				t.Fatal(outcome)
			}
			if _, err := b.writer.Publish(t.Context(), record.ID, storage.Version{}, tester); err != nil {
				t.Fatal(err)
			}
			b.aged(record.ID)
			b.writer = indexer.NewWriter(indexer.WriterConfig{Library: b.library, Index: b.index, Background: true, Read: read(test.now)})
			b.repair()
			defer b.run()()
			if !b.readAgain(record.ID) {
				t.Errorf("%+v, %q", b.document(record.ID).Reading, b.keys("texts/"))
			}
			after := b.document(record.ID)
			if n := b.found(test.term, storage.AudiencePublic); n != 1 || !after.Findable() {
				t.Errorf("%d found, %+v", n, after.Reading)
			}
			if old := after.Reading.Score == poor && after.Reading.Reason == record.Reading.Reason; test.old && !old {
				t.Errorf("the reading is %+v", after.Reading)
			}
		})
	}
}

// Scans that waited for OCR are read when it is there, and a stamp that is seen
// only then takes a document out of the searches, for people to decide.
func TestOCRThatAppearsLater(t *testing.T) {
	b := newBench(t)
	waiting, outcome := b.importOne(upload("scan.pdf", scan(t)))
	if outcome != indexer.Pictures {
		t.Fatal(outcome)
	}
	stamped, _ := b.importOne(upload("nq.pdf", sample(t, "nghi-quyet-05-nq-tu-2026.pdf")))
	b.flush()
	b.seeing(&eyes{sees: seen, picture: "TỈNH ỦY SƠN LAM\nMẬT"}, true)
	b.repair()
	defer b.run()()
	after := b.becomes(waiting.ID, storage.ReadingReady)
	if after.State != storage.StateDraft || after.Reading.OCR != "1" {
		t.Errorf("%+v", after.Document)
	}
	for range 200 {
		if b.document(stamped.ID).State != storage.StatePublished && b.found("", storage.AudienceStaff) == 0 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	got := b.document(stamped.ID)
	if got.State != storage.StateWithdrawn || got.Audience != storage.AudienceStaff || b.found("", storage.AudienceStaff) != 0 {
		t.Errorf("%s for %s", got.State, got.Audience)
	}
	if issues := strings.Join(got.Facts.Issues, " "); !strings.Contains(issues, "dấu chỉ độ mật") {
		t.Errorf("an editor reads %q", issues)
	}
}
