package facts

import (
	"slices"
	"strconv"
	"strings"

	"vankien/analyzers"
	"vankien/indexer/citation"
	"vankien/storage"
)

// maxRelations is how many relations of one document are kept.
const maxRelations = 2000

// maxRelated is in how many bytes of text relations are looked for: a text may be
// sixteen times as long, which would be minutes. Almost nothing that is written
// by hand comes near it.
const maxRelated = 4 << 20

// issueLong tells that more text has come.
const issueLong = "Văn bản rất dài nên quan hệ với văn bản khác chỉ được tìm trong 4 MB chữ đầu tiên; cần tự xem phần còn lại."

// readRelations reads what the document says of others: in its subject, in its
// reasons, in its clauses, and by citing them.
//
// A document is replaced or repealed where the text ends it as a whole, amended
// where the text changes or ends a part of it. Reasons ("Căn cứ …") are what it
// is based on; "Thực hiện …" among them is a basis that it implements as well, or
// guides where it is a guide. Clauses that are put into another document are that
// document's words: what they cite is not cited here. A consolidated text
// repeats the clauses of others, so it only cites.
//
// It looks at the first maxRelated bytes of text, and says so where there are more.
func (r *reader) readRelations(pages []storage.Page) {
	pages, whole := beginning(pages, maxRelated)
	if !whole {
		r.issue(issueLong)
	}
	s := &statements{r: r, t: runningText(pages), self: citation.Key(string(r.facts.Number)), said: map[int]bool{}, known: map[relation]bool{}}
	s.setApart()
	s.all = s.t.mentions()
	s.names = namesOf(s.t, s.all)
	s.parts = s.t.clauses()
	if r.number.Kind != "VBHN" {
		s.readSubject()
		s.readClauses()
	}
	for i, m := range s.all {
		if !s.said[i] && m.number.Serial != "" && s.t.ours(m.from) {
			s.add(storage.Cites, object{mention: m}, true)
		}
	}
	r.facts.Relations = s.sorted()
}

// beginning is the pages up to so many bytes of their text, cut behind a line or
// a word, and whether that is all of them.
func beginning(pages []storage.Page, size int) (first []storage.Page, whole bool) {
	for i, page := range pages {
		if len(page.Text) <= size {
			size -= len(page.Text)
			continue
		}
		text := page.Text[:size]
		if end := strings.LastIndexByte(text, '\n'); end >= 0 {
			text = text[:end]
		} else if end := strings.LastIndexByte(text, ' '); end >= 0 {
			text = text[:end]
		}
		page.Text = strings.ToValidUTF8(text, "")
		return append(slices.Clone(pages[:i]), page), false
	}
	return pages, true
}

// statements collects the relations of one document.
type statements struct {
	r      *reader
	t      *running
	self   string // key of the document's own number
	all    []mention
	said   map[int]bool // the mentions that more is said of than that they are cited
	names  names
	found  []relation
	known  map[relation]bool
	parts  []clause // of the text
	enacts bool     // its clauses change others, not only its subject
	best   int      // strength of the relation that has given its evidence
}

// setApart leaves out letterhead, recipients, forms and amended clauses.
func (s *statements) setApart() {
	spans := append(s.t.outside(), s.t.amended()...)
	s.t.setApart(append(spans, span{0, s.bodyAt()}))
}

// bodyAt is where the text proper begins, behind letterhead and subject.
func (s *statements) bodyAt() int {
	r := s.r
	for i := r.kindAt + 1; r.kindAt >= 0 && i+1 < min(r.body, len(r.cells)); i++ {
		if i > r.kindAt+1 && r.cells[i].rule() { // drawn below the subject
			return s.t.offset(r.cells[i].row)
		}
	}
	switch {
	case r.number.Kind == "VBHN" && r.kindAt >= 0: // what it consists of stands below its subject
		return s.t.offset(r.cells[r.kindAt].row)
	case r.body < len(r.cells):
		return s.t.offset(r.cells[r.body].row - 1)
	case r.kindAt >= 0:
		return s.t.offset(r.cells[r.kindAt].row)
	}
	return 0
}

// strengths are the kinds of relation, the strongest first.
var strengths = []storage.RelationKind{storage.Replaces, storage.Repeals, storage.Amends, storage.BasedOn, storage.Guides, storage.Implements, storage.Cites}

// relation is a relation with what it is sorted by.
type relation struct {
	storage.Relation
	key   string // of the target
	rank  int
	dated bool // the target's number has the year: another date is a mistake
}

// inYear is the target in the year of its date: numbers are used again after a
// year at the earliest, so another day of it is a mistake.
func (f relation) inYear() string { return f.key + "@" + strconv.Itoa(f.Date.Year()) }

// add keeps a relation.
func (s *statements) add(kind storage.RelationKind, o object, explicit bool) {
	m := s.names.resolve(o.mention)
	if m.target() == "" || len(s.found) >= maxRelations || s.own(m) {
		return
	}
	kind = s.heldBack(kind, o)
	f := relation{storage.Relation{Kind: kind, Target: m.target(), Date: storage.Date(m.date), Explicit: explicit},
		citation.Key(m.target()), slices.Index(strengths, kind), m.number.Year != 0}
	if m.number.Serial == "" {
		f.key = analyzers.FoldText(m.name)
	}
	if !s.known[f] {
		s.known[f] = true
		s.found = append(s.found, f)
	}
}

// own tells whether the document itself is meant. A number is used again in
// the next term, so another date is another document.
func (s *statements) own(m mention) bool {
	f := s.r.facts
	if m.number.Serial == "" || s.self != m.number.Key() {
		return m.name != "" && m.number.Serial == "" && analyzers.FoldText(m.name) == analyzers.FoldText(string(f.Kind)+" "+string(f.Title))
	}
	return m.date == "" || f.Issued == "" || m.number.Year != 0 || m.date == string(f.Issued)
}

// say keeps the relation of all objects, and the clause as its evidence where
// no stronger one has any.
func (s *statements) say(kind storage.RelationKind, objects []object, c clause) {
	if len(objects) == 0 {
		return
	}
	for _, o := range objects {
		s.add(kind, o, true)
		s.spoken(o.mention)
	}
	s.evidence(kind, c, likely)
}

// spoken notes that more is said of a mention than that it is cited.
func (s *statements) spoken(m mention) {
	for i := s.from(m.from); i < len(s.all) && s.all[i].from == m.from; i++ {
		s.said[i] = true
	}
}

func (s *statements) evidence(kind storage.RelationKind, c clause, confidence float64) {
	for i, k := range strengths[:3] { // what ends or changes another document
		if e := s.r.facts.Evidence["relations"]; k == kind && (e.Text == "" || i < s.best) {
			s.best = i
			s.r.saw("relations", s.t.evidence(c.from, c.to), confidence)
		}
	}
}

// sorted are the relations to tell: each target once for the strongest of each
// that exclude each other, the strongest kinds first, in the order of the text.
func (s *statements) sorted() []storage.Relation {
	dates := map[string]storage.Date{} // of a target, and of it in one year, the first that the text gives
	for _, f := range s.found {
		for _, key := range []string{f.key, f.inYear()} {
			if f.Date != "" && dates[key] == "" {
				dates[key] = f.Date
			}
		}
	}
	kinds := map[string]int{} // of a target, as bits of strengths
	for i := range s.found {
		f := &s.found[i]
		if f.Date == "" || f.dated {
			f.Date = dates[f.key]
		} else {
			f.Date = dates[f.inYear()]
		}
		kinds[f.key+"@"+string(f.Date)] |= 1 << f.rank
	}
	sorted := []storage.Relation{}
	seen := map[string]int{} // target and kind → its place in sorted, from 1
	for at := range strengths {
		for _, f := range s.found {
			if f.rank != at || weaker(kinds[f.key+"@"+string(f.Date)], at) {
				continue
			}
			id := f.key + "@" + string(f.Date) + string(f.Kind)
			if seen[id] > 0 {
				sorted[seen[id]-1].Explicit = sorted[seen[id]-1].Explicit || f.Explicit
				continue
			}
			sorted = append(sorted, f.Relation)
			seen[id] = len(sorted)
		}
	}
	return sorted
}

// weaker tells whether one of the kinds says more than the one of that strengths,
// and the same: of what ends or changes a document only the strongest is told,
// of carrying it out, too, and that it is cited only where nothing else is.
func weaker(kinds, at int) bool {
	stronger := kinds & (1<<at - 1)
	switch strengths[at] {
	case storage.BasedOn:
		return false
	case storage.Guides, storage.Implements:
		return stronger&(1<<slices.Index(strengths, storage.Guides)) != 0
	}
	return stronger != 0
}
