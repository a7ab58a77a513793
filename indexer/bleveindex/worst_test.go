package bleveindex

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"vankien/indexer"
)

// patience is a context whose deadline passes when it has been looked at so
// many times.
type patience struct {
	context.Context
	looks atomic.Int64
	most  int64
}

func (p *patience) Err() error {
	if p.looks.Add(1) > p.most {
		return context.DeadlineExceeded
	}
	return nil
}

// worst are the queries that cost most: as many common syllables as fit, quotes
// of common syllables, as many phrases as are read, exclusions of such.
func worst(w *writer) []string {
	var many strings.Builder
	for _, syllable := range w.table {
		if len([]rune(many.String()))+len([]rune(syllable))+1 > indexer.MaxQueryText {
			break
		}
		many.WriteString(syllable + " ")
	}
	return []string{
		many.String(),
		`"và của các"`,
		strings.Repeat(`"và của" "của các đảng" `, 4),
		`đảng -"và của các" -"của các đảng" NOT "các đảng trong"`,
		`"và của các" OR "của các đảng" OR "các đảng trong"`,
	}
}

// A search whose deadline passes ends there, wherever it is, and the next one
// is answered as if nothing had been. The deadline is looked at before every term of
// every segment and every phrase of every segment, each some milliseconds of
// work at most, and while passages are read for a phrase.
func TestDeadlineOfWorstQueries(t *testing.T) {
	x := open(t, t.TempDir())
	x.answers = nil
	defer closing(t, x)
	made := newWriter(11)
	made.table, made.ranks = made.table[:130], made.ranks[:130]
	for range 4 {
		var batch indexer.Batch
		for range 30 {
			batch.Put = append(batch.Put, made.document(made.random.IntN(1000), 20))
		}
		apply(t, x, batch)
	}
	for _, text := range worst(made) {
		want := find(t, x, indexer.Query{Text: text, Facets: indexer.Facets})
		patient := &patience{Context: t.Context(), most: 1 << 40}
		if _, err := x.Search(patient, indexer.Query{Text: text, Facets: indexer.Facets}); err != nil {
			t.Fatal(err)
		}
		looks := patient.looks.Load()
		if least := int64(len(x.view.segments)) * int64(min(3, strings.Count(text, " "))); looks < least {
			t.Errorf("%s: the deadline is looked at %d times, want %d at least", text, looks, least)
		}
		for most := int64(0); most < looks; most += 1 + looks/50 {
			hurried := &patience{Context: t.Context(), most: most}
			if _, err := x.Search(hurried, indexer.Query{Text: text, Facets: indexer.Facets}); !errors.Is(err, context.DeadlineExceeded) {
				t.Fatalf("%s: the deadline passed at look %d of %d: %v", text, most, looks, err)
			}
		}
		if got := find(t, x, indexer.Query{Text: text, Facets: indexer.Facets}); got.Total != want.Total || len(got.Hits) != len(want.Hits) {
			t.Errorf("%s: %d documents, %d before", text, got.Total, want.Total)
		}
	}
}

// While a phrase is verified the deadline is looked at every so many passages.
func TestDeadlineWhilePassagesAreRead(t *testing.T) {
	x := open(t, t.TempDir())
	defer closing(t, x)
	var batch indexer.Batch
	made := newWriter(12)
	e := made.document(1, 0)
	for range 5 * verifyStep {
		e.Passages = append(e.Passages, indexer.Passage{Text: "và của, của các"})
	}
	batch.Put = append(batch.Put, e)
	apply(t, x, batch)
	v, err := x.acquire()
	if err != nil {
		t.Fatal(err)
	}
	defer v.release()
	patient := &patience{Context: t.Context(), most: 1 << 40}
	found, err := v.phrasePassages(patient, readPhrases([]string{"và của các"}))
	if err != nil {
		t.Fatal(err)
	}
	for _, items := range found {
		if !items.IsEmpty() {
			t.Error("the phrase stands nowhere")
		}
	}
	if looks := patient.looks.Load(); looks < 5 {
		t.Errorf("the deadline was looked at %d times", looks)
	}
}
