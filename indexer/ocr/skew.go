package ocr

import (
	"image"
	"math"
)

// How far a page may lie from straight, in degrees: lines farther off are a
// drawing's, and what is under least costs tesseract nothing.
const (
	mostSkew   = 4.0
	leastSkew  = 0.2
	coarseSkew = 0.25
	fineSkew   = 0.05
)

const (
	cell       = 4   // dots to a side, in which ink is counted: less than the height of a letter
	skewChange = 1.1 // by how much clearer lines have to be for a page to be turned
	narrowest  = 10  // sides of a page to one another: turned, a strip would become a sheet
)

// straightened is the picture, which stands on white paper, with its lines level,
// whichever side is up: on a page that lies by 1.5° askew tesseract misses a
// quarter of the words. It is a little larger then; one that is straight stays
// as it is.
func straightened(picture *image.Gray) *image.Gray {
	if size := picture.Rect.Size(); max(size.X, size.Y) > narrowest*min(size.X, size.Y) {
		return picture
	}
	if degrees := skew(picture); degrees != 0 {
		return laid(picture, degrees)
	}
	return picture
}

// ink is a cell's place in the reduced picture, and the dots of ink in it.
type ink struct{ x, y, dots float64 }

// skew is by how many degrees the lines of a picture on white paper fall to the
// right; 0 where they hardly do, or where there are none. Lines on their side
// tell it as well.
func skew(picture *image.Gray) float64 {
	cells := inkOf(picture)
	columns, rows := picture.Rect.Dx()/cell, picture.Rect.Dy()/cell
	best, straight := steepest(cells, rows, columns)
	for i, c := range cells {
		cells[i].x, cells[i].y = c.y, float64(columns)-c.x
	}
	if side, standing := steepest(cells, columns, rows); side.contrast > best.contrast {
		best, straight = side, standing
	}
	if off := math.Abs(best.degrees); off < leastSkew || off > mostSkew || best.contrast < skewChange*straight.contrast {
		return 0
	}
	return best.degrees
}

// inkOf is what is darker than white paper, without the edges of the picture.
func inkOf(picture *image.Gray) []ink {
	size := picture.Rect.Size()
	marginX, marginY := int(edge*float64(size.X)), int(edge*float64(size.Y))
	var cells []ink
	for top := marginY; top+cell <= size.Y-marginY; top += cell {
		for left := marginX; left+cell <= size.X-marginX; left += cell {
			dots := 0
			for y := top; y < top+cell; y++ {
				for _, v := range picture.Pix[y*picture.Stride+left:][:cell] {
					if v < whitePaper-inkDepth {
						dots++
					}
				}
			}
			if dots > 0 {
				cells = append(cells, ink{float64(left) / cell, float64(top) / cell, float64(dots)})
			}
		}
	}
	return cells
}

// slope is how much rows of ink stand out from what is between them, along
// lines that fall to the right.
type slope struct{ degrees, contrast float64 }

// steepest is the slope with the most contrast, and the level one.
func steepest(cells []ink, height, width int) (best, level slope) {
	slack := int(float64(width)*math.Tan((mostSkew+1)*math.Pi/180)) + 2
	rows := make([]float64, height+2*slack)
	along := func(degrees float64) slope {
		clear(rows)
		fall := math.Tan(degrees * math.Pi / 180)
		for _, c := range cells {
			rows[int(c.y-c.x*fall+float64(slack))] += c.dots
		}
		sum := 0.0
		for i := 1; i < len(rows); i++ {
			sum += (rows[i] - rows[i-1]) * (rows[i] - rows[i-1])
		}
		return slope{degrees, sum}
	}
	level = along(0)
	best = level
	try := func(from, to, step float64) {
		for degrees := from; degrees < to+step/2; degrees += step {
			if s := along(degrees); s.contrast > best.contrast {
				best = s
			}
		}
	}
	// One step more: where rows stand out best there, they lie further off.
	try(-mostSkew-coarseSkew, mostSkew+coarseSkew, coarseSkew)
	try(best.degrees-coarseSkew, best.degrees+coarseSkew, fineSkew)
	return best, level
}
