//go:build unix

package bleveindex

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"vankien/indexer"
	"vankien/indexer/eval"
	"vankien/storage"
)

// The library that the import is measured with.
const (
	importPassages  = 60_000
	importBatch     = 600 // passages an Apply, as indexer.Writer does
	importDocuments = 20  // passages a document
	meanSentence    = 307 // bytes, of the corpus
)

// BenchmarkImport60000 measures what an import costs: passages a second of
// processor time, the highest heap, and the size of the index against that of
// the text. The passages are the articles of real laws, and more of the same
// lengths with their sentences shuffled. Target: at most 700 MB of heap and an
// index of 6 times the text.
func BenchmarkImport60000(b *testing.B) {
	data := os.Getenv("VANKIEN_DATA")
	if data == "" {
		b.Skip("VANKIEN_DATA is not set: it names the folder with the measuring data (relevance/corpus.jsonl.gz)")
	}
	articles := newArticles(b, filepath.Join(data, "relevance", "corpus.jsonl.gz"))
	for b.Loop() {
		dir := b.TempDir()
		x := open(b, dir)
		runtime.GC()
		peak := watchHeap()
		began, used := time.Now(), processorTime(b)
		text := articles.importInto(b, x)
		seconds := (processorTime(b) - used).Seconds()
		heap := peak()
		b.ReportMetric(importPassages/seconds, "passages/cpu-s")
		b.ReportMetric(importPassages/time.Since(began).Seconds(), "passages/s")
		b.ReportMetric(float64(heap)/1e6, "peak-heap-MB")
		b.ReportMetric(float64(text)/1e6, "text-MB")
		b.ReportMetric(float64(folderSize(b, dir))/float64(text), "index/text")
		closing(b, x)
		b.ReportMetric(float64(folderSize(b, dir))/float64(text), "closed-index/text")
	}
}

// articles are real passages and a source of made-up ones.
type articles struct {
	records   []eval.Record
	sentences [][]string // by record
	random    *rand.Rand
}

func newArticles(t testing.TB, path string) *articles {
	t.Helper()
	a := &articles{random: rand.New(rand.NewPCG(6, 0))}
	err := eval.ReadLines(path, func(r eval.Record) error {
		a.records = append(a.records, r)
		a.sentences = append(a.sentences, strings.SplitAfter(r.Text, ". "))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// importInto applies all passages in batches and returns the bytes of their text.
func (a *articles) importInto(t testing.TB, x *Index) int {
	t.Helper()
	text := 0
	for from := 0; from < importPassages; from += importBatch {
		records := make([]eval.Record, importBatch)
		for i := range records {
			records[i] = a.record(from + i)
			text += len(records[i].Title) + len(records[i].Text)
		}
		batch := indexer.Batch{Put: eval.NewCorpus(records).Entries}
		for i := range batch.Put {
			batch.Put[i].Document.ID = storage.ID(fmt.Sprintf("import%08d", from/importDocuments+i))
		}
		apply(t, x, batch)
	}
	return text
}

// record is one passage: a real article while there are any, then as many
// sentences of different articles as make up the length of one.
func (a *articles) record(number int) eval.Record {
	r := eval.Record{ID: fmt.Sprint(number), Law: fmt.Sprintf("Luật số %d", number/importDocuments)}
	if number < len(a.records) {
		r.Title, r.Text = a.records[number].Title, a.records[number].Text
		return r
	}
	like := a.records[a.random.IntN(len(a.records))]
	r.Title = like.Title
	var text strings.Builder
	for text.Len() < len(like.Text)-meanSentence/2 {
		of := a.sentences[a.random.IntN(len(a.sentences))]
		text.WriteString(of[a.random.IntN(len(of))] + " ")
	}
	r.Text = text.String()
	return r
}

// watchHeap samples the live and not yet collected objects on the heap; the
// function it returns ends that and tells the most there were, in bytes.
func watchHeap() func() uint64 {
	const objects = "/memory/classes/heap/objects:bytes"
	var most uint64
	done := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		sample := []metrics.Sample{{Name: objects}}
		for {
			metrics.Read(sample)
			most = max(most, sample[0].Value.Uint64())
			select {
			case <-done:
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	})
	return func() uint64 {
		close(done)
		watching.Wait()
		return most
	}
}

// processorTime is what this process has used so far, in user and kernel.
func processorTime(t testing.TB) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func folderSize(t testing.TB, dir string) int64 {
	t.Helper()
	var size int64
	err := filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		var info fs.FileInfo
		if err == nil && !entry.IsDir() {
			if info, err = entry.Info(); err == nil {
				size += info.Size()
			}
		}
		if errors.Is(err, fs.ErrNotExist) { // merged away meanwhile
			return nil
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return size
}
