// Package pdfium reads and draws PDFs with Chromium's engine, compiled to
// WebAssembly: slower than our own reader by far, but it opens nearly
// everything.
//
// What runs in it can do nothing but compute: it has memory of its own up to a
// limit, no file system, no network, no clock that goes and no random numbers,
// so the same bytes give the same result. A file that makes it fail ends the
// document, not the process.
package pdfium

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	pdfium "github.com/klippa-app/go-pdfium"
	engine "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// Why a document could not be opened, or a page of it not be read.
var (
	ErrEncrypted = errors.New("pdfium: needs a password, or has a cipher that is not known")
	ErrDamaged   = errors.New("pdfium: damaged")
	ErrSlow      = errors.New("pdfium: over the limit of time")
	// ErrBroken is an engine that has failed: out of memory, most of the time.
	// Nothing more can be asked of the document.
	ErrBroken = errors.New("pdfium: failed")
)

// Document is an open PDF with an engine of its own. It is not safe for
// concurrent use; other documents are independent of it.
type Document struct {
	ctx       context.Context
	cancel    context.CancelCauseFunc
	timer     *time.Timer
	pool      pdfium.Pool
	instance  pdfium.Pdfium
	document  references.FPDF_DOCUMENT
	form      references.FPDF_FORMHANDLE // "" until a page is drawn
	pages     int
	broken    error
	abandoned <-chan struct{} // closed when a call ends that nobody waits for any more
}

// maxSize is what the engine can address.
const maxSize = math.MaxInt32

// Open opens the PDF that r holds in size bytes. ctx, which has to live as long
// as the document, and limit bound all that is done with it; limit, where it is
// not 0, begins when the engine is compiled (see UseCache). Errors are
// ErrEncrypted, ErrDamaged, ErrSlow, ErrBroken, or the context's.
//
// Whatever is asked returns when that end comes. The engine itself stops as
// soon as it reads the file or needs more memory; one that does neither goes on
// to the end of the page, or of the process. The engine's memory is held until
// Close, and until then.
func Open(ctx context.Context, r io.ReaderAt, size int64, limit time.Duration) (*Document, error) {
	if size <= 0 || size > maxSize {
		return nil, fmt.Errorf("%w: %d bytes", ErrDamaged, size)
	}
	d := &Document{}
	d.ctx, d.cancel = context.WithCancelCause(ctx)
	pool, err := compile(d.ctx)
	if err != nil {
		d.cancel(nil)
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	d.pool = pool
	if limit > 0 {
		d.timer = time.AfterFunc(limit, func() { d.cancel(ErrSlow) })
	}
	o, err := ask(d, func() (opened, error) { return open(d.ctx, pool, r, size) })
	if err != nil {
		d.Close()
		return nil, err
	}
	d.instance, d.document, d.pages = o.instance, o.document, o.pages
	return d, nil
}

type opened struct {
	instance pdfium.Pdfium
	document references.FPDF_DOCUMENT
	pages    int
}

func open(ctx context.Context, pool pdfium.Pool, r io.ReaderAt, size int64) (o opened, err error) {
	if o.instance, err = pool.GetInstanceWithContext(ctx); err != nil {
		return o, err
	}
	file := io.NewSectionReader(UntilDone{ctx, r}, 0, size)
	loaded, err := o.instance.OpenDocument(&requests.OpenDocument{FileReader: file, FileReaderSize: size})
	if err != nil {
		return o, err
	}
	o.document = loaded.Document
	counted, err := o.instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: o.document})
	if err != nil {
		return o, err
	}
	if o.pages = counted.PageCount; o.pages <= 0 {
		return o, fmt.Errorf("%w: no pages", ErrDamaged)
	}
	return o, nil
}

// UntilDone reads until the context ends.
type UntilDone struct {
	Context  context.Context
	ReaderAt io.ReaderAt
}

// ReadAt implements io.ReaderAt; the context's end is its error.
func (u UntilDone) ReadAt(p []byte, off int64) (int, error) {
	if err := u.Context.Err(); err != nil {
		return 0, err
	}
	return u.ReaderAt.ReadAt(p, off)
}

// Pages is how many pages the document says it has; at least 1.
func (d *Document) Pages() int { return d.pages }

// Close lets go of the engine and its memory.
func (d *Document) Close() {
	if d.timer != nil {
		d.timer.Stop()
	}
	d.cancel(nil)
	shut := func() { _ = guard(d.pool.Close) } // all that can fail there is an orderly end
	if d.abandoned == nil {
		shut()
		return
	}
	go func() { // the memory must not go away under a call that runs
		<-d.abandoned
		shut()
	}()
}

// page is how the engine wants to be told of the page with an index from 0.
func (d *Document) page(index int) requests.Page {
	return requests.Page{ByIndex: &requests.PageByIndex{Document: d.document, Index: index}}
}

// ask calls f, which asks the engine for something, until the document's time
// is over, and gives its error a meaning. An engine that has trapped, or was
// left to itself, is not asked again.
func ask[T any](d *Document, f func() (T, error)) (answer T, err error) {
	if d.broken != nil {
		return answer, d.broken
	}
	type result struct {
		answer T
		err    error
	}
	given, ended := make(chan result, 1), make(chan struct{})
	go func() {
		defer close(ended)
		var r result
		r.err = guard(func() (err error) { r.answer, err = f(); return err })
		given <- r
	}()
	var nothing T
	select {
	case r := <-given:
		if r.err == nil {
			return r.answer, nil
		}
		return nothing, d.meaning(r.err)
	case <-d.ctx.Done():
		d.abandoned, d.broken = ended, context.Cause(d.ctx)
		return nothing, d.broken
	}
}

func (d *Document) meaning(err error) error {
	switch {
	case d.ctx.Err() != nil:
		d.broken = context.Cause(d.ctx)
		return d.broken
	case errors.Is(err, engine.ErrPassword), errors.Is(err, engine.ErrSecurity):
		return fmt.Errorf("%w: %w", ErrEncrypted, err)
	case errors.Is(err, engine.ErrFormat), errors.Is(err, engine.ErrFile), errors.Is(err, engine.ErrPage),
		errors.Is(err, engine.ErrUnknown), errors.Is(err, engine.ErrSuccess), errors.Is(err, ErrDamaged):
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	what, _, _ := strings.Cut(err.Error(), "\n") // a trace of nameless functions follows
	d.broken = fmt.Errorf("%w: %s", ErrBroken, what)
	return d.broken
}

// guard calls f and makes an error of a panic: the bindings believe in what the
// engine says.
func guard(f func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v", cause)
		}
	}()
	return f()
}
