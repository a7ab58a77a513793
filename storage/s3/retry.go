package s3

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"
)

const (
	tries      = 5
	firstPause = 100 * time.Millisecond
)

// try calls until it succeeds, fails for good, or has failed in passing five
// times, with growing pauses between (some 1.5 s together), as long as ctx
// lasts. The error it returns has a sentinel of package storage, or is ctx's.
func (s *Store) try(ctx context.Context, what string, call func(ctx context.Context) error) error {
	for n := 1; ; n++ {
		err := call(ctx)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return fmt.Errorf("%s: %w", what, ctx.Err())
		}
		err, again := classify(err)
		if !again || n == tries {
			return fmt.Errorf("%s: %w", what, err)
		}
		s.log.DebugContext(ctx, "S3 call is tried again", "call", what, "try", n, "error", err)
		if err := wait(ctx, s.pause<<(n-1)); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
	}
}

// tryBriefly is try for calls without a body: each try has the store's time limit.
func (s *Store) tryBriefly(ctx context.Context, what string, call func(ctx context.Context) error) error {
	return s.try(ctx, what, func(ctx context.Context) error { return s.briefly(ctx, call) })
}

func (s *Store) briefly(ctx context.Context, call func(ctx context.Context) error) error {
	limited, cancel := context.WithTimeout(ctx, s.line.limit)
	defer cancel()
	return call(limited)
}

// wait waits, less a random half, so that many clients do not come back at once.
func wait(ctx context.Context, most time.Duration) error {
	timer := time.NewTimer(most - time.Duration(rand.Int64N(int64(most/2))))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
