// Package files is a storage.Store in a directory: the embedded default.
//
// An object is a file under its key. A Put writes a temporary file, makes it
// durable, and renames it into place under a lock, so that readers, which take
// no lock, see the old object or the new one. The locks are files as well:
// several processes (a server, a command beside it) share one directory.
//
//	DIR/documents/….json   the objects: folders 0700, files 0600
//	DIR/.tmp/<session>/    bodies on their way in; a session is one open Store
//	DIR/.locks/<shard>     what writers of one key exclude each other with
//
// No key has a segment that begins with a dot, so neither folder is an object.
// The package needs a Unix: inodes, flock, and folders that can be synced.
package files

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"vankien/storage"
)

const (
	tempFolder = ".tmp"
	lockFolder = ".locks"
)

// Store keeps objects in a directory; it is a storage.Store. Only local file
// systems with flock are supported (NFS only where its server locks).
type Store struct {
	dir     string
	session *session
	shards  [shardCount]shard
}

var _ storage.Store = (*Store)(nil)

// Open makes dir a store, creating it where it is missing, and clears away
// what processes that died in the middle of a Put left behind. Any number of
// Stores, in any number of processes, may have one directory open.
func Open(dir string) (*Store, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fault(err)
	}
	for _, folder := range []string{dir, filepath.Join(dir, tempFolder), filepath.Join(dir, lockFolder)} {
		if err := createFolder(folder); err != nil {
			return nil, fault(err)
		}
	}
	s := &Store{dir: dir}
	s.openShards()
	if s.session, err = openSession(dir); err != nil {
		return nil, fault(err)
	}
	return s, nil
}

// Close ends the store's session; no method may be called afterwards. A
// process that ends without it leaves an empty folder to the next Open.
func (s *Store) Close() error { return fault(s.session.close()) }

func (s *Store) path(key string) string { return filepath.Join(s.dir, filepath.FromSlash(key)) }

// check is what every method does first.
func check(ctx context.Context, key string) error {
	if err := storage.CheckKey(key); err != nil {
		return err
	}
	return ctx.Err()
}

// fault gives an error of the operating system the sentinel that callers
// know; one that has a sentinel, or is the context's, stays as it is. Where
// something that is not there is an object's absence, absent knows first.
func fault(err error) error {
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded),
		errors.Is(err, storage.ErrUnavailable), errors.Is(err, storage.ErrNoSpace), errors.Is(err, storage.ErrInvalid):
		return err
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("%w: the store's disk or quota is full: %w", storage.ErrNoSpace, err)
	case errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w: the store's file system is mounted read-only: %w", storage.ErrUnavailable, err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: this process may not use the store's folder: %w", storage.ErrUnavailable, err)
	case absent(err):
		return fmt.Errorf("%w: the store's folder is not there: %w", storage.ErrUnavailable, err)
	default:
		return fmt.Errorf("%w: %w", storage.ErrUnavailable, err)
	}
}

// absent tells whether there is no file, nor can be: "a/b" where "a" is one.
func absent(err error) bool { return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) }

// createFolder makes a folder and those above it, and makes them durable.
func createFolder(dir string) error {
	switch info, err := os.Stat(dir); {
	case err == nil && info.IsDir():
		return nil
	case err == nil:
		return &fs.PathError{Op: "mkdir", Path: dir, Err: syscall.ENOTDIR}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	above := filepath.Dir(dir)
	if err := createFolder(above); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) { // another Open may be at it
		return err
	}
	return syncFolder(above)
}

// syncFolder makes what was created, renamed and removed in a folder durable.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
