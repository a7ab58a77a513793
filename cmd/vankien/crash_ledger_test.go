package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"

	"vankien/storage"
)

// ledger is what the clients know of a library from its answers alone: what it
// acknowledged and must never lose, and what is in doubt because no answer came.
type ledger struct {
	mu       sync.Mutex
	entries  map[storage.ID]*entry
	events   map[event]bool // that the audit trail must have
	problems []string       // what should never have been answered

	changes, doubts, refused int // so far: acknowledged, left without an answer, refused
}

// entry is what is known of one document. Who has taken it (ledger.take) is the
// only one to change it.
type entry struct {
	id      storage.ID
	paper   paper
	taken   bool
	last    *storage.Document // as it was seen last, nil where it was never stored or is purged
	seen    []sight           // since it was created, oldest first
	doubts  []doubt
	touched bool // since the last check
	adopted bool // found by a start without a record
}

// sight is a version of a document that an answer showed, and the change that
// it acknowledged: none where it was merely read.
type sight struct {
	doc        storage.Document
	by, action string
}

// doubt is a change that was sent.
type doubt struct {
	by, action string
	title      string // of an edit
}

// event is an acknowledged change as the audit trail keeps it; a purge, which
// makes no revision that anybody could see, has revision 0 here.
type event struct {
	by, action string
	id         storage.ID
	revision   int
}

func newLedger() *ledger {
	return &ledger{entries: map[storage.ID]*entry{}, events: map[event]bool{}}
}

// problem notes what should not be.
func (l *ledger) problem(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.problems = append(l.problems, fmt.Sprintf(format, args...))
}

// add begins the entry of a new paper, taken by whoever adds it.
func (l *ledger) add(p paper) (*entry, error) {
	id, err := storage.NewID(p.sha256())
	if err != nil {
		return nil, err
	}
	e := &entry{id: id, paper: p, taken: true}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries[id] = e
	return e, nil
}

// take chooses an entry about which nothing is in doubt; nil where all are taken.
func (l *ledger) take(rng *rand.Rand) *entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	var free []*entry
	for _, e := range l.entries {
		if !e.taken && len(e.doubts) == 0 {
			free = append(free, e)
		}
	}
	if len(free) == 0 {
		return nil
	}
	slices.SortFunc(free, func(a, b *entry) int { return compareIDs(a.id, b.id) }) // so that the seed decides
	e := free[rng.IntN(len(free))]
	e.taken, e.touched = true, true
	return e
}

func (l *ledger) release(e *entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e.taken = false
}

// size is how many documents are in the library, as far as is known.
func (l *ledger) size() (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.entries {
		if e.last != nil {
			n++
		}
	}
	return n
}

// send notes a change before it is sent: it is in doubt until it is answered.
func (l *ledger) send(e *entry, d doubt) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e.touched = true
	e.doubts = append(e.doubts, d)
}

// lost notes that no answer came.
func (l *ledger) lost() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.doubts++
}

// refuse takes back a change that was refused.
func (l *ledger) refuse(e *entry, d doubt) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.refused++
	l.settle(e, d)
}

// settle takes a change out of doubt; mu is held.
func (l *ledger) settle(e *entry, d doubt) {
	if at := slices.Index(e.doubts, d); at >= 0 {
		e.doubts = slices.Delete(e.doubts, at, at+1)
	}
}

// acknowledge notes the version that a change was answered with. A change that
// changed nothing is answered with the version that was there.
func (l *ledger) acknowledge(e *entry, d doubt, doc storage.Document) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.changes++
	l.settle(e, d)
	if e.last != nil && e.last.Version().Equal(doc.Version()) {
		return
	}
	for _, s := range e.seen {
		if s.doc.Revision == doc.Revision && s.action != "" {
			l.problems = append(l.problems, fmt.Sprintf("%s: revision %d was acknowledged to %s as %s and to %s as %s", e.id, doc.Revision, s.by, s.action, d.by, d.action))
		}
	}
	l.events[event{d.by, d.action, e.id, doc.Revision}] = true
	e.seen = append(e.seen, sight{doc, d.by, d.action})
	if e.last == nil || e.last.Revision < doc.Revision {
		e.last = &doc
	}
}

// observe notes a version that was read.
func (l *ledger) observe(e *entry, doc storage.Document) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e.last = &doc
	e.seen = append(e.seen, sight{doc: doc})
}

// purged notes that a document was removed for good: its ledger begins anew.
func (l *ledger) purged(e *entry, d doubt) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.changes++
	l.events[event{d.by, d.action, e.id, 0}] = true
	e.forget()
}

func (e *entry) forget() { e.last, e.seen, e.doubts, e.adopted = nil, nil, nil, false }
