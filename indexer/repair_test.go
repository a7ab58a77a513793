package indexer_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"vankien/indexer"
	"vankien/storage"
)

// A crash at any step of an import is mended by Repair, and by importing the
// same bytes again: one document, one original, found once.
func TestImportsThatAreInterrupted(t *testing.T) {
	for _, fault := range []struct {
		name          string
		after, cancel bool
	}{
		{"an operation fails", false, false},
		{"an operation fails and yet happened", true, false},
		{"the caller goes away before an operation", false, true},
		{"the caller goes away behind an operation", true, true},
	} {
		t.Run(fault.name, func(t *testing.T) {
			for k := 1; ; k++ {
				if survived := interrupt(t, k, fault.after, fault.cancel); survived {
					if k < 6 {
						t.Errorf("an import has only %d operations", k-1)
					}
					return
				}
			}
		})
	}
}

// interrupt imports with a fault at the k-th operation and checks both ways
// on; it tells whether there was no such operation.
func interrupt(t *testing.T, k int, after, cancel bool) bool {
	t.Helper()
	data := sample(t, resolution)
	for _, repaired := range []bool{true, false} {
		b := newBench(t)
		ctx, stop := context.WithCancel(t.Context())
		faulty := &faultyStore{Store: b.store, k: k, after: after}
		if cancel {
			faulty.cancel = stop
		}
		b.through(faulty)
		_, _, err := b.writer.Import(ctx, upload(resolution, data))
		stop()
		if faulty.survived() {
			return true
		}
		at := fmt.Sprintf("fault %d (%s), repaired %v", k, faulty.trace[len(faulty.trace)-1], repaired)
		if err == nil && !after {
			t.Errorf("%s: no error", at)
		}
		if repaired { // a crash: nothing of the writer is left
			b.restart()
			b.repair()
			if err := b.agree(); err != nil {
				t.Errorf("%s, after Repair: %v", at, err)
			}
		}
		record, _ := b.importOne(upload(resolution, data))
		b.flush()
		if err := b.agree(); err != nil {
			t.Errorf("%s: %v", at, err)
		}
		if n := b.found(`"cấy lúa"`, storage.AudiencePublic); n != 1 || len(b.keys("documents/")) != 1 || len(b.keys("originals/")) != 1 || len(b.keys("texts/")) != 1 {
			t.Errorf("%s: %d found, store %q", at, n, b.keys(""))
		}
		if record.State != storage.StatePublished || record.Reading.Status != storage.ReadingReady {
			t.Errorf("%s: %+v", at, record.Document)
		}
	}
	return false
}

// decisions are what people decide, and how many documents are found then.
var decisions = []struct {
	decide func(*indexer.Writer, context.Context, storage.ID, string) (storage.Record, error)
	found  int
}{{(*indexer.Writer).Withdraw, 0}, {(*indexer.Writer).Publish, 1}}

// The same for publishing and withdrawing: asked again, or repaired, what is
// stored is what is found.
func TestDecisionsThatAreInterrupted(t *testing.T) {
	b := newBench(t)
	record, _ := b.importOne(upload(resolution, sample(t, resolution)))
	b.flush()
	for _, again := range []bool{true, false} {
		for _, after := range []bool{false, true} {
			for k := 1; k <= 4; k++ {
				for _, d := range decisions {
					faulty := &faultyStore{Store: b.store, k: k, after: after}
					b.through(faulty)
					_, err := d.decide(b.writer, t.Context(), record.ID, "thử")
					faulty.k = 0
					if err != nil && !errors.Is(err, errFault) {
						t.Error(err)
					}
					if again {
						if _, err := d.decide(b.writer, t.Context(), record.ID, "thử"); err != nil {
							t.Error(err)
						}
						b.flush()
						if n := b.found(`"cấy lúa"`, storage.AudienceStaff); n != d.found {
							t.Errorf("fault %d, after %v: %d found, want %d", k, after, n, d.found)
						}
					} else {
						b.restart()
						b.repair()
					}
					if err := b.agree(); err != nil {
						t.Errorf("fault %d, after %v: %v", k, after, err)
					}
				}
			}
		}
	}
}

func TestPublishAndWithdraw(t *testing.T) {
	b := newBench(t)
	record, _ := b.importOne(upload(resolution, sample(t, resolution)))
	first := *record.Published
	for i, step := range []struct {
		decide func(context.Context, storage.ID, string) (storage.Record, error)
		found  int
		state  storage.State
	}{
		{b.writer.Withdraw, 0, storage.StateWithdrawn},
		{b.writer.Withdraw, 0, storage.StateWithdrawn},
		{b.writer.Publish, 1, storage.StatePublished},
		{b.writer.Publish, 1, storage.StatePublished},
	} {
		changed, err := step.decide(t.Context(), record.ID, "thử")
		if err != nil {
			t.Fatal(err)
		}
		b.flush()
		if n := b.found(`"cấy lúa"`, storage.AudiencePublic); n != step.found || changed.State != step.state || !changed.Published.Equal(first) {
			t.Errorf("step %d: %d found, %s, first published %v", i, n, changed.State, changed.Published)
		}
	}
	if got := actions(b.document(record.ID)); got != "import read withdraw publish" {
		t.Errorf("history: %s", got)
	}
	for _, d := range decisions {
		if _, err := d.decide(b.writer, t.Context(), "00000000000000000000", "thử"); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("no such document: %v", err)
		}
	}
}

// An index that cannot be written to keeps what waits for it.
func TestFlushMayFail(t *testing.T) {
	b := newBench(t)
	index := &faultyIndex{Index: b.index, refuse: 2}
	writer := indexer.NewWriter(b.library, index, nil)
	if _, _, err := writer.Import(t.Context(), upload(resolution, sample(t, resolution))); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := writer.Flush(t.Context()); !errors.Is(err, errFault) {
			t.Errorf("%v", err)
		}
	}
	if err := writer.Flush(t.Context()); err != nil {
		t.Error(err)
	}
	if n := b.found(`"cấy lúa"`, storage.AudiencePublic); n != 1 {
		t.Errorf("%d found", n)
	}
}

// fill imports three papers: published, published and a draft.
func fill(b *bench) []storage.Record {
	b.t.Helper()
	var records []storage.Record
	for i, name := range []string{resolution, "bao-cao-63-bc-du-2026.txt", "thong-bao-46-tb-ubkttu-2026.html"} {
		up := upload(name, sample(b.t, name))
		up.Publish = i < 2
		record, _ := b.importOne(up)
		records = append(records, record)
	}
	b.flush()
	return records
}

func TestRepair(t *testing.T) {
	lose := func(prefix string) func(*bench, []storage.Record) {
		return func(b *bench, records []storage.Record) {
			if err := b.store.Delete(b.t.Context(), prefix+records[0].Original.SHA256, ""); err != nil {
				b.t.Fatal(err)
			}
		}
	}
	loseText := func(b *bench, records []storage.Record) {
		if err := b.library.DeleteTexts(b.t.Context(), records[0].Original.SHA256); err != nil {
			b.t.Fatal(err)
		}
	}
	put := func(b *bench, key, data string) {
		if _, err := b.store.Put(b.t.Context(), key, strings.NewReader(data), storage.PutOptions{}); err != nil {
			b.t.Fatal(err)
		}
	}
	change := func(b *bench, records []storage.Record, change func(*storage.Document)) {
		if _, err := b.library.UpdateDocument(b.t.Context(), records[0].ID, "thử", "edit", func(doc *storage.Document) error { change(doc); return nil }); err != nil {
			b.t.Fatal(err)
		}
	}
	for _, test := range []struct {
		name  string
		harm  func(b *bench, records []storage.Record)
		found int // of the first document, by the public
	}{
		{"nothing happened", func(*bench, []storage.Record) {}, 1},
		{"the index is gone", func(b *bench, _ []storage.Record) { b.openIndex() }, 1},
		{"index and a text are gone", func(b *bench, records []storage.Record) { b.openIndex(); loseText(b, records) }, 1},
		{"index gone, a text damaged", func(b *bench, records []storage.Record) {
			b.openIndex()
			put(b, strings.Fields(b.keys("texts/" + records[0].Original.SHA256)[0])[0], "x")
		}, 1},
		{"a record is newer than the index", func(b *bench, records []storage.Record) {
			change(b, records, func(doc *storage.Document) { doc.Facts.Title = "tên mới" })
		}, 1},
		{"a record became one for members", func(b *bench, records []storage.Record) {
			change(b, records, func(doc *storage.Document) { doc.Audience = storage.AudienceMembers })
		}, 0},
		{"a record was withdrawn", func(b *bench, records []storage.Record) {
			change(b, records, func(doc *storage.Document) { doc.State = storage.StateWithdrawn })
		}, 0},
		{"a record is gone", func(b *bench, records []storage.Record) {
			if err := b.library.DeleteDocument(b.t.Context(), records[0].ID, 0); err != nil {
				b.t.Fatal(err)
			}
		}, 0},
		{"an original is gone", lose("originals/"), 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t)
			records := fill(b)
			test.harm(b, records)
			b.restart()
			looked := 0
			if err := b.writer.Repair(t.Context(), func(done int) { looked = done }); err != nil {
				t.Fatal(err)
			}
			if want := len(b.keys("documents/")); looked != want {
				t.Errorf("progress: %d of %d", looked, want)
			}
			if n := b.found(`"cấy lúa"`, storage.AudiencePublic); n != test.found {
				t.Errorf("%d found, want %d", n, test.found)
			}
			if n := b.found(`"sinh hoạt cố định"`, storage.AudiencePublic); n == 0 {
				t.Error("the other document is not found")
			}
			if test.name != "an original is gone" {
				if err := b.agree(); err != nil {
					t.Error(err)
				}
			}
			before := b.keys("")
			b.repair()
			same(t, "repaired again", before, b.keys(""))
		})
	}
}

// What the store has lost keeps nothing else from being found.
func TestRepairOfWhatIsLost(t *testing.T) {
	for name, data := range map[string]string{"original and text gone": "", "original damaged, text gone": strings.Repeat("x", len(sample(t, resolution)))} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			records := fill(b)
			b.openIndex()
			original := "originals/" + records[0].Original.SHA256
			if err := errors.Join(b.library.DeleteTexts(t.Context(), records[0].Original.SHA256), b.store.Delete(t.Context(), original, "")); err != nil {
				t.Fatal(err)
			}
			if data != "" {
				if _, err := b.store.Put(t.Context(), original, strings.NewReader(data), storage.PutOptions{}); err != nil {
					t.Fatal(err)
				}
			}
			b.repair()
			if lost, kept := b.found(`"cấy lúa"`, storage.AudiencePublic), b.found(`"sinh hoạt cố định"`, storage.AudiencePublic); lost != 0 || kept != 1 {
				t.Errorf("found: %d of the lost, %d of the kept", lost, kept)
			}
			if !strings.Contains(b.log.String(), string(records[0].ID)) {
				t.Errorf("the log does not name it: %s", b.log)
			}
			n := 0
			if err := b.writer.Fill(t.Context(), func(_ context.Context, batch indexer.Batch) error { n += len(batch.Put); return nil }, nil); err != nil || n != 1 {
				t.Errorf("Fill gives %d, %v", n, err)
			}
		})
	}
}

func TestADamagedRecordHidesNothingElse(t *testing.T) {
	b := newBench(t)
	records := fill(b)
	b.openIndex()
	if _, err := b.store.Put(t.Context(), "documents/"+string(records[0].ID)+".json", strings.NewReader("{"), storage.PutOptions{}); err != nil {
		t.Fatal(err)
	}
	b.repair()
	if n := b.found(`"sinh hoạt cố định"`, storage.AudiencePublic); n != 1 {
		t.Errorf("%d found", n)
	}
	n := 0
	if err := b.writer.Fill(t.Context(), func(_ context.Context, batch indexer.Batch) error { n += len(batch.Put); return nil }, nil); err != nil || n != 1 {
		t.Errorf("Fill gives %d, %v", n, err)
	}
}

// A document whose original was lost before it was read fails, says why, and
// is mended by the same file.
func TestAnOriginalThatIsLostBeforeItIsRead(t *testing.T) {
	data := sample(t, resolution)
	for name, harm := range map[string]func(b *bench, key string) error{
		"gone": func(b *bench, key string) error { return b.store.Delete(b.t.Context(), key, "") },
		"damaged": func(b *bench, key string) error {
			_, err := b.store.Put(b.t.Context(), key, strings.NewReader("x"), storage.PutOptions{})
			return err
		},
	} {
		b := newBench(t)
		// The import stops before the text is stored.
		faulty := &faultyStore{Store: b.store, k: 5}
		b.through(faulty)
		if _, _, err := b.writer.Import(t.Context(), upload(resolution, data)); err == nil || !strings.HasPrefix(faulty.trace[4], "put texts/") {
			t.Fatalf("%v, %q", err, faulty.trace)
		}
		if err := harm(b, strings.Fields(b.keys("originals/")[0])[0]); err != nil {
			t.Fatal(err)
		}
		b.restart()
		b.repair()
		for record, err := range b.library.Documents(t.Context()) {
			if err != nil || record.Reading.Status != storage.ReadingFailed || !strings.Contains(record.Reading.Reason, "Tệp gốc") && !strings.Contains(record.Reading.Reason, "tệp gốc") {
				t.Errorf("%s: %+v, %v", name, record.Reading, err)
			}
		}
		before := b.keys("")
		b.repair()
		same(t, "a failed one again", before, b.keys(""))
		record, outcome := b.importOne(upload(resolution, data))
		b.flush()
		if outcome != indexer.Resumed || record.Reading.Status != storage.ReadingReady || b.found(`"cấy lúa"`, storage.AudiencePublic) != 1 {
			t.Errorf("%s: %s, %+v", name, outcome, record.Reading)
		}
	}
}

// What people did to a document while an import of the same bytes was still
// reading stays.
func TestALateImportChangesNothingThatPeopleDecided(t *testing.T) {
	b := newBench(t)
	record, _ := b.importOne(upload(resolution, sample(t, resolution)))
	late := &lateStore{Store: b.store, until: make(chan bool), begun: make(chan bool)}
	writer := indexer.NewWriter(storage.NewLibrary(late), b.index, nil)
	if err := b.library.DeleteDocument(t.Context(), record.ID, 0); err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	go func() {
		_, _, err := writer.Import(t.Context(), upload(resolution, sample(t, resolution)))
		done <- err
	}()
	<-late.begun // its record is there, its text not yet
	b.restart()
	b.importOne(upload(resolution, sample(t, resolution)))
	if _, err := b.library.UpdateDocument(t.Context(), record.ID, "biên tập", "edit", func(doc *storage.Document) error {
		doc.Facts.Title = "tên do biên tập viên đặt"
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.writer.Withdraw(t.Context(), record.ID, "biên tập"); err != nil {
		t.Fatal(err)
	}
	close(late.until)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if got := b.document(record.ID); got.State != storage.StateWithdrawn || got.Facts.Title != "tên do biên tập viên đặt" {
		t.Errorf("%s, %s (%s)", got.State, got.Facts.Title, actions(got))
	}
}

// Changes that overtake each other on their way to the index end with the last.
func TestFlushOrderIsThatOfTheRevisions(t *testing.T) {
	b := newBench(t)
	record, _ := b.importOne(upload(resolution, sample(t, resolution)))
	late := &lateStore{Store: b.store, until: make(chan bool), begun: make(chan bool), get: true}
	b.through(late)
	b.repair()
	late.arm()
	done := make(chan error)
	go func() { // reads its text for the index while it is withdrawn
		_, err := b.writer.Publish(t.Context(), record.ID, "thử")
		done <- err
	}()
	<-late.begun
	if _, err := b.writer.Withdraw(t.Context(), record.ID, "thử"); err != nil {
		t.Fatal(err)
	}
	b.flush()
	close(late.until)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	b.flush()
	if n := b.found(`"cấy lúa"`, storage.AudienceStaff); n != 0 {
		t.Error("a withdrawn document is found")
	}
	if err := b.agree(); err != nil {
		t.Error(err)
	}
}

func TestFill(t *testing.T) {
	b := newBench(t)
	records := fill(b)
	var filled []storage.ID
	apply := func(_ context.Context, batch indexer.Batch) error {
		for _, put := range batch.Put {
			filled = append(filled, put.Document.ID)
			if len(put.Passages) == 0 {
				t.Errorf("%s has no passages", put.Document.ID)
			}
		}
		return nil
	}
	looked := 0
	if err := b.writer.Fill(t.Context(), apply, func(done int) { looked = done }); err != nil || looked != 3 || len(filled) != 2 {
		t.Errorf("%d looked at, %v filled of %d, %v", looked, filled, len(records), err)
	}
	if err := b.writer.Fill(t.Context(), func(context.Context, indexer.Batch) error { return errFault }, nil); !errors.Is(err, errFault) {
		t.Errorf("%v", err)
	}
	// A fresh build takes the place of the old one.
	if err := b.index.Rebuild(t.Context(), func(apply func(context.Context, indexer.Batch) error) error {
		return b.writer.Fill(t.Context(), apply, nil)
	}); err != nil {
		t.Fatal(err)
	}
	if err := b.agree(); err != nil {
		t.Error(err)
	}
}
