package pdfium

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func sample(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile("../../../testdata/documents/nghi-quyet-05-nq-tu-2026.pdf")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func open1(t *testing.T, data []byte) *Document {
	t.Helper()
	d, err := Open(t.Context(), bytes.NewReader(data), int64(len(data)), 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}

// TestDocument reads and draws a page twice, in engines of their own: the same
// comes out.
func TestDocument(t *testing.T) {
	data := sample(t)
	a, b := open1(t, data), open1(t, data)
	first, err := a.Text(0, 1<<20)
	if err != nil || !strings.Contains(first, "Nghị quyết") && !strings.Contains(first, "NGHỊ QUYẾT") {
		t.Fatalf("%q, %v", first, err)
	}
	if second, err := b.Text(0, 1<<20); err != nil || second != first {
		t.Errorf("%q, %v after %q", second, err, first)
	}
	one, err := a.Draw(0, 1, 72)
	if err != nil {
		t.Fatal(err)
	}
	if two, err := b.Draw(0, 1, 72); err != nil || !bytes.Equal(one.Pix, two.Pix) {
		t.Errorf("another picture, %v", err)
	}
	dark := 0
	for _, p := range one.Pix {
		if p < 128 {
			dark++
		}
	}
	if share := float64(dark) / float64(len(one.Pix)); share < 0.01 || share > 0.2 {
		t.Errorf("%.3f of the page is dark", share)
	}
	drawing, err := a.Drawing(0)
	if err != nil || drawing.Images > 0.4 {
		t.Errorf("%+v, %v", drawing, err)
	}
}

func TestTextIsBounded(t *testing.T) {
	d := open1(t, sample(t))
	if _, err := d.Text(0, 100); !errors.Is(err, ErrDamaged) {
		t.Errorf("more than 100 characters: %v", err)
	}
	if _, err := d.Text(0, 1<<20); err != nil {
		t.Errorf("and again: %v", err)
	}
	if _, err := d.Text(d.Pages(), 1<<20); !errors.Is(err, ErrDamaged) {
		t.Errorf("a page that is not there: %v", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	encrypted, err := os.ReadFile("../../../testdata/bad/encrypted.pdf")
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		data []byte
		want error
	}{
		"nothing":    {nil, ErrDamaged},
		"a text":     {[]byte("Nghị quyết"), ErrDamaged},
		"a head":     {[]byte("%PDF-1.7\n"), ErrDamaged},
		"a password": {encrypted, ErrEncrypted},
	} {
		d, err := Open(t.Context(), bytes.NewReader(test.data), int64(len(test.data)), 0)
		if !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
		if d != nil {
			d.Close()
		}
	}
}

// slowReader takes its time over every read.
type slowReader struct{ io.ReaderAt }

func (s slowReader) ReadAt(p []byte, off int64) (int, error) {
	time.Sleep(50 * time.Millisecond)
	return s.ReaderAt.ReadAt(p, off)
}

// TestLimits: the end of the context, or of the time, ends a call, and what is
// asked after it.
func TestLimits(t *testing.T) {
	data := sample(t)
	ctx, cancel := context.WithCancel(t.Context())
	d, err := Open(ctx, bytes.NewReader(data), int64(len(data)), 0)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	for range 2 {
		if _, err := d.Text(0, 1<<20); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	}
	d.Close()
	if _, err := Open(t.Context(), slowReader{bytes.NewReader(data)}, int64(len(data)), 60*time.Millisecond); !errors.Is(err, ErrSlow) {
		t.Errorf("slow: %v", err)
	}
	if _, err := Open(ctx, bytes.NewReader(data), int64(len(data)), 0); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}
}

func TestPixels(t *testing.T) {
	tests := []struct {
		width, height float64
		w, h          int
	}{
		{595, 842, 1652, 2338}, {6e4, 8e4, 5477, 7302}, {1e9, 0.1, MaxPixels, 1}, {0.1, 1e9, 1, MaxPixels}, {0, 842, 0, 0}, {-1, 842, 0, 0},
	}
	for _, test := range tests {
		w, h, err := pixels(test.width, test.height, 200)
		if w != test.w || h != test.h || (err == nil) != (test.w > 0) || w*h > MaxPixels {
			t.Errorf("%g × %g: %d × %d, %v, want %d × %d", test.width, test.height, w, h, err, test.w, test.h)
		}
	}
}

// TestFolder: what is executed must not lie where another user could put it.
func TestFolder(t *testing.T) {
	mine := filepath.Join(t.TempDir(), "a", "b")
	if err := Folder(mine); err != nil {
		t.Fatal(err)
	}
	open := filepath.Join(t.TempDir(), "open")
	if err := os.Mkdir(open, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(open, 0o770); err != nil {
		t.Fatal(err)
	}
	link, file := filepath.Join(t.TempDir(), "link"), filepath.Join(t.TempDir(), "file")
	if err := os.Symlink(mine, link); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{"open to a group": open, "a link": link, "a file": file, "not there": filepath.Join(mine, "c"), "relative": "."} {
		if err := UseCache(path); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	for mode, taken := range map[fs.FileMode]bool{0o755: true, 0o777: false, 0o777 | fs.ModeSticky: true, 0o757: false} {
		above := filepath.Join(t.TempDir(), "above")
		below := filepath.Join(above, "between", "folder")
		if err := os.MkdirAll(below, 0o700); err != nil {
			t.Fatal(err)
		}
		link := filepath.Join(t.TempDir(), "link")
		if err := errors.Join(os.Chmod(above, mode), os.Symlink(filepath.Dir(below), link)); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{below, filepath.Join(link, "folder")} {
			if err := private(path); (err == nil) != taken || err != nil && !strings.Contains(err.Error(), above) {
				t.Errorf("below a folder of mode %s: %v", mode, err)
			}
		}
	}
}

// TestSweep leaves alone what may still be written.
func TestSweep(t *testing.T) {
	folder := t.TempDir()
	inner := filepath.Join(folder, "wazero-v1")
	if err := os.Mkdir(inner, 0o700); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-2 * leftFor)
	for name, stays := range map[string]bool{"a.1.tmp": false, "b.2.tmp": true, "c": true} {
		path := filepath.Join(inner, name)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if name != "b.2.tmp" {
			if err := os.Chtimes(path, old, old); err != nil {
				t.Fatal(err)
			}
		}
		if err := sweep(folder); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(path); (err == nil) != stays {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// BenchmarkOpen is what each process pays that needs the engine: its start from
// kept machine code.
func BenchmarkOpen(b *testing.B) {
	data, err := os.ReadFile("../../../testdata/documents/nghi-quyet-05-nq-tu-2026.pdf")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		d, err := Open(b.Context(), bytes.NewReader(data), int64(len(data)), 0)
		if err != nil {
			b.Fatal(err)
		}
		d.Close()
	}
}
