package relations_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"vankien/indexer/relations"
	"vankien/storage"
)

const (
	benchWorks     = 20_000
	benchRelations = 30
)

// benchLibrary is a library of a province: numbers that begin again each year,
// kinds and bodies as they are spread, titles of words of which few are rare.
func benchLibrary() []relations.Work {
	r := rand.New(rand.NewPCG(20, 30))
	issuers := []struct{ party, symbol, name string }{
		{"-", "/TU", "Tỉnh ủy Thái Nguyên"}, {"-", "/BTCTU", "Ban Tổ chức Tỉnh ủy Thái Nguyên"}, {"-", "/TW", "Ban Bí thư"}, {"-", "/TW", "Bộ Chính trị"},
		{"/", "-UBND", "Ủy ban nhân dân tỉnh Thái Nguyên"}, {"/", "-SYT", "Sở Y tế tỉnh Thái Nguyên"}, {"/", "-TTg", "Thủ tướng Chính phủ"}, {"/", "-BNV", "Bộ Nội vụ"},
	}
	kinds := []struct{ symbol, name string }{{"QĐ", "Quyết định"}, {"KH", "Kế hoạch"}, {"HD", "Hướng dẫn"}, {"TB", "Thông báo"}, {"CT", "Chỉ thị"}}
	words := make([]string, 1500)
	for i := range words {
		words[i] = string(rune('a'+i%23)) + string(rune('a'+i/23%23)) + string(rune('a'+i/529))
	}
	works := make([]relations.Work, benchWorks)
	for i := range works {
		of, kind := issuers[r.IntN(len(issuers))], kinds[r.IntN(len(kinds))]
		f := &works[i].Facts
		works[i].ID = storage.ID(fmt.Sprintf("%032x", r.Uint64()))
		f.Number = storage.Printed(fmt.Sprintf("%d%s%s%s", 1+int(300*r.ExpFloat64()), of.party, kind.symbol, of.symbol))
		f.Kind, f.KindSymbol, f.Issuer = storage.Printed(kind.name), storage.Printed(kind.symbol), storage.Printed(of.name)
		f.Issued = storage.Date(fmt.Sprintf("%d-%02d-%02d", 2000+r.IntN(27), 1+r.IntN(12), 1+r.IntN(28)))
		for range 14 {
			f.Title += storage.Printed(words[int(float64(len(words))*r.Float64()*r.Float64()*r.Float64())] + " ")
		}
	}
	for i := range works {
		for k := range benchRelations {
			kind := storage.Cites
			if k < 2 {
				kind = storage.Replaces
			} else if k < 6 {
				kind = storage.BasedOn
			}
			skew := r.Float64()
			other := works[int(benchWorks*skew*skew)].Facts
			relation := storage.Relation{Kind: kind, Target: string(other.Number), Explicit: true}
			if r.IntN(2) == 0 {
				relation.Date = other.Issued
			}
			works[i].Facts.Relations = append(works[i].Facts.Relations, relation)
		}
	}
	return works
}

// BenchmarkPut takes 20,000 works with 30 relations each into a graph, and
// then one of them again and again.
func BenchmarkPut(b *testing.B) {
	works := benchLibrary()
	heap := func() uint64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	b.Run("library", func(b *testing.B) {
		before := heap()
		var g *relations.Graph
		for range b.N {
			g = graphOf(works)
			g.Changed(today)
		}
		b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(works)), "µs/put")
		b.ReportMetric(float64(heap()-before)/float64(len(works)), "B/work")
		runtime.KeepAlive(g)
	})
	g := graphOf(works)
	g.Changed(today)
	b.Run("again", func(b *testing.B) {
		changed := 0
		for i := range b.N {
			g.Put(works[i*7919%len(works)])
			changed += len(g.Changed(today))
		}
		b.ReportMetric(float64(changed)/float64(b.N), "changed/put")
	})
	b.Run("standing", func(b *testing.B) {
		for i := range b.N {
			g.Standing(works[i*7919%len(works)].ID, today)
		}
	})
	b.Run("out", func(b *testing.B) {
		for i := range b.N {
			g.Out(works[i*7919%len(works)].ID, nil)
		}
	})
	b.Run("in", func(b *testing.B) {
		for i := range b.N {
			g.In(works[i*7919%len(works)].ID, nil)
		}
	})
	b.Run("day", func(b *testing.B) {
		for i := range b.N {
			g.Changed([]storage.Date{today, "2026-11-23"}[i%2])
		}
	})
}

// BenchmarkOneSubject takes works of one body and kind into a graph whose
// titles are the same, or the same but for a name: the time of one must not
// grow with how many there are.
func BenchmarkOneSubject(b *testing.B) {
	for _, titles := range []struct {
		name string
		of   func(i int) string
	}{
		{"same", func(int) string { return "hỗ trợ kinh phí khắc phục hậu quả bão lụt" }},
		{"names", func(i int) string {
			return "hỗ trợ kinh phí khắc phục hậu quả bão lụt cho hộ gia đình bà " + letters(i)
		}},
	} {
		for _, size := range []int{1000, 2000, 4000} {
			works := make([]relations.Work, size)
			for i := range works {
				works[i] = doc(fmt.Sprintf("id%05d", i), fmt.Sprintf("%d-QĐ/TU", i+1), "Quyết định", "Tỉnh ủy Thái Nguyên", fmt.Sprintf("20%02d-01-%02d", i%26, 1+i%28), titles.of(i))
			}
			b.Run(fmt.Sprintf("%s/%d", titles.name, size), func(b *testing.B) {
				for range b.N {
					graphOf(works).Changed(today)
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*size), "µs/put")
			})
		}
	}
}

// letters is a word for each number.
func letters(i int) string {
	return "x" + string([]rune{rune('a' + i%26), rune('a' + i/26%26), rune('a' + i/676%26)})
}
