package relations

import (
	"slices"

	"vankien/storage"
)

func (g *Graph) edge(s slot, r relation, found []slot, meant int) Edge {
	e := Edge{Relation: r.stored(), From: g.works[s].id, Decided: meant > 0}
	for _, n := range found {
		e.To = append(e.To, g.works[n].id)
	}
	return e
}

// Out are the relations that a work states, in its own order; nil for one that
// the graph does not hold. Works that are not shown are as if they were not in
// the graph, so that nobody learns of them; nil shows all. shown is called with
// the graph locked and must not change it.
func (g *Graph) Out(id storage.ID, shown func(storage.ID) bool) []Edge {
	g.mu.RLock()
	defer g.mu.RUnlock()
	s, known := g.slots[id]
	if !known {
		return nil
	}
	var edges []Edge
	for _, r := range g.works[s].relations {
		found, meant := g.choose(s, r, g.agreed(r.target, shown))
		edges = append(edges, g.edge(s, r, found, meant))
	}
	return edges
}

// In are the relations of others that mean a work, or may where that is not
// decided: by the newest first, then in the order in which each states them.
// What is not shown is as for Out.
func (g *Graph) In(id storage.ID, shown func(storage.ID) bool) []Edge {
	g.mu.RLock()
	defer g.mu.RUnlock()
	n, known := g.slots[id]
	if !known {
		return nil
	}
	agreed := map[*target][]slot{}
	var sources []slot
	for _, key := range g.works[n].keys {
		for _, t := range g.groups[key].targets {
			if !t.mayMean(g.works[n]) {
				continue
			}
			if found := g.agreed(t, shown); slices.Contains(found, n) {
				agreed[t] = found
				sources = append(sources, t.all...)
			}
		}
	}
	slices.SortFunc(sources, g.newestFirst)
	var edges []Edge
	for _, s := range slices.Compact(sources) {
		if shown != nil && !shown(g.works[s].id) {
			continue
		}
		for _, r := range g.works[s].relations {
			if of, here := agreed[r.target]; here {
				found, meant := g.choose(s, r, of)
				if at := slices.Index(found, n); at >= 0 && (meant == 0 || at < meant) {
					edges = append(edges, g.edge(s, r, found, meant))
				}
			}
		}
	}
	return edges
}
