package bleveindex

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"
)

// A manifest that could not be written for want of room is written with a later
// change, not only when the index is opened again.
func TestTheManifestComesLater(t *testing.T) {
	dir := t.TempDir()
	x, err := Open(dir, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	fill(t, x, 20, 20)
	build := x.live.path()
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	inTheWay := filepath.Join(build, manifestFile+".new")
	if err := os.Mkdir(inTheWay, 0o700); err != nil {
		t.Fatal(err)
	}
	if x, err = Open(dir, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if err := os.Remove(inTheWay); err != nil {
		t.Fatal(err)
	}
	if _, err := readManifest(build); err == nil {
		t.Fatal("there is a manifest, the test does not test anything")
	}
	fill(t, x, 20, 20)
	if _, err := readManifest(build); err != nil {
		t.Errorf("the manifest after a change: %v", err)
	}
}
