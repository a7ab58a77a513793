package facts_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vankien/storage"
)

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
