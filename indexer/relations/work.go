package relations

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"vankien/analyzers"
	"vankien/indexer/citation"
	"vankien/storage"
)

// work is a Work as the graph keeps it.
type work struct {
	id         storage.ID
	number     citation.Number // zero where it has none
	numberKey  string          // "" without a number
	symbols    [2]string       // folded: of the kind in the number, and of the kind's name
	letters    string          // of the issuer's symbol, folded
	shared     bool            // many bodies have that symbol
	kind       string
	title      string
	matter     []uint32 // the words of the title that tell its matter
	body       *body
	issued     storage.Date // "" where unknown or no date
	effective  storage.Date
	begins     storage.Date // the day its effect begins; "" for always
	stated     storage.Validity
	superseded []storage.ID
	staff      bool
	keys       []string // of its groups
	relations  []relation
	effects    []effect
	in         []slot // the works with an effect on it, once for each effect
	subject    *subject
}

// relation is a storage.Relation: its target is shared by all that state it.
type relation struct {
	target   *target
	kind     storage.RelationKind
	explicit bool
}

// acts tells whether the relation may end or alter what it means.
func (r relation) acts() bool { return r.ends() || r.kind == storage.Amends }

// ends tells whether what it means no longer holds.
func (r relation) ends() bool { return r.kind == storage.Replaces || r.kind == storage.Repeals }

func (r relation) stored() storage.Relation {
	return storage.Relation{Kind: r.kind, Target: r.target.key.text, Date: r.target.key.date, Explicit: r.explicit}
}

func (g *Graph) newWork(w Work) *work {
	f := w.Facts
	made := &work{
		id: w.ID, number: citation.Parse(string(f.Number)), kind: string(f.Kind), title: string(f.Title), body: g.bodyOf(string(f.Issuer)),
		issued: day(f.Issued), effective: day(f.Effective), stated: w.Stated, superseded: slices.Clone(w.Superseded), staff: w.Staff,
	}
	if made.number.Serial != "" {
		if made.number.Issuer == "" {
			made.number.Issuer = string(f.IssuerSymbol)
		}
		made.numberKey = made.number.Key()
		named, _ := citation.KindByName(made.kind)
		made.symbols = [2]string{analyzers.FoldText(made.number.Kind), analyzers.FoldText(named.Symbol)}
		made.letters, made.shared = lettersOf(made.number.Issuer), shared(made.number.Issuer)
	}
	matter := subjectWords(made.kind, made.title)
	made.matter = wordSet(matter)
	made.begins = made.effective
	if made.begins == "" {
		made.begins = made.issued
	}
	slices.Sort(made.superseded)
	made.superseded = slices.DeleteFunc(slices.Compact(made.superseded), func(id storage.ID) bool { return id == w.ID })
	made.keys = made.groupKeys()
	made.subject = newSubject(made, matter)
	made.relations = make([]relation, len(f.Relations))
	for i, r := range f.Relations {
		made.relations[i] = relation{target: g.intern(r), kind: knownKind(r.Kind), explicit: r.Explicit}
	}
	return made
}

// knownKind is kind without the bytes that hold a caller's larger string.
func knownKind(kind storage.RelationKind) storage.RelationKind {
	for _, known := range []storage.RelationKind{
		storage.Cites, storage.BasedOn, storage.Implements, storage.Guides, storage.Replaces, storage.Amends, storage.Repeals,
	} {
		if kind == known {
			return known
		}
	}
	return kind
}

// day is d, "" where it is no day.
func day(d storage.Date) storage.Date {
	if _, err := time.Parse(time.DateOnly, string(d)); err != nil {
		return ""
	}
	return d
}

// sameDocument tells whether two works are one document in other bytes.
func (w *work) sameDocument(other *work) bool {
	return w.numberKey != "" && w.numberKey == other.numberKey && w.issued != "" && w.issued == other.issued && w.body == other.body
}

// hiddenFrom tells whether w must say nothing about other.
func (w *work) hiddenFrom(other *work) bool { return w.staff && !other.staff }

// newerThan tells whether w was certainly issued after other.
func (w *work) newerThan(other *work) bool {
	return w.issued != "" && other.issued != "" && w.issued > other.issued
}

// lettersOf is a symbol's letters and digits, folded.
func lettersOf(symbol string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, analyzers.FoldText(symbol))
}

// known is the work as citations are resolved to it. Whether it has ended is
// left out: that follows from what the citations mean.
func (w *work) known() citation.Known {
	return citation.Known{Number: w.number, Issued: string(w.issued), Kind: w.kind, Issuer: w.body.name, Title: w.title}
}

// newestFirst orders by the day of issue, those without one last, then by id.
func (g *Graph) newestFirst(a, b slot) int {
	x, y := g.works[a], g.works[b]
	if x.issued != y.issued {
		return strings.Compare(string(y.issued), string(x.issued))
	}
	return strings.Compare(string(x.id), string(y.id))
}

// ids are the works' ids, each once, newest first. found is sorted.
func (g *Graph) ids(found []slot) []storage.ID {
	if len(found) == 0 {
		return nil
	}
	slices.SortFunc(found, g.newestFirst)
	found = slices.Compact(found)
	ids := make([]storage.ID, len(found))
	for i, n := range found {
		ids[i] = g.works[n].id
	}
	return ids
}
