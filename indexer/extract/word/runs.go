package word

import "sort"

// pageSize is the size of a page of runs.
const pageSize = 512

// runTable finds the properties of the text at a byte of the main stream: an
// index (a PLC of page numbers) leads to pages of runs (MS-DOC 2.9.33, 2.9.175).
type runTable struct {
	main       block
	index      block
	paragraphs bool
	last       run
}

// run is a stretch of bytes whose text has the same properties.
type run struct {
	from, to int
	props    block // for paragraphs, the number of the style in front
}

// at returns the run of the byte. Where there is none, it has one byte and no properties.
func (t *runTable) at(fc int) run {
	if fc >= t.last.from && fc < t.last.to {
		return t.last
	}
	t.last = t.find(fc)
	return t.last
}

func (t *runTable) find(fc int) run {
	none := run{from: fc, to: fc + 1}
	index := newPLC(t.index, 4)
	i := sort.Search(index.n, func(i int) bool { return index.at(i+1) > fc })
	if i == index.n || index.at(i) > fc {
		return none
	}
	page := t.main.part(index.data(i).u32(0)&0x3FFFFF*pageSize, pageSize)
	n := page.u8(pageSize - 1)
	j := sort.Search(n, func(j int) bool { return page.u32(4*(j+1)) > fc })
	if j == n || page.u32(4*j) > fc {
		return none
	}
	found := run{from: page.u32(4 * j), to: page.u32(4 * (j + 1))}
	names := 4 * (n + 1)
	if !t.paragraphs {
		if at := 2 * page.u8(names+j); at != 0 {
			found.props = page.part(at+1, page.u8(at))
		}
		return found
	}
	const nameSize = 13
	if at := 2 * page.u8(names+nameSize*j); at != 0 {
		if half := page.u8(at); half != 0 {
			found.props = page.part(at+1, 2*half-1)
		} else {
			found.props = page.part(at+2, 2*page.u8(at+1))
		}
	}
	return found
}

// character returns the properties of the character at a position and how many
// positions from there on have them.
func (d *document) character(cp int) (character, int) {
	fc, p := d.place(cp)
	r := d.chars.at(fc)
	var c character
	c.apply(r.props)
	c.apply(p.props)
	length := r.to - fc
	if p.wide {
		length /= 2
	}
	return c, max(min(length, p.end-cp), 1)
}

// paragraph returns the properties of the paragraph that ends at a position.
func (d *document) paragraph(cp int) paragraph {
	fc, piece := d.place(cp)
	r := d.pars.at(fc)
	p := d.style(r.props.u16(0))
	if len(r.props) > 2 {
		own := r.props[2:]
		p.apply(own)
	}
	p.apply(piece.props)
	if p.inTable && p.depth <= 0 {
		p.depth = 1
	}
	if !p.inTable {
		p.depth = 0
	}
	return p
}
