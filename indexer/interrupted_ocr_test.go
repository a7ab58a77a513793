package indexer_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"

	"vankien/indexer"
	"vankien/indexer/extract"
	"vankien/storage"
)

// fourScans is a paper of four pages that are pictures.
func fourScans(context.Context, extract.File) (storage.Text, error) {
	text := storage.Text{MediaType: "application/pdf"}
	for i := range 4 {
		text.Pages = append(text.Pages, storage.Page{Number: i + 1, Warnings: []string{}})
	}
	return text, nil
}

// OCR of several pages that ends between two of them: no page is lost and none is
// there twice. Where the server was stopped, the pages that were read are not read
// again; where it was killed, they are.
func TestOCRThatEndsBetweenPages(t *testing.T) {
	for name, test := range map[string]struct {
		killed bool
		again  int // pages that the next start recognises
	}{"stopped": {false, 2}, "killed": {true, 4}} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			good := b.library
			crash := &crashingStore{faultyStore: faultyStore{Store: b.store}}
			start := func(e *eyes) (stop func()) {
				b.writer = indexer.NewWriter(indexer.WriterConfig{
					Library: b.library, Index: b.index, Logger: slog.New(slog.DiscardHandler), Background: true, Read: fourScans,
					Recognize: e.recognize, RecognizeHead: e.recognizeHead, OCRVersion: "1",
				})
				return b.run()
			}
			b.library = storage.NewLibrary(crash)
			atPage3 := make(chan bool)
			stop := start(&eyes{sees: seen, before: func(ctx context.Context, page int) error {
				if page < 3 {
					return nil
				}
				if test.killed {
					crash.arm(1)
				}
				close(atPage3)
				<-ctx.Done() // the start ends while this page is being read
				return ctx.Err()
			}})
			record, err := b.writer.Accept(t.Context(), upload("scan.pdf", []byte("%PDF-1.4 bốn trang")))
			if err != nil {
				t.Fatal(err)
			}
			<-atPage3
			stop()
			b.library = good
			if got := b.document(record.ID).Reading.Status; got != storage.ReadingNow {
				t.Fatalf("in the middle it is %s", got)
			}
			e := &eyes{sees: seen}
			stop = start(e)
			defer stop()
			b.repair()
			after := b.becomes(record.ID, storage.ReadingReady)
			text, err := b.library.Text(t.Context(), after.Original.SHA256, after.Reading.TextVersion())
			if err != nil || len(text.Pages) != 4 || after.Reading.Pages != 4 || e.looked != test.again {
				t.Fatalf("%d pages, %+v, %d recognised by the next start, %v", len(text.Pages), after.Reading, e.looked, err)
			}
			for i, p := range text.Pages {
				if p.Number != i+1 || p.Text != seen || !p.OCR {
					t.Errorf("page %d: %s", i+1, fmt.Sprintf("%+v", p))
				}
			}
			if keys := b.keys("texts/"); len(keys) != 1 {
				t.Errorf("texts: %q", keys)
			}
		})
	}
}
