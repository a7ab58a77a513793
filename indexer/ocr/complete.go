package ocr

import (
	"context"
	"errors"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"vankien/indexer/extract"
	"vankien/storage"
)

// mediaPDF is the one kind of file that has pages to draw.
const mediaPDF = "application/pdf"

// hopeless is how many pages have to fail, and none before not, for the others
// not to be tried.
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
// holds for it, and the same Recognizer would fail again; so does
// extract.HeadUnseen where that leaves a head unread. With an error, which
// is the context's or the machine's (storage.ErrUnavailable, extract.ErrNoOCR
// where tesseract is gone, storage.ErrNoSpace),
// the text is as far as it was completed: what has been done is not done again
// when Complete gets it back.
func (r *Recognizer) Complete(ctx context.Context, f extract.File, text storage.Text, progress func(page, pages int)) (storage.Text, error) {
	text.Pages = slices.Clone(text.Pages)
	if text.MediaType != mediaPDF {
		return text, nil
	}
	c := completion{r: r, f: f, pages: text.Pages, progress: progress}
	for i, page := range text.Pages {
		if wanted(page) {
			c.open = append(c.open, i)
		}
	}
	if err := c.run(ctx); err != nil {
		return text, err
	}
	return r.completeHead(ctx, f, text)
}

// completion is what goes on within one Complete.
type completion struct {
	r        *Recognizer
	f        extract.File
	pages    []storage.Page // each is written by one goroutine
	open     []int          // those to be recognised
	progress func(page, pages int)

	mutex  sync.Mutex
	done   int
	read   bool // one at least could be
	failed int
}

func (c *completion) run(ctx context.Context) error {
	c.tell()
	group, grouped := errgroup.WithContext(ctx)
	group.SetLimit(c.r.config.Parallel)
	for _, i := range c.open {
		group.Go(func() error { return c.complete(grouped, i) })
	}
	err := group.Wait()
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

func (c *completion) complete(ctx context.Context, i int) error {
	c.mutex.Lock()
	giveUp := !c.read && c.failed >= hopeless
	c.mutex.Unlock()
	page, read := warned(c.pages[i], warnFailed), false
	if !giveUp {
		var err error
		if page, read, err = c.r.completePage(ctx, c.f, c.pages[i]); err != nil {
			return err
		}
	}
	c.pages[i] = page
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.done++
	if c.read = c.read || read; !read {
		c.failed++
	}
	c.tell()
	return nil
}

func (c *completion) tell() {
	if c.progress != nil {
		c.progress(c.done, len(c.open))
	}
}

// completePage draws and recognises a page. Where that fails by the page's own
// fault, read is false and the page has a warning.
func (r *Recognizer) completePage(ctx context.Context, f extract.File, page storage.Page) (_ storage.Page, read bool, err error) {
	seen, inkless, err := r.look(ctx, f, page.Number, extract.WholePage)
	if warning, fault := pageFault(err); fault {
		return warned(page, warning), false, nil
	}
	if err != nil {
		return page, false, err
	}
	if page.Number <= headPages {
		page.Picture = seen.head
	}
	return extract.MarkSeen(decided(page, seen.text, inkless)), true, nil
}

// completeHead is Head, with a page's failure as the warning that it leaves.
func (r *Recognizer) completeHead(ctx context.Context, f extract.File, text storage.Text) (storage.Text, error) {
	completed, err := r.Head(ctx, f, text)
	if _, fault := pageFault(err); fault {
		return completed, nil
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
	seen, err = r.recognise(ctx, straightened(levelled(picture)), part)
	return seen, false, err
}

// pageFault tells an error that is about a page, and what to tell of it, from
// one that is about the machine or the caller.
func pageFault(err error) (warning string, fault bool) {
	var refused *extract.Error
	switch {
	case err == nil, errors.Is(err, storage.ErrUnavailable), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "", false
	case errors.Is(err, errHung):
		return warnHung, true
	case errors.Is(err, errSlow):
		return warnSlow, true
	case errors.Is(err, errLong), errors.Is(err, errCrash):
		return warnFailed, true
	case errors.As(err, &refused):
		return warnUndrawn, true
	}
	return "", false
}
