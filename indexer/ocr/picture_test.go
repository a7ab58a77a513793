package ocr

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"slices"
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

// lined is a page of lines of something like words that fall by so many degrees.
func lined(degrees float64) *image.Gray {
	p, random := filled(1000, 1400, 255), rand.New(rand.NewPCG(1, 2))
	fall := math.Tan(degrees * math.Pi / 180)
	for line := 200; line < 1200; line += 60 {
		for x := 100; x < 900; x++ {
			if random.IntN(40) == 0 {
				x += 12 // between words
			}
			if random.IntN(3) > 0 {
				continue
			}
			for y := range 25 {
				p.SetGray(x, line+y+int(math.Round(float64(x)*fall)), color.Gray{20})
			}
		}
	}
	return p
}

// TestSkew: how far a page lies from straight, whichever side is up, and pages
// of which that cannot be told.
func TestSkew(t *testing.T) {
	for _, degrees := range []float64{-3, 0, 1.5} {
		p := lined(degrees)
		for _, side := range []*image.Gray{p, turned(p, 90)} {
			if got := skew(side); math.Abs(got-degrees) > 0.15 {
				t.Errorf("%g°: measured %g°", degrees, got)
			}
		}
		straight := straightened(p)
		if left := skew(straight); left != 0 {
			t.Errorf("%g°: %g° are left", degrees, left)
		}
		if unchanged := straight == p; unchanged != (degrees == 0) {
			t.Errorf("%g°: unchanged %v", degrees, unchanged)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	speckled := filled(1000, 1400, 255)
	for range 50000 {
		speckled.SetGray(random.IntN(1000), random.IntN(1400), color.Gray{})
	}
	for name, p := range map[string]*image.Gray{
		"specks": speckled, "white": filled(800, 800, 255), "black": filled(500, 500, 0), "under the limit": lined(0.1),
		"nothing": filled(0, 0, 0), "a dot": filled(1, 1, 0), "a strip": filled(3, 5000, 0), "part of another": lined(0).SubImage(image.Rect(0, 0, 800, 900)).(*image.Gray),
	} {
		if got := straightened(p); got != p {
			t.Errorf("%s was turned by %g°", name, skew(p))
		}
	}
}

// TestLaid: nothing is cut off, and greys stay what they are.
func TestLaid(t *testing.T) {
	p := filled(400, 300, 255)
	inked := 0
	for _, corner := range []image.Point{{}, {390, 0}, {0, 290}, {390, 290}, {195, 145}} {
		for i := range 100 {
			p.SetGray(corner.X+i%10, corner.Y+i/10, color.Gray{55})
			inked += 200
		}
	}
	for _, degrees := range []float64{-4, -0.3, 0, 2} {
		left := 0
		for _, v := range laid(p, degrees).Pix {
			left += 255 - int(v)
		}
		if math.Abs(float64(left-inked)) > 0.02*float64(inked) {
			t.Errorf("%g°: ink %d of %d", degrees, left, inked)
		}
	}
	if got := laid(p, 0); !slices.Equal(got.Pix, p.Pix) {
		t.Error("a picture that is level was changed")
	}
}
