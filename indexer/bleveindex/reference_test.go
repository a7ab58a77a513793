package bleveindex

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search/query"
	"github.com/google/go-cmp/cmp"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/storage"
)

// What our scorer reads from the segments is held against two references:
// Bleve's own searchers for what matches, and a plain computation from the
// texts for the scores. Through updates, deletes and merges.
func TestAgainstReferences(t *testing.T) {
	seeds := uint64(1)
	if soaking {
		seeds = 20
	}
	for seed := range seeds {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			x := open(t, t.TempDir())
			defer closing(t, x)
			m := model{t: t, index: x, random: rand.New(rand.NewPCG(seed, 3)), held: make(map[storage.ID]indexer.Entry), words: newWriter(seed)}
			m.words.table, m.words.ranks = m.words.table[:60], m.words.ranks[:60] // so that terms and phrases meet
			for round := range 8 {
				for range 5 {
					m.change()
				}
				if round%3 == 2 {
					m.merge()
				}
				m.compare()
			}
		})
	}
}

// model is an index and, beside it, what was put into it.
type model struct {
	t      *testing.T
	index  *Index
	random *rand.Rand
	words  *writer
	held   map[storage.ID]indexer.Entry
}

// change applies a random batch.
func (m *model) change() {
	var batch indexer.Batch
	for range 1 + m.random.IntN(6) {
		e := indexer.Entry{Document: m.words.document(m.random.IntN(40), 0).Document}
		for range m.random.IntN(8) {
			e.Passages = append(e.Passages, indexer.Passage{Title: m.words.text(m.random.IntN(6)), Text: m.words.text(m.random.IntN(40))})
		}
		if _, twice := m.held[e.Document.ID]; twice && m.random.IntN(2) == 0 {
			batch.Delete = append(batch.Delete, e.Document.ID)
			batch.Put = slices.DeleteFunc(batch.Put, func(put indexer.Entry) bool { return put.Document.ID == e.Document.ID })
			delete(m.held, e.Document.ID)
		} else if !slices.Contains(batch.Delete, e.Document.ID) {
			batch.Put = append(batch.Put, e)
			m.held[e.Document.ID] = e
		}
	}
	apply(m.t, m.index, batch)
}

// merge makes Bleve write all segments anew as one.
func (m *model) merge() {
	mergeAll(m.t, m.index)
	m.index.mu.Lock()
	m.index.setView(nil)
	m.index.mu.Unlock()
}

func mergeAll(t *testing.T, x *Index) {
	t.Helper()
	advanced, err := x.live.bleve.Advanced()
	if err != nil {
		t.Fatal(err)
	}
	if err := advanced.(*scorch.Scorch).ForceMerge(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

func (m *model) compare() {
	m.t.Helper()
	v, err := m.index.acquire()
	if err != nil {
		m.t.Fatal(err)
	}
	defer v.release()
	for range 20 {
		text := m.words.text(1 + m.random.IntN(5))
		m.compareScores(v, fieldText, analyzers.TextTerms, text)
		m.compareScores(v, fieldFold, analyzers.FoldTerms, text)
		m.comparePhrase(v, strings.ReplaceAll(m.words.text(1+m.random.IntN(4)), ".", []string{".", ""}[m.random.IntN(2)]))
	}
}

// compareScores holds one field's matches against Bleve's and their scores
// against the texts.
func (m *model) compareScores(v *view, field string, terms func(string) []string, text string) {
	m.t.Helper()
	weighted, err := v.weigh(field, terms(text))
	if err != nil {
		m.t.Fatal(err)
	}
	got := make(map[string]float64)
	hits, err := v.collect(m.t.Context(), field, weighted, nil)
	if err != nil {
		m.t.Fatal(err)
	}
	defer hits.release()
	hits.each(0, nil, func(segment int, item uint32, _ int32) {
		p := []scoredPassage{hits.passage(segment, item, 0)}
		hits.bm25(p)
		got[v.catalogue.listings[p[0].document].passageID(int(p[0].ordinal))] = p[0].score
	})
	var queries []query.Query
	for _, term := range terms(text) {
		q := bleve.NewTermQuery(term)
		q.SetField(field)
		queries = append(queries, q)
	}
	if diff := cmp.Diff(m.bleves(bleve.NewDisjunctionQuery(queries...)), slices.Sorted(maps.Keys(got))); diff != "" {
		m.t.Fatalf("%s “%s”: passages (-Bleve's searchers +ours):\n%s", field, text, diff)
	}
	want := m.scores(terms, text)
	for id, score := range got {
		if math.Abs(score-want[id]) > 1e-6*want[id] {
			m.t.Fatalf("%s “%s”: %s scores %v, by its text %v", field, text, id, score, want[id])
		}
	}
	if len(got) != len(want) {
		m.t.Fatalf("%s “%s”: %d passages, by their texts %d", field, text, len(got), len(want))
	}
}

// bleves are the ids of the items that Bleve's own searchers find.
func (m *model) bleves(q query.Query) []string {
	m.t.Helper()
	result, err := m.index.live.bleve.SearchInContext(m.t.Context(), bleve.NewSearchRequestOptions(q, 10_000, 0, false))
	if err != nil {
		m.t.Fatal(err)
	}
	var found []string
	for _, hit := range result.Hits {
		found = append(found, hit.ID)
	}
	slices.Sort(found)
	return found
}

// scores is BM25 as the books have it, from the texts and nothing else.
func (m *model) scores(terms func(string) []string, query string) map[string]float64 {
	counts := make(map[string]map[string]int) // passage → term → tf
	lengths := make(map[string]int)
	df := make(map[string]int)
	total := 0
	for _, e := range m.held {
		hash, err := generation(e.Passages)
		if err != nil {
			m.t.Fatal(err)
		}
		of := entry{Document: e.Document, Generation: hash}
		for ordinal, p := range e.Passages {
			id := of.passageID(ordinal)
			counts[id] = make(map[string]int)
			for _, part := range []string{p.Title, p.Title, p.Title, p.Text} {
				for _, term := range terms(part) {
					counts[id][term]++
					lengths[id]++
				}
			}
			for term := range counts[id] {
				df[term]++
			}
			total += lengths[id]
		}
	}
	average := float64(total) / float64(len(counts))
	wanted := terms(query)
	slices.Sort(wanted)
	scores := make(map[string]float64)
	for id, tfs := range counts {
		for _, term := range slices.Compact(slices.Clone(wanted)) {
			if tf := float64(tfs[term]); tf > 0 {
				idf := math.Log(1 + (float64(len(counts)-df[term])+.5)/(float64(df[term])+.5))
				scores[id] += idf * tf * (bm25K1 + 1) / (tf + bm25K1*(1-bm25B+bm25B*float64(lengths[id])/average))
			}
		}
	}
	return scores
}

func (m *model) comparePhrase(v *view, text string) {
	m.t.Helper()
	phrases := readPhrases([]string{text})
	found, err := v.phrasePassages(m.t.Context(), phrases)
	if err != nil {
		m.t.Fatal(err)
	}
	var got []string
	for i, items := range found {
		for _, item := range items.ToArray() {
			document := v.document(i, uint64(item))
			got = append(got, v.catalogue.listings[document].passageID(int(v.segments[i].column.ordinals[item])))
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff(m.phrase(phrases[0]), got); diff != "" {
		m.t.Fatalf("“%s”: passages (-by their texts +ours):\n%s", text, diff)
	}
}

// phrase are the passages in whose texts a phrase stands.
func (m *model) phrase(p phrase) []string {
	var found []string
	for _, e := range m.held {
		hash, err := generation(e.Passages)
		if err != nil {
			m.t.Fatal(err)
		}
		of := entry{Document: e.Document, Generation: hash}
		for ordinal, passage := range e.Passages {
			if stands(p, analyzers.Tokenize(passage.Title+"\n\n"+passage.Text)) {
				found = append(found, of.passageID(ordinal))
			}
		}
	}
	slices.Sort(found)
	return found
}

func stands(p phrase, tokens []analyzers.Token) bool {
	at := make(map[int]string)
	for _, token := range tokens {
		at[token.Position] = analyzers.Fold(token.Term)
	}
	for _, token := range tokens {
		whole := true
		for i, syllable := range p.syllables {
			whole = whole && at[token.Position+int(p.offsets[i])] == syllable
		}
		if whole {
			return true
		}
	}
	return false
}
