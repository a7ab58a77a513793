package indexer_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"vankien/indexer"
	"vankien/indexer/extract"
	"vankien/storage"
)

// Deleted while queued, then restored: nobody reads it.
func TestRestoredBeforeRead(t *testing.T) {
	b := newBench(t)
	record, err := b.writer.Accept(t.Context(), byAn(t, resolution))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.writer.Delete(t.Context(), record.ID, storage.Version{}, an); err != nil {
		t.Fatal(err)
	}
	b.running()
	time.Sleep(500 * time.Millisecond)
	if _, err := b.writer.Restore(t.Context(), record.ID, storage.Version{}, 1, an); err != nil {
		t.Fatal(err)
	}
	if got := b.settled(record.ID); got != storage.ReadingReady {
		t.Errorf("restored, and still %s", got)
	}
}

// A purge while the machine reads leaves the text behind.
func TestPurgeAgainstReading(t *testing.T) {
	b := newBench(t)
	begun, until := make(chan bool), make(chan bool)
	var armed atomic.Bool
	b.writer = indexer.NewWriter(indexer.WriterConfig{Library: b.library, Index: b.index, Read: func(ctx context.Context, f extract.File) (storage.Text, error) {
		if f.Pages == 0 && armed.CompareAndSwap(false, true) {
			close(begun)
			<-until
		}
		return extract.Read(ctx, f)
	}})
	b.running()
	record, err := b.writer.Accept(t.Context(), byAn(t, resolution))
	if err != nil {
		t.Fatal(err)
	}
	<-begun
	if _, err := b.writer.Delete(t.Context(), record.ID, storage.Version{}, an); err != nil {
		t.Fatal(err)
	}
	if _, err := b.writer.Purge(t.Context(), record.ID, storage.Version{}, true, cuc); err != nil {
		t.Fatal(err)
	}
	close(until)
	time.Sleep(2 * time.Second)
	if left := b.keys("texts/"); len(left) > 0 {
		t.Errorf("purged, and left: %q", left)
	}
	b.repair()
	if left := b.keys("texts/"); len(left) > 0 {
		t.Errorf("the next start leaves: %q", left)
	}
}

// An editor takes the circulation mark away before the machine reads it.
func TestCirculationMark(t *testing.T) {
	const paper = "ĐẢNG BỘ TỈNH BẮC NINH\nĐẢNG ỦY XÃ SƠN LAM\nSố 12-BC/ĐU\n\nLƯU HÀNH NỘI BỘ\n\nSơn Lam, ngày 3 tháng 2 năm 2025\n\nBÁO CÁO\nvề tình hình thu hoạch lúa mùa trên địa bàn xã\n\nThực hiện chương trình công tác năm, Đảng ủy xã báo cáo như sau.\n"
	for _, stated := range []string{`{}`, `{"circulation":null}`} {
		b := newBench(t)
		b.running()
		up := upload("a.txt", []byte(paper))
		up.By, up.Publish, up.Edits = an, false, facts(t, stated)
		record, err := b.writer.Accept(t.Context(), up)
		if err != nil {
			t.Fatal(err)
		}
		read := b.awaitReading(record.ID)
		t.Logf("%s: circulation %q, audience %s", stated, read.Facts.Circulation, read.Audience)
		if read.Audience == storage.AudiencePublic {
			t.Errorf("%s: an editor alone has opened what is LƯU HÀNH NỘI BỘ to the public", stated)
		}
	}
}

// Restoring the first revision widens the audience and wipes what was read.
func TestRestoreOfTheFirstRevision(t *testing.T) {
	b := newBench(t)
	b.running()
	record := b.uploaded(resolution, facts(t, `{"place":"Bắc Ninh"}`))
	restored, err := b.writer.Restore(t.Context(), record.ID, storage.Version{}, 1, ba)
	if err != nil {
		t.Fatal(err)
	}
	if restored.Facts.Kind == "" && record.Facts.Kind != "" {
		t.Errorf("kind %q, number %q, title %q are gone; reading %s", record.Facts.Kind, record.Facts.Number, record.Facts.Title, restored.Reading.Status)
	}
}

// A document that is restored between a purge's look and its mark is purged.
func TestPurgeAgainstRestore(t *testing.T) {
	b := newBench(t)
	b.running()
	record := b.uploaded(resolution, indexer.Edits{})
	if _, err := b.writer.Delete(t.Context(), record.ID, storage.Version{}, an); err != nil {
		t.Fatal(err)
	}
	s := &hookStore{Store: b.store}
	w := indexer.NewWriter(indexer.WriterConfig{Library: storage.NewLibrary(s), Index: b.index})
	s.before = func() {
		if _, err := b.writer.Restore(t.Context(), record.ID, storage.Version{}, 2, an); err != nil {
			t.Error(err)
		}
	}
	_, err := w.Purge(t.Context(), record.ID, storage.Version{}, true, cuc)
	if _, gone := b.library.Document(t.Context(), record.ID); gone != nil {
		t.Errorf("restored (200), then purged: purge %v, document %v", err, gone)
	}
}

// hookStore calls before ahead of the first audit event.
type hookStore struct {
	storage.Store
	before func()
}

func (s *hookStore) Put(ctx context.Context, key string, body io.Reader, opt storage.PutOptions) (storage.Object, error) {
	if before := s.before; strings.HasPrefix(key, "audit/") && before != nil {
		s.before = nil
		before()
	}
	return s.Store.Put(ctx, key, body, opt)
}

// Facts that come with JSON escapes stay decomposed.
func TestFactsAreNFC(t *testing.T) {
	b := newBench(t)
	b.running()
	record := b.uploaded(resolution, facts(t, `{"title":"co\u0302ng ta\u0301c"}`))
	if record.Facts.Title != "công tác" {
		t.Errorf("%+q", record.Facts.Title)
	}
}

// Two uploads of the bytes of a failed document: the second undoes the reading.
func TestTwoTakeOvers(t *testing.T) {
	b := newBench(t)
	var fail atomic.Bool
	fail.Store(true)
	var meanwhile func()
	b.writer = indexer.NewWriter(indexer.WriterConfig{Library: b.library, Index: b.index, Read: func(ctx context.Context, f extract.File) (storage.Text, error) {
		if f.Pages == 0 && fail.Load() {
			return storage.Text{}, &extract.Error{Reason: "hỏng", Err: storage.ErrInvalid}
		}
		return extract.Read(ctx, f)
	}, Head: func(ctx context.Context, f extract.File) (storage.Text, error) {
		if now := meanwhile; now != nil {
			meanwhile = nil
			now()
		}
		return extract.Read(ctx, f)
	}})
	b.running()
	record, err := b.writer.Accept(t.Context(), byAn(t, resolution))
	if err != nil {
		t.Fatal(err)
	}
	if got := b.awaitReading(record.ID).Reading.Status; got != storage.ReadingFailed {
		t.Fatal(got)
	}
	fail.Store(false)
	meanwhile = func() { // the other one, whole
		if _, err := b.writer.Accept(t.Context(), byAn(t, resolution)); err != nil {
			t.Error(err)
		}
		b.settled(record.ID)
		if _, err := b.writer.Publish(t.Context(), record.ID, storage.Version{}, ba); err != nil {
			t.Error(err)
		}
		if _, err := b.writer.Delete(t.Context(), record.ID, storage.Version{}, ba); err != nil {
			t.Error(err)
		}
	}
	after, err := b.writer.Accept(t.Context(), byAn(t, resolution))
	if err == nil {
		t.Errorf("202 for a document that is %s, deleted %v, reading %s", after.State, after.Deleted != nil, after.Reading.Status)
	}
}

// hookOriginal calls before ahead of the next put of an original once it is set.
type hookOriginal struct {
	storage.Store
	before func()
}

func (s *hookOriginal) Put(ctx context.Context, key string, body io.Reader, opt storage.PutOptions) (storage.Object, error) {
	if before := s.before; strings.HasPrefix(key, "originals/") && before != nil {
		s.before = nil
		before()
	}
	return s.Store.Put(ctx, key, body, opt)
}

// What a publisher restores from before the reading opens what is LƯU HÀNH NỘI BỘ.
func TestRestoreWidens(t *testing.T) {
	const paper = "ĐẢNG BỘ TỈNH BẮC NINH\nĐẢNG ỦY XÃ SƠN LAM\nSố 12-BC/ĐU\n\nLƯU HÀNH NỘI BỘ\n\nSơn Lam, ngày 3 tháng 2 năm 2025\n\nBÁO CÁO\nvề tình hình thu hoạch lúa mùa trên địa bàn xã\n\nThực hiện chương trình công tác năm, Đảng ủy xã báo cáo như sau.\n"
	b := newBench(t)
	b.running()
	up := upload("a.txt", []byte(paper))
	up.By, up.Publish = an, false
	record, err := b.writer.Accept(t.Context(), up)
	if err != nil {
		t.Fatal(err)
	}
	b.awaitReading(record.ID)
	if _, err := b.writer.Delete(t.Context(), record.ID, storage.Version{}, an); err != nil {
		t.Fatal(err)
	}
	restored, err := b.writer.Restore(t.Context(), record.ID, storage.Version{}, 1, ba)
	if err != nil || restored.Audience == storage.AudiencePublic {
		t.Errorf("%v, circulation %q, audience %s", err, restored.Facts.Circulation, restored.Audience)
	}
}

// A paper that failed once is not guarded when it comes again.
func TestGuardWhenBytesComeAgain(t *testing.T) {
	for _, command := range []bool{true, false} {
		b := newBench(t)
		ctx, stop := context.WithCancel(t.Context())
		old := indexer.NewWriter(indexer.WriterConfig{Library: b.library, Index: b.index, Read: func(_ context.Context, f extract.File) (storage.Text, error) {
			if f.Pages == 0 { // an older reader, which did not get through
				return storage.Text{}, &extract.Error{Reason: "hỏng", Err: storage.ErrInvalid}
			}
			return storage.Text{Pages: []storage.Page{{Number: 1, Text: "chữ"}}}, nil
		}})
		done := make(chan bool)
		go func() { old.Run(ctx); close(done) }()
		up := upload("a.docx", badSample(t, "secret.docx"))
		up.By, up.Publish = an, false
		record, err := old.Accept(t.Context(), up)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.settled(record.ID); got != storage.ReadingFailed {
			t.Fatal(got)
		}
		stop()
		<-done
		b.restart() // with the present reader, which sees the stamp
		up = upload("a.docx", badSample(t, "secret.docx"))
		if command {
			record, outcome, err := b.writer.Import(t.Context(), up)
			if !errors.Is(err, storage.ErrSecret) {
				t.Errorf("import --publish: %s, %v, %s", outcome, err, record.State)
			}
			b.nothingKept()
			continue
		}
		record, err = b.writer.Accept(t.Context(), up)
		if !errors.Is(err, storage.ErrSecret) {
			t.Errorf("upload: %v, %s", err, record.Reading.Status)
		}
		b.nothingKept()
	}
}

// Names that look alike pass for two people.
func TestTokenNamesThatLookAlike(t *testing.T) {
	b := newBench(t)
	for _, name := range []string{"import ", "Nguyễn Thị An\u200b", " operator", "An\u202eB", "Nguye\u0302\u0303n", "a\u2028b"} {
		if _, err := b.library.NewToken(t.Context(), name, storage.RolePublisher); err == nil {
			t.Errorf("%+q is a name", name)
		}
	}
}

// An import publishes drafts that are there, and leaves to people what they
// withdrew or have under review.
func TestImportOfWhatIsThere(t *testing.T) {
	b := newBench(t)
	draft := upload(resolution, sample(t, resolution))
	draft.Publish = false
	record, _ := b.importOne(draft)
	for _, step := range []struct {
		before func(context.Context, storage.ID, storage.Version, indexer.Actor) (storage.Record, error)
		want   indexer.Outcome
		state  storage.State
	}{
		{func(ctx context.Context, id storage.ID, v storage.Version, by indexer.Actor) (storage.Record, error) {
			return b.writer.Submit(ctx, id, v, false, by)
		}, indexer.Held, storage.StateReview},
		{b.writer.Publish, indexer.Present, storage.StatePublished},
		{b.writer.Withdraw, indexer.Held, storage.StateWithdrawn},
	} {
		if _, err := step.before(t.Context(), record.ID, storage.Version{}, tester); err != nil {
			t.Fatal(err)
		}
		if after, outcome := b.importOne(upload(resolution, sample(t, resolution))); outcome != step.want || after.State != step.state {
			t.Errorf("%s, %s, want %s, %s", outcome, after.State, step.want, step.state)
		}
	}
	const other = "cong-van-2096-snv-xdcq-2026.docx"
	draft = upload(other, sample(t, other))
	draft.Publish = false
	b.importOne(draft)
	if after, outcome := b.importOne(upload(other, sample(t, other))); outcome != indexer.Promoted || after.State != storage.StatePublished {
		t.Errorf("a draft: %s, %s", outcome, after.State)
	}
}
