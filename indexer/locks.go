package indexer

import (
	"context"
	"sync"

	"vankien/storage"
)

// locks keep two writers of one document's bytes apart: an upload must not find
// an original that a purge is just taking away. The zero value is usable.
type locks struct {
	mu   sync.Mutex
	held map[storage.ID]chan struct{} // closed when the lock is let go
}

// lock waits for the document's lock, as long as ctx lasts.
func (l *locks) lock(ctx context.Context, id storage.ID) (unlock func(), err error) {
	for {
		l.mu.Lock()
		busy, held := l.held[id]
		if !held {
			break
		}
		l.mu.Unlock()
		select {
		case <-busy:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	defer l.mu.Unlock()
	if l.held == nil {
		l.held = make(map[storage.ID]chan struct{})
	}
	free := make(chan struct{})
	l.held[id] = free
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.held, id)
		close(free)
	}, nil
}
