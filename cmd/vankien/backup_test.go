package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// hashes are those of all files of a store, but for its locks.
func hashes(t *testing.T, data string) map[string]string {
	t.Helper()
	root := filepath.Join(data, "store")
	all := make(map[string]string)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if strings.HasPrefix(entry.Name(), ".") {
				return fs.SkipDir
			}
			return nil
		}
		content, err := os.ReadFile(path)
		sum := sha256.Sum256(content)
		all[strings.TrimPrefix(path, root)] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// answers are what a few searches answer.
func answers(t *testing.T, data string) map[string]string {
	t.Helper()
	took := regexp.MustCompile(`"took_ms":[0-9.]+`)
	found := make(map[string]string)
	for _, query := range []string{"", "chi bộ", "nghi quyet", "21-NQ/TW", "đảng phí"} {
		found[query] = took.ReplaceAllString(vankien(t, exitDone, "search", "--json", "--size", "50", "--data", data, query), "")
	}
	return found
}

// TestBackupWipeRestore: what was wiped comes back, identical by hash, and
// answers the same searches.
func TestBackupWipeRestore(t *testing.T) {
	data, dir := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "sao lưu")
	vankien(t, exitDone, "import", "--publish", "--data", data, sampleFolder(t))
	vankien(t, exitDone, "token", "add", "--data", data, "--role", "reader", "--name", "sổ tay")
	kept, answered := hashes(t, data), answers(t, data)

	first := vankien(t, exitDone, "backup", "--data", data, dir)
	if !regexp.MustCompile(`^Bản sao lưu \d{8}T\d{6}Z-[0-9a-z]{26}: \d+ văn bản, \d+ mục, .*; chép mới [1-9]\d* mục, .*\.\n$`).MatchString(first) {
		t.Errorf("printed %q", first)
	}
	if again := vankien(t, exitDone, "backup", "--data", data, dir); !strings.Contains(again, "chép mới 0 mục, 0 byte.") {
		t.Errorf("printed %q", again)
	}
	if out := vankien(t, exitDone, "backup", "--check", dir); !strings.HasPrefix(out, "2 bản sao lưu, ") || !strings.HasSuffix(out, ": không có lỗi.\n") {
		t.Errorf("printed %q", out)
	}
	if err := os.RemoveAll(data); err != nil {
		t.Fatal(err)
	}
	vankien(t, exitDone, "restore", "--data", data, dir)
	if diff := cmp.Diff(kept, hashes(t, data)); diff != "" {
		t.Errorf("restored (-wiped +restored):\n%s", diff)
	}
	if diff := cmp.Diff(answered, answers(t, data)); diff != "" {
		t.Errorf("searches (-wiped +restored):\n%s", diff)
	}
	if out := complaint(t, exitFailed, "restore", "--data", data, dir); !strings.Contains(out, "Kho không trống") {
		t.Errorf("printed %q", out)
	}
	if out := vankien(t, exitDone, "backup", "--keep", "1", "--data", data, dir); !strings.Contains(out, "Đã xóa 2 bản sao lưu cũ") {
		t.Errorf("printed %q", out)
	}
	if out := vankien(t, exitDone, "verify", "--data", data); !strings.HasSuffix(out, ": không có lỗi.\n") {
		t.Errorf("printed %q", out)
	}
}

// TestBackupPlaces: what would fill itself, or fall with what it is to save, is
// refused, and so is what is mistyped.
func TestBackupPlaces(t *testing.T) {
	root := t.TempDir()
	data := filepath.Join(root, "data")
	vankien(t, exitDone, "token", "add", "--data", data, "--role", "reader", "--name", "sổ tay")
	link := filepath.Join(root, "liên kết")
	if err := os.Symlink(data, link); err != nil {
		t.Fatal(err)
	}
	good := filepath.Join(root, "sao lưu")
	vankien(t, exitDone, "backup", "--data", data, good)
	for _, test := range []struct {
		code int
		want string
		args []string
	}{
		{exitUsage, "thiếu thư mục", []string{"backup", "--data", data}},
		{exitUsage, "thừa", []string{"restore", "--data", data, good, good}},
		{exitUsage, "--keep 0", []string{"backup", "--keep", "0", "--data", data, good}},
		{exitFailed, "nằm trong nhau", []string{"backup", "--data", data, filepath.Join(data, "sao-luu")}},
		{exitFailed, "nằm trong nhau", []string{"backup", "--data", data, filepath.Join(data, "store", "x")}},
		{exitFailed, "nằm trong nhau", []string{"backup", "--data", data, filepath.Join(link, "x")}},
		{exitFailed, "nằm trong nhau", []string{"backup", "--data", data, data}},
		{exitFailed, "nằm trong nhau", []string{"backup", "--data", data, root}},
		{exitFailed, "nằm trong nhau", []string{"restore", "--data", filepath.Join(good, "data"), good}},
		{exitFailed, "Không có kho", []string{"backup", "--data", filepath.Join(root, "nowhere"), good}},
		{exitFailed, "không phải là thư mục sao lưu", []string{"backup", "--check", filepath.Join(root, "nowhere")}},
		{exitFailed, "không phải là thư mục sao lưu", []string{"restore", "--data", filepath.Join(root, "new"), filepath.Join(root, "nowhere")}},
	} {
		if out := complaint(t, test.code, test.args...); !strings.Contains(out, test.want) {
			t.Errorf("%v: printed %q, want %q", test.args, out, test.want)
		}
	}
	for _, name := range []string{"nowhere", "new", "data/sao-luu", "sao lưu/data"} {
		if _, err := os.Stat(filepath.Join(root, name)); err == nil {
			t.Errorf("%s was made", name)
		}
	}
}

// TestDamagedBackup: rot in the backup is told by the check and by the restore,
// which brings back the rest.
func TestDamagedBackup(t *testing.T) {
	root := t.TempDir()
	data, dir := filepath.Join(root, "data"), filepath.Join(root, "sao lưu")
	vankien(t, exitDone, "import", "--publish", "--data", data, sampleFolder(t))
	vankien(t, exitDone, "backup", "--data", data, dir)
	original := first(t, filepath.Join(data, "store/originals/*"))
	flipByte(t, filepath.Join(dir, "objects", filepath.Base(original)[:2], filepath.Base(original)))
	if out := vankien(t, exitPartly, "backup", "--check", dir); !strings.Contains(out, "originals/"+filepath.Base(original)) || !strings.Contains(out, ": 1 lỗi.") {
		t.Errorf("printed %q", out)
	}
	restored := filepath.Join(root, "khôi phục")
	if out := vankien(t, exitPartly, "restore", "--data", restored, dir); !strings.Contains(out, "originals/"+filepath.Base(original)) {
		t.Errorf("printed %q", out)
	}
	if got, want := len(hashes(t, restored)), len(hashes(t, data))-1; got != want {
		t.Errorf("%d objects, want %d", got, want)
	}
}

// first is the first file that a pattern matches.
func first(t *testing.T, pattern string) string {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatal(pattern, err)
	}
	return names[0]
}

// flipByte changes one bit in the middle of a file.
func flipByte(t *testing.T, path string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)/2] ^= 1
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestKilledBackup: a backup that is killed, wherever, leaves the earlier ones
// whole, and the next goes on.
func TestKilledBackup(t *testing.T) {
	root := t.TempDir()
	data, dir := filepath.Join(root, "data"), filepath.Join(root, "sao lưu")
	vankien(t, exitDone, "import", "--publish", "--data", data, sampleFolder(t))
	vankien(t, exitDone, "backup", "--data", data, dir)
	for i := range 200 { // something to be killed in
		vankien(t, exitDone, "token", "add", "--data", data, "--role", "reader", "--name", fmt.Sprint("sổ tay ", i))
	}
	killed := 0
	for _, after := range []time.Duration{5, 20, 40, 60, 80, 110, 150, 200} {
		ctx, cancel := context.WithTimeout(t.Context(), after*time.Millisecond)
		if err := program(ctx, "backup", "--data", data, dir).Run(); err != nil { // killed by the context
			killed++
		}
		cancel()
		if out := vankien(t, exitDone, "backup", "--check", dir); !strings.HasSuffix(out, ": không có lỗi.\n") {
			t.Errorf("after %d ms: %s", after, out)
		}
	}
	if killed == 0 {
		t.Error("no backup was killed")
	}
	vankien(t, exitDone, "backup", "--data", data, dir)
	restored := filepath.Join(root, "khôi phục")
	vankien(t, exitDone, "restore", "--data", restored, dir)
	if diff := cmp.Diff(hashes(t, data), hashes(t, restored)); diff != "" {
		t.Errorf("restored (-store +restored):\n%s", diff)
	}
	t.Logf("%d of 8 were killed", killed)
}

// killAt kills a restore once it has restored so many objects; false where it
// came to its end before.
func killAt(t *testing.T, objects int, restored, dir string) (killed bool) {
	t.Helper()
	restore := program(t.Context(), "restore", "--data", restored, dir)
	if err := restore.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- restore.Wait() }()
	for {
		select {
		case <-ended:
			return false
		case <-time.After(time.Millisecond):
		}
		there, err := filepath.Glob(filepath.Join(restored, "store", "*", "*"))
		if err != nil {
			t.Fatal(err)
		}
		if len(there) >= objects {
			if err := restore.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
				t.Fatal(err)
			}
			return (<-ended) != nil
		}
	}
}

// TestKilledRestore: a restore that is killed is simply run again.
func TestKilledRestore(t *testing.T) {
	root := t.TempDir()
	data, dir := filepath.Join(root, "data"), filepath.Join(root, "sao lưu")
	vankien(t, exitDone, "import", "--publish", "--data", data, sampleFolder(t))
	vankien(t, exitDone, "backup", "--data", data, dir)
	restored, killed := filepath.Join(root, "khôi phục"), 0
	for _, objects := range []int{1, 10, 25, 40} {
		if !killAt(t, objects, restored, dir) {
			break
		}
		killed++
	}
	if diff := cmp.Diff(hashes(t, data), hashes(t, restored)); diff != "" {
		vankien(t, exitDone, "restore", "--data", restored, dir)
	}
	if diff := cmp.Diff(hashes(t, data), hashes(t, restored)); diff != "" {
		t.Errorf("restored (-store +restored):\n%s", diff)
	}
	t.Logf("killed %d times", killed)
}
