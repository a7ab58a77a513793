package rtf

import "bytes"

// writer lays text out: the body, a header, a note or an automatic number.
type writer struct {
	out     []byte
	rows    []bool // open rows, outermost first: has the present cell ended?
	base    int    // rows that are open around the present text box
	begun   bool   // the present paragraph has said something
	label   string // its automatic number, until it does
	pending []string
}

// maxRows is how deep tables are followed within tables.
const maxRows = 64

// place opens and closes rows so that what comes next stands in a cell so deep.
func (w *writer) place(depth int) {
	depth = min(w.base+depth, max(w.base, maxRows))
	for len(w.rows) > depth {
		w.endRow()
	}
	if n := len(w.rows); n > w.base && w.rows[n-1] {
		w.out = append(w.out, cellBegin)
		w.rows[n-1] = false
	}
	for len(w.rows) < depth {
		w.line()
		w.out = append(w.out, rowBegin, cellBegin)
		w.rows = append(w.rows, false)
	}
}

// begin begins the present paragraph in a cell so deep, with its number.
func (w *writer) begin(depth int) {
	w.place(depth)
	w.begun = true
	w.out = append(w.out, w.label...)
	w.label = ""
}

// endCell ends the cell at the depth.
func (w *writer) endCell(depth int) {
	w.begin(depth)
	if n := len(w.rows); n > w.base {
		w.rows[n-1] = true
	}
	w.begun = false
}

// closeRow ends the row at the depth and those within it.
func (w *writer) closeRow(depth int) {
	for len(w.rows) >= w.base+depth {
		w.endRow()
	}
	w.begun = false
}

func (w *writer) endRow() {
	w.rows = w.rows[:len(w.rows)-1]
	w.out = append(w.out, rowEnd)
}

// line ends a line that has begun.
func (w *writer) line() {
	if n := len(w.out); n > 0 && w.out[n-1] > cellBegin {
		w.out = append(w.out, '\n')
	}
}

// pageBreak ends the page, but none within a table: its cells stand side by side.
func (w *writer) pageBreak() {
	if len(w.rows) > 0 {
		w.line()
		return
	}
	w.flushNotes()
	w.out = append(w.out, pageEnd)
}

// flushNotes writes the notes of the page.
func (w *writer) flushNotes() {
	for _, note := range w.pending {
		w.line()
		w.out = append(append(w.out, note...), '\n')
	}
	w.pending = w.pending[:0]
}

// close ends what is open and returns the text.
func (w *writer) close() []byte {
	for len(w.rows) > 0 {
		w.endRow()
	}
	w.flushNotes()
	return w.out
}

// separate is the text by itself, without pages and the blanks around it.
func (w *writer) separate() string {
	return string(bytes.TrimSpace(bytes.ReplaceAll(w.close(), []byte{pageEnd}, []byte{'\n'})))
}
