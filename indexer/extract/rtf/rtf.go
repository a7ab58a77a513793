// Package rtf reads the text of Rich Text Format files (RTF 1.9.1).
//
// The text is what a reader of the document sees: the body with its automatic
// numbers, text boxes and, at the end of the page that refers to them, notes;
// header and footer of the first page apart. Instructions of fields, comments
// and deleted revisions are not text. Letters arrive as the file has them: those
// of TCVN3 and VNI fonts as the characters of Windows-1252 that they are stored
// as, and runs in fonts that draw capitals marked (analyzers.CapitalRun).
//
// Pages end with '\f'. A row of a table begins with '\x1D', each of its cells
// with '\x1F', and it ends with '\x1E'; rows may stand within cells.
package rtf

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
)

const (
	pageEnd   = '\f'
	rowBegin  = '\x1D'
	cellBegin = '\x1F'
	rowEnd    = '\x1E'
)

// The errors of Read, beside the context's and those of the reader.
var (
	ErrDamaged  = errors.New("damaged RTF")
	ErrTooLarge = errors.New("text of the RTF too large")
	// ErrCutOff comes with the text that there is.
	ErrCutOff = errors.New("the RTF ends before its outermost group does, or goes on behind it")
)

const (
	maxText  = 64 << 20 // bytes of text
	maxDepth = 1000     // groups within groups
)

// Text is what a document says.
type Text struct {
	Header string // of the first page
	Body   string
	Footer string // of the first page
}

// Read returns the text of the RTF file in r. It is safe for concurrent use,
// takes time by the length of the file and memory by that of its text; whatever
// the bytes are, it does not panic.
func Read(ctx context.Context, r io.Reader) (Text, error) {
	p := newParser(ctx, bufio.NewReaderSize(r, 64<<10))
	if err := p.parse(); err != nil {
		return Text{}, err
	}
	text := Text{Header: p.margins["header"], Body: string(p.body.close()), Footer: p.margins["footer"]}
	if p.titled {
		text.Header, text.Footer = p.margins["headerf"], p.margins["footerf"]
	}
	switch {
	case p.cutOff && strings.TrimSpace(text.Header+text.Body) == "":
		return Text{}, ErrDamaged
	case p.cutOff:
		return text, ErrCutOff
	}
	return text, nil
}
