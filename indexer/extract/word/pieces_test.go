package word

import (
	"encoding/binary"
	"errors"
	"testing"
)

// savedFast is a document of pieces that lie in another order than they are
// read, one of a byte a character, one of two, one deleted since.
func savedFast(edit func(table []byte)) *document {
	main := make([]byte, fibSize, fibSize+64)
	deleted := []byte{1, 3, 0, 0x00, 0x08, 1} // a change that pieces refer to
	at := func(i int) int { return len(deleted) + 5 + i }
	table := append(append([]byte{}, deleted...), 2, 0, 0, 0, 0)
	put := func(v uint32) { table = binary.LittleEndian.AppendUint32(table, v) }
	wide := len(main)
	main = append(main, 0x10, 0x01, 'i', 0, 0xC1, 0x1E, 'u', 0, ' ', 0) // "Điều "
	narrow := len(main)
	main = append(main, "1. \x80\x8Cold\r"...)
	for _, cp := range []uint32{0, 5, 10, 13, 14} {
		put(cp)
	}
	for _, piece := range []struct {
		fc  int
		prm uint16
	}{{wide, 0}, {narrow * 2, 0}, {narrow*2 + 10, 1}, {narrow*2 + 16, 0}} {
		table = append(table, 0, 0)
		fc := uint32(piece.fc)
		if piece.fc != wide {
			fc |= compressed
		}
		put(fc)
		table = binary.LittleEndian.AppendUint16(table, piece.prm)
	}
	binary.LittleEndian.PutUint32(table[at(0)-4:], uint32(len(table)-at(0)))
	binary.LittleEndian.PutUint32(main[fibOffsets+8*tablePieces+4:], uint32(len(table)))
	if edit != nil {
		edit(table[at(0):])
	}
	d := &document{ctx: nil, main: main, table: table}
	d.parts[partMain] = span{0, 14}
	return d
}

func TestPieces(t *testing.T) {
	d := savedFast(nil)
	if err := d.readPieces(); err != nil {
		t.Fatal(err)
	}
	d.ctx, d.left = t.Context(), len(d.units)
	w := d.newWriter()
	if err := w.story(0, len(d.units)); err != nil {
		t.Fatal(err)
	}
	if got, want := string(w.out), "Điều 1. €Œ\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPiecesRefused(t *testing.T) {
	for name, edit := range map[string]func(table []byte){
		"outside of the file":        func(table []byte) { table[5*4+2+2] = 0xFF },
		"out of order":               func(table []byte) { table[4] = 50 },
		"a gap":                      func(table []byte) { table[0] = 1 },
		"more characters than bytes": func(table []byte) { table[17] = 0xFF },
	} {
		if err := savedFast(edit).readPieces(); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
