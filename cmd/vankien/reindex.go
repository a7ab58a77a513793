package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"vankien/api"
	"vankien/storage"
)

func reindexCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "reindex",
		Short: "Dựng lại chỉ mục từ kho rồi thay chỉ mục cũ; máy chủ đang chạy vẫn tìm được trong lúc đó",
		Args:  none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := openExisting(cmd)
			if errors.Is(err, storage.ErrLocked) {
				return reindexBeside(cmd, err)
			}
			if err != nil {
				return err
			}
			return o.close(reindex(cmd, o))
		},
	}
}

func reindex(cmd *cobra.Command, o *opened) error {
	defer beThrifty()()
	bar := newBar(cmd, -1, "Dựng lại chỉ mục")
	documents := 0
	err := o.writer.Rebuild(cmd.Context(), o.index, func(done int) {
		documents = done
		bar.set(done)
	})
	bar.finish()
	if err != nil {
		return err
	}
	return reindexed(cmd, documents)
}

func reindexed(cmd *cobra.Command, documents int) error {
	_, err := fmt.Fprintf(cmd.OutOrStdout(), "Đã dựng lại chỉ mục từ %d văn bản trong kho.\n", documents)
	return err
}

// reindexBeside lets the server that holds the index do it.
func reindexBeside(cmd *cobra.Command, locked error) error {
	server, err := findServer(cmd)
	if errors.Is(err, storage.ErrLocked) {
		return locked // which says who it is
	}
	if err != nil {
		return err
	}
	documents, err := server.reindex(cmd)
	if err != nil {
		return err
	}
	return reindexed(cmd, documents)
}

// reindex has the server build its index anew, and waits for it.
func (b beacon) reindex(cmd *cobra.Command) (documents int, err error) {
	ctx := cmd.Context()
	var status api.ReindexStatus
	if err := b.ask(ctx, http.MethodPost, "/api/v1/reindex", &status); err != nil {
		return 0, err
	}
	bar := newBar(cmd, -1, "Dựng lại chỉ mục")
	defer bar.finish()
	for status.Running {
		select {
		case <-ctx.Done():
			return 0, ctx.Err() // the server goes on
		case <-time.After(200 * time.Millisecond):
		}
		if err := b.ask(ctx, http.MethodGet, "/api/v1/reindex", &status); err != nil {
			return 0, err
		}
		bar.set(status.Done)
	}
	if status.Error != "" {
		return 0, errors.New(status.Error)
	}
	return status.Done, nil
}

// reindexing rebuilds the index of a running server, once at a time.
type reindexing struct {
	ctx        context.Context
	opened     *opened
	background *sync.WaitGroup

	mu     sync.Mutex
	status api.ReindexStatus
}

func newReindexing(ctx context.Context, o *opened, background *sync.WaitGroup) *reindexing {
	return &reindexing{ctx: ctx, opened: o, background: background}
}

// Reindex implements api.Reindexer.
func (r *reindexing) Reindex() (api.ReindexStatus, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.status.Running {
		return r.status, fmt.Errorf("a rebuild is running: %w", storage.ErrConflict)
	}
	now := time.Now().UTC()
	r.status = api.ReindexStatus{Running: true, Started: &now}
	r.background.Go(r.run)
	return r.status, nil
}

// ReindexStatus implements api.Reindexer.
func (r *reindexing) ReindexStatus() api.ReindexStatus {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.status
}

func (r *reindexing) run() {
	defer beThrifty()()
	err := r.opened.writer.Rebuild(r.ctx, r.opened.index, func(done int) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.status.Done = done
	})
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now().UTC()
	r.status.Running, r.status.Finished = false, &now
	if r.ctx.Err() != nil {
		r.status.Error = explain(context.Canceled)
		return
	}
	if err != nil {
		r.status.Error = explain(err)
		r.opened.logger.Error("the index could not be rebuilt", "error", err)
		return
	}
	r.opened.logger.Info("the index is rebuilt", "documents", r.status.Done, "after", now.Sub(*r.status.Started).Round(time.Millisecond).String())
}
