// Package verify looks through a whole store for what is damaged, lost or
// contradicts itself, and mends what can be mended.
//
// It reads every object once, with bounded memory, beside whatever else uses
// the store: what looks wrong is looked at again before it is reported, and a
// repair is written on the condition that nobody has changed the object since
// (storage.PutOptions.IfMatch), else it is looked at again. It never deletes an
// original, and every repair is in the audit trail.
package verify

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"vankien/storage"
)

// Options of Run.
type Options struct {
	Repair bool   // mend what can be; nothing is while the store is being restored
	By     string // who the audit trail names for repairs; storage.ByRepair where it is ""
	// Good opens a good copy of an object that the store has lost, from a
	// backup: storage.ErrNotFound where there is none. May be nil.
	Good func(ctx context.Context, key string) (io.ReadCloser, error)
	// Reread reads the original of a document anew and keeps its text as the
	// version that its record names (Reading.TextVersion). Where it is nil, a
	// damaged text is removed for the program to read it again.
	Reread func(ctx context.Context, rec storage.Record) error
	// Grace is how long an original may stand without a record before it is
	// taken for forgotten: writers store one before the other. 10 s where it is 0.
	Grace    time.Duration
	Progress func(objects int) // is told how many objects have been looked at; may be nil
	Found    func(Finding)     // is told of each finding, one at a time; may be nil
	Logger   *slog.Logger      // may be nil
}

// Finding is something that is not as it should be.
type Finding struct {
	Key      string     `json:"key"`      // the object in question
	Document storage.ID `json:"document"` // the document that it belongs to, "" where there is none
	Kind     Kind       `json:"kind"`
	Detail   string     `json:"detail"` // a Vietnamese sentence
	Repaired bool       `json:"repaired"`
	Advice   string     `json:"advice"` // in Vietnamese: what to do about it, or what was done
}

// Report counts what was looked at and found.
type Report struct {
	Documents int   `json:"documents"`
	Originals int   `json:"originals"`
	Texts     int   `json:"texts"`
	Tokens    int   `json:"tokens"`
	Events    int   `json:"events"` // of the audit trail
	Bytes     int64 `json:"bytes"`
	Findings  int   `json:"findings"`
	Repaired  int   `json:"repaired"`
}

// Objects looked at side by side: originals are read whole, the rest is small.
const (
	originalsAtOnce = 2
	othersAtOnce    = 8
)

// Run looks through the store. The error is why it could not go on: the
// store's, where it cannot be listed or written to, or the context's. What is
// wrong in the store is no error; opt.Found is told.
func Run(ctx context.Context, store storage.Store, opt Options) (Report, error) {
	if opt.By == "" {
		opt.By = storage.ByRepair
	}
	if opt.Grace == 0 {
		opt.Grace = 10 * time.Second
	}
	if opt.Logger == nil {
		opt.Logger = slog.New(slog.DiscardHandler)
	}
	switch _, err := store.Stat(ctx, restoringKey); {
	case err == nil: // what is mended in half a library keeps the restore from going on
		opt.Repair = false
	case !errors.Is(err, storage.ErrNotFound):
		return Report{}, err
	}
	r := &run{store: store, library: storage.NewLibrary(store), opt: opt}
	// Originals first: what is mended there, the rest relies on.
	if err := r.walk(ctx, originalsAtOnce, storage.OriginalsPrefix, "", ""); err != nil {
		return r.report, err
	}
	if err := r.walk(ctx, othersAtOnce, "", "", storage.OriginalsPrefix); err != nil {
		return r.report, err
	}
	return r.report, r.walk(ctx, othersAtOnce, "", storage.OriginalsPrefix+"zz", "")
}

// run is one look through a store.
type run struct {
	store   storage.Store
	library *storage.Library
	opt     Options

	mu     sync.Mutex
	report Report
	seen   int
}

// walk looks at the objects under prefix whose keys come after the one key and
// before the other.
func (r *run) walk(ctx context.Context, atOnce int, prefix, after, before string) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	var failed error
	for obj, err := range r.store.List(ctx, prefix, after) {
		if err != nil || before != "" && obj.Key >= before {
			failed = err
			break
		}
		group.Go(func() error {
			if err := r.object(ctx, r.lookFor(obj)); err != nil {
				return err
			}
			r.count(obj)
			return nil
		})
	}
	if err := group.Wait(); err != nil { // first: it may be why the listing ended
		return err
	}
	return failed
}

// lookFor chooses how an object is looked at.
func (r *run) lookFor(obj storage.Object) look {
	key := obj.Key
	switch {
	case strings.HasPrefix(key, storage.OriginalsPrefix):
		return func(ctx context.Context) (string, []fault, error) { return r.original(ctx, key) }
	case strings.HasPrefix(key, storage.DocumentsPrefix):
		return func(ctx context.Context) (string, []fault, error) { return r.record(ctx, key) }
	case strings.HasPrefix(key, storage.TextsPrefix):
		return func(ctx context.Context) (string, []fault, error) { return r.text(ctx, key) }
	case strings.HasPrefix(key, storage.TokensPrefix):
		return func(ctx context.Context) (string, []fault, error) { return r.token(ctx, key) }
	case strings.HasPrefix(key, storage.AuditPrefix):
		return func(ctx context.Context) (string, []fault, error) { return r.event(ctx, key) }
	default:
		return func(ctx context.Context) (string, []fault, error) { return r.stray(ctx, key) }
	}
}

func (r *run) count(obj storage.Object) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.report.Bytes += obj.Size
	for prefix, counter := range map[string]*int{
		storage.OriginalsPrefix: &r.report.Originals, storage.DocumentsPrefix: &r.report.Documents,
		storage.TextsPrefix: &r.report.Texts, storage.TokensPrefix: &r.report.Tokens, storage.AuditPrefix: &r.report.Events,
	} {
		if strings.HasPrefix(obj.Key, prefix) {
			*counter++
		}
	}
	if r.seen++; r.opt.Progress != nil {
		r.opt.Progress(r.seen)
	}
}

func (r *run) tell(f Finding) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.report.Findings++
	if f.Repaired {
		r.report.Repaired++
	}
	r.opt.Logger.Warn("verify", "kind", f.Kind, "key", f.Key, "document", f.Document, "repaired", f.Repaired)
	if r.opt.Found != nil {
		r.opt.Found(f)
	}
}
