package extract

import (
	"context"
	"errors"
	"fmt"
	"time"

	"vankien/indexer/extract/pdfium"
	"vankien/storage"
)

const enginePDFium = "pdfium"

// secondScore is the score under which a page is read a second time. None of
// 1,700 pages of the measuring files reads better with pdfium, whatever its
// score (docs/reading.md); text with a score over that has no fault that an
// engine could have made.
const secondScore = 0.8

// What second readings of pages may take of a file's time: the first have what
// matters already.
const (
	secondLimit   = 8 * time.Second
	secondPerPage = 100 * time.Millisecond
)

// secondReader reads with pdfium what our own reader cannot, or may have read
// badly. The engine is started when it is first needed.
type secondReader struct {
	ctx      context.Context
	file     File
	limit    time.Duration // for all of it; 0 is none
	document *pdfium.Document
	failed   bool // asking again is of no use
}

func (s *secondReader) close() {
	if s.document != nil {
		s.document.Close()
	}
}

func (s *secondReader) open() (err error) {
	if s.document == nil {
		s.document, err = pdfium.Open(s.ctx, s.file, s.file.Size, s.limit)
	}
	return err
}

// improve is the better of r and what pdfium makes of the page, where that is
// worth a try; the other is kept with it.
func (s *secondReader) improve(r reading) reading {
	if s.failed || !r.doubtful() {
		return r
	}
	if err := s.open(); err != nil {
		s.failed = true
		return r
	}
	again, err := s.read(r.page.Number - 1)
	if err != nil {
		s.failed = !errors.Is(err, pdfium.ErrDamaged) // then it is the page alone
		return r
	}
	again.picture = r.picture
	if unmapped(r.page.Text) && again.page.Score < BadScore {
		return r // guesses, which must not hide that only OCR can read it
	}
	return better(r, again)
}

// doubtful tells whether another engine might read the page better.
func (r reading) doubtful() bool {
	switch {
	case errors.Is(r.failure, errContent):
		return false // a bomb is one for every engine
	case r.failure != nil:
		return true
	case r.picture:
		return false // a scan; the layer of text behind it is the same for all
	default:
		return r.page.Text == "" || r.page.Score < secondScore || unmapped(r.page.Text)
	}
}

// better is the reading with more of a text in it; the other, where it has any,
// is kept for people to compare. Our own is the better of two that are alike.
func better(own, other reading) reading {
	best, left := own, other
	if worth(other.page) > worth(own.page)*1.02 {
		best, left = other, own
	}
	if left.page.Text != "" && left.page.Text != best.page.Text {
		p := left.page
		best.page.Other = &storage.OtherReading{Text: p.Text, Engine: p.Engine, Score: p.Score, OCR: p.OCR}
	}
	return best
}

// worth is how much of a page's text is one: letters by the share of them
// that are right. A page that reads longer because its words are cut to pieces
// has the lower score.
func worth(p storage.Page) float64 {
	return p.Score * p.Score * float64(len(p.Text))
}

// read is what pdfium makes of the page with an index from 0.
func (s *secondReader) read(index int) (reading, error) {
	text, err := s.document.Text(index, maxPageText/4) // at most four bytes each
	if err != nil {
		return reading{}, err
	}
	return reading{page: newPage(index+1, enginePDFium, text)}, nil
}

// instead reads the whole file, which our own reader refused with first: with
// that error, unless pdfium can.
func (s *secondReader) instead(first error) ([]storage.Page, error) {
	if s.ctx.Err() != nil || errors.Is(first, storage.ErrTooLarge) || !errors.As(first, new(*Error)) {
		return nil, first
	}
	s.close()
	s.document, s.limit = nil, 0
	if err := s.open(); err != nil {
		if errors.Is(err, pdfium.ErrEncrypted) && !errors.Is(first, storage.ErrEncrypted) {
			return nil, refuse(storage.ErrEncrypted, reasonEncryptedPDF, err)
		}
		return nil, refuseUnlessDone(s.ctx, storage.ErrInvalid, reasonDamagedPDF, first)
	}
	count := s.document.Pages()
	if count > maxPages {
		return nil, errTooManyPages
	}
	tellPages(s.ctx, count)
	if s.file.Pages > 0 {
		count = min(count, s.file.Pages)
	}
	return s.all(count)
}

// all reads the first count pages. One that is not there must not make the file
// pass for a shorter one.
func (s *secondReader) all(count int) ([]storage.Page, error) {
	out := make([]storage.Page, 0, count)
	total := 0
	for i := range count {
		r, err := s.read(i)
		if err == nil && syllables(r.page.Text) < scanSyllables {
			var drawing pdfium.Drawing
			drawing, err = s.document.Drawing(i)
			r.picture = drawing.Images > pictureShare || drawing.Shapes > pictureStrokes
		}
		if err != nil {
			return nil, refuseUnlessDone(s.ctx, storage.ErrInvalid, reasonDamagedPDF, fmt.Errorf("page %d: %w", i+1, err))
		}
		if total += len(r.page.Text); total > maxText {
			return nil, errTextTooLarge
		}
		out = append(out, r.judged())
	}
	return out, nil
}

// pagesKey is under which a context has who wants to be told how many pages a
// file has, as soon as that is known.
type pagesKey struct{}

func tellPages(ctx context.Context, count int) {
	if tell, ok := ctx.Value(pagesKey{}).(func(int)); ok {
		tell(count)
	}
}
