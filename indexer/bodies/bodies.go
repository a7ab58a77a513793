// Package bodies knows the bodies that issue documents: what they are called,
// their symbols, when they began and ended, and which went into which. It
// comes with the central bodies, the ministries and those of every province
// (bodies.json); an operator's own file adds to it (Extend).
//
// What it does not know is nothing wrong: names are then taken as they stand.
package bodies

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"vankien/analyzers"
	"vankien/storage"
)

// Level says where a body stands.
type Level string

// The levels.
const (
	Central   Level = "trung-uong"
	Ministry  Level = "bo" // and what is its equal: courts, offices of the State
	Province  Level = "tinh"
	Office    Level = "so" // departments of a province
	District  Level = "huyen"
	Commune   Level = "xa"
	Bloc      Level = "dang-bo-khoi" // Party committees of blocs, and those that stand directly below the centre
	Committee Level = "dang-uy"      // any other Party committee
	Cell      Level = "chi-bo"
	Union     Level = "doan-the" // the Front and the mass organisations
)

var levels = []Level{Central, Ministry, Province, Office, District, Commune, Bloc, Committee, Cell, Union}

// Body is a body that issues documents. Bodies of one name that followed each
// other are several: the province Thái Nguyên until 30/6/2025 and the one since.
type Body struct {
	ID      string
	Name    string   // the one spelling of it
	Names   []string // other names
	Symbols []string // as they stand in document numbers
	Level   Level
	Party   bool
	Advises bool         // a Party body that serves a committee and leads nobody: Ban Tổ chức, Văn phòng
	Start   storage.Date // first and last day; "" where there is none, or nobody has looked
	End     storage.Date
	From    []string // ids of the bodies that went into it
	Into    []string // ids of the bodies that it went into
	Parent  string   // id, "" for none
	Note    string   // in Vietnamese; (?) where whoever wrote it was unsure
}

// Existed tells whether the body was there on a day; "" is any day.
func (b Body) Existed(on storage.Date) bool {
	return on == "" || (b.Start == "" || b.Start <= on) && (b.End == "" || on <= b.End)
}

// Unsure tells whether whoever wrote the body down had doubts, which the note
// names: mostly its first or last day.
func (b Body) Unsure() bool { return strings.Contains(b.Note, "(?)") }

// Register is a set of bodies. It is never changed and safe for concurrent use.
type Register struct {
	source source
	bodies []Body
	byID   map[string]int
	byName map[string][]named // folded words of a name; bodies of no place
	rules  map[string][]rule  // folded words before a province's name
	bySign map[string][]int   // symbol in capitals; bodies of no place
	places map[string][]int   // folded words of a place's name → source.Places
	heads  map[string]int     // folded words before any name → source.Anywhere
	most   int                // words in the longest of heads
}

// named is a body by one of its names.
type named struct {
	accented string
	body     int
}

// rule is one of source.Everywhere in places of a kind.
type rule struct {
	at   int
	kind string
}

//go:embed bodies.json
var embedded string

var (
	loaded = sync.OnceValue(func() *Register {
		r, err := Load(strings.NewReader(embedded))
		if err != nil {
			panic(err) // a slip in our own file, which a test reads
		}
		return r
	})
	used atomic.Pointer[Register]
)

// BuiltIn is the register that the program comes with.
func BuiltIn() *Register { return loaded() }

// Default is the register of the program: BuiltIn, or what Use put in its place.
func Default() *Register {
	if r := used.Load(); r != nil {
		return r
	}
	return BuiltIn()
}

// Use makes r the register of the program, nil BuiltIn. It is for the start,
// before documents and queries are read: what was made with the former stays.
func Use(r *Register) { used.Store(r) }

// ByName finds the body that a name means on a day, "" being today's. The name
// may lack accents, use either tone place, abbreviations (UBND, TW, TP) or be a
// symbol; a post before it does not matter ("Chủ tịch UBND tỉnh …"). Where no
// body of the name existed on that day it is the one nearest in time: ask
// Body.Existed. Bodies of districts, communes and cells are made from their
// names, and one whose place is left open ("Tỉnh ủy") is any of its kind. False where the name says nothing.
func (r *Register) ByName(name string, on storage.Date) (Body, bool) {
	m, ok := r.find(name, on)
	return m.body, ok
}

// Canonical is the one spelling of the body that a name means on a day, with
// the post that was before it; what is not known comes back as it is.
func (r *Register) Canonical(name string, on storage.Date) string {
	m, ok := r.find(name, on)
	switch {
	case !ok:
		return name
	case m.post != "":
		return m.post + " " + m.body.Name
	}
	return m.body.Name
}

// Same tells whether two names are of one body over time: equal, or one went,
// directly or through others, into the other. Two that went into a third are not.
func (r *Register) Same(a, b string) bool {
	if readName(a).fold == readName(b).fold {
		return true
	}
	other, ok := r.ByName(b, "")
	return ok && slices.ContainsFunc(r.Family(a), func(x Body) bool { return x.ID == other.ID || x.Name == other.Name })
}

// Family is the body that a name means today, then those that went into it,
// then those that it went into, the nearest first; nil where the name is not known.
func (r *Register) Family(name string) []Body {
	body, ok := r.ByName(name, "")
	if !ok {
		return nil
	}
	family := append([]Body{body}, r.along(body, func(b Body) []string { return b.From })...)
	return append(family, r.along(body, func(b Body) []string { return b.Into })...)
}

// along are the bodies that links lead to, the nearest first.
func (r *Register) along(body Body, links func(Body) []string) []Body {
	var all []Body
	seen := map[string]bool{body.ID: true}
	for next := links(body); len(next) > 0; {
		var further []string
		for _, id := range next {
			if i, ok := r.byID[id]; ok && !seen[id] {
				seen[id] = true
				all = append(all, r.bodies[i])
				further = append(further, links(r.bodies[i])...)
			}
		}
		next = further
	}
	return all
}

// Former is a body that went into another, as its papers call it.
type Former struct {
	Name string
	End  storage.Date // its last day
}

// Formers are the bodies that went into the one of a name and were called
// otherwise, the latest to end first: Tỉnh ủy Thái Nguyên has Tỉnh ủy Bắc Kạn
// and Tỉnh ủy Bắc Thái. A body that has ended has none: who asks for Tỉnh ủy
// Bắc Kạn means that one. The name may be a province alone, or end in one ("Sở
// Du lịch tỉnh Thái Nguyên").
func (r *Register) Formers(name string) []Former {
	formers := r.formerPlaces(name)
	if body, ok := r.ByName(name, ""); ok {
		if _, listed := r.byID[body.ID]; listed {
			formers = nil
			if body.End != "" {
				return nil
			}
			for _, b := range r.along(body, func(b Body) []string { return b.From }) {
				formers = append(formers, Former{b.Name, b.End})
			}
			name = body.Name
		}
	}
	slices.SortStableFunc(formers, func(a, b Former) int { return cmp.Or(cmp.Compare(b.End, a.End), cmp.Compare(a.Name, b.Name)) })
	known := map[string]bool{readName(name).fold: true}
	return slices.DeleteFunc(formers, func(f Former) bool {
		key := readName(f.Name).fold
		defer func() { known[key] = true }()
		return known[key]
	})
}

// Names are the names that bodies are known by without a place: those of the
// central ones, and what stands before the place of the others ("Tỉnh ủy",
// "Ủy ban nhân dân tỉnh", "Huyện ủy").
func (r *Register) Names() []string {
	var all []string
	for _, e := range r.source.Bodies {
		all = append(append(all, e.Name), e.Names...)
	}
	for _, e := range r.source.Everywhere {
		for _, p := range []entry{{Kind: provinceKind}, {Kind: cityKind}} {
			all = append(all, strings.TrimSpace(p.fill(e.Name)))
		}
	}
	for _, e := range r.source.Anywhere {
		for _, name := range append([]string{e.Name}, e.Names...) {
			all = append(all, headOf(name))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Places are the names of all provinces and cities that there are or were.
func (r *Register) Places() []string {
	var all []string
	for _, p := range r.source.Places {
		all = append(append(all, p.Name), p.Names...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// All are the bodies of the register, those of the provinces too, in an order
// that does not change. Bodies of districts and communes are not listed.
func (r *Register) All() []Body { return slices.Clone(r.bodies) }

// slug is an id made from a name.
func slug(name string) string { return analyzers.Slug(name) }
