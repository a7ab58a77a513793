package indexer

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/analyzers"
	"vankien/indexer/extract"
	"vankien/storage"
	"vankien/testdata"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestPassagesOfSamples holds how every sample document is cut: one line a
// passage (pages, syllables, section, title, first and last words), so that a
// change of the splitter is a readable diff.
func TestPassagesOfSamples(t *testing.T) {
	var got strings.Builder
	for name, pages := range samples(t) {
		fmt.Fprintf(&got, "%s\n", name)
		for i, p := range SplitPassages(storage.Document{}, pages) {
			fmt.Fprintf(&got, "%3d  %s  %3d  [%s]  %s | %s\n", i, pagesOf(p), len(analyzers.Tokenize(p.Text)), p.Section, p.Title, ends(p.Text))
		}
		got.WriteByte('\n')
	}
	golden(t, "testdata/passages.golden", got.String())
}

// samples are the sample documents as the program reads them.
func samples(t *testing.T) func(func(string, []storage.Page) bool) {
	t.Helper()
	files, err := fs.Glob(testdata.Documents(), "*")
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(string, []storage.Page) bool) {
		for _, name := range files {
			data, err := fs.ReadFile(testdata.Documents(), name)
			if err != nil {
				t.Fatal(err)
			}
			text, err := extract.Read(t.Context(), extract.File{Name: name, Size: int64(len(data)), ReaderAt: bytes.NewReader(data)})
			if err != nil {
				t.Fatal(err)
			}
			if !yield(name, text.Pages) {
				return
			}
		}
	}
}

// pagesOf are the pages of a passage: "p2", "p2–3".
func pagesOf(p Passage) string {
	first, last := p.Pages[0].Page, p.Pages[len(p.Pages)-1].Page
	if first == last {
		return fmt.Sprintf("p%d", first)
	}
	return fmt.Sprintf("p%d–%d", first, last)
}

// ends are the first and last words of a text.
func ends(text string) string {
	words := strings.Fields(text)
	if len(words) <= 14 {
		return strings.Join(words, " ")
	}
	return strings.Join(words[:7], " ") + " … " + strings.Join(words[len(words)-6:], " ")
}

// golden compares with a golden file, or writes it (-update).
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-golden +got; -update writes it):\n%s", path, diff)
	}
}
