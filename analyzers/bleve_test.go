package analyzers

import (
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"
	"github.com/google/go-cmp/cmp"
)

func named(t testing.TB, name string) analysis.Analyzer {
	t.Helper()
	a, err := registry.NewCache().AnalyzerNamed(name)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// checkAnalyzers holds the analyzers against the plain functions.
func checkAnalyzers(t *testing.T, text string) {
	t.Helper()
	plain := map[string][]string{TextAnalyzer: TextTerms(text), FoldAnalyzer: FoldTerms(text), WordsAnalyzer: nil}
	for _, token := range Tokenize(text) {
		plain[WordsAnalyzer] = append(plain[WordsAnalyzer], Fold(token.Term))
	}
	for name, want := range plain {
		var got []string
		for _, token := range named(t, name).Analyze([]byte(text)) {
			got = append(got, string(token.Term))
		}
		if diff := difference(multiset(want), multiset(got)); diff != "" {
			t.Fatalf("%s of %q (-plain function +analyzer):\n%s", name, text, diff)
		}
	}
}

func TestAnalyzersGiveTheTermsOfThePlainFunctions(t *testing.T) {
	checkAnalyzers(t, partyText)
	checkAnalyzers(t, "")
}

func TestAnalyzerTokens(t *testing.T) {
	type token struct {
		Term                 string
		Start, End, Position int
	}
	text := "Đảng uỷ, chi bộ"
	tests := map[string][]token{
		TextAnalyzer: {
			{"đảng", 0, 7, 1}, {"đảng ủy", 0, 12, 1}, {"ủy", 8, 12, 2}, {"chi", 14, 17, 4}, {"chi bộ", 14, 22, 4}, {"bộ", 18, 22, 5},
		},
		FoldAnalyzer: {
			{"dang", 0, 7, 1}, {"dang uy", 0, 12, 1}, {"uy", 8, 12, 2}, {"chi", 14, 17, 4}, {"chi bo", 14, 22, 4}, {"bo", 18, 22, 5},
		},
		WordsAnalyzer: {{"dang", 0, 7, 1}, {"uy", 8, 12, 2}, {"chi", 14, 17, 4}, {"bo", 18, 22, 5}},
	}
	for name, want := range tests {
		var got []token
		for _, made := range named(t, name).Analyze([]byte(text)) {
			got = append(got, token{string(made.Term), made.Start, made.End, made.Position})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s of %q (-want +got):\n%s", name, text, diff)
		}
	}
}

func BenchmarkAnalyzers(b *testing.B) {
	text := []byte(strings.Repeat(partyText+"\n", 1500)) // about 1 MB
	for _, name := range []string{TextAnalyzer, FoldAnalyzer, WordsAnalyzer} {
		b.Run(name, func(b *testing.B) {
			a := named(b, name)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				a.Analyze(text)
			}
		})
	}
}

func BenchmarkJudge(b *testing.B) {
	text := strings.Repeat(partyText+"\n", 100)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Judge(text)
	}
}
