package extract

import (
	"bytes"
	"context"
	"io/fs"
	"testing"

	"vankien/storage"
	"vankien/testdata"
)

// BenchmarkPages is how many pages of born-digital PDFs each engine reads in a
// second of processor time, opening the files and starting the engine included,
// compiling pdfium not.
func BenchmarkPages(b *testing.B) {
	for _, engine := range []struct {
		name string
		read func(context.Context, File) ([]storage.Page, error)
	}{{"own", readOwn}, {"pdfium", readSecond}, {"both", readPDF}} {
		b.Run(engine.name, func(b *testing.B) {
			files := samplePDFs(b)
			if _, err := engine.read(b.Context(), File{Size: int64(len(files[0])), ReaderAt: bytes.NewReader(files[0])}); err != nil { // compiles pdfium
				b.Fatal(err)
			}
			pages, began := 0, processorTime(b)
			for b.Loop() {
				for _, data := range files {
					read, err := engine.read(b.Context(), File{Size: int64(len(data)), ReaderAt: bytes.NewReader(data)})
					if err != nil {
						b.Fatal(err)
					}
					pages += len(read)
				}
			}
			b.ReportMetric(float64(pages)/(processorTime(b)-began).Seconds(), "pages/cpu-s")
		})
	}
}

func samplePDFs(b *testing.B) (files [][]byte) {
	names, err := fs.Glob(testdata.Documents(), "*.pdf")
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(testdata.Documents(), name)
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, data)
	}
	return files
}
