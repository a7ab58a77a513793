package storage_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

func update(t *testing.T, l *storage.Library, id storage.ID, action string, change func(*storage.Document)) storage.Record {
	t.Helper()
	rec, err := l.UpdateDocument(t.Context(), id, "biên tập", action, func(d *storage.Document) error { change(d); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

// Every revision can be had back as it was, field by field.
func TestHistoryKeepsEveryRevision(t *testing.T) {
	l, _ := open(t)
	guess := "294"
	day := time.Date(2026, 3, 1, 7, 30, 0, 0, time.FixedZone("+07", 7*3600))
	revisions := []storage.Record{create(t, l, decree(1))}
	id := revisions[0].ID
	for i, change := range []func(*storage.Document){
		func(d *storage.Document) {
			d.Reading = storage.Reading{Status: storage.ReadingReady, Engine: "a+b", Score: 0.1 + 0.2, Pages: 7}
		},
		func(d *storage.Document) { d.State, d.Published = storage.StatePublished, &day },
		func(d *storage.Document) {
			d.Facts.Number, d.Facts.Evidence["number"] = "", storage.Evidence{Page: 1, Guess: &guess}
			d.Facts.Evidence["signer"] = storage.Evidence{Page: 9}
			d.Facts.Relations = []storage.Relation{{Kind: storage.Replaces, Target: "232-QĐ/TW", Explicit: true}}
		},
		func(d *storage.Document) {
			delete(d.Facts.Evidence, "number")
			d.Facts.Relations = nil
			d.ReplacedBy = []storage.ID{id}
		},
		func(d *storage.Document) { d.Facts = storage.Facts{} },
		func(d *storage.Document) {
			d.Facts.Evidence = nil
			d.Published = nil
			d.Facts.Issues = []string{"thiếu số"}
		},
	} {
		rec := update(t, l, id, "edit", change)
		if rec.Revision != i+2 || len(rec.History) != i+2 || rec.Updated.Before(revisions[i].Updated) || rec.Created != revisions[0].Created {
			t.Fatalf("revision %d after %d changes: %+v", rec.Revision, i+1, rec.Document)
		}
		revisions = append(revisions, rec)
	}
	last, err := l.Document(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, rec := range revisions {
		got, err := last.At(rec.Revision)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(rec.Document, got); diff != "" {
			t.Errorf("revision %d (-as it was +as kept):\n%s", rec.Revision, diff)
		}
	}
	for _, unknown := range []int{0, -1, last.Revision + 1} {
		if _, err := last.At(unknown); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("revision %d: %v", unknown, err)
		}
	}
}

// A history says what was edited and nothing else.
func TestHistoryIsCompact(t *testing.T) {
	l, _ := open(t)
	id := create(t, l, decree(1)).ID
	for _, test := range []struct {
		change func(*storage.Document)
		want   string
	}{
		{func(d *storage.Document) { d.Facts.Title = "sửa" }, `{"facts":{"title":"sửa"}}`},
		{func(d *storage.Document) { d.Facts.Number = "" }, `{"facts":{"number":null}}`},
		{func(d *storage.Document) { delete(d.Facts.Evidence, "number") }, `{"facts":{"evidence":{"number":null}}}`},
		{func(d *storage.Document) { d.State = storage.StateReview }, `{"state":"review"}`},
	} {
		rec := update(t, l, id, "edit", test.change)
		if got := string(rec.History[len(rec.History)-1].Patch); got != test.want {
			t.Errorf("patch %s, want %s", got, test.want)
		}
	}
}

func TestUpdateThatChangesNothing(t *testing.T) {
	l, s := open(t)
	rec := create(t, l, decree(1))
	before, err := s.Stat(t.Context(), "documents/"+string(rec.ID)+".json")
	if err != nil {
		t.Fatal(err)
	}
	same := update(t, l, rec.ID, "edit", func(d *storage.Document) {
		d.Facts.Issues, d.ReplacedBy = nil, nil // as good as empty
		d.Revision, d.Created, d.Updated = 99, time.Time{}, time.Time{}
	})
	if diff := cmp.Diff(rec, same); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	if after, err := s.Stat(t.Context(), "documents/"+string(rec.ID)+".json"); err != nil || after != before {
		t.Errorf("the record was written: %+v, %v", after, err)
	}
}

func TestUpdatesThatAreRefused(t *testing.T) {
	l, _ := open(t)
	rec := create(t, l, decree(1))
	own := errors.New("not today")
	edit := func(d *storage.Document) error { d.Facts.Title = "khác"; return nil }
	for name, test := range map[string]struct {
		id         storage.ID
		ifRevision int
		by         string
		change     func(*storage.Document) error
		want       error
	}{
		"unknown":         {strings0(20), 0, "an", edit, storage.ErrNotFound},
		"no ID":           {"x", 0, "an", edit, storage.ErrInvalid},
		"nobody":          {rec.ID, 0, "", edit, storage.ErrInvalid},
		"stale":           {rec.ID, 7, "an", edit, storage.ErrConflict},
		"change fails":    {rec.ID, 1, "an", func(d *storage.Document) error { d.Facts.Title = "x"; return own }, own},
		"another ID":      {rec.ID, 0, "an", func(d *storage.Document) error { d.ID = strings0(20); return nil }, storage.ErrInvalid},
		"another's bytes": {rec.ID, 0, "an", func(d *storage.Document) error { d.Original.SHA256 = sum; return nil }, storage.ErrInvalid},
	} {
		if _, err := l.UpdateRecord(t.Context(), test.id, storage.Version{Revision: test.ifRevision}, test.by, "edit", blind(test.change)); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	now, err := l.Document(t.Context(), rec.ID)
	if diff := cmp.Diff(rec, now); diff != "" || err != nil {
		t.Errorf("refused, and yet (-before +after), %v:\n%s", err, diff)
	}
	if _, err := l.UpdateRecord(t.Context(), rec.ID, storage.Version{Revision: 1}, "an", "edit", blind(edit)); err != nil {
		t.Errorf("update of the revision it has: %v", err)
	}
	if _, err := l.UpdateRecord(t.Context(), rec.ID, storage.Version{Revision: 1}, "an", "edit", blind(edit)); !errors.Is(err, storage.ErrConflict) {
		t.Errorf("update of the revision before: %v", err)
	}
}

// blind is a change that does not look at the record.
func blind(change func(*storage.Document) error) func(storage.Record, *storage.Document) error {
	return func(_ storage.Record, d *storage.Document) error { return change(d) }
}

// Sixteen editors each add an issue: none is lost, each is one revision.
func TestUpdatesAtOnce(t *testing.T) {
	l, _ := open(t)
	id := create(t, l, decree(1)).ID
	const each = 3
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			for j := range each {
				_, err := l.UpdateDocument(t.Context(), id, fmt.Sprint(i), "edit", func(d *storage.Document) error {
					d.Facts.Issues = append(d.Facts.Issues, fmt.Sprint(i, j))
					return nil
				})
				if err != nil {
					t.Errorf("editor %d: %v", i, err)
				}
			}
		})
	}
	all.Wait()
	rec, err := l.Document(t.Context(), id)
	if err != nil || rec.Revision != 1+16*each || len(rec.History) != 1+16*each || len(rec.Facts.Issues) != 16*each {
		t.Errorf("revision %d, %d changes, %d issues, %v", rec.Revision, len(rec.History), len(rec.Facts.Issues), err)
	}
}
