package api

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"vankien/storage"
	"vankien/testdata"
)

// threePages is a real PDF of three pages.
func threePages(t *testing.T) []byte {
	t.Helper()
	body, err := fs.ReadFile(testdata.Documents(), "chi-thi-08-ct-tu-2026.pdf")
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// book is a PDF of so many pages, each with an incompressible picture, whose
// entries lie among the pictures: as scanners write them.
func book(pages int) []byte {
	noise := rand.NewChaCha8([32]byte{})
	picture := make([]byte, 200*200)
	var out, table, kids bytes.Buffer
	object := func(format string, args ...any) {
		fmt.Fprintf(&table, "%010d 00000 n \n", out.Len())
		fmt.Fprintf(&out, format, args...)
	}
	out.WriteString("%PDF-1.4\n")
	object("1 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n", 3*pages+3)
	object("2 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n")
	for page := range pages {
		n := 3*page + 3
		words := fmt.Sprintf("BT /F 24 Tf 72 700 Td (Leaf %d) Tj ET q 400 0 0 400 90 200 cm /I Do Q", page+1)
		noise.Read(picture)
		object("%d 0 obj\n<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 2 0 R>>/XObject<</I %d 0 R>>>>>>\nendobj\n", n, 3*pages+3, n+1, n+2)
		object("%d 0 obj\n<</Length %d>>stream\n%s\nendstream\nendobj\n", n+1, len(words), words)
		object("%d 0 obj\n<</Type/XObject/Subtype/Image/Width 200/Height 200/ColorSpace/DeviceGray/BitsPerComponent 8/Length %d>>stream\n%s\nendstream\nendobj\n", n+2, len(picture), picture)
		fmt.Fprintf(&kids, "%d 0 R ", n)
	}
	object("%d 0 obj\n<</Type/Pages/Count %d/Kids[%s]>>\nendobj\n", 3*pages+3, pages, &kids)
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %[1]d/Root 1 0 R>>\nstartxref\n%[3]d\n%%%%EOF\n", 3*pages+4, &table, out.Len())
	return out.Bytes()
}

// setOriginal makes body the original of a document of s.
func (s *shelf) setOriginal(id storage.ID, body []byte) {
	record := s.records[id]
	record.Original.Size = int64(len(body))
	s.records[id], s.originals[record.Original.SHA256] = record, body
}

func TestViewerPage(t *testing.T) {
	s := newShelf()
	s.add("d-scan", storage.Facts{Title: "bản chụp"}, "scan.pdf", pdfType, func(d *storage.Document) {
		d.Reading = storage.Reading{Status: storage.ReadingNeedsOCR}
	})
	h := serveShelf(t, s, nil)
	for _, test := range []struct {
		name, path string
		role       storage.Role
		code       int
		want       []string // what the page says, or where it leads
	}{
		{"at a page", "d-grassroots/ban-goc?trang=2", "", 200, []string{
			`data-original="/api/v1/documents/d-grassroots/original"`, "2 / 3", `href="/api/v1/documents/d-grassroots/original#page=2"`, "Mở tệp PDF ở trang 2",
			`href="/van-ban/d-grassroots?trang=2#trang-2"`, `href="/van-ban/d-grassroots/ban-goc?trang=1"`, `href="/van-ban/d-grassroots/ban-goc?trang=3"`, "Tải bản gốc (PDF, 1,2 MB)"}},
		{"the words go along", "d-grassroots/ban-goc?trang=2&q=co+so", "", 200, []string{
			`href="/van-ban/d-grassroots?q=co&#43;so&amp;trang=2#trang-2"`, `href="/van-ban/d-grassroots/ban-goc?q=co&#43;so&amp;trang=3"`, `name="q" value="co so"`}},
		{"the first page", "d-grassroots/ban-goc", "", 200, []string{"1 / 3", `rel="prev" role="link" aria-disabled="true"`}},
		{"no number", "d-grassroots/ban-goc?trang=abc", "", 200, []string{"1 / 3"}},
		{"before the first", "d-grassroots/ban-goc?trang=-7", "", 200, []string{"1 / 3"}},
		{"beyond the last", "d-grassroots/ban-goc?trang=99", "", 200, []string{"3 / 3", `rel="next" role="link" aria-disabled="true"`}},
		{"not a PDF", "d-population/ban-goc?trang=2&q=d%C3%A2n", "", 303, []string{"/van-ban/d-population?q=d%C3%A2n&trang=1#trang-1"}},
		{"for members", "d-guide/ban-goc", "", 404, []string{"Không tìm thấy", "/dang-nhap?tiep=%2fvan-ban%2fd-guide%2fban-goc"}},
		{"to a member", "d-guide/ban-goc", storage.RoleReader, 200, []string{"12-HD/BTCTW", "LƯU HÀNH NỘI BỘ"}},
		{"for staff", "d-internal/ban-goc", storage.RoleReader, 404, []string{"Không tìm thấy"}},
		{"to staff", "d-internal/ban-goc", storage.RoleEditor, 200, []string{"Báo cáo"}},
		{"a draft", "d-draft/ban-goc", storage.RoleReader, 404, []string{"Không tìm thấy"}},
		{"a draft, to staff", "d-draft/ban-goc", storage.RoleEditor, 200, []string{"Bản nháp, bạn đọc chưa thấy."}},
		{"a scan whose pages nobody counted", "d-scan/ban-goc?trang=12", storage.RoleEditor, 200, []string{`<span id="vi-tri">12</span>`, "ban-goc?trang=13"}},
		{"no such document", "nope/ban-goc", "", 404, []string{"Không tìm thấy"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := ask(h, "GET", "/van-ban/"+test.path, bearer(test.role))
			if w.Code != test.code {
				t.Fatalf("answers %d, want %d: %s", w.Code, test.code, w.Body)
			}
			policy := contentPolicy
			if w.Code == http.StatusOK {
				policy = viewerPolicy
			}
			if got := w.Header().Get("Content-Security-Policy"); got != policy || strings.Contains(got, "unsafe") {
				t.Errorf("policy %q", got)
			}
			for _, want := range test.want {
				if !strings.Contains(w.Header().Get("Location")+w.Body.String(), want) {
					t.Errorf("does not say %q:\n%s", want, w.Body)
				}
			}
		})
	}
	members := serveShelf(t, s, func(c *Config) { c.Readers = ReadersToken })
	if w := ask(members, "GET", "/van-ban/d-grassroots/ban-goc?trang=2"); w.Code != 303 || w.Header().Get("Location") != signInURL("/van-ban/d-grassroots/ban-goc?trang=2") {
		t.Errorf("without a token: %d to %s", w.Code, w.Header().Get("Location"))
	}
	golden(t, "viewer.html", assetHash.ReplaceAll(ask(h, "GET", "/van-ban/d-grassroots/ban-goc?trang=2&q=co+so").Body.Bytes(), []byte("?v=HASH")))
}

// Whatever the script of the page fetches is there, of a type that browsers
// run under nosniff.
func TestViewerFiles(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	for _, name := range []string{
		"viewer.js", "ranges.js", "vendor/pdfjs-5.7.284/pdf.min.mjs", "vendor/pdfjs-5.7.284/pdf.worker.min.mjs",
		"vendor/pdfjs-5.7.284/decoders/jbig2_nowasm_fallback.js", "vendor/pdfjs-5.7.284/decoders/openjpeg_nowasm_fallback.js",
	} {
		w := ask(h, "GET", "/static/"+name)
		if w.Code != 200 || w.Header().Get("Content-Type") != "text/javascript; charset=utf-8" {
			t.Errorf("%s answers %d %s", name, w.Code, w.Header().Get("Content-Type"))
		}
	}
	for _, name := range []string{"LICENSE", "SOURCE", "decoders/LICENSE_JBIG2", "decoders/LICENSE_OPENJPEG"} {
		if w := ask(h, "GET", "/static/vendor/pdfjs-5.7.284/"+name); w.Code != 200 || w.Body.Len() == 0 {
			t.Errorf("%s answers %d", name, w.Code)
		}
	}
}
