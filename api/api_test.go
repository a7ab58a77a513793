package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

func decode[T any](t *testing.T, body []byte) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return v
}

func TestSearchAnswersWithEveryKey(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	w := ask(h, "GET", "/api/v1/search?q=t%E1%BB%95+ch%E1%BB%A9c+c%C6%A1+s%E1%BB%9F&facets=kind,year")
	if w.Code != 200 {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	golden(t, "search.json", indented(t, w.Body.Bytes()))

	w = ask(h, "GET", "/api/v1/search?q=kh%C3%B4ng+c%C3%B3+g%C3%AC")
	want := `{"query":{"text":"không có gì","read_as":"","corrections":[]},"total":0,"took_ms":3,"hits":[],"candidates":[],"facets":{}}`
	if got := w.Body.String(); got != want {
		t.Errorf("empty answer is\n%s\nwant\n%s", got, want)
	}
}

func indented(t *testing.T, body []byte) []byte {
	t.Helper()
	out, err := json.MarshalIndent(decode[any](t, body), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(out, '\n')
}

func TestSearchShowsWhatIsVisible(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	for _, test := range []struct {
		role  storage.Role
		total int
	}{{"", 4}, {storage.RoleReader, 5}, {storage.RoleEditor, 6}, {storage.RoleAdmin, 6}} {
		got := decode[SearchAnswer](t, ask(h, "GET", "/api/v1/search", bearer(test.role)).Body.Bytes())
		if got.Total != test.total {
			t.Errorf("%q finds %d documents, want %d", test.role, got.Total, test.total)
		}
	}
	// The replaced document's second successor is a draft: readers are not told of it.
	for role, want := range map[storage.Role][]storage.ID{"": {idSuccessor}, storage.RoleEditor: {idDraft, idSuccessor}} {
		got := decode[SearchAnswer](t, ask(h, "GET", "/api/v1/search?q=tu%E1%BB%95i+%C4%91%E1%BB%9Di", bearer(role)).Body.Bytes())
		if diff := cmp.Diff(want, got.Hits[0].ReplacedBy); diff != "" {
			t.Errorf("%q: replaced_by (-want +got):\n%s", role, diff)
		}
		document := decode[map[string]any](t, ask(h, "GET", "/api/v1/documents/"+string(idCharter), bearer(role)).Body.Bytes())
		if got := len(document["replaced_by"].([]any)); got != len(want) {
			t.Errorf("%q: document has %d successors, want %d", role, got, len(want))
		}
	}
}

func TestSearchRefusesWhatIsOutOfBounds(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	for _, test := range []struct{ query, detail string }{
		{"q=" + strings.Repeat("a", 513), "Câu tìm có 513 ký tự, tối đa là 512."},
		{"q=" + strings.Repeat("%C4%91", 513), "Câu tìm có 513 ký tự, tối đa là 512."},
		{"page=99999999", "Chỉ xem được 10000 kết quả đầu; hãy thu hẹp câu tìm."},
		{"page=99999999999999999999", `Giá trị "99999999999999999999" ở "page" không hợp lệ; cần một số nguyên từ 1 trở lên.`},
		{"page=101&size=100", "Chỉ xem được 10000 kết quả đầu; hãy thu hẹp câu tìm."},
		{"page=0", `Giá trị "0" ở "page" không hợp lệ; cần một số nguyên từ 1 trở lên.`},
		{"page=-1", `Giá trị "-1" ở "page" không hợp lệ; cần một số nguyên từ 1 trở lên.`},
		{"size=mười", `Giá trị "mười" ở "size" không hợp lệ; cần một số nguyên từ 1 trở lên.`},
		{"size=101", "Trang bắt đầu từ 1, mỗi trang từ 1 đến 100 kết quả."},
		{"sort=best", `Không có cách sắp xếp "best"; chọn relevance, newest hoặc oldest.`},
		{"from=16/6/2022", `Ngày "16/6/2022" ở "from" không hợp lệ; hãy viết dạng 2022-06-16.`},
		{"to=2022-13-01", `Ngày "2022-13-01" ở "to" không hợp lệ; hãy viết dạng 2022-06-16.`},
		{"facets=kind,colour", `Không có nhóm đếm "colour"; chọn trong kind, issuer, year, term, validity.`},
		{"kind=" + strings.Repeat("a", 101), `Bộ lọc "kind" có giá trị dài quá 100 ký tự.`},
	} {
		w := ask(h, "GET", "/api/v1/search?"+test.query)
		p := decode[Problem](t, w.Body.Bytes())
		if w.Code != 400 || p.Status != 400 || p.Detail != test.detail || p.Title != "Yêu cầu không hợp lệ" || p.Type != "/problems/invalid" {
			t.Errorf("%.40s answers %d %+v, want 400 %q", test.query, w.Code, p, test.detail)
		}
		if got := w.Header().Get("Content-Type"); got != "application/problem+json; charset=utf-8" {
			t.Errorf("%.40s answers %q", test.query, got)
		}
	}
}

func TestSearchAnswersAnythingElse(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	for query, text := range map[string]string{
		"":                               "",
		"q=":                             "",
		"q=" + strings.Repeat("đ", 512):  strings.Repeat("đ", 512),
		"q=%zz":                          "%zz",
		"q=100%":                         "100%",
		"q=%ff%fe":                       "\uFFFD",
		"q=a;b":                          "a;b",
		"q=%00":                          "\x00",
		"q=((((\"AND OR NOT":             `(((("AND OR NOT`,
		"q=nghi%CC%A3+quye%CC%82%CC%81t": "nghị quyết", // decomposed
		"q=x&page=&size=&sort=&from=":    "x",
		"q=x&nonsense=1":                 "x",
		"q=x&page=1000":                  "x",
		"q=x&kind=nghi-quyet,quy-dinh&kind=huong-dan&validity=whatever": "x",
	} {
		w := ask(h, "GET", "/api/v1/search?"+query)
		if w.Code != 200 {
			t.Errorf("%q answers %d %s", query, w.Code, w.Body)
			continue
		}
		if got := decode[SearchAnswer](t, w.Body.Bytes()); got.Query.Text != text {
			t.Errorf("%q was read as %q, want %q", query, got.Query.Text, text)
		}
	}
}

func TestSuggest(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	got := decode[SuggestAnswer](t, ask(h, "GET", "/api/v1/suggest?q=ngh%E1%BB%8B&size=2").Body.Bytes())
	want := SuggestAnswer{Suggestions: []Suggestion{
		{Text: "nghị quyết", Type: "query", URL: "/?" + url.Values{"q": {"nghị quyết"}}.Encode()},
		{Text: "Nghị quyết tăng cường củng cố, xây dựng tổ chức cơ sở đảng và nâng cao chất lượng đội ngũ đảng viên trong giai đoạn mới",
			Type: "document", ID: idGrassroots, Number: "21-NQ/TW", URL: "/van-ban/d-grassroots"},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("suggestions (-want +got):\n%s", diff)
	}
	if body := ask(h, "GET", "/api/v1/suggest?q=zzz").Body.String(); body != `{"suggestions":[]}` {
		t.Errorf("no suggestion is %s", body)
	}
	for _, bad := range []string{"size=0", "size=51", "size=x", "q=" + strings.Repeat("a", 513)} {
		if w := ask(h, "GET", "/api/v1/suggest?"+bad); w.Code != 400 {
			t.Errorf("%.20s answers %d", bad, w.Code)
		}
	}
}

func TestDocumentHasEveryKeyAndNoNullList(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	w := ask(h, "GET", "/api/v1/documents/"+string(idPopulation))
	golden(t, "document.json", indented(t, w.Body.Bytes()))
	if got := w.Header().Get("ETag"); got != `"3"` {
		t.Errorf("ETag %s, want the revision", got)
	}
	golden(t, "text.json", indented(t, ask(h, "GET", "/api/v1/documents/"+string(idGrassroots)+"/text").Body.Bytes()))
	page := decode[storage.Page](t, ask(h, "GET", "/api/v1/documents/"+string(idGrassroots)+"/pages/2").Body.Bytes())
	if page.Number != 2 || !page.OCR || page.Warnings == nil {
		t.Errorf("page 2 is %+v", page)
	}
}

// Every way to a document answers alike for each reader: 200 for those it is
// meant for, 404 for others, never 403, which would give it away.
func TestAudiences(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	visible := map[storage.ID]storage.Role{ // the least role that sees it
		idGrassroots: "", idGuide: storage.RoleReader, idInternal: storage.RoleEditor, idDraft: storage.RoleEditor,
	}
	for _, r := range routes() {
		if !strings.Contains(r.path, "{id}") || r.method != http.MethodGet {
			continue
		}
		for id, least := range visible {
			for _, role := range append([]storage.Role{""}, storage.Roles...) {
				want := 404
				if role.Rank() >= least.Rank() {
					want = 200
				}
				path := strings.NewReplacer("{id}", string(id), "{n}", "1").Replace(r.path)
				if w := ask(h, "GET", path, bearer(role)); w.Code != want {
					t.Errorf("%s for %q answers %d, want %d", path, role, w.Code, want)
				}
			}
		}
	}
}

func TestReadersToken(t *testing.T) {
	h := serveShelf(t, newShelf(), func(c *Config) { c.Readers = ReadersToken })
	for _, r := range routes() {
		path := strings.NewReplacer("{id}", string(idGrassroots), "{n}", "1", "{file...}", "app.css").Replace(r.path)
		if r.method != http.MethodGet {
			continue
		}
		anonymous := ask(h, "GET", path)
		switch {
		case r.open:
			if anonymous.Code != 200 {
				t.Errorf("%s answers %d without a token, but is open", path, anonymous.Code)
			}
		case r.html:
			if anonymous.Code != 303 || !strings.HasPrefix(anonymous.Header().Get("Location"), "/dang-nhap?tiep=") {
				t.Errorf("%s answers %d %s without a token, want the sign-in page", path, anonymous.Code, anonymous.Header().Get("Location"))
			}
		default:
			if anonymous.Code != 401 || anonymous.Header().Get("WWW-Authenticate") != `Bearer realm="vankien"` {
				t.Errorf("%s answers %d without a token, want 401", path, anonymous.Code)
			}
		}
		if w := ask(h, "GET", path, bearer(storage.RoleReader)); w.Code != 200 {
			t.Errorf("%s answers %d with a token", path, w.Code)
		}
	}
}

func TestTokens(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	for _, test := range []struct {
		header string
		want   int
	}{
		{"Authorization: Bearer secret-reader", 200},
		{"Authorization: bearer secret-reader", 200},
		{"Authorization: Bearer wrong", 401},
		{"Authorization: Bearer ", 401},
		{"Authorization: Basic c2VjcmV0", 401},
		{"Authorization: Bearer " + strings.Repeat("x", 5000), 401},
		{"Cookie: vankien=secret-reader", 200},
		{"Cookie: vankien=wrong", 404}, // a stale cookie reads as anonymous
	} {
		if w := ask(h, "GET", "/api/v1/documents/"+string(idGuide), test.header); w.Code != test.want {
			t.Errorf("%.40s answers %d, want %d", test.header, w.Code, test.want)
		}
	}
}

func TestNotFound(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	for _, path := range []string{
		"/api/v1/documents/nope", "/api/v1/documents/nope/text", "/api/v1/documents/nope/original", "/api/v1/documents/nope/pages/1",
		"/api/v1/documents/d-grassroots/pages/4", "/api/v1/documents/d-grassroots/pages/999999",
		"/api/v1/documents/../tokens/x", "/api/v1/documents/..", "/api/v1/documents/.%2e", "/api/v1/documents/a/../../b/text",
		"/api/v1/documents/A B\x00", "/api/v1/documents/" + strings.Repeat("a", 5000), "/api/v1/documents/ủy",
		"/api/v1/nothing", "/api/v1/documents/", "/api/v1/search/",
	} {
		w := ask(h, "GET", path)
		if p := decode[Problem](t, w.Body.Bytes()); w.Code != 404 || p.Title != "Không tìm thấy" || p.RequestID == "" {
			t.Errorf("%.40q answers %d %+v", path, w.Code, p)
		}
	}
	for _, n := range []string{"0", "-1", "x", "99999999999999999999"} {
		if w := ask(h, "GET", "/api/v1/documents/d-grassroots/pages/"+n); w.Code != 400 {
			t.Errorf("page %s answers %d", n, w.Code)
		}
	}
	if w := ask(h, "DELETE", "/api/v1/search"); w.Code != 405 || !strings.Contains(w.Header().Get("Allow"), "GET") {
		t.Errorf("a wrong method answers %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
}

func TestErrorTable(t *testing.T) {
	for _, test := range []struct {
		err    error
		status int
		kind   string
	}{
		{storage.ErrNotFound, 404, "/problems/not-found"},
		{storage.ErrConflict, 409, "/problems/conflict"},
		{failedCondition{storage.ErrConflict}, 412, "/problems/precondition-failed"},
		{storage.ErrInvalid, 400, "/problems/invalid"},
		{storage.ErrTooLarge, 413, "/problems/too-large"},
		{storage.ErrUnsupported, 415, "/problems/unsupported"},
		{storage.ErrEncrypted, 422, "/problems/encrypted"},
		{storage.ErrSecret, 422, "/problems/secret"},
		{storage.ErrForbidden, 403, "/problems/forbidden"},
		{storage.ErrUnavailable, 503, "/problems/unavailable"},
		{storage.ErrLocked, 503, "/problems/unavailable"},
		{storage.ErrNoSpace, 507, "/problems/no-space"},
		{context.DeadlineExceeded, 503, "/problems/timeout"},
		{context.Canceled, 499, "/problems/canceled"},
		{errors.New("disk on fire at /srv/secret"), 500, "about:blank"},
	} {
		s := newShelf()
		s.err = fmt.Errorf("while searching: %w", test.err)
		var log strings.Builder
		h := serveShelf(t, s, func(c *Config) { c.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
		for _, path := range []string{"/api/v1/search?q=x", "/api/v1/suggest?q=x", "/api/v1/documents/d-grassroots"} {
			w := ask(h, "GET", path)
			p := decode[Problem](t, w.Body.Bytes())
			if w.Code != test.status || p.Type != test.kind || p.Status != test.status || p.Title == "" || p.Detail == "" {
				t.Errorf("%v: %s answers %d %+v, want %d %s", test.err, path, w.Code, p, test.status, test.kind)
			}
			if strings.Contains(w.Body.String(), "secret/") || strings.Contains(w.Body.String(), "while") {
				t.Errorf("%v: the sender reads %s", test.err, w.Body)
			}
			if test.status == 503 && w.Header().Get("Retry-After") == "" {
				t.Errorf("%v: no Retry-After", test.err)
			}
			if test.status == 500 && (!strings.Contains(log.String(), "disk on fire") || !strings.Contains(log.String(), p.RequestID)) {
				t.Errorf("the log does not say what happened to %s: %s", p.RequestID, log.String())
			}
		}
	}
}

func TestInputErrorTellsItsReason(t *testing.T) {
	s := newShelf()
	s.err = &indexer.InputError{Reason: "Không tìm được.", Err: storage.ErrInvalid}
	p := decode[Problem](t, ask(serveShelf(t, s, nil), "GET", "/api/v1/search?q=x").Body.Bytes())
	if p.Detail != "Không tìm được." || p.Status != 400 {
		t.Errorf("got %+v", p)
	}
}

// slowIndex answers when the request's time is over.
type slowIndex struct{ Index }

func (slowIndex) Search(ctx context.Context, _ indexer.Query) (indexer.Result, error) {
	<-ctx.Done()
	return indexer.Result{}, ctx.Err()
}

func (slowIndex) Suggest(context.Context, string, storage.Audience, int) ([]indexer.Suggestion, error) {
	panic("index out of range")
}

func TestDeadlineAndPanic(t *testing.T) {
	var log strings.Builder
	h := serveShelf(t, newShelf(), func(c *Config) {
		c.Index, c.Timeout = slowIndex{}, 20*time.Millisecond
		c.Logger = slog.New(slog.NewTextHandler(&log, nil))
	})
	if w := ask(h, "GET", "/api/v1/search?q=x"); w.Code != 503 || decode[Problem](t, w.Body.Bytes()).Type != "/problems/timeout" {
		t.Errorf("a slow search answers %d %s", w.Code, w.Body)
	}
	w := ask(h, "GET", "/api/v1/suggest?q=x")
	if p := decode[Problem](t, w.Body.Bytes()); w.Code != 500 || p.Title != "Lỗi hệ thống" {
		t.Errorf("a panic answers %d %s", w.Code, w.Body)
	}
	if !strings.Contains(log.String(), "index out of range") || strings.Contains(w.Body.String(), "index out of range") {
		t.Error("the panic's text belongs into the log and nowhere else")
	}
	if w := ask(h, "GET", "/metrics"); !strings.Contains(w.Body.String(), `vankien_http_requests_total{method="GET",route="/api/v1/suggest",status="500"} 1`) {
		t.Errorf("the panic is not counted:\n%s", w.Body)
	}
}

func TestHealthAndReadiness(t *testing.T) {
	ready := false
	h := serveShelf(t, newShelf(), func(c *Config) {
		c.Ready = func() (bool, string) { return ready, "Đã nạp 3/12 văn bản." }
	})
	for _, test := range []struct {
		ready bool
		path  string
		code  int
		body  string
	}{
		{false, "/healthz", 200, `{"status":"ok","version":"0.0.0-test"}`},
		{false, "/readyz", 503, `{"status":"starting","detail":"Đã nạp 3/12 văn bản."}`},
		{true, "/readyz", 200, `{"status":"ready","detail":"Đã nạp 3/12 văn bản."}`},
	} {
		ready = test.ready
		if w := ask(h, "GET", test.path); w.Code != test.code || w.Body.String() != test.body {
			t.Errorf("%s answers %d %s", test.path, w.Code, w.Body)
		}
	}
}

func TestRateLimit(t *testing.T) {
	h := serveShelf(t, newShelf(), func(c *Config) { c.RatePerSecond, c.RateBurst = .001, 2 })
	for i, want := range []int{200, 200, 429, 429} {
		if w := ask(h, "GET", "/api/v1/search"); w.Code != want {
			t.Errorf("request %d answers %d, want %d", i, w.Code, want)
		}
	}
	if w := ask(h, "GET", "/healthz"); w.Code != 200 {
		t.Errorf("healthz is limited: %d", w.Code)
	}
}

func TestLimiterForgets(t *testing.T) {
	l := newLimiter(1, 1)
	for i := range 5 * maxClients {
		l.allow(fmt.Sprintf("10.%d.%d.%d", i>>16, i>>8&255, i&255))
	}
	if n := len(l.now) + len(l.old); n > 2*maxClients {
		t.Errorf("%d clients are remembered, at most %d should be", n, 2*maxClients)
	}
	if a, b := clientKey("2001:db8::1"), clientKey("2001:db8::ffff"); a != b {
		t.Errorf("one household has two keys, %v and %v", a, b)
	}
}

func TestLogKeepsSecretsOut(t *testing.T) {
	var log strings.Builder
	h := serveShelf(t, newShelf(), func(c *Config) { c.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
	ask(h, "GET", "/api/v1/search?q=bimat", "Authorization: Bearer secret-admin", "Cookie: vankien=secret-admin")
	if s := log.String(); strings.Contains(s, "secret-admin") || strings.Contains(s, "bimat") || !strings.Contains(s, "path=/api/v1/search") {
		t.Errorf("the log has %s", s)
	}
}

func TestSecureHeaders(t *testing.T) {
	h := serveShelf(t, newShelf(), func(c *Config) { c.HTTPS = true })
	for _, path := range []string{"/api/v1/search", "/api/v1/documents/nope", "/healthz", "/"} {
		header := ask(h, "GET", path).Header()
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Content-Security-Policy": contentPolicy, "Referrer-Policy": "same-origin",
			"Strict-Transport-Security": "max-age=31536000",
		} {
			if got := header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
	}
}

func TestNewRefusesABadConfig(t *testing.T) {
	if _, err := New(Config{}); err == nil {
		t.Error("a server without a library was made")
	}
	s := newShelf()
	good := Config{Index: s, Library: s, OpenOriginal: s.OpenOriginal, Ready: func() (bool, string) { return true, "" }}
	for _, change := range []func(*Config){
		func(c *Config) { c.Readers = "everyone" },
		func(c *Config) { c.TrustedProxies = []string{"nowhere"} },
	} {
		cfg := good
		change(&cfg)
		if _, err := New(cfg); err == nil {
			t.Errorf("%+v was accepted", cfg)
		}
	}
}
