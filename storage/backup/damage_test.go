package backup_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
	"vankien/storage/backup"
)

// Whatever rots in the store after a good backup: the next backup tells it and
// names the good copy still, so that a restore brings back what was there.
func TestDamagedSource(t *testing.T) {
	for name, damage := range map[string]struct {
		harm   func(t *testing.T, store string, rec storage.Record)
		reason string
	}{
		"an original with a flipped byte": {func(t *testing.T, store string, rec storage.Record) {
			flip(t, filepath.Join(store, "originals", rec.Original.SHA256))
		}, "không còn đúng mã băm"},
		"a lost original": {func(t *testing.T, store string, rec storage.Record) {
			if err := os.Remove(filepath.Join(store, "originals", rec.Original.SHA256)); err != nil {
				t.Fatal(err)
			}
		}, "đã mất tệp gốc"},
		"a lost record": {func(t *testing.T, store string, rec storage.Record) {
			if err := os.Remove(filepath.Join(store, "documents", string(rec.ID)+".json")); err != nil {
				t.Fatal(err)
			}
		}, "đã mất hồ sơ"},
		"a record edited by hand": {func(t *testing.T, store string, rec storage.Record) {
			path := filepath.Join(store, "documents", string(rec.ID)+".json")
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(strings.Replace(string(data), `"public"`, `"staff"`, 1)), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "sửa ngoài hệ thống"},
		"a text with a flipped byte": {func(t *testing.T, store string, rec storage.Record) {
			flip(t, filepath.Join(store, "texts", rec.Original.SHA256, "v1.json.zst"))
		}, "không giải nén được"},
	} {
		t.Run(name, func(t *testing.T) {
			s, l, store := library(t, 5)
			rec, err := add(t.Context(), l, "văn bản sẽ hỏng")
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			create(t, s, dir)
			good := contents(t, s)
			damage.harm(t, store, rec)
			for range 2 { // and every time until it is mended
				var p problems
				report, err := backup.Create(t.Context(), s, dir, backup.Options{Found: p.found})
				if err != nil || report.Problems != 1 || len(p) != 1 || !strings.Contains(p.String(), damage.reason) || !strings.Contains(p.String(), "giữ bản lành") {
					t.Fatalf("%+v, %v\n%s", report, err, p)
				}
			}
			if diff := cmp.Diff(good, contents(t, restore(t, dir, ""))); diff != "" {
				t.Errorf("restored (-good +restored):\n%s", diff)
			}
		})
	}
}

// What was damaged before the first backup is kept as it is, and told.
func TestDamagedFromTheStart(t *testing.T) {
	s, l, store := library(t, 2)
	rec, err := add(t.Context(), l, "văn bản đã hỏng")
	if err != nil {
		t.Fatal(err)
	}
	flip(t, filepath.Join(store, "originals", rec.Original.SHA256))
	dir := t.TempDir()
	for range 2 {
		var p problems
		if _, err := backup.Create(t.Context(), s, dir, backup.Options{Found: p.found}); err != nil || len(p) != 1 || !strings.Contains(p.String(), "Chưa có bản lành") {
			t.Fatalf("%v\n%s", err, p)
		}
	}
	var p problems
	to := open(t, t.TempDir())
	if _, err := backup.Restore(t.Context(), dir, to, backup.RestoreOptions{Found: p.found}); err != nil || len(p) != 1 {
		t.Fatalf("restore: %v\n%s", err, p)
	}
	if diff := cmp.Diff(contents(t, s), contents(t, to)); diff != "" {
		t.Errorf("restored (-store +restored):\n%s", diff)
	}
	copies, err := backup.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer copies.Close()
	if _, err := copies.Good(t.Context(), "originals/"+rec.Original.SHA256); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("a good copy of what never was good: %v", err)
	}
}

// objectFile is where the backup has the bytes of an original.
func objectFile(dir string, rec storage.Record) string {
	return filepath.Join(dir, "objects", rec.Original.SHA256[:2], rec.Original.SHA256)
}

// Rot in the backup is found by a check, never restored, and healed by a new
// copy of the object.
func TestRotInTheBackup(t *testing.T) {
	s, l, _ := library(t, 3)
	rec, err := add(t.Context(), l, "văn bản có bản sao bị hỏng")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	create(t, s, dir)
	flip(t, objectFile(dir, rec))

	var checked problems
	if report, err := backup.Check(t.Context(), dir, backup.CheckOptions{Found: checked.found}); err != nil || report.Problems != 1 || !strings.Contains(checked.String(), "originals/"+rec.Original.SHA256) {
		t.Errorf("check: %+v, %v\n%s", report, err, checked)
	}
	var p problems
	to := open(t, t.TempDir())
	report, err := backup.Restore(t.Context(), dir, to, backup.RestoreOptions{Found: p.found})
	if err != nil || report.Problems != 1 || len(p) != 1 || p[0].Key != "originals/"+rec.Original.SHA256 {
		t.Errorf("restore: %+v, %v\n%s", report, err, p)
	}
	want := contents(t, s)
	delete(want, "originals/"+rec.Original.SHA256)
	if diff := cmp.Diff(want, contents(t, to)); diff != "" {
		t.Errorf("the rest (-store +restored):\n%s", diff)
	}
}

// What the backup has lost is known before anything is restored.
func TestObjectLostInTheBackup(t *testing.T) {
	s, l, _ := library(t, 3)
	rec, err := add(t.Context(), l, "văn bản có bản sao bị mất")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	create(t, s, dir)
	if err := os.Remove(objectFile(dir, rec)); err != nil {
		t.Fatal(err)
	}
	var p problems
	to := open(t, t.TempDir())
	if _, err := backup.Restore(t.Context(), dir, to, backup.RestoreOptions{Found: p.found}); !errors.Is(err, storage.ErrDamaged) || len(p) != 1 {
		t.Errorf("restore: %v\n%s", err, p)
	}
	if got := contents(t, to); len(got) != 0 {
		t.Errorf("restored all the same: %v", got)
	}
	if report, err := backup.Restore(t.Context(), dir, to, backup.RestoreOptions{Partial: true}); err != nil || report.Objects != len(contents(t, s))-1 {
		t.Errorf("the rest: %+v, %v", report, err)
	}
	create(t, s, dir) // copies it again
	if diff := cmp.Diff(contents(t, s), contents(t, restore(t, dir, ""))); diff != "" {
		t.Errorf("restored (-store +restored):\n%s", diff)
	}
}

// A snapshot that was cut off or altered is not taken for one.
func TestDamagedSnapshot(t *testing.T) {
	for name, harm := range map[string]func(t *testing.T, path string){
		"truncated": func(t *testing.T, path string) {
			info, err := os.Stat(path)
			if err == nil {
				err = os.Truncate(path, info.Size()*2/3)
			}
			if err != nil {
				t.Fatal(err)
			}
		},
		"flipped": func(t *testing.T, path string) { flip(t, path) },
		"empty": func(t *testing.T, path string) {
			if err := os.Truncate(path, 0); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, l, _ := library(t, 10)
			dir := t.TempDir()
			create(t, s, dir)
			good := contents(t, s)
			if _, err := add(t.Context(), l, "văn bản thêm"); err != nil {
				t.Fatal(err)
			}
			second := create(t, s, dir)
			harm(t, filepath.Join(dir, "snapshots", second.Snapshot+".jsonl.zst"))

			var p problems
			to := open(t, t.TempDir())
			if _, err := backup.Restore(t.Context(), dir, to, backup.RestoreOptions{Found: p.found}); err != nil || len(p) != 1 || p[0].Key != second.Snapshot {
				t.Errorf("nobody is told that it is not the newest: %v\n%s", err, p)
			}
			if diff := cmp.Diff(good, contents(t, to)); diff != "" {
				t.Errorf("the newest good one (-good +restored):\n%s", diff)
			}
			if _, err := backup.Restore(t.Context(), dir, open(t, t.TempDir()), backup.RestoreOptions{Snapshot: second.Snapshot}); !errors.Is(err, storage.ErrDamaged) {
				t.Errorf("the damaged one: %v", err)
			}
			p = nil
			if _, err := backup.Check(t.Context(), dir, backup.CheckOptions{Found: p.found}); err != nil || len(p) != 1 || p[0].Key != second.Snapshot {
				t.Errorf("check: %v\n%s", err, p)
			}
			p = nil
			if _, err := backup.Create(t.Context(), s, dir, backup.Options{Found: p.found, Keep: 5}); err != nil || len(p) != 1 || p[0].Key != second.Snapshot {
				t.Errorf("the next backup: %v\n%s", err, p)
			}
			if diff := cmp.Diff(contents(t, s), contents(t, restore(t, dir, ""))); diff != "" {
				t.Errorf("restored (-store +restored):\n%s", diff)
			}
		})
	}
}

// A good copy comes from the newest snapshot that has one.
func TestGoodCopy(t *testing.T) {
	s, l, _ := library(t, 1)
	rec, err := add(t.Context(), l, "văn bản")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	create(t, s, dir)
	if _, err := l.UpdateDocument(t.Context(), rec.ID, "an", "edit", func(d *storage.Document) error {
		d.Facts.Title = "mới"
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	create(t, s, dir)
	copies, err := backup.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer copies.Close()
	key := "documents/" + string(rec.ID) + ".json"
	read := func() storage.Record {
		t.Helper()
		body, err := copies.Good(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		defer body.Close()
		data, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		rec, err := storage.ReadRecord(data)
		if err != nil {
			t.Fatal(err)
		}
		return rec
	}
	if got := read(); got.Revision != 3 {
		t.Errorf("revision %d", got.Revision)
	}
	flip(t, filepath.Join(dir, "objects", contents(t, s)[key][:2], contents(t, s)[key]))
	if got := read(); got.Revision != 2 {
		t.Errorf("after the newest rotted: revision %d", got.Revision)
	}
	if _, err := copies.Good(t.Context(), "originals/none"); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("what no snapshot has: %v", err)
	}
}

// broken is a store one of whose objects cannot be read.
type broken struct {
	storage.Store
	breaks func(key string) bool
}

func (b broken) Get(ctx context.Context, key string, rng storage.Range) (io.ReadCloser, storage.Object, error) {
	if b.breaks(key) {
		return nil, storage.Object{}, errors.Join(storage.ErrUnavailable, errors.New("input/output error"))
	}
	return b.Store.Get(ctx, key, rng)
}

// An object that cannot be read is told; a store that cannot be read is a
// failed backup.
func TestUnreadableSource(t *testing.T) {
	s, l, _ := library(t, 30)
	rec, err := add(t.Context(), l, "văn bản trên cung đĩa hỏng")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	one := broken{s, func(key string) bool { return key == "originals/"+rec.Original.SHA256 }}
	var p problems
	if _, err := backup.Create(t.Context(), one, dir, backup.Options{Found: p.found}); err != nil || !strings.Contains(p.String(), "Không đọc được") {
		t.Errorf("%v\n%s", err, p)
	}
	all := broken{s, func(key string) bool { return true }}
	if _, err := backup.Create(t.Context(), all, t.TempDir(), backup.Options{}); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("nothing can be read: %v", err)
	}
}
