// Package rtf reads the text of Rich Text Format files (RTF 1.9.1).
//
// The text is what a reader of the document sees: the header of the first page,
// the body with its automatic numbers, the notes at the end of the page that
// refers to them, the footer of the first page. Instructions of fields, comments
// and deleted revisions are not text. Letters arrive as the file has them: those
// of TCVN3 and VNI fonts as the characters of Windows-1252 that they are stored as.
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
	"unicode"
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

// Read returns the text of the RTF file in r. It is safe for concurrent use,
// takes time by the length of the file and memory by that of its text; whatever
// the bytes are, it does not panic.
func Read(ctx context.Context, r io.Reader) (string, error) {
	p := newParser(ctx, bufio.NewReaderSize(r, 64<<10))
	if err := p.parse(); err != nil {
		return "", err
	}
	text := p.join()
	if p.cutOff && strings.TrimSpace(text) == "" {
		return "", ErrDamaged
	}
	if p.cutOff {
		return text, ErrCutOff
	}
	return text, nil
}

// join sets the header before the first page and the footer behind it. A footer
// that is but a page's number is none of the text.
func (p *parser) join() string {
	body := string(p.body.close())
	header, footer := p.margins["header"], p.margins["footer"]
	if p.titled {
		header, footer = p.margins["headerf"], p.margins["footerf"]
	}
	if header != "" {
		header += "\n"
	}
	if !strings.ContainsFunc(footer, unicode.IsLetter) {
		return header + body
	}
	page, rest := body, ""
	if i := strings.IndexByte(body, pageEnd); i >= 0 {
		page, rest = body[:i], body[i:]
	}
	if page != "" && !strings.HasSuffix(page, "\n") {
		page += "\n"
	}
	return header + page + footer + "\n" + rest
}
