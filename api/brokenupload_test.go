package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"vankien/storage"
)

// A body that is not what it says, however it is broken, is a request that is
// wrong, and nothing of it stays.
func TestBrokenForms(t *testing.T) {
	l := live(t, nil)
	before := l.objects()
	whole, contentType := form(part{"file", "a.txt", strings.Repeat("Chi bộ họp mỗi tháng. ", 1000)}, confirmed)
	for _, test := range []struct {
		name, contentType string
		body              []byte
		status            int
	}{
		{"no form", "application/pdf", []byte("%PDF-1.7"), 415},
		{"no type", "", whole, 415},
		{"no boundary", "multipart/form-data", whole, 400},
		{"a boundary too long", "multipart/form-data; boundary=" + strings.Repeat("x", 71), whole, 400},
		{"another boundary", "multipart/form-data; boundary=other", whole, 400},
		{"nothing", contentType, nil, 400},
		{"cut off in the head", contentType, whole[:20], 400},
		{"cut off in the file", contentType, whole[:10_000], 400},
		{"cut off before the last boundary", contentType, whole[:len(whole)-20], 400},
		{"a header without an end", contentType, slices.Concat(whole[:bytes.IndexByte(whole, '\n')+1], bytes.Repeat([]byte("X-A: b\r\n"), 20_000)), 400},
		{"a line without an end", contentType, bytes.Repeat([]byte("x"), 1<<20), 400},
	} {
		a := l.do(storage.RoleEditor, "POST", "/api/v1/documents", string(test.body), "Content-Type: "+test.contentType)
		if p := a.problem(t); a.status != test.status || p.Detail == "" {
			t.Errorf("%s: %d %+v, want %d", test.name, a.status, p, test.status)
		}
		l.untouched(test.name, before)
	}
}

// A client that goes away in the middle leaves nothing, wherever that is.
func TestClientGoesAway(t *testing.T) {
	l := live(t, func(c *Config) { c.Uploads = 1 })
	before := l.objects()
	body, contentType := form(part{"file", "a.txt", strings.Repeat("Chi bộ họp mỗi tháng. ", 20_000)}, confirmed)
	for _, sent := range []int{0, 30, 5000, len(body) / 2, len(body) - 5} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(l.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		_, err = fmt.Fprintf(conn, "POST /api/v1/documents HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s",
			l.secrets[storage.RoleEditor], contentType, len(body), body[:sent])
		if err = errors.Join(err, conn.Close()); err != nil {
			t.Fatal(err)
		}
	}
	// The only place for an upload is free again.
	for a := (answer{status: 503}); a.status != 202; {
		a = send(t, l.uploading(storage.RoleEditor, part{"file", "b.txt", "Đảng viên dự họp."}, confirmed))
		if a.status != 503 && a.status != 202 {
			t.Fatalf("%d %s", a.status, a.body)
		}
	}
	kept := slices.DeleteFunc(l.objects(), func(key string) bool { return strings.HasPrefix(key, storage.AuditPrefix) })
	if len(before) != 0 || len(kept) != 2 { // original and record of the last one
		t.Errorf("the store has %q", kept)
	}
}

// slowly is a body that comes in pieces.
type slowly struct {
	body  []byte
	step  int
	pause time.Duration
	stop  int // after so many bytes nothing comes any more
	ctx   context.Context
}

func (s *slowly) Read(p []byte) (int, error) {
	if len(s.body) == 0 {
		return 0, io.EOF
	}
	if s.stop > 0 && len(s.body) <= s.stop {
		<-s.ctx.Done()
		return 0, s.ctx.Err()
	}
	time.Sleep(s.pause)
	n := copy(p[:min(len(p), s.step)], s.body)
	s.body = s.body[n:]
	return n, nil
}

// The server's own deadline for a request does not cut a slow upload off, as
// long as something comes.
func TestSlowClients(t *testing.T) {
	const readTimeout = 300 * time.Millisecond
	l := live(t, func(c *Config) { c.uploadIdle = 2 * readTimeout })
	l.url = l.listen(&http.Server{Handler: l.handler, ReadTimeout: readTimeout, WriteTimeout: readTimeout})
	before := l.objects()
	body, contentType := form(part{"file", "a.txt", strings.Repeat("Chi bộ họp mỗi tháng. ", 100)}, confirmed)
	stalled := &slowly{body: body, step: 400, stop: len(body) / 2, ctx: t.Context()}
	r := l.request(storage.RoleEditor, "POST", "/api/v1/documents", stalled, "Content-Type: "+contentType)
	if a, err := try(r); err == nil && (a.status != 408 || a.problem(t).Type != "/problems/slow") { // or the connection is closed first
		t.Errorf("stalled: %d %s", a.status, a.body)
	}
	l.untouched("stalled", before)
	steady := &slowly{body: body, step: len(body) / 10, pause: readTimeout / 3}
	a := send(t, l.request(storage.RoleEditor, "POST", "/api/v1/documents", steady, "Content-Type: "+contentType))
	if a.status != 202 {
		t.Errorf("steady: %d %s", a.status, a.body)
	}
}
