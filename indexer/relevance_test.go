package indexer_test

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"vankien/indexer"
	"vankien/indexer/eval"
	"vankien/storage"
	"vankien/testdata"
)

// TestRelevanceOfSamples holds what members find for what they type: the three
// best documents of every question with their scores, the right one starred,
// and the measures of all. A change of ranking is a readable diff (-update).
func TestRelevanceOfSamples(t *testing.T) {
	b := newBench(t)
	files, err := fs.Glob(testdata.Documents(), "*")
	if err != nil {
		t.Fatal(err)
	}
	names := make(map[storage.ID]string)
	for _, name := range files {
		record, _ := b.importOne(upload(name, sample(t, name)))
		names[record.ID] = name
	}
	b.flush()

	var got strings.Builder
	var first, third, reciprocal, n float64
	err = eval.ReadLines(filepath.Join("../testdata", "questions.jsonl"), func(question struct{ Text, File string }) error {
		result, err := b.index.Search(t.Context(), indexer.Query{Text: question.Text, Size: 100, Audience: storage.AudienceMembers})
		if err != nil {
			return err
		}
		fmt.Fprintf(&got, "%s\n", question.Text)
		n++
		rank := 0
		for i, hit := range result.Hits {
			right := names[hit.Document.ID] == question.File
			if right {
				rank = i + 1
			}
			if i < 3 {
				got.WriteString(found(hit, right))
			}
		}
		switch {
		case rank == 0:
			got.WriteString("   not found: " + question.File + "\n")
			return nil
		case rank > 3:
			fmt.Fprintf(&got, "   rank %d: %s\n", rank, question.File)
		}
		if rank == 1 {
			first++
		}
		if rank <= 3 {
			third++
		}
		reciprocal += 1 / float64(rank)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&got, "\nrecall@1: %.0f of %.0f (%.0f %%)\nrecall@3: %.0f (%.0f %%)\nMRR: %.3f\n", first, n, 100*first/n, third, 100*third/n, reciprocal/n)
	indexer.Golden(t, "testdata/relevance.golden", got.String())
}

// found is one line of the golden file.
func found(hit indexer.Hit, right bool) string {
	star, name, section := " ", string(hit.Document.Facts.Number), ""
	if right {
		star = "*"
	}
	if name == "" {
		name = indexer.DisplayTitle(hit.Document)
	}
	if len(hit.Passages) > 0 {
		section = hit.Passages[0].Section
	}
	return fmt.Sprintf("  %s %6.2f  %s  [%s]\n", star, hit.Score, name, section)
}
