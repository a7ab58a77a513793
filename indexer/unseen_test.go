package indexer_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"

	"vankien/indexer"
	"vankien/indexer/extract"
	"vankien/storage"
)

// twoAndAScan is a paper of two pages with a text layer and one that is a scan.
func twoAndAScan(context.Context, extract.File) (storage.Text, error) {
	page := storage.Page{Number: 1, Text: seen, Engine: "pdf", Score: 1, Warnings: []string{}}
	second, third := page, storage.Page{Number: 3, Warnings: []string{}}
	second.Number = 2
	return storage.Text{MediaType: "application/pdf", Pages: []storage.Page{page, second, third}}, nil
}

// only recognises pages without text, and leaves the heads of the others as they are.
func (e *eyes) only(ctx context.Context, _ extract.File, text storage.Text, _ func(int, int)) (storage.Text, error) {
	text.Pages = append([]storage.Page{}, text.Pages...)
	for i, page := range text.Pages {
		if page.Text != "" {
			continue
		}
		if e.before != nil {
			if err := e.before(ctx, i+1); err != nil {
				return text, err
			}
		}
		text.Pages[i] = storage.Page{Number: i + 1, Text: seen, Engine: "tesseract", Score: 1, OCR: true, Warnings: []string{}}
	}
	return text, ctx.Err()
}

// A head that OCR has failed on is not forgotten because another page needs OCR,
// whichever way the document takes from there: a person has to look at it.
func TestAnUnseenHeadIsNotForgotten(t *testing.T) {
	broken := &eyes{head: errors.New("hỏng")}
	start := func(b *bench, e *eyes) {
		config := indexer.WriterConfig{Library: b.library, Index: b.index, Logger: slog.New(slog.DiscardHandler), Background: true, Read: twoAndAScan}
		if e != nil {
			config.Recognize, config.RecognizeHead, config.OCRVersion = e.only, e.recognizeHead, "1"
		}
		b.writer = indexer.NewWriter(config)
	}
	bytes := []byte("%PDF-1.4 ba trang")
	accepted := func(b *bench) storage.ID {
		record, err := b.writer.Accept(b.t.Context(), upload("a.pdf", bytes))
		if err != nil {
			b.t.Fatal(err)
		}
		return record.ID
	}
	for name, take := range map[string]func(*bench) storage.ID{
		"an upload": func(b *bench) storage.ID {
			start(b, broken)
			b.running()
			return accepted(b)
		},
		"an upload that is read by the next start, where OCR fails as a whole": func(b *bench) storage.ID {
			start(b, broken)
			id := accepted(b)
			start(b, &eyes{before: func(context.Context, int) error { return errors.New("hỏng") }})
			b.repair()
			b.running()
			return id
		},
		"an import": func(b *bench) storage.ID {
			start(b, broken)
			record, outcome := b.importOne(upload("a.pdf", bytes))
			if outcome != indexer.Recognizing {
				b.t.Fatal(outcome)
			}
			if _, outcome, err := b.writer.Recognize(b.t.Context(), record.ID, upload("a.pdf", bytes), func(int, int) {}); err != nil || outcome != indexer.Doubtful {
				b.t.Errorf("%s, %v", outcome, err)
			}
			return record.ID
		},
		"an import, and a start without OCR": func(b *bench) storage.ID {
			start(b, broken)
			record, _ := b.importOne(upload("a.pdf", bytes))
			start(b, nil)
			b.repair()
			b.running()
			return record.ID
		},
		"a better reader without OCR": func(b *bench) storage.ID {
			start(b, broken)
			record, _ := b.importOne(upload("a.pdf", bytes))
			if _, _, err := b.writer.Recognize(b.t.Context(), record.ID, upload("a.pdf", bytes), func(int, int) {}); err != nil {
				b.t.Fatal(err)
			}
			b.aged(record.ID)
			start(b, nil)
			b.repair()
			b.running()
			if !b.readAgain(record.ID) {
				b.t.Error("it is not read again")
			}
			return record.ID
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			id := take(b)
			record := b.becomes(id, storage.ReadingReady)
			if record.State != storage.StateDraft || record.Reading.Reason == "" {
				t.Errorf("%s, %+v", record.State, record.Reading)
			}
			if _, err := b.writer.Submit(t.Context(), id, storage.Version{}, false, an); !errors.Is(err, indexer.ErrUnconfirmed) {
				t.Errorf("submitted unseen: %v", err)
			}
		})
	}
}

// Nobody gets around the confirmation by being faster than the OCR, or by
// publishing what was not submitted.
func TestTheConfirmationIsNotSkipped(t *testing.T) {
	b := newBench(t)
	begun, until := make(chan bool), make(chan bool)
	config := indexer.WriterConfig{Library: b.library, Index: b.index, Logger: slog.New(slog.DiscardHandler), Background: true, Read: twoAndAScan, OCRVersion: "1"}
	e := &eyes{head: errors.New("hỏng"), before: func(context.Context, int) error { close(begun); <-until; return nil }}
	config.Recognize, config.RecognizeHead = e.only, e.recognizeHead
	b.writer = indexer.NewWriter(config)
	up := upload("a.pdf", []byte("%PDF-1.4 ba trang"))
	up.By, up.Publish = an, false
	record, err := b.writer.Accept(t.Context(), up)
	if err != nil {
		t.Fatal(err)
	}
	submit := func(confirmed bool) error {
		_, err := b.writer.Submit(t.Context(), record.ID, storage.Version{}, confirmed, an)
		return err
	}
	if err := submit(true); !errors.Is(err, storage.ErrConflict) || indexer.ReasonOf(err) == "" {
		t.Errorf("submitted while it is queued: %v", err)
	}
	b.running()
	<-begun
	for _, confirmed := range []bool{false, true} {
		if err := submit(confirmed); !errors.Is(err, storage.ErrConflict) || indexer.ReasonOf(err) == "" {
			t.Errorf("submitted while it is read: %v", err)
		}
	}
	close(until)
	b.becomes(record.ID, storage.ReadingReady)
	if _, err := b.writer.Publish(t.Context(), record.ID, storage.Version{}, ba); !errors.Is(err, storage.ErrConflict) || indexer.ReasonOf(err) == "" {
		t.Errorf("published unconfirmed: %v", err)
	}
	if err := submit(true); err != nil {
		t.Errorf("confirmed: %v", err)
	}
	if after, err := b.writer.Publish(t.Context(), record.ID, storage.Version{}, ba); err != nil || after.State != storage.StatePublished {
		t.Errorf("published: %s, %v", after.State, err)
	}
}
