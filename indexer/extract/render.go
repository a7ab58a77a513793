package extract

import (
	"context"
	"errors"
	"fmt"
	"image"

	"vankien/indexer/extract/pdfium"
	"vankien/storage"
)

// Part says how much of a page is drawn.
type Part string

// A letterhead, with its number, stamps and marks, stands in the upper part of
// a page; drawing and recognising that costs less than half.
const (
	WholePage Part = "page"
	PageHead  Part = "head" // the upper HeadShare of it
)

// HeadShare is how much of a page's height is its head.
const HeadShare = 0.45

// renderDPI is what OCR is given: .95–.98 of syllables at 200 dots an inch, and
// no more at 300 (measured with tesseract 5.3).
const renderDPI = 200

// Renderer draws a page of a PDF in grey, annotations and stamps included, for
// OCR. Pages are counted from 1. Errors are those of Read.
type Renderer func(ctx context.Context, f File, page int, part Part) (*image.Gray, error)

var (
	_ Renderer = Render
	_ Renderer = (*Child)(nil).Render
)

var errEmptyFile = refuse(storage.ErrInvalid, "Tệp rỗng, không có nội dung nào.", nil)

const reasonNotDrawn = "Không vẽ được trang này của tệp; hãy mở tệp, in lại thành PDF mới rồi tải lên."

// Render is the Renderer of this process: 200 dots an inch, fewer where the page
// would have more than pdfium.MaxPixels. Whatever is no PDF is ErrUnsupported, a
// page that the file does not have ErrInvalid. Like Read it may be held up by a
// hostile file: use Child.Render for strangers' ones.
func Render(ctx context.Context, f File, page int, part Part) (*image.Gray, error) {
	if f.Size == 0 {
		return nil, errEmptyFile
	}
	source := &wholeReader{r: f.ReaderAt, size: f.Size}
	f.ReaderAt = source
	picture, err := render(ctx, f, page, part)
	if source.failure != nil {
		return nil, fmt.Errorf("reading %s: %w", f.Name, source.failure)
	}
	return picture, err
}

func render(ctx context.Context, f File, page int, part Part) (*image.Gray, error) {
	media, err := detect(f)
	if err != nil {
		return nil, err
	}
	if media != mediaPDF {
		return nil, unsupported(media)
	}
	document, err := pdfium.Open(ctx, f, f.Size, 0)
	if err != nil {
		return nil, notDrawn(ctx, err)
	}
	defer document.Close()
	if page < 1 || page > document.Pages() {
		return nil, refuse(storage.ErrInvalid, fmt.Sprintf("Tệp không có trang %d.", page), nil)
	}
	share := 1.0
	if part == PageHead {
		share = HeadShare
	}
	picture, err := document.Draw(page-1, share, renderDPI)
	if err != nil {
		return nil, notDrawn(ctx, err)
	}
	return picture, nil
}

func notDrawn(ctx context.Context, err error) error {
	if errors.Is(err, pdfium.ErrEncrypted) {
		return refuse(storage.ErrEncrypted, reasonEncryptedPDF, err)
	}
	return refuseUnlessDone(ctx, storage.ErrInvalid, reasonNotDrawn, err)
}

// Drawn tells whether something besides readable text is drawn in the head of a
// page, counted from 1, so that recognising it may find more than Read did: an
// image, letters drawn as curves, a stamp. It looks at the page's operators and
// draws nothing, which costs what reading that page costs. It is true where
// that cannot be told, and false for whatever is no PDF. Errors are those of
// Read.
func Drawn(ctx context.Context, f File, page int) (bool, error) {
	if f.Size == 0 {
		return false, errEmptyFile
	}
	source := &wholeReader{r: f.ReaderAt, size: f.Size}
	f.ReaderAt = source
	drawn, err := headDrawn(ctx, f, page)
	if source.failure != nil {
		return false, fmt.Errorf("reading %s: %w", f.Name, source.failure)
	}
	return drawn, err
}

func headDrawn(ctx context.Context, f File, page int) (bool, error) {
	if media, err := detect(f); err != nil || media != mediaPDF {
		return false, err
	}
	pages, err := openPDF(ctx, f)
	switch {
	case ctx.Err() != nil || errors.Is(err, storage.ErrTooLarge):
		return false, err
	case err != nil:
		return true, nil // it may be one that only pdfium opens
	case page < 1 || page > len(pages):
		return false, refuse(storage.ErrInvalid, fmt.Sprintf("Tệp không có trang %d.", page), nil)
	}
	fonts, k := &fontCache{}, newInk(pages[page-1])
	readNotes(ctx, pages[page-1], fonts, k)
	_, _, err = runPDFPage(ctx, pages[page-1], fonts, k, nil)
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	return err != nil || k.any(), nil
}
