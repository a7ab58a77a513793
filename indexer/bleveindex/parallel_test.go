package bleveindex

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
)

// Each step is done once, whoever does it; an error or a deadline ends the work.
func TestInParallel(t *testing.T) {
	done := make([]atomic.Int32, 1000)
	count := func(_ struct{}, step int) error { done[step].Add(1); return nil }
	if err := inParallel(t.Context(), len(done), nothing, count); err != nil {
		t.Fatal(err)
	}
	for step := range done {
		if n := done[step].Load(); n != 1 {
			t.Errorf("step %d was done %d times", step, n)
		}
	}
	wrong := errors.New("wrong")
	if err := inParallel(t.Context(), 1000, nothing, func(_ struct{}, step int) error {
		if step == 7 {
			return wrong
		}
		return nil
	}); !errors.Is(err, wrong) {
		t.Errorf("the error is %v", err)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if err := inParallel(over, 1000, nothing, count); !errors.Is(err, context.Canceled) {
		t.Errorf("after the deadline: %v", err)
	}
}

// A panic of a worker reaches the goroutine of the request, which recovers.
func TestInParallelPanics(t *testing.T) {
	defer func() {
		if r, _ := recover().(string); !strings.Contains(r, "out of order") {
			t.Errorf("recovered %q", r)
		}
	}()
	_ = inParallel(t.Context(), 100, nothing, func(_ struct{}, step int) error {
		if step == 50 {
			panic("out of order")
		}
		return nil
	})
	t.Error("nothing panicked")
}
