package bleveindex

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync/atomic"
)

// inParallel has work done for the steps 0 … steps-1, by the caller and by as many
// others as there are processors; each takes the next step when it is done with one,
// and has something of its own to work with, as newOwn makes it. The first error, or
// the end of ctx, ends it. A panic of a worker is one of the caller's: whoever
// recovers from what a request does, recovers from that.
//
// Another processor takes a while to wake; who is done by then does not wait for it.
// The goroutine that was started last is kept for the caller's processor until that
// is idle, so that one of them more is started than can work at once.
func inParallel[T any](ctx context.Context, steps int, newOwn func() T, work func(own T, step int) error) error {
	s := &shared[T]{ctx: ctx, steps: int64(steps), newOwn: newOwn, work: work, finished: make(chan struct{})}
	workers := min(steps, runtime.GOMAXPROCS(0))
	if workers > 1 {
		for range workers {
			go s.take()
		}
	}
	s.take()
	if workers > 1 {
		<-s.finished
	}
	if message := s.broken.Load(); message != nil {
		panic(*message)
	}
	if err := s.failure.Load(); err != nil {
		return *err
	}
	return nil
}

// shared is work that several do.
type shared[T any] struct {
	ctx    context.Context
	steps  int64
	newOwn func() T
	work   func(own T, step int) error

	next     atomic.Int64  // the step that is taken next
	done     atomic.Int64  // how many are done, or left out behind a failure
	finished chan struct{} // closed when that is all
	failure  atomic.Pointer[error]
	broken   atomic.Pointer[string]
}

// take does steps until there are none. Who comes late touches nothing.
func (s *shared[T]) take() {
	var own *T
	for {
		step := s.next.Add(1) - 1
		if step >= s.steps {
			return
		}
		s.do(&own, int(step))
	}
}

// do does one step, and makes own for the first.
func (s *shared[T]) do(own **T, step int) {
	defer func() {
		if r := recover(); r != nil {
			message := fmt.Sprintf("%v\n%s", r, debug.Stack())
			s.broken.Store(&message)
		}
		if s.done.Add(1) == s.steps {
			close(s.finished)
		}
	}()
	if s.failure.Load() != nil || s.broken.Load() != nil {
		return
	}
	err := s.ctx.Err()
	if err == nil {
		if *own == nil {
			made := s.newOwn()
			*own = &made
		}
		err = s.work(**own, step)
	}
	if err != nil {
		s.failure.CompareAndSwap(nil, &err)
	}
}

// nothing is for workers that need nothing of their own.
func nothing() struct{} { return struct{}{} }
