package extract

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"vankien/storage"
)

// ChildConfig says how a Child runs its processes. A field that is zero has
// its default.
type ChildConfig struct {
	// Command is the program and its arguments; all it has to do is to call
	// ServeChild with its standard input and output.
	Command []string
	// Environment is all that the processes find in theirs ("NAME=value").
	// Nothing of our own is passed on: it may hold the keys of the bucket.
	Environment []string
	// Limit is the wall time for one file, 30 s by default. A reading of
	// the first pages has 20 s at most.
	Limit time.Duration
	// PerPage is what each page of a PDF adds to Limit, 200 ms by default.
	PerPage time.Duration
	// PageLimit is the wall time for drawing a page, 20 s by default.
	PageLimit time.Duration
	// Memory is how many bytes of data a process may hold beyond those it
	// starts with, 1 GiB by default. Only Linux enforces it.
	Memory int64
	// Output is how many bytes an answer may have, 256 MiB by default: what the
	// store takes for one text.
	Output int64
	// Parallel is how many files are read at once, 2 by default.
	Parallel int
	// Cache is the folder, of this user alone, that keeps the machine code of
	// pdfium; it is made and filled when it is first missed. Without one, each
	// process that needs pdfium takes seconds more.
	Cache string
	// Dir is where temporary files are made, the system's place by default.
	Dir string
	// Logger is told what a process said that failed; nothing by default.
	Logger *slog.Logger
}

const (
	defaultLimit     = 30 * time.Second
	defaultPerPage   = 200 * time.Millisecond
	defaultPageLimit = 20 * time.Second
	headLimit        = 20 * time.Second
	defaultMemory    = 1 << 30
	defaultOutput    = 256 << 20
	defaultParallel  = 2
)

// Child reads originals in processes of their own, one a file, so that no file
// can do more than fail: what a process holds ends with it, and the next file
// begins with a new one. It is safe for concurrent use.
type Child struct {
	config  ChildConfig
	slots   chan struct{}
	warming sync.Once
	open    atomic.Bool // processes are not confined: they do not start that way
}

// NewChild returns a Child. It starts nothing yet: a command that cannot be run
// is found by the first Read.
func NewChild(config ChildConfig) *Child {
	config.Limit = cmp.Or(max(config.Limit, 0), defaultLimit)
	config.PerPage = cmp.Or(max(config.PerPage, 0), defaultPerPage)
	config.PageLimit = cmp.Or(max(config.PageLimit, 0), defaultPageLimit)
	config.Memory = cmp.Or(max(config.Memory, 0), defaultMemory)
	config.Output = cmp.Or(max(config.Output, 0), defaultOutput)
	config.Parallel = cmp.Or(max(config.Parallel, 0), defaultParallel)
	if config.Logger == nil {
		config.Logger = slog.New(slog.DiscardHandler)
	}
	return &Child{config: config, slots: make(chan struct{}, config.Parallel)}
}

// What an editor is told of a file that the process did not survive.
const (
	reasonCrash  = "Tệp làm trình đọc bị lỗi, không đọc được nội dung; hãy mở tệp, lưu hoặc in lại thành PDF mới rồi tải lên."
	reasonSlow   = "Đọc tệp quá lâu nên đã dừng; hãy tách thành nhiều tệp hoặc in lại thành PDF mới rồi tải lên."
	reasonMemory = "Tệp cần quá nhiều bộ nhớ để đọc; hãy tách thành nhiều tệp hoặc in lại thành PDF mới rồi tải lên."
)

// Read is the function Read in a process of its own, with the same text and
// the same refusals. It waits for its turn; the limit of time begins then.
//
// A file that the process does not survive gives an *Error, too: ErrInvalid
// where it crashed, was killed or answered nonsense, ErrTooLarge where it went
// over the limits of time, memory or text. A process that could not be started
// or set up, or could not read its descriptor, is storage.ErrUnavailable: no
// fault of the file. A full disk under Dir is storage.ErrNoSpace.
func (c *Child) Read(ctx context.Context, f File) (storage.Text, error) {
	a, err := c.ask(ctx, f, request{Task: taskRead, Pages: f.Pages})
	return a.text, err
}

// Render is the function Render in a process of its own. What is true of Read
// is true of it.
func (c *Child) Render(ctx context.Context, f File, page int, part Part) (*image.Gray, error) {
	c.Warm(ctx)
	a, err := c.ask(ctx, f, request{Task: taskDraw, Page: page, Part: part})
	return a.picture, err
}

// Drawn is the function Drawn in a process of its own. What is true of Read is
// true of it.
func (c *Child) Drawn(ctx context.Context, f File, page int) (bool, error) {
	a, err := c.ask(ctx, f, request{Task: taskLook, Page: page})
	return a.drawn, err
}

// ask waits for its turn and has a process answer r.
func (c *Child) ask(ctx context.Context, f File, r request) (answer, error) {
	select {
	case c.slots <- struct{}{}:
		defer func() { <-c.slots }()
	case <-ctx.Done():
		return answer{}, ctx.Err()
	}
	original, release, err := descriptor(ctx, c.config.Dir, f)
	if err != nil {
		return answer{}, fmt.Errorf("handing %s to a process: %w", f.Name, err)
	}
	r.Size = f.Size
	a, err := c.run(ctx, r, original)
	if errors.Is(err, errNotStarted) && !c.open.Load() {
		// An unusual system, perhaps. One that could read nothing would be worse.
		c.open.Store(true)
		if a, err = c.run(ctx, r, original); err != nil {
			c.open.Store(false)
		} else {
			c.config.Logger.Warn("originals are read without confinement: the reader does not start in it")
		}
	}
	if closing := release(); closing != nil {
		c.config.Logger.Warn("closing the copy of an original", "error", closing)
	}
	if a.cold {
		c.Warm(ctx)
	}
	if err != nil && ctx.Err() == nil {
		err = fmt.Errorf("reading %s in a process: %w", f.Name, err)
	}
	return a, err
}

// end is how a process ended, and what it said.
type end struct {
	greeted bool  // it was our reader, and ready
	answer  error // why its answer could not be taken
	exit    error
	cause   error // why it was killed, nil where it was not
	stderr  string
}

var (
	errSlow = errors.New("reader over the limit of time")
	errLong = errors.New("answer over the limit")

	errNotStarted = errors.New("the reader does not start")
)

// failure is what that means for the file: nil where all went well.
func (e end) failure() error {
	cause := e.answer
	switch {
	case e.answer == nil && e.exit == nil:
		return nil
	case e.answer == nil:
		cause = e.exit
	case e.exit != nil:
		cause = fmt.Errorf("%w (%w)", e.answer, e.exit)
	}
	switch {
	case !e.greeted:
		return fmt.Errorf("%w: %w: %w", storage.ErrUnavailable, errNotStarted, cause)
	case errors.Is(e.cause, errSlow):
		return refuse(storage.ErrTooLarge, reasonSlow, errSlow)
	case errors.Is(e.answer, errLong):
		return refuse(storage.ErrTooLarge, reasonTextTooLarge, errLong)
	case outOfMemory(e.stderr):
		return refuse(storage.ErrTooLarge, reasonMemory, cause)
	}
	return refuse(storage.ErrInvalid, reasonCrash, cause)
}
