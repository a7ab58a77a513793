package query

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The page for readers shows operators that work: every example with a
// condition is read as one, every NOT, minus and OR does something.
func TestExamplesOfThePage(t *testing.T) {
	page, err := os.ReadFile("../../docs/query.md")
	if err != nil {
		t.Fatal(err)
	}
	plain := map[string]bool{"năm:abc": true, "loại:xyz": true, "NGHỊ QUYẾT HOẶC CHỈ THỊ": true, "Chú ý: …": true, "10:30": true, "đảng viên không có việc làm": true}
	checked := 0
	for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(string(page), -1) {
		example := m[1]
		if strings.HasSuffix(example, ":") || strings.Contains(example, "…") || plain[example] {
			continue
		}
		q := Parse(example)
		checked++
		switch {
		case strings.Contains(example, ":") && len(q.Fields) == 0,
			regexp.MustCompile(`(^| )(-\p{L}|-"|NOT |KHÔNG CÓ |không có )`).MatchString(example) && len(q.Without) == 0 && !slices.ContainsFunc(q.Fields, func(f Field) bool { return f.Not }),
			regexp.MustCompile(`( OR | HOẶC )`).MatchString(example) && len(q.Must) == 0 && len(q.Fields) == 0,
			strings.Count(example, `"`) == 2 && len(q.Phrases)+len(q.Without)+len(q.Fields)+len(q.Must) == 0,
			strings.Contains(example, "/T") && len(q.Citations)+len(q.Fields) == 0:
			t.Errorf("%q does nothing: %+v", example, q)
		}
	}
	if checked < 60 {
		t.Errorf("only %d examples", checked)
	}
}
