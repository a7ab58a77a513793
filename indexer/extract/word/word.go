// Package word reads the text of Word 97–2003 files (MS-DOC).
//
// The text is what a reader of the document sees, in the order it is read: the
// body with its automatic numbers, text boxes where they are anchored, foot- and
// endnotes at the end of the page that refers to them; header and footer of the
// first page apart. Codes of fields, comments and deleted
// revisions are not text. Letters arrive as the file has them: those of TCVN3
// and VNI fonts as the characters of Windows-1252 that they are stored as, and
// runs in fonts that draw capitals marked (analyzers.CapitalRun).
//
// The numbering of lists (List) and its ordinals are Word's in every format it
// writes, so they are exported.
package word

import (
	"context"
	"errors"
	"io"
)

// What stands in a text beside letters, tabs and line ends: rows of tables may
// stand within cells.
const (
	PageEnd   = '\f'
	RowBegin  = '\x1D'
	CellBegin = '\x1F'
	RowEnd    = '\x1E'
)

// The errors of Read, beside the context's and those of the reader.
var (
	ErrDamaged   = errors.New("damaged Word document")
	ErrEncrypted = errors.New("encrypted Word document")
	ErrOld       = errors.New("document of Word 6 or 95, or an older one")
	ErrTooLarge  = errors.New("text of the Word document too large")
)

const (
	maxStream = 256 << 20 // bytes of a stream of the container
	maxText   = 64 << 20  // bytes of text
)

// Text is what a document says.
type Text struct {
	Header string // of the first page
	Body   string
	Footer string // of the first page
}

// Read returns the text of the Word document in r, which has size bytes. It is
// safe for concurrent use and bounds time and memory by the size; whatever the
// bytes are, it does not panic.
func Read(ctx context.Context, r io.ReaderAt, size int64) (Text, error) {
	d, err := open(ctx, r, size)
	if err != nil {
		return Text{}, err
	}
	text, err := d.margins()
	if err != nil {
		return Text{}, err
	}
	text.Body, err = d.body()
	return text, err
}

// body is the text between header and footer.
func (d *document) body() (string, error) {
	w := d.newWriter()
	if err := w.anchor(d); err != nil {
		return "", err
	}
	if err := w.story(0, d.parts[partMain].end); err != nil {
		return "", err
	}
	w.flushNotes()
	for _, box := range w.boxesLeft {
		w.line()
		w.write(box)
	}
	return string(w.out), nil
}
