package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"vankien/indexer"
	"vankien/storage"
)

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
			if test.err == storage.ErrInvalid && strings.Contains(path, "documents") {
				continue // of an id it means that no document has it: TestNotFound
			}
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
