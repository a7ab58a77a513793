package extract

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ledongthuc/pdf"
)

// A mapping of a thousand codes to a book each is a few kilobytes in a file.
func TestCMapIsBounded(t *testing.T) {
	book := strings.Repeat("0041", 20_000)
	total := 0
	for _, text := range readCMap(strings.NewReader(fmt.Sprintf("1 beginbfrange <0000> <03FF> <%s> endbfrange 1 beginbfchar <0400> <%s> endbfchar", book, book))) {
		total += len(text)
	}
	if total == 0 || total > 1025*2*maxMapped {
		t.Errorf("a CMap holds %d bytes of text", total)
	}
}

// One short operator must not draw more than a page may hold.
func TestPDFPageTextIsBounded(t *testing.T) {
	c := newContent(&fontCache{}, &budget{ctx: t.Context(), left: maxContentBytes}, pdf.Value{})
	c.state.font = &font{unicode: cmap{'A': strings.Repeat("A", 500)}, glyphs: map[uint32]glyph{}}
	if err := c.run(strings.NewReader("(" + strings.Repeat("A", 100_000) + ") Tj")); err != nil {
		t.Fatal(err)
	}
	if size := c.lines.text.Len(); size <= maxPageText || size > maxPageText+1000 { // over it, so that the page is refused
		t.Errorf("a page holds %d bytes of text, may hold %d", size, maxPageText)
	}
}
