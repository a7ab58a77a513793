package extract

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/ledongthuc/pdf"

	"vankien/storage"
)

const enginePDF = "ledongthuc"

// pictureShare is how much of a page images must cover, and pictureStrokes how
// many shapes it must draw, to count as a picture of a page where it has
// hardly any text.
const (
	pictureShare   = 0.4
	pictureStrokes = 300
)

// readPDF reads a PDF page by page: with our own reader, which is the faster and
// keeps to the order in which people wrote, and with pdfium what that one
// cannot. Also for the first few, all pages are looked up: whether the file has
// to be repaired, and so what its pages are, must not depend on how many of
// them are asked for.
func readPDF(ctx context.Context, f File) ([]storage.Page, error) {
	second := &secondReader{ctx: ctx, file: f}
	defer second.close()
	pages, err := openPDF(ctx, f)
	if err != nil {
		return second.instead(err)
	}
	tellPages(ctx, len(pages))
	second.limit = secondLimit + time.Duration(len(pages))*secondPerPage
	all := len(pages)
	if f.Pages > 0 {
		pages = pages[:min(f.Pages, all)]
	}
	r := pdfReader{fonts: &fontCache{}, second: second}
	for i, page := range pages {
		if err := r.read(ctx, i, page); err != nil {
			return nil, err
		}
	}
	switch {
	case r.failed < all:
	case errors.Is(r.last, errContent):
		return nil, refuse(storage.ErrTooLarge, reasonTextTooLarge, r.last)
	default:
		return second.instead(refuse(storage.ErrInvalid, reasonDamagedPDF, r.last))
	}
	return r.out, nil
}

// pdfReader collects the pages of a file.
type pdfReader struct {
	fonts  *fontCache
	second *secondReader
	out    []storage.Page
	failed int // pages that no reader could read
	last   error
	total  int
}

// read reads the page with an index from 0.
func (r *pdfReader) read(ctx context.Context, i int, page pdf.Value) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	text, picture, failure := readPDFPage(ctx, page, r.fonts)
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(text) > maxPageText {
		return errTextTooLarge
	}
	p := r.second.improve(reading{newPage(i+1, enginePDF, text), picture, failure})
	if r.total += len(p.page.Text); r.total > maxText {
		return errTextTooLarge
	}
	if p.failure != nil {
		r.failed, r.last = r.failed+1, p.failure
	}
	r.out = append(r.out, p.judged())
	return nil
}

// reading is what one engine made of a page.
type reading struct {
	page    storage.Page
	picture bool  // the page is drawn as a picture
	failure error // what ended the reading early
}

// judged is the page with what there is to say about it.
func (r reading) judged() storage.Page {
	p := r.page
	switch {
	case r.failure != nil:
		p.Warnings = append(p.Warnings, warnDamagedPage)
	case unmapped(p.Text):
		p.Warnings = append(p.Warnings, warnUnmapped)
	case r.picture && syllables(p.Text) < scanSyllables:
		p.Warnings = append(p.Warnings, warnPicture)
	case r.picture && p.Score < BadScore:
		p.Warnings = append(p.Warnings, warnBadLayer)
	}
	return p
}

// readPDFPage returns the page's text, that of its annotations included, and
// whether the page is drawn as a picture. With an error, the text is what was
// read before it.
func readPDFPage(ctx context.Context, page pdf.Value, fonts *fontCache) (text string, picture bool, err error) {
	return runPDFPage(ctx, page, fonts, nil, readNotes(ctx, page, fonts, nil))
}

// runPDFPage runs the page's own content.
func runPDFPage(ctx context.Context, page pdf.Value, fonts *fontCache, ink *ink, notes []note) (text string, picture bool, err error) {
	var c *content
	err = guard(func() error {
		p := pdf.Page{V: page}
		c = newContent(fonts, &budget{ctx: ctx, left: maxContentBytes}, p.Resources())
		c.lines.notes, c.ink = notes, ink
		return c.run(contentReader(page.Key("Contents")))
	})
	if c == nil {
		return "", false, err
	}
	box := pageBox(page, "MediaBox")
	picture = c.images > pictureShare*box.width()*box.height() || c.paths > pictureStrokes
	return c.lines.page(), picture, err
}

// contentReader reads the streams of a page one after the other, a line end
// between them: they are one program.
func contentReader(contents pdf.Value) io.Reader {
	switch contents.Kind() {
	case pdf.Array:
		return &contentParts{array: contents}
	case pdf.Stream:
		return contents.Reader()
	}
	return strings.NewReader("")
}

// contentParts opens each stream of an array when its turn comes: an open one
// holds a decompressor, and an array may name the same stream a million times.
type contentParts struct {
	array pdf.Value
	next  int
	open  io.Reader
}

func (p *contentParts) Read(b []byte) (int, error) {
	for {
		if p.open != nil {
			n, err := p.open.Read(b)
			if err == io.EOF {
				p.open, err = nil, nil
			}
			if n > 0 || err != nil {
				return n, err
			}
			continue
		}
		if p.next >= p.array.Len() {
			return 0, io.EOF
		}
		if part := p.array.Index(p.next); part.Kind() == pdf.Stream {
			p.open = io.MultiReader(part.Reader(), strings.NewReader("\n"))
		}
		p.next++
	}
}

const (
	maxPages     = 5000
	maxTreeDepth = 64
	maxTreeNodes = 4 * maxPages
)

// openPDF returns the page dictionaries in order.
func openPDF(ctx context.Context, f File) ([]pdf.Value, error) {
	source, err := newPDFSource(ctx, f)
	if err != nil {
		return nil, refuse(storage.ErrInvalid, reasonDamagedPDF, err)
	}
	pages, err := pdfPages(source)
	if err == nil || ctx.Err() != nil || !errors.Is(err, storage.ErrInvalid) {
		return pages, errors.Join(ctx.Err(), err)
	}
	if repaired := repairPDF(source); repaired == nil {
		if pages, again := pdfPages(source); again == nil {
			return pages, nil
		} else if errors.Is(again, storage.ErrEncrypted) {
			return nil, again
		}
	}
	return nil, errors.Join(ctx.Err(), err)
}

// pdfPages opens the file and walks its page tree. Every page must be there: a
// file that has lost some must not pass for a shorter one.
func pdfPages(source *pdfSource) (pages []pdf.Value, err error) {
	err = guard(func() error {
		reader, err := pdf.NewReader(source, source.length())
		if err != nil {
			return err
		}
		if err := readableEncryption(reader.Trailer()); err != nil {
			return err
		}
		tree := pageTree{}
		if err := tree.walk(reader.Trailer().Key("Root").Key("Pages"), 0); err != nil {
			return err
		}
		pages = tree.pages
		return nil
	})
	switch {
	case err == nil && len(pages) == 0:
		return nil, refuse(storage.ErrInvalid, reasonDamagedPDF, errors.New("no pages"))
	case err == nil || errors.As(err, new(*Error)):
		return pages, err
	case encryptionError(err):
		return nil, refuse(storage.ErrEncrypted, reasonEncryptedPDF, err)
	}
	return nil, refuse(storage.ErrInvalid, reasonDamagedPDF, err)
}

var errTooManyPages = refuse(storage.ErrTooLarge, fmt.Sprintf("Tệp PDF có hơn %d trang; hãy tách thành nhiều tệp.", maxPages), nil)

type pageTree struct {
	pages []pdf.Value
	nodes int
}

func (t *pageTree) walk(node pdf.Value, depth int) error {
	t.nodes++
	switch {
	case node.Kind() != pdf.Dict:
		return errors.New("a page is missing")
	case depth > maxTreeDepth || t.nodes > maxTreeNodes:
		return errors.New("endless page tree")
	case node.Key("Kids").Kind() != pdf.Array:
		if t.pages = append(t.pages, node); len(t.pages) > maxPages {
			return errTooManyPages
		}
		return nil
	}
	kids := node.Key("Kids")
	for i := range kids.Len() {
		if err := t.walk(kids.Index(i), depth+1); err != nil {
			return err
		}
	}
	return nil
}
