package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"vankien/indexer/confine"
	"vankien/indexer/extract"
	"vankien/storage"
)

const (
	maxComplaint = 4 << 10
	closeDelay   = 5 * time.Second
)

// Why a picture could not be recognised, where it is not the machine's fault.
var (
	errSlow  = errors.New("recognition over the limit of time")
	errLong  = errors.New("recognition says more than a page holds")
	errCrash = errors.New("recognition failed")
	errHung  = errors.New("recognition stood still every time")
)

// run hands a picture to tesseract and returns what it says within the limit of
// wall time; the one of processor time is the same for all. Its errors wrap
// errSlow (errStarved too, where another limit may help), errLong or errCrash,
// extract.ErrNoOCR where tesseract or its data are gone, storage.ErrUnavailable
// where it does not start or somebody has stopped it, or are the context's.
func (r *Recognizer) run(ctx context.Context, picture *image.Gray, limit time.Duration, args ...string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	limited, stop := context.WithTimeoutCause(ctx, limit, errSlow)
	defer stop()
	command := append([]string{}, r.config.Command...)
	command = append(command, r.data, r.program, "stdin", "stdout", "--dpi", strconv.Itoa(dpi))
	command = append(command, args...)
	cmd := exec.CommandContext(limited, command[0], command[1:]...)
	cmd.Env = append([]string{}, r.config.Environment...) // nil would be all of ours
	cmd.Stdin = graymap(picture)
	out, complaint := &confine.FirstBytes{Most: pageOutput}, &confine.FirstBytes{Most: maxComplaint}
	cmd.Stdout, cmd.Stderr = out, complaint
	cmd.WaitDelay = closeDelay
	confine.Isolate(cmd)
	// The process is to die with us; Linux watches the thread that started it.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := cmd.Start(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%w: starting OCR: %w", storage.ErrUnavailable, err)
	}
	exit := cmd.Wait()
	said := string(complaint.Kept)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case exit == nil && !out.Over:
		return out.Kept, nil
	case gone(said):
		exit = fmt.Errorf("%w: %s: %w", storage.ErrUnavailable, reasonBroken, exit)
		if missing := r.Check(); missing != nil {
			exit = fmt.Errorf("%w: %w", extract.ErrNoOCR, missing)
		}
	case context.Cause(limited) == errSlow && used(cmd.ProcessState) < limit/2:
		// Not the page is slow: the machine has other things to do.
		exit = fmt.Errorf("%w: %w", errStarved, errSlow)
	case context.Cause(limited) == errSlow:
		exit = errSlow
	case out.Over:
		exit = errLong
	case stopped(cmd.ProcessState) && used(cmd.ProcessState) >= pageLimit-time.Second: // the limit of processor time
		exit = errSlow
	case stopped(cmd.ProcessState):
		exit = fmt.Errorf("%w: recognition was stopped: %w", storage.ErrUnavailable, exit)
	default:
		exit = fmt.Errorf("%w: %w", errCrash, exit)
	}
	r.config.Logger.Warn("recognising a page failed", "error", exit, "state", cmd.ProcessState.String(), "stderr", said)
	return nil, exit
}

// errStarved is errSlow where the process hardly got the processor.
var errStarved = errors.New("processor busy")

// patiently is run with more time, for a process that did not get its turn. One
// that has none even so is the machine's fault, not the picture's, until that
// has happened too often with the same picture: then it is errHung.
func (r *Recognizer) patiently(ctx context.Context, picture *image.Gray, args ...string) ([]byte, error) {
	out, err := r.run(ctx, picture, patience*r.limit, args...)
	switch {
	case !errors.Is(err, errStarved):
		return out, err
	case r.still.again(picture) >= stillAtMost:
		return nil, fmt.Errorf("%w: %w", errHung, errStarved)
	}
	return nil, fmt.Errorf("%w: %w", storage.ErrUnavailable, errStarved)
}

// used is the processor time that a process has had.
func used(p *os.ProcessState) time.Duration { return p.UserTime() + p.SystemTime() }

// stopped tells whether a signal from elsewhere has ended a process: the system
// was out of memory, or is shut down, or a limit was reached. What a process does
// to itself is another signal.
func stopped(p *os.ProcessState) bool {
	status, ok := p.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && slices.Contains([]syscall.Signal{syscall.SIGKILL, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGQUIT}, status.Signal())
}

// gone tells that tesseract or its data are no longer where they were.
func gone(complaint string) bool {
	return strings.Contains(complaint, notStarted) || strings.Contains(complaint, "Failed loading language") ||
		strings.Contains(complaint, "Error opening data file")
}

// graymap is a picture as tesseract takes it (PGM), not copied.
func graymap(picture *image.Gray) io.Reader {
	size := picture.Rect.Size()
	parts := []io.Reader{strings.NewReader(fmt.Sprintf("P5\n%d %d\n255\n", size.X, size.Y))}
	if picture.Stride == size.X {
		return io.MultiReader(append(parts, bytes.NewReader(picture.Pix[:size.X*size.Y]))...)
	}
	for y := range size.Y {
		parts = append(parts, bytes.NewReader(picture.Pix[y*picture.Stride:][:size.X]))
	}
	return io.MultiReader(parts...)
}

// drawing draws a page or its head.
func (r *Recognizer) drawing(ctx context.Context, f extract.File, page int, part extract.Part) (*image.Gray, error) {
	picture, err := r.config.Render(ctx, f, page, part)
	if err != nil {
		return nil, fmt.Errorf("drawing page %d of %s: %w", page, f.Name, err)
	}
	return picture, nil
}
