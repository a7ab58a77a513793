// Package api is the library over HTTP: a JSON API for other programs and
// pages for people, both described by one route table (routes.go) from which
// the OpenAPI document is generated. Errors become RFC 9457 problem documents
// or Vietnamese pages in one table (problem.go). It knows no backend.
package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"time"

	"vankien/api/auth"
	"vankien/indexer"
	"vankien/storage"
)

// Index is what the API needs of an index; indexer.Index has it. One that is an
// indexer.Resolver as well answers look-ups and checks citations; else those
// are 503.
type Index interface {
	Search(ctx context.Context, q indexer.Query) (indexer.Result, error)
	Suggest(ctx context.Context, typed string, audience storage.Audience, size int) ([]indexer.Suggestion, error)
	Versions(ctx context.Context) (map[storage.ID]storage.Version, error)
}

// Library is what the API needs of the library's records; storage.Library has it.
type Library interface {
	// Document is the record of id; storage.ErrNotFound without one,
	// storage.ErrInvalid for what can be no id.
	Document(ctx context.Context, id storage.ID) (storage.Record, error)
	// Text is what the reader version read of an original; storage.ErrNotFound
	// where it has not read it.
	Text(ctx context.Context, sha256, version string) (storage.Text, error)
	// Audit yields the events of a day of UTC; one that is damaged is yielded as
	// its error (storage.ErrDamaged), and the loop may go on.
	Audit(ctx context.Context, day time.Time) iter.Seq2[storage.AuditEvent, error]
	auth.Tokens
}

// Reindexer fills the index anew while searches go on over the old one.
type Reindexer interface {
	// Reindex starts it; storage.ErrConflict while one runs.
	Reindex() (ReindexStatus, error)
	ReindexStatus() ReindexStatus
}

// Who may read without a token.
const (
	ReadersOpen  = "open"  // what is public needs no token
	ReadersToken = "token" // everything needs one
)

// Config is all that the API is made of. Index, Library, OpenOriginal and
// Ready are needed; the zero value of the others is usable.
type Config struct {
	Index   Index
	Library Library
	// OpenOriginal opens the bytes of an original; the API closes it.
	OpenOriginal func(ctx context.Context, sha256 string) (io.ReadSeekCloser, error)
	// Ready tells what the library can do now.
	Ready func() Readiness

	Writer    *indexer.Writer // nil makes a server that only reads: changes are answered 405
	Reindexer Reindexer       // nil: as Writer, for reindexing
	Stopping  <-chan struct{} // closed when the server stops: event streams end, which a shutdown else waits for
	SpoolDir  string          // where uploads wait until they are accepted, os.TempDir() where ""
	Operator  string          // the secret of the operator's own token, whose requests no rate limit counts; "" for none
	Uploads   int             // files taken in at once, 8 where 0; more are answered 503
	Streams   int             // event streams at once, 200 where 0; readers that are no staff have half of them

	Readers        string        // ReadersOpen (also "") or ReadersToken
	Version        string        // of the program, for /healthz and OpenAPI
	HTTPS          bool          // people reach the server by HTTPS (perhaps through a proxy)
	TrustedProxies []string      // CIDRs whose X-Forwarded-For is believed; none by default
	Timeout        time.Duration // of a request, 10 s where 0; originals may take longer
	RatePerSecond  float64       // requests a second and client address, 50 where 0, unlimited below 0
	RateBurst      int           // requests at once, 8 seconds' worth where 0
	Logger         *slog.Logger  // slog.Default() where nil

	// For tests; what the server does where they are zero.
	uploadIdle, heartbeat time.Duration
	tokens                auth.Tokens
}

func (cfg Config) withDefaults() (Config, error) {
	if cfg.Index == nil || cfg.Library == nil || cfg.OpenOriginal == nil || cfg.Ready == nil {
		return cfg, errors.New("api: Index, Library, OpenOriginal and Ready are needed")
	}
	switch cfg.Readers {
	case "":
		cfg.Readers = ReadersOpen
	case ReadersOpen, ReadersToken:
	default:
		return cfg, fmt.Errorf("readers is %q, must be %s or %s: %w", cfg.Readers, ReadersOpen, ReadersToken, storage.ErrInvalid)
	}
	cfg.Timeout = cmp.Or(cfg.Timeout, 10*time.Second)
	cfg.RatePerSecond = cmp.Or(cfg.RatePerSecond, 50)
	cfg.RateBurst = cmp.Or(cfg.RateBurst, int(8*cfg.RatePerSecond))
	cfg.Uploads = cmp.Or(cfg.Uploads, 8)
	cfg.Streams = cmp.Or(cfg.Streams, 200)
	cfg.uploadIdle = cmp.Or(cfg.uploadIdle, uploadIdle)
	cfg.heartbeat = cmp.Or(cfg.heartbeat, heartbeat)
	if cfg.tokens == nil {
		cfg.tokens = auth.NewCache(cfg.Library)
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.Default()
	}
	return cfg, nil
}

// Server is an http.Server for h at addr with every timeout set. Originals,
// uploads and event streams extend their own deadlines.
func Server(addr string, h http.Handler) *http.Server {
	return &http.Server{
		Addr:              addr,
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
}
