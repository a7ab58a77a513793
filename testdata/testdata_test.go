package testdata_test

import (
	"bufio"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"vankien/testdata"
)

type expectation struct {
	File        string `json:"file"`
	Pages       int    `json:"pages"`
	MustContain []struct {
		Page int    `json:"page"`
		Text string `json:"text"`
	} `json:"must_contain"`
	Facts map[string]any `json:"facts"`
}

func read(t *testing.T, files fs.FS, name string) string {
	t.Helper()
	data, err := fs.ReadFile(files, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// words makes line breaks and page breaks alike to a space.
func words(text string) string { return strings.Join(strings.Fields(text), " ") }

func TestEveryDocumentHasItsExpectations(t *testing.T) {
	documents, err := fs.ReadDir(testdata.Documents(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, document := range documents {
		t.Run(document.Name(), func(t *testing.T) {
			name := strings.TrimSuffix(document.Name(), filepath.Ext(document.Name()))
			var e expectation
			if err := json.Unmarshal([]byte(read(t, testdata.Expected(), name+".json")), &e); err != nil {
				t.Fatal(err)
			}
			text := read(t, testdata.Expected(), name+".txt")
			if !norm.NFC.IsNormalString(text) {
				t.Error("expected text is not NFC")
			}
			pages := strings.Split(text, "\f")
			if e.File != document.Name() || e.Pages != len(pages) {
				t.Errorf("file %s with %d pages, want %s with %d", e.File, e.Pages, document.Name(), len(pages))
			}
			if len(e.MustContain) < 2 {
				t.Error("fewer than two sentences to be found")
			}
			for _, s := range e.MustContain {
				if !strings.Contains(words(pages[s.Page-1]), s.Text) {
					t.Errorf("page %d does not contain %q", s.Page, s.Text)
				}
			}
			for _, fact := range []string{"number", "title", "signer"} {
				if printed, ok := e.Facts[fact].(string); ok && !strings.Contains(words(text), printed) {
					t.Errorf("%s %q is not printed", fact, printed)
				}
			}
		})
	}
}

func TestNoParagraphIsRepeated(t *testing.T) {
	texts, err := fs.Glob(testdata.Expected(), "*.txt")
	if err != nil {
		t.Fatal(err)
	}
	first := map[string]string{}
	for _, name := range texts {
		for line := range strings.SplitSeq(read(t, testdata.Expected(), name), "\n") {
			if len(line) < 200 || strings.Contains(line, "...") { // short formulas are the same everywhere, and so are forms
				continue
			}
			if other, ok := first[line]; ok {
				t.Errorf("%s and %s both say %q", other, name, line)
			}
			first[line] = name
		}
	}
}

func TestEveryQuestionNamesADocument(t *testing.T) {
	file, err := os.Open("questions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	asked := map[string]bool{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var q struct{ Text, File string }
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			t.Fatal(err)
		}
		if _, err := fs.Stat(testdata.Documents(), q.File); err != nil || q.Text == "" {
			t.Errorf("%q: %v", q.Text, err)
		}
		asked[q.File] = true
	}
	documents, err := fs.ReadDir(testdata.Documents(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range documents {
		if !asked[d.Name()] {
			t.Errorf("nobody asks for %s", d.Name())
		}
	}
}
