package pdfium

import (
	"os"
	"path/filepath"
	"testing"
)

// TestWarm: a damaged machine code is replaced, and what earlier versions have
// left goes with the first of this one.
func TestWarm(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "pdfium")
	if err := Folder(folder); err != nil {
		t.Fatal(err)
	}
	anew := func() { compiled.cache, compiled.cold, compiled.folder = nil, false, folder } // another process
	cache, cold, before := compiled.cache, compiled.cold, compiled.folder
	t.Cleanup(func() { compiled.cache, compiled.cold, compiled.folder = cache, cold, before })

	old := filepath.Join(folder, "wazero-v0.0.1-amd64-linux", "0123")
	if err := os.Mkdir(filepath.Dir(old), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(old, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	anew()
	if err := Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	kept, err := machineCode(folder)
	if err != nil || len(kept) != 1 || kept[0] == old {
		t.Fatalf("%q, %v", kept, err)
	}
	whole, err := os.Stat(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(kept[0], whole.Size()/2); err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{"damaged", "mended"} {
		anew()
		if err := Warm(t.Context()); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if info, err := os.Stat(kept[0]); err != nil || info.Size() != whole.Size() {
			t.Errorf("%s: %v, %v", what, info, err)
		}
	}
}
