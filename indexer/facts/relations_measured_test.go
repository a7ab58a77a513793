package facts_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vankien/analyzers"
	"vankien/indexer/facts"
	"vankien/storage"
)

// TestReadLabelledRelations measures the relations read from real documents
// with a readable text layer against what a person read in them. Where a
// document replaces or repeals another, the labels make no difference.
func TestReadLabelledRelations(t *testing.T) {
	data := os.Getenv("VANKIEN_DATA")
	if data == "" {
		t.Skip("VANKIEN_DATA is not set: the labelled documents are not public")
	}
	found, all := map[string]int{}, map[string]int{}
	right, complete := 0, 0
	for _, l := range sampledLabels(t, data) {
		pages, ok := digital(t, filepath.Join(data, "files", l.File))
		if l.Scanned || !ok {
			continue
		}
		got := facts.Read(pages).Relations
		for _, want := range l.Relations {
			all[want.Kind]++
			if slices.ContainsFunc(got, func(r storage.Relation) bool {
				return alike(string(r.Kind), want.Kind) && sameTarget(pages, r.Target, want.Target)
			}) {
				found[want.Kind]++
			} else {
				t.Logf("%s: not read: %s %s", filepath.Base(l.File), want.Kind, want.Target)
			}
		}
		if !l.Complete {
			continue
		}
		for _, r := range got {
			if r.Kind == storage.Cites { // labelled nowhere as complete
				continue
			}
			complete++
			if slices.ContainsFunc(l.Relations, func(want struct{ Kind, Target string }) bool {
				return alike(string(r.Kind), want.Kind) && sameTarget(pages, r.Target, want.Target)
			}) {
				right++
			} else {
				t.Logf("%s: not labelled: %s %s", filepath.Base(l.File), r.Kind, r.Target)
			}
		}
	}
	if right*10 < complete*9 {
		t.Errorf("of what is read where the labels are complete, only %d of %d are labelled", right, complete)
	}
	t.Logf("of what is read where the labels are complete, %d of %d are labelled", right, complete)
	for _, kind := range slices.Sorted(maps.Keys(all)) {
		n := all[kind]
		t.Logf("%-10s %3d of %3d", kind, found[kind], n)
		if found[kind] < n {
			t.Errorf("%s: %d not read", kind, n-found[kind])
		}
	}
}

func alike(read, labelled string) bool {
	ends := func(kind string) bool { return kind == string(storage.Replaces) || kind == string(storage.Repeals) }
	return read == labelled || ends(read) && ends(labelled)
}

// sameTarget tells whether two targets are one document: a law may be labelled
// by its name and be read by the number that the text gives it.
func sameTarget(pages []storage.Page, read, labelled string) bool {
	if folded(read) == folded(labelled) {
		return true
	}
	for _, page := range pages {
		text := strings.Join(strings.Fields(analyzers.FoldText(page.Text)), " ")
		if strings.Contains(text, analyzers.FoldText(labelled)+" so "+analyzers.FoldText(read)) {
			return true
		}
	}
	return false
}
