package ocr

import (
	"image"
)

// dpi is how finely extract draws what is recognised.
const dpi = 200

// A page is blank if hardly anything on it stands out from its ground: fewer
// dots than those of a short word (30 or so letters have 3000 at 200 dpi).
const (
	blankDots = 150
	inkDepth  = 70   // how much darker than its ground a dot of ink is
	edge      = 0.02 // of a side: what lies there is the scanner's shadow
	square    = 64   // dots: smaller than what makes paper uneven, larger than letters
)

// blank tells a page without any ink. The ground may be of any grey, even
// uneven: it is measured square by square, and single dots are dust.
func blank(picture *image.Gray) bool {
	size := picture.Rect.Size()
	marginX, marginY := int(edge*float64(size.X)), int(edge*float64(size.Y))
	dots := 0
	for top := marginY; top < size.Y-marginY; top += square {
		for left := marginX; left < size.X-marginX; left += square {
			bottom, right := min(top+square, size.Y-marginY), min(left+square, size.X-marginX)
			if dots += inkIn(picture, left, top, right, bottom); dots > blankDots {
				return false
			}
		}
	}
	return true
}

// inkIn counts the dots of a square that are much darker than the brightest
// tenth of it and have such a neighbour on their right.
func inkIn(picture *image.Gray, left, top, right, bottom int) int {
	ground := groundOf(picture, left, top, right, bottom)
	dots := 0
	for y := top; y < bottom; y++ {
		before := false
		for _, v := range picture.Pix[y*picture.Stride+left : y*picture.Stride+right] {
			dark := int(v) < ground-inkDepth
			if dark && before {
				dots++
			}
			before = dark
		}
	}
	return dots
}

// groundOf is the grey of the paper in a square: the darkest of its brightest
// tenth.
func groundOf(picture *image.Gray, left, top, right, bottom int) int {
	var levels [256]int
	for y := top; y < bottom; y++ {
		for _, v := range picture.Pix[y*picture.Stride+left : y*picture.Stride+right] {
			levels[v]++
		}
	}
	ground, brighter := 255, (right-left)*(bottom-top)/10
	for ; ground > 0 && brighter >= levels[ground]; ground-- {
		brighter -= levels[ground]
	}
	return ground
}

// turned is the picture turned clockwise by degrees: 90, 180 or 270.
func turned(picture *image.Gray, degrees int) *image.Gray {
	size := picture.Rect.Size()
	if degrees != 180 {
		size.X, size.Y = size.Y, size.X
	}
	out := image.NewGray(image.Rectangle{Max: size})
	for y := range size.Y {
		row := out.Pix[y*out.Stride : y*out.Stride+size.X]
		for x := range row {
			switch degrees {
			case 90:
				row[x] = picture.Pix[(size.X-1-x)*picture.Stride+y]
			case 180:
				row[x] = picture.Pix[(size.Y-1-y)*picture.Stride+size.X-1-x]
			default:
				row[x] = picture.Pix[x*picture.Stride+size.Y-1-y]
			}
		}
	}
	return out
}
