package extract

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

// TestFirstPages: the first pages alone have the text they have in the whole,
// and tell nothing of the others.
func TestFirstPages(t *testing.T) {
	data := pdfFile(readable, sentence+show("trang hai")+" ET", readable)
	read := func(data []byte, pages int) storage.Text {
		t.Helper()
		text, err := Read(t.Context(), File{Name: "a", Size: int64(len(data)), Pages: pages, ReaderAt: bytes.NewReader(data)})
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	whole := read(data, 0)
	for pages, want := range map[int]int{-1: 3, 1: 1, 2: 2, 3: 3, 4: 3} {
		if diff := cmp.Diff(whole.Pages[:want], read(data, pages).Pages); diff != "" {
			t.Errorf("%d pages (-whole +first):\n%s", pages, diff)
		}
	}
	// A damaged first page does not make the file a damaged one.
	damaged := pdfFile("(", readable)
	first := bytes.Index(damaged[bytes.Index(damaged, []byte("11 0 obj")):], []byte("/FlateDecode")) + bytes.Index(damaged, []byte("11 0 obj"))
	copy(damaged[first:], "/JBIG2Decode")
	if p := read(damaged, 1).Pages; len(p) != 1 || p[0].Warnings[len(p[0].Warnings)-1] != warnDamagedPage {
		t.Errorf("read %+v", p)
	}
	if p := read([]byte("một\fhai\fba"), 1).Pages; len(p) != 3 {
		t.Errorf("%d pages of a text", len(p))
	}
}
