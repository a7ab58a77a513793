package relations

import (
	"slices"
	"strconv"
	"strings"

	"vankien/analyzers"
	"vankien/indexer/citation"
	"vankien/storage"
)

// targetKey is what relations to one target share.
type targetKey struct {
	text string
	date storage.Date
}

// target is what a relation names, read once for all relations that name it so.
type target struct {
	key       targetKey
	number    citation.Number // zero where it is named without
	numberKey string          // of a full number
	said      string          // the kind, where it is named before the number
	raw       string          // of the number and what stands with it
	term      string
	plenum    int
	year      int    // of its date, or the bare one that stands with it
	rest      string // folded: all of the text but the number, a space at both ends
	group     string // key of the works that it may mean
	kind      string // folded symbol of the number's kind
	issuer    string // folded letters of the number's issuer
	all       []slot // the works with such a relation, each once
	acting    []slot // those whose relation to it acts
}

// group are the works that share a serial, perhaps a kind, or a name or a plenum, and the targets
// that look for them there.
type group struct {
	works   []slot
	targets []*target
}

func (g *Graph) group(key string) *group {
	if g.groups[key] == nil {
		g.groups[key] = &group{}
	}
	return g.groups[key]
}

func (g *Graph) prune(key string, of *group) {
	if len(of.works) == 0 && len(of.targets) == 0 {
		delete(g.groups, key)
	}
}

// intern is the target of a relation.
func (g *Graph) intern(r storage.Relation) *target {
	key := targetKey{r.Target, r.Date}
	if t := g.targets[key]; t != nil {
		return t
	}
	key = targetKey{strings.Clone(r.Target), storage.Date(strings.Clone(string(r.Date)))}
	t := readTarget(key)
	g.targets[key] = t
	of := g.group(t.group)
	of.targets = append(of.targets, t)
	return t
}

// release forgets the body and the targets that only w, which is gone, had.
func (g *Graph) release(w *work) {
	g.releaseBody(w.body)
	for _, r := range w.relations {
		t := r.target
		if len(t.all) > 0 || g.targets[t.key] != t {
			continue
		}
		delete(g.targets, t.key)
		of := g.groups[t.group]
		of.targets = slices.DeleteFunc(of.targets, func(other *target) bool { return other == t })
		g.prune(t.group, of)
	}
}

func (t *target) enter(n slot, acts bool) {
	// All relations of a work are entered one after the other.
	if len(t.all) == 0 || t.all[len(t.all)-1] != n {
		t.all = append(t.all, n)
	}
	if acts && (len(t.acting) == 0 || t.acting[len(t.acting)-1] != n) {
		t.acting = append(t.acting, n)
	}
}

func (t *target) leave(n slot) {
	t.all, t.acting = without(t.all, n), without(t.acting, n)
}

func readTarget(key targetKey) *target {
	t := &target{key: key, year: day(key.date).Year()}
	var cited citation.Citation
	for _, c := range citation.Cited(key.text) {
		if numbered := c.Number.Serial != ""; numbered || c.Plenum > 0 || c.Term != "" && c.Said != "" {
			cited = c
			break
		}
	}
	if cited.Raw == "" && len(strings.Fields(key.text)) <= 2 {
		cited.Number, cited.Raw = citation.Parse(key.text), key.text
	}
	t.number, t.said, t.raw, t.term, t.plenum = cited.Number, cited.Said, cited.Raw, cited.Term, cited.Plenum
	if t.year == 0 {
		t.year = cited.Year
	}
	t.rest = " " + strings.Join(words(strings.Replace(key.text, t.raw, " ", 1)), " ") + " "
	switch {
	case t.number.Serial != "":
		t.numberKey = t.number.Key()
		t.kind, t.issuer = analyzers.FoldText(t.number.Kind), lettersOf(t.number.Issuer)
		t.group = serialKey(t.number.Serial)
		if t.kind != "" || t.issuer != "" {
			t.group = kindKey(t.group, t.kind)
		}
	case t.plenum > 0 || t.term != "":
		t.group = sittingKey(t.plenum)
	default:
		name, year := untilYear(nameOf("", key.text))
		t.group = nameKey(name)
		if t.year == 0 {
			t.year = year
		}
	}
	return t
}

// citation is the target as a Register reads it. Its date is left out: it
// chooses (choose) and never excludes.
func (t *target) citation() citation.Citation {
	return citation.Citation{Raw: t.raw, Number: t.number, Said: t.said, Term: t.term, Plenum: t.plenum}
}

// named tells whether the target is known by its name alone.
func (t *target) named() bool { return t.number.Serial == "" && t.plenum == 0 && t.term == "" }

// movedBy are the targets of the group with an effect that w may alter.
func (of *group) movedBy(w *work) (moved []*target) {
	for _, t := range of.targets {
		if len(t.acting) > 0 && t.mayMean(w) {
			moved = append(moved, t)
		}
	}
	return moved
}

// mayMean tells whether a work of the target's group can be what it names: a
// quick look before a Register says it for certain.
func (t *target) mayMean(w *work) bool {
	switch {
	case t.number.Serial == "":
		return true
	case t.kind != "" && t.kind != w.symbols[0] && t.kind != w.symbols[1]:
		return false
	case t.kind == "" && t.issuer != "" && w.symbols[0] != "":
		return false
	}
	return strings.HasPrefix(w.letters, t.issuer)
}

// groupKeys are the groups in which a work is looked for.
func (w *work) groupKeys() (keys []string) {
	if w.number.Serial != "" {
		serial := serialKey(w.number.Serial)
		keys = append(keys, serial, kindKey(serial, w.symbols[0]))
		if w.symbols[1] != w.symbols[0] {
			keys = append(keys, kindKey(serial, w.symbols[1]))
		}
	}
	if name := nameOf(w.kind, w.title); w.title != "" && name != "" && (w.number.Serial == "" || normative(w.kind)) {
		keys = append(keys, nameKey(name))
	}
	if w.body.name == centralCommittee || w.body.name == "" && w.number.Issuer == "TW" {
		if _, plenum := citation.PlenumOf(string(w.issued)); plenum > 0 {
			keys = append(keys, sittingKey(plenum))
		}
	}
	if w.number.Serial == "" && analyzers.FoldText(w.kind) == "nghi quyet" {
		keys = append(keys, sittingKey(0))
	}
	return keys
}

const centralCommittee = "Ban Chấp hành Trung ương"

func serialKey(serial string) string { return strings.ToLower(strings.TrimLeft(serial, "0")) }

// kindKey parts the works of a serial by their kinds: each has a number 01.
func kindKey(serial, kind string) string { return serial + "-" + kind }

func sittingKey(plenum int) string { return "plenum " + strconv.Itoa(plenum) }

func nameKey(name string) string { return "name " + name }
