package ocr_test

import (
	"image"
	"math"
	"math/rand/v2"
)

// What happens to a page on its way through a copier and a scanner.
var damages = map[string]func(*image.Gray) *image.Gray{
	"clean":      func(p *image.Gray) *image.Gray { return p },
	"skewed 0.5": func(p *image.Gray) *image.Gray { return skewed(p, 0.5) },
	"skewed 1.5": func(p *image.Gray) *image.Gray { return skewed(p, 1.5) },
	"skewed -3":  func(p *image.Gray) *image.Gray { return skewed(p, -3) },
	"noisy":      noisy,
	"grey":       grey,
}

// skewed turns a page by some degrees around its middle.
func skewed(p *image.Gray, degrees float64) *image.Gray {
	out := image.NewGray(p.Rect)
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	size := p.Rect.Size()
	cx, cy := float64(size.X)/2, float64(size.Y)/2
	for y := range size.Y {
		for x := range size.X {
			dx, dy := float64(x)-cx, float64(y)-cy
			out.Pix[y*out.Stride+x] = between(p, cx+dx*cos+dy*sin, cy-dx*sin+dy*cos)
		}
	}
	return out
}

// between is the grey at a place between dots, white outside.
func between(p *image.Gray, x, y float64) uint8 {
	x0, y0 := math.Floor(x), math.Floor(y)
	at := func(x, y float64) float64 {
		if !(image.Point{int(x), int(y)}).In(p.Rect) {
			return 255
		}
		return float64(p.Pix[int(y)*p.Stride+int(x)])
	}
	fx, fy := x-x0, y-y0
	top := at(x0, y0)*(1-fx) + at(x0+1, y0)*fx
	bottom := at(x0, y0+1)*(1-fx) + at(x0+1, y0+1)*fx
	return uint8(top*(1-fy) + bottom*fy)
}

// noisy is a page with the grain of a cheap scanner and dust.
func noisy(p *image.Gray) *image.Gray {
	random := rand.New(rand.NewPCG(1, 2))
	out := image.NewGray(p.Rect)
	for i, v := range p.Pix {
		grain := random.NormFloat64() * 22
		if random.IntN(3000) == 0 {
			grain -= 160
		}
		out.Pix[i] = uint8(min(255, max(0, float64(v)*0.9+15+grain)))
	}
	return out
}

// grey is a pale print on grey paper that gets darker to one side.
func grey(p *image.Gray) *image.Gray {
	out := image.NewGray(p.Rect)
	width := p.Rect.Dx()
	for i, v := range p.Pix {
		ground := 215 - 75*float64(i%p.Stride)/float64(width)
		out.Pix[i] = uint8(ground * (0.35 + 0.65*float64(v)/255))
	}
	return out
}
