package files_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"syscall"
	"testing"

	"vankien/storage"
	"vankien/storage/files"
)

// small mounts a file system of 256 KiB; only root may.
func small(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=256k,mode=700"); err != nil {
		t.Skipf("cannot mount a file system to fill: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// A full disk refuses what does not fit, keeps what it has, and works again
// once there is room.
func TestFullDisk(t *testing.T) {
	s := open(t, small(t))
	put := func(key string, size int) error {
		_, err := s.Put(t.Context(), key, bytes.NewReader(bytes.Repeat([]byte("x"), size)), storage.PutOptions{})
		return err
	}
	if err := put("first", 100_000); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"first", "second"} {
		if err := put(key, 300_000); !errors.Is(err, storage.ErrNoSpace) || errors.Is(err, storage.ErrUnavailable) {
			t.Errorf("300,000 bytes into 256 KiB: %v", err)
		}
	}
	if data, _, err := read(s, "first"); err != nil || len(data) != 100_000 {
		t.Errorf("first has %d bytes, %v", len(data), err)
	}
	if err := put("third", 100_000); err != nil {
		t.Errorf("what fits: %v", err)
	}
}

// A file system that was mounted read-only, as Linux does after an error of
// the disk, still serves readers.
func TestReadOnlyFileSystem(t *testing.T) {
	dir := small(t)
	s, err := files.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(t.Context(), "a", strings.NewReader("a"), storage.PutOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("none", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skip(err)
	}
	if _, err := s.Put(t.Context(), "a", strings.NewReader("b"), storage.PutOptions{}); !errors.Is(err, storage.ErrUnavailable) || !strings.Contains(err.Error(), "read-only") {
		t.Errorf("Put: %v", err)
	}
	if err := s.Delete(t.Context(), "a", ""); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("Delete: %v", err)
	}
	if data, _, err := read(s, "a"); err != nil || string(data) != "a" {
		t.Errorf("a is %q, %v", data, err)
	}
	if _, err := files.Open(dir); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("Open: %v", err)
	}
	if err := syscall.Mount("none", dir, "tmpfs", syscall.MS_REMOUNT, ""); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// A process without the right to the folder is told so.
func TestForbiddenFolder(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may use every folder")
	}
	dir := t.TempDir()
	s := open(t, dir)
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o700)
	if _, err := s.Put(t.Context(), "new/a", strings.NewReader("a"), storage.PutOptions{}); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("Put: %v", err)
	}
}
