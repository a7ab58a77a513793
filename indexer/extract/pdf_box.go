package extract

import (
	"math"

	"github.com/ledongthuc/pdf"
)

// box is a rectangle of a page: y grows upwards.
type box struct{ left, bottom, right, top float64 }

func (b box) width() float64  { return b.right - b.left }
func (b box) height() float64 { return b.top - b.bottom }

// a4 stands for a page that does not tell its size.
var a4 = box{0, 0, 595, 842}

// pageBox is a box of the page, or of the tree above it, A4 where there is none.
func pageBox(page pdf.Value, key string) (b box) {
	err := guard(func() error {
		b = valueBox(inherited(page, key))
		return nil
	})
	if err != nil || b.width() == 0 || b.height() == 0 {
		return a4
	}
	return b
}

// inherited is an attribute of the page, or of the tree above it.
func inherited(page pdf.Value, key string) pdf.Value {
	for v, depth := page, 0; depth < maxTreeDepth && !v.IsNull(); v, depth = v.Key("Parent"), depth+1 {
		if found := v.Key(key); !found.IsNull() {
			return found
		}
	}
	return pdf.Value{}
}

// valueBox reads four numbers, the corners in any order.
func valueBox(v pdf.Value) box {
	if v.Len() != 4 {
		return box{}
	}
	x1, y1, x2, y2 := v.Index(0).Float64(), v.Index(1).Float64(), v.Index(2).Float64(), v.Index(3).Float64()
	return box{math.Min(x1, x2), math.Min(y1, y2), math.Max(x1, x2), math.Max(y1, y2)}
}

// empty is the box that holds nothing, to be widened.
func empty() box { return box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)} }

// with is b widened to hold p.
func (b box) with(p point) box {
	return box{math.Min(b.left, p.x), math.Min(b.bottom, p.y), math.Max(b.right, p.x), math.Max(b.top, p.y)}
}

// under is what holds b when m has moved it.
func (b box) under(m matrix) box {
	out := empty()
	for _, p := range []point{{b.left, b.bottom}, {b.left, b.top}, {b.right, b.bottom}, {b.right, b.top}} {
		out = out.with(m.apply(p))
	}
	return out
}
