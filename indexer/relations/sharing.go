package relations

import (
	"cmp"
	"math"
	"slices"

	"vankien/storage"
)

// Shared is a work and how much of what it names another names, too.
type Shared struct {
	ID     storage.ID
	Weight float64 // above 0; what few name weighs more
}

// maxSharing is how many works may name a document for it to tell anything:
// what all are based on makes none of them related.
const maxSharing = 500

// Sharing are at most size works that name the same documents as id, in the
// library or not, those first that share most. Works that are not shown are as
// if they did not name anything; shown is called with the graph locked and must
// not change it.
func (g *Graph) Sharing(id storage.ID, size int, shown func(storage.ID) bool) []Shared {
	g.mu.RLock()
	defer g.mu.RUnlock()
	n, known := g.slots[id]
	if !known {
		return nil
	}
	weights := map[slot]float64{}
	seen := map[string]bool{}
	for _, r := range g.works[n].relations {
		name := r.target.group + "|" + r.target.numberKey
		if seen[name] {
			continue
		}
		seen[name] = true
		naming := slices.DeleteFunc(g.naming(r.target), func(other slot) bool { return other != n && !shown(g.works[other].id) })
		if len(naming) > maxSharing {
			continue
		}
		for _, other := range naming {
			if other != n {
				weights[other] += math.Log(1 + float64(len(g.slots))/float64(len(naming)))
			}
		}
	}
	shared := make([]Shared, 0, len(weights))
	for other, weight := range weights {
		shared = append(shared, Shared{g.works[other].id, weight})
	}
	slices.SortFunc(shared, func(a, b Shared) int { return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.ID, b.ID)) })
	return shared[:min(len(shared), max(size, 0))]
}

// naming are the works that name what t does, in whatever spelling, each once.
// A date is left out: who gives none means the same more often than not.
func (g *Graph) naming(t *target) (all []slot) {
	if t.group == nameKey("") {
		return nil
	}
	for _, other := range g.groups[t.group].targets {
		if other.numberKey == t.numberKey && (t.numberKey != "" || t.named()) {
			all = append(all, other.all...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
