package indexer

import (
	"sync"

	"vankien/storage"
)

// watchLag is how many changes a watcher may be behind before it is let go.
const watchLag = 32

// watchers are who wants to be told of a document's changes.
type watchers struct {
	mu sync.Mutex
	of map[storage.ID]map[chan storage.Document]bool
}

// Watch tells of each change of a document from now on that this Writer makes.
// The channel is closed by stop, which may be called more than once, and when
// the watcher falls too far behind: it then looks at the record and watches again.
func (w *Writer) Watch(id storage.ID) (changes <-chan storage.Document, stop func()) {
	return w.watchers.add(id)
}

func (w *watchers) add(id storage.ID) (<-chan storage.Document, func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.of == nil {
		w.of = make(map[storage.ID]map[chan storage.Document]bool)
	}
	if w.of[id] == nil {
		w.of[id] = make(map[chan storage.Document]bool)
	}
	changes := make(chan storage.Document, watchLag)
	w.of[id][changes] = true
	return changes, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.remove(id, changes)
	}
}

// remove closes a channel that is still there; mu is held.
func (w *watchers) remove(id storage.ID, changes chan storage.Document) {
	if !w.of[id][changes] {
		return
	}
	close(changes)
	delete(w.of[id], changes)
	if len(w.of[id]) == 0 {
		delete(w.of, id)
	}
}

func (w *watchers) tell(doc storage.Document) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for changes := range w.of[doc.ID] {
		select {
		case changes <- doc:
		default:
			w.remove(doc.ID, changes)
		}
	}
}
