// Package bleveindex is the search index embedded in the program: Bleve
// analyses, stores, merges and survives crashes; scoring, facets and totals
// are our own, read from Bleve's segments (segments.go).
//
// An index is a folder:
//
//	lock         held by the process that has it open
//	holder.json  who that is
//	current      names the live build
//	<build>/     a Bleve index, the versions it was made with and a manifest of its files
//
// A build that is damaged or was made with other versions is thrown away and an
// empty one begun: the index is a cache, and indexer.Repair fills it again.
package bleveindex

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"

	"github.com/gofrs/flock"

	"vankien/indexer"
	"vankien/storage"
)

// Index implements indexer.Index and indexer.Rebuilder on a folder. The zero
// value is not usable; see Open.
type Index struct {
	dir    string
	lock   *flock.Flock
	logger *slog.Logger
	open   context.Context // ends when the index is closed
	shut   context.CancelFunc

	rebuilding sync.Mutex          // held by a Rebuild
	writing    sync.Mutex          // held by whoever changes the live build
	touched    map[storage.ID]bool // what Apply changed, while a Rebuild wants to know; under writing

	mu    sync.RWMutex
	live  *build // nil once closed; changed under writing as well
	view  *view  // the latest state of live; nil where it could not be opened
	state condition

	speller speller
	answers *resultCache // of the view; nil keeps none
}

// Open opens the index in dir, making it where there is none. A *HeldError,
// which is storage.ErrLocked, says who else has it open. An index that cannot
// be used is logged and begun anew, empty; State tells. Every file that matters
// is read and checked first.
func Open(dir string, logger *slog.Logger) (*Index, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("index folder: %w", err)
	}
	lock, err := lockFolder(dir, logger)
	if err != nil {
		return nil, err
	}
	x := &Index{dir: dir, lock: lock, logger: logger, answers: new(resultCache)}
	x.open, x.shut = context.WithCancel(context.Background())
	if err := x.openLive(); err != nil {
		return nil, errors.Join(err, unlockFolder(dir, lock))
	}
	if err := removeOtherBuilds(dir, x.live.name); err != nil {
		logger.Warn("old builds of the index could not be deleted", "dir", dir, "error", err)
	}
	return x, nil
}

// openLive opens the build that current names, or begins an empty one.
func (x *Index) openLive() error {
	live, state, err := openBuild(x.dir, x.logger)
	if cannot := new(unusable); errors.As(err, &cannot) {
		if errors.Is(err, os.ErrNotExist) {
			x.logger.Info("a new index is begun", "dir", x.dir)
		} else {
			x.logger.Warn("the index cannot be used and is rebuilt", "dir", x.dir, "error", err)
		}
		state = condition{Empty, cannot.reason}
		if live, err = newBuild(x.dir, x.logger); err == nil {
			if err = live.makeCurrent(); err != nil {
				err = errors.Join(err, live.remove())
			}
		}
	}
	if err != nil {
		return fmt.Errorf("opening the index: %w", err)
	}
	first, err := live.openView(nil, nil)
	if err != nil {
		return errors.Join(err, live.close())
	}
	x.live, x.view, x.state = live, first, state
	return nil
}

// Close implements indexer.Index. A Rebuild that goes on is ended and waited for.
func (x *Index) Close() error {
	x.shut()
	x.rebuilding.Lock()
	defer x.rebuilding.Unlock()
	x.writing.Lock()
	defer x.writing.Unlock()
	x.mu.Lock()
	live := x.live
	x.live = nil
	x.setView(nil)
	x.mu.Unlock()
	if live == nil {
		return nil
	}
	err := live.close()
	if err == nil && !live.isBroken() {
		if err := live.seal(); err != nil { // the next Open checks it as after a crash
			x.logger.Warn("the manifest of the index could not be written", "build", live.name, "error", err)
		}
	}
	if live.isBroken() { // goroutines of Bleve may still write: the folder is not for others before this process ends
		return err
	}
	return errors.Join(err, unlockFolder(x.dir, x.lock))
}

// setView puts a view in place of the present one; mu is held.
func (x *Index) setView(next *view) {
	if next != nil {
		next.forgotten = x.speller.times()
	}
	if x.view != nil {
		x.view.release()
	}
	x.view = next
	x.answers.clear()
}

// current is the view that is open, held for the caller; nil for none.
func (x *Index) current() *view {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.view != nil {
		x.view.users.Add(1)
	}
	return x.view
}

// acquire returns the view of the latest state; the caller releases it.
func (x *Index) acquire() (*view, error) {
	day := today()
	if v := x.current(); v != nil {
		if v.day >= day {
			return v, nil
		}
		v.release()
		x.turnDay(day)
		if v := x.current(); v != nil {
			return v, nil
		}
	}

	x.writing.Lock()
	defer x.writing.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.live == nil {
		return nil, errClosed()
	}
	if x.view == nil {
		v, err := x.live.openView(nil, nil)
		if err != nil {
			return nil, err
		}
		v.forgotten = x.speller.times()
		x.view = v
	}
	x.view.users.Add(1)
	return x.view, nil
}

// Apply implements indexer.Index. A search that begins while it runs reads the
// state before the batch: passages are written first, and are invisible until
// the entries that name them are in the catalogue. The view of the next state
// is made before any search asks for it.
func (x *Index) Apply(ctx context.Context, batch indexer.Batch) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.live == nil {
		return errClosed()
	}
	if len(batch.Put)+len(batch.Delete) == 0 {
		return ctx.Err()
	}
	x.touch(batch)
	change, err := x.live.write(ctx, batch)
	if err != nil {
		return err
	}
	if x.live.unlisted { // there may be room by now
		x.live.unlisted = x.live.manifest.write(x.live.path()) != nil
	}
	x.mu.Lock()
	if x.live.hides(change) {
		x.speller.forget()
	}
	x.live.adopt(change)
	changed := x.live.stand(today(), change.ids())
	earlier := x.view
	x.mu.Unlock()
	x.openNext(earlier, changed)
	return x.live.sweep(change.stale)
}

// openNext opens the state behind an earlier view; writing is held.
func (x *Index) openNext(earlier *view, changed []storage.ID) {
	next, err := x.live.openView(earlier, changed)
	if err != nil { // the next search tries again
		x.logger.Error("the new state of the index could not be opened", "error", err)
		next = nil
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.setView(next)
}

func errClosed() error { return fmt.Errorf("the index is closed: %w", storage.ErrUnavailable) }

// Versions implements indexer.Index.
func (x *Index) Versions(context.Context) (map[storage.ID]storage.Version, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.live == nil {
		return nil, errClosed()
	}
	versions := make(map[storage.ID]storage.Version, len(x.live.listings))
	for id, l := range x.live.listings {
		versions[id] = l.Document.Version()
	}
	return versions, nil
}
