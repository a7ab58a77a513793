package backup_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
	"vankien/storage/backup"
)

// failing is a store that fails for good after so many Puts.
type failing struct {
	storage.Store
	left *atomic.Int64
}

func (f failing) Put(ctx context.Context, key string, body io.Reader, opt storage.PutOptions) (storage.Object, error) {
	if f.left.Add(-1) < 0 {
		return storage.Object{}, storage.ErrNoSpace
	}
	return f.Store.Put(ctx, key, body, opt)
}

// A restore that is interrupted anywhere has no record without its original,
// and goes on when it is run again.
func TestInterruptedRestore(t *testing.T) {
	s, l, _ := library(t, 2)
	dir := t.TempDir()
	first := create(t, s, dir).Snapshot
	if _, err := add(t.Context(), l, "văn bản thêm"); err != nil {
		t.Fatal(err)
	}
	create(t, s, dir)
	want := contents(t, s)
	for puts := range len(want) + 1 {
		to := open(t, t.TempDir())
		var left atomic.Int64
		left.Store(int64(puts))
		if _, err := backup.Restore(t.Context(), dir, failing{to, &left}, backup.RestoreOptions{}); !errors.Is(err, storage.ErrNoSpace) {
			t.Fatalf("after %d objects: %v", puts, err)
		}
		whole(t, storage.NewLibrary(to))
		if _, err := backup.Create(t.Context(), to, t.TempDir(), backup.Options{}); puts > 0 && !errors.Is(err, storage.ErrConflict) {
			t.Fatalf("a backup of what is restored of %d objects: %v", puts, err)
		}
		if _, err := backup.Restore(t.Context(), dir, to, backup.RestoreOptions{Snapshot: first}); puts > 0 && !errors.Is(err, storage.ErrConflict) {
			t.Fatalf("after %d objects, another snapshot: %v", puts, err)
		} else if puts == 0 {
			continue // the store was still empty
		}
		if _, err := backup.Restore(t.Context(), dir, to, backup.RestoreOptions{}); err != nil {
			t.Fatalf("after %d objects, again: %v", puts, err)
		}
		if diff := cmp.Diff(want, contents(t, to)); diff != "" {
			t.Fatalf("after %d objects (-store +restored):\n%s", puts, diff)
		}
	}
}

// A store that somebody wrote to while it was being restored is left alone.
func TestRestoreIntoAnAlteredStore(t *testing.T) {
	s, _, _ := library(t, 4)
	dir := t.TempDir()
	create(t, s, dir)
	var some string
	for key := range contents(t, s) {
		if strings.HasPrefix(key, storage.OriginalsPrefix) {
			some = key
		}
	}
	for name, key := range map[string]string{"another object": "originals/other", "another content": some} {
		to := open(t, t.TempDir())
		var left atomic.Int64
		left.Store(1)
		if _, err := backup.Restore(t.Context(), dir, failing{to, &left}, backup.RestoreOptions{}); !errors.Is(err, storage.ErrNoSpace) {
			t.Fatal(err)
		}
		if _, err := to.Put(t.Context(), key, strings.NewReader("khác"), storage.PutOptions{}); err != nil {
			t.Fatal(err)
		}
		if _, err := backup.Restore(t.Context(), dir, to, backup.RestoreOptions{}); !errors.Is(err, storage.ErrConflict) || !strings.Contains(err.Error(), key) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
