package relations_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vankien/indexer/relations"
	"vankien/storage"
)

const today = storage.Date("2026-11-22")

// paper is a work of the Bộ Chính trị; says are its relations.
func paper(id, number, issued string, says ...storage.Relation) relations.Work {
	return relations.Work{ID: storage.ID(id), Facts: storage.Facts{
		Number: storage.Printed(number), Kind: "Quy định", Issuer: "Bộ Chính trị", Issued: storage.Date(issued), Relations: says,
	}}
}

func says(kind storage.RelationKind, target string, date ...storage.Date) storage.Relation {
	r := storage.Relation{Kind: kind, Target: target, Explicit: true}
	if len(date) > 0 {
		r.Date = date[0]
	}
	return r
}

func implied(r storage.Relation) storage.Relation {
	r.Explicit = false
	return r
}

func effective(w relations.Work, day storage.Date) relations.Work {
	w.Facts.Effective = day
	return w
}

func stated(w relations.Work, v storage.Validity, replacedBy ...storage.ID) relations.Work {
	w.Stated, w.Superseded = v, replacedBy
	return w
}

func staff(w relations.Work) relations.Work {
	w.Staff = true
	return w
}

func graphOf(works []relations.Work) *relations.Graph {
	g := relations.New()
	for _, w := range works {
		g.Put(w)
	}
	return g
}

func TestStanding(t *testing.T) {
	a := paper("a", "901-QĐ/TW", "2012-01-05")
	b := paper("b", "902-QĐ/TW", "2018-01-05", says(storage.Replaces, "901-QĐ/TW", "2012-01-05"))
	c := paper("c", "903-QĐ/TW", "2024-01-05", says(storage.Replaces, "902-QĐ/TW"))
	for _, test := range []struct {
		name  string
		works []relations.Work
		today storage.Date
		want  map[storage.ID]relations.Standing
	}{
		{"what nobody stated is unverified", []relations.Work{a}, today, map[storage.ID]relations.Standing{
			"a": {Validity: storage.Unverified}, "nobody": {Validity: storage.Unverified},
		}},
		{"three generations", []relations.Work{c, a, b}, today, map[storage.ID]relations.Standing{
			"a": {Validity: storage.Replaced, ReplacedBy: []storage.ID{"b"}, Latest: []storage.ID{"c"}},
			"b": {Validity: storage.Replaced, ReplacedBy: []storage.ID{"c"}, Latest: []storage.ID{"c"}},
			"c": {Validity: storage.Unverified},
		}},
		{"one replaces two", []relations.Work{a, paper("a2", "904-QĐ/TW", "2013-01-05"),
			paper("b", "905-QĐ/TW", "2018-01-05", says(storage.Replaces, "901-QĐ/TW"), says(storage.Replaces, "904-QĐ/TW"))},
			today, map[storage.ID]relations.Standing{
				"a":  {Validity: storage.Replaced, ReplacedBy: []storage.ID{"b"}, Latest: []storage.ID{"b"}},
				"a2": {Validity: storage.Replaced, ReplacedBy: []storage.ID{"b"}, Latest: []storage.ID{"b"}},
			}},
		{"two replace one", []relations.Work{a, b, paper("b2", "906-QĐ/TW", "2019-01-05", says(storage.Replaces, "901-QĐ/TW"))},
			today, map[storage.ID]relations.Standing{
				"a": {Validity: storage.Replaced, ReplacedBy: []storage.ID{"b2", "b"}, Latest: []storage.ID{"b2", "b"}},
			}},
		{"before the successor's effect begins nothing is replaced", []relations.Work{a, effective(b, "2018-03-01")}, "2018-02-28",
			map[storage.ID]relations.Standing{
				"a": {Validity: storage.Unverified, ReplacedBy: []storage.ID{"b"}, Until: "2018-03-01"},
				"b": {Validity: storage.NotYetInForce},
			}},
		{"on its first day it is", []relations.Work{a, effective(b, "2018-03-01")}, "2018-03-01", map[storage.ID]relations.Standing{
			"a": {Validity: storage.Replaced, ReplacedBy: []storage.ID{"b"}, Latest: []storage.ID{"b"}},
			"b": {Validity: storage.Unverified},
		}},
		{"the chain ends before what has no effect yet", []relations.Work{a, b, effective(c, "2027-01-01")}, today, map[storage.ID]relations.Standing{
			"a": {Validity: storage.Replaced, ReplacedBy: []storage.ID{"b"}, Latest: []storage.ID{"b"}},
			"b": {Validity: storage.Unverified, ReplacedBy: []storage.ID{"c"}, Until: "2027-01-01"},
		}},
		{"repealed", []relations.Work{a, paper("r", "907-QĐ/TW", "2019-01-05", says(storage.Repeals, "901-QĐ/TW"))}, today,
			map[storage.ID]relations.Standing{"a": {Validity: storage.Repealed}}},
		{"amended is weaker than replaced", []relations.Work{a, b, paper("m", "908-QĐ/TW", "2019-01-05", says(storage.Amends, "901-QĐ/TW"), says(storage.Amends, "902-QĐ/TW"))},
			today, map[storage.ID]relations.Standing{
				"a": {Validity: storage.Replaced, ReplacedBy: []storage.ID{"b"}, Latest: []storage.ID{"b"}},
				"b": {Validity: storage.Amended},
			}},
		{"what is only implied is only possible", []relations.Work{a, paper("i", "909-QĐ/TW", "2020-01-05", implied(says(storage.Repeals, "901-QĐ/TW")))},
			today, map[storage.ID]relations.Standing{"a": {Validity: storage.Unverified, Possible: []storage.ID{"i"}}}},
		{"what people state wins, and the successor stays visible", []relations.Work{stated(a, storage.InForce), b}, today,
			map[storage.ID]relations.Standing{"a": {Validity: storage.InForce, ReplacedBy: []storage.ID{"b"}}}},
		{"what people name as successor replaces", []relations.Work{stated(a, storage.Unverified, "x", "gone"), paper("x", "910-QĐ/TW", "2020-01-05")}, today,
			map[storage.ID]relations.Standing{"a": {Validity: storage.Replaced, ReplacedBy: []storage.ID{"x"}, Latest: []storage.ID{"x"}}}},
		{"people may state it without a successor", []relations.Work{stated(a, storage.Replaced)}, today,
			map[storage.ID]relations.Standing{"a": {Validity: storage.Replaced}}},
		{"a chain that people ended", []relations.Work{a, stated(b, storage.InForce), c}, today, map[storage.ID]relations.Standing{
			"a": {Validity: storage.Replaced, ReplacedBy: []storage.ID{"b"}, Latest: []storage.ID{"b"}},
		}},
		{"nothing replaces what is newer", []relations.Work{paper("a", "901-QĐ/TW", "2020-01-05"), b}, today,
			map[storage.ID]relations.Standing{"a": {Validity: storage.Unverified}}},
		{"of a circle without dates nothing is believed", []relations.Work{
			paper("x", "911-QĐ/TW", "", says(storage.Replaces, "912-QĐ/TW")), paper("y", "912-QĐ/TW", "", says(storage.Replaces, "911-QĐ/TW"))},
			today, map[storage.ID]relations.Standing{"x": {Validity: storage.Unverified}, "y": {Validity: storage.Unverified}}},
		{"a circle through a paper without a date keeps what the dates support", []relations.Work{
			paper("x", "911-QĐ/TW", "2020-01-01", says(storage.Replaces, "912-QĐ/TW")), paper("y", "912-QĐ/TW", "", says(storage.Replaces, "913-QĐ/TW")),
			paper("z", "913-QĐ/TW", "2022-01-01", says(storage.Replaces, "911-QĐ/TW"))},
			today, map[storage.ID]relations.Standing{
				"x": {Validity: storage.Replaced, ReplacedBy: []storage.ID{"z"}, Latest: []storage.ID{"z"}},
				"y": {Validity: storage.Unverified}, "z": {Validity: storage.Unverified},
			}},
		{"what only staff may know of says nothing of others", []relations.Work{a, staff(b)}, today,
			map[storage.ID]relations.Standing{"a": {Validity: storage.Unverified}}},
		{"but of what is for staff", []relations.Work{staff(a), staff(b)}, today,
			map[storage.ID]relations.Standing{"a": {Validity: storage.Replaced, ReplacedBy: []storage.ID{"b"}, Latest: []storage.ID{"b"}}}},
		{"other bytes of one document stand and fall together", []relations.Work{a, paper("a'", "901-QĐ/TW", "2012-01-05"), b}, today,
			map[storage.ID]relations.Standing{
				"a":  {Validity: storage.Replaced, ReplacedBy: []storage.ID{"b"}, Latest: []storage.ID{"b"}, Duplicates: []storage.ID{"a'"}},
				"a'": {Validity: storage.Replaced, ReplacedBy: []storage.ID{"b"}, Latest: []storage.ID{"b"}, Duplicates: []storage.ID{"a"}},
			}},
		{"several that may be meant are not replaced", []relations.Work{a, paper("old", "901-QĐ/TW", "2005-01-05"),
			paper("s", "914-QĐ/TW", "2020-01-05", says(storage.Replaces, "901-QĐ/TW"))},
			today, map[storage.ID]relations.Standing{"a": {Validity: storage.Unverified}, "old": {Validity: storage.Unverified}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := graphOf(test.works)
			for id, want := range test.want {
				if diff := cmp.Diff(want, g.Standing(id, test.today), cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%s (-want +got):\n%s", id, diff)
				}
			}
		})
	}
}

// TestSuccessorDeleted: a chain falls back to what is left of it.
func TestSuccessorDeleted(t *testing.T) {
	g := graphOf([]relations.Work{
		paper("a", "901-QĐ/TW", "2012-01-05"),
		paper("b", "902-QĐ/TW", "2018-01-05", says(storage.Replaces, "901-QĐ/TW")),
		paper("c", "903-QĐ/TW", "2024-01-05", says(storage.Replaces, "902-QĐ/TW")),
	})
	g.Changed(today)
	for _, step := range []struct {
		deleted storage.ID
		changed []storage.ID
		want    relations.Standing
	}{
		{"c", []storage.ID{"a", "b"}, relations.Standing{Validity: storage.Replaced, ReplacedBy: []storage.ID{"b"}, Latest: []storage.ID{"b"}}},
		{"b", []storage.ID{"a"}, relations.Standing{Validity: storage.Unverified}},
	} {
		g.Delete(step.deleted)
		if diff := cmp.Diff(step.changed, g.Changed(today)); diff != "" {
			t.Errorf("changed by deleting %s (-want +got):\n%s", step.deleted, diff)
		}
		if diff := cmp.Diff(step.want, g.Standing("a", today)); diff != "" {
			t.Errorf("without %s (-want +got):\n%s", step.deleted, diff)
		}
	}
}

// TestDayComes: no change but the day makes a standing another.
func TestDayComes(t *testing.T) {
	g := graphOf([]relations.Work{
		paper("a", "901-QĐ/TW", "2012-01-05"),
		effective(paper("b", "902-QĐ/TW", "2026-11-20", says(storage.Replaces, "901-QĐ/TW")), "2026-12-01"),
		paper("else", "7-QĐ/TW", "2012-01-05"),
	})
	g.Changed(today)
	for _, step := range []struct {
		today storage.Date
		want  []storage.ID
	}{{today, nil}, {"2026-11-30", nil}, {"2026-12-01", []storage.ID{"a", "b"}}, {"2026-12-24", nil}, {"2026-11-30", []storage.ID{"a", "b"}}} {
		if diff := cmp.Diff(step.want, g.Changed(step.today)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.today, diff)
		}
	}
}
