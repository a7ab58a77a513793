package backup_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
	"vankien/storage/backup"
)

// Backups beside writers that take documents in, edit and purge them: each
// record that is restored has its original and its text, and nothing else is
// told of.
func TestBackupWhileServing(t *testing.T) {
	s, l, _ := library(t, 40)
	dir := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	var writers sync.WaitGroup
	for n := range 4 {
		writers.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				if err := work(context.WithoutCancel(ctx), l, fmt.Sprintf("%d/%d", n, i)); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	var snapshots []string
	for range 4 {
		snapshots = append(snapshots, create(t, s, dir).Snapshot)
	}
	stop()
	writers.Wait()
	for _, name := range snapshots {
		whole(t, storage.NewLibrary(restore(t, dir, name)))
	}
	var p problems
	if _, err := backup.Check(t.Context(), dir, backup.CheckOptions{Found: p.found}); err != nil || len(p) > 0 {
		t.Errorf("check: %v\n%s", err, p)
	}
	create(t, s, dir)
	if diff := cmp.Diff(contents(t, s), contents(t, restore(t, dir, ""))); diff != "" {
		t.Errorf("at rest (-store +restored):\n%s", diff)
	}
}

// work takes a document in, edits it, and mostly purges it again.
func work(ctx context.Context, l *storage.Library, content string) error {
	rec, err := add(ctx, l, content)
	if err != nil {
		return err
	}
	for range rand.IntN(3) {
		if rec, err = l.UpdateDocument(ctx, rec.ID, "an", "edit", func(d *storage.Document) error {
			d.Facts.Title += "x"
			return nil
		}); err != nil {
			return err
		}
	}
	if rand.IntN(4) == 0 {
		return nil
	}
	return purge(ctx, l, rec)
}

// whole holds that every record has its original and, once read, its text, and
// that no original is without a record but where the snapshot came between the
// two.
func whole(t *testing.T, l *storage.Library) {
	t.Helper()
	for rec, err := range l.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.StatOriginal(t.Context(), rec.Original.SHA256); err != nil && !rec.Purging {
			t.Errorf("original of %s: %v", rec.ID, err)
		}
		if _, err := l.Text(t.Context(), rec.Original.SHA256, "v1"); err != nil && rec.Reading.Status == storage.ReadingReady && !rec.Purging {
			t.Errorf("text of %s: %v", rec.ID, err)
		}
	}
}

// purging is a store whose documents are purged as soon as the walk has come to
// their originals.
type purging struct {
	storage.Store
	purge func(hash string)
}

func (p purging) Get(ctx context.Context, key string, rng storage.Range) (io.ReadCloser, storage.Object, error) {
	if hash, ok := strings.CutPrefix(key, storage.OriginalsPrefix); ok {
		p.purge(hash)
	}
	return p.Store.Get(ctx, key, rng)
}

// A document that is purged between its record and its original is in the
// snapshot with nothing at all.
func TestPurgedMeanwhile(t *testing.T) {
	s, l, _ := library(t, 6)
	half, err := add(t.Context(), l, "chỉ mới xóa được tệp gốc")
	if err != nil {
		t.Fatal(err)
	}
	full, err := add(t.Context(), l, "đã xóa hẳn")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	beside := purging{s, func(hash string) {
		switch hash {
		case full.Original.SHA256:
			if err := purge(t.Context(), l, full); err != nil {
				t.Error(err)
			}
		case half.Original.SHA256:
			_, err := l.UpdateDocument(t.Context(), half.ID, "an", "purge", func(d *storage.Document) error {
				d.Purging = true
				return nil
			})
			if err := errors.Join(err, l.DeleteOriginal(t.Context(), hash)); err != nil {
				t.Error(err)
			}
		}
	}}
	var p problems
	report, err := backup.Create(t.Context(), beside, dir, backup.Options{Found: p.found})
	if err != nil || len(p) > 0 || report.Documents != 6 {
		t.Fatalf("%+v, %v\n%s", report, err, p)
	}
	for key := range contents(t, restore(t, dir, "")) {
		for _, rec := range []storage.Record{half, full} {
			if strings.Contains(key, string(rec.ID)) || strings.Contains(key, rec.Original.SHA256) {
				t.Errorf("restored %s", key)
			}
		}
	}
}
