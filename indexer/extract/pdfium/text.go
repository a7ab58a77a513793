package pdfium

import (
	"fmt"
	"strings"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// Text returns the text of a page, counted from 0, as the engine reads it, with
// "\r\n" at the ends of lines. One of more than limit characters is
// ErrDamaged.
func (d *Document) Text(index, limit int) (string, error) {
	return ask(d, func() (string, error) {
		loaded, err := d.instance.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: d.page(index)})
		if err != nil {
			return "", err
		}
		text, err := d.read(loaded.TextPage, limit)
		_, closing := d.instance.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: loaded.TextPage})
		if err == nil {
			err = closing
		}
		return text, err
	})
}

func (d *Document) read(page references.FPDF_TEXTPAGE, limit int) (string, error) {
	counted, err := d.instance.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: page})
	if err != nil {
		return "", err
	}
	switch {
	case counted.Count > limit:
		return "", fmt.Errorf("%w: a page of %d characters", ErrDamaged, counted.Count)
	case counted.Count <= 0:
		return "", nil
	}
	// Characters beyond the first plane take two of its units.
	got, err := d.instance.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: page, Count: counted.Count})
	if err != nil {
		return "", err
	}
	return hyphens.Replace(got.Text), nil
}

// hyphens are those at the ends of lines, which the engine writes so and joins
// the lines.
var hyphens = strings.NewReplacer("\x02", "-", "\uFFFE", "-", "\x00", "")
