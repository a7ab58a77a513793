package word

import (
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"vankien/analyzers"
)

// writer writes stories: the body, a header, a note or what is in a text box.
type writer struct {
	d         *document
	out       []byte
	err       error
	rows      []bool  // open rows, outermost first: has the present cell ended?
	high      uint16  // the first half of a character of two units
	font      fontRef // of the present paragraph
	capital   bool    // the present run is in a capital font
	number    func() string
	notes     map[int]string // by the position that refers to them
	boxes     map[int]string // by the position of their anchor
	pending   []string       // notes of the present page
	boxesLeft []string       // text boxes without an anchor
}

func (d *document) newWriter() *writer { return &writer{d: d} }

// story writes the text of a range of positions.
func (w *writer) story(start, end int) error {
	end = min(end, len(w.d.units))
	if err := w.d.spend(end - start); err != nil {
		return err
	}
	codes := fieldCodes(w.d.units, start, end)
	for cp := start; cp < end && w.err == nil; {
		mark := w.d.paragraphEnd(cp, end)
		p := w.d.paragraph(mark)
		if isRowEnd(p, mark-cp, w.d.units[mark]) {
			w.closeRow(p.depth)
		} else {
			w.begin(p, w.d.units[mark])
			codes = w.characters(cp, mark, codes)
			w.finish(p, mark)
		}
		cp = mark + 1
		if len(w.out) > maxText {
			w.err = ErrTooLarge
		} else {
			w.err = w.d.ctx.Err()
		}
	}
	for len(w.rows) > 0 {
		w.endRow()
	}
	return w.err
}

// The characters that mean something else (MS-DOC 2.4.1).
const (
	charCell          = 0x07
	charLine          = 0x0B
	charPage          = 0x0C
	charParagraph     = 0x0D
	charColumn        = 0x0E
	charFieldBegin    = 0x13
	charFieldMiddle   = 0x14
	charFieldEnd      = 0x15
	charNoBreakHyphen = 0x1E
	charSoftHyphen    = 0x1F
)

// paragraphEnd is the position of the mark that ends the paragraph. The end of a
// section is one, a page break within a section is not.
func (d *document) paragraphEnd(cp, end int) int {
	for ; cp < end-1; cp++ {
		switch d.units[cp] {
		case charParagraph, charCell:
			return cp
		case charPage:
			if _, ok := d.ends[cp+1]; ok {
				return cp
			}
		}
	}
	return cp
}

// begin opens and closes rows so that the paragraph stands where it belongs.
func (w *writer) begin(p paragraph, mark uint16) {
	if mark == charCell && p.depth == 0 {
		p.depth = 1 // a file whose properties are lost
	}
	for len(w.rows) > min(p.depth, maxDepth) {
		w.endRow()
	}
	if p.pageBefore && len(w.rows) == 0 && len(w.out) > 0 {
		w.pageBreak()
	}
	if n := len(w.rows); n > 0 && w.rows[n-1] {
		w.write(string(CellBegin))
		w.rows[n-1] = false
	}
	for len(w.rows) < min(p.depth, maxDepth) {
		w.line()
		w.write(string(RowBegin) + string(CellBegin))
		w.rows = append(w.rows, false)
	}
	w.number = func() string { return w.d.label(p) }
	w.font = p.font
}

// maxDepth is how deep tables are followed within tables.
const maxDepth = 64

// isRowEnd tells the mark behind the last cell of a row. Where its properties
// are so many that they lie elsewhere, they are those of a row's end.
func isRowEnd(p paragraph, length int, mark uint16) bool {
	return mark == charCell && (p.rowEnd || p.huge && length == 0) || mark == charParagraph && p.innerRowEnd
}

// finish writes what the mark of the paragraph means.
func (w *writer) finish(p paragraph, at int) {
	mark := w.d.units[at]
	properties, _ := w.d.character(at)
	switch {
	case mark == charCell || p.innerCell:
		w.writeNumber()
		if n := len(w.rows); n > 0 {
			w.rows[n-1] = true
		}
	case mark == charPage:
		w.writeNumber()
		w.endSection(at + 1)
	case mark == charParagraph && properties.deleted:
	case mark == charParagraph:
		w.writeNumber()
		w.write("\n")
	default: // a story that ends without a mark
		w.unit(mark)
	}
}

// closeRow ends the row at the depth and those within it.
func (w *writer) closeRow(depth int) {
	for len(w.rows) >= max(depth, 1) {
		w.endRow()
	}
}

func (w *writer) endRow() {
	w.rows = w.rows[:len(w.rows)-1]
	w.write(string(RowEnd))
}

// characters writes a paragraph without its mark. Codes are the ranges that are
// none of the text; those that are left are returned.
func (w *writer) characters(cp, mark int, codes []span) []span {
	for cp < mark && w.err == nil {
		for len(codes) > 0 && codes[0].end <= cp {
			codes = codes[1:]
		}
		if len(codes) > 0 && codes[0].start <= cp {
			cp = min(codes[0].end, mark)
			continue
		}
		c, length := w.d.character(cp)
		w.capital = w.d.capital(c, w.font)
		stop := min(cp+length, mark)
		if len(codes) > 0 {
			stop = min(stop, codes[0].start)
		}
		for ; cp < stop; cp++ {
			w.refer(cp, c)
			switch unit := w.d.units[cp]; {
			case c.deleted:
			case c.symbol != 0 && unit == '(': // as MS-DOC 2.6.1 has it
				w.symbol(c.symbol)
			default:
				w.unit(unit)
			}
		}
	}
	return codes
}

// refer keeps the note and writes the text box that the position stands for.
func (w *writer) refer(cp int, c character) {
	if note, ok := w.notes[cp]; ok && !c.deleted {
		w.pending = append(w.pending, note)
	}
	if box, ok := w.boxes[cp]; ok && !c.deleted {
		w.line()
		w.write(box)
		w.write("\n")
	}
}

func (w *writer) symbol(r rune) {
	if r > ' ' {
		w.text(string(r))
	}
}

// unit writes one unit of UTF-16.
func (w *writer) unit(unit uint16) {
	switch {
	case unit == '\t':
		w.text("\t")
	case unit == charLine || unit == charColumn:
		w.text("\n")
	case unit == charPage:
		w.pageBreak()
	case unit == charNoBreakHyphen: // a plain one, as in numbers of documents typed without it
		w.text("-")
	case unit == charSoftHyphen:
		w.text("\u00AD")
	case unit < ' ':
	case utf16.IsSurrogate(rune(unit)):
		if r := utf16.DecodeRune(rune(w.high), rune(unit)); r != unicode.ReplacementChar {
			w.text(string(r))
			unit = 0
		}
		w.high = unit
	default:
		w.writeNumber()
		if w.capital {
			w.out = analyzers.AppendCapitalRun(w.out, string(rune(unit)))
		} else {
			w.out = utf8.AppendRune(w.out, rune(unit))
		}
	}
}

// writeNumber writes the automatic number of the paragraph in front of what it
// says first: a paragraph of which all was deleted has none.
func (w *writer) writeNumber() {
	if w.number != nil {
		number := w.number
		w.number = nil
		w.write(number())
	}
}

// text writes what the paragraph says.
func (w *writer) text(s string) {
	w.writeNumber()
	w.write(s)
}

func (w *writer) write(s string) { w.out = append(w.out, s...) }

// line ends a line that has begun.
func (w *writer) line() {
	if n := len(w.out); n > 0 && w.out[n-1] > CellBegin {
		w.write("\n")
	}
}

// pageBreak ends the page, but none within a table: its cells stand side by side.
func (w *writer) pageBreak() {
	if len(w.rows) > 0 {
		w.line()
		return
	}
	w.flushNotes()
	w.out = append(w.out, PageEnd)
}

// flushNotes writes the notes of the page.
func (w *writer) flushNotes() {
	for _, note := range w.pending {
		w.line()
		w.write(note)
		w.write("\n")
	}
	w.pending = w.pending[:0]
}
