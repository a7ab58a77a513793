package extract

import (
	"context"
	"fmt"
	"io"

	"github.com/ledongthuc/pdf"
)

const (
	maxContentBytes = 64 << 20 // decoded content of one page
	maxFonts        = 512      // kept at a time
)

// budget bounds what one page may decode and ends it with the context: a few
// kilobytes of Flate can stand for gigabytes.
type budget struct {
	ctx  context.Context
	left int64
}

func (b *budget) reader(r io.Reader) io.Reader { return budgetReader{b, r} }

type budgetReader struct {
	*budget
	r io.Reader
}

func (b budgetReader) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	if b.left <= 0 {
		return 0, errContent
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	return n, err
}

// fontCache keeps the fonts of a file: the same few serve all its pages, and
// reading one costs more than reading a page. A font is known by its
// dictionary as written, whose references name its parts: resource names mean
// a different font on each page.
type fontCache struct{ fonts map[string]*font }

// get returns the font, nil where there is none or it cannot be read.
func (c *fontCache) get(resources pdf.Value, name string) (f *font) {
	v := resources.Key("Font").Key(name)
	if v.Kind() != pdf.Dict {
		return nil
	}
	key := v.String()
	if f, ok := c.fonts[key]; ok {
		return f
	}
	if c.fonts == nil || len(c.fonts) >= maxFonts {
		c.fonts = map[string]*font{}
	}
	if err := guard(func() error { f = newFont(v); return nil }); err != nil {
		f = nil
	}
	c.fonts[key] = f
	return f
}

// guard calls f and makes an error of a panic: the library panics on damaged
// input.
func guard(f func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			if wrapped, ok := cause.(error); ok {
				err = fmt.Errorf("reading PDF: %w", wrapped)
				return
			}
			err = fmt.Errorf("reading PDF: %v", cause)
		}
	}()
	return f()
}
