package facts_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vankien/indexer/extract"
	"vankien/indexer/facts"
	"vankien/indexer/ocr"
	"vankien/storage"
)

// wanted is, in percent, how much of the labelled documents has to be read
// right: those whose text a machine wrote, and those that somebody scanned.
var wanted = map[string]map[string]int{
	"digital": {"number": 97, "kind": 98, "issuer": 93, "issued": 96, "title": 93, "signer": 92, "number by hand": 100, "day by hand": 100},
	"scan":    {"kind": 92, "issuer": 88, "title": 78, "signer": 65, "month": 90, "number by hand": 100, "day by hand": 100},
}

// TestMeasuredDocuments reads all labelled documents as "vankien describe" does,
// by OCR where that is needed.
func TestMeasuredDocuments(t *testing.T) {
	data := os.Getenv("VANKIEN_DATA")
	if data == "" {
		t.Skip("VANKIEN_DATA is not set: the labelled documents are not public")
	}
	if os.Getenv("VANKIEN_SOAK") == "" {
		t.Skip("OCR of 44 documents takes minutes (make soak)")
	}
	r := recognizer(t)
	tally := tallies{}
	for _, l := range labels(t, filepath.Join(data, "files", "labels.jsonl")) {
		tally.add(t, l, facts.Read(described(t, r, filepath.Join(data, "files", l.File))))
	}
	tally.log(t)
	for half, facts := range wanted {
		for fact, percent := range facts {
			if s := tally[half][fact]; s == nil || 100*s.right < percent*s.all {
				t.Errorf("%s %s: less than %d %%", half, fact, percent)
			}
		}
	}
}

// recognizer skips the test where tesseract is not installed.
func recognizer(t *testing.T) *ocr.Recognizer {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	r, err := ocr.Find(ocr.Config{
		Command: []string{program}, Environment: []string{asRecognizer + "=1", "GORACE=atexit_sleep_ms=0"},
		Render: extract.Render, Drawn: extract.Drawn,
	})
	if errors.Is(err, storage.ErrUnavailable) {
		t.Skipf("nothing to recognise with: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// described are the pages of a file as far as its facts need them.
func described(t *testing.T, r *ocr.Recognizer, path string) []storage.Page {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f := extract.File{Name: filepath.Base(path), Size: int64(len(content)), ReaderAt: bytes.NewReader(content)}
	text, err := extract.Read(t.Context(), f)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	err = facts.Seek(text.Pages, func(i int) error {
		one, err := r.Complete(t.Context(), f, storage.Text{MediaType: text.MediaType, Pages: text.Pages[i : i+1]}, nil)
		if err == nil {
			text.Pages[i] = one.Pages[0]
		}
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return text.Pages
}

// tallies count what was read right, by half of the labelled documents
// ("digital", "scan") and fact.
type tallies map[string]map[string]*score

// add compares one document and says what was read wrong.
func (all tallies) add(t *testing.T, l label, got storage.Facts) {
	t.Helper()
	half := "digital"
	if l.Scanned {
		half = "scan"
	}
	if all[half] == nil {
		all[half] = map[string]*score{}
	}
	for fact, wrong := range l.compare(got) {
		if all[half][fact] == nil {
			all[half][fact] = &score{}
		}
		all[half][fact].all++
		if wrong == "" {
			all[half][fact].right++
		} else {
			t.Logf("%s %s: %s", filepath.Base(l.File), fact, wrong)
		}
	}
}

func (all tallies) log(t *testing.T) {
	t.Helper()
	for _, half := range []string{"digital", "scan"} {
		for _, fact := range sorted(all[half]) {
			s := all[half][fact]
			t.Logf("%-8s %-14s %3d of %3d", half, fact, s.right, s.all)
		}
	}
}

// byHand tells whether a fact of a document is handwritten, stamped, or only
// in the picture: it may be guessed, never taken for a fact.
func (l label) byHand(what string) bool {
	return slices.Contains(strings.Split(l.Handwritten+","+l.PictureOnly, ","), what)
}

// month is the year and month that were read, as a fact or as a guess.
func month(f storage.Facts) string {
	read := string(f.Issued)
	if guess := f.Evidence["issued"].Guess; read == "" && guess != nil {
		read = *guess
	}
	return read[:min(len(read), len("2026-04"))]
}
