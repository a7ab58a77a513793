package storage_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"vankien/storage"
)

func TestDocumentsInOrder(t *testing.T) {
	l, s := open(t)
	want := []storage.ID{}
	for i := range 30 {
		want = append(want, create(t, l, decree(i)).ID)
	}
	slices.Sort(want)
	got := []storage.ID{}
	for rec, err := range l.Documents(t.Context()) {
		if err != nil || rec.Revision != 1 || len(rec.History) != 1 {
			t.Fatalf("%+v, %v", rec, err)
		}
		got = append(got, rec.ID)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	// What is damaged is an error of its own and hides nothing else.
	plant(t, s, "documents/"+string(want[3])+".json", "{")
	plant(t, s, "documents/"+string(want[4])+".json", `{"id":"`+string(want[5])+`"}`)
	plant(t, s, "documents/stray.txt", "x")
	whole, damaged := 0, []storage.ID{}
	for rec, err := range l.Documents(t.Context()) {
		switch {
		case err == nil:
			whole++
		case errors.Is(err, storage.ErrDamaged):
			damaged = append(damaged, rec.ID)
		default:
			t.Error(err)
		}
	}
	if whole != 28 || !slices.Equal(damaged, []storage.ID{want[3], want[4], "stray.txt"}) {
		t.Errorf("%d whole, damaged: %v", whole, damaged)
	}
}

func TestDocumentsDeletedMeanwhile(t *testing.T) {
	l, _ := open(t)
	for i := range 40 {
		create(t, l, decree(i))
	}
	var seen int
	for rec, err := range l.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if seen++; seen == 1 {
			for other := range l.Documents(t.Context()) {
				if other.ID != rec.ID {
					if err := l.DeleteDocument(t.Context(), other.ID, storage.Version{Revision: 0}); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
	if seen < 1 || seen > 10 {
		t.Errorf("saw %d documents of 40, 39 of which were deleted at once", seen)
	}
}

// slowStore answers every Get after a while, as a bucket does, and counts how
// many wait at once.
type slowStore struct {
	storage.Store
	waiting, most atomic.Int64
}

func (s *slowStore) Get(ctx context.Context, key string, rng storage.Range) (io.ReadCloser, storage.Object, error) {
	now := s.waiting.Add(1)
	defer s.waiting.Add(-1)
	for most := s.most.Load(); now > most && !s.most.CompareAndSwap(most, now); most = s.most.Load() {
	}
	select {
	case <-time.After(10 * time.Millisecond):
		return s.Store.Get(ctx, key, rng)
	case <-ctx.Done():
		return nil, storage.Object{}, ctx.Err()
	}
}

// Eight records are read at once, and none any more once the loop is left.
func TestDocumentsReadAhead(t *testing.T) {
	l, s := open(t)
	for i := range 80 {
		create(t, l, decree(i))
	}
	synctest.Test(t, func(t *testing.T) {
		slow := &slowStore{Store: s}
		start := time.Now()
		for _, err := range storage.NewLibrary(slow).Documents(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(start); slow.most.Load() != 8 || took != 100*time.Millisecond {
			t.Errorf("%d reads at once, 80 records in %v of the bubble's time", slow.most.Load(), took)
		}
	})
	for _, leaveAfter := range []int{1, 5, 79} {
		slow := &slowStore{Store: s}
		seen := 0
		for range storage.NewLibrary(slow).Documents(t.Context()) {
			if seen++; seen == leaveAfter {
				break
			}
		}
		if slow.waiting.Load() != 0 {
			t.Errorf("%d reads go on after the loop", slow.waiting.Load())
		}
	}
}

func TestDocumentsOfAnEndedContext(t *testing.T) {
	l, _ := open(t)
	for i := range 30 {
		create(t, l, decree(i))
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var last error
	var seen int
	for rec, err := range l.Documents(ctx) {
		if err != nil && rec.ID != "" {
			t.Errorf("the context's end is not an error of %s", rec.ID)
		}
		seen, last = seen+1, err
		cancel()
	}
	if !errors.Is(last, context.Canceled) || seen > 15 {
		t.Errorf("%d records, at last %v", seen, last)
	}
}

func BenchmarkDocuments5000(b *testing.B) {
	l, _ := open(b)
	for i := range 5000 {
		create(b, l, decree(i))
	}
	for b.Loop() {
		seen := 0
		for _, err := range l.Documents(b.Context()) {
			if err != nil {
				b.Fatal(err)
			}
			seen++
		}
		if seen != 5000 {
			b.Fatal(fmt.Sprint(seen, " documents"))
		}
	}
}

func BenchmarkUpdateDocument(b *testing.B) {
	l, _ := open(b)
	id := create(b, l, decree(1)).ID
	for i := 0; b.Loop(); i++ {
		_, err := l.UpdateDocument(b.Context(), id, "an", "edit", func(d *storage.Document) error { d.Reading.Pages = i + 1; return nil })
		if err != nil {
			b.Fatal(err)
		}
	}
}
