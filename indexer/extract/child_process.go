package extract

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
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

// allowance is the wall time for r, and what each page of the file adds to it.
func (c *Child) allowance(r request) (limit, perPage time.Duration) {
	switch {
	case r.Task != taskRead:
		return c.config.PageLimit, 0
	case r.Pages > 0:
		return min(c.config.Limit, headLimit), 0
	}
	return c.config.Limit, c.config.PerPage
}

// run starts a process, hands it the original and takes its answer.
func (c *Child) run(ctx context.Context, r request, original *os.File) (answer, error) {
	limit, perPage := c.allowance(r)
	r.Memory, r.Cache = c.config.Memory, c.config.Cache
	r.Seconds = int((limit+maxPages*perPage)/time.Second) + 1
	limited, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	started := time.Now()
	timer := time.AfterFunc(limit, func() { stop(errSlow) })
	defer timer.Stop()

	complaint := confine.FirstBytes{Most: maxComplaint}
	cmd, err := c.command(limited, r, &complaint)
	if err != nil {
		return answer{}, err
	}
	cmd.ExtraFiles = []*os.File{original}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return answer{}, fmt.Errorf("%w: %w", storage.ErrUnavailable, err)
	}
	// The process is to die with us; Linux watches the thread that started it.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := cmd.Start(); err != nil {
		if ctx.Err() != nil {
			return answer{}, ctx.Err()
		}
		return answer{}, fmt.Errorf("%w: starting the reader: %w", storage.ErrUnavailable, err)
	}
	// Whoever else holds the other end must not keep us waiting.
	defer context.AfterFunc(limited, func() { _ = stdout.Close() })()

	var e end
	var given answer
	out := &bounded{stdout, c.config.Output}
	e.greeted, given, e.answer = receive(out, r.Task, func(pages int) {
		if perPage > 0 && timer.Stop() {
			timer.Reset(limit + time.Duration(pages)*perPage - time.Since(started))
		}
	})
	if out.left < 0 {
		e.answer = errLong // whatever was made of what came before
	}
	e.cause = context.Cause(limited)
	if e.answer != nil {
		stop(nil) // nothing more is expected of it
	}
	e.exit = cmd.Wait()
	e.stderr = string(complaint.Kept)
	if e.cause == nil && errors.Is(context.Cause(limited), errSlow) {
		e.cause = errSlow
	}
	if err := e.failure(); err != nil {
		if ctx.Err() != nil {
			return answer{}, ctx.Err()
		}
		c.config.Logger.Warn("a process that read an original failed", "task", r.Task, "error", err, "state", cmd.ProcessState.String(), "stderr", e.stderr)
		return answer{}, err
	}
	return given, given.err
}

// command is a process that is to answer r and ends with ctx.
func (c *Child) command(ctx context.Context, r request, complaint *confine.FirstBytes) (*exec.Cmd, error) {
	asked, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, c.config.Command[0], c.config.Command[1:]...)
	cmd.Env = append([]string{}, c.config.Environment...) // nil would be all of ours
	if r.Task != taskWarm && !c.open.Load() {
		cmd.Env = append(cmd.Env, confineTo+"="+r.Cache)
	}
	cmd.Stdin = bytes.NewReader(asked)
	cmd.Stderr = complaint
	cmd.WaitDelay = closeDelay
	confine.Isolate(cmd)
	return cmd, nil
}

const warmLimit = time.Minute

// Warm fills the cache, or finds that it is filled; whoever cannot wait for it
// when it is first missed calls it before. A process that sees no file does it,
// once: those that do may write nowhere. A cache that cannot be used is logged,
// and costs time, no more.
func (c *Child) Warm(ctx context.Context) {
	if c.config.Cache == "" {
		return
	}
	c.warming.Do(func() {
		// Others wait for it, too.
		ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), warmLimit)
		defer stop()
		complaint := confine.FirstBytes{Most: maxComplaint}
		cmd, err := c.command(ctx, request{Task: taskWarm, Cache: c.config.Cache}, &complaint)
		if err == nil {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			err = cmd.Run()
		}
		if err != nil {
			c.config.Logger.Warn("drawing of pages starts slowly: its machine code could not be kept", "folder", c.config.Cache, "error", err, "stderr", string(complaint.Kept))
		}
	})
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
