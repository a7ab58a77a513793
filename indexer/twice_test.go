package indexer_test

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"vankien/indexer"
	"vankien/indexer/extract"
	"vankien/storage"
)

// However often and from wherever the reading of a scan is asked for, what OCR
// has made of it stays: a second reader that is slower does not put the picture
// without its text in the place of the recognised one.
func TestOneReadingOfADocument(t *testing.T) {
	for name, test := range map[string]struct {
		before, during func(b *bench, id storage.ID, reads *atomic.Int32, others *sync.WaitGroup)
	}{
		"an upload that is repeated": {before: func(b *bench, _ storage.ID, _ *atomic.Int32, _ *sync.WaitGroup) {
			for range 3 {
				if _, err := b.writer.Accept(b.t.Context(), upload("scan.pdf", scan(b.t))); err == nil {
					b.t.Error("taken in twice")
				}
			}
		}},
		"restored while OCR looks at it": {during: func(b *bench, id storage.ID, _ *atomic.Int32, _ *sync.WaitGroup) {
			_, err := b.writer.Delete(b.t.Context(), id, storage.Version{}, tester)
			if err == nil {
				_, err = b.writer.Restore(b.t.Context(), id, storage.Version{}, 1, tester)
			}
			if err != nil {
				b.t.Error(err)
			}
		}},
		"imported while OCR looks at it": {during: func(b *bench, _ storage.ID, reads *atomic.Int32, others *sync.WaitGroup) {
			others.Go(func() { b.importOne(upload("scan.pdf", scan(b.t))) })
			for range 600 {
				if reads.Load() > 1 {
					return
				}
				time.Sleep(10 * time.Millisecond)
			}
			b.t.Error("the import does not read")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			var reads atomic.Int32
			var others sync.WaitGroup
			ready := make(chan bool)
			read := func(ctx context.Context, f extract.File) (storage.Text, error) {
				if reads.Add(1) > 1 {
					<-ready
				}
				return extract.Read(ctx, f)
			}
			release := make(chan bool)
			e := &eyes{sees: seen, before: func(context.Context, int) error { <-release; return nil }}
			b.writer = indexer.NewWriter(indexer.WriterConfig{
				Library: b.library, Index: b.index, Logger: slog.New(slog.DiscardHandler), Background: true, Read: read, Head: extract.Read,
				Recognize: e.recognize, RecognizeHead: e.recognizeHead, OCRVersion: "1",
			})
			record, err := b.writer.Accept(t.Context(), upload("scan.pdf", scan(t)))
			if err != nil {
				t.Fatal(err)
			}
			if test.before != nil {
				test.before(b, record.ID, &reads, &others)
			}
			defer b.run()()
			b.becomes(record.ID, storage.ReadingNow)
			if test.during != nil {
				test.during(b, record.ID, &reads, &others)
			}
			close(release)
			b.becomes(record.ID, storage.ReadingReady)
			close(ready)
			for range 600 {
				if a := b.writer.Activity(); a.Queued+a.Pictures == 0 {
					break
				}
				time.Sleep(10 * time.Millisecond)
			}
			others.Wait()
			text, err := b.library.Text(t.Context(), record.Original.SHA256, extract.Version)
			if err != nil || len(text.Pages) != 1 || !text.Pages[0].OCR || text.Pages[0].Text != seen {
				t.Errorf("%+v, %v", text, err)
			}
			if e.looked != 1 {
				t.Errorf("OCR has looked %d times at one page", e.looked)
			}
		})
	}
}
