package bleveindex

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

// Searches go on over the old build until the new one is complete, and none fails.
func TestRebuildUnderSearches(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	defer closing(t, x)
	fill(t, x, 200, short)
	want := find(t, x, indexer.Query{Text: "tổ chức đảng"})
	held := revisions(t, x)

	done := make(chan struct{})
	var searches sync.WaitGroup
	for range 2 {
		searches.Go(func() {
			for {
				result, err := x.Search(t.Context(), indexer.Query{Text: "tổ chức đảng"})
				if err != nil || result.Total != want.Total || result.Hits[0].Score != want.Hits[0].Score {
					t.Errorf("a search while rebuilding: %d, %v; want %d", result.Total, err, want.Total)
					return
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for range 3 {
		old := x.live.name
		if err := x.Rebuild(t.Context(), refill(10), noRefill(t)); err != nil {
			t.Errorf("Rebuild: %v", err)
		}
		if x.live.name == old {
			t.Error("Rebuild kept the old build")
		}
	}
	close(done)
	searches.Wait()
	if diff := cmp.Diff(held, revisions(t, x)); diff != "" {
		t.Errorf("Revisions (-before +rebuilt):\n%s", diff)
	}
	onlyLive(t, x)
}

// refill gives so many documents of those that fill makes, one by one.
func refill(documents int) func(apply indexer.ApplyFunc) error {
	return func(apply indexer.ApplyFunc) error {
		made := newWriter(1)
		for i := range documents {
			if err := apply(context.Background(), indexer.Batch{Put: []indexer.Entry{made.document(i, 20)}}); err != nil {
				return err
			}
		}
		return nil
	}
}

func noRefill(t *testing.T) func([]storage.ID, indexer.ApplyFunc) error {
	return func(ids []storage.ID, _ indexer.ApplyFunc) error {
		t.Errorf("%v are to be filled in again, though nobody changed them", ids)
		return nil
	}
}

// A search that runs on the old build ends on it; only then is it deleted.
func TestRebuildWaitsForSearches(t *testing.T) {
	x := open(t, t.TempDir())
	fill(t, x, 60, short)
	old, err := x.acquire()
	if err != nil {
		t.Fatal(err)
	}
	before := x.live.path()
	rebuilt := make(chan error, 1)
	go func() { rebuilt <- x.Rebuild(t.Context(), refill(1), noRefill(t)) }()
	for len(revisions(t, x)) != 1 {
		time.Sleep(time.Millisecond)
	}
	if n, err := old.count(fieldText, "và"); err != nil || n == 0 {
		t.Errorf("the old build: %d, %v", n, err)
	}
	if _, err := os.Stat(before); err != nil {
		t.Errorf("the old build is gone while it is searched: %v", err)
	}
	old.release()
	if err := <-rebuilt; err != nil {
		t.Error(err)
	}
	onlyLive(t, x)
	closing(t, x)
}

func TestFailedRebuildLeavesTheOld(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	fill(t, x, 100, short)
	held, live := revisions(t, x), x.live.name
	broken := errors.New("the store is away")
	cancelled, cancel := context.WithCancel(t.Context())
	for name, test := range map[string]struct {
		ctx  context.Context
		fill func(apply indexer.ApplyFunc) error
		want error
	}{
		"fill fails": {t.Context(), func(apply indexer.ApplyFunc) error {
			return errors.Join(refill(1)(apply), broken)
		}, broken},
		"the context ends": {cancelled, func(apply indexer.ApplyFunc) error {
			cancel()
			return refill(1)(apply)
		}, context.Canceled},
	} {
		if err := x.Rebuild(test.ctx, test.fill, noRefill(t)); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
		if diff := cmp.Diff(held, revisions(t, x)); diff != "" || x.live.name != live {
			t.Errorf("%s: Revisions (-before +after):\n%s", name, diff)
		}
		onlyLive(t, x)
	}
	closing(t, x)
	if err := x.Rebuild(t.Context(), refill(1), noRefill(t)); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("Rebuild of a closed index: %v", err)
	}
	x = open(t, dir)
	defer closing(t, x)
	if diff := cmp.Diff(held, revisions(t, x)); diff != "" {
		t.Errorf("Revisions (-before +reopened):\n%s", diff)
	}
}

// onlyLive says that no other build is left on disk.
func onlyLive(t *testing.T, x *Index) {
	t.Helper()
	builds, err := filepath.Glob(filepath.Join(x.dir, "build-*"))
	if err != nil || len(builds) != 1 || filepath.Base(builds[0]) != x.live.name {
		t.Errorf("builds on disk: %v, %v; live is %s", builds, err, x.live.name)
	}
}
