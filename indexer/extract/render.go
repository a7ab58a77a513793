package extract

import (
	"context"
	"image"
)

// Part says how much of a page is drawn.
type Part string

// A letterhead, with its number, stamps and marks, stands in the upper part of
// a page; drawing and recognising that costs less than half.
const (
	WholePage Part = "page"
	PageHead  Part = "head" // the upper headShare of it
)

// headShare is how much of a page's height is its head.
const headShare = 0.45

// renderDPI is what OCR is given: .95–.98 of syllables at 200 dots an inch, and
// no more at 300 (measured with tesseract 5.3).
const renderDPI = 200

// Renderer draws a page of a PDF in grey, annotations and stamps included, for
// OCR. Pages are counted from 1. Errors are those of Read.
type Renderer func(ctx context.Context, f File, page int, part Part) (*image.Gray, error)
