package api

import (
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/gin-gonic/gin"
)

const (
	requestIDKey = "request id"
	routeKey     = "route"
)

// maxBody is the largest body of a request without a file.
const maxBody = 1 << 20

var errPanic = errors.New("panic")

// requestID names the request in the log and in what its sender sees.
func (s *server) requestID(c *gin.Context) {
	id := rand.Text()
	c.Set(requestIDKey, id)
	c.Header("X-Request-ID", id)
	c.Next()
}

// recovery turns a panic into a 500 whose cause stays in the log.
func (s *server) recovery(c *gin.Context) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(p)
		}
		s.log.Error("panic", "request", c.GetString(requestIDKey), "route", c.GetString(routeKey), "panic", p, "stack", string(debug.Stack()))
		s.fail(c, errPanic, isPage(c.Request.URL.Path))
		c.Abort()
	}()
	c.Next()
}

// accessLog writes a line a request: never a token, and not what was searched
// for.
func (s *server) accessLog(c *gin.Context) {
	start := time.Now()
	panicked := true
	defer func() {
		status := c.Writer.Status()
		if panicked {
			status = http.StatusInternalServerError
		}
		attrs := []slog.Attr{
			slog.String("request", c.GetString(requestIDKey)),
			slog.String("method", c.Request.Method),
			slog.String("path", c.Request.URL.Path),
			slog.Int("query_bytes", len(c.Request.URL.RawQuery)),
			slog.Int("status", status),
			slog.Int("bytes", max(0, c.Writer.Size())),
			slog.Duration("took", time.Since(start)),
			slog.String("client", c.ClientIP()),
		}
		s.log.LogAttrs(c.Request.Context(), slog.LevelInfo, "request", attrs...)
	}()
	c.Next()
	panicked = false
}

const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// secureHeaders are on every answer; a handler may replace them.
func secureHeaders(https bool) gin.HandlerFunc {
	return func(c *gin.Context) {
		h := c.Writer.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin") // queries are nobody else's business
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if https {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		c.Next()
	}
}
