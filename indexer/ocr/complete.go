package ocr

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"vankien/indexer/extract"
	"vankien/storage"
)

// mediaPDF is the one kind of file that has pages to draw.
const mediaPDF = "application/pdf"

// hopeless is how many pages in a row, and none before, have to fail for the
// others not to be tried.
const hopeless = 10

// Complete recognises what a reader left open: every page that only OCR can
// read, every page without text, and those whose text layer should be
// Vietnamese and is not. The better text becomes the page's own, the other
// stands in Other; Warnings say what then holds. The pages' Picture is set as
// Head does. progress, if not nil, is told how many pages of those in question
// are done, first 0 of them; its calls do not overlap.
//
// Files other than PDFs come back as they are. A page that cannot be drawn or
// recognised keeps its text and gets a warning; extract.PageNeedsOCR still
// holds for it, and the same Recognizer would fail again. With an error, which
// is the context's or wraps storage.ErrUnavailable, the text is as far as it was
// completed: what has been done is not done again when Complete gets it back.
func (r *Recognizer) Complete(ctx context.Context, f extract.File, text storage.Text, progress func(page, pages int)) (storage.Text, error) {
	text.Pages = slices.Clone(text.Pages)
	if text.MediaType != mediaPDF {
		return text, nil
	}
	var open []int
	for i, page := range text.Pages {
		if wanted(page) {
			open = append(open, i)
		}
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	progress(0, len(open))
	var (
		group, grouped = errgroup.WithContext(ctx)
		counting       sync.Mutex
		done           int
		failed         atomic.Int64 // pages, MinInt or so once one has succeeded
	)
	group.SetLimit(r.config.Parallel)
	for _, i := range open {
		group.Go(func() error {
			if failed.Load() < hopeless {
				page, err := r.completePage(grouped, f, text.Pages[i])
				if err != nil {
					return err
				}
				text.Pages[i] = page
				if extract.PageNeedsOCR(page) {
					failed.Add(1)
				} else {
					failed.Add(-1 << 30)
				}
			} else {
				text.Pages[i] = warned(text.Pages[i], warnFailed)
			}
			counting.Lock()
			defer counting.Unlock()
			done++
			progress(done, len(open))
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return text, err
	}
	return r.completeHead(ctx, f, text)
}

// completePage draws and recognises a page.
func (r *Recognizer) completePage(ctx context.Context, f extract.File, page storage.Page) (storage.Page, error) {
	seen, inkless, err := r.look(ctx, f, page.Number, extract.WholePage)
	if err != nil {
		warning, fault := pageFault(err)
		if fault {
			return warned(page, warning), nil
		}
		return page, err
	}
	if page.Number <= headPages {
		page.Picture = seen.head
	}
	return decided(page, seen.text, inkless), nil
}

// completeHead is Head, with a page's failure as a warning.
func (r *Recognizer) completeHead(ctx context.Context, f extract.File, text storage.Text) (storage.Text, error) {
	completed, err := r.Head(ctx, f, text)
	if warning, fault := pageFault(err); fault {
		text.Pages[0] = warned(text.Pages[0], warning)
		return text, nil
	}
	return completed, err
}

// look draws a page, or its head, and recognises it, when its turn comes.
// inkless tells that nothing is drawn on it.
func (r *Recognizer) look(ctx context.Context, f extract.File, page int, part extract.Part) (seen reading, inkless bool, err error) {
	select {
	case r.slots <- struct{}{}:
		defer func() { <-r.slots }()
	case <-ctx.Done():
		return reading{}, false, ctx.Err()
	}
	picture, err := r.drawing(ctx, f, page, part)
	if err != nil {
		return reading{}, false, err
	}
	if blank(picture) {
		return reading{}, true, nil
	}
	seen, err = r.recognise(ctx, picture)
	return seen, false, err
}

// pageFault tells an error that is about a page, and what to tell of it, from
// one that is about the machine or the caller.
func pageFault(err error) (warning string, fault bool) {
	var refused *extract.Error
	switch {
	case err == nil, errors.Is(err, storage.ErrUnavailable), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "", false
	case errors.Is(err, errSlow):
		return warnSlow, true
	case errors.Is(err, errLong), errors.Is(err, errCrash):
		return warnFailed, true
	case errors.As(err, &refused):
		return warnUndrawn, true
	}
	return "", false
}
