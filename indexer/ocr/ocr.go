// Package ocr reads what stands in pictures of pages, by tesseract, and keeps
// the better of what several readers made of a page.
//
// Tesseract is a program on the machine, never a part of this one: it may be
// missing, and Find says so. It gets a picture of one page at a time, in a
// process with limits of its own, behind everything else that wants the
// processor.
package ocr

import (
	"context"
	"log/slog"
	"time"

	"vankien/indexer/extract"
)

// Engine is the storage.Page.Engine of text that was recognised.
const Engine = "tesseract"

// What one page may take. A dense one takes 2 s and 150 MB.
const (
	pageLimit   = 20 * time.Second
	patience    = 3 // times pageLimit, where the machine had no time for the page
	pageMemory  = 1 << 30
	pageOutput  = 4 << 20 // bytes of words and their places
	niceness    = 10
	probeLimit  = 10 * time.Second
	probeOutput = 64 << 10
)

// Config says how pages are drawn and recognised. Render and Command are
// required; any other field that is zero has its default.
type Config struct {
	// Program is tesseract: a path, or a name to be found in PATH. "tesseract"
	// by default.
	Program string
	// Command is a program of ours and its arguments, behind which it gets those
	// of a recognition: all it has to do is to hand them to ServeLimited.
	Command []string
	// Environment is what Command finds in its environment ("NAME=value"),
	// nothing by default. Tesseract does not get it.
	Environment []string
	// Render draws the pages.
	Render extract.Renderer
	// Drawn tells whether the head of a page, from 1, shows anything but text:
	// only then Head looks at a page that has text. By default it looks always.
	Drawn func(ctx context.Context, f extract.File, page int) (bool, error)
	// Parallel is how many pages are recognised at once, of whatever files; 1 by
	// default.
	Parallel int
	// Logger is told what a process said that failed; nothing by default.
	Logger *slog.Logger
}

// Recognizer recognises pages of PDFs. It is safe for concurrent use: pages
// wait for each other, in the order in which they came, whatever file they are
// of. So a head does not wait for the end of a long file.
type Recognizer struct {
	config   Config
	program  string // absolute
	data     string // the directory of the language data
	name     string
	oriented bool // there are data to find a page's orientation with
	limit    time.Duration
	slots    chan struct{}
	still    still
}

// Name is the engine and its version, such as "tesseract 5.3.0".
func (r *Recognizer) Name() string { return r.name }
