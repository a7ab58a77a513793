package extract

import (
	"bytes"
	"context"
	"errors"
	"io"
)

// pdfSource is a PDF as the library wants it: it begins with "%PDF-1.x" and a
// line end, and ends with %%EOF. What stands before (a mail header, a byte
// order mark) and behind (NULs of a broken download, a signature's padding) is
// left out, and every read fails once the context is done, which ends most of
// the loops a hostile file can send the library into.
type pdfSource struct {
	ctx    context.Context
	r      io.ReaderAt
	offset int64 // of the header
	size   int64 // from the header through %%EOF, or to the end where there is none
	tail   []byte
}

const (
	headerWindow = 1024    // where other readers look for the header, too
	tailWindow   = 1 << 20 // how far from the end %%EOF is looked for
)

var (
	pdfHeader = []byte("%PDF-")
	pdfEnd    = []byte("%%EOF")
	// What the library accepts; it reads 2.0 like 1.7.
	libraryHeader = []byte("%PDF-1.7\n")
)

// newPDFSource finds the two ends of the PDF in f.
func newPDFSource(ctx context.Context, f File) (*pdfSource, error) {
	head := make([]byte, min(headerWindow, f.Size))
	if err := readFullAt(f, head, 0); err != nil {
		return nil, err
	}
	start := max(bytes.Index(head, pdfHeader), 0)
	s := &pdfSource{ctx: ctx, r: f, offset: int64(start), size: f.Size - int64(start)}
	tail := make([]byte, min(tailWindow, s.size))
	if err := readFullAt(f, tail, f.Size-int64(len(tail))); err != nil {
		return nil, err
	}
	if end := bytes.LastIndex(tail, pdfEnd); end >= 0 {
		s.size -= int64(len(tail) - end - len(pdfEnd))
	}
	return s, nil
}

// ReadAt reads the original, with the library's header in front and tail behind.
func (s *pdfSource) ReadAt(p []byte, off int64) (n int, err error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	if off < 0 {
		return 0, errors.New("negative offset")
	}
	if off < s.size {
		n, err = s.r.ReadAt(p[:min(int64(len(p)), s.size-off)], off+s.offset)
		if off < int64(len(libraryHeader)) {
			copy(p[:n], libraryHeader[off:])
		}
		if err != nil && err != io.EOF {
			return n, err
		}
	}
	if n < len(p) && off+int64(n) >= s.size {
		if behind := off + int64(n) - s.size; behind < int64(len(s.tail)) {
			n += copy(p[n:], s.tail[behind:])
		}
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// length is how many bytes ReadAt offers.
func (s *pdfSource) length() int64 { return s.size + int64(len(s.tail)) }

// readFullAt fills p; a shorter file is io.ErrUnexpectedEOF.
func readFullAt(r io.ReaderAt, p []byte, off int64) error {
	n, err := r.ReadAt(p, off)
	if n == len(p) {
		return nil
	}
	if err == nil || err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
