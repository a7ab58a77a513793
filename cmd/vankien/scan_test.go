package main

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vankien/indexer/extract"
	"vankien/storage"
)

// needTesseract skips a test on a machine that cannot read pictures.
func needTesseract(t *testing.T) {
	t.Helper()
	listed, err := exec.Command("tesseract", "--list-langs").CombinedOutput()
	if err != nil || !strings.Contains(string(listed), "vie") {
		t.Skip("tesseract with Vietnamese is not installed (make tools installs it)")
	}
}

const paperPDF = "../../testdata/documents/nghi-quyet-05-nq-tu-2026.pdf"

// scanned is a scan, of 200 dots an inch, of the first pages of a paper.
func scanned(t *testing.T, path string, pages int) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var pictures []*image.Gray
	for page := range pages {
		file := extract.File{Name: path, Size: int64(len(data)), ReaderAt: bytes.NewReader(data)}
		picture, err := extract.Render(t.Context(), file, page+1, extract.WholePage)
		if err != nil {
			t.Fatal(err)
		}
		pictures = append(pictures, picture)
	}
	return pdfOf(t, pictures)
}

// pdfOf is a PDF whose pages are nothing but pictures of A4 size.
func pdfOf(t testing.TB, pictures []*image.Gray) []byte {
	t.Helper()
	var pdf bytes.Buffer
	var offsets []int
	object := func(body string) {
		offsets = append(offsets, pdf.Len())
		fmt.Fprintf(&pdf, "%d 0 obj\n%s\nendobj\n", len(offsets), body)
	}
	pdf.WriteString("%PDF-1.4\n")
	object("<</Type/Catalog/Pages 2 0 R>>")
	kids := ""
	for i := range pictures {
		kids += fmt.Sprintf("%d 0 R ", 3+3*i)
	}
	object(fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids, len(pictures)))
	const draw = "q 595 0 0 842 0 0 cm /Im Do Q"
	for i, picture := range pictures {
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</XObject<</Im %d 0 R>>>>>>", 4+3*i, 5+3*i))
		object(fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(draw), draw))
		var packed bytes.Buffer
		zip := zlib.NewWriter(&packed)
		size := picture.Rect.Size()
		for y := range size.Y {
			if _, err := zip.Write(picture.Pix[y*picture.Stride:][:size.X]); err != nil {
				t.Fatal(err)
			}
		}
		if err := zip.Close(); err != nil {
			t.Fatal(err)
		}
		object(fmt.Sprintf("<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/Length %d>>stream\n%s\nendstream",
			size.X, size.Y, packed.Len(), packed.Bytes()))
	}
	table := pdf.Len()
	fmt.Fprintf(&pdf, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&pdf, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&pdf, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, table)
	return pdf.Bytes()
}

func scanFile(t *testing.T, pages int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ban-chup.pdf")
	if err := os.WriteFile(path, scanned(t, paperPDF, pages), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A scan is read by OCR where that is wanted, and what it says of itself with it.
func TestExtractOfAScan(t *testing.T) {
	needTesseract(t)
	path := scanFile(t, 1)
	read := func(mode string) (line extractLine) {
		t.Helper()
		if err := json.Unmarshal([]byte(vankien(t, exitDone, "extract", "--json", "--ocr", mode, path)), &line); err != nil {
			t.Fatal(err)
		}
		return line
	}
	if page := read("never").Pages[0]; page.OCR || page.Text != "" {
		t.Errorf("never: %+v", page)
	}
	page := read("auto").Pages[0]
	if !page.OCR || page.Engine != "tesseract" || !strings.Contains(page.Text, "NGHỊ QUYẾT") {
		t.Errorf("auto: %+v", page)
	}
	// The number of a scan is written by hand as a rule: it is guessed, never stated.
	if described := vankien(t, exitDone, "describe", "--json", path); !strings.Contains(described, `"number":null`) || !strings.Contains(described, `"guess":"05-NQ/TU"`) {
		t.Errorf("described as %s", described)
	}
	path = paperPDF
	if page := read("all").Pages[0]; !page.OCR || page.Other == nil || page.Other.OCR || !strings.Contains(page.Other.Text, "NGHỊ QUYẾT") {
		t.Errorf("all: %+v", page)
	}
	if page := read("auto").Pages[0]; page.OCR {
		t.Errorf("auto, of a text: %+v", page)
	}
}

// Without tesseract a scan is a scan; who insists is told what to do.
func TestExtractWithoutTesseract(t *testing.T) {
	path := scanFile(t, 1)
	missing := []string{"--tesseract", filepath.Join(t.TempDir(), "nowhere")}
	if out := vankien(t, exitDone, append([]string{"extract", "--json", path}, missing...)...); !strings.Contains(out, `"ocr":false`) {
		t.Error(out)
	}
	if said := complaint(t, exitFailed, append([]string{"extract", "--ocr", "all", path}, missing...)...); !strings.Contains(said, "tesseract") {
		t.Errorf("said %q", said)
	}
	complaint(t, exitUsage, "import", "--ocr", "all", path)
}

// A scan is imported and found, alone and beside a server, behind everything else.
func TestImportOfAScan(t *testing.T) {
	needTesseract(t)
	folder := t.TempDir()
	for name, data := range map[string][]byte{"a-ban-chup.pdf": scanned(t, paperPDF, 1)} {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "b.txt"), []byte("Chi bộ họp mỗi tháng một lần để bàn việc cấy lúa."), 0o600); err != nil {
		t.Fatal(err)
	}
	find := func(data string) {
		t.Helper()
		out := vankien(t, exitDone, "search", "--data", data, "--json", "nghị quyết 05-NQ/TU")
		if !strings.Contains(out, "Số 05-NQ/TU") || !strings.Contains(out, `"ocr":true`) {
			t.Errorf("found: %s", out)
		}
	}
	t.Run("alone", func(t *testing.T) {
		data := t.TempDir()
		if out := vankien(t, exitDone, "import", "--publish", "--data", data, folder); !strings.HasPrefix(out, "2 tệp: 2 mới") {
			t.Error(out)
		}
		find(data)
		if out := vankien(t, exitDone, "import", "--publish", "--data", data, folder); !strings.HasPrefix(out, "2 tệp: 0 mới, 0 đọc tiếp, 2 đã có") {
			t.Error(out)
		}
	})
	data := t.TempDir()
	t.Run("beside a server without OCR", func(t *testing.T) {
		startServer(t, "--data", data, "--ocr", "never")
		if out := vankien(t, exitPartly, "import", "--publish", "--data", data, folder); !strings.Contains(out, "1 bản chụp chờ nhận dạng chữ") {
			t.Error(out)
		}
	})
	t.Run("beside the next server, which has it", func(t *testing.T) {
		startServer(t, "--data", data)
		library := libraryIn(t, data)
		status := func() storage.ReadingStatus {
			for record, err := range library.Documents(t.Context()) {
				if err == nil && record.Original.Name == "a-ban-chup.pdf" {
					return record.Reading.Status
				}
			}
			return ""
		}
		for try := 0; status() != storage.ReadingReady; try++ { // nobody has to ask for it
			if try == 600 {
				t.Fatalf("the scan is %s", status())
			}
			time.Sleep(100 * time.Millisecond)
		}
		if out := vankien(t, exitDone, "import", "--publish", "--data", data, folder); !strings.Contains(out, "1 bản nháp nay được công bố") {
			t.Error(out)
		}
		find(data)
	})
}
