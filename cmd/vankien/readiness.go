package main

import (
	"context"
	"sync"
	"time"

	"vankien/api"
	"vankien/indexer"
	"vankien/indexer/bleveindex"
	"vankien/storage"
)

// readiness is what /readyz tells, changed by the start-up and by whoever looks
// after the store, and read by requests.
type readiness struct {
	mu     sync.Mutex
	status api.ReadyStatus
	detail string
	filled bool // it was ready once
	outage bool // the store cannot be reached
}

// set tells what the library can do.
func (r *readiness) set(status api.ReadyStatus, detail string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status, r.detail = status, detail
	r.filled = r.filled || status == api.StatusReady
}

// setOutage tells whether the store can be reached, and whether that is news.
func (r *readiness) setOutage(outage bool) (changed bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	changed = r.outage != outage
	r.outage = outage
	return changed
}

func (r *readiness) ready() api.Readiness {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.status == api.StatusReady && r.outage {
		return api.Readiness{Status: api.StatusDegraded, Detail: "Không liên lạc được với kho: vẫn tìm được, tạm thời chưa mở được văn bản và chưa nhận được thay đổi."}
	}
	return api.Readiness{Status: r.status, Detail: r.detail}
}

const detailReady = "Kho văn kiện sẵn sàng."

// Looking after the store.
const (
	pingEvery = 3 * time.Second
	pingTime  = 10 * time.Second // after which the store counts as out of reach
)

// watchStore keeps readiness in line with the store, until the context ends.
func watchStore(ctx context.Context, o *opened, state *readiness) {
	for ctx.Err() == nil {
		ping, cancel := context.WithTimeout(ctx, pingTime)
		err := o.library.Ping(ping)
		cancel()
		if ctx.Err() != nil {
			return
		}
		if state.setOutage(err != nil) {
			if err != nil {
				o.logger.Error("the store cannot be reached", "error", err)
			} else {
				o.logger.Info("the store can be reached again")
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(pingEvery):
		}
	}
}

// startingIndex is an index that was begun empty: until it is filled, a search
// that found nothing would be a lie.
type startingIndex struct {
	*bleveindex.Index
	state *readiness
}

func (x startingIndex) check() error {
	x.state.mu.Lock()
	defer x.state.mu.Unlock()
	if x.state.filled {
		return nil
	}
	return &indexer.InputError{Reason: x.state.detail, Err: storage.ErrUnavailable}
}

// Search is the index's, once it is filled.
func (x startingIndex) Search(ctx context.Context, q indexer.Query) (indexer.Result, error) {
	if err := x.check(); err != nil {
		return indexer.Result{}, err
	}
	return x.Index.Search(ctx, q)
}

// Suggest is the index's, once it is filled.
func (x startingIndex) Suggest(ctx context.Context, typed string, audience storage.Audience, size int) ([]indexer.Suggestion, error) {
	if err := x.check(); err != nil {
		return nil, err
	}
	return x.Index.Suggest(ctx, typed, audience, size)
}

// Resolve is the index's, once it is filled.
func (x startingIndex) Resolve(ctx context.Context, text string, audience storage.Audience) ([]indexer.Resolved, error) {
	if err := x.check(); err != nil {
		return nil, err
	}
	return x.Index.Resolve(ctx, text, audience)
}

// LookUp is the index's, once it is filled.
func (x startingIndex) LookUp(ctx context.Context, typed string, audience storage.Audience) (indexer.Resolved, error) {
	if err := x.check(); err != nil {
		return indexer.Resolved{}, err
	}
	return x.Index.LookUp(ctx, typed, audience)
}
