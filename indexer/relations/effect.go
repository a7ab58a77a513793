package relations

import "slices"

// effect is what a relation that acts does: to whom, once that is decided.
type effect struct {
	relation int // of the work's
	to       []slot
}

func (g *Graph) effectOf(s slot, relation int) effect {
	r := g.works[s].relations[relation]
	found, meant := g.choose(s, r, g.agreed(r.target, nil))
	return effect{relation, found[:meant]}
}

func (g *Graph) link(s slot, e effect) {
	if len(e.to) == 0 {
		return
	}
	g.works[s].effects = append(g.works[s].effects, e)
	for _, n := range e.to {
		g.works[n].in = append(g.works[n].in, s)
	}
}

func (g *Graph) unlink(s slot, e effect) {
	for _, n := range e.to {
		g.works[n].in = without(g.works[n].in, s)
	}
}

// settle decides anew what the targets mean to those whose relations act.
func (g *Graph) settle(moved []*target) {
	seen := map[*target]bool{}
	for _, t := range moved {
		if seen[t] {
			continue
		}
		seen[t] = true
		agreed := g.agreed(t, nil)
		for _, s := range t.acting {
			for i, r := range g.works[s].relations {
				if r.target == t && r.acts() {
					found, meant := g.choose(s, r, agreed)
					g.alter(s, effect{i, found[:meant]})
				}
			}
		}
	}
}

// alter puts e in the place of the effect of the same relation.
func (g *Graph) alter(s slot, e effect) {
	w := g.works[s]
	at := slices.IndexFunc(w.effects, func(old effect) bool { return old.relation == e.relation })
	if at < 0 && len(e.to) == 0 || at >= 0 && slices.Equal(w.effects[at].to, e.to) {
		return
	}
	g.markBelow(s)
	if at >= 0 {
		g.unlink(s, w.effects[at])
		w.effects = slices.Delete(w.effects, at, at+1)
	}
	g.link(s, e)
	g.markBelow(s)
}

// markBelow notes that the Standing of s may be another, and of all that it
// replaces, alters or repeals: directly, or through what it replaces.
func (g *Graph) markBelow(s slot) {
	seen := map[slot]bool{s: true}
	for queue := []slot{s}; len(queue) > 0; {
		from := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		g.changed[from] = true
		for n := range g.ended(from) {
			if !seen[n] {
				seen[n] = true
				queue = append(queue, n)
			}
		}
		w := g.works[from]
		for _, e := range w.effects {
			for _, n := range e.to {
				g.changed[n] = true
			}
		}
	}
}

// ended are the works that s ends in so many words, or of which people say so.
// What s may not say (hiddenFrom) is among them.
func (g *Graph) ended(s slot) func(yield func(slot) bool) {
	w := g.works[s]
	return func(yield func(slot) bool) {
		for _, e := range w.effects {
			if r := w.relations[e.relation]; !r.explicit || !r.ends() {
				continue
			}
			for _, n := range e.to {
				if !yield(n) {
					return
				}
			}
		}
		for _, n := range g.heirs[w.id] {
			if !yield(n) {
				return
			}
		}
	}
}

// touch notes that everything that hangs on work n may be another.
func (g *Graph) touch(n slot) {
	g.markBelow(n)
	w := g.works[n]
	if w.numberKey == "" || w.issued == "" {
		return
	}
	for _, other := range g.groups[serialKey(w.number.Serial)].works {
		if w.sameDocument(g.works[other]) {
			g.changed[other] = true
		}
	}
}
