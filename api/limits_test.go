package api

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

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

// A cache must keep answers apart by who asked and by how they are packed.
func TestCompression(t *testing.T) {
	w := ask(serveShelf(t, newShelf().fill(30), nil), "GET", "/api/v1/search?size=30", "Accept-Encoding: gzip")
	if w.Header().Get("Content-Encoding") != "gzip" {
		t.Errorf("%d bytes are not compressed", w.Body.Len())
	}
	if vary := strings.Join(w.Header().Values("Vary"), ", "); vary != "Accept-Encoding, Authorization, Cookie" {
		t.Errorf("Vary: %s", vary)
	}
}
