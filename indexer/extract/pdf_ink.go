package extract

import (
	"math"

	"github.com/ledongthuc/pdf"
)

// How much of what is no text may stand in the head of a page that is not worth
// recognising: rules, frames, bullets, a crest of a few strokes.
const (
	inkThin     = 4.0 // points: an image so thin is a rule
	inkSmall    = 100 // square points
	inkCurves   = 40  // a letter drawn as curves has ten
	inkSegments = 200 // of lines that are no rectangles
	inkUnknown  = 3   // letters whose font does not tell what they are
)

// ink is what is drawn besides text in the head of a page. A nil one takes no
// notice of anything.
type ink struct {
	region box // on the page

	images, hidden            int
	curves, segments, unknown int

	path struct {
		box              box
		curves, segments int
	}
}

// newInk is for the upper part of the page as pdfium draws it, for all of a page
// that is turned.
func newInk(page pdf.Value) *ink {
	region := pageBox(page, "MediaBox")
	_ = guard(func() error { // without it, the whole page is drawn
		if crop := valueBox(inherited(page, "CropBox")); crop.width() > 0 && crop.height() > 0 {
			region = crop
		}
		if inherited(page, "Rotate").Int64()%360 == 0 {
			region.bottom = region.top - HeadShare*region.height()
		}
		return nil
	})
	k := &ink{region: region}
	k.begin()
	return k
}

// any tells whether it is worth a look.
func (k *ink) any() bool {
	return k.images > 0 || k.hidden > 0 || k.curves >= inkCurves || k.segments >= inkSegments || k.unknown >= inkUnknown
}

func (k *ink) touches(b box) bool {
	return b.right >= k.region.left && b.left <= k.region.right && b.top >= k.region.bottom && b.bottom <= k.region.top
}

// image takes notice of one, which fills the unit square of m.
func (k *ink) image(m matrix) {
	if k == nil {
		return
	}
	w, h := math.Hypot(m[0], m[1]), math.Hypot(m[2], m[3])
	if math.Min(w, h) >= inkThin && w*h >= inkSmall && k.touches(box{0, 0, 1, 1}.under(m)) {
		k.images++
	}
}

// glyph takes notice of a letter that is not known.
func (k *ink) glyph(text string, at spot) {
	if k != nil && text == replacementRune && k.touches(empty().with(at.start)) {
		k.unknown++
	}
}

// unseen takes notice of an annotation that has no appearance: pdfium makes one
// for it.
func (k *ink) unseen(annotation pdf.Value) {
	if k == nil {
		return
	}
	switch annotation.Key("Subtype").Name() {
	case "FreeText", "Stamp", "Ink", "Widget":
		if b := valueBox(annotation.Key("Rect")); b.width() > inkThin && b.height() > inkThin && k.touches(b) {
			k.hidden++
		}
	}
}

// draw follows the operators that make and paint paths.
func (k *ink) draw(op pdfOperator, operands []any, m matrix) {
	switch op {
	case "m":
		k.reach(operands, 1, m)
	case "l":
		k.reach(operands, 1, m)
		k.path.segments++
	case "c":
		k.reach(operands, 3, m)
		k.path.curves++
	case "v", "y":
		k.reach(operands, 2, m)
		k.path.curves++
	case "f", "F", "f*", "S", "s", "B", "B*", "b", "b*":
		if p := k.path; p.curves+p.segments > 0 && k.touches(p.box) {
			k.curves += p.curves
			if p.segments > 4 { // up to four are a rule or a frame
				k.segments += p.segments
			}
		}
		k.begin()
	case "n":
		k.begin()
	}
}

func (k *ink) begin() {
	k.path.box, k.path.curves, k.path.segments = empty(), 0, 0
}

// reach widens the path's box by so many points.
func (k *ink) reach(operands []any, points int, m matrix) {
	for i := range points {
		k.path.box = k.path.box.with(m.apply(point{at(operands, 2*i), at(operands, 2*i+1)}))
	}
}
