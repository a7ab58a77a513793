package extract

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"vankien/indexer/confine"
	"vankien/storage"
)

const (
	maxComplaint = 4 << 10 // bytes of standard error that are kept
	closeDelay   = 5 * time.Second
)

// run starts a process, hands it the original and takes its answer.
func (c *Child) run(ctx context.Context, f File, original *os.File) (storage.Text, error) {
	limit := c.config.Limit
	if f.Pages > 0 {
		limit = min(limit, headLimit)
	}
	asked, err := json.Marshal(request{Size: f.Size, Pages: f.Pages, Memory: c.config.Memory, Seconds: int(limit/time.Second) + 1})
	if err != nil {
		return storage.Text{}, err
	}
	limited, stop := context.WithTimeoutCause(ctx, limit, errSlow)
	defer stop()
	var complaint firstBytes
	cmd := exec.CommandContext(limited, c.config.Command[0], c.config.Command[1:]...)
	cmd.Env = append([]string{}, c.config.Environment...) // nil would be all of ours
	cmd.Stdin = bytes.NewReader(asked)
	cmd.Stderr = &complaint
	cmd.ExtraFiles = []*os.File{original}
	cmd.WaitDelay = closeDelay
	confine.Isolate(cmd)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return storage.Text{}, fmt.Errorf("%w: %w", storage.ErrUnavailable, err)
	}
	// The process is to die with us; Linux watches the thread that started it.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := cmd.Start(); err != nil {
		if ctx.Err() != nil {
			return storage.Text{}, ctx.Err()
		}
		return storage.Text{}, fmt.Errorf("%w: starting the reader: %w", storage.ErrUnavailable, err)
	}
	// Whoever else holds the other end must not keep us waiting.
	defer context.AfterFunc(limited, func() { _ = stdout.Close() })()

	var e end
	var given answer
	out := &bounded{stdout, c.config.Output}
	e.greeted, given, e.answer = receive(out)
	if out.left < 0 {
		e.answer = errLong // whatever was made of what came before
	}
	e.cause = context.Cause(limited)
	if e.answer != nil {
		stop() // nothing more is expected of it
	}
	e.exit = cmd.Wait()
	e.stderr = string(complaint.kept)
	if e.cause == nil {
		e.cause = context.Cause(limited)
	}
	if err := e.failure(); err != nil {
		if ctx.Err() != nil {
			return storage.Text{}, ctx.Err()
		}
		c.config.Logger.Warn("a process that read an original failed", "error", err, "state", cmd.ProcessState.String(), "stderr", e.stderr)
		return storage.Text{}, err
	}
	return given.text, given.err
}

// outOfMemory tells it by the last words of Go's runtime, which has no exit
// code for it, or of its race detector.
func outOfMemory(complaint string) bool {
	for _, words := range []string{"out of memory", "cannot allocate memory", "failed to allocate", "pthread_create failed"} {
		if strings.Contains(complaint, words) {
			return true
		}
	}
	return false
}

// firstBytes keeps the first maxComplaint bytes that are written to it: Go says
// first what was wrong. The rest is taken and dropped.
type firstBytes struct{ kept []byte }

func (b *firstBytes) Write(p []byte) (int, error) {
	b.kept = append(b.kept, p[:min(len(p), maxComplaint-len(b.kept))]...)
	return len(p), nil
}

// bounded fails with errLong once more than left bytes come.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errLong
	}
	return n, err
}
