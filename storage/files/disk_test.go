package files_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vankien/storage"
	"vankien/storage/files"
)

// Nobody else on the machine can read a library, whatever the umask.
func TestPermissions(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "store")
	s := open(t, dir)
	for _, key := range []string{"a", "texts/b/c", "originals/large"} {
		size := 10
		if key == "originals/large" {
			size = 2 << 20
		}
		if _, err := s.Put(t.Context(), key, bytes.NewReader(make([]byte, size)), storage.PutOptions{}); err != nil {
			t.Fatal(err)
		}
	}
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

// Folders go with their last object, and what is not an object is not listed.
func TestDirectoryStaysTidy(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	for _, key := range []string{"texts/a/v1", "texts/a/v2", "b/c/d/e/f"} {
		if _, err := s.Put(t.Context(), key, strings.NewReader(key), storage.PutOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	for _, stranger := range []string{"lost+found", "texts/.DS_Store", "texts/Thumbs.db"} {
		if err := os.WriteFile(filepath.Join(dir, stranger), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, key := range []string{"texts/a/v1", "b/c/d/e/f"} {
		if err := s.Delete(t.Context(), key, ""); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "b")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder b is left: %v", err)
	}
	listed := []string{}
	for obj, err := range s.List(t.Context(), "", "") {
		if err != nil {
			t.Fatal(err)
		}
		listed = append(listed, obj.Key)
	}
	if fmt.Sprint(listed) != "[texts/a/v2]" {
		t.Errorf("listed %q", listed)
	}
	// Empty folders that a crash left are in nobody's way.
	if err := os.Mkdir(filepath.Join(dir, "b"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(t.Context(), "b", strings.NewReader("b"), storage.PutOptions{}); err != nil {
		t.Error(err)
	}
}

func TestOpenWhereNoStoreCanBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "below"), "/proc/nowhere"} {
		if _, err := files.Open(dir); !errors.Is(err, storage.ErrUnavailable) {
			t.Errorf("Open %s: %v", dir, err)
		}
	}
}

// A store whose folder is taken away is out of order; its objects are not gone.
func TestFolderTakenAway(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "store")
	s, err := files.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(dir, dir+"-elsewhere"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(t.Context(), "a", strings.NewReader("a"), storage.PutOptions{}); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("Put: %v", err)
	}
	for _, err = range s.List(t.Context(), "", "") {
	}
	if !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("List: %v", err)
	}
}

func BenchmarkPut(b *testing.B) {
	for _, size := range []int{500, 5_000, 500_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			s := open(b, b.TempDir())
			data := bytes.Repeat([]byte("x"), size)
			for i := 0; b.Loop(); i++ {
				if _, err := s.Put(b.Context(), fmt.Sprintf("documents/%d.json", i), bytes.NewReader(data), storage.PutOptions{IfNoneMatch: true}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkPutParallel: writers of different keys do not wait for each other.
func BenchmarkPutParallel(b *testing.B) {
	s := open(b, b.TempDir())
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		own := fmt.Sprintf("documents/%p", pb)
		for i := 0; pb.Next(); i++ {
			if _, err := s.Put(b.Context(), fmt.Sprintf("%s-%d", own, i), bytes.NewReader(make([]byte, 5000)), storage.PutOptions{}); err != nil {
				b.Error(err)
				return
			}
		}
	})
}
