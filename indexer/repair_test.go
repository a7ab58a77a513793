package indexer_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"vankien/indexer"
	"vankien/storage"
)

func TestPublishAndWithdraw(t *testing.T) {
	b := newBench(t)
	record, _ := b.importOne(upload(resolution, sample(t, resolution)))
	first := *record.Published
	for i, step := range []struct {
		decide func(context.Context, storage.ID, storage.Version, indexer.Actor) (storage.Record, error)
		found  int
		state  storage.State
	}{
		{b.writer.Withdraw, 0, storage.StateWithdrawn},
		{b.writer.Withdraw, 0, storage.StateWithdrawn},
		{b.writer.Publish, 1, storage.StatePublished},
		{b.writer.Publish, 1, storage.StatePublished},
	} {
		changed, err := step.decide(t.Context(), record.ID, storage.Version{}, tester)
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
		if _, err := d.decide(b.writer, t.Context(), "00000000000000000000", storage.Version{}, tester); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("no such document: %v", err)
		}
	}
}

// An index that cannot be written to keeps what waits for it.
func TestFlushMayFail(t *testing.T) {
	b := newBench(t)
	index := &faultyIndex{Index: b.index, refuse: 2}
	writer := indexer.NewWriter(indexer.WriterConfig{Library: b.library, Index: index})
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
			if err := b.library.DeleteDocument(b.t.Context(), records[0].ID, storage.Version{}); err != nil {
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
			if want := len(b.keys("documents/")); looked != want && test.name != "a record is gone" {
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
			if err := b.writer.Rebuild(t.Context(), rebuilder(func(_ context.Context, batch indexer.Batch) error { n += len(batch.Put); return nil }), nil); err != nil || n != 1 {
				t.Errorf("Rebuild gives %d, %v", n, err)
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
	if err := b.writer.Rebuild(t.Context(), rebuilder(func(_ context.Context, batch indexer.Batch) error { n += len(batch.Put); return nil }), nil); err != nil || n != 1 {
		t.Errorf("Rebuild gives %d, %v", n, err)
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
		faulty := &faultyStore{Store: b.store, k: 7}
		b.through(faulty)
		if _, _, err := b.writer.Import(t.Context(), upload(resolution, data)); err == nil || !strings.HasPrefix(faulty.trace[6], "put texts/") {
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

// rebuilder is a fresh index that is only filled.
type rebuilder indexer.ApplyFunc

func (r rebuilder) Rebuild(_ context.Context, fill func(indexer.ApplyFunc) error, _ func([]storage.ID, indexer.ApplyFunc) error) error {
	return fill(indexer.ApplyFunc(r))
}

func TestRebuild(t *testing.T) {
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
	if err := b.writer.Rebuild(t.Context(), rebuilder(apply), func(done int) { looked = done }); err != nil || looked != 3 || len(filled) != 2 {
		t.Errorf("%d looked at, %v filled of %d, %v", looked, filled, len(records), err)
	}
	if err := b.writer.Rebuild(t.Context(), rebuilder(func(context.Context, indexer.Batch) error { return errFault }), nil); !errors.Is(err, errFault) {
		t.Errorf("%v", err)
	}
	// A fresh build takes the place of the old one.
	if err := b.writer.Rebuild(t.Context(), b.index, nil); err != nil {
		t.Fatal(err)
	}
	if err := b.agree(); err != nil {
		t.Error(err)
	}
}
