package api

import (
	"cmp"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

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

func TestDocumentHasEveryKeyAndNoNullList(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	w := ask(h, "GET", "/api/v1/documents/"+string(idPopulation))
	golden(t, "document.json", indented(t, w.Body.Bytes()))
	if got := w.Header().Get("ETag"); got != `"3-`+strconv.FormatInt(when.UnixMilli(), 36)+`"` {
		t.Errorf("ETag %s, want the version", got)
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
		if !strings.Contains(r.path, "{id}") || r.method != http.MethodGet || r.role != "" {
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
		path += places[r.id].query
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
		if w := ask(h, "GET", path, bearer(cmp.Or(r.role, storage.RoleReader))); w.Code >= 400 {
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

func TestHealthAndReadiness(t *testing.T) {
	now := Readiness{Detail: "Đã nạp 3/12 văn bản."}
	h := serveShelf(t, newShelf(), func(c *Config) { c.Ready = func() Readiness { return now } })
	for _, test := range []struct {
		status ReadyStatus
		path   string
		code   int
		body   string
	}{
		{StatusStarting, "/healthz", 200, `{"status":"ok","version":"0.0.0-test"}`},
		{StatusStarting, "/readyz", 503, `{"status":"starting","detail":"Đã nạp 3/12 văn bản."}`},
		{StatusReady, "/readyz", 200, `{"status":"ready","detail":"Đã nạp 3/12 văn bản."}`},
		{StatusDegraded, "/readyz", 200, `{"status":"degraded","detail":"Đã nạp 3/12 văn bản."}`}, // searches go on
		{StatusStopping, "/readyz", 503, `{"status":"stopping","detail":"Đã nạp 3/12 văn bản."}`},
		{StatusStopping, "/healthz", 200, `{"status":"ok","version":"0.0.0-test"}`},
	} {
		now.Status = test.status
		w := ask(h, "GET", test.path)
		if w.Code != test.code || w.Body.String() != test.body || (w.Header().Get("Retry-After") != "") != (test.code == 503) {
			t.Errorf("%s: %s answers %d %s", test.status, test.path, w.Code, w.Body)
		}
	}
}

func TestNewRefusesABadConfig(t *testing.T) {
	if _, err := New(Config{}); err == nil {
		t.Error("a server without a library was made")
	}
	s := newShelf()
	good := Config{Index: s, Library: s, OpenOriginal: s.OpenOriginal, Ready: ready}
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
