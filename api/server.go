package api

import (
	"cmp"
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"

	"vankien/api/auth"
	"vankien/api/web"
	"vankien/indexer"
	"vankien/storage"
)

const jsonType = "application/json; charset=utf-8"

// server is what handlers share; nothing in it changes after New but the
// counters.
type server struct {
	cfg         Config
	log         *slog.Logger
	metrics     *metrics
	limiter     *limiter
	pages       *web.Pages
	description []byte // the OpenAPI document

	// Each holds an element for what is under way.
	uploads, streams, readerStreams, checks chan struct{}
}

// New is the handler of everything the server answers. It is safe for
// concurrent use and holds nothing that needs closing.
func New(cfg Config) (http.Handler, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	table := routes()
	description, err := describe(table, cfg.Version)
	if err != nil {
		return nil, fmt.Errorf("describing the API: %w", err)
	}
	pages, err := web.New()
	if err != nil {
		return nil, err
	}
	s := &server{
		pages: pages,
		cfg:   cfg, log: cfg.Logger, metrics: newMetrics(cfg.Writer),
		limiter: newLimiter(cfg.RatePerSecond, cfg.RateBurst), description: description,
		uploads: make(chan struct{}, cfg.Uploads), streams: make(chan struct{}, cfg.Streams),
		readerStreams: make(chan struct{}, max(1, cfg.Streams/2)), checks: make(chan struct{}, maxChecks),
	}
	engine, err := s.engine(table)
	if err != nil {
		return nil, err
	}
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(1024))
	if err != nil {
		return nil, fmt.Errorf("compression: %w", err)
	}
	return compress(engine), nil
}

func (s *server) engine(table []route) (*gin.Engine, error) {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.RedirectTrailingSlash = false
	engine.HandleMethodNotAllowed = true
	engine.ContextWithFallback = false
	if err := engine.SetTrustedProxies(s.cfg.TrustedProxies); err != nil {
		return nil, fmt.Errorf("trusted proxies: %w", err)
	}
	engine.Use(s.requestID, s.recovery, s.accessLog, s.measure, secureHeaders(s.cfg.HTTPS))
	for _, r := range table {
		engine.Handle(r.method, r.ginPath(), s.serve(r))
		if r.method == http.MethodGet {
			engine.Handle(http.MethodHead, r.ginPath(), s.serve(r))
		}
	}
	engine.NoRoute(s.refuse(storage.ErrNotFound))
	engine.NoMethod(s.refuse(errMethod))
	return engine, nil
}

// serve wraps a route's handler with what depends on the route: who may ask,
// how often, for how long, and how its errors look.
func (s *server) serve(r route) gin.HandlerFunc {
	return func(c *gin.Context) {
		c.Set(routeKey, r.path)
		if err := s.answer(r, c); err != nil {
			s.fail(c, err, r.html)
		}
	}
}

func (s *server) answer(r route, c *gin.Context) error {
	// Before the token is looked up: guessing tokens is limited too.
	if !r.unlimited && !s.fromOperator(c.Request) && !s.limiter.allow(c.ClientIP()) {
		return errTooMany
	}
	if !r.open {
		c.Header("Cache-Control", "private, no-cache")
		c.Writer.Header().Add("Vary", "Authorization, Cookie") // beside compression's own
		if err := s.identify(c); err != nil {
			return err
		}
	}
	if err := s.permit(r, c); err != nil {
		return err
	}
	if ready := s.cfg.Ready(); r.writes && !ready.serving() {
		return fmt.Errorf("a change while the server is %s: %w", ready.Status, storage.ErrUnavailable)
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, cmp.Or(r.maxBody, maxBody))
	if !r.slow {
		ctx, done := s.deadline(r, c.Request.Context())
		defer done()
		c.Request = c.Request.WithContext(ctx)
	}
	return r.handle(s, c)
}

// fromOperator tells whether a request carries the operator's own secret: the
// command line takes in whole folders, one request after the other.
func (s *server) fromOperator(r *http.Request) bool {
	sent := r.Header.Get("Authorization")
	return s.cfg.Operator != "" && subtle.ConstantTimeCompare([]byte(sent), []byte("Bearer "+s.cfg.Operator)) == 1
}

// deadline is how long a request may take. A change is not cut off because its
// client hangs up: it would be done and not be in the audit trail.
func (s *server) deadline(r route, ctx context.Context) (context.Context, context.CancelFunc) {
	if r.writes {
		return context.WithTimeout(context.WithoutCancel(ctx), max(s.cfg.Timeout, changeTime))
	}
	return context.WithTimeout(ctx, s.cfg.Timeout)
}

// changeTime is how long a change may take: it waits for the index, which may
// just be taking in a long document.
const changeTime = 30 * time.Second

func (s *server) identify(c *gin.Context) error {
	ctx := c.Request.Context()
	soon, cancel := context.WithTimeout(ctx, s.cfg.Timeout)
	defer cancel()
	reader, err := auth.Identify(c.Request.WithContext(soon), s.cfg.tokens)
	c.Request = c.Request.WithContext(auth.With(ctx, reader))
	return err
}

// permit holds the roles of the route table: the one place that does. What
// depends on the document beside the role is indexer.Actor's, and who may know
// of a document auth.Reader.Sees.
func (s *server) permit(r route, c *gin.Context) error {
	reader := auth.From(c.Request.Context())
	switch {
	case r.open:
		return nil
	case reader.Anonymous() && (s.cfg.Readers == ReadersToken || r.role != ""):
		return auth.ErrUnauthorized
	case !reader.Has(r.role):
		return storage.ErrForbidden
	case r.writes && s.cfg.Writer == nil:
		return errReadOnly
	}
	return nil
}

func (s *server) refuse(err error) gin.HandlerFunc {
	return func(c *gin.Context) {
		s.fail(c, err, isPage(c.Request.URL.Path))
	}
}

// isPage tells whether a path without a route was meant as a page.
func isPage(path string) bool { return !strings.HasPrefix(path, "/api/") }

// fail answers err: the sender reads what the table says, the log what
// happened.
func (s *server) fail(c *gin.Context, err error, html bool) {
	p := problemFor(err)
	if ready := s.cfg.Ready(); p.Status == http.StatusServiceUnavailable && ready.Status != StatusReady && indexer.ReasonOf(err) == "" {
		p.Detail = ready.Detail
	}
	p.RequestID = c.GetString(requestIDKey)
	if p.Status >= http.StatusInternalServerError {
		s.log.Error("request failed", "request", p.RequestID, "route", c.GetString(routeKey), "status", p.Status, "error", err)
	}
	if c.Writer.Written() {
		return
	}
	if err := s.writeFailure(c, p, html); err != nil && !errors.Is(err, http.ErrBodyNotAllowed) {
		s.log.Warn("error page not sent", "request", p.RequestID, "error", err)
	}
}

func (s *server) writeFailure(c *gin.Context, p Problem, html bool) error {
	if html && p.Status == http.StatusUnauthorized {
		c.Redirect(http.StatusSeeOther, signInURL(c.Request.URL.RequestURI()))
		return nil
	}
	if html {
		return s.failurePage(c, p)
	}
	return writeProblem(c.Writer, p)
}

func writeJSON(c *gin.Context, status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encoding the answer: %w", err)
	}
	c.Data(status, jsonType, body)
	return nil
}
