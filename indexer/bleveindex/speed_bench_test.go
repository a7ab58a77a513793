package bleveindex

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	"vankien/indexer"
	"vankien/storage"
)

// BenchmarkSpeed measures searches over libraries of three sizes, and in the
// same run what other engines take for the same passages and terms. Every
// search counts exactly, counts three facets and shows ten hits with marks. It
// ends with a table for docs/speed.md.
//
//	VANKIEN_BENCH_PASSAGES=60000,200000  the sizes
//	VANKIEN_BENCH_DIR=dir                keeps the libraries from run to run
//	VANKIEN_BENCH_ALONE=1                without the other engines
//
// A time is the least of several passes over the queries, so that a busy
// machine shows less; under load (two threads, a writer) it is what it is.
func BenchmarkSpeed(b *testing.B) {
	queries := newSpeedQueries(b)
	table := &speedTable{}
	for _, passages := range speedSizes(b) {
		b.Run(strconv.Itoa(passages), func(b *testing.B) {
			s := newSpeedBench(b, passages)
			defer closing(b, s.index)
			s.measure(b, queries, table)
		})
	}
	table.print(b)
}

func speedSizes(b *testing.B) []int {
	b.Helper()
	set := os.Getenv("VANKIEN_BENCH_PASSAGES")
	if set == "" {
		return []int{10_000, 60_000, 200_000}
	}
	var sizes []int
	for size := range strings.SplitSeq(set, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			b.Fatal(err)
		}
		sizes = append(sizes, n)
	}
	return sizes
}

// speedBench is one size.
type speedBench struct {
	passages int
	dir      string
	index    *Index
	text     int // bytes of all passages
}

// newSpeedBench opens the library, making it where it is not kept.
func newSpeedBench(b *testing.B, passages int) *speedBench {
	b.Helper()
	s := &speedBench{passages: passages, dir: b.TempDir()}
	if kept := os.Getenv("VANKIEN_BENCH_DIR"); kept != "" {
		s.dir = filepath.Join(kept, strconv.Itoa(passages))
		if err := os.MkdirAll(s.dir, 0o700); err != nil {
			b.Fatal(err)
		}
	}
	s.index = open(b, filepath.Join(s.dir, "ours"))
	full := len(revisions(b, s.index)) > 0
	newSpeedLibrary(b).upTo(passages, func(entries []indexer.Entry) {
		for _, e := range entries {
			for _, p := range e.Passages {
				s.text += len(p.Title) + len(p.Text)
			}
		}
		if !full {
			apply(b, s.index, indexer.Batch{Put: entries})
		}
	})
	return s
}

var speedFacets = []indexer.Facet{indexer.FacetKind, indexer.FacetIssuer, indexer.FacetYear}

func (s *speedBench) measure(b *testing.B, queries []speedQueries, table *speedTable) {
	if text := float64(s.text); !testing.Short() {
		fmt.Printf("%d passages, %.1f MB of text, index %.2f times that\n", s.passages, text/1e6, float64(folderSize(b, filepath.Join(s.dir, "ours")))/text)
	}
	before := liveHeap()
	for _, kind := range queries {
		b.Run(kind.name, func(b *testing.B) {
			table.add(s.passages, kind.name, "ours", least(b, ownPasses, kind.queries, func(text string) { s.answer(b, kind, text, speedFacets) }))
		})
		if !kind.suggest && strings.HasPrefix(kind.name, "question") {
			b.Run(kind.name+", no facets", func(b *testing.B) {
				table.add(s.passages, kind.name+", no facets", "ours", least(b, ownPasses, kind.queries, func(text string) { s.answer(b, kind, text, nil) }))
			})
		}
	}
	fmt.Printf("%d passages: %.1f MB of heap, %.1f MB of it since the first search\n", s.passages, float64(liveHeap())/1e6, float64(liveHeap()-before)/1e6)
	s.load(b, queries, table)
	if os.Getenv("VANKIEN_BENCH_ALONE") == "" {
		s.others(b, queries, table)
	}
}

func liveHeap() int64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

// answer is one search as a page makes it.
func (s *speedBench) answer(b testing.TB, kind speedQueries, text string, facets []indexer.Facet) {
	if kind.suggest {
		if _, err := s.index.Suggest(b.Context(), text, storage.AudiencePublic, 8); err != nil {
			b.Fatal(err)
		}
		return
	}
	find(b, s.index, indexer.Query{Text: text, Facets: facets})
}

// least passes several times over queries.
func least(b *testing.B, passes int, queries []string, answer func(string)) times {
	var least, first times
	for b.Loop() {
		for range passes {
			for i, text := range queries {
				began := time.Now()
				answer(text)
				took := time.Since(began)
				if i == len(least) {
					least, first = append(least, took), append(first, took)
				}
				least[i] = min(least[i], took)
			}
		}
	}
	b.ReportMetric(first.sorted().at(50), "first-p50-ms") // nothing of the queries is in memory yet
	b.ReportMetric(first.at(95), "first-p95-ms")
	return least.sorted().report(b)
}

// How often ours and the other engines are asked, and how many of the queries
// the others get: at 200,000 passages some take seconds.
const (
	ownPasses    = 5
	otherPasses  = 2
	otherQueries = 30
)

// load measures whole questions on two threads, and while documents are added.
func (s *speedBench) load(b *testing.B, queries []speedQueries, table *speedTable) {
	kind := queries[slices.IndexFunc(queries, func(k speedQueries) bool { return k.name == "question, bare" })]
	b.Run("two threads", func(b *testing.B) {
		var took [2]times
		began := time.Now()
		for b.Loop() {
			var threads sync.WaitGroup
			for thread := range took {
				threads.Go(func() { took[thread] = append(took[thread], s.straight(b, kind, nil)...) })
			}
			threads.Wait()
		}
		all := append(took[0], took[1]...)
		b.ReportMetric(float64(len(all))/time.Since(began).Seconds(), "queries/s")
		table.add(s.passages, kind.name+", two threads", "ours", all.sorted().report(b))
	})
	b.Run("while a writer adds", func(b *testing.B) {
		var took times
		added := newWriter(9)
		for b.Loop() {
			stop, stopped := make(chan struct{}), make(chan struct{})
			go func() {
				defer close(stopped)
				for n := 0; ; n++ {
					select {
					case <-stop:
						return
					case <-time.After(50 * time.Millisecond):
						if err := s.index.Apply(b.Context(), indexer.Batch{Put: []indexer.Entry{added.document(n%50, 4)}}); err != nil {
							b.Error(err)
						}
					}
				}
			}()
			took = append(took, s.straight(b, kind, speedFacets)...)
			close(stop)
			<-stopped
		}
		table.add(s.passages, kind.name+", while a writer adds", "ours", took.sorted().report(b))
		var added50 indexer.Batch
		for n := range 50 {
			added50.Delete = append(added50.Delete, added.document(n, 0).Document.ID)
		}
		apply(b, s.index, added50)
	})
}

// straight passes once over the queries.
func (s *speedBench) straight(b testing.TB, kind speedQueries, facets []indexer.Facet) times {
	var took times
	for _, text := range kind.queries {
		began := time.Now()
		s.answer(b, kind, text, facets)
		took = append(took, time.Since(began))
	}
	return took
}

// others measures the other engines on the queries without accents.
func (s *speedBench) others(b *testing.B, queries []speedQueries, table *speedTable) {
	reference, fresh := openBleveReference(b, s.dir)
	defer reference.index.Close()
	if fresh {
		newSpeedLibrary(b).upTo(s.passages, func(entries []indexer.Entry) { reference.add(b, entries) })
	}
	for _, kind := range queries {
		if kind.folded {
			b.Run(kind.name+", Bleve", func(b *testing.B) {
				table.add(s.passages, kind.name, "Bleve", least(b, otherPasses, kind.queries[:otherQueries], func(text string) { reference.find(b, text) }))
			})
		}
	}
	b.Run("SQLite", func(b *testing.B) {
		for name, took := range sqliteTimes(b, s, queries) {
			table.add(s.passages, name, "SQLite FTS5", took)
		}
	})
}

// times are sorted when they are reported.
type times []time.Duration

func (t times) sorted() times { slices.Sort(t); return t }

func (t times) at(share int) float64 {
	if len(t) == 0 {
		return 0
	}
	return float64(t[len(t)*share/100].Microseconds()) / 1e3
}

func (t times) report(b *testing.B) times {
	b.ReportMetric(t.at(50), "p50-ms")
	b.ReportMetric(t.at(95), "p95-ms")
	return t
}

// speedTable is a line a kind of query and size, a column an engine.
type speedTable struct {
	lines []speedLine
}

type speedLine struct {
	passages int
	name     string
	byEngine map[string]times
}

func (t *speedTable) add(passages int, name, engine string, took times) {
	at := slices.IndexFunc(t.lines, func(l speedLine) bool { return l.passages == passages && l.name == name })
	if at < 0 {
		at = len(t.lines)
		t.lines = append(t.lines, speedLine{passages, name, make(map[string]times)})
	}
	t.lines[at].byEngine[engine] = took
}

func (t *speedTable) print(b *testing.B) {
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 1, ' ', 0)
	fmt.Fprintln(w, "| passages\t| query\t| p50/p95 ms\t| Bleve\t| ratio\t| SQLite FTS5\t| ratio\t|")
	fmt.Fprintln(w, "|---\t|---\t|---\t|---\t|---\t|---\t|---\t|")
	for _, l := range t.lines {
		ours := l.byEngine["ours"]
		fmt.Fprintf(w, "| %d\t| %s\t| %.2f/%.2f\t", l.passages, l.name, ours.at(50), ours.at(95))
		for _, engine := range []string{"Bleve", "SQLite FTS5"} {
			if other := l.byEngine[engine]; other == nil {
				fmt.Fprint(w, "|\t|\t")
			} else {
				fmt.Fprintf(w, "| %.1f/%.1f\t| %.1f/%.1f\t", other.at(50), other.at(95), other.at(50)/ours.at(50), other.at(95)/ours.at(95))
			}
		}
		fmt.Fprintln(w, "|")
	}
	w.Flush()
	fmt.Print("\n", out.String())
}
