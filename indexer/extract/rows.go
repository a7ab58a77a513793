package extract

import (
	"bytes"
	"unicode/utf8"
)

// maxRows is how deep tables are followed within tables; deeper ones read as
// paragraphs.
const maxRows = 32

// flow is running text with tables in it. A row whose cells are one line each
// becomes one line with tabs between the cells; as soon as a cell has several,
// as in the head of an official letter, its cells follow each other line by
// line: its columns are texts of their own and must not run into one another.
type flow struct {
	out  []byte
	rows []row // open ones, outermost first
}

type row struct {
	start int
	cells []int // where each begins
}

func (f *flow) last() byte {
	if len(f.out) == 0 {
		return '\n'
	}
	return f.out[len(f.out)-1]
}

func (f *flow) write(s string)   { f.out = append(f.out, s...) }
func (f *flow) writeRune(r rune) { f.out = utf8.AppendRune(f.out, r) }

// line ends a line that has begun.
func (f *flow) line() {
	if f.last() != '\n' {
		f.write("\n")
	}
}

func (f *flow) beginRow() {
	f.line()
	f.rows = append(f.rows, row{start: len(f.out)})
}

func (f *flow) beginCell() {
	if n := len(f.rows); n > 0 {
		f.rows[n-1].cells = append(f.rows[n-1].cells, len(f.out))
	}
}

// endRow lays out the cells of the innermost row.
func (f *flow) endRow() {
	n := len(f.rows)
	if n == 0 {
		return
	}
	r := f.rows[n-1]
	f.rows = f.rows[:n-1]
	if len(r.cells) > 0 && n <= maxRows {
		f.layOut(r)
	}
	f.line()
}

func (f *flow) layOut(r row) {
	content := bytes.Clone(f.out[r.start:])
	ends := append(r.cells[1:len(r.cells):len(r.cells)], len(f.out))
	cells := make([][]byte, 0, len(r.cells))
	separator := byte('\t')
	for i, start := range r.cells {
		cell := bytes.TrimRight(content[start-r.start:ends[i]-r.start], "\n\t ")
		cell = bytes.TrimLeft(cell, "\n")
		if bytes.IndexByte(cell, '\n') >= 0 {
			separator = '\n'
		}
		cells = append(cells, cell)
	}
	f.out = append(f.out[:r.start], content[:r.cells[0]-r.start]...)
	for i, cell := range cells {
		if i > 0 && (separator == '\t' || len(cell) > 0) {
			f.out = append(f.out, separator)
		}
		f.out = append(f.out, cell...)
	}
}
