// Package eval measures how well an index ranks: judged questions against a
// corpus, through the product's own index and query path.
package eval

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"time"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/storage"
)

// Record is one passage of a corpus. Records with the same law are passages of
// one document; what is ranked and judged is the record.
type Record struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
	Law   string `json:"law_id"`
}

// Question is a query with the records that answer it.
type Question struct {
	ID       string   `json:"id"`
	Text     string   `json:"text"`
	Relevant []string `json:"relevant"`
	Set      string   `json:"set"`
}

// Scores are the means over one set of questions.
type Scores struct {
	N        int     `json:"n"`
	Recall1  float64 `json:"recall@1"`
	Recall10 float64 `json:"recall@10"`
	MRR10    float64 `json:"mrr@10"`
	NDCG10   float64 `json:"ndcg@10"`
}

// Typing is how a question's accents are typed.
type Typing string

// The typings: as written; without any accent (đ is d too); without those of
// every second word, beginning with the first.
const (
	Accented Typing = "accented"
	Stripped Typing = "stripped"
	Half     Typing = "half"
)

// Typings are all typings.
var Typings = []Typing{Accented, Stripped, Half}

// Type rewrites a question as it would be typed.
func (t Typing) Type(text string) string {
	switch t {
	case Stripped:
		return analyzers.FoldText(text)
	case Half:
		words := strings.Fields(text)
		for i := 0; i < len(words); i += 2 {
			words[i] = analyzers.FoldText(words[i])
		}
		return strings.Join(words, " ")
	default:
		return text
	}
}

// ReadLines reads JSON lines, gzipped or not, and gives each to use.
func ReadLines[T any](path string, use func(T) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	var reader io.Reader = bufio.NewReader(file)
	if magic, err := reader.(*bufio.Reader).Peek(2); err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		unzipped, err := gzip.NewReader(reader)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		reader = unzipped
	}
	decoder := json.NewDecoder(reader)
	for line := 1; ; line++ {
		var value T
		switch err := decoder.Decode(&value); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("%s, record %d: %w", path, line, err)
		}
		if err := use(value); err != nil {
			return fmt.Errorf("%s, record %d: %w", path, line, err)
		}
	}
}

// Corpus is a set of records grouped into the documents that an index takes.
type Corpus struct {
	Entries []indexer.Entry
	records map[storage.ID][]string // by document: the record ids, in the order of its passages
}

// NewCorpus groups records by their law; a record without one is a document of
// its own.
func NewCorpus(records []Record) *Corpus {
	c := &Corpus{records: make(map[storage.ID][]string)}
	byLaw := make(map[string]int)
	for i, record := range records {
		law := record.Law
		if law == "" {
			law = "\x00" + record.ID
		}
		at, known := byLaw[law]
		if !known {
			at = len(c.Entries)
			byLaw[law] = at
			c.Entries = append(c.Entries, indexer.Entry{Document: document(i, record.Law)})
		}
		entry := &c.Entries[at]
		entry.Passages = append(entry.Passages, indexer.Passage{
			Title: record.Title,
			Text:  record.Text,
			Pages: []indexer.PageMark{{Page: 1}},
		})
		c.records[entry.Document.ID] = append(c.records[entry.Document.ID], record.ID)
	}
	return c
}

// document is a published document to hang passages on.
func document(number int, law string) storage.Document {
	return storage.Document{
		ID:       storage.ID(fmt.Sprintf("eval%016d", number)),
		Revision: 1,
		State:    storage.StatePublished,
		Audience: storage.AudiencePublic,
		Reading:  storage.Reading{Status: storage.ReadingReady},
		Facts:    storage.Facts{Title: storage.Printed(law)},
	}
}

// batchEntries is how many documents go into the index at once.
const batchEntries = 100

// Fill puts the corpus into an index.
func (c *Corpus) Fill(ctx context.Context, index indexer.Index) error {
	for batch := range slices.Chunk(c.Entries, batchEntries) {
		if err := index.Apply(ctx, indexer.Batch{Put: batch}); err != nil {
			return err
		}
	}
	return nil
}

// depth is how many records of a ranking are judged.
const depth = 10

// Ask searches for a question and returns the ids of the records found, best
// first, and how long that took.
func (c *Corpus) Ask(ctx context.Context, index indexer.Index, text string) ([]string, time.Duration, error) {
	if runes := []rune(text); len(runes) > indexer.MaxQueryText {
		text = string(runes[:indexer.MaxQueryText]) // what the search box would take
	}
	began := time.Now()
	result, err := index.Search(ctx, indexer.Query{Text: text, Unit: indexer.Passages, Size: depth})
	took := time.Since(began)
	if err != nil {
		return nil, 0, err
	}
	var found []string
	for _, hit := range result.Hits {
		found = append(found, c.records[hit.Document.ID][hit.Passages[0].Ordinal])
	}
	return found, took, nil
}

// Judge scores one ranking against the relevant records.
func Judge(found, relevant []string) Scores {
	s := Scores{N: 1}
	if len(relevant) == 0 {
		return s
	}
	gain, ideal := 0.0, 0.0
	for i := range min(len(relevant), depth) {
		ideal += 1 / math.Log2(float64(i)+2)
	}
	hits := 0
	for i, id := range found[:min(len(found), depth)] {
		if !slices.Contains(relevant, id) {
			continue
		}
		if hits++; hits == 1 {
			s.MRR10 = 1 / float64(i+1)
		}
		if i == 0 {
			s.Recall1 = 1 / float64(len(relevant))
		}
		gain += 1 / math.Log2(float64(i)+2)
	}
	s.Recall10 = float64(hits) / float64(len(relevant))
	s.NDCG10 = gain / ideal
	return s
}

// Mean is the mean of single scores.
func Mean(all []Scores) Scores {
	var m Scores
	for _, s := range all {
		m.N += s.N
		m.Recall1 += s.Recall1
		m.Recall10 += s.Recall10
		m.MRR10 += s.MRR10
		m.NDCG10 += s.NDCG10
	}
	if n := float64(m.N); n > 0 {
		m.Recall1, m.Recall10, m.MRR10, m.NDCG10 = m.Recall1/n, m.Recall10/n, m.MRR10/n, m.NDCG10/n
	}
	return m
}
