package indexer_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

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
		if os.Getenv("VANKIEN_SOAK") == "" && repaired == ((k%2 == 0) == after) { // one way each, by turns
			continue
		}
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
	decide func(*indexer.Writer, context.Context, storage.ID, storage.Version, indexer.Actor) (storage.Record, error)
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
					_, err := d.decide(b.writer, t.Context(), record.ID, storage.Version{}, tester)
					faulty.k = 0
					if err != nil && !errors.Is(err, errFault) {
						t.Error(err)
					}
					if again {
						if _, err := d.decide(b.writer, t.Context(), record.ID, storage.Version{}, tester); err != nil {
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

// What people did to a document while an import of the same bytes was still
// reading stays.
func TestALateImportChangesNothingThatPeopleDecided(t *testing.T) {
	b := newBench(t)
	record, _ := b.importOne(upload(resolution, sample(t, resolution)))
	late := &lateStore{Store: b.store, until: make(chan bool), begun: make(chan bool)}
	writer := indexer.NewWriter(indexer.WriterConfig{Library: storage.NewLibrary(late), Index: b.index})
	if err := b.library.DeleteDocument(t.Context(), record.ID, storage.Version{Revision: 0}); err != nil {
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
	if _, err := b.writer.Withdraw(t.Context(), record.ID, storage.Version{}, tester); err != nil {
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
	late := &lateStore{Store: b.store, until: make(chan bool), begun: make(chan bool), get: true, pass: 1} // Publish looks at its first pages
	b.through(late)
	b.repair()
	if _, err := b.writer.Withdraw(t.Context(), record.ID, storage.Version{}, tester); err != nil {
		t.Fatal(err)
	}
	late.arm()
	done := make(chan error)
	go func() { // reads its text for the index while it is withdrawn
		_, err := b.writer.Publish(t.Context(), record.ID, storage.Version{}, tester)
		done <- err
	}()
	<-late.begun
	go func() {
		_, err := b.writer.Withdraw(t.Context(), record.ID, storage.Version{}, tester)
		done <- err
	}()
	for b.document(record.ID).State != storage.StateWithdrawn {
		time.Sleep(time.Millisecond)
	}
	close(late.until)
	for range 2 {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	b.flush()
	if n := b.found(`"cấy lúa"`, storage.AudienceStaff); n != 0 {
		t.Error("a withdrawn document is found")
	}
	if err := b.agree(); err != nil {
		t.Error(err)
	}
}
