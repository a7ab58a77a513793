// Package api is the library over HTTP: a JSON API for other programs and
// pages for people, both described by one route table (routes.go) from which
// the OpenAPI document is generated. Errors become RFC 9457 problem documents
// or Vietnamese pages in one table (problem.go). It knows no backend.
package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"vankien/api/auth"
	"vankien/indexer"
	"vankien/storage"
)

// Index is what the API needs of an index; indexer.Index has it.
type Index interface {
	Search(ctx context.Context, q indexer.Query) (indexer.Result, error)
	Suggest(ctx context.Context, typed string, audience storage.Audience, size int) ([]indexer.Suggestion, error)
}

// Library is what the API needs of the library's records; storage.Library has it.
type Library interface {
	// Document is the record of id; storage.ErrNotFound without one,
	// storage.ErrInvalid for what can be no id.
	Document(ctx context.Context, id storage.ID) (storage.Record, error)
	// Text is what the reader version read of an original; storage.ErrNotFound
	// where it has not read it.
	Text(ctx context.Context, sha256, version string) (storage.Text, error)
	auth.Tokens
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
	// Ready tells whether searches find everything yet, and in Vietnamese how
	// far the library is.
	Ready func() (bool, string)

	Readers        string        // ReadersOpen (also "") or ReadersToken
	ReaderVersion  string        // of the texts that are shown
	Version        string        // of the program, for /healthz and OpenAPI
	HTTPS          bool          // people reach the server by HTTPS (perhaps through a proxy)
	TrustedProxies []string      // CIDRs whose X-Forwarded-For is believed; none by default
	Timeout        time.Duration // of a request, 10 s where 0; originals may take longer
	RatePerSecond  float64       // requests a second and client address, 50 where 0, unlimited below 0
	RateBurst      int           // requests at once, 8 seconds' worth where 0
	Logger         *slog.Logger  // slog.Default() where nil
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
	if cfg.Timeout == 0 {
		cfg.Timeout = 10 * time.Second
	}
	if cfg.RatePerSecond == 0 {
		cfg.RatePerSecond = 50
	}
	if cfg.RateBurst == 0 {
		cfg.RateBurst = int(8 * cfg.RatePerSecond)
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.Default()
	}
	return cfg, nil
}

// Server is an http.Server for h at addr with every timeout set. Originals
// extend their own write deadline.
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
