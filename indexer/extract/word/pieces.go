package word

import (
	"fmt"
	"sort"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// piece is a stretch of text that lies in one place of the main stream, a byte
// or two a character. A file saved fast has many, in any order.
type piece struct {
	span
	at    int // byte of the first character
	wide  bool
	props block // changes of properties that the pieces carry, not the text
}

const compressed = 1 << 30 // in the offset of a piece: a byte each, offset doubled

// readPieces reads the piece table (MS-DOC 2.9.38) and all characters.
func (d *document) readPieces() error {
	clx := d.entry(tablePieces)
	var changes []block
	at := 0
	for clx.u8(at) == 1 {
		length := clx.u16(at + 1)
		changes = append(changes, clx.part(at+3, length))
		at += 3 + length
	}
	if clx.u8(at) != 2 {
		return fmt.Errorf("%w: no piece table", ErrDamaged)
	}
	table := newPLC(clx.part(at+5, clx.u32(at+1)), 8)
	for i := range table.n {
		data := table.data(i)
		p := piece{span: span{table.at(i), table.at(i + 1)}, at: data.u32(2), wide: true, props: change(data.u16(6), changes)}
		if p.at&compressed != 0 {
			p.at, p.wide = (p.at&^compressed)/2, false
		}
		if p.start != len(d.units) || p.end < p.start {
			return fmt.Errorf("%w: pieces out of order", ErrDamaged)
		}
		if err := d.decode(p); err != nil {
			return err
		}
		d.pieces = append(d.pieces, p)
	}
	if end := d.parts[partMain].end; end > len(d.units) {
		return fmt.Errorf("%w: %d characters of %d", ErrDamaged, len(d.units), end)
	}
	return nil
}

func (d *document) decode(p piece) error {
	length := p.end - p.start
	if length+len(d.units) > len(d.main) {
		return fmt.Errorf("%w: more text than there are bytes", ErrDamaged)
	}
	if p.wide {
		length *= 2
	}
	bytes := d.main.part(p.at, length)
	if len(bytes) < length {
		return fmt.Errorf("%w: a piece of the text is missing", ErrDamaged)
	}
	if !p.wide {
		for _, b := range bytes {
			r := charmap.Windows1252.DecodeByte(b)
			if r == unicode.ReplacementChar { // one that it does not define
				r = rune(b)
			}
			d.units = append(d.units, uint16(r))
		}
		return nil
	}
	for i := 0; i < length; i += 2 {
		d.units = append(d.units, uint16(bytes.u16(i)))
	}
	return nil
}

// change is what a piece changes in the properties of its text (MS-DOC 2.9.215):
// one of those that stand before the piece table, or a small one of its own.
func change(prm int, changes []block) block {
	if prm&1 != 0 {
		if i := prm >> 1; i < len(changes) {
			return changes[i]
		}
		return nil
	}
	if op := shortModifiers[prm>>1&0x7F]; op != 0 {
		return block{byte(op), byte(op >> 8), byte(prm >> 8)}
	}
	return nil
}

// place is where a character lies in the main stream and the piece it is of.
// The position is one of the text.
func (d *document) place(cp int) (int, *piece) {
	i := sort.Search(len(d.pieces), func(i int) bool { return d.pieces[i].end > cp })
	p := &d.pieces[i]
	if p.wide {
		return p.at + 2*(cp-p.start), p
	}
	return p.at + cp - p.start, p
}
