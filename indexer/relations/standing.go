package relations

import (
	"slices"

	"vankien/storage"
)

// Standing tells whether a work holds on a day. One that the graph does not
// hold is Unverified.
func (g *Graph) Standing(id storage.ID, today storage.Date) Standing {
	g.mu.RLock()
	defer g.mu.RUnlock()
	n, known := g.slots[id]
	if !known {
		return Standing{Validity: storage.Unverified}
	}
	v := g.verdict(n, today)
	s := Standing{Validity: v.validity, ReplacedBy: g.ids(v.successors), Until: v.until, Duplicates: g.duplicates(n)}
	if v.validity == storage.Replaced {
		s.Latest = g.latest(n, v, today)
	}
	if len(v.successors) == 0 && v.validity != storage.Replaced && v.validity != storage.Repealed {
		s.Possible = g.ids(append(g.similar(n), v.hinted...))
	}
	return s
}

// verdict is what the works that act on one say of it.
type verdict struct {
	validity   storage.Validity
	successors []slot // all that replace it
	begun      []slot // those of them whose effect has begun
	hinted     []slot // those that replace or repeal it, but not in so many words
	until      storage.Date
}

func (g *Graph) verdict(n slot, today storage.Date) verdict {
	w := g.works[n]
	var v verdict
	var repealed, amended bool
	begins := func(s slot) bool {
		day := g.works[s].begins
		if day > today && (v.until == "" || day < v.until) {
			v.until = day
		}
		return day <= today
	}
	for s, r := range g.acting(n) {
		switch {
		case !r.explicit:
			if r.ends() {
				v.hinted = append(v.hinted, s)
			}
		case r.kind == storage.Amends:
			amended = amended || g.works[s].begins <= today
		case !g.countsAsEnd(s, n):
		case r.kind == storage.Repeals:
			repealed = begins(s) || repealed
		default:
			v.successors = append(v.successors, s)
			if begins(s) {
				v.begun = append(v.begun, s)
			}
		}
	}
	switch {
	case w.stated != "" && w.stated != storage.Unverified:
		v.validity = w.stated
	case len(v.begun) > 0:
		v.validity = storage.Replaced
	case repealed:
		v.validity = storage.Repealed
	case w.effective > today:
		v.validity = storage.NotYetInForce
	case amended:
		v.validity = storage.Amended
	default:
		v.validity = storage.Unverified
	}
	return v
}

// acting are the works that act on n and may say so, with the relation by
// which they do: by a relation of their own, or because people say it of n.
func (g *Graph) acting(n slot) func(yield func(slot, relation) bool) {
	w := g.works[n]
	return func(yield func(slot, relation) bool) {
		sources := slices.Clone(w.in)
		slices.Sort(sources)
		for _, s := range slices.Compact(sources) {
			source := g.works[s]
			if source.hiddenFrom(w) {
				continue
			}
			for _, e := range source.effects {
				if slices.Contains(e.to, n) && !yield(s, source.relations[e.relation]) {
					return
				}
			}
		}
		for _, id := range w.superseded {
			s, known := g.slots[id]
			if known && !g.works[s].hiddenFrom(w) && !yield(s, relation{kind: storage.Replaces, explicit: true}) {
				return
			}
		}
	}
}

// countsAsEnd tells whether s ending n is to be believed. It is where s is
// certainly newer; else (one day, no date) only if n does not end s in its
// turn, over however many others: of a circle nothing is believed that no date
// supports, so that not all of it dies.
func (g *Graph) countsAsEnd(s, n slot) bool {
	if g.works[s].newerThan(g.works[n]) {
		return true
	}
	seen := map[slot]bool{n: true}
	for queue := []slot{n}; len(queue) > 0; {
		from := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for to := range g.ended(from) {
			if g.works[from].hiddenFrom(g.works[to]) {
				continue
			}
			if to == s {
				return false
			}
			if !seen[to] {
				seen[to] = true
				queue = append(queue, to)
			}
		}
	}
	return true
}

// latest are the ends of the chains that begin with n, of which v is the verdict.
func (g *Graph) latest(n slot, v verdict, today storage.Date) []storage.ID {
	var ends []slot
	seen := map[slot]bool{n: true}
	for queue := slices.Clone(v.begun); len(queue) > 0; {
		at := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if seen[at] {
			continue
		}
		seen[at] = true
		if next := g.verdict(at, today); next.validity == storage.Replaced && len(next.begun) > 0 {
			queue = append(queue, next.begun...)
		} else {
			ends = append(ends, at)
		}
	}
	return g.ids(ends)
}

func (g *Graph) duplicates(n slot) (ids []storage.ID) {
	w := g.works[n]
	if w.numberKey == "" || w.issued == "" {
		return nil
	}
	for _, other := range g.groups[serialKey(w.number.Serial)].works {
		if d := g.works[other]; other != n && !d.hiddenFrom(w) && w.sameDocument(d) {
			ids = append(ids, d.id)
		}
	}
	slices.Sort(ids)
	return ids
}
