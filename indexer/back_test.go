package indexer_test

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"vankien/indexer"
	"vankien/indexer/extract"
	"vankien/storage"
)

// whenGone is a log that holds up whoever finds out that OCR is gone until it is
// back.
type whenGone struct {
	slog.Handler
	repair func()
	back   chan bool
}

func (h *whenGone) Enabled(context.Context, slog.Level) bool { return true }

func (h *whenGone) Handle(_ context.Context, r slog.Record) error {
	switch r.Message {
	case "OCR is back":
		close(h.back)
	case "OCR is gone: scans wait until it is back":
		h.repair()
		select {
		case <-h.back:
		case <-time.After(10 * time.Second):
		}
	}
	return nil
}

// Of no document it is said that OCR has looked at it because it came back while
// the document was read.
func TestOCRThatComesBackMeanwhile(t *testing.T) {
	for name, read := range map[string]func(b *bench, id storage.ID, up indexer.Upload){
		"read again": func(b *bench, id storage.ID, _ indexer.Upload) { b.repair() },
		"imported": func(b *bench, _ storage.ID, up indexer.Upload) {
			b.importOne(up)
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			up := upload(resolutionPDF, sample(t, resolutionPDF))
			id := storage.ID("")
			if name == "read again" {
				record, _ := b.importOne(up)
				id = b.aged(record.ID).ID
			}
			e := &eyes{head: extract.ErrNoOCR, sees: seen}
			var back atomic.Bool
			log := &whenGone{Handler: slog.DiscardHandler, back: make(chan bool), repair: func() {
				e.mu.Lock()
				e.head = nil
				e.mu.Unlock()
				back.Store(true)
			}}
			b.writer = indexer.NewWriter(indexer.WriterConfig{
				Library: b.library, Index: b.index, Logger: slog.New(log), Background: true,
				Recognize: e.recognize, RecognizeHead: e.recognizeHead, OCRVersion: "1",
				OCRCheck: func() error {
					if !back.Load() {
						return extract.ErrNoOCR
					}
					return nil
				},
			})
			defer b.run()()
			read(b, id, up)
			b.eventually(func() bool {
				for record, err := range b.library.Documents(t.Context()) {
					return err == nil && record.Reading.OCR == "1"
				}
				return false
			})
			e.mu.Lock()
			defer e.mu.Unlock()
			if e.heads == 0 {
				t.Error("OCR is said to have looked, and has not")
			}
		})
	}
}
