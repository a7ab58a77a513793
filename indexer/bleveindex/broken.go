package bleveindex

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"vankien/storage"
)

// Bleve writes from goroutines of its own. One that panics ends, and whoever
// waits for it waits for ever, so we have ourselves told. The registry is the
// only way, and is to be filled before anything is opened.
func init() { scorch.RegistryAsyncErrorCallbacks[callbackName] = asyncError }

const callbackName = "vankien"

// watchedBuilds are the builds that are open, by the folder that Bleve knows them by.
var watchedBuilds sync.Map // string → *build

// asyncError is called from Bleve's goroutines.
func asyncError(err error, store string) {
	found, ok := watchedBuilds.Load(store)
	if !ok {
		return
	}
	b := found.(*build)
	failure := new(scorch.ScorchError)
	switch errors.As(err, &failure); {
	case !errors.Is(err, scorch.ErrAsyncPanic): // tried again at once, and again: a full disk stays full for a while
		b.logger.Warn("bleve could not write", "build", b.name, "error", err)
		time.Sleep(200 * time.Millisecond)
	case failure.Source == "merger": // nothing waits for it
		b.logger.Error("bleve merges no more", "build", b.name, "error", err)
	default:
		b.logger.Error("bleve writes no more", "build", b.name, "error", err)
		b.breakOnce.Do(func() { close(b.broken) })
	}
}

// watch has this build told of what befalls Bleve's goroutines.
func (b *build) watch() {
	b.broken = make(chan struct{})
	watchedBuilds.Store(filepath.Join(b.path(), "store"), b)
}

func (b *build) unwatch() { watchedBuilds.Delete(filepath.Join(b.path(), "store")) }

func (b *build) isBroken() bool {
	select {
	case <-b.broken:
		return true
	default:
		return false
	}
}

// batch has Bleve write a batch. It panics where an earlier write failed half
// way, and never returns where one of its goroutines has died.
func (b *build) batch(batch *bleve.Batch) error {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if cause := recover(); cause != nil {
				done <- fmt.Errorf("bleve panicked: %v: %w", cause, storage.ErrUnavailable)
			}
		}()
		done <- b.bleve.Batch(batch)
	}()
	select {
	case err := <-done:
		return err
	case <-b.broken:
		return fmt.Errorf("bleve has stopped writing: %w", storage.ErrUnavailable)
	}
}
