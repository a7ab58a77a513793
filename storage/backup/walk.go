package backup

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"vankien/storage"
)

// copiesAtOnce is how many objects are copied side by side: a bucket answers
// each after some 10 ms, a disk syncs several files at once.
const copiesAtOnce = 8

// outage is how many objects in a row may be unreadable before that is a fault
// of the store rather than of the objects.
const outage = 20

// looked is what became of one object of the walk.
type looked struct {
	key    string
	entry  Entry // zero where there is none
	copied bool
	reason string // what is wrong with the object, in Vietnamese
	fault  error  // why it could not be read
	err    error  // ends the backup
}

// walk looks at every object of the store, in the order of keys, and adds it to
// the draft.
func (r *run) walk(ctx context.Context, to *draft) error {
	ctx, cancel := context.WithCancel(ctx)
	queue := make(chan chan looked, copiesAtOnce-1)
	go r.enqueue(ctx, queue)
	defer func() {
		cancel()
		for result := range queue {
			<-result
		}
	}()
	unread := 0
	for result := range queue {
		l := <-result
		if l.err != nil {
			return l.err
		}
		if unread++; l.fault == nil {
			unread = 0
		}
		if unread == outage {
			return fmt.Errorf("%d objects in a row cannot be read, the last of them %s: %w", unread, l.key, l.fault)
		}
		if err := r.took(l, to); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// took adds what was looked at to the draft.
func (r *run) took(l looked, to *draft) error {
	if l.reason != "" {
		r.problem(l.key, "%s", l.reason)
	}
	if l.entry.Key == "" {
		r.unread[l.key] = l.reason != ""
		return nil
	}
	r.note(l)
	if r.opt.Progress != nil {
		r.opt.Progress(to.end.Objects + 1)
	}
	return to.add(l.entry)
}

// note counts an entry and remembers which document it belongs to.
func (r *run) note(l looked) {
	if l.copied {
		r.report.Copied++
		r.report.CopiedBytes += l.entry.Size
	}
	id := documentOf(l.entry.Key)
	if id == "" {
		return
	}
	switch {
	case strings.HasPrefix(l.entry.Key, storage.DocumentsPrefix):
		r.documents[id] |= hasRecord
	case strings.HasPrefix(l.entry.Key, storage.OriginalsPrefix):
		r.documents[id] |= hasOriginal
	default:
		r.documents[id] |= hasText
	}
}

// enqueue lists the store and has its objects copied where they are not as the
// last snapshot says; results come in the order of keys.
func (r *run) enqueue(ctx context.Context, queue chan<- chan looked) {
	defer close(queue)
	before := newCursor(r.folder, r.last)
	defer before.stop()
	for obj, err := range r.store.List(ctx, "", "") {
		result := make(chan looked, 1)
		queue <- result
		var old *Entry
		if err == nil {
			old, err = before.find(obj.Key)
		}
		switch {
		case err != nil:
			result <- looked{err: err}
			return
		case old != nil && old.Damaged == "" && unchanged(*old, obj) && r.folder.holds(*old):
			result <- looked{key: obj.Key, entry: *old}
		default:
			go func() { result <- r.look(ctx, obj.Key, old) }()
		}
	}
}

func unchanged(e Entry, obj storage.Object) bool {
	return e.ETag == obj.ETag && e.Size == obj.Size && e.Modified.Equal(obj.Modified)
}

// cursor goes through a snapshot beside the listing of the store.
type cursor struct {
	next  func() (Entry, error, bool)
	stop  func()
	entry Entry // where it stands; before the first it has no key
	more  bool
}

// newCursor is a cursor over the snapshot called name, over nothing where that is "".
func newCursor(f *folder, name string) *cursor {
	if name == "" {
		return &cursor{stop: func() {}}
	}
	next, stop := iter.Pull2(f.entries(name))
	return &cursor{next: next, stop: stop, more: true}
}

// find is the snapshot's entry of a key, nil where there is none. Keys have to
// be asked for in ascending order.
func (c *cursor) find(key string) (*Entry, error) {
	for c.more && c.entry.Key < key {
		var err error
		if c.entry, err, c.more = c.next(); err != nil {
			return nil, err
		}
	}
	if !c.more || c.entry.Key != key {
		return nil, nil
	}
	found := c.entry
	return &found, nil
}
