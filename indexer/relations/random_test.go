package relations_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer/relations"
	"vankien/storage"
)

// everything is all that a graph says of the ids.
func everything(g *relations.Graph, ids []storage.ID, today storage.Date) map[storage.ID]all {
	said := make(map[storage.ID]all, len(ids))
	for _, id := range ids {
		said[id] = all{g.Standing(id, today), g.Out(id, nil), g.In(id, nil)}
	}
	return said
}

type all struct {
	Standing relations.Standing
	Out, In  []relations.Edge
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

var (
	randomDays    = []storage.Date{"", "2010-02-03", "2014-05-06", "2014-05-06", "2014-08-01", "2019-01-02", "2024-07-01", "2026-12-01", "2027-01-01"}
	randomNumbers = []string{"", "1-QĐ/TW", "01-QĐ/TW", "1-QĐ/TU", "2-QĐ/TU", "2-QĐ/TW", "1-HD/BTCTU", "1/2014/QĐ-UBND", "2/QĐ-UBND", "1/SYT-NVY", "12/2014/QH13", "13/2024/QH15"}
	randomTargets = slices.Concat(randomNumbers[1:], []string{"1-QĐ", "1/SYT", "2-QD/TU", "Luật Đất đai", "Luật Đất đai năm 2014", "Luật số 12/2014/QH13", "Điều lệ Đảng", "Nghị quyết Trung ương 9 khóa XI", ""})
	randomIssuers = []string{"", "Bộ Chính trị", "Ban Chấp hành Trung ương", "Tỉnh ủy Thái Nguyên", "Tỉnh ủy Bắc Kạn", "Ban Tổ chức Tỉnh ủy Bắc Kạn", "Ủy ban nhân dân tỉnh Thái Nguyên", "Ủy ban nhân dân huyện Định Hóa, tỉnh Thái Nguyên"}
	randomTitles  = []string{"", "đất đai", "Đảng", "về quản lý tài sản công của tỉnh", "quản lý tài sản công của tỉnh (sửa đổi)", "quản lý tài sản công của tỉnh năm 2014", "ban hành Quy định về thẻ đảng viên và mẫu đơn", "thẻ đảng viên và mẫu đơn"}
	relationKinds = []storage.RelationKind{storage.Replaces, storage.Replaces, storage.Replaces, storage.Amends, storage.Repeals, storage.BasedOn, storage.Cites}
)

func randomWork(r *rand.Rand, ids []storage.ID) relations.Work {
	w := relations.Work{ID: pick(r, ids...), Staff: r.IntN(6) == 0, Stated: storage.Unverified}
	w.Facts = storage.Facts{
		Number: storage.Printed(pick(r, randomNumbers...)), Kind: pick[storage.Printed](r, "", "Quyết định", "Quyết định", "Quy định", "Luật", "Điều lệ"),
		Issuer: storage.Printed(pick(r, randomIssuers...)), Issued: pick(r, randomDays...), Title: storage.Printed(pick(r, randomTitles...)),
	}
	if r.IntN(4) == 0 {
		w.Facts.Effective = pick(r, randomDays...)
	}
	if r.IntN(6) == 0 {
		w.Stated = pick(r, storage.InForce, storage.Replaced, storage.Repealed)
	}
	if r.IntN(5) == 0 {
		w.Superseded = []storage.ID{pick(r, ids...), pick(r, ids...)}
	}
	for range r.IntN(4) {
		w.Facts.Relations = append(w.Facts.Relations, storage.Relation{
			Kind: pick(r, relationKinds...), Target: pick(r, randomTargets...), Date: pick(r, "", pick(r, randomDays...)), Explicit: r.IntN(4) > 0,
		})
	}
	return w
}

// TestAnyOrder: whatever was put, put again and deleted in whatever order, a
// graph says what a new one of the same works says, and Changed told of every
// difference on the way.
func TestAnyOrder(t *testing.T) {
	var ids []storage.ID
	for i := range 14 {
		ids = append(ids, storage.ID(fmt.Sprintf("id%02d", i)))
	}
	seeds := 120
	if testing.Short() {
		seeds = 30
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(uint64(seed), 6))
		g := relations.New()
		held := map[storage.ID]relations.Work{}
		today := storage.Date("2026-11-22")
		before := everything(g, ids, today)
		for step := range 40 {
			what := ""
			switch r.IntN(8) {
			case 0:
				id := pick(r, ids...)
				g.Delete(id)
				delete(held, id)
				what = "delete " + string(id)
			case 1:
				today = pick[storage.Date](r, "2014-06-01", "2026-11-22", "2026-12-01", "2027-05-01")
				what = "it is " + string(today)
			default:
				w := randomWork(r, ids)
				g.Put(w)
				held[w.ID] = w
				what = fmt.Sprintf("put %+v", w)
			}
			told := g.Changed(today)
			after := everything(g, ids, today)
			for _, id := range ids {
				if _, here := held[id]; here && !slices.Contains(told, id) && !cmp.Equal(before[id].Standing, after[id].Standing) {
					t.Fatalf("seed %d, step %d: %s: not told of %s:\n%s", seed, step, what, id, cmp.Diff(before[id].Standing, after[id].Standing))
				}
			}
			before = after
		}
		fresh := relations.New()
		for _, id := range ids { // in the order of the ids, not of the changes
			if w, here := held[id]; here {
				fresh.Put(w)
			}
		}
		if diff := cmp.Diff(everything(fresh, ids, today), before); diff != "" {
			t.Fatalf("seed %d (-fresh +changed):\n%s", seed, diff)
		}
		if g.Len() != len(held) {
			t.Fatalf("seed %d: holds %d works, want %d", seed, g.Len(), len(held))
		}
	}
}

// TestAnyOrderOfOneSubject is TestAnyOrder for the rules of one body on one
// matter, now few and now too many, some of which are for staff alone.
func TestAnyOrderOfOneSubject(t *testing.T) {
	var ids []storage.ID
	for i := range 26 {
		ids = append(ids, storage.ID(fmt.Sprintf("id%02d", i)))
	}
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 8))
		g := relations.New()
		held := map[storage.ID]relations.Work{}
		before := everything(g, ids, today)
		for step := range 80 {
			id := pick(r, ids...)
			if r.IntN(3) == 0 {
				g.Delete(id)
				delete(held, id)
			} else {
				w := doc(string(id), "", "Quy định", "Tỉnh ủy Bắc Kạn", fmt.Sprintf("2020-01-%02d", 1+r.IntN(28)), pick(r,
					"thẻ đảng viên và mẫu đơn xin cấp lại", "mẫu đơn xin cấp lại và thẻ đảng viên", "thẻ đảng viên và mẫu đơn xin cấp mới lại", "thẻ đảng viên và mẫu đơn"))
				w.Staff = r.IntN(3) == 0
				g.Put(w)
				held[id] = w
			}
			told, after := g.Changed(today), everything(g, ids, today)
			for id := range held {
				if !slices.Contains(told, id) && !cmp.Equal(before[id].Standing, after[id].Standing) {
					t.Fatalf("seed %d, step %d: not told of %s:\n%s", seed, step, id, cmp.Diff(before[id].Standing, after[id].Standing))
				}
			}
			before = after
		}
		fresh := relations.New()
		for _, w := range held {
			fresh.Put(w)
		}
		if diff := cmp.Diff(everything(fresh, ids, today), before); diff != "" {
			t.Fatalf("seed %d (-fresh +changed):\n%s", seed, diff)
		}
	}
}

// TestBothWays: In says of a document exactly what Out says of the others, and
// nothing is said of a document that is certainly newer.
func TestBothWays(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 7))
		var ids []storage.ID
		for i := range 30 {
			ids = append(ids, storage.ID(fmt.Sprintf("id%02d", i)))
		}
		g := relations.New()
		issued := map[storage.ID]storage.Date{}
		for range 40 {
			w := randomWork(r, ids)
			issued[w.ID] = w.Facts.Issued
			g.Put(w)
		}
		for _, id := range ids {
			for _, e := range g.Out(id, nil) {
				for at, to := range e.To {
					if issued[id] != "" && issued[to] > issued[id] {
						t.Fatalf("seed %d: %s names %s, which is newer", seed, id, to)
					}
					found := slices.ContainsFunc(g.In(to, nil), func(in relations.Edge) bool { return cmp.Equal(in, e) })
					if !e.Decided && !found || e.Decided && at == 0 && !found {
						t.Fatalf("seed %d: %+v is not among those that mean %s", seed, e, to)
					}
				}
			}
			for _, e := range g.In(id, nil) {
				if !slices.ContainsFunc(g.Out(e.From, nil), func(out relations.Edge) bool { return cmp.Equal(out, e) }) || !slices.Contains(e.To, id) {
					t.Fatalf("seed %d: %+v means %s, but is not stated", seed, e, id)
				}
			}
		}
	}
}

// TestWhoMayNotSee: what is told to those who may see only some of the works is
// what a graph of those alone says.
func TestWhoMayNotSee(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 9))
		var ids []storage.ID
		for i := range 30 {
			ids = append(ids, storage.ID(fmt.Sprintf("id%02d", i)))
		}
		g, some := relations.New(), relations.New()
		hidden := map[storage.ID]bool{}
		for range 40 {
			w := randomWork(r, ids)
			g.Put(w)
			if hidden[w.ID] = r.IntN(3) == 0; hidden[w.ID] {
				some.Delete(w.ID)
			} else {
				some.Put(w)
			}
		}
		shown := func(id storage.ID) bool { return !hidden[id] }
		for _, id := range ids {
			if hidden[id] {
				continue
			}
			if diff := cmp.Diff(some.Out(id, nil), g.Out(id, shown)); diff != "" {
				t.Fatalf("seed %d: %s says (-without the hidden, +with them):\n%s", seed, id, diff)
			}
			if diff := cmp.Diff(some.In(id, nil), g.In(id, shown)); diff != "" {
				t.Fatalf("seed %d: of %s is said (-without the hidden, +with them):\n%s", seed, id, diff)
			}
		}
	}
}

// TestReadersBesideAWriter is for the race detector.
func TestReadersBesideAWriter(t *testing.T) {
	ids := []storage.ID{"a", "b", "c", "d", "e", "f"}
	g := relations.New()
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					everything(g, ids, today)
				}
			}
		})
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		g.Put(randomWork(r, ids))
		if r.IntN(4) == 0 {
			g.Delete(pick(r, ids...))
		}
		g.Changed(today)
	}
	close(done)
	readers.Wait()
}
