package indexer_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"

	"vankien/storage"
)

// A text that the store does not take is the file's fault; that it does not take
// a record is not, and the document is tried again.
func TestWhatTheStoreDoesNotTake(t *testing.T) {
	for prefix, want := range map[string]storage.ReadingStatus{"texts/": storage.ReadingFailed, "documents/": storage.ReadingReady, "audit/": storage.ReadingReady} {
		b := newBench(t)
		s := &refusingStore{Store: b.store, prefix: prefix}
		b.through(s)
		record, err := b.writer.Accept(t.Context(), byAn(t, resolution))
		if err != nil {
			t.Fatal(err)
		}
		s.armed.Store(true)
		stop := b.run()
		if got := b.settled(record.ID); got != want || s.armed.Load() {
			t.Errorf("%s: %s", prefix, got)
		}
		stop()
	}
}

// refusingStore does not take the next object below a prefix once it is armed.
type refusingStore struct {
	storage.Store
	prefix string
	armed  atomic.Bool
}

func (s *refusingStore) Put(ctx context.Context, key string, body io.Reader, opt storage.PutOptions) (storage.Object, error) {
	if strings.HasPrefix(key, s.prefix) && s.armed.CompareAndSwap(true, false) {
		return storage.Object{}, fmt.Errorf("put %s: %w", key, storage.ErrTooLarge)
	}
	return s.Store.Put(ctx, key, body, opt)
}
