package pdfium

import (
	"fmt"
	"image"
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"
)

// MaxPixels is how large a whole page may become at most; a larger one is drawn
// at a lower resolution.
const MaxPixels = 40_000_000

// Draw draws the upper share (0 to 1) of a page, counted from 0, in grey on
// white, with its annotations, at dpi dots an inch.
func (d *Document) Draw(index int, share, dpi float64) (*image.Gray, error) {
	return ask(d, func() (*image.Gray, error) {
		size, err := d.instance.GetPageSize(&requests.GetPageSize{Page: d.page(index)})
		if err != nil {
			return nil, err
		}
		width, height, err := pixels(size.Width, size.Height, dpi)
		if err != nil {
			return nil, err
		}
		return d.draw(index, width, height, max(1, int(math.Ceil(share*float64(height)))))
	})
}

// pixels is how large a page of so many points becomes.
func pixels(width, height, dpi float64) (w, h int, err error) {
	const point = 1.0 / 72 // of an inch
	w1, h1 := width*dpi*point, height*dpi*point
	if !(w1 > 0 && h1 > 0) || math.IsInf(w1*h1, 0) {
		return 0, 0, fmt.Errorf("%w: a page of %g × %g points", ErrDamaged, width, height)
	}
	if area := w1 * h1; area > MaxPixels {
		scale := math.Sqrt(MaxPixels / area)
		w1, h1 = w1*scale, h1*scale
	}
	// A strip may be longer than all the pixels there are.
	w1 = min(max(1, w1), MaxPixels)
	return int(w1), int(max(1, min(h1, MaxPixels/w1))), nil
}

// draw draws the page so large and keeps its upper rows.
func (d *Document) draw(index, width, height, rows int) (*image.Gray, error) {
	made, err := d.instance.FPDFBitmap_CreateEx(&requests.FPDFBitmap_CreateEx{
		Width: width, Height: rows, Format: enums.FPDF_BITMAP_FORMAT_GRAY, Pointer: uint64(0), // a buffer of the engine's
	})
	if err != nil {
		return nil, err
	}
	picture, err := d.drawOn(made.Bitmap, index, width, height, rows)
	if _, closing := d.instance.FPDFBitmap_Destroy(&requests.FPDFBitmap_Destroy{Bitmap: made.Bitmap}); err == nil {
		err = closing
	}
	return picture, err
}

func (d *Document) drawOn(bitmap references.FPDF_BITMAP, index, width, height, rows int) (*image.Gray, error) {
	stride, err := d.instance.FPDFBitmap_GetStride(&requests.FPDFBitmap_GetStride{Bitmap: bitmap})
	if err != nil {
		return nil, err
	}
	if stride.Stride < width {
		return nil, fmt.Errorf("no memory for %d × %d pixels", width, rows)
	}
	if _, err := d.instance.FPDFBitmap_FillRect(&requests.FPDFBitmap_FillRect{Bitmap: bitmap, Width: width, Height: rows, Color: 0xFFFFFFFF}); err != nil {
		return nil, err
	}
	if _, err := d.instance.FPDF_RenderPageBitmap(&requests.FPDF_RenderPageBitmap{
		Bitmap: bitmap, Page: d.page(index), SizeX: width, SizeY: height,
		Flags: enums.FPDF_RENDER_FLAG_ANNOT | enums.FPDF_RENDER_FLAG_GRAYSCALE,
	}); err != nil {
		return nil, err
	}
	if err := d.drawFields(bitmap, index, width, height); err != nil {
		return nil, err
	}
	buffer, err := d.instance.FPDFBitmap_GetBuffer(&requests.FPDFBitmap_GetBuffer{Bitmap: bitmap})
	if err != nil {
		return nil, err
	}
	picture := image.NewGray(image.Rect(0, 0, width, rows))
	for y := range rows { // out of the engine's memory, which ends with the document
		copy(picture.Pix[y*picture.Stride:(y+1)*picture.Stride], buffer.Buffer[y*stride.Stride:])
	}
	return picture, nil
}

// drawFields draws the fields of forms: those of signatures, which the program
// of the office stamps with number and date. The engine takes them for a matter
// of whoever fills the form in.
func (d *Document) drawFields(bitmap references.FPDF_BITMAP, index, width, height int) error {
	if d.form == "" {
		form, err := d.instance.FPDFDOC_InitFormFillEnvironment(&requests.FPDFDOC_InitFormFillEnvironment{Document: d.document, FormFillInfo: nobody})
		if err != nil {
			return err
		}
		d.form = form.FormHandle
	}
	_, err := d.instance.FPDF_FFLDraw(&requests.FPDF_FFLDraw{
		FormHandle: d.form, Bitmap: bitmap, Page: d.page(index), SizeX: width, SizeY: height,
		Flags: enums.FPDF_RENDER_FLAG_ANNOT | enums.FPDF_RENDER_FLAG_GRAYSCALE,
	})
	return err
}

// nobody fills a form in.
var nobody = structs.FPDF_FORMFILLINFO{
	FFI_Invalidate:         func(references.FPDF_PAGE, float64, float64, float64, float64) {},
	FFI_SetCursor:          func(enums.FXCT) {},
	FFI_SetTimer:           func(int, func(int)) int { return 0 },
	FFI_KillTimer:          func(int) {},
	FFI_GetLocalTime:       func() structs.FPDF_SYSTEMTIME { return structs.FPDF_SYSTEMTIME{} },
	FFI_GetPage:            func(references.FPDF_DOCUMENT, int) *references.FPDF_PAGE { return nil },
	FFI_GetRotation:        func(references.FPDF_PAGE) enums.FPDF_PAGE_ROTATION { return enums.FPDF_PAGE_ROTATION_NONE },
	FFI_ExecuteNamedAction: func(string) {},
}
