package ocr_test

import (
	"bytes"
	"context"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"vankien/analyzers"
	"vankien/indexer/extract"
	"vankien/indexer/ocr"
)

// measuredPages are pages of digital files: first pages, plain text, forms,
// tables.
var measuredPages = []struct {
	file  string
	pages []int
}{
	{"pdf-01", []int{1, 161}}, {"pdf-02", []int{1, 4}}, {"pdf-03", []int{1, 185}}, {"pdf-04", []int{1, 46}},
	{"pdf-05", []int{1, 43}}, {"pdf-06", []int{1, 35}}, {"pdf-07", []int{1, 2}}, {"pdf-09", []int{1, 8}},
	{"pdf-12", []int{1, 17}}, {"pdf-13", []int{1, 2}}, {"pdf-14", []int{1, 7}}, {"pdf-15", []int{1, 2}}, {"pdf-16", []int{1, 13}},
}

// words counts the words of a text, as they are and without accents.
func words(text string) (whole, folded map[string]int) {
	whole, folded = map[string]int{}, map[string]int{}
	for _, word := range strings.FieldsFunc(strings.ToLower(norm.NFC.String(text)), func(r rune) bool { return !unicode.IsLetter(r) }) {
		whole[word]++
		folded[analyzers.Fold(word)]++
	}
	return whole, folded
}

// recall counts the words of want that are in got, and all of want.
func recall(want, got map[string]int) (found, all int) {
	for word, n := range want {
		found, all = found+min(n, got[word]), all+n
	}
	return found, all
}

// TestRecallOnDigitalPages recognises pages of digital files, sound and
// damaged, and counts the words that come out right.
func TestRecallOnDigitalPages(t *testing.T) {
	data := os.Getenv("VANKIEN_DATA")
	if data == "" {
		t.Skip("VANKIEN_DATA is not set: no pages to measure on")
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("no pdftotext: nothing to compare with")
	}
	if !soak() {
		t.Skip("a hundred pages take ten minutes under the race detector (make soak)")
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			c := config()
			c.Render = func(ctx context.Context, f extract.File, page int, part extract.Part) (*image.Gray, error) {
				picture, err := extract.Render(ctx, f, page, part)
				if err != nil {
					return nil, err
				}
				return damage(picture), nil
			}
			r := recognizer(t, c)
			var found, all, foundFolded int
			for _, m := range measuredPages {
				path := filepath.Join(data, "files", "text", m.file+".pdf")
				for _, number := range m.pages {
					want, wantFolded := words(layer(t, path, number))
					got, gotFolded := words(recognised(t, r, path, number))
					n, of := recall(want, got)
					nFolded, _ := recall(wantFolded, gotFolded)
					found, all, foundFolded = found+n, all+of, foundFolded+nFolded
					if 100*nFolded < 97*of {
						t.Logf("%s page %d: %d of %d, folded %d", m.file, number, n, of, nFolded)
					}
				}
			}
			whole, folded := float64(found)/float64(all), float64(foundFolded)/float64(all)
			t.Logf("%d words: recall %.4f, without accents %.4f", all, whole, folded)
			// .9542 and .9936 when this was written, tables and covers included.
			if name == "clean" && (whole < 0.95 || folded < 0.99) {
				t.Error("fewer words than before")
			}
		})
	}
}

// layer is what poppler reads on a page.
func layer(t *testing.T, path string, page int) string {
	t.Helper()
	number := strconv.Itoa(page)
	out, err := exec.Command("pdftotext", "-f", number, "-l", number, path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// recognised is what OCR reads on a page of which nothing else is known.
func recognised(t *testing.T, r *ocr.Recognizer, path string, page int) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := unread(page)
	text, err = r.Complete(t.Context(), extract.File{Name: path, Size: int64(len(data)), ReaderAt: bytes.NewReader(data)}, text, nil)
	if err != nil {
		t.Fatal(err)
	}
	return text.Pages[0].Text
}
