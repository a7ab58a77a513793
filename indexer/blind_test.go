package indexer_test

import (
	"context"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"

	"vankien/indexer"
	"vankien/indexer/extract"
	"vankien/storage"
)

// OCR that goes away while the server runs is no OCR: uploads are taken in, scans
// wait, and both are looked at once it is back.
func TestOCRThatGoesAway(t *testing.T) {
	b := newBench(t)
	e := &eyes{head: extract.ErrNoOCR, sees: seen, before: func(context.Context, int) error { return extract.ErrNoOCR }}
	var back atomic.Bool
	b.writer = indexer.NewWriter(indexer.WriterConfig{
		Library: b.library, Index: b.index, Logger: slog.New(slog.NewTextHandler(b.log, nil)), Background: true,
		Recognize: e.recognize, RecognizeHead: e.recognizeHead, OCRVersion: "1",
		OCRCheck: func() error {
			if !back.Load() {
				return extract.ErrNoOCR
			}
			return nil
		},
	})
	stop := b.run()
	scanned, err := b.writer.Accept(t.Context(), upload("scan.pdf", scan(t)))
	if err != nil {
		t.Fatalf("an upload while OCR is gone: %v", err)
	}
	written, err := b.writer.Accept(t.Context(), upload("nq.pdf", sample(t, "nghi-quyet-05-nq-tu-2026.pdf")))
	if err != nil {
		t.Fatal(err)
	}
	b.becomes(scanned.ID, storage.ReadingNeedsOCR)
	if got := b.becomes(written.ID, storage.ReadingReady); got.Reading.OCR != "" {
		t.Errorf("OCR is said to have looked: %+v", got.Reading)
	}
	e.mu.Lock()
	e.head, e.before = nil, nil
	e.mu.Unlock()
	back.Store(true)
	if got := b.becomes(scanned.ID, storage.ReadingReady); got.Reading.OCR != "1" {
		t.Errorf("back again: %+v", got.Reading)
	}
	b.eventually(func() bool { return b.document(written.ID).Reading.OCR == "1" })
	stop()
	if log := b.log.String(); strings.Count(log, "OCR is gone") != 1 || strings.Count(log, "OCR is back") != 1 {
		t.Errorf("logged %s", log)
	}
}
