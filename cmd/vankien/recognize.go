package main

import (
	"context"
	"slices"

	"vankien/indexer/extract"
	"vankien/indexer/facts"
	"vankien/storage"
)

// readPages reads a file with the pages that need OCR, or by OCR as a whole:
// then what stood in the pages is their other reading.
func (r *readers) readPages(ctx context.Context, f extract.File, all bool) (storage.Text, error) {
	text, err := r.read(ctx, f)
	if err != nil || r.ocr == nil {
		return text, err
	}
	if !all {
		return r.ocr.Complete(ctx, f, text, nil)
	}
	bare := text
	bare.Pages = make([]storage.Page, len(text.Pages))
	for i, page := range text.Pages {
		bare.Pages[i] = storage.Page{Number: page.Number, Engine: page.Engine, Warnings: []string{}}
	}
	seen, err := r.ocr.Complete(ctx, f, bare, nil)
	if err != nil {
		return text, err
	}
	for i, page := range text.Pages {
		switch recognized := &seen.Pages[i]; {
		case !recognized.OCR:
			seen.Pages[i] = page
		case page.Text != "":
			recognized.Other = &storage.OtherReading{Text: page.Text, Engine: page.Engine, Score: page.Score}
		}
	}
	return seen, nil
}

// readDescription reads what a document says of itself: all that is text, and by
// OCR the head and, where nobody has signed yet, the last pages.
func (r *readers) readDescription(ctx context.Context, f extract.File) (storage.Text, error) {
	text, err := r.read(ctx, f)
	if err != nil || r.ocr == nil || len(text.Pages) == 0 {
		return text, err
	}
	text.Pages = slices.Clone(text.Pages)
	recognize := func(i int) error {
		one := storage.Text{MediaType: text.MediaType, Pages: text.Pages[i : i+1]}
		seen, err := r.ocr.Complete(ctx, f, one, nil)
		if err == nil {
			text.Pages[i] = seen.Pages[0]
		}
		return err
	}
	return text, facts.Seek(text.Pages, recognize)
}
