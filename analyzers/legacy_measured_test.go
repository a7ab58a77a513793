package analyzers

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// measuringTexts are the real texts of the private measuring data: what other
// readers read of documents, and articles of law.
func measuringTexts(t testing.TB) (references, articles []string) {
	t.Helper()
	data := os.Getenv("VANKIEN_DATA")
	if data == "" {
		t.Skip("VANKIEN_DATA is not set: the measuring files are not public")
	}
	paths, err := filepath.Glob(filepath.Join(data, "files", "reference", "*"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no reference texts: %v", err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		references = append(references, string(text))
	}
	f, err := os.Open(filepath.Join(data, "relevance", "corpus.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(unzipped)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var article struct{ Title, Text string }
		if err := json.Unmarshal(lines.Bytes(), &article); err != nil {
			t.Fatal(err)
		}
		articles = append(articles, article.Title+"\n"+article.Text)
	}
	if lines.Err() != nil || len(articles) == 0 {
		t.Fatalf("%d articles: %v", len(articles), lines.Err())
	}
	return references, articles
}

// TestLegacyUnicodeUnchanged: no real text is taken for legacy, as a whole or
// line by line.
func TestLegacyUnicodeUnchanged(t *testing.T) {
	references, articles := measuringTexts(t)
	lines := 0
	for _, text := range slices.Concat(references, some(articles, 10)) {
		text = dropCapitalMarks(text)
		if got, found := DecodeLegacy(text); got != text {
			t.Errorf("a text of %d bytes was changed: %v", len(text), found)
		}
		for line := range strings.SplitSeq(text, "\n") {
			lines++
			if got, found := DecodeLegacy(line); got != line {
				t.Errorf("%q became %q (%v)", line, got, found)
			}
		}
	}
	t.Logf("%d lines", lines)
}

// TestLegacyRoundTrip encodes real paragraphs and has each decoded by itself,
// without neighbours.
func TestLegacyRoundTrip(t *testing.T) {
	references, articles := measuringTexts(t)
	references, articles = some(references, 6), some(articles, 200)
	bounds := []int{10, 20, 30, 40, 60, 1 << 30}
	for _, l := range []Legacy{TCVN3, VNIWindows, VIQR, VPS} {
		whole, all := make([]int, len(bounds)), make([]int, len(bounds))
		wrong := 0
		for i, text := range slices.Concat(references, articles) {
			for line := range strings.SplitSeq(norm.NFC.String(text), "\n") {
				line = strings.TrimSpace(line)
				encoded, ok := encodeLegacy(l, line)
				if !ok || encoded == line || !reads(line) {
					continue
				}
				size, _ := slices.BinarySearch(bounds, written(line)+1)
				all[size]++
				if got, found := DecodeLegacy(encoded); got == line {
					whole[size]++
				} else if size == len(bounds)-1 {
					if wrong != i+1 { // one a text
						wrong = i + 1
						t.Logf("%s, text %d: %q\nis %q\nread %q %v", l, i, encoded, line, got, found)
					}
				}
			}
		}
		from := 0
		for i, bound := range bounds {
			t.Logf("%-11s %2d characters and more: %d of %d (%.4f)", l, from, whole[i], all[i], float64(whole[i])/float64(max(all[i], 1)))
			from = bound
		}
		if last := len(bounds) - 1; float64(whole[last]) < 0.99*float64(all[last]) {
			t.Errorf("%s: %d of %d paragraphs of 60 characters and more", l, whole[last], all[last])
		}
	}
}

// TestLegacyTexts encodes whole texts: there short lines have neighbours.
func TestLegacyTexts(t *testing.T) {
	references, articles := measuringTexts(t)
	references, articles = some(references, 6), some(articles, 200)
	for _, l := range []Legacy{TCVN3, VNIWindows, VIQR, VPS} {
		whole, all, short, allShort, wrong := 0, 0, 0, 0, 0
		for _, text := range slices.Concat(references, articles) {
			var encoded, want []string
			for line := range strings.SplitSeq(norm.NFC.String(text), "\n") {
				if code, ok := encodeLegacy(l, strings.TrimSpace(line)); ok {
					encoded, want = append(encoded, code), append(want, strings.TrimSpace(line))
				}
			}
			decoded, _ := DecodeLegacy(strings.Join(encoded, "\n"))
			for i, got := range strings.Split(decoded, "\n") {
				if len(encoded) == 0 || encoded[i] == want[i] {
					continue
				}
				right := 0
				if got == want[i] {
					right = 1
				} else if wrong++; wrong <= 12 {
					t.Logf("%s: %q read %q", l, want[i], got)
				}
				whole, all = whole+right, all+1
				if written(want[i]) < 60 {
					short, allShort = short+right, allShort+1
				}
			}
		}
		t.Logf("%-11s in whole texts: %d of %d lines (%.4f), under 60 characters %d of %d (%.4f)", l, whole, all, float64(whole)/float64(all), short, allShort, float64(short)/float64(allShort))
		least := 0.97
		if os.Getenv("VANKIEN_SOAK") == "" {
			least = 0.95 // one text of forms weighs much among few
		}
		if float64(whole) < least*float64(all) {
			t.Errorf("%s: %d of %d lines in whole texts", l, whole, all)
		}
	}
}

// some are one in so many texts; where VANKIEN_SOAK is set, all references and
// one in ten articles at least.
func some(texts []string, step int) []string {
	if os.Getenv("VANKIEN_SOAK") != "" {
		step = max(1, step/20)
	}
	var taken []string
	for i := 0; i < len(texts); i += step {
		taken = append(taken, texts[i])
	}
	return taken
}

// written is the length of a line without the dots of a form to be filled in.
func written(line string) int {
	return utf8.RuneCountInString(strings.NewReplacer(".", "", "…", "", "_", "", "\t", "").Replace(line))
}

// reads tells a line that is Vietnamese: most words are, and it has no letters
// beyond its own.
func reads(line string) bool {
	q := Judge(line)
	return q.Syllables > 0 && q.Score > 0.9
}

// BenchmarkDecodeLegacy is what a text in Unicode pays, in ASCII, and one that
// has to be decoded: bytes a second.
func BenchmarkDecodeLegacy(b *testing.B) {
	_, articles := measuringTexts(b)
	text := strings.Join(articles[:500], "\n")
	encoded, _ := encodeLegacy(TCVN3, text)
	for name, text := range map[string]string{"unicode": text, "ascii": FoldText(text), "tcvn3": encoded} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, found := DecodeLegacy(text); (found != nil) != (name == "tcvn3") {
					b.Fatal(found)
				}
			}
		})
	}
}
