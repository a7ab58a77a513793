// Package relations is the graph of the documents of a library: what each
// says of others, which documents that means, and what follows for whether a
// document still holds.
//
// All of it follows from the documents that are in the graph, never from the
// order in which they came. The graph is in memory alone and decides nothing
// by the clock: who asks says which day it is.
package relations

import (
	"maps"
	"slices"
	"sync"

	"vankien/storage"
)

// Work is a document of the library as relations need it.
type Work struct {
	ID         storage.ID
	Facts      storage.Facts    // Number, Kind, Issuer, IssuerSymbol, Issued, Effective, Title and Relations are read
	Stated     storage.Validity // what people set; Unverified or "" where they set nothing
	Superseded []storage.ID     // what people set as replaced_by
	// Staff tells that only staff may know of the work. It says nothing about
	// works that are not for staff alone, and does not stand in their way.
	Staff bool
}

// Standing is whether a document holds on a day, as far as the graph knows.
type Standing struct {
	// Validity is what people stated, else what follows from the other works
	// and the dates: Unverified where nothing does, never InForce.
	Validity storage.Validity
	// ReplacedBy are the works that replace the document, newest first, those
	// included whose effect is still to come: the Validity tells whether it is
	// replaced already.
	ReplacedBy []storage.ID
	// Latest are the ends of the chains of successors whose effect has begun,
	// newest first: what to read today instead of the document. Empty while
	// nothing has replaced it.
	Latest []storage.ID
	// Until is the first day on which a work that replaces or repeals the
	// document and has no effect yet takes effect; "" where there is none.
	Until storage.Date
	// Possible are newer works that may have replaced the document though none
	// says so in so many words, newest first. Empty where one does.
	Possible []storage.ID
	// Duplicates are works with the same number, date and issuer, by id.
	Duplicates []storage.ID
}

// Edge is a relation that a work states, and the works it may mean.
type Edge struct {
	Relation storage.Relation
	From     storage.ID
	To       []storage.ID // best first; nil where the graph has none of them
	// Decided tells that the first of To is meant (with its Duplicates, which
	// stand right behind it). Only what is decided changes a Validity.
	Decided bool
}

// slot is a work's place in the graph; it is taken again after a Delete.
type slot int32

// Graph holds the works. One writer at a time changes it (Put, Delete,
// Changed), any number of readers ask beside it; all methods are safe for
// concurrent use. A change costs time in proportion to the works and relations
// with the same serial number and the documents below it in the chains of
// replacement, not to the library, nor to how many works have one subject.
type Graph struct {
	mu       sync.RWMutex
	slots    map[storage.ID]slot
	works    []*work // nil where free
	free     []slot
	groups   map[string]*group
	targets  map[targetKey]*target
	bodies   map[string]*body
	heirs    map[storage.ID][]slot // the works that people say the id replaced
	days     map[storage.Date][]slot
	subjects map[uint64][]*subject // by their places
	matters  map[matterKey]*subject
	changed  map[slot]bool
	today    storage.Date // of the last Changed
}

// New makes an empty graph.
func New() *Graph {
	return &Graph{
		slots: map[storage.ID]slot{}, groups: map[string]*group{}, targets: map[targetKey]*target{},
		bodies: map[string]*body{}, heirs: map[storage.ID][]slot{}, days: map[storage.Date][]slot{},
		subjects: map[uint64][]*subject{}, matters: map[matterKey]*subject{}, changed: map[slot]bool{},
	}
}

// Len is how many works the graph holds.
func (g *Graph) Len() int {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return len(g.slots)
}

// Put takes a work in, in the place of the one with its id. The graph keeps
// strings of it, no slices.
func (g *Graph) Put(w Work) {
	g.mu.Lock()
	defer g.mu.Unlock()
	made := g.newWork(w)
	n, known := g.slots[w.ID]
	var moved []*target
	var old *work
	if known {
		moved, old = g.retract(n), g.works[n]
		made.in = old.in // settled below, with what they were
	} else {
		n = g.newSlot()
		g.slots[made.id] = n
	}
	g.works[n] = made
	moved = append(moved, g.enter(n)...)
	g.settle(moved)
	if known {
		g.release(old)
	}
}

// Delete takes the work out; one that the graph does not hold is no matter.
func (g *Graph) Delete(id storage.ID) {
	g.mu.Lock()
	defer g.mu.Unlock()
	n, known := g.slots[id]
	if !known {
		return
	}
	g.settle(g.retract(n))
	g.release(g.works[n])
	delete(g.slots, id)
	delete(g.changed, n)
	g.works[n] = nil
	g.free = append(g.free, n)
}

func (g *Graph) newSlot() slot {
	if last := len(g.free) - 1; last >= 0 {
		n := g.free[last]
		g.free = g.free[:last]
		return n
	}
	g.works = append(g.works, nil)
	return slot(len(g.works) - 1)
}

// retract takes work n out of everything that leads to it, and returns the
// targets that may have meant it.
func (g *Graph) retract(n slot) (moved []*target) {
	w := g.works[n]
	g.touch(n)
	for _, e := range w.effects {
		g.unlink(n, e)
	}
	w.effects = nil
	for _, r := range w.relations {
		r.target.leave(n)
	}
	for _, id := range w.superseded {
		drop(g.heirs, id, n)
	}
	if w.begins != "" {
		drop(g.days, w.begins, n)
	}
	g.forgetSubject(n)
	for _, key := range w.keys {
		group := g.groups[key]
		moved = append(moved, group.movedBy(w)...)
		group.works = without(group.works, n)
		g.prune(key, group)
	}
	return moved
}

// enter is the reverse of retract for the work that stands at n by now.
func (g *Graph) enter(n slot) (moved []*target) {
	w := g.works[n]
	for _, key := range w.keys {
		group := g.group(key)
		group.works = append(group.works, n)
		moved = append(moved, group.movedBy(w)...)
	}
	for i, r := range w.relations {
		r.target.enter(n, r.acts())
		if r.acts() {
			g.link(n, g.effectOf(n, i))
		}
	}
	for _, id := range w.superseded {
		g.heirs[id] = append(g.heirs[id], n)
	}
	if w.begins != "" {
		g.days[w.begins] = append(g.days[w.begins], n)
	}
	g.enterSubject(n)
	g.touch(n)
	return moved
}

// Changed are the documents whose Standing may differ from what it was at the
// last call, sorted: because of what was put and deleted, or because the day
// is another. Documents that were deleted are not among them. The first call
// returns all.
func (g *Graph) Changed(today storage.Date) []storage.ID {
	g.mu.Lock()
	defer g.mu.Unlock()
	if today != g.today {
		from, to := min(today, g.today), max(today, g.today)
		for day, works := range g.days {
			if from < day && day <= to {
				for _, n := range works {
					g.markBelow(n)
				}
			}
		}
		g.today = today
	}
	if len(g.changed) == 0 {
		return nil
	}
	ids := make([]storage.ID, 0, len(g.changed))
	for n := range maps.Keys(g.changed) {
		ids = append(ids, g.works[n].id)
	}
	clear(g.changed)
	slices.Sort(ids)
	return ids
}

// drop takes an item out of the list at key.
func drop[K, T comparable](lists map[K][]T, key K, item T) {
	if left := without(lists[key], item); len(left) > 0 {
		lists[key] = left
	} else {
		delete(lists, key)
	}
}

// without is list without the first such item; the order may change.
func without[T comparable](list []T, item T) []T {
	at := slices.Index(list, item)
	if at < 0 {
		return list
	}
	last := len(list) - 1
	list[at] = list[last]
	return slices.Delete(list, last, last+1)
}
