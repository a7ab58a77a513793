// Package backup copies a store into a folder of plain files, and back.
//
//	DIR/objects/<aa>/<sha256>            the bytes of stored objects, by their hash
//	DIR/snapshots/<time>-<ulid>.jsonl.zst what the store held at that time (Entry)
//	DIR/tmp/, DIR/lock                   bytes on their way in; who is at work
//
// A snapshot names every object that the store held, in the order of keys, and
// ends with its own count and hash, so that a truncated one is known. Objects
// are shared between snapshots; what the last snapshot has is not copied again.
//
// The store may be written to meanwhile. Its keys are walked in their order,
// which is documents/ before originals/ before texts/, and every writer goes the
// other way round; so whatever a copied record needs is found after it, but
// for what a purge took away, and there the record is looked at again. Every
// record in a snapshot therefore has its original and its text in it, unless
// the store itself had lost them, which is reported.
//
// Whatever stops a backup (a kill, a full disk) leaves earlier snapshots whole;
// the next run goes on with the objects that are there.
package backup

import (
	"context"
	"fmt"
	"log/slog"

	"vankien/storage"
)

// Options of Create.
type Options struct {
	Keep     int               // how many snapshots to keep, the new one included; all where it is 0
	Progress func(objects int) // is told how many objects have been looked at; may be nil
	Found    func(Problem)     // is told of each problem, one at a time; may be nil
	Logger   *slog.Logger      // may be nil
}

// Problem is an object of the store, or a part of the backup, that is not as
// it should be.
type Problem struct {
	Key    string `json:"key"`    // of the object, or the name of the snapshot
	Reason string `json:"reason"` // a Vietnamese sentence
}

// Report is what Create did.
type Report struct {
	Snapshot       string `json:"snapshot"`  // its name
	Objects        int    `json:"objects"`   // in the snapshot
	Bytes          int64  `json:"bytes"`     // of all of them
	Documents      int    `json:"documents"` // records among them
	Copied         int    `json:"copied"`    // objects that were read from the store
	CopiedBytes    int64  `json:"copied_bytes"`
	Problems       int    `json:"problems"`        // that Options.Found was told of
	Removed        int    `json:"removed"`         // old snapshots
	RemovedObjects int    `json:"removed_objects"` // that no snapshot named any more
}

// Refusal is a request that backup or restore does not do as it is: Reason is a
// Vietnamese sentence, Err wraps a sentinel of package storage.
type Refusal struct {
	Reason string
	Err    error
}

func (e *Refusal) Error() string { return e.Err.Error() + ": " + e.Reason }

// Unwrap returns Err.
func (e *Refusal) Unwrap() error { return e.Err }

func refuse(sentinel error, format string, args ...any) error {
	return &Refusal{Reason: fmt.Sprintf(format, args...), Err: sentinel}
}

// Create adds a snapshot of the store to the backup folder dir, which it makes
// where there is none. Objects that are as the last good snapshot says (same
// ETag, size and time) are not read again. A damaged object never takes the
// place of a good copy: the new snapshot names the last good one. Both, and
// what could not be read, go to opt.Found.
//
// It returns a *Refusal wrapping storage.ErrLocked where another process uses
// the folder, storage.ErrInvalid where dir holds something else,
// storage.ErrConflict where the store is being restored; the store's
// errors where it cannot be listed; those of the disk. It holds in memory
// some hundred bytes for each document.
func Create(ctx context.Context, store storage.Store, dir string, opt Options) (report Report, err error) {
	if opt.Keep < 0 {
		return report, fmt.Errorf("keep %d snapshots: %w", opt.Keep, storage.ErrInvalid)
	}
	if err := CheckRestored(ctx, store); err != nil {
		return report, err
	}
	f, err := openForWriting(dir)
	if err != nil {
		return report, err
	}
	defer f.close(&err)
	r := &run{store: store, folder: f, opt: opt, report: &report, documents: make(map[storage.ID]parts), unread: make(map[string]bool), late: make(map[string]Entry), gone: make(map[storage.ID]bool)}
	if r.opt.Logger == nil {
		r.opt.Logger = slog.New(slog.DiscardHandler)
	}
	if err := r.snapshot(ctx); err != nil {
		return report, err
	}
	return report, r.prune(ctx)
}

// run is one backup.
type run struct {
	store  storage.Store
	folder *folder
	opt    Options
	report *Report

	documents map[storage.ID]parts // what was found of each
	last      string               // the last good snapshot, "" where there is none
	unread    map[string]bool      // objects that were told to be unreadable, and of which there is no good copy
	late      map[string]Entry     // what was found by looking again
	gone      map[storage.ID]bool  // documents that were purged meanwhile
}

// parts of a document.
type parts uint8

const (
	hasRecord parts = 1 << iota
	hasOriginal
	hasText
)

func (r *run) problem(key, format string, args ...any) {
	p := Problem{Key: key, Reason: fmt.Sprintf(format, args...)}
	r.report.Problems++
	r.opt.Logger.Warn("backup", "key", p.Key, "reason", p.Reason)
	if r.opt.Found != nil {
		r.opt.Found(p)
	}
}

// snapshot walks the store, looks again at what the walk saw in two states, and
// writes the snapshot.
func (r *run) snapshot(ctx context.Context) error {
	var err error
	r.last, err = r.folder.newestGood(func(name string, err error) {
		r.problem(name, "Bản sao lưu này không còn đọc được trọn vẹn (%v) nên không dùng làm gốc so sánh.", err)
	})
	if err != nil {
		return err
	}
	draft, err := r.folder.newDraft()
	if err != nil {
		return err
	}
	defer draft.discard()
	if err := r.walk(ctx, draft); err != nil {
		return err
	}
	if err := r.lookAgain(ctx); err != nil {
		return err
	}
	return r.write(draft)
}
