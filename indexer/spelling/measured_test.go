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

// measure is what became of some questions.
type measure struct {
	questions, touched, strippedTouched int    // how many there are, and are corrected though they have no slip of ours
	syllables, restored                 int    // of questions typed without accents
	made, right, among                  [6]int // by slip: made, put right by the first correction, by any
}

func (m *measure) ask(v *spelling.Vocabulary, i int, text string) {
	m.questions++
	good := text
	if got := v.Correct(text, false); len(got) > 0 {
		m.touched++
		good = got[0] // what is touched anyway is not the slip's doing
	}
	stripped := analyzers.FoldText(text)
	if len(v.Correct(stripped, false)) > 0 {
		m.strippedTouched++
	}
	words, equal := alike(text, stripped, v.Correct(stripped, true))
	m.syllables, m.restored = m.syllables+words, m.restored+equal
	for k, slip := range slips {
		typed, ok := corrupt(rand.New(rand.NewPCG(uint64(i), uint64(k))), text, slip.make)
		if !ok {
			continue
		}
		m.made[k]++
		rights := func(got string) bool { return same(got, text) || same(got, good) }
		got := v.Correct(typed, false)
		if len(got) > 0 && rights(got[0]) {
			m.right[k]++
		}
		if slices.ContainsFunc(got, rights) {
			m.among[k]++
		}
	}
}

func (m *measure) add(other measure) {
	m.questions, m.touched, m.strippedTouched = m.questions+other.questions, m.touched+other.touched, m.strippedTouched+other.strippedTouched
	m.syllables, m.restored = m.syllables+other.syllables, m.restored+other.restored
	for k := range slips {
		m.made[k], m.right[k], m.among[k] = m.made[k]+other.made[k], m.right[k]+other.right[k], m.among[k]+other.among[k]
	}
}

func percent(part, whole int) float64 { return 100 * float64(part) / float64(max(1, whole)) }

func (m *measure) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d questions, %.1f %% touched; without accents %.1f %% touched, %.1f %% of syllables restored; put right (first/any):",
		m.questions, percent(m.touched, m.questions), percent(m.strippedTouched, m.questions), percent(m.restored, m.syllables))
	for k, slip := range slips {
		fmt.Fprintf(&b, " %s %.1f/%.1f", slip.name, percent(m.right[k], m.made[k]), percent(m.among[k], m.made[k]))
	}
	return b.String()
}

// TestMeasured reports how often a slip is put right, and how often a question
// without one of ours is touched (half of those have one of their own). Every
// fourth question is asked, with -v all.
func TestMeasured(t *testing.T) {
	v, built := lawVocabulary(t)
	t.Logf("built in %v", built)
	var all measure
	questions := slices.Concat(private[question](t, "dev.jsonl.gz"), private[question](t, "qa-dev.jsonl.gz"))
	for _, set := range []string{"alqac", "drill", "drillx", "qa"} {
		var m measure
		for i, q := range questions {
			if q.Set == set && (testing.Verbose() || i%4 == 0) {
				m.ask(v, i, q.Text)
			}
		}
		t.Logf("%s: %v", set, &m)
		all.add(m)
	}
	t.Logf("all: %v", &all)
	marks := percent(all.right[0]+all.right[1], all.made[0]+all.made[1])
	letters := percent(all.right[3]+all.right[4]+all.right[5], all.made[3]+all.made[4]+all.made[5])
	t.Logf("tones and hats %.1f %%, letters %.1f %%", marks, letters)
	if marks < 84 || letters < 79 || percent(all.touched, all.questions) > 4 {
		t.Error("worse than it was")
	}
}
