package pdfium

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestWarm: a damaged machine code is replaced, and what earlier versions have
// left goes with it; in a soak it goes with the first of this one, too.
func TestWarm(t *testing.T) {
	cache, cold, before := compiled.cache, compiled.cold, compiled.folder
	t.Cleanup(func() { compiled.cache, compiled.cold, compiled.folder = cache, cold, before })
	shared, err := machineCode(before) // that of the tests; programs that tests have built leave theirs beside it
	shared = slices.DeleteFunc(shared, func(path string) bool { return !strings.Contains(path, "wazero-dev-") })
	if err != nil || len(shared) != 1 {
		t.Fatalf("%q, %v", shared, err)
	}
	whole, err := os.ReadFile(shared[0])
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "pdfium")
	kept := filepath.Join(folder, filepath.Base(filepath.Dir(shared[0])), filepath.Base(shared[0]))
	old := filepath.Join(folder, "wazero-v0.0.1-amd64-linux", "0123")
	for _, test := range []struct {
		name string
		code []byte // nil for none
		slow bool
	}{{"damaged", whole[:len(whole)/2], false}, {"whole", whole, false}, {"missing", nil, true}} {
		if test.slow && os.Getenv("VANKIEN_SOAK") == "" {
			continue
		}
		t.Run(test.name, func(t *testing.T) {
			if err := os.RemoveAll(folder); err != nil {
				t.Fatal(err)
			}
			files := map[string][]byte{kept: test.code}
			if test.name != "whole" { // else nothing has been replaced since
				files[old] = []byte("old")
			}
			for path, content := range files {
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				if content == nil {
					continue
				}
				if err := os.WriteFile(path, content, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			compiled.cache, compiled.cold, compiled.folder = nil, false, folder // another process
			if err := Warm(t.Context()); err != nil {
				t.Fatal(err)
			}
			if now, err := machineCode(folder); err != nil || len(now) != 1 || now[0] != kept {
				t.Errorf("%q, %v", now, err)
			}
			if now, err := os.ReadFile(kept); err != nil || !bytes.Equal(now, whole) {
				t.Errorf("%d bytes instead of %d, %v", len(now), len(whole), err)
			}
		})
	}
}
