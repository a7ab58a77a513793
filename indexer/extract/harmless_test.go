package extract

import (
	"bytes"
	"strings"
	"testing"
)

func TestHarmless(t *testing.T) {
	for name, test := range map[string]struct {
		data string
		want bool
	}{
		"a plain text":        {"Nghị quyết về công tác cán bộ.\n", true},
		"a long one":          {strings.Repeat("Nghị quyết về công tác cán bộ.\n", 40_000), false},
		"HTML":                {"<!DOCTYPE html><p>Nghị quyết", false},
		"a PDF":               {"%PDF-1.7\n1 0 obj", false},
		"an archive":          {"PK\x03\x04", false},
		"a PDF behind a text": {"Nghị quyết\n%PDF-1.7\n1 0 obj\n", false},
		"nothing":             {"", true},
	} {
		f := File{Size: int64(len(test.data)), ReaderAt: bytes.NewReader([]byte(test.data))}
		if got := Harmless(f); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
