package pdfium

import (
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"
)

// maxObjects is how many objects of a page Drawing looks at.
const maxObjects = 10_000

// Drawing is what a page draws besides text.
type Drawing struct {
	Images float64 // the share of the page that images cover, more than 1 where they lie on each other
	Shapes int
}

// Drawing looks at a page, counted from 0. A form, whatever is in it, counts as
// an image.
func (d *Document) Drawing(index int) (Drawing, error) {
	return ask(d, func() (found Drawing, err error) {
		size, err := d.instance.GetPageSize(&requests.GetPageSize{Page: d.page(index)})
		if err != nil {
			return found, err
		}
		counted, err := d.instance.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: d.page(index)})
		if err != nil {
			return found, err
		}
		area := 0.0
		for i := range min(counted.Count, maxObjects) {
			covers, shape, err := d.object(index, i)
			if err != nil {
				return found, err
			}
			area += covers
			if shape {
				found.Shapes++
			}
		}
		found.Images = area / math.Max(1, size.Width*size.Height)
		return found, nil
	})
}

// object is the area of one, where it is an image, in square points.
func (d *Document) object(page, i int) (area float64, shape bool, err error) {
	found, err := d.instance.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: d.page(page), Index: i})
	if err != nil {
		return 0, false, err
	}
	kind, err := d.instance.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: found.PageObject})
	if err != nil {
		return 0, false, err
	}
	switch kind.Type {
	case enums.FPDF_PAGEOBJ_PATH:
		return 0, true, nil
	case enums.FPDF_PAGEOBJ_IMAGE, enums.FPDF_PAGEOBJ_FORM:
	default:
		return 0, false, nil
	}
	box, err := d.instance.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: found.PageObject})
	if err != nil {
		return 0, false, nil // an object without an extent covers nothing
	}
	return math.Abs(float64(box.Right-box.Left) * float64(box.Top-box.Bottom)), false, nil
}
