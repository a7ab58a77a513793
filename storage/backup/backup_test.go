package backup_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
	"vankien/storage/backup"
	"vankien/storage/files"
)

func open(t testing.TB, dir string) *files.Store {
	t.Helper()
	s, err := files.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// add takes a document in as writers do: original, record, text, record again.
func add(ctx context.Context, l *storage.Library, content string) (storage.Record, error) {
	sum := sha256.Sum256([]byte(content))
	hash := hex.EncodeToString(sum[:])
	if err := l.PutOriginal(ctx, hash, int64(len(content)), strings.NewReader(content)); err != nil {
		return storage.Record{}, err
	}
	rec, err := l.CreateDocument(ctx, storage.Document{
		State: storage.StateDraft, Audience: storage.AudiencePublic, Validity: storage.Unverified,
		Reading:  storage.Reading{Status: storage.ReadingQueued},
		Original: storage.Original{Name: "a.txt", MediaType: "text/plain", Size: int64(len(content)), SHA256: hash},
	}, storage.ByImport, "import")
	if err != nil {
		return rec, err
	}
	if err := l.PutText(ctx, hash, "v1", storage.Text{MediaType: "text/plain", Pages: []storage.Page{{Number: 1, Text: content}}}); err != nil {
		return rec, err
	}
	return l.UpdateDocument(ctx, rec.ID, storage.ByImport, "read", func(d *storage.Document) error {
		d.Reading.Status = storage.ReadingReady
		return nil
	})
}

// library is a store with n documents, a token and an event.
func library(t testing.TB, n int) (*files.Store, *storage.Library, string) {
	t.Helper()
	dir := t.TempDir()
	s := open(t, dir)
	l := storage.NewLibrary(s)
	for i := range n {
		if _, err := add(t.Context(), l, fmt.Sprintf("Nghị quyết số %d-NQ/TW", i)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := l.NewToken(t.Context(), "sổ tay", storage.RoleReader); err != nil {
		t.Fatal(err)
	}
	if err := l.AppendAudit(t.Context(), storage.AuditEvent{By: "an", Action: "publish"}); err != nil {
		t.Fatal(err)
	}
	return s, l, dir
}

// contents are the hashes of all objects of a store.
func contents(t testing.TB, s storage.Store) map[string]string {
	t.Helper()
	all := make(map[string]string)
	for obj, err := range s.List(t.Context(), "", "") {
		if err != nil {
			t.Fatal(err)
		}
		body, _, err := s.Get(t.Context(), obj.Key, storage.Range{})
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(body)
		if err := errors.Join(err, body.Close()); err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		all[obj.Key] = hex.EncodeToString(sum[:])
	}
	return all
}

// problems collects what Found is told.
type problems []backup.Problem

func (p *problems) found(one backup.Problem) { *p = append(*p, one) }

func (p problems) String() string {
	var text strings.Builder
	for _, one := range p {
		fmt.Fprintf(&text, "%s: %s\n", one.Key, one.Reason)
	}
	return text.String()
}

// create makes a backup that has nothing to complain of.
func create(t testing.TB, s storage.Store, dir string) backup.Report {
	t.Helper()
	var p problems
	report, err := backup.Create(t.Context(), s, dir, backup.Options{Found: p.found})
	if err != nil || len(p) > 0 {
		t.Fatalf("backup: %v\n%s", err, p)
	}
	return report
}

// restore fills an empty store from a backup that has nothing to complain of.
func restore(t testing.TB, dir, snapshot string) *files.Store {
	t.Helper()
	s := open(t, t.TempDir())
	var p problems
	if _, err := backup.Restore(t.Context(), dir, s, backup.RestoreOptions{Snapshot: snapshot, Found: p.found}); err != nil || len(p) > 0 {
		t.Fatalf("restore: %v\n%s", err, p)
	}
	return s
}

// What was backed up comes back, byte by byte; what is as it was is not copied again.
func TestBackupAndRestore(t *testing.T) {
	s, l, _ := library(t, 20)
	dir := filepath.Join(t.TempDir(), "sao lưu")
	first := create(t, s, dir)
	if first.Documents != 20 || first.Objects != 62 || first.Copied != 62 {
		t.Errorf("the first backup: %+v", first)
	}
	before := contents(t, s)
	if diff := cmp.Diff(before, contents(t, restore(t, dir, ""))); diff != "" {
		t.Errorf("restored (-store +restored):\n%s", diff)
	}

	rec, err := add(t.Context(), l, "Chỉ thị số 21-CT/TW")
	if err != nil {
		t.Fatal(err)
	}
	second := create(t, s, dir)
	if second.Documents != 21 || second.Objects != 65 || second.Copied != 3 {
		t.Errorf("the second backup: %+v", second)
	}
	if err := l.DeleteDocument(t.Context(), rec.ID, storage.Version{}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, contents(t, restore(t, dir, first.Snapshot))); diff != "" {
		t.Errorf("the first snapshot (-store +restored):\n%s", diff)
	}
	newest := contents(t, restore(t, dir, ""))
	if _, ok := newest["documents/"+string(rec.ID)+".json"]; !ok || len(newest) != 65 {
		t.Errorf("the second snapshot has %d objects", len(newest))
	}
	var p problems
	checked, err := backup.Check(t.Context(), dir, backup.CheckOptions{Found: p.found})
	if err != nil || len(p) > 0 || checked.Snapshots != 2 || checked.Objects != 65 {
		t.Errorf("check: %+v, %v\n%s", checked, err, p)
	}
}

// Nobody else on the machine can read a backup.
func TestPermissions(t *testing.T) {
	s, _, _ := library(t, 2)
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	create(t, s, dir)
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err == nil && info.Mode().Perm() != 0o600 && !(entry.IsDir() && info.Mode().Perm() == 0o700) {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Old snapshots go, and with them the bytes that only they had.
func TestKeep(t *testing.T) {
	s, l, _ := library(t, 3)
	dir := t.TempDir()
	rec, err := add(t.Context(), l, "văn bản sẽ xóa vĩnh viễn")
	if err != nil {
		t.Fatal(err)
	}
	original := filepath.Join(dir, "objects", rec.Original.SHA256[:2], rec.Original.SHA256)
	create(t, s, dir)
	create(t, s, dir)
	if err := purge(t.Context(), l, rec); err != nil {
		t.Fatal(err)
	}
	report, err := backup.Create(t.Context(), s, dir, backup.Options{Keep: 2})
	if err != nil || report.Removed != 1 || report.RemovedObjects != 0 {
		t.Errorf("%+v, %v", report, err)
	}
	if _, err := os.Stat(original); err != nil {
		t.Errorf("an object that a snapshot names: %v", err)
	}
	report, err = backup.Create(t.Context(), s, dir, backup.Options{Keep: 1})
	if err != nil || report.Removed != 2 || report.RemovedObjects != 3 {
		t.Errorf("%+v, %v", report, err)
	}
	if _, err := os.Stat(original); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an object that no snapshot names: %v", err)
	}
	if diff := cmp.Diff(contents(t, s), contents(t, restore(t, dir, ""))); diff != "" {
		t.Errorf("restored (-store +restored):\n%s", diff)
	}
}

// purge removes a document as the program does.
func purge(ctx context.Context, l *storage.Library, rec storage.Record) error {
	if _, err := l.UpdateDocument(ctx, rec.ID, "an", "purge", func(d *storage.Document) error {
		d.Purging = true
		return nil
	}); err != nil {
		return err
	}
	return errors.Join(
		l.DeleteOriginal(ctx, rec.Original.SHA256), l.DeleteTexts(ctx, rec.Original.SHA256), l.DeleteDocument(ctx, rec.ID, storage.Version{}))
}

func TestRefusals(t *testing.T) {
	s, _, _ := library(t, 1)
	full := t.TempDir()
	create(t, s, full)
	foreign := t.TempDir()
	if err := os.WriteFile(filepath.Join(foreign, "luận văn.docx"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		err    error
		want   error
		reason string
	}{
		"a folder of other things": {errOf(backup.Create(t.Context(), s, foreign, backup.Options{})), storage.ErrInvalid, "luận văn.docx"},
		"a store that has objects": {errOf(backup.Restore(t.Context(), full, s, backup.RestoreOptions{})), storage.ErrConflict, "Kho không trống"},
		"no backup":                {errOf(backup.Restore(t.Context(), foreign, s, backup.RestoreOptions{})), storage.ErrNotFound, "không phải là thư mục sao lưu"},
		"no such snapshot":         {errOf(backup.Restore(t.Context(), full, s, backup.RestoreOptions{Snapshot: "1999"})), storage.ErrNotFound, `"1999"`},
		"check of no backup":       {errOf(backup.Check(t.Context(), foreign, backup.CheckOptions{})), storage.ErrNotFound, "không phải"},
		"copies of no backup":      {errOf(backup.Open(foreign)), storage.ErrNotFound, "không phải"},
	} {
		var refusal *backup.Refusal
		if !errors.Is(test.err, test.want) || !errors.As(test.err, &refusal) || !strings.Contains(refusal.Reason, test.reason) {
			t.Errorf("%s: %v, want %v with %q", name, test.err, test.want, test.reason)
		}
	}
}

func errOf[T any](_ T, err error) error { return err }

// Two backups into one folder at once: the second says so.
func TestSecondBackupAtOnce(t *testing.T) {
	s, _, _ := library(t, 1)
	dir := t.TempDir()
	create(t, s, dir)
	second := errors.New("it was not tried")
	tries := func(int) {
		_, second = backup.Create(t.Context(), s, dir, backup.Options{})
	}
	if _, err := backup.Create(t.Context(), s, dir, backup.Options{Progress: tries}); err != nil {
		t.Fatal(err)
	}
	if !errors.Is(second, storage.ErrLocked) {
		t.Errorf("the second backup: %v", second)
	}
	create(t, s, dir)
}

// A backup that ends half-way, whatever ends it, leaves what there was; the
// next one goes on with what was copied.
func TestStoppedBackup(t *testing.T) {
	s, l, _ := library(t, 10)
	dir := t.TempDir()
	before := contents(t, s)
	create(t, s, dir)
	for i := range 30 {
		if _, err := add(t.Context(), l, fmt.Sprint("mới ", i)); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	_, err := backup.Create(ctx, s, dir, backup.Options{Progress: func(done int) {
		if done == 60 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped: %v", err)
	}
	if diff := cmp.Diff(before, contents(t, restore(t, dir, ""))); diff != "" {
		t.Errorf("restored from the first (-store +restored):\n%s", diff)
	}
	create(t, s, dir)
	if diff := cmp.Diff(contents(t, s), contents(t, restore(t, dir, ""))); diff != "" {
		t.Errorf("restored from the second (-store +restored):\n%s", diff)
	}
	left, err := os.ReadDir(filepath.Join(dir, "tmp"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// A large original is streamed, in and out.
func TestLargeOriginal(t *testing.T) {
	s, l, _ := library(t, 0)
	if _, err := add(t.Context(), l, strings.Repeat("Điều lệ Đảng. ", 1<<18)); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	create(t, s, dir)
	if again := create(t, s, dir); again.Copied != 0 {
		t.Errorf("copied again: %+v", again)
	}
	if diff := cmp.Diff(contents(t, s), contents(t, restore(t, dir, ""))); diff != "" {
		t.Errorf("restored (-store +restored):\n%s", diff)
	}
}

// An empty store is a backup too.
func TestEmptyStore(t *testing.T) {
	dir := t.TempDir()
	if report := create(t, open(t, t.TempDir()), dir); report.Objects != 0 || report.Snapshot == "" {
		t.Errorf("%+v", report)
	}
	if got := contents(t, restore(t, dir, "")); len(got) != 0 {
		t.Errorf("restored %v", got)
	}
}

// flip changes one byte in the middle of a file, and leaves its time alone
// where it is told to.
func flip(t testing.TB, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data = bytes.Clone(data)
	data[len(data)/2] ^= 1
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
