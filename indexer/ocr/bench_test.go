package ocr_test

import (
	"testing"

	"vankien/indexer/extract"
)

// BenchmarkRecognise is what a page costs, drawn and recognised, whole and its
// head only. Most of it is another process's time.
func BenchmarkRecognise(b *testing.B) {
	r := recognizer(b, config())
	original := sample(b, resolution)
	f := scanned(b, page(b, original, 1), page(b, original, 2))
	scan := read(b, f)
	b.Run("whole", func(b *testing.B) {
		for b.Loop() {
			text, err := r.Complete(b.Context(), f, scan, nil)
			if err != nil || extract.NeedsOCR(text) {
				b.Fatal(err)
			}
		}
		b.ReportMetric(b.Elapsed().Seconds()/float64(b.N*len(scan.Pages)), "s/page")
	})
	b.Run("head", func(b *testing.B) {
		one := scan
		one.Pages = scan.Pages[:1]
		for b.Loop() {
			text, err := r.Head(b.Context(), f, one)
			if err != nil || text.Pages[0].Picture == "" {
				b.Fatal(err)
			}
		}
	})
	b.Run("blank", func(b *testing.B) {
		f := scanned(b, white(1654, 2339))
		blank := read(b, f)
		for b.Loop() {
			if _, err := r.Complete(b.Context(), f, blank, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}
