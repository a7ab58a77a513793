package bleveindex

import (
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"vankien/indexer"
	"vankien/indexer/indextest"
	"vankien/storage"
)

func TestIndex(t *testing.T) {
	indextest.Run(t, func(t *testing.T) indexer.Index { return open(t, t.TempDir()) })
}

func TestRebuilder(t *testing.T) {
	indextest.RunRebuilder(t, func(t *testing.T) indexer.Index { return open(t, t.TempDir()) })
}

var quiet = slog.New(slog.DiscardHandler)

// open opens an index; whoever opens closes it.
func open(t testing.TB, dir string) *Index {
	t.Helper()
	x, err := Open(dir, quiet)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	if _, measured := t.(*testing.B); measured {
		x.answers = nil // what is kept is not worth measuring
	}
	return x
}

func closing(t testing.TB, x *Index) {
	t.Helper()
	if err := x.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

func apply(t testing.TB, x *Index, batch indexer.Batch) {
	t.Helper()
	if err := x.Apply(t.Context(), batch); err != nil {
		t.Fatalf("Apply: %v", err)
	}
}

func find(t testing.TB, x *Index, q indexer.Query) indexer.Result {
	t.Helper()
	result, err := x.Search(t.Context(), q)
	if err != nil {
		t.Fatalf("Search(%q): %v", q.Text, err)
	}
	return result
}

func revisions(t testing.TB, x *Index) map[storage.ID]int {
	t.Helper()
	versions, err := x.Versions(t.Context())
	if err != nil {
		t.Fatalf("Versions: %v", err)
	}
	held := make(map[storage.ID]int, len(versions))
	for id, version := range versions {
		held[id] = version.Revision
	}
	return held
}

// fill puts about so many generated passages into an index, in documents of
// 20, each of that many syllables on average.
func fill(t testing.TB, x *Index, passages, syllables int) {
	t.Helper()
	made := newWriter(1)
	made.syllables = syllables
	for from := 0; from < passages; from += 600 {
		var batch indexer.Batch
		for at := from; at < min(from+600, passages); at += 20 {
			batch.Put = append(batch.Put, made.document(at/20, 20))
		}
		apply(t, x, batch)
	}
}

// writer makes pseudo-Vietnamese: syllables from a table, some far more
// common than others (Zipf's law), in sentences. It is deterministic.
type writer struct {
	random *rand.Rand
	table  []string
	ranks  []float64 // cumulated shares

	syllables int // of a passage, on average
}

// short passages are enough where only the number of them matters.
const short = 40

func newWriter(seed uint64) *writer {
	w := &writer{random: rand.New(rand.NewPCG(seed, 1)), syllables: short}
	common := "và của các đảng trong có là được cho với tổ chức chi bộ viên công tác trung ương nghị quyết quy định cơ sở kiểm tra giám sát kỷ luật thi hành ban chấp"
	w.table = strings.Fields(common)
	for _, onset := range strings.Fields("b c ch d đ g h kh l m n ng nh ph qu s t th tr v x") {
		for _, rime := range strings.Fields("a á à ai ái am án anh ao áp ăn âm ân ất ấy e em ép ê ên ết i in ít iên iệt o ó oan ong ọng ô ông ốt ơ ơi u úc ung ư ưng ước") {
			w.table = append(w.table, onset+rime)
		}
	}
	total := 0.0
	for rank := range w.table {
		total += 1 / math.Pow(float64(rank+2), .9)
		w.ranks = append(w.ranks, total)
	}
	return w
}

func (w *writer) syllable() string {
	at := w.random.Float64() * w.ranks[len(w.ranks)-1]
	low, high := 0, len(w.ranks)-1
	for low < high {
		if middle := (low + high) / 2; w.ranks[middle] < at {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return w.table[low]
}

func (w *writer) text(syllables int) string {
	var out strings.Builder
	for i := range syllables {
		switch {
		case i == 0:
		case w.random.IntN(18) == 0:
			out.WriteString(". ")
		case w.random.IntN(12) == 0:
			out.WriteString(", ")
		default:
			out.WriteByte(' ')
		}
		out.WriteString(w.syllable())
	}
	return out.String()
}

func (w *writer) document(number, passages int) indexer.Entry {
	e := indexer.Entry{Document: storage.Document{
		ID: storage.ID(fmt.Sprintf("doc%05d", number)), Revision: 1 + number%7, State: storage.StatePublished, Audience: storage.AudiencePublic,
		Reading: storage.Reading{Status: storage.ReadingReady}, Validity: storage.Unverified, Created: time.Unix(int64(number), 0).UTC(),
		Facts: storage.Facts{
			Number: storage.Printed(fmt.Sprintf("%02d-NQ/TU", number%200)), Kind: "Nghị quyết", Issuer: storage.Printed("Ban " + w.syllable()),
			Issued: storage.Date(fmt.Sprintf("%d-%02d-01", 1995+number%30, 1+number%12)), Title: storage.Printed(w.text(12)),
		},
	}}
	for i := range passages {
		e.Passages = append(e.Passages, indexer.Passage{
			Section: fmt.Sprintf("Điều %d", i+1), Title: fmt.Sprintf("Điều %d. %s", i+1, w.text(6)), Text: w.text(w.syllables/2 + w.random.IntN(w.syllables)),
			Pages: []indexer.PageMark{{Page: 1 + i/2}},
		})
	}
	return e
}
