package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"

	"vankien/storage"
)

func TestOriginal(t *testing.T) {
	s := newShelf()
	h := serveShelf(t, s, nil)
	sha := s.records[idGrassroots].Original.SHA256
	body := s.originals[sha]
	path := "/api/v1/documents/" + string(idGrassroots) + "/original"
	for _, test := range []struct {
		name, header string
		code         int
		body         []byte
	}{
		{"whole", "Accept-Encoding: gzip", 200, body},
		{"range", "Range: bytes=0-7", 206, body[:8]},
		{"tail", "Range: bytes=-4", 206, body[len(body)-4:]},
		{"beyond", "Range: bytes=999999999-", 416, nil},
		{"unchanged", `If-None-Match: "` + sha + `"`, 304, nil},
	} {
		w := ask(h, "GET", path, test.header)
		if w.Code != test.code || (test.body != nil && !bytes.Equal(w.Body.Bytes(), test.body)) {
			t.Errorf("%s: %d with %d bytes, want %d with %d", test.name, w.Code, w.Body.Len(), test.code, len(test.body))
		}
		if w.Header().Get("Content-Encoding") != "" {
			t.Errorf("%s: an original was compressed", test.name)
		}
		if got := w.Header().Get("ETag"); test.code < 400 && got != `"`+sha+`"` {
			t.Errorf("%s: ETag %s", test.name, got)
		}
	}
	if p := decode[Problem](t, ask(h, "GET", path, "Range: bytes=999999999-").Body.Bytes()); p.Status != 416 || p.Title == "" {
		t.Errorf("a range beyond the end is described as %+v", p)
	}
	if w := ask(h, "HEAD", path); w.Code != 200 || w.Header().Get("Content-Length") == "" || w.Header().Get("Accept-Ranges") != "bytes" {
		t.Errorf("HEAD answers %d %v", w.Code, w.Header())
	}
}

// failing is an original whose store fails while it is sent.
type failing struct{ io.ReadSeekCloser }

func (failing) Read([]byte) (int, error) { return 0, errors.New("disk on fire") }

func TestOriginalThatCannotBeRead(t *testing.T) {
	s := newShelf()
	var log bytes.Buffer
	h := serveShelf(t, s, func(cfg *Config) {
		cfg.Logger = slog.New(slog.NewTextHandler(&log, nil))
		cfg.OpenOriginal = func(ctx context.Context, sha string) (io.ReadSeekCloser, error) {
			body, err := s.OpenOriginal(ctx, sha)
			return failing{body}, err
		}
	})
	w := ask(h, "GET", "/api/v1/documents/"+string(idGrassroots)+"/original")
	if p := decode[Problem](t, w.Body.Bytes()); w.Code != 500 || p.Status != 500 || w.Header().Get("Content-Disposition") != "" {
		t.Errorf("answers %d %+v %v", w.Code, p, w.Header())
	}
	if !strings.Contains(log.String(), "disk on fire") {
		t.Errorf("nobody learns why the original ends early:\n%s", &log)
	}
}

// Only a PDF is shown by the browser; whatever else was uploaded can run
// nothing in our name.
func TestOriginalIsShownOrSaved(t *testing.T) {
	s := newShelf()
	h := serveShelf(t, s, nil)
	for id, want := range map[storage.ID]struct{ disposition, policy string }{
		idGrassroots: {`inline; filename*=utf-8''Ngh%E1%BB%8B%20quy%E1%BA%BFt%2021%20%28b%E1%BA%A3n%20ch%C3%ADnh%29.pdf`, "frame-ancestors 'self'"},
		idPopulation: {`attachment; filename=21-NQ-TW.docx`, "sandbox; default-src 'none'"},
		idSuccessor:  {`attachment; filename=294.html`, "sandbox; default-src 'none'"},
	} {
		header := ask(h, "GET", "/api/v1/documents/"+string(id)+"/original").Header()
		if got := header.Get("Content-Disposition"); got != want.disposition {
			t.Errorf("%s: %s, want %s", id, got, want.disposition)
		}
		if got := header.Get("Content-Security-Policy"); got != want.policy || header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: policy %q, want %q", id, got, want.policy)
		}
	}
	for name, want := range map[string]string{
		"":                       "attachment; filename=x1",
		"../../etc/passwd":       "attachment; filename=passwd",
		`C:\tm\a.doc`:            "attachment; filename=a.doc",
		"a\r\nSet-Cookie: x.doc": `attachment; filename="aSet-Cookie: x.doc"`,
		"gnp.\u202Eexe":          "attachment; filename=gnp.exe",
	} {
		if got := disposition(storage.Document{ID: "x1", Original: storage.Original{Name: name}}); got != want {
			t.Errorf("name %q: %s, want %s", name, got, want)
		}
	}
}
