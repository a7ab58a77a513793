package indextest

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

// RunRebuilder holds an index that is an indexer.Rebuilder as well against
// that contract. open makes an empty one; the suite closes it.
func RunRebuilder(t *testing.T, open func(t *testing.T) indexer.Index) {
	t.Run("replaces everything", func(t *testing.T) { testRebuildReplaces(t, open) })
	t.Run("failures leave all as it was", func(t *testing.T) { testRebuildFails(t, open) })
	t.Run("changes meanwhile", func(t *testing.T) { testRebuildMeanwhile(t, open) })
	t.Run("one at a time", func(t *testing.T) { testRebuildOnce(t, open) })
	t.Run("closing ends it", func(t *testing.T) { testRebuildClosed(t, open) })
	t.Run("beside writers and readers", func(t *testing.T) { testRebuildRaces(t, open) })
}

// rebuilder is a shelf that can be filled anew.
type rebuilder struct {
	shelf
	indexer.Rebuilder
}

func newRebuilder(t *testing.T, open func(*testing.T) indexer.Index, entries ...indexer.Entry) rebuilder {
	t.Helper()
	s := newShelf(t, open, entries...)
	r, ok := s.Index.(indexer.Rebuilder)
	if !ok {
		t.Fatalf("a %T is no indexer.Rebuilder", s.Index)
	}
	return rebuilder{s, r}
}

// with fills an index with entries, one a batch.
func with(t *testing.T, entries ...indexer.Entry) func(indexer.ApplyFunc) error {
	return func(apply indexer.ApplyFunc) error {
		for _, e := range entries {
			if err := apply(t.Context(), indexer.Batch{Put: []indexer.Entry{e}}); err != nil {
				return err
			}
		}
		return nil
	}
}

// unchanged is the refill of a test in which nobody changes anything.
func unchanged(t *testing.T) func([]storage.ID, indexer.ApplyFunc) error {
	return func(ids []storage.ID, _ indexer.ApplyFunc) error {
		t.Errorf("%v are to be filled in again, though nobody changed them", ids)
		return nil
	}
}

func testRebuildReplaces(t *testing.T, open func(*testing.T) indexer.Index) {
	s := newRebuilder(t, open, paper("cu", page1("bản cũ")), paper("chung", page1("bản cũ")))
	fill := with(t, paper("moi", page1("bản mới")), paper("chung", page1("bản mới"), revision(2)))
	if err := s.Rebuild(t.Context(), func(apply indexer.ApplyFunc) error {
		err := fill(apply)
		s.finds(text("bản cũ"), "cu", "chung") // nobody sees the new one yet
		return err
	}, unchanged(t)); err != nil {
		t.Fatal(err)
	}
	s.finds(text("“bản mới”"), "moi", "chung")
	s.finds(text("“bản cũ”"))
	if diff := cmp.Diff(map[storage.ID]int{"moi": 1, "chung": 2}, s.revisions()); diff != "" {
		t.Errorf("Revisions (-want +got):\n%s", diff)
	}
	s.put(paper("sau", page1("bản mới nhất")))
	s.finds(text("“bản mới nhất”"), "sau")
	if err := s.Rebuild(t.Context(), func(indexer.ApplyFunc) error { return nil }, unchanged(t)); err != nil {
		t.Fatal(err)
	}
	s.finds(text(""))
}

func testRebuildFails(t *testing.T, open func(*testing.T) indexer.Index) {
	s := newRebuilder(t, open, paper("a", page1("kiểm tra")), paper("b", page1("giám sát")))
	broken := errors.New("the store is away")
	ended, end := context.WithCancel(t.Context())
	fill := with(t, paper("c", page1("kiểm tra")))
	for _, test := range []struct {
		name   string
		ctx    context.Context
		fill   func(indexer.ApplyFunc) error
		refill func([]storage.ID, indexer.ApplyFunc) error
		want   error
	}{
		{"fill fails", t.Context(), func(apply indexer.ApplyFunc) error { return errors.Join(fill(apply), broken) }, unchanged(t), broken},
		{"refill fails", t.Context(), func(apply indexer.ApplyFunc) error {
			s.put(paper("b", page1("giám sát"), revision(2)))
			return fill(apply)
		}, func([]storage.ID, indexer.ApplyFunc) error { return broken }, broken},
		{"the context ends", ended, func(apply indexer.ApplyFunc) error { end(); return fill(apply) }, unchanged(t), context.Canceled},
		{"the context has ended", ended, fill, unchanged(t), context.Canceled},
	} {
		if err := s.Rebuild(test.ctx, test.fill, test.refill); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
		s.finds(text(""), "a", "b")
	}
	if diff := cmp.Diff(map[storage.ID]int{"a": 1, "b": 2}, s.revisions()); diff != "" {
		t.Errorf("Revisions (-want +got):\n%s", diff)
	}
	s.put(paper("d", page1("kiểm tra chéo")))
	s.finds(text("kiểm tra"), "a", "d")
}

// What Apply changes while fill runs is filled in again, until nothing is left.
func testRebuildMeanwhile(t *testing.T, open func(*testing.T) indexer.Index) {
	s := newRebuilder(t, open, paper("sua", page1("một")), paper("xoa", page1("một")), paper("giu", page1("một")))
	old := with(t, paper("sua", page1("một")), paper("xoa", page1("một")), paper("giu", page1("một")))
	truth := map[storage.ID]indexer.Entry{"sua": paper("sua", page1("hai"), revision(2)), "them": paper("them", page1("hai"))}
	rounds := 0
	if err := s.Rebuild(t.Context(), func(apply indexer.ApplyFunc) error {
		s.apply(indexer.Batch{Put: slices.Collect(maps.Values(truth)), Delete: []storage.ID{"xoa"}})
		s.finds(text("hai"), "sua", "them") // at once, on the live one
		return old(apply)
	}, func(ids []storage.ID, apply indexer.ApplyFunc) error {
		if rounds++; rounds == 1 {
			if diff := cmp.Diff([]storage.ID{"sua", "them", "xoa"}, slices.Sorted(slices.Values(ids))); diff != "" {
				t.Errorf("to be filled in again (-want +got):\n%s", diff)
			}
		}
		var batch indexer.Batch
		for _, id := range ids {
			if e, there := truth[id]; there {
				batch.Put = append(batch.Put, e)
			} else {
				batch.Delete = append(batch.Delete, id)
			}
		}
		return apply(t.Context(), batch)
	}); err != nil {
		t.Fatal(err)
	}
	s.finds(text("hai"), "sua", "them")
	s.finds(text("một"), "giu")
	if rounds == 0 {
		t.Error("nothing was filled in again")
	}
}

func testRebuildOnce(t *testing.T, open func(*testing.T) indexer.Index) {
	s := newRebuilder(t, open, paper("a", page1("một")))
	if err := s.Rebuild(t.Context(), func(apply indexer.ApplyFunc) error {
		if err := s.Rebuild(t.Context(), with(t), unchanged(t)); !errors.Is(err, storage.ErrConflict) {
			t.Errorf("a second Rebuild: %v, want storage.ErrConflict", err)
		}
		return with(t, paper("b", page1("hai")))(apply)
	}, unchanged(t)); err != nil {
		t.Fatal(err)
	}
	s.finds(text(""), "b")
}

func testRebuildClosed(t *testing.T, open func(*testing.T) indexer.Index) {
	s := newRebuilder(t, open, paper("a", page1("một")))
	filling := make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		ended <- s.Rebuild(t.Context(), func(apply indexer.ApplyFunc) error {
			close(filling)
			for {
				if err := apply(t.Context(), indexer.Batch{Put: []indexer.Entry{paper("b", page1("hai"))}}); err != nil {
					return err
				}
				time.Sleep(time.Millisecond)
			}
		}, unchanged(t))
	}()
	<-filling
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	select {
	case err := <-ended:
		if !errors.Is(err, storage.ErrUnavailable) {
			t.Errorf("the Rebuild: %v, want storage.ErrUnavailable", err)
		}
	default:
		t.Error("Close did not wait for the Rebuild")
	}
	if err := s.Rebuild(t.Context(), with(t), unchanged(t)); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("Rebuild of a closed index: %v, want storage.ErrUnavailable", err)
	}
}
