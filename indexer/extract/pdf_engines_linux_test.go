package extract

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"vankien/indexer/extract/pdfium"
	"vankien/storage"
)

// TestMeasuredEngines is the table of docs/reading.md: each engine alone, and
// what Read makes of both, against what poppler reads.
func TestMeasuredEngines(t *testing.T) {
	dir := measuringFiles(t)
	if !soak() {
		t.Skip("a table takes a minute under the race detector (make soak)")
	}
	references, err := filepath.Glob(filepath.Join(dir, "reference", "*.pdf.txt"))
	if err != nil {
		t.Fatal(err)
	}
	engines := []struct {
		name string
		read func(context.Context, File) ([]storage.Page, error)
	}{{"own reader", readOwn}, {"pdfium", readSecond}, {"both (Read)", readPDF}}
	warm := pdfFile(readable)
	if _, err := Render(t.Context(), File{Size: int64(len(warm)), ReaderAt: bytes.NewReader(warm)}, 1, PageHead); err != nil { // compiles pdfium
		t.Fatal(err)
	}
	for _, engine := range engines {
		var all agreement
		good, bad, refused, pages := 0, 0, 0, 0
		before := processorTime(t)
		for _, reference := range references {
			want, err := os.ReadFile(reference)
			if err != nil {
				t.Fatal(err)
			}
			name := filepath.Base(reference[:len(reference)-len(".txt")])
			file, data := openBoth(t, filepath.Join(dir, "text", name))
			read, err := engine.read(t.Context(), File{Name: name, Size: int64(len(data)), ReaderAt: file})
			a := agree(allText(storage.Text{Pages: read}), string(want))
			if err != nil {
				t.Logf("%s: %s: %v", engine.name, name, err)
				refused++
				all.add(agreement{want: a.want, wantPairs: a.wantPairs})
				continue
			}
			all.add(a)
			pages += len(read)
			if a.want < 30 {
				continue
			}
			switch {
			case a.recall() >= 0.98 && a.precision() >= 0.98:
				good++
			case a.recall() < 0.95 || a.precision() < 0.92:
				bad++
				t.Logf("%s: %s: recall %.4f, precision %.4f", engine.name, name, a.recall(), a.precision())
			}
		}
		t.Logf("| %s | %.4f | %.4f | %.4f | %d | %d | %d | %.0f |", engine.name,
			all.recall(), all.precision(), all.order(), good, bad, refused, float64(pages)/(processorTime(t)-before).Seconds())
	}
}

// processorTime is what this process has used.
func processorTime(t testing.TB) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// readOwn is readPDF without a second engine.
func readOwn(ctx context.Context, f File) ([]storage.Page, error) {
	pages, err := openPDF(ctx, f)
	if err != nil {
		return nil, err
	}
	r := pdfReader{fonts: &fontCache{}, second: &secondReader{failed: true}}
	for i, page := range pages {
		if err := r.read(ctx, i, page); err != nil {
			return nil, err
		}
	}
	return r.out, nil
}

// readSecond is readPDF with pdfium alone.
func readSecond(ctx context.Context, f File) ([]storage.Page, error) {
	document, err := pdfium.Open(ctx, f, f.Size, 0)
	if err != nil {
		return nil, err
	}
	defer document.Close()
	return (&secondReader{ctx: ctx, file: f, document: document}).all(document.Pages())
}
