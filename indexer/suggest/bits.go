package suggest

import "math/bits"

// bitmap is a set of items.
type bitmap []uint64

func newBitmap(items int) bitmap { return make(bitmap, (items+63)/64) }

func (b bitmap) set(item int32) { b[item>>6] |= 1 << (item & 63) }

func (b bitmap) has(item int32) bool { return b[item>>6]>>(item&63)&1 == 1 }

func (b bitmap) or(other bitmap) {
	for i, w := range other {
		b[i] |= w
	}
}

func (b bitmap) and(other bitmap) {
	for i, w := range other {
		b[i] &= w
	}
}

func (b bitmap) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// each yields the items of a word of the bitmap, ascending.
func each(word uint64, at int, yield func(item int32) bool) bool {
	for ; word != 0; word &= word - 1 {
		if !yield(int32(at<<6 + bits.TrailingZeros64(word))) {
			return false
		}
	}
	return true
}

// within tells how much of b lies in other: all of it, none, or neither.
func (b bitmap) within(other bitmap) (all, none bool) {
	all, none = true, true
	for i, w := range b {
		all = all && w&^other[i] == 0
		none = none && w&other[i] == 0
		if !all && !none {
			break
		}
	}
	return all, none
}

// counter counts, for every item of a set, the bitmaps that hold it: plane p
// has the items whose count, less what all have, has bit p.
type counter struct {
	planes [6]bitmap
	used   int // planes in use
	most   int // bitmaps in the planes
	all    int // bitmaps that hold the whole set
}

// add counts one bitmap more for the items of set; 63 at the most. Most
// bitmaps hold all of the set or nothing of it: that costs next to nothing.
func (c *counter) add(set, b bitmap) {
	switch all, none := set.within(b); {
	case none:
		return
	case all:
		c.all++
		return
	}
	if c.most++; c.most >= 1<<c.used {
		clear(c.planes[c.used])
		c.used++
	}
	for i, carry := range b {
		for p := 0; carry != 0; p++ {
			plane := c.planes[p]
			plane[i], carry = plane[i]^carry, plane[i]&carry
		}
	}
}

// with is word i of the items of b that were counted n times beside the all.
func (c *counter) with(n int, b bitmap, i int) uint64 {
	word := b[i]
	for p := range c.used {
		if n>>p&1 == 1 {
			word &= c.planes[p][i]
		} else {
			word &^= c.planes[p][i]
		}
	}
	return word
}
