package bleveindex

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// inParallel has work done for the steps 0 … steps-1, by as many workers as there
// are processors for, the caller among them; each takes the next step when it is done
// with one, and has something of its own to work with, as newOwn makes it. The first
// error, or the end of ctx, ends it. A panic of a worker is one of the caller's:
// whoever recovers from what a request does, recovers from that.
func inParallel[T any](ctx context.Context, steps int, newOwn func() T, work func(own T, step int) error) error {
	var next atomic.Int64
	var failure atomic.Pointer[error]
	var broken atomic.Pointer[string]
	take := func() {
		defer func() {
			if r := recover(); r != nil {
				message := fmt.Sprintf("%v\n%s", r, debug.Stack())
				broken.Store(&message)
			}
		}()
		own := newOwn()
		for failure.Load() == nil && broken.Load() == nil {
			step := int(next.Add(1)) - 1
			if step >= steps {
				return
			}
			err := ctx.Err()
			if err == nil {
				err = work(own, step)
			}
			if err != nil {
				failure.CompareAndSwap(nil, &err)
			}
		}
	}
	var others sync.WaitGroup
	for range min(steps, runtime.GOMAXPROCS(0)) - 1 {
		others.Go(take)
	}
	take()
	others.Wait()
	if message := broken.Load(); message != nil {
		panic(*message)
	}
	if err := failure.Load(); err != nil {
		return *err
	}
	return nil
}

// nothing is for workers that need nothing of their own.
func nothing() struct{} { return struct{}{} }
