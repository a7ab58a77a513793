package api

import (
	"bytes"
	"fmt"
	"io/fs"
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

// long is a PDF with so many bytes more in it that nobody asks for: an unused
// object appended as an update of the file.
func long(t *testing.T, pdf []byte, size int) []byte {
	t.Helper()
	_, last, ok := bytes.Cut(pdf, []byte("\nstartxref\n"))
	var xref int
	if _, err := fmt.Sscan(string(last), &xref); !ok || err != nil {
		t.Fatalf("the PDF has no table: %v", err)
	}
	_, trailer, _ := bytes.Cut(pdf, []byte("\ntrailer\n<<"))
	keys, _, _ := bytes.Cut(trailer, []byte(">>"))
	out := bytes.NewBuffer(bytes.Clone(pdf))
	at := out.Len() + 1
	fmt.Fprintf(out, "\n9999 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n", size, bytes.Repeat([]byte{' '}, size))
	table := out.Len()
	fmt.Fprintf(out, "xref\n9999 1\n%010d 00000 n \ntrailer\n<<%s\n/Prev %d>>\nstartxref\n%d\n%%%%EOF\n", at, keys, xref, table)
	return out.Bytes()
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
		"viewer.js", "vendor/pdfjs-5.7.284/pdf.min.mjs", "vendor/pdfjs-5.7.284/pdf.worker.min.mjs",
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
