// Package bleveindex is the search index embedded in the program: Bleve
// analyses, stores, merges and survives crashes; scoring, facets and totals
// are our own, read from Bleve's segments (segments.go).
//
// An index is a folder:
//
//	lock        held by the process that has it open
//	current     names the live build
//	<build>/    a Bleve index and the versions it was made with
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
	"path/filepath"
	"sync"

	"github.com/gofrs/flock"

	"vankien/indexer"
	"vankien/storage"
)

// Index implements indexer.Index on a folder. The zero value is not usable;
// see Open.
type Index struct {
	dir    string
	lock   *flock.Flock
	logger *slog.Logger

	writing sync.Mutex // held by whoever changes the live build

	mu   sync.RWMutex
	live *build // nil once closed
	view *view  // of live; nil since a write made it stale
}

// Open opens the index in dir, making it where there is none. It returns
// storage.ErrLocked where another process has it open. An index that cannot be
// used is logged and begun anew, empty.
func Open(dir string, logger *slog.Logger) (*Index, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("index folder: %w", err)
	}
	lock := flock.New(filepath.Join(dir, "lock"))
	switch held, err := lock.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("locking the index: %w", err)
	case !held:
		return nil, fmt.Errorf("index %s: %w", dir, storage.ErrLocked)
	}
	x := &Index{dir: dir, lock: lock, logger: logger}
	live, err := x.openLive()
	if err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	x.live = live
	return x, nil
}

// openLive opens the build that current names, or begins an empty one.
func (x *Index) openLive() (*build, error) {
	live, err := openBuild(x.dir, x.logger)
	if err == nil {
		if err := removeOtherBuilds(x.dir, live.name); err != nil {
			return nil, errors.Join(err, live.close())
		}
		return live, nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		x.logger.Warn("the index cannot be used and is rebuilt", "dir", x.dir, "error", err)
	}
	live, err = newBuild(x.dir)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(live.makeCurrent(), removeOtherBuilds(x.dir, live.name)); err != nil {
		return nil, errors.Join(err, live.remove())
	}
	return live, nil
}

// Close implements indexer.Index.
func (x *Index) Close() error {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.mu.Lock()
	live := x.live
	x.live = nil
	x.dropView()
	x.mu.Unlock()
	if live == nil {
		return nil
	}
	return errors.Join(live.close(), x.lock.Unlock())
}

// dropView lets go of the present view; mu is held.
func (x *Index) dropView() {
	if x.view != nil {
		x.view.release()
		x.view = nil
	}
}

// acquire returns the view of the latest state; the caller releases it.
func (x *Index) acquire() (*view, error) {
	x.mu.RLock()
	if v := x.view; v != nil {
		v.users.Add(1)
		x.mu.RUnlock()
		return v, nil
	}
	x.mu.RUnlock()

	x.mu.Lock()
	defer x.mu.Unlock()
	if x.live == nil {
		return nil, errClosed()
	}
	if x.view == nil {
		v, err := x.live.openView(x.logger)
		if err != nil {
			return nil, err
		}
		x.view = v
	}
	x.view.users.Add(1)
	return x.view, nil
}

// Apply implements indexer.Index. A search that begins while it runs reads the
// state before the batch: passages are written first, and are invisible until
// the entries that name them are in the catalogue.
func (x *Index) Apply(ctx context.Context, batch indexer.Batch) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.live == nil {
		return errClosed()
	}
	if len(batch.Put)+len(batch.Delete) == 0 {
		return ctx.Err()
	}
	change, err := x.live.write(ctx, batch)
	if err != nil {
		return err
	}
	x.mu.Lock()
	x.live.adopt(change)
	x.dropView()
	x.mu.Unlock()
	return x.live.sweep(change.stale)
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

// Rebuild fills a fresh build beside the live one and swaps them in one step,
// while searches go on over the live one. Writers wait for it. An error of
// fill, or a context that ends, leaves the live build as it was.
func (x *Index) Rebuild(ctx context.Context, fill func(apply func(context.Context, indexer.Batch) error) error) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.live == nil {
		return errClosed()
	}
	fresh, err := newBuild(x.dir)
	if err != nil {
		return err
	}
	err = fill(fresh.apply)
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = fresh.makeCurrent()
	}
	if err != nil {
		return errors.Join(err, fresh.remove())
	}
	x.mu.Lock()
	old := x.live
	x.live = fresh
	x.dropView()
	x.mu.Unlock()
	return old.remove()
}
