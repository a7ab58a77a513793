package spelling_test

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"vankien/analyzers"
	"vankien/indexer/spelling"
)

// private reads a file of the private measuring data.
func private[T any](t testing.TB, name string) (lines []T) {
	t.Helper()
	dir := os.Getenv("VANKIEN_DATA")
	if dir == "" {
		t.Skip("VANKIEN_DATA is not set: no measuring data")
	}
	file, err := os.Open(filepath.Join(dir, "relevance", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	plain, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	for decoder := json.NewDecoder(plain); ; {
		var line T
		if err := decoder.Decode(&line); err == io.EOF {
			return lines
		} else if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
}

// counts of syllables and pairs, by the passages that have them.
type counts struct{ syllables, pairs map[string]int }

func count(passages []string) counts {
	c := counts{make(map[string]int), make(map[string]int)}
	for _, passage := range passages {
		seen := make(map[string]bool)
		for _, term := range analyzers.TextTerms(passage) {
			if seen[term] {
				continue
			}
			seen[term] = true
			if strings.Contains(term, analyzers.PairSeparator) {
				c.pairs[term]++
			} else {
				c.syllables[term]++
			}
		}
	}
	return c
}

func (c counts) vocabulary() *spelling.Vocabulary {
	return spelling.New(each(c.syllables), each(c.pairs))
}

// each yields in one order, so that what is cut off does not depend on a map.
func each(counts map[string]int) func(yield func(string, int) bool) {
	terms := make([]string, 0, len(counts))
	for term := range counts {
		terms = append(terms, term)
	}
	slices.Sort(terms)
	return func(yield func(string, int) bool) {
		for _, term := range terms {
			if !yield(term, counts[term]) {
				return
			}
		}
	}
}

func lawVocabulary(t testing.TB) (*spelling.Vocabulary, time.Duration) {
	var passages []string
	for _, article := range private[struct{ Title, Text string }](t, "corpus.jsonl.gz") {
		passages = append(passages, article.Title+".\n"+article.Text)
	}
	c := count(passages)
	begin := time.Now()
	v := c.vocabulary()
	return v, time.Since(begin)
}

type question struct{ Text, Set string }

// slips are the errors that are made, in one word of letters; "" where the
// word has nothing to err in.
var slips = []struct {
	name string
	make func(*rand.Rand, string) string
}{
	{"wrong tone", func(r *rand.Rand, word string) string {
		d := []rune(norm.NFD.String(word))
		tones := []rune("\u0300\u0301\u0303\u0309\u0323")
		for i, c := range d {
			if slices.Contains(tones, c) {
				d[i] = tones[r.IntN(len(tones))]
				return norm.NFC.String(string(d))
			}
		}
		return ""
	}},
	{"hat lost", func(r *rand.Rand, word string) string {
		d := strings.NewReplacer("\u0302", "", "\u0306", "", "\u031b", "").Replace(norm.NFD.String(word))
		return norm.NFC.String(strings.NewReplacer("đ", "d", "Đ", "D").Replace(d))
	}},
	{"accents lost", func(r *rand.Rand, word string) string { return analyzers.FoldText(word) }},
	{"letter dropped", func(r *rand.Rand, word string) string {
		w := []rune(norm.NFC.String(word))
		i := r.IntN(len(w))
		return string(slices.Delete(w, i, i+1))
	}},
	{"letter doubled", func(r *rand.Rand, word string) string {
		w := []rune(norm.NFC.String(word))
		i := r.IntN(len(w))
		return string(slices.Insert(w, i, w[i]))
	}},
	{"letters swapped", func(r *rand.Rand, word string) string {
		w := []rune(norm.NFC.String(word))
		i := r.IntN(len(w) - 1)
		w[i], w[i+1] = w[i+1], w[i]
		return string(w)
	}},
}

// corrupt makes a slip in one word of a text.
func corrupt(r *rand.Rand, text string, slip func(*rand.Rand, string) string) (string, bool) {
	tokens := analyzers.Tokenize(text)
	for range 40 {
		token := tokens[r.IntN(len(tokens))]
		word := text[token.Start:token.End]
		if len([]rune(word)) < 2 || strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) || !analyzers.ValidSyllable(word) {
			continue
		}
		if slipped := slip(r, word); slipped != "" && analyzers.Canonical(slipped) != token.Term {
			return text[:token.Start] + slipped + text[token.End:], true
		}
	}
	return "", false
}

func same(a, b string) bool {
	return slices.EqualFunc(analyzers.Tokenize(a), analyzers.Tokenize(b), func(a, b analyzers.Token) bool { return a.Term == b.Term })
}

// alike counts the words of a text, and those that its restored form has too.
func alike(text, typed string, corrected []string) (words, equal int) {
	if len(corrected) > 0 {
		typed = corrected[0]
	}
	got := analyzers.Tokenize(typed)
	for i, token := range analyzers.Tokenize(text) {
		if words++; i < len(got) && got[i].Term == token.Term {
			equal++
		}
	}
	return words, equal
}

// BenchmarkCorrect corrects questions of twelve words with a slip.
func BenchmarkCorrect(b *testing.B) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	v, built := lawVocabulary(b)
	runtime.GC()
	runtime.ReadMemStats(&after)
	var typed []string
	for i, q := range private[question](b, "qa-dev.jsonl.gz") {
		words := strings.Fields(q.Text)
		if text, ok := corrupt(rand.New(rand.NewPCG(uint64(i), 0)), strings.Join(words[:min(12, len(words))], " "), slips[i%len(slips)].make); ok {
			typed = append(typed, text, analyzers.FoldText(text))
		}
	}
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		begin := time.Now()
		v.Correct(typed[i%len(typed)], true)
		took = append(took, time.Since(begin))
	}
	slices.Sort(took)
	for name, d := range map[string]time.Duration{"p50-µs": took[len(took)/2], "p95-µs": took[len(took)*95/100], "max-µs": took[len(took)-1]} {
		b.ReportMetric(float64(d.Nanoseconds())/1e3, name)
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
	b.ReportMetric(built.Seconds(), "build-s")
	runtime.KeepAlive(v)
}

// TestMeasured reports how often a slip is put right and how often a good
// question is touched.
func TestMeasured(t *testing.T) {
	v, built := lawVocabulary(t)
	t.Logf("built in %v", built)
	questions := slices.Concat(private[question](t, "dev.jsonl.gz"), private[question](t, "qa-dev.jsonl.gz"))
	for _, set := range []string{"alqac", "drill", "drillx", "qa"} {
		line, n, touched, strippedTouched, syllables, restored := "", 0, 0, 0, 0, 0
		right := make([]int, len(slips))
		made := make([]int, len(slips))
		within := make([]int, len(slips))
		for i, q := range questions {
			if q.Set != set {
				continue
			}
			n++
			good := q.Text
			if got := v.Correct(q.Text, false); len(got) > 0 {
				touched++
				good = got[0] // what is touched anyway is not the slip's doing
			}
			stripped := analyzers.FoldText(q.Text)
			if len(v.Correct(stripped, false)) > 0 {
				strippedTouched++
			}
			s, r := alike(q.Text, stripped, v.Correct(stripped, true))
			syllables, restored = syllables+s, restored+r
			for k, slip := range slips {
				random := rand.New(rand.NewPCG(uint64(i), uint64(k)))
				typed, ok := corrupt(random, q.Text, slip.make)
				if !ok {
					continue
				}
				made[k]++
				got := v.Correct(typed, false)
				if len(got) > 0 && (same(got[0], q.Text) || same(got[0], good)) {
					right[k]++
				}
				if slices.ContainsFunc(got, func(text string) bool { return same(text, q.Text) || same(text, good) }) {
					within[k]++
				}
			}
		}
		for k, slip := range slips {
			line += fmt.Sprintf("  %s %.1f/%.1f", slip.name, 100*float64(right[k])/float64(made[k]), 100*float64(within[k])/float64(made[k]))
		}
		t.Logf("%s: %d questions, %.1f %% touched; without accents %.1f %% touched, of their syllables %.1f %% restored; first/among three:%s",
			set, n, 100*float64(touched)/float64(n), 100*float64(strippedTouched)/float64(n), 100*float64(restored)/float64(syllables), line)
	}
}
