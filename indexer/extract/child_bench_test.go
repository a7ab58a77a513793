package extract

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"vankien/storage"
)

// BenchmarkChild compares reading in a process with reading in this one.
func BenchmarkChild(b *testing.B) {
	for _, path := range []string{"../../testdata/documents/nghi-quyet-07-nq-cb-2026.txt", "../../testdata/documents/nghi-quyet-05-nq-tu-2026.pdf"} {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		benchmarkBoth(b, filepath.Base(path), data)
	}
	long := make([]string, 300)
	for i := range long {
		lines := "BT /F1 10 Tf 12 TL 50 780 Td "
		for range 45 {
			lines += show("Chi bộ họp định kỳ mỗi tháng một lần để bàn việc của đảng viên") + " T* "
		}
		long[i] = lines + "ET"
	}
	benchmarkBoth(b, "300 pages", pdfFile(long...))
}

func benchmarkBoth(b *testing.B, name string, data []byte) {
	child := testChild(ChildConfig{Dir: b.TempDir()})
	for _, reader := range []struct {
		name string
		read func(context.Context, File) (storage.Text, error)
	}{{"function", Read}, {"process", child.Read}} {
		b.Run(name+"/"+reader.name, func(b *testing.B) {
			size := 0
			for b.Loop() {
				text, err := reader.read(b.Context(), File{Name: name, Size: int64(len(data)), ReaderAt: bytes.NewReader(data)})
				if err != nil {
					b.Fatal(err)
				}
				size = len(allText(text))
			}
			b.ReportMetric(float64(size), "text-bytes")
		})
	}
}
