package indextest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"vankien/indexer"
	"vankien/storage"
)

func testLife(t *testing.T, open func(*testing.T) indexer.Index) {
	x := open(t)
	if err := x.Apply(t.Context(), indexer.Batch{Put: collection()}); err != nil {
		t.Fatal(err)
	}
	before, err := x.Search(t.Context(), text("tổ chức đảng"))
	if err != nil || before.Total == 0 {
		t.Fatalf("before closing: %d documents, %v", before.Total, err)
	}
	// Searches that run while the index closes end with an answer or
	// ErrUnavailable, and nothing else.
	var searches sync.WaitGroup
	var answered atomic.Int32
	started := make(chan struct{}, 4)
	for range 4 {
		searches.Go(func() {
			for {
				result, err := x.Search(t.Context(), text("tổ chức đảng"))
				if err != nil {
					if !errors.Is(err, storage.ErrUnavailable) {
						t.Errorf("a search while closing: %v", err)
					}
					return
				}
				if result.Total != before.Total {
					t.Errorf("a search while closing finds %d", result.Total)
				}
				if answered.Add(1); len(started) < cap(started) {
					select {
					case started <- struct{}{}:
					default:
					}
				}
			}
		})
	}
	<-started
	for range 2 {
		if err := x.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}
	searches.Wait()
	if answered.Load() == 0 {
		t.Error("no search was answered before Close")
	}
	for name, call := range map[string]func(context.Context) error{
		"Search":          func(ctx context.Context) error { _, err := x.Search(ctx, text("đảng")); return err },
		"Suggest":         func(ctx context.Context) error { _, err := x.Suggest(ctx, "đảng", "", 3); return err },
		"Versions":        func(ctx context.Context) error { _, err := x.Versions(ctx); return err },
		"Apply":           func(ctx context.Context) error { return x.Apply(ctx, indexer.Batch{Put: collection()}) },
		"Apply, an empty": func(ctx context.Context) error { return x.Apply(ctx, indexer.Batch{}) },
	} {
		if err := call(t.Context()); !errors.Is(err, storage.ErrUnavailable) {
			t.Errorf("%s of a closed index: %v, want storage.ErrUnavailable", name, err)
		}
	}
}

// Two documents that are always put together are always found together, at
// one revision, with the text of that revision.
func testConcurrency(t *testing.T, open func(*testing.T) indexer.Index) {
	s := newShelf(t, open)
	pair := func(n int) indexer.Batch {
		words := fmt.Sprintf("cặp đôi bản %d", n)
		batch := indexer.Batch{Put: []indexer.Entry{
			paper("a", []string{words, words + " tiếp"}, revision(n)),
			paper("b", page1(words), revision(n)),
			paper(storage.ID(fmt.Sprintf("only%d", n)), page1("lẻ loi")),
		}}
		if n > 1 {
			batch.Delete = []storage.ID{storage.ID(fmt.Sprintf("only%d", n-1))}
		}
		return batch
	}
	s.apply(pair(1))
	const writes = 25
	done := make(chan struct{})
	var readers sync.WaitGroup
	for reader := range 3 {
		readers.Go(func() {
			for {
				s.checkPair(reader)
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for n := 2; n <= writes; n++ {
		if err := s.Apply(t.Context(), pair(n)); err != nil {
			t.Errorf("Apply: %v", err)
		}
	}
	close(done)
	readers.Wait()
	s.finds(text("lẻ loi"), storage.ID(fmt.Sprintf("only%d", writes)))
}

// checkPair searches once; it does not end the test, for it is called from
// other goroutines than the test's.
func (s shelf) checkPair(reader int) {
	ctx := s.t.Context()
	result, err := s.Search(ctx, text([]string{"cặp đôi", "cap doi", "“cặp đôi”"}[reader]))
	if err != nil || result.Total != 2 || len(result.Hits) != 2 {
		s.t.Errorf("a reader finds %d of the pair: %v, %v", result.Total, ids(result), err)
		return
	}
	first, second := result.Hits[0], result.Hits[1]
	if first.Document.Revision != second.Document.Revision {
		s.t.Errorf("half a batch: revisions %d and %d", first.Document.Revision, second.Document.Revision)
	}
	for _, hit := range result.Hits {
		want := fmt.Sprintf("cặp đôi bản %d", hit.Document.Revision)
		for _, p := range hit.Passages {
			if p.Text != want && p.Text != want+" tiếp" {
				s.t.Errorf("revision %d shows %q", hit.Document.Revision, p.Text)
			}
		}
	}
	if result, err := s.Search(ctx, text("lẻ loi")); err != nil || result.Total != 1 {
		s.t.Errorf("one of %d was to be there: %v", result.Total, err)
	}
	if versions, err := s.Versions(ctx); err != nil || len(versions) != 3 || versions["a"].Revision != versions["b"].Revision {
		s.t.Errorf("Versions: %v, %v", versions, err)
	}
}
