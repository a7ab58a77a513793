package ocr

import (
	"image"
	"math"
)

// laid is the picture with lines that fall by so many degrees made level, on
// white ground and large enough for all of it.
func laid(picture *image.Gray, degrees float64) *image.Gray {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	width, height := float64(picture.Rect.Dx()), float64(picture.Rect.Dy())
	out := image.NewGray(image.Rect(0, 0, int(math.Ceil(width*cos+height*math.Abs(sin))), int(math.Ceil(height*cos+width*math.Abs(sin)))))
	size := out.Rect.Size()
	for y := range size.Y {
		dy := float64(y) + 0.5 - float64(size.Y)/2
		dx := 0.5 - float64(size.X)/2
		row := line{
			x: toFixed(width/2 + dx*cos - dy*sin - 0.5), y: toFixed(height/2 + dx*sin + dy*cos - 0.5),
			right: toFixed(cos), down: toFixed(sin),
		}
		row.copy(out.Pix[y*out.Stride:][:size.X], picture)
	}
	return out
}

// line is where a row of a picture lies in another, in parts of a dot.
type line struct{ x, y, right, down int }

const (
	fixedBits = 16
	shareBits = 8 // of a dot, as a neighbour's share is counted
	white     = 255
)

func toFixed(v float64) int { return int(math.Round(v * (1 << fixedBits))) }

// copy fills a row with the greys between the four dots around each place.
func (l line) copy(row []uint8, from *image.Gray) {
	size := from.Rect.Size()
	const whole, share = 1 << shareBits, fixedBits - shareBits
	atX, atY := l.x, l.y
	for i := range row {
		x, y := atX>>fixedBits, atY>>fixedBits
		dx, dy := atX>>share&(whole-1), atY>>share&(whole-1)
		atX, atY = atX+l.right, atY+l.down
		var a, b, c, d int
		if x >= 0 && y >= 0 && x+1 < size.X && y+1 < size.Y {
			above, below := from.Pix[y*from.Stride+x:][:2], from.Pix[(y+1)*from.Stride+x:][:2]
			a, b, c, d = int(above[0]), int(above[1]), int(below[0]), int(below[1])
		} else {
			a, b, c, d = dot(from, x, y), dot(from, x+1, y), dot(from, x, y+1), dot(from, x+1, y+1)
		}
		above, below := a*(whole-dx)+b*dx, c*(whole-dx)+d*dx
		row[i] = uint8((above*(whole-dy) + below*dy + whole*whole/2) >> (2 * shareBits))
	}
}

// dot is the grey at a place, white outside.
func dot(p *image.Gray, x, y int) int {
	if x < 0 || y < 0 || x >= p.Rect.Dx() || y >= p.Rect.Dy() {
		return white
	}
	return int(p.Pix[y*p.Stride+x])
}
