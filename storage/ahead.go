package storage

import (
	"context"
	"errors"
	"iter"
)

// aheadReads is how many objects are read at once while a listing is
// consumed: a bucket answers each after some 10 ms, and many side by side.
const aheadReads = 8

// readAhead lists prefix and yields load of each key, in the order of the
// keys. An error of the listing or of the context ends it and has no key; an
// error of load is yielded and passed over. Objects that load does not find
// were deleted meanwhile and are left out. No goroutine outlives the loop.
func readAhead[T any](ctx context.Context, s Store, prefix string, load func(ctx context.Context, key string) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		queue := make(chan chan loaded[T], aheadReads-1) // one more waits in the loop below
		go func() {
			defer close(queue)
			for obj, err := range s.List(ctx, prefix, "") {
				result := make(chan loaded[T], 1)
				queue <- result
				if err != nil {
					result <- loaded[T]{err: err, last: true}
					return
				}
				go func() {
					value, err := load(ctx, obj.Key)
					if err != nil && ctx.Err() != nil {
						result <- loaded[T]{err: ctx.Err(), last: true}
						return
					}
					result <- loaded[T]{value: value, err: err}
				}()
			}
		}()
		defer func() {
			cancel()
			for result := range queue {
				<-result
			}
		}()
		for result := range queue {
			r := <-result
			if !r.last && errors.Is(r.err, ErrNotFound) {
				continue
			}
			if !yield(r.value, r.err) || r.last {
				return
			}
		}
	}
}

type loaded[T any] struct {
	value T
	err   error
	last  bool
}
