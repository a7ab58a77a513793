package facts_test

import (
	"slices"
	"strings"
	"testing"

	"vankien/storage"
)

// TestReadRelationsOfSamples compares the relations read from every sample
// document with those that testdata says it states.
func TestReadRelationsOfSamples(t *testing.T) {
	eachSample(t, func(t *testing.T, got storage.Facts, want sample) {
		read := relationLines(got.Relations)
		for _, r := range want.Relations {
			if !slices.ContainsFunc(read, func(line string) bool { return says(line, r) }) {
				t.Errorf("not read: %v, read %q", r, read)
			}
			read = slices.DeleteFunc(read, func(line string) bool { return says(line, r) || line == "based_on "+r.Target+" "+string(r.Date) })
		}
		for _, line := range read {
			if !strings.Contains(line, "TTr") { // proposals are cited; testdata leaves them out
				t.Errorf("read, but not stated: %s", line)
			}
		}
	})
}

// says tells whether a line says what testdata does, or more of a document
// that testdata has cited only.
func says(line string, r storage.Relation) bool {
	kind, rest, _ := strings.Cut(line, " ")
	return rest == r.Target+" "+string(r.Date) && (kind == string(r.Kind) || r.Kind == storage.Cites)
}

func relationLines(relations []storage.Relation) []string {
	lines := []string{}
	for _, r := range relations {
		lines = append(lines, string(r.Kind)+" "+r.Target+" "+string(r.Date))
	}
	slices.Sort(lines)
	return lines
}
