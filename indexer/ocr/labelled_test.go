package ocr_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vankien/analyzers"
	"vankien/indexer/extract"
	"vankien/indexer/facts"
	"vankien/indexer/ocr"
)

// scan is what a person read on a scan.
type scan struct {
	File    string
	Scanned bool
	Symbol  *string `json:"type_symbol"`
	Number  *string `json:"number_normalised"`
	Issued  *string `json:"issued_date"`
	Issuer  *string `json:"issuer"`
	Title   *string
	Signer  *string
}

// TestLabelledScans reads real scans, in a soak all 40 of them, which takes five
// minutes, else two of a page: there has to be text on every page, and the head must say what document
// it is. Numbers and days are mostly written by hand, which no program reads.
func TestLabelledScans(t *testing.T) {
	data := os.Getenv("VANKIEN_DATA")
	if data == "" {
		t.Skip("VANKIEN_DATA is not set: the labelled documents are not public")
	}
	r := recognizer(t, config())
	right, pages := map[string]int{}, 0
	start := time.Now()
	all := scans(t, filepath.Join(data, "files", "labels.jsonl"))
	done := 0
	for _, s := range all {
		if !soak() && done == 2 {
			break
		}
		content, err := os.ReadFile(filepath.Join(data, "files", s.File))
		if err != nil {
			t.Fatal(err)
		}
		f := file(s.File, content)
		layer := read(t, f)
		if !soak() && len(layer.Pages) > 1 {
			continue
		}
		done++
		text, err := r.Complete(t.Context(), f, layer, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range text.Pages {
			pages++
			if syllables := len(strings.Fields(p.Text)); p.Text == "" || extract.PageNeedsOCR(p) {
				t.Errorf("%s page %d has no text: %q", s.File, p.Number, p.Warnings)
			} else if p.Score < 0.8 || p.Engine != ocr.Engine {
				t.Logf("%s page %d: %s, score %.3f, %d words, %q", s.File, p.Number, p.Engine, p.Score, syllables, p.Warnings)
			}
		}
		got := facts.Read(text.Pages)
		compare := func(what, read string, printed *string) {
			if printed == nil && read == "" || printed != nil && loose(read) == loose(*printed) {
				right[what]++
			} else {
				t.Logf("%s %s: %q", s.File, what, read)
			}
		}
		compare("number", string(got.Number), s.Number)
		compare("issued", string(got.Issued), s.Issued)
		compare("symbol", string(got.KindSymbol), s.Symbol)
		compare("issuer", string(got.Issuer), s.Issuer)
		compare("title", string(got.Title), s.Title)
		compare("signer", string(got.Signer), s.Signer)
	}
	t.Logf("%d pages in %v, facts right of %d: %v", pages, time.Since(start).Round(time.Second), done, right)
}

// loose is a text without accents, signs, blanks and "Về việc".
func loose(text string) string {
	return strings.TrimPrefix(strings.Join(strings.FieldsFunc(strings.ToLower(analyzers.Fold(text)), func(r rune) bool {
		return r < '0' || r > '9' && r < 'a' || r > 'z'
	}), ""), "veviec")
}

func scans(t *testing.T, path string) []scan {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []scan
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var s scan
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		if s.Scanned {
			all = append(all, s)
		}
	}
	if err := lines.Err(); err != nil || len(all) != 40 {
		t.Fatalf("%d scans, %v", len(all), err)
	}
	return all
}
