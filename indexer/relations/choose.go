package relations

import (
	"cmp"
	"slices"
	"strings"

	"vankien/indexer/citation"
	"vankien/storage"
)

// agreed are the works that a target may mean, whoever names it: those that all
// may know of first, among whom what only staff may know of changes nothing.
// What is not shown is not there; nil shows all.
func (g *Graph) agreed(t *target, shown func(storage.ID) bool) (found []slot) {
	of := g.groups[t.group]
	if of == nil {
		return nil
	}
	works := of.works
	if shown != nil {
		works = slices.DeleteFunc(slices.Clone(works), func(n slot) bool { return !shown(g.works[n].id) })
	}
	if t.named() {
		return works
	}
	var open, hidden []slot
	for _, n := range works {
		switch w := g.works[n]; {
		case !t.mayMean(w):
		case w.staff:
			hidden = append(hidden, n)
		default:
			open = append(open, n)
		}
	}
	return append(g.registered(t, open), g.registered(t, hidden)...)
}

// registered are the works of the pool that a Register says t may mean.
func (g *Graph) registered(t *target, pool []slot) (found []slot) {
	sameNumber := func(n slot) bool { return g.works[n].numberKey == t.numberKey }
	if t.issuer != "" && !slices.ContainsFunc(pool, func(n slot) bool { return !sameNumber(n) }) {
		return pool // nearly always, and a Register says the same
	}
	if len(pool) == 0 {
		return nil
	}
	known := make([]citation.Known, len(pool))
	for i, n := range pool {
		known[i] = g.works[n].known()
	}
	for _, i := range citation.NewRegister(known).Candidates(t.citation(), "") {
		found = append(found, pool[i])
	}
	return found
}

// merit is what speaks for a work as what a relation means.
type merit struct {
	n        slot
	open     bool // who reads the source may know of it
	date     bool // it has the date that was given
	said     bool // the target names its issuer
	near     int  // to the source, where its symbol leaves the place open; see nearness
	year     bool
	alike    float64 // share of the subject, where the relation acts
	conflict bool    // another year was given than it has
}

// choose finds which of the agreed works a relation of work s means.
//
// found are they, best first, and meant is how many of the first are the one
// document that is meant, 0 where that is not decided.
//
// A work is never issued before what it names, nor names itself. What is left
// is chosen by the date, the issuer's name, the issuer's place and the year. A
// relation that acts may also be decided by the subject: who replaces a
// document writes about the same matter. Being the newest decides only for
// laws that are known by name: a bare number is any document that ever had it.
func (g *Graph) choose(s slot, r relation, agreed []slot) (found []slot, meant int) {
	source, t := g.works[s], r.target
	var merits []merit
	for _, n := range agreed {
		w := g.works[n]
		if n == s || w.newerThan(source) || w.sameDocument(source) {
			continue
		}
		if m := t.merit(source, w); m.near >= 0 || m.date || m.said {
			m.n = n
			merits = append(merits, m)
		}
	}
	if len(merits) == 0 {
		return nil, 0
	}
	if len(merits) > 1 && r.acts() {
		for i := range merits {
			merits[i].alike = shareOf(g.works[merits[i].n].matter, source.matter)
		}
	}
	slices.SortFunc(merits, func(a, b merit) int { return cmp.Or(b.compare(a), g.newestFirst(a.n, b.n)) })
	first := g.works[merits[0].n]
	isFirst := func(m merit) int { return one(g.works[m.n] == first || first.sameDocument(g.works[m.n])) }
	slices.SortStableFunc(merits, func(a, b merit) int { return isFirst(b) - isFirst(a) }) // its duplicates right behind it
	same := 0
	for _, m := range merits {
		found = append(found, m.n)
		same += isFirst(m)
	}
	if g.decided(source, r, merits, same) {
		meant = same
	}
	return found, meant
}

// one is 1 for true, to compare and to count.
func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (t *target) merit(source, w *work) merit {
	m := merit{open: source.staff || !w.staff}
	m.date = t.key.date != "" && w.issued == t.key.date
	m.said = w.body.folded != "" && strings.Contains(t.rest, w.body.folded)
	if w.shared {
		m.near = source.body.nearness(w.body)
	}
	of := w.issued.Year()
	if w.number.Year != 0 {
		of = w.number.Year
	}
	m.year = t.year != 0 && of == t.year
	m.conflict = t.year != 0 && of != 0 && of != t.year && t.number.Year == 0
	return m
}

// told compares what was said of two works.
func (m merit) told(other merit) int {
	return cmp.Or(
		one(m.open)-one(other.open), one(m.date)-one(other.date), one(m.said)-one(other.said),
		cmp.Compare(m.near, other.near), one(m.year)-one(other.year),
	)
}

func (m merit) compare(other merit) int {
	return cmp.Or(m.told(other), cmp.Compare(m.alike, other.alike))
}

// The shares of a document's subject that stand in the title of what acts on
// it: from which on both are about one matter, and up to which they are not.
const (
	sameMatter  = .7
	otherMatter = .35
	fewWords    = 4 // a shorter title stands in many
)

// shareOf is the share of the words of a title that stand in the other.
func shareOf(title, other []uint32) float64 {
	if len(title) < fewWords {
		return jaccard(title, other)
	}
	return float64(common(title, other)) / float64(len(title))
}

// decided tells whether what was said is enough for the first of the merits,
// of which the first same are one document.
func (g *Graph) decided(source *work, r relation, merits []merit, same int) bool {
	first, rest := merits[0], merits[same:]
	if first.conflict && !first.date {
		return false // the number may have been another document's in that year
	}
	newest := r.target.named() && source.issued != "" && g.works[first.n].issued != ""
	for _, other := range rest {
		w := g.works[other.n]
		switch {
		case first.told(other) > 0:
		case newest && w.issued != g.works[first.n].issued && (w.issued != "" || r.target.year == 0):
		case r.acts() && first.alike >= sameMatter && other.alike < otherMatter:
		default:
			return false
		}
	}
	return true
}
