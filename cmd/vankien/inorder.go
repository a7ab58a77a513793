package main

import (
	"context"
	"maps"
	"slices"
	"sync"
)

// ahead is how many results may wait for an earlier one.
const ahead = 1024

// inOrder hands on the lines of workers in the order of their places 0, 1, 2 …,
// whichever is done first. It is safe for concurrent use.
type inOrder struct {
	print func(line string) error
	slots chan struct{} // one for each place that wait let begin and that is not handed on

	mu      sync.Mutex
	next    int
	waiting map[int]string
}

func newInOrder(print func(string) error) *inOrder {
	return &inOrder{print: print, slots: make(chan struct{}, ahead), waiting: make(map[int]string)}
}

// wait returns when the next place may begin, or with the context's error:
// the results that wait for a slow one must not fill the memory.
func (o *inOrder) wait(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case o.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// put gives the line of a place that has begun, and hands on what is next.
func (o *inOrder) put(place int, line string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waiting[place] = line
	for {
		line, done := o.waiting[o.next]
		if !done {
			return nil
		}
		delete(o.waiting, o.next)
		o.next++
		<-o.slots
		if err := o.print(line); err != nil {
			return err
		}
	}
}

// rest hands on what still waits for places that came to no end.
func (o *inOrder) rest() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, place := range slices.Sorted(maps.Keys(o.waiting)) {
		if err := o.print(o.waiting[place]); err != nil {
			return err
		}
	}
	clear(o.waiting)
	return nil
}
