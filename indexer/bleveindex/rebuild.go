package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"vankien/indexer"
	"vankien/storage"
)

const (
	// refillRounds is how often what changed meanwhile is given to refill while
	// Apply goes on, at most.
	refillRounds = 5
	// refillEnough is a number of changed documents after which the next round
	// is the last: Apply waits for that one.
	refillEnough = 10
)

// Rebuild implements indexer.Rebuilder. A second one at a time is
// storage.ErrConflict. Close ends it with storage.ErrUnavailable at the next
// call of apply. The old build's files are deleted once the last search on it
// has ended; Rebuild waits for that.
func (x *Index) Rebuild(ctx context.Context, fill func(apply indexer.ApplyFunc) error, refill func(ids []storage.ID, apply indexer.ApplyFunc) error) error {
	if x.open.Err() != nil {
		return errClosed()
	}
	if !x.rebuilding.TryLock() {
		return fmt.Errorf("the index is being rebuilt already: %w", storage.ErrConflict)
	}
	defer x.rebuilding.Unlock()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(x.open, func() { cancel(errClosed()) })()

	x.setTouched(make(map[storage.ID]bool))
	defer x.setTouched(nil)
	fresh, err := newBuild(x.dir, x.logger)
	if err != nil {
		return err
	}
	r := &rebuild{index: x, ctx: ctx, fresh: fresh, refill: refill}
	old, err := r.run(fill)
	if err != nil {
		return errors.Join(err, fresh.remove())
	}
	if err := old.remove(); err != nil { // the next Open tries again
		x.logger.Warn("the replaced build of the index could not be deleted", "build", old.path(), "error", err)
	}
	return nil
}

// rebuild is one Rebuild on its way.
type rebuild struct {
	index  *Index
	ctx    context.Context // ends with the index as well
	fresh  *build
	refill func(ids []storage.ID, apply indexer.ApplyFunc) error

	applying sync.Mutex
}

// run fills the fresh build, makes it the live one and returns the old one.
func (r *rebuild) run(fill func(apply indexer.ApplyFunc) error) (*build, error) {
	var forgetting sync.WaitGroup
	done := make(chan struct{})
	forgetting.Go(func() { r.forgetUntil(done) })
	defer forgetting.Wait()
	defer close(done)

	if err := fill(r.apply); err != nil {
		return nil, err
	}
	for range refillRounds {
		r.index.writing.Lock()
		changed := r.index.takeTouched()
		r.index.writing.Unlock()
		if err := r.again(changed); err != nil {
			return nil, err
		}
		if len(changed) <= refillEnough {
			break
		}
	}
	r.index.writing.Lock()
	defer r.index.writing.Unlock()
	if err := r.again(r.index.takeTouched()); err != nil {
		return nil, err
	}
	return r.index.swap(r.fresh)
}

// apply writes to the fresh build.
func (r *rebuild) apply(ctx context.Context, batch indexer.Batch) error {
	r.applying.Lock()
	defer r.applying.Unlock()
	if err := context.Cause(r.ctx); err != nil {
		return err
	}
	return r.fresh.apply(ctx, batch)
}

// forgetEvery is how often a Rebuild lets go of what was read of both builds.
const forgetEvery = 500 * time.Millisecond

// forgetUntil lets go of mapped pages until done is closed: merges go on
// between the batches, and searches read the other build.
func (r *rebuild) forgetUntil(done <-chan struct{}) {
	ticks := time.NewTicker(forgetEvery)
	defer ticks.Stop()
	for {
		select {
		case <-done:
			return
		case <-ticks.C:
		}
		live, err := r.index.acquire()
		if err == nil {
			err = errors.Join(forgetSegments(live.reader), r.fresh.forgetMapped())
			live.release()
		}
		if err != nil {
			r.index.logger.Warn("what was read of the index stays in memory", "error", err)
			return
		}
	}
}

// again has documents filled in once more.
func (r *rebuild) again(ids []storage.ID) error {
	if len(ids) > 0 {
		if err := r.refill(ids, r.apply); err != nil {
			return err
		}
	}
	return context.Cause(r.ctx)
}

// setTouched begins or ends the keeping of what Apply changes.
func (x *Index) setTouched(touched map[storage.ID]bool) {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.touched = touched
}

// takeTouched is what Apply changed since the last call; x.writing is held.
func (x *Index) takeTouched() []storage.ID {
	ids := slices.Sorted(maps.Keys(x.touched))
	clear(x.touched)
	return ids
}

// touch remembers what a batch changes, if somebody wants to know.
func (x *Index) touch(batch indexer.Batch) {
	if x.touched == nil {
		return
	}
	for _, put := range batch.Put {
		x.touched[put.Document.ID] = true
	}
	for _, id := range batch.Delete {
		x.touched[id] = true
	}
}

// swap makes a build the live one and returns the one that was; x.writing is
// held. After an error all is as before.
func (x *Index) swap(fresh *build) (*build, error) {
	next, err := fresh.openView(nil, nil)
	if err != nil {
		return nil, err
	}
	if err := fresh.makeCurrent(); err != nil {
		next.release()
		return nil, errors.Join(err, x.live.makeCurrent()) // the name may stand there all the same
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	old := x.live
	x.live = fresh
	x.setView(next)
	x.state = condition{state: Whole}
	return old, nil
}
