package api

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vankien/indexer"
	"vankien/storage"
)

// The admin's routes, as programs read them.
func TestAdminRoutes(t *testing.T) {
	begun := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	s := newShelf()
	runner := &reindexing{}
	h := serveShelf(t, s, func(c *Config) {
		c.Reindexer, c.Writer = runner, indexer.NewWriter(indexer.WriterConfig{})
	})
	for _, test := range []struct {
		method, path string
		code         int
		want         string
	}{
		{"GET", "/api/v1/audit?day=2026-11-22", 200, `{"day":"2026-11-22","events":[{"at":"2026-11-22T00:00:00Z","by":"Nguyễn Văn A","action":"publish","subject":"d-grassroots","revision":3,"note":""}],"damaged":1}`},
		{"GET", "/api/v1/audit?day=22/11/2026", 400, `hãy viết dạng 2022-06-16`},
		{"GET", "/api/v1/index/versions", 200, `"d-grassroots":{"created":"2026-11-01T08:30:00Z","revision":3,"updated":"2026-11-01T09:30:00Z"}`},
		{"GET", "/api/v1/reindex", 200, `{"running":false,"done":0,"started":null,"finished":null,"error":""}`},
		{"POST", "/api/v1/reindex", 202, `{"running":true,"done":0,"started":"2026-11-22T08:00:00Z","finished":null,"error":""}`},
		{"POST", "/api/v1/reindex", 409, `đang được lập lại`},
		{"GET", "/api/v1/reindex", 200, `{"running":true,"done":7,"started":"2026-11-22T08:00:00Z","finished":null,"error":""}`},
	} {
		w := ask(h, test.method, test.path, bearer(storage.RoleAdmin))
		if w.Code != test.code || !strings.Contains(w.Body.String(), test.want) {
			t.Errorf("%s %s: %d %s, want %d %s", test.method, test.path, w.Code, w.Body, test.code, test.want)
		}
		if runner.status.Running {
			runner.status.Done = 7
		}
	}
	if runner.status.Started == nil || !runner.status.Started.Equal(begun) {
		t.Errorf("%+v", runner.status)
	}
	today := decode[AuditAnswer](t, ask(h, "GET", "/api/v1/audit", bearer(storage.RoleAdmin)).Body.Bytes())
	if _, err := time.Parse(time.DateOnly, string(today.Day)); err != nil || len(today.Events) != 1 {
		t.Errorf("today: %+v, %v", today, err)
	}
	s.err = storage.ErrUnavailable
	if w := ask(h, "GET", "/api/v1/audit", bearer(storage.RoleAdmin)); w.Code != 503 {
		t.Errorf("in an outage: %d", w.Code)
	}
	if without := ask(serveShelf(t, newShelf(), nil), "GET", "/api/v1/reindex", bearer(storage.RoleAdmin)); without.Code != 200 {
		t.Errorf("without a reindexer: %d", without.Code)
	}
}

// reindexing begins once.
type reindexing struct{ status ReindexStatus }

func (r *reindexing) Reindex() (ReindexStatus, error) {
	if r.status.Running {
		return r.status, fmt.Errorf("running: %w", storage.ErrConflict)
	}
	begun := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	r.status = ReindexStatus{Running: true, Started: &begun}
	return r.status, nil
}

func (r *reindexing) ReindexStatus() ReindexStatus { return r.status }
