package bleveindex

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// inParallel has work done for the steps 0 … steps-1, by as many workers as there
// are processors for; each takes the next step when it is done with one, and has
// something of its own to work with, as newOwn makes it. The first error, or the
// end of ctx, ends it. A panic of a worker is one of the caller's: whoever
// recovers from what a request does, recovers from that.
func inParallel[T any](ctx context.Context, steps int, newOwn func() T, work func(own T, step int) error) error {
	var next atomic.Int64
	var broken atomic.Pointer[string]
	group, unfailed := errgroup.WithContext(ctx)
	turn := func() (err error) {
		own := newOwn()
		for {
			step := int(next.Add(1)) - 1
			if step >= steps || unfailed.Err() != nil && ctx.Err() == nil {
				return nil
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := work(own, step); err != nil {
				return err
			}
		}
	}
	workers := min(steps, runtime.GOMAXPROCS(0))
	if workers <= 1 {
		return turn()
	}
	for range workers {
		group.Go(func() error {
			defer func() {
				if r := recover(); r != nil {
					message := fmt.Sprintf("%v\n%s", r, debug.Stack())
					broken.Store(&message)
				}
			}()
			return turn()
		})
	}
	err := group.Wait()
	if message := broken.Load(); message != nil {
		panic(*message)
	}
	return err
}

// nothing is for workers that need nothing of their own.
func nothing() struct{} { return struct{}{} }
