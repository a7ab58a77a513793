package bleveindex

import (
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"vankien/indexer"
	"vankien/storage"
)

// BenchmarkServing measures an index of 20,000 documents as a server uses it:
// what opening costs, what a write of one document costs, and what searches and
// suggestions take while single documents are written all the time.
func BenchmarkServing20000(b *testing.B) {
	const documents, passages = 20_000, 4
	dir := b.TempDir()
	x := open(b, dir)
	made := newWriter(1)
	for from := 0; from < documents; from += 500 {
		var batch indexer.Batch
		for i := range 500 {
			batch.Put = append(batch.Put, made.document(from+i, passages))
		}
		apply(b, x, batch)
	}
	closing(b, x)
	b.Logf("%.1f MB on disk", float64(folderSize(b, dir))/1e6)
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			x = open(b, dir)
			b.StopTimer()
			closing(b, x)
			b.StartTimer()
		}
	})
	x = open(b, dir)
	defer closing(b, x)
	one := func(n int) indexer.Batch {
		e := made.document(n%documents, passages)
		e.Document.Revision = n
		return indexer.Batch{Put: []indexer.Entry{e}}
	}
	b.Run("apply one", func(b *testing.B) {
		n := 0
		for b.Loop() {
			apply(b, x, one(n*37))
			n++
		}
	})
	b.Run("view after a write", func(b *testing.B) { // what the first search after a write waits for
		n, waited := 0, time.Duration(0)
		for b.Loop() {
			apply(b, x, one(n*43))
			n++
			began := time.Now()
			v, err := x.acquire()
			if err != nil {
				b.Fatal(err)
			}
			waited += time.Since(began)
			v.release()
		}
		b.ReportMetric(float64(waited.Microseconds())/float64(n)/1e3, "wait-ms")
	})
	search := func(b *testing.B) { find(b, x, indexer.Query{Text: "kỷ luật đảng"}) }
	suggest := func(b *testing.B) {
		if _, err := x.Suggest(b.Context(), "kiem tra", storage.AudiencePublic, 8); err != nil {
			b.Fatal(err)
		}
	}
	for _, test := range []struct {
		name    string
		call    func(*testing.B)
		writing bool
	}{{"search", search, false}, {"search while writing", search, true}, {"suggest", suggest, false}, {"suggest while writing", suggest, true}} {
		b.Run(test.name, func(b *testing.B) {
			var stop atomic.Bool
			stopped := make(chan struct{})
			go func() {
				defer close(stopped)
				for n := 0; test.writing && !stop.Load(); n++ {
					if err := x.Apply(b.Context(), one(n*41)); err != nil {
						b.Error(err)
					}
					time.Sleep(50 * time.Millisecond)
				}
			}()
			var took []time.Duration
			for b.Loop() {
				began := time.Now()
				test.call(b)
				took = append(took, time.Since(began))
			}
			stop.Store(true)
			<-stopped
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1e3, "p50-ms")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1e3, "p95-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1e3, "p99-ms")
			b.ReportMetric(float64(took[len(took)-1].Microseconds())/1e3, "max-ms")
		})
	}
}
