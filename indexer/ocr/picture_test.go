package ocr

import (
	"image"
	"image/color"
	"math/rand/v2"
	"testing"
)

func filled(width, height int, ground uint8) *image.Gray {
	p := image.NewGray(image.Rect(0, 0, width, height))
	for i := range p.Pix {
		p.Pix[i] = ground
	}
	return p
}

func TestBlank(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for name, test := range map[string]struct {
		draw func(p *image.Gray)
		want bool
	}{
		"white": {func(*image.Gray) {}, true},
		"grain": {func(p *image.Gray) {
			for i := range p.Pix {
				p.Pix[i] = uint8(200 + random.NormFloat64()*12)
			}
		}, true},
		"dust": {func(p *image.Gray) {
			for range 2000 {
				p.SetGray(random.IntN(1654), random.IntN(2339), color.Gray{})
			}
		}, true},
		"darker to one side": {func(p *image.Gray) {
			for i := range p.Pix {
				p.Pix[i] = uint8(240 - 150*(i%p.Stride)/p.Stride)
			}
		}, true},
		"a scanner's black edge": {func(p *image.Gray) {
			for y := range 2339 {
				for x := range 30 {
					p.SetGray(x, y, color.Gray{})
				}
			}
		}, true},
		"a word's worth of strokes": {func(p *image.Gray) {
			for letter := range 5 {
				for y := range 30 {
					for x := range 4 {
						p.SetGray(800+12*letter+x, 1000+y, color.Gray{40})
					}
				}
			}
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			p := filled(1654, 2339, 255)
			test.draw(p)
			if got := blank(p); got != test.want {
				t.Errorf("blank: %v", got)
			}
		})
	}
	for _, size := range []image.Point{{}, {1, 1}, {3, 5000}} {
		if !blank(filled(size.X, size.Y, 255)) {
			t.Errorf("%v of white is not blank", size)
		}
	}
}

func TestTurned(t *testing.T) {
	p := image.NewGray(image.Rect(0, 0, 3, 2))
	copy(p.Pix, []uint8{1, 2, 3, 4, 5, 6})
	for degrees, want := range map[int][]uint8{
		90:  {4, 1, 5, 2, 6, 3},
		180: {6, 5, 4, 3, 2, 1},
		270: {3, 6, 2, 5, 1, 4},
	} {
		got := turned(p, degrees)
		if string(got.Pix) != string(want) {
			t.Errorf("%d°: %v, want %v", degrees, got.Pix, want)
		}
		if back := turned(got, 360-degrees); string(back.Pix) != string(p.Pix) || back.Rect != p.Rect {
			t.Errorf("%d° and back: %v", degrees, back.Pix)
		}
	}
}

// TestLevelled: paper gets white, ink stays dark, and what is white already is
// not touched.
func TestLevelled(t *testing.T) {
	p := filled(900, 700, 0)
	for i := range p.Pix {
		ground := 215 - 75*(i%900)/900
		if p.Pix[i] = uint8(ground); i%20 < 3 {
			p.Pix[i] = uint8(ground / 3)
		}
	}
	for i, v := range levelled(p).Pix {
		if ink := i%20 < 3; ink && v > 110 || !ink && v < 235 {
			t.Fatalf("dot %d,%d: %d of %d", i%900, i/900, v, p.Pix[i])
		}
	}
	for name, same := range map[string]*image.Gray{
		"white": filled(300, 300, 255), "nearly white": filled(300, 300, 240), "black": filled(300, 300, 0), "nothing": filled(0, 0, 0),
	} {
		if levelled(same) != same {
			t.Errorf("%s was changed", name)
		}
	}
}
