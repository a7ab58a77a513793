package extract

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"vankien/storage"
)

// soak tells that there is time for all measuring files, and for every place to
// damage a file at.
func soak() bool { return os.Getenv("VANKIEN_SOAK") != "" }

// some is one in so many of a list; in a soak, all.
func some[T any](list []T, one int) []T {
	if soak() {
		return list
	}
	var out []T
	for i := 0; i < len(list); i += one {
		out = append(out, list[i])
	}
	return out
}

// TestMeasured compares what is read with what other readers read, syllable by
// syllable, on the private measuring files.
func TestMeasured(t *testing.T) {
	dir := measuringFiles(t)
	overall := map[string]*agreement{".pdf": {}, ".docx": {}, ".doc": {}}
	oneIn := map[string]int{".pdf": 3, ".docx": 1, ".doc": 1} // PDFs take most of the time
	for _, kind := range []string{".pdf", ".docx", ".doc"} {
		references, err := filepath.Glob(filepath.Join(dir, "reference", "*"+kind+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		for _, reference := range some(references, oneIn[kind]) {
			name := strings.TrimSuffix(filepath.Base(reference), ".txt")
			text, err := readFile(t, filepath.Join(dir, "text", name))
			if errors.Is(err, storage.ErrEncrypted) {
				t.Logf("%-24s a cipher that the library does not know", name)
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			want, err := os.ReadFile(reference)
			if err != nil {
				t.Fatal(err)
			}
			a := agree(allText(text), string(want))
			overall[kind].add(a)
			t.Logf("%-24s pages %4d score %.3f  recall %.4f  precision %.4f  order %.4f", name, len(text.Pages), meanScore(text), a.recall(), a.precision(), a.order())
			// LibreOffice leaves text boxes out, so only a PDF's extra words are wrong.
			if a.recall() < 0.98 || kind == ".pdf" && a.precision() < 0.98 {
				t.Errorf("%s: recall %.4f, precision %.4f", name, a.recall(), a.precision())
			}
		}
	}
	for kind, a := range overall {
		t.Logf("%s overall: recall %.4f, precision %.4f, order %.4f", kind, a.recall(), a.precision(), a.order())
		if a.recall() < 0.995 || a.precision() < 0.99 {
			t.Errorf("%s overall: recall %.4f, precision %.4f", kind, a.recall(), a.precision())
		}
	}
}

// TestMeasuredRobustness reads everything there is: a text or a refusal, and
// scans known for what they are.
func TestMeasuredRobustness(t *testing.T) {
	dir := measuringFiles(t)
	var files []string
	for _, folder := range []string{"text", "labelled"} {
		found, err := filepath.Glob(filepath.Join(dir, folder, "*"))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	counts := map[string]int{}
	for _, path := range some(files, 5) {
		text, err := readFile(t, path)
		var refused *Error
		switch {
		case errors.As(err, &refused):
			counts["refused"]++
			t.Logf("%s: %s", filepath.Base(path), refused.Reason)
		case err != nil:
			t.Errorf("%s: %v", filepath.Base(path), err)
		case NeedsOCR(text):
			counts["scans"]++
		default:
			counts["read"]++
			if score := meanScore(text); score < 0.9 {
				t.Logf("%s: score %.3f, %q", filepath.Base(path), score, text.Pages[0].Warnings)
			}
		}
	}
	t.Logf("%v", counts)
}

func measuringFiles(t *testing.T) string {
	t.Helper()
	data := os.Getenv("VANKIEN_DATA")
	if data == "" {
		t.Skip("VANKIEN_DATA is not set: the measuring files are not public")
	}
	return filepath.Join(data, "files")
}

func readFile(t *testing.T, path string) (storage.Text, error) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return Read(context.Background(), File{Name: filepath.Base(path), Size: info.Size(), ReaderAt: f})
}

func allText(t storage.Text) string {
	var b strings.Builder
	for _, p := range t.Pages {
		b.WriteString(p.Text)
		b.WriteString("\n")
	}
	return b.String()
}

func meanScore(t storage.Text) float64 {
	sum := 0.0
	for _, p := range t.Pages {
		sum += p.Score
	}
	return sum / float64(max(len(t.Pages), 1))
}

// agreement counts the syllables, and the pairs of neighbours, that two texts
// share and have.
type agreement struct{ shared, got, want, sharedPairs, wantPairs int }

func agree(got, want string) agreement {
	g, w := words(got), words(want)
	return agreement{
		shared: overlap(g, w), got: len(g), want: len(w),
		sharedPairs: overlap(pairs(g), pairs(w)), wantPairs: len(pairs(w)),
	}
}

func (a *agreement) add(b agreement) {
	a.shared, a.got, a.want = a.shared+b.shared, a.got+b.got, a.want+b.want
	a.sharedPairs, a.wantPairs = a.sharedPairs+b.sharedPairs, a.wantPairs+b.wantPairs
}

func (a agreement) recall() float64    { return float64(a.shared) / float64(max(a.want, 1)) }
func (a agreement) precision() float64 { return float64(a.shared) / float64(max(a.got, 1)) }
func (a agreement) order() float64     { return float64(a.sharedPairs) / float64(max(a.wantPairs, 1)) }

func words(text string) []string {
	text = strings.ToLower(norm.NFC.String(text))
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func pairs(words []string) []string {
	var out []string
	for i := 1; i < len(words); i++ {
		out = append(out, words[i-1]+" "+words[i])
	}
	return out
}

func overlap(a, b []string) int {
	left := map[string]int{}
	for _, w := range a {
		left[w]++
	}
	n := 0
	for _, w := range b {
		if left[w] > 0 {
			left[w]--
			n++
		}
	}
	return n
}
