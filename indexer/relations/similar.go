package relations

import (
	"encoding/binary"
	"slices"
)

const (
	// maxRenewals is how many works of one subject may be one rule and its
	// renewals. What a body issues more often under one title ("hỗ trợ kinh
	// phí") are so many cases.
	maxRenewals = 8
	// maxTitles is how many subjects are looked through in one place. What
	// stands where there are more has too many like it: they differ in a name,
	// or a body writes all it does about one thing.
	maxTitles = 300
)

// matterKey tells a subject from all others.
type matterKey struct{ of, matter string }

func (s *subject) key() matterKey {
	matter := make([]byte, 0, 4*len(s.matter))
	for _, word := range s.matter {
		matter = binary.LittleEndian.AppendUint32(matter, word)
	}
	return matterKey{s.of, string(matter)}
}

func (s *subject) sameAs(other *subject) bool {
	return s.of == other.of && sameMatterOf(s.matter, other.matter)
}

// enterSubject puts n among the subjects; forgetSubject takes it out.
func (g *Graph) enterSubject(n slot) {
	w := g.works[n]
	if w.subject == nil {
		return
	}
	key := w.subject.key()
	held := g.matters[key]
	if held == nil {
		held = w.subject
		g.matters[key] = held
		for _, place := range held.places {
			g.subjects[place] = append(g.subjects[place], held)
			if len(g.subjects[place]) == maxTitles+1 {
				g.touchPlace(place)
			}
		}
	}
	w.subject, w.matter = held, held.matter
	held.works[one(w.staff)] = append(held.works[one(w.staff)], n)
	g.touchSubject(held, w.staff)
}

func (g *Graph) forgetSubject(n slot) {
	w := g.works[n]
	s := w.subject
	if s == nil {
		return
	}
	s.works[one(w.staff)] = without(s.works[one(w.staff)], n)
	if len(s.works[0])+len(s.works[1]) == 0 {
		delete(g.matters, s.key())
		for _, place := range s.places {
			drop(g.subjects, place, s)
			if len(g.subjects[place]) == maxTitles {
				g.touchPlace(place)
			}
		}
	}
	g.touchSubject(s, w.staff)
}

// touchPlace notes that a place holds too many by now, or no longer does.
func (g *Graph) touchPlace(place uint64) {
	for _, s := range g.subjects[place] {
		for staff, works := range s.works {
			if staff*len(s.works[0])+len(works) <= maxRenewals+1 {
				g.touchAll(works)
			}
		}
	}
}

// touchSubject notes that a work came to s, or left it: those of its subject
// that may hear of it have other works like them, unless they had too many.
func (g *Graph) touchSubject(s *subject, staff bool) {
	for other := range g.alike(s) {
		if !staff && len(other.works[0]) > 0 && g.countAlike(other, false) <= maxRenewals+2 {
			g.touchAll(other.works[0])
		}
		if len(other.works[1]) > 0 && g.countAlike(other, true) <= maxRenewals+2 {
			g.touchAll(other.works[1])
		}
	}
}

func (g *Graph) touchAll(works []slot) {
	for _, n := range works {
		g.changed[n] = true
	}
}

// alike are the subjects that are the same as s, itself among them, but for the
// places that hold too many.
func (g *Graph) alike(s *subject) func(yield func(*subject) bool) {
	return func(yield func(*subject) bool) {
		for i, place := range s.places {
			if g.crowded(place) {
				continue
			}
			for _, other := range g.subjects[place] {
				before := func(p uint64) bool { return !g.crowded(p) && slices.Contains(other.places, p) }
				if s.sameAs(other) && !slices.ContainsFunc(s.places[:i], before) && !yield(other) {
					return
				}
			}
		}
	}
}

func (g *Graph) crowded(place uint64) bool { return len(g.subjects[place]) > maxTitles }

// countAlike is how many works that a work of s may hear of have its subject,
// itself among them: staff hear of all. It counts no further than it matters.
func (g *Graph) countAlike(s *subject, staff bool) (count int) {
	const tooMany = maxRenewals + 3
	if slices.ContainsFunc(s.places, g.crowded) {
		return tooMany
	}
	for other := range g.alike(s) {
		count += len(other.works[0])
		if staff {
			count += len(other.works[1])
		}
		if count >= tooMany {
			return tooMany
		}
	}
	return count
}

// similar are the newer works with the subject of n, none where there are too
// many for one rule and its renewals.
func (g *Graph) similar(n slot) (newer []slot) {
	w := g.works[n]
	if w.subject == nil || g.countAlike(w.subject, w.staff) > maxRenewals+1 {
		return nil
	}
	for s := range g.alike(w.subject) {
		for _, other := range slices.Concat(s.works[0], s.works[1]) {
			if o := g.works[other]; o.newerThan(w) && !o.hiddenFrom(w) {
				newer = append(newer, other)
			}
		}
	}
	return newer
}
