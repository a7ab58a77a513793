package bleveindex

import (
	"context"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// inParallel has work done for the steps 0 … steps-1, by as many workers as there
// are processors for; each takes the next step when it is done with one. The
// first error, or the end of ctx, ends it. A worker's number says whose things it
// may use.
func inParallel(ctx context.Context, steps int, work func(worker, step int) error) error {
	workers := min(steps, runtime.GOMAXPROCS(0))
	if workers <= 1 {
		for step := range steps {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := work(0, step); err != nil {
				return err
			}
		}
		return nil
	}
	var next atomic.Int64
	group, unfailed := errgroup.WithContext(ctx)
	for worker := range workers {
		group.Go(func() error {
			for {
				step := int(next.Add(1)) - 1
				if step >= steps || unfailed.Err() != nil && ctx.Err() == nil {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := work(worker, step); err != nil {
					return err
				}
			}
		})
	}
	return group.Wait()
}
