// Package extract reads the text of an original, page by page.
//
// What a file is, its bytes decide, never its name. PDF, the files of Word of
// any age since 1997 (DOC, RTF, DOCX), ODT, HTML and plain text are read; of
// every other format the error says what it is. A scan is read too: its pages
// have no text and a warning, and NeedsOCR tells.
//
// Read is a plain function of bytes to text: it keeps nothing, and any number
// of goroutines may call it. It bounds what it decodes and honours the context
// between pages, within a page's content and at every read of the file; a
// hostile PDF can still hold it up, fill the memory or overflow the stack
// inside the PDF library, which nothing catches. So whoever serves strangers
// reads with a Child: the same function in a process that can be killed.
package extract

import (
	"context"
	"errors"
	"fmt"
	"io"

	"vankien/storage"
)

// Version names this reader; texts are kept under it. It changes whenever the
// same bytes would give another text, so that originals are read again.
const Version = "v2"

// File is an original to read.
type File struct {
	Name  string // as uploaded, for messages only
	Size  int64  // bytes
	Pages int    // read only the first so many pages; 0 is all. Only PDF takes notice
	io.ReaderAt
}

// Limits on the text of a file.
const (
	maxText     = 64 << 20 // bytes of all pages
	maxPageText = 8 << 20  // bytes of one page
)

// engine reads the files of one media type. The pages it returns are numbered,
// cleaned and judged (newPage); its errors are an *Error or the context's.
type engine func(ctx context.Context, f File) ([]storage.Page, error)

// engines are the readers by media type.
var engines = map[string]engine{
	mediaPDF:  readPDF,
	mediaDOCX: readDOCX,
	mediaDOC:  readDOC,
	mediaRTF:  readRTF,
	mediaODT:  readODT,
	mediaHTML: readHTML,
	mediaText: readPlain,
}

// Read returns the text of f. The media type is set even where there is an
// error, as far as it was found.
//
// A file that cannot be read gives an *Error wrapping ErrInvalid (empty or
// damaged), ErrUnsupported (another format), ErrEncrypted (a password or a
// cipher that no reader knows) or ErrTooLarge. A cancelled or expired context
// gives the context's error, a failing ReaderAt its own.
func Read(ctx context.Context, f File) (storage.Text, error) {
	if f.Size == 0 {
		return storage.Text{}, refuse(storage.ErrInvalid, "Tệp rỗng, không có nội dung nào.", nil)
	}
	source := &wholeReader{r: f.ReaderAt, size: f.Size}
	f.ReaderAt = source
	text, err := readAs(ctx, f)
	if source.failure != nil {
		return storage.Text{MediaType: text.MediaType}, fmt.Errorf("reading %s: %w", f.Name, source.failure)
	}
	return text, err
}

// readAs reads f with the engine of its media type.
func readAs(ctx context.Context, f File) (storage.Text, error) {
	media, err := detect(f)
	text := storage.Text{MediaType: media}
	if err != nil {
		return text, err
	}
	pages, err := engines[media](ctx, f)
	if err != nil {
		return text, fmt.Errorf("reading %s as %s: %w", f.Name, media, err)
	}
	text.Pages = pages
	return text, nil
}

// wholeReader remembers that r failed within the size bytes it has to have: what
// an engine made of the rest, at best a page with a warning, is not the file's
// text.
type wholeReader struct {
	r       io.ReaderAt
	size    int64
	failure error
}

func (w *wholeReader) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off >= w.size { // a place that only a damaged file names
		return 0, io.EOF
	}
	n, err := w.r.ReadAt(p, off)
	if err != nil && err != io.EOF {
		w.failure = err
	}
	return n, err
}

// Error is a file that cannot be read: Reason is a Vietnamese sentence to show
// to the person who uploaded it, Err wraps the sentinel of package storage.
type Error struct {
	Reason string
	Err    error
}

func (e *Error) Error() string { return e.Err.Error() + ": " + e.Reason }

// Unwrap returns Err.
func (e *Error) Unwrap() error { return e.Err }

// The reasons that several places give.
const (
	reasonDamagedPDF   = "Tệp PDF bị hỏng hoặc chưa tải lên đủ; hãy mở thử trên máy rồi tải lại bản lành."
	reasonEncryptedPDF = "Tệp PDF được đặt mật khẩu hoặc mã hóa theo cách chưa đọc được; hãy bỏ mật khẩu rồi tải lại."
	reasonTextTooLarge = "Phần chữ trong tệp vượt quá giới hạn; hãy tách thành nhiều tệp."
	reasonDamagedDOC   = "Tệp DOC bị hỏng hoặc chưa tải lên đủ; hãy mở thử trên máy rồi tải lại bản lành."
	reasonDamagedOLE   = "Tệp Office 97–2003 (như DOC) bị hỏng hoặc chưa tải lên đủ; hãy mở thử trên máy rồi tải lại bản lành."
	reasonDamagedRTF   = "Tệp RTF bị hỏng hoặc chưa tải lên đủ; hãy mở thử trên máy rồi tải lại bản lành."
	reasonDamagedODT   = "Tệp ODT bị hỏng hoặc chưa tải lên đủ; hãy mở thử trên máy rồi tải lại bản lành."
	reasonDamagedDOCX  = "Tệp DOCX bị hỏng hoặc chưa tải lên đủ; hãy mở thử trên máy rồi tải lại bản lành."
)

var errTextTooLarge = refuse(storage.ErrTooLarge, reasonTextTooLarge, nil)

// refuse makes an *Error of a sentinel, a reason and what caused it, if anything.
func refuse(sentinel error, reason string, cause error) error {
	if cause != nil {
		sentinel = fmt.Errorf("%w: %w", sentinel, cause)
	}
	return &Error{Reason: reason, Err: sentinel}
}

// refuseUnlessDone is refuse, unless the context is what ended the reading.
func refuseUnlessDone(ctx context.Context, sentinel error, reason string, cause error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if errors.As(cause, new(*Error)) {
		return cause
	}
	return refuse(sentinel, reason, cause)
}
