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

// headOnly is a file of which nothing behind its head may be looked at.
type headOnly struct {
	t    *testing.T
	head string
}

func (h headOnly) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > sniffWindow {
		h.t.Errorf("%d bytes at %d are looked at", len(p), off)
	}
	clear(p)
	if off < int64(len(h.head)) {
		copy(p, h.head[off:])
	}
	return len(p), nil
}

// TestHarmlessParsesNothing: what strangers pack is for a process of its own.
func TestHarmlessParsesNothing(t *testing.T) {
	for _, head := range []string{"PK\x03\x04", "PK\x05\x06", string(oleMagic), "%PDF-1.7\n"} {
		if Harmless(File{Size: 100_000, ReaderAt: headOnly{t, head}}) {
			t.Errorf("%q is harmless", head)
		}
	}
}
