package bleveindex

import (
	"os"
	"strconv"
	"testing"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/storage"
)

// benchPassages is how many generated passages the benchmarks search,
// VANKIEN_BENCH_PASSAGES where it is set.
func benchPassages(b *testing.B) int {
	b.Helper()
	set := os.Getenv("VANKIEN_BENCH_PASSAGES")
	if set == "" {
		return 20_000
	}
	n, err := strconv.Atoi(set)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

func BenchmarkSearch(b *testing.B) {
	x := open(b, b.TempDir())
	defer closing(b, x)
	fill(b, x, benchPassages(b), 250)
	const question = "tổ chức cơ sở đảng kiểm tra và thi hành kỷ luật đảng viên như thế nào"
	for _, test := range []struct {
		name  string
		query indexer.Query
	}{
		{"one syllable", indexer.Query{Text: "luật"}},
		{"three syllables", indexer.Query{Text: "kỷ luật đảng"}},
		{"question", indexer.Query{Text: question}},
		{"question, unaccented", indexer.Query{Text: analyzers.FoldText(question)}},
		{"question, facets", indexer.Query{Text: question, Facets: indexer.Facets}},
		{"phrase", indexer.Query{Text: "“tổ chức của đảng”"}},
		{"phrase of common syllables", indexer.Query{Text: "“và của các”"}},
		{"number", indexer.Query{Text: "12-NQ/TU"}},
		{"all, newest first", indexer.Query{}},
	} {
		b.Run(test.name, func(b *testing.B) {
			total := 0
			for b.Loop() {
				total = find(b, x, test.query).Total
			}
			b.ReportMetric(float64(total), "documents")
		})
	}
}

func BenchmarkSuggest(b *testing.B) {
	x := open(b, b.TempDir())
	defer closing(b, x)
	made := newWriter(1)
	var batch indexer.Batch
	for i := range benchPassages(b) {
		batch.Put = append(batch.Put, made.document(i, 0))
	}
	apply(b, x, batch)
	for _, typed := range []string{"n", "nghị q", "kiểm tra giá", "to chuc 12", "tổ chức đảng 2019", "xyz"} {
		b.Run(typed, func(b *testing.B) {
			for b.Loop() {
				if _, err := x.Suggest(b.Context(), typed, storage.AudiencePublic, 8); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
