package extract

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"vankien/storage"
	"vankien/testdata"
)

// TestSamples reads the sample documents: every word, on its page, in order.
func TestSamples(t *testing.T) {
	documents := testdata.Documents()
	entries, err := fs.ReadDir(documents, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		name := entry.Name()
		t.Run(name, func(t *testing.T) {
			data, err := fs.ReadFile(documents, name)
			if err != nil {
				t.Fatal(err)
			}
			expected, err := fs.ReadFile(testdata.Expected(), strings.TrimSuffix(name, path.Ext(name))+".txt")
			if err != nil {
				t.Fatal(err)
			}
			text, err := readBytes(data)
			if err != nil {
				t.Fatal(err)
			}
			want := strings.Split(strings.TrimSuffix(string(expected), "\f"), "\f")
			if len(text.Pages) != len(want) || NeedsOCR(text) {
				t.Fatalf("%d pages, want %d; needs OCR: %v", len(text.Pages), len(want), NeedsOCR(text))
			}
			for i, p := range text.Pages {
				// The title of an HTML page is text, but not in the expectation.
				a := agree(p.Text, want[i])
				if a.recall() < 1 || a.order() < 0.98 || a.precision() < 1 && text.MediaType != mediaHTML {
					t.Errorf("page %d: recall %.4f, precision %.4f, order %.4f", i+1, a.recall(), a.precision(), a.order())
				}
				if p.Score < 0.9 {
					t.Errorf("page %d: score %.3f, %q", i+1, p.Score, p.Warnings)
				}
			}
		})
	}
}

func TestHostileSamples(t *testing.T) {
	for name, want := range map[string]error{
		"archive.pdf": storage.ErrUnsupported, "picture.pdf": storage.ErrUnsupported, "empty.pdf": storage.ErrInvalid, "truncated.pdf": storage.ErrInvalid,
		"encrypted.pdf": storage.ErrEncrypted, "bomb-declared.docx": storage.ErrTooLarge, "bomb-hidden.docx": storage.ErrInvalid,
		"huge-stream.pdf": nil, "really-pdf.docx": nil,
	} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile("../../testdata/bad/" + name)
			if err != nil {
				t.Fatal(err)
			}
			text, err := readBytes(data)
			if !errors.Is(err, want) {
				t.Errorf("got %v, want %v", err, want)
			}
			if err == nil && text.MediaType != mediaPDF {
				t.Errorf("read as %s", text.MediaType)
			}
		})
	}
}
