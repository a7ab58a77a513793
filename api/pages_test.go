package api

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"vankien/storage"
)

var assetHash = regexp.MustCompile(`\?v=[0-9a-f]+`)

// What people read, whole: a change of a page is a readable difference.
func TestPagesAreAsTheyWere(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	for name, path := range map[string]string{
		"results.html":  "/?q=t%E1%BB%95+ch%E1%BB%A9c+c%C6%A1+s%E1%BB%9F&kind=nghi-quyet",
		"document.html": "/van-ban/" + string(idGrassroots) + "?trang=2&q=to+chuc+co+so",
		"replaced.html": "/van-ban/" + string(idCharter),
		"chooser.html":  "/?q=nq+21",
		"nearest.html":  "/?q=22-NQ/TW",
		"nothing.html":  "/?q=sinh+ho%E1%BA%A1t+chi+b%E1%BB%99+n%C3%B4ng+th%C3%B4n&kind=nghi-quyet",
	} {
		w := ask(h, "GET", path)
		if w.Code != 200 || w.Header().Get("Content-Type") != htmlType {
			t.Errorf("%s answers %d %s", path, w.Code, w.Header().Get("Content-Type"))
		}
		golden(t, name, assetHash.ReplaceAll(w.Body.Bytes(), []byte("?v=HASH")))
	}
}

func TestPagesSay(t *testing.T) {
	s := newShelf()
	status := StatusReady
	h := serveShelf(t, s, func(c *Config) { c.Ready = func() Readiness { return Readiness{status, "Đã nạp 3/12."} } })
	for _, test := range []struct {
		path string
		code int
		want []string
	}{
		{"/", 200, []string{"Tra cứu văn kiện", "Văn bản mới nhất", "Thi hành Điều lệ Đảng", "Xem văn bản thay thế: <a href=\"/van-ban/d-successor\">Quy định số 294-QĐ/TW</a>"}},
		{"/?q=ng%E1%BB%8B+quy%E1%BA%BFt", 200, []string{"Có phải bạn muốn tìm: <a href=\"/?q=ngh%E1%BB%8B&#43;quy%E1%BA%BFt\">nghị quyết</a>", "href=\"/tro-giup\"", "Không tìm thấy văn bản nào", "Văn bản mới nhất"}},
		{"/?q=zzz&kind=nghi-quyet", 200, []string{"Không tìm thấy văn bản nào", "Tìm lại không dùng bộ lọc", "Loại văn bản: Nghị quyết"}},
		{"/?q=%3Cscript%3Ealert(1)%3C/script%3E", 200, []string{"&lt;script&gt;alert(1)"}},
		{"/?page=99999999", 400, []string{"Yêu cầu không hợp lệ", "Chỉ xem được 10000 kết quả đầu"}},
		{"/?q=" + strings.Repeat("a", 513), 400, []string{"tối đa là 512"}},
		{"/van-ban/nope", 404, []string{"Không tìm thấy", "/dang-nhap?tiep=%2fvan-ban%2fnope"}},
		{"/van-ban/../x", 404, []string{"Không tìm thấy"}},
		{"/van-ban/" + string(idGrassroots), 200, []string{
			"Nghị quyết số 21-NQ/TW", "Mở bản gốc (PDF, 1,2 MB)", `href="/van-ban/d-grassroots/ban-goc?trang=1"`,
			`id="trang-1"`, "1 / 3", "22-NQ/TW, ngày\u00a002/02/2008",
			"Ban Chấp hành Trung ương: Nghị quyết số 21-NQ/TW, ngày 16/6/2022, về tăng cường củng cố, xây dựng tổ chức cơ sở đảng và nâng cao chất lượng đội ngũ đảng viên trong giai đoạn mới, tr.1.",
			`href="/api/v1/documents/d-grassroots/cite?format=bibtex&amp;page=1"`,
		}},
		{"/van-ban/" + string(idGrassroots) + "?trang=2&q=to+chuc+co+so", 200, []string{
			`href="/van-ban/d-grassroots/ban-goc?q=to&#43;chuc&#43;co&#43;so&amp;trang=2"`, "<mark>tổ chức cơ sở</mark>", "có thể sai chữ",
			`href="/van-ban/d-grassroots?q=to&#43;chuc&#43;co&#43;so&amp;trang=3#trang-3"`,
		}},
		{"/van-ban/" + string(idGrassroots) + "?trang=99", 200, []string{`id="trang-3"`}},
		{"/van-ban/" + string(idGrassroots) + "?trang=abc&q=" + strings.Repeat("a", 600), 200, []string{`id="trang-1"`}},
		{"/van-ban/" + string(idPopulation), 200, []string{"Tải bản gốc (DOCX, 1,2 MB)"}},
		{"/van-ban/" + string(idCharter), 200, []string{"Văn bản này đã được thay thế bởi <a href=\"/van-ban/d-successor\">Quy định số 294-QĐ/TW, ngày\u00a026/5/2025</a>."}},
		{"/nowhere", 404, []string{"Không tìm thấy"}},
		{"/dang-nhap?tiep=//evil.example", 200, []string{`name="tiep" value="/"`}},
	} {
		w := ask(h, "GET", test.path)
		if w.Code != test.code {
			t.Errorf("%.60s answers %d, want %d", test.path, w.Code, test.code)
		}
		for _, want := range test.want {
			if !strings.Contains(w.Body.String(), want) {
				t.Errorf("%.60s does not say %q:\n%s", test.path, want, w.Body)
			}
		}
		if strings.Contains(w.Body.String(), "300-QĐ/TW") || strings.Contains(w.Body.String(), "d-draft") {
			t.Errorf("%.60s gives a draft away", test.path)
		}
	}
	status = StatusStarting
	if body := ask(h, "GET", "/").Body.String(); !strings.Contains(body, "Thư viện đang nạp văn bản, kết quả có thể chưa đủ. Đã nạp 3/12.") {
		t.Error("a library that is not ready does not say so")
	}
}

func TestFailurePages(t *testing.T) {
	for err, want := range map[error]string{
		storage.ErrUnavailable: "Tạm thời chưa phục vụ được",
		errPanic:               "Mã yêu cầu",
	} {
		s := newShelf()
		s.err = err
		w := ask(serveShelf(t, s, nil), "GET", "/?q=x")
		if w.Code < 500 || !strings.Contains(w.Body.String(), want) || !strings.Contains(w.Body.String(), `role="search"`) {
			t.Errorf("%v: %d %s", err, w.Code, w.Body)
		}
	}
}

// A document whose text is not there yet still has its facts and its original.
func TestDocumentPageWithoutText(t *testing.T) {
	s := newShelf()
	for id, test := range map[storage.ID]struct {
		reading storage.Reading
		want    string
	}{
		"d-scan":   {storage.Reading{Status: storage.ReadingNeedsOCR}, "Văn bản là bản chụp, chưa có phần chữ."},
		"d-queued": {storage.Reading{Status: storage.ReadingQueued}, "Máy đang đọc văn bản này."},
		"d-failed": {storage.Reading{Status: storage.ReadingFailed, Reason: "Tệp bị hỏng từ trang 3."}, "Tệp bị hỏng từ trang 3."},
	} {
		s.add(id, storage.Facts{Title: "đang chờ"}, "a.pdf", pdfType, func(d *storage.Document) { d.Reading = test.reading })
		w := ask(serveShelf(t, s, nil), "GET", "/van-ban/"+string(id), bearer(storage.RoleEditor))
		if w.Code != 200 || !strings.Contains(w.Body.String(), test.want) || !strings.Contains(w.Body.String(), "Mở bản gốc") {
			t.Errorf("%s: %d, want %q in %s", id, w.Code, test.want, w.Body)
		}
	}
}

func TestStaticFiles(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	w := ask(h, "GET", "/")
	for _, address := range regexp.MustCompile(`/static/[^"]+`).FindAllString(w.Body.String(), -1) {
		asset := ask(h, "GET", address)
		if asset.Code != 200 || asset.Header().Get("ETag") == "" {
			t.Errorf("%s answers %d", address, asset.Code)
		}
		if strings.Contains(address, "?v=") && asset.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" {
			t.Errorf("%s: %s", address, asset.Header().Get("Cache-Control"))
		}
		if again := ask(h, "GET", address, "If-None-Match: "+asset.Header().Get("ETag")); again.Code != 304 {
			t.Errorf("%s answers %d to its own ETag", address, again.Code)
		}
	}
	for name, code := range map[string]int{
		"vendor/be-vietnam-pro/be-vietnam-pro-vietnamese-400-normal.woff2": 200, "vendor/be-vietnam-pro/LICENSE": 200,
		"../web.go": 404, "nope.css": 404, "": 404,
	} {
		if w := ask(h, "GET", "/static/"+name); w.Code != code {
			t.Errorf("%q answers %d, want %d", name, w.Code, code)
		}
	}
}

// post sends a form as a browser on the given site does.
func post(h http.Handler, path string, form url.Values, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", "http://vankien.test"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestSignIn(t *testing.T) {
	h := serveShelf(t, newShelf(), func(c *Config) { c.HTTPS = true })
	form := url.Values{"ma": {" secret-reader\n"}, "tiep": {"/van-ban/d-guide?trang=1"}}
	w := post(h, signInPath, form, "Origin: http://vankien.test", "Sec-Fetch-Site: same-origin")
	if w.Code != 303 || w.Header().Get("Location") != "/van-ban/d-guide?trang=1" {
		t.Fatalf("signing in answers %d to %s", w.Code, w.Header().Get("Location"))
	}
	if got := w.Header().Get("Set-Cookie"); got != "vankien=secret-reader; Path=/; Max-Age=2592000; HttpOnly; Secure; SameSite=Strict" {
		t.Errorf("cookie %s", got)
	}
	for name, test := range map[string]struct {
		form    url.Values
		headers []string
		code    int
	}{
		"wrong token":         {url.Values{"ma": {"x"}}, nil, 401},
		"no token":            {url.Values{}, nil, 401},
		"another site":        {form, []string{"Sec-Fetch-Site: cross-site"}, 403},
		"another old browser": {form, []string{"Origin: https://evil.example"}, 403},
		"a huge form":         {url.Values{"ma": {strings.Repeat("x", maxBody+1)}}, nil, 413},
	} {
		if w := post(h, signInPath, test.form, test.headers...); w.Code != test.code || w.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s: %d, cookie %q", name, w.Code, w.Header().Get("Set-Cookie"))
		}
	}
	if w := post(h, signInPath, url.Values{"ma": {"x"}}); !strings.Contains(w.Body.String(), "Mã truy cập không đúng") || w.Header().Get("Location") != "" {
		t.Errorf("a wrong token is answered %s", w.Body)
	}
	if w := post(h, "/dang-xuat", nil, "Sec-Fetch-Site: same-origin"); w.Code != 303 || !strings.Contains(w.Header().Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("signing out: %d %s", w.Code, w.Header().Get("Set-Cookie"))
	}
	if w := post(h, "/dang-xuat", nil, "Sec-Fetch-Site: cross-site"); w.Code != 403 {
		t.Errorf("another site signs people out: %d", w.Code)
	}
}
