package extract

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

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

// readPDF reads a PDF page by page. Also for the first few, all pages are looked
// up: whether the file has to be repaired, and so what its pages are, must not
// depend on how many of them are asked for.
func readPDF(ctx context.Context, f File) ([]storage.Page, error) {
	pages, err := openPDF(ctx, f)
	if err != nil {
		return nil, err
	}
	all := len(pages)
	if f.Pages > 0 {
		pages = pages[:min(f.Pages, all)]
	}
	var (
		fonts  = &fontCache{}
		out    = make([]storage.Page, 0, len(pages))
		failed int
		last   error
		total  int
	)
	for i, page := range pages {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		text, picture, err := readPDFPage(ctx, page, fonts)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if total += len(text); total > maxText || len(text) > maxPageText {
			return nil, errTextTooLarge
		}
		p := newPage(i+1, enginePDF, text)
		switch {
		case err != nil:
			failed, last = failed+1, err
			p.Warnings = append(p.Warnings, warnDamagedPage)
		case unmapped(p.Text):
			p.Warnings = append(p.Warnings, warnUnmapped)
		case picture && syllables(p.Text) < scanSyllables:
			p.Warnings = append(p.Warnings, warnPicture)
		case picture && p.Score < badScore:
			p.Warnings = append(p.Warnings, warnBadLayer)
		}
		out = append(out, p)
	}
	if failed == all {
		return nil, refuse(storage.ErrInvalid, reasonDamagedPDF, last)
	}
	return out, nil
}

// readPDFPage returns the page's text and whether the page is drawn as a
// picture. With an error, the text is what was read before it.
func readPDFPage(ctx context.Context, page pdf.Value, fonts *fontCache) (text string, picture bool, err error) {
	var c *content
	err = guard(func() error {
		p := pdf.Page{V: page}
		c = newContent(fonts, &budget{ctx: ctx, left: maxContentBytes}, p.Resources())
		return c.run(contentReader(page.Key("Contents")))
	})
	if c == nil {
		return "", false, err
	}
	area := pageArea(page)
	picture = c.images > pictureShare*area || c.paths > pictureStrokes
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

// pageArea is the area of the page's MediaBox, of A4 where it has none.
func pageArea(page pdf.Value) float64 {
	const a4 = 595 * 842
	area := 0.0
	err := guard(func() error {
		for v, depth := page, 0; depth < maxTreeDepth && !v.IsNull(); v, depth = v.Key("Parent"), depth+1 {
			if box := v.Key("MediaBox"); box.Len() == 4 {
				w := box.Index(2).Float64() - box.Index(0).Float64()
				h := box.Index(3).Float64() - box.Index(1).Float64()
				area = math.Abs(w * h)
				return nil
			}
		}
		return nil
	})
	if err != nil || area == 0 {
		return a4
	}
	return area
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
			return refuse(storage.ErrTooLarge, fmt.Sprintf("Tệp PDF có hơn %d trang; hãy tách thành nhiều tệp.", maxPages), nil)
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
