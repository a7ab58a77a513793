package extract

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"hash/adler32"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"vankien/storage"
)

// bomb is a compressed stream of many times a part.
func bomb(part string, times int) string {
	var once bytes.Buffer
	w, err := flate.NewWriter(&once, flate.BestCompression)
	if err != nil {
		panic(err)
	}
	if _, err := w.Write([]byte(part)); err != nil {
		panic(err)
	}
	if err := w.Flush(); err != nil {
		panic(err)
	}
	sum := adler32.New()
	for range times {
		sum.Write([]byte(part))
	}
	data := "\x78\xda" + strings.Repeat(once.String(), times) + "\x01\x00\x00\xff\xff" + string(sum.Sum(nil))
	return fmt.Sprintf("<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream", len(data), data)
}

// withContent is the page of pdfFile with an object of the test's own as its
// content; readers repair the table.
func withContent(object string) []byte {
	data := pdfFile("")
	start := bytes.Index(data, []byte("11 0 obj"))
	end := start + bytes.Index(data[start:], []byte("endobj"))
	return bytes.Join([][]byte{data[:start], []byte("11 0 obj\n" + object + "\n"), data[end:]}, nil)
}

// hostilePDFs are made to make readers run out of something.
func hostilePDFs() map[string]func() []byte {
	form := func(does string) []byte { // the form of pdfFile, which the page draws
		data := pdfFile("/Fm Do")
		start := bytes.Index(data, []byte("9 0 obj"))
		end := start + bytes.Index(data[start:], []byte("endobj"))
		object := "9 0 obj\n" + stream("/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</Fm 9 0 R/F2 9 0 R>>>>", does) + "\n"
		return bytes.Join([][]byte{data[:start], []byte(object), data[end:]}, nil)
	}
	tree := func(old, new string) []byte { return bytes.Replace(pdfFile(readable), []byte(old), []byte(new), 1) }
	noise := make([]byte, 64<<10)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	return map[string]func() []byte{ // some take seconds to make
		"60 MB of operators": func() []byte {
			return withContent(bomb(strings.Repeat("BT /F1 9 Tf (a) Tj ET q 1 0 0 1 0 0 cm 0 0 9 9 re f Q\n", 20_000), 60))
		},
		"600 MB of spaces":        func() []byte { return withContent(bomb(strings.Repeat(" ", 1<<20), 600)) },
		"a form in itself":        func() []byte { return form("/Fm Do") },
		"a form twice in itself":  func() []byte { return form(strings.Repeat("/Fm Do /F2 Do ", 50)) },
		"a page tree in itself":   func() []byte { return tree("/Kids[10 0 R ]", "/Kids[2 0 R 10 0 R ]") },
		"100,000 pages claimed":   func() []byte { return tree("/Count 1>>", "/Count 100000>>") },
		"100,000 pages in a list": func() []byte { return tree("/Kids[10 0 R ]", "/Kids["+strings.Repeat("10 0 R ", 100_000)+"]") },
		"an image of 10 GB": func() []byte {
			return bytes.Replace(pdfFile("q 600 0 0 800 0 0 cm /Im Do Q"), []byte("/Width 1/Height 1/"), []byte("/Width 100000/Height 100000/"), 1)
		},
		"strings without an end": func() []byte { return withContent(bomb(strings.Repeat("((", 1<<19), 30)) },
		"arrays without an end":  func() []byte { return withContent(bomb(strings.Repeat("[", 1<<20), 30)) },
		"random bytes":           func() []byte { return append([]byte("%PDF-1.7\n"), noise...) },
	}
}

// TestChildSurvivesBombs: whatever a file does, it fails for a reason or is read
// as far as it goes, within the limits, by each of the tasks; the next one is
// read. All of them are tried in a soak.
func TestChildSurvivesBombs(t *testing.T) {
	config := ChildConfig{Dir: t.TempDir(), Limit: 5 * time.Second, PageLimit: 3 * time.Second, PerPage: time.Millisecond}
	child := testChild(config)
	child.Warm(t.Context())
	bombs := hostilePDFs()
	for _, name := range some(slices.Sorted(maps.Keys(bombs)), 4) {
		t.Run(name, func(t *testing.T) {
			data := bombs[name]()
			f := File{Name: name, Size: int64(len(data)), ReaderAt: bytes.NewReader(data)}
			for task, perform := range map[string]func() error{
				"read":  func() error { _, err := child.Read(t.Context(), f); return err },
				"drawn": func() error { _, err := child.Drawn(t.Context(), f, 1); return err },
				"draw":  func() error { _, err := child.Render(t.Context(), f, 1, PageHead); return err },
			} {
				started := time.Now()
				err := perform()
				t.Logf("%s: %.1f s, %v", task, time.Since(started).Seconds(), err)
				var refused *Error
				if err != nil && (!errors.As(err, &refused) || refused.Reason == "") {
					t.Errorf("%s: %v", task, err)
				}
			}
			if text, err := readWith(t.Context(), child, pdfFile(readable)); err != nil || len(text.Pages) != 1 {
				t.Errorf("the next file: %d pages, %v", len(text.Pages), err)
			}
		})
	}
	nothingLeft(t, config.Dir)
}

// TestPDFCutAnywhere: a file that ends early, and one with bytes that were
// changed, is read or refused for a reason, and drawn or refused.
func TestPDFCutAnywhere(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	contents := make([]string, 12)
	for i := range contents { // that does not compress to nothing
		text := make([]rune, 400)
		for j := range text {
			text[j] = 0x1ea0 + random.Int32N(90)
		}
		contents[i] = sentence + show(string(text)) + " ET"
	}
	whole := pdfFile(contents...)
	var files [][]byte
	for at := 1 << 10; at < len(whole); at += 1 << 10 {
		files = append(files, whole[:at])
	}
	for range 12 {
		changed := bytes.Clone(whole)
		for range 20 {
			changed[random.IntN(len(changed))] = byte(random.Uint32())
		}
		files = append(files, changed)
	}
	for i, data := range some(files, 3) {
		f := File{Name: "a", Size: int64(len(data)), ReaderAt: bytes.NewReader(data)}
		text, err := Read(t.Context(), f)
		checkRead(t, text, err)
		if i%4 > 0 {
			continue
		}
		var refused *Error
		if _, err := Render(t.Context(), f, 1, PageHead); err != nil && (!errors.As(err, &refused) || refused.Reason == "" || errors.Is(err, storage.ErrUnavailable)) {
			t.Errorf("%d bytes: drawn: %v", len(data), err)
		}
	}
}
