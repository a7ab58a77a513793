package ocr_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vankien/indexer/extract"
	"vankien/indexer/extract/pdfium/pdfiumtest"
	"vankien/indexer/ocr"
	"vankien/storage"
)

// The test binary is the command that limits itself, too.
const asCommand = "VANKIEN_TEST_RECOGNISE=1"

func TestMain(m *testing.M) {
	if how, fake := strings.CutPrefix(filepath.Base(os.Args[0]), "tesseract-"); fake {
		misbehave(how, os.Args[1:])
	}
	if program := os.Getenv("VANKIEN_TEST_SERVER"); program != "" {
		serve(program)
	}
	if os.Getenv("VANKIEN_TEST_RECOGNISE") != "" {
		fmt.Fprintln(os.Stderr, ocr.ServeLimited(os.Args[1:]))
		os.Exit(1)
	}
	if _, err := pdfiumtest.Use(); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

func config() ocr.Config {
	program, err := os.Executable()
	if err != nil {
		panic(err)
	}
	return ocr.Config{Command: []string{program}, Environment: []string{asCommand, "GORACE=atexit_sleep_ms=0"}, Render: extract.Render}
}

// recognizer skips the test where tesseract is not installed.
func recognizer(t testing.TB, config ocr.Config) *ocr.Recognizer {
	t.Helper()
	r, err := ocr.Find(config)
	if errors.Is(err, storage.ErrUnavailable) && config.Program == "" {
		t.Skipf("nothing to recognise with: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// sample is one of the project's own documents.
func sample(t testing.TB, name string) extract.File {
	t.Helper()
	data, err := os.ReadFile("../../testdata/documents/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return file(name, data)
}

func file(name string, data []byte) extract.File {
	return extract.File{Name: name, Size: int64(len(data)), ReaderAt: bytes.NewReader(data)}
}

// scanned is a PDF of A4 pages that are these pictures.
func scanned(t testing.TB, pages ...*image.Gray) extract.File {
	t.Helper()
	var b bytes.Buffer
	var offsets []int
	object := func(head string, stream []byte) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\n", len(offsets), head)
		if stream != nil {
			fmt.Fprintf(&b, "stream\n%s\nendstream\n", stream)
		}
		b.WriteString("endobj\n")
	}
	b.WriteString("%PDF-1.4\n")
	kids := ""
	for i := range pages {
		kids += fmt.Sprintf("%d 0 R ", 3+3*i)
	}
	object("<</Type/Catalog/Pages 2 0 R>>", nil)
	object(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(pages), kids), nil)
	for i, picture := range pages {
		var packed bytes.Buffer
		if err := jpeg.Encode(&packed, picture, &jpeg.Options{Quality: 70}); err != nil {
			t.Fatal(err)
		}
		size := picture.Rect.Size()
		width, height := float64(size.X)*72/200, float64(size.Y)*72/200
		content := fmt.Sprintf("q %.2f 0 0 %.2f 0 0 cm /P Do Q", width, height)
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Contents %d 0 R/Resources<</XObject<</P %d 0 R>>>>>>", width, height, 4+3*i, 5+3*i), nil)
		object(fmt.Sprintf("<</Length %d>>", len(content)), []byte(content))
		object(fmt.Sprintf("<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode/Length %d>>", size.X, size.Y, packed.Len()), packed.Bytes())
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return file("scan.pdf", b.Bytes())
}

// read is what the reader of text layers makes of a file.
func read(t testing.TB, f extract.File) storage.Text {
	t.Helper()
	text, err := extract.Read(context.Background(), f)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// page draws a page of a sample.
func page(t testing.TB, f extract.File, number int) *image.Gray {
	t.Helper()
	picture, err := extract.Render(context.Background(), f, number, extract.WholePage)
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// unread is a PDF of which one page is to be looked at, that has no text.
func unread(page int) storage.Text {
	return storage.Text{MediaType: "application/pdf", Pages: []storage.Page{{Number: page, Warnings: []string{}}}}
}
