package indextest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vankien/indexer"
	"vankien/storage"
)

// library is the truth that an index is a cache of: pairs of documents that
// are put and deleted together.
type library struct {
	mu    sync.Mutex
	pairs []int // revision, 0 where the pair is not there
}

func pairOf(number, revised int) [2]indexer.Entry {
	var pair [2]indexer.Entry
	for i := range pair {
		words := fmt.Sprintf("cặp thứ %d bản %d", number, revised)
		pair[i] = paper(storage.ID(fmt.Sprintf("p%02d%c", number, 'a'+i)), []string{words, "tổ chức đảng " + words}, revision(revised))
	}
	return pair
}

// batch is what brings pairs to what the library has of them.
func (l *library) batch(numbers ...int) indexer.Batch {
	l.mu.Lock()
	defer l.mu.Unlock()
	var b indexer.Batch
	for _, n := range numbers {
		pair := pairOf(n, max(1, l.pairs[n]))
		if l.pairs[n] > 0 {
			b.Put = append(b.Put, pair[:]...)
		} else {
			b.Delete = append(b.Delete, pair[0].Document.ID, pair[1].Document.ID)
		}
	}
	return b
}

func (l *library) fill(ctx context.Context) func(indexer.ApplyFunc) error {
	return func(apply indexer.ApplyFunc) error {
		for n := range l.pairs {
			if err := apply(ctx, l.batch(n)); err != nil {
				return err
			}
		}
		return nil
	}
}

func (l *library) refill(ctx context.Context) func([]storage.ID, indexer.ApplyFunc) error {
	return func(ids []storage.ID, apply indexer.ApplyFunc) error {
		numbers := make(map[int]bool)
		for _, id := range ids {
			var n int
			if _, err := fmt.Sscanf(string(id), "p%02d", &n); err != nil {
				return err
			}
			numbers[n] = true
		}
		var all []int
		for n := range numbers {
			all = append(all, n)
		}
		return apply(ctx, l.batch(all...))
	}
}

// testRebuildRaces: whatever is written while an index is filled anew, several
// times over, searches never fail and never see half a batch, and in the end
// the index holds what the library has.
func testRebuildRaces(t *testing.T, open func(*testing.T) indexer.Index) {
	const pairs, writers, changes, rebuilds = 24, 2, 40, 4
	s := newRebuilder(t, open)
	l := &library{pairs: make([]int, pairs)}
	done := make(chan struct{})
	var reading, writing sync.WaitGroup
	for range 2 {
		reading.Go(func() { s.readPairs(done) })
	}
	for w := range writers { // each has its own pairs: who writes the same document twice does so in order
		writing.Go(func() {
			random := rand.New(rand.NewPCG(uint64(w), 3))
			for change := range changes {
				n := w + writers*random.IntN(pairs/writers)
				l.mu.Lock()
				if l.pairs[n] > 0 && random.IntN(3) == 0 {
					l.pairs[n] = 0
				} else {
					l.pairs[n] = change + 1
				}
				l.mu.Unlock()
				if err := s.Apply(t.Context(), l.batch(n)); err != nil {
					t.Errorf("Apply: %v", err)
				}
			}
		})
	}
	for range rebuilds {
		if err := s.Rebuild(t.Context(), l.fill(t.Context()), l.refill(t.Context())); err != nil {
			t.Errorf("Rebuild: %v", err)
		}
	}
	writing.Wait()
	close(done)
	reading.Wait()
	s.agrees(l, open)
}

// readPairs searches until done; it does not end the test, for it is called
// from other goroutines than the test's.
func (s shelf) readPairs(done <-chan struct{}) {
	for {
		result, err := s.Search(s.t.Context(), indexer.Query{Text: "tổ chức đảng", Size: indexer.MaxPageSize})
		if err != nil {
			s.t.Errorf("a search while rebuilding: %v", err)
			return
		}
		seen := make(map[storage.ID]int)
		for _, hit := range result.Hits {
			seen[hit.Document.ID] = hit.Document.Revision
		}
		for id, revision := range seen {
			if twin := id[:3] + storage.ID(rune('a'+'b'-id[3])); seen[twin] != revision {
				s.t.Errorf("half a batch: %s at %d, %s at %d", id, revision, twin, seen[twin])
				return
			}
		}
		select {
		case <-done:
			return
		default:
		}
	}
}

// agrees says that an index holds what the library has, scores and all.
func (s shelf) agrees(l *library, open func(*testing.T) indexer.Index) {
	s.t.Helper()
	fresh := newShelf(s.t, open)
	for n := range l.pairs {
		fresh.apply(l.batch(n))
	}
	if diff := cmp.Diff(fresh.revisions(), s.revisions()); diff != "" {
		s.t.Errorf("Revisions (-library +index):\n%s", diff)
	}
	for _, q := range []indexer.Query{{Size: 100}, {Text: "tổ chức đảng", Size: 100}, {Text: "“cặp thứ 7”", Unit: indexer.Passages}} {
		if diff := cmp.Diff(fresh.search(q), s.search(q), cmpopts.IgnoreFields(indexer.Result{}, "Took")); diff != "" {
			s.t.Errorf("%s (-library +index):\n%s", describe(q), diff)
		}
	}
}
