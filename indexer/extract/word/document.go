package word

import (
	"context"
	"fmt"
	"io"
)

// document is an opened file: its two streams and what their tables say
// (MS-DOC 2.5).
type document struct {
	ctx    context.Context
	left   int   // characters that may still be looked at
	main   block // the stream "WordDocument", which begins with the FIB
	table  block
	parts  [partCount]span
	pieces []piece
	units  []uint16 // the characters of all parts, UTF-16
	styles []style
	fonts  fonts
	lists  []*Use
	chars  runTable
	pars   runTable
	ends   map[int]section // by the place behind their last character
	first  section
}

// span is a range of character positions.
type span struct{ start, end int }

// The parts of the text, in the order of their characters (MS-DOC 2.3).
const (
	partMain = iota
	partFootnotes
	partHeaders
	partMacros
	partComments
	partEndnotes
	partBoxes
	partHeaderBoxes
	partCount
)

// Places in the FIB.
const (
	fibVersion  = 2
	fibFlags    = 10
	fibLengths  = 76  // of the parts, in characters
	fibOffsets  = 154 // pairs of offset and length within the table stream
	fibSize     = fibOffsets + 75*8
	magicWord   = 0xA5EC
	magicWord6  = 0xA5DC
	firstWord97 = 0xC1
	flagCrypt   = 1 << 8
	flagTable1  = 1 << 9
)

// Numbers of the tables, by their pairs in the FIB.
const (
	tableStyles         = 1
	tableFootnoteRefs   = 2
	tableFootnoteTexts  = 3
	tableSections       = 6
	tableHeaders        = 11
	tableCharacterRuns  = 12
	tableParagraphRuns  = 13
	tableFonts          = 15
	tablePieces         = 33
	tableAnchors        = 40
	tableHeaderAnchors  = 41
	tableEndnoteRefs    = 46
	tableEndnoteTexts   = 47
	tableBoxes          = 56
	tableHeaderBoxes    = 58
	tableLists          = 73
	tableListOverrides  = 74
	tableEntry          = 8
	lengthOfPartMaximum = 1<<31 - 1
)

func open(ctx context.Context, r io.ReaderAt, size int64) (*document, error) {
	c, err := openContainer(ctx, r, size)
	if err != nil {
		return nil, err
	}
	d := &document{ctx: ctx}
	if d.main, err = c.read("WordDocument"); err != nil {
		return nil, err
	}
	if err := d.checkVersion(); err != nil {
		return nil, err
	}
	name := "0Table"
	if d.main.u16(fibFlags)&flagTable1 != 0 {
		name = "1Table"
	}
	if d.table, err = c.read(name); err != nil {
		return nil, err
	}
	if d.table == nil {
		return nil, fmt.Errorf("%w: no stream %s", ErrDamaged, name)
	}
	if err := d.readPieces(); err != nil {
		return nil, err
	}
	d.left = 2 * len(d.units) // each is read once in a sound file
	d.chars = runTable{main: d.main, index: d.entry(tableCharacterRuns)}
	d.pars = runTable{main: d.main, index: d.entry(tableParagraphRuns), paragraphs: true}
	d.fonts = readFonts(d.entry(tableFonts))
	d.readStyles()
	d.readLists()
	d.readSections()
	return d, nil
}

func (d *document) checkVersion() error {
	magic, version := d.main.u16(0), d.main.u16(fibVersion)
	switch {
	case magic == magicWord6, magic == magicWord && version < firstWord97:
		return ErrOld
	case magic != magicWord:
		return fmt.Errorf("%w: no Word document", ErrDamaged)
	case d.main.u16(fibFlags)&flagCrypt != 0:
		return ErrEncrypted
	case len(d.main) < fibSize:
		return fmt.Errorf("%w: header cut off", ErrDamaged)
	}
	end := 0
	for i := range d.parts {
		length := d.main.u32(fibLengths + 4*i)
		if length > lengthOfPartMaximum {
			return fmt.Errorf("%w: a part of negative length", ErrDamaged)
		}
		d.parts[i] = span{end, end + length}
		end += length
	}
	return nil
}

// spend counts characters that are looked at: notes of a damaged file may all
// claim the same ones.
func (d *document) spend(characters int) error {
	if d.left -= max(characters, 0); d.left < 0 {
		return fmt.Errorf("%w: parts within one another", ErrDamaged)
	}
	return d.ctx.Err()
}

// entry is the table with the number, as much of it as there is.
func (d *document) entry(number int) block {
	at := fibOffsets + tableEntry*number
	return d.table.part(d.main.u32(at), d.main.u32(at+4))
}

// offset is where the table with the number begins.
func (d *document) offset(number int) int { return d.main.u32(fibOffsets + tableEntry*number) }

// plc is a table of character positions, one more than the data that follow,
// each of the same size (MS-DOC 2.2.2).
type plc struct {
	b    block
	n    int // elements
	size int // bytes of the data of each
}

func newPLC(b block, size int) plc { return plc{b, max((len(b)-4)/(4+size), 0), size} }

func (p plc) at(i int) int     { return p.b.u32(4 * i) }
func (p plc) data(i int) block { return p.b.part(4*(p.n+1)+p.size*i, p.size) }
