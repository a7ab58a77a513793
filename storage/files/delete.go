package files

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"vankien/storage"
)

// Delete implements storage.Store. Folders that it leaves empty go as well.
func (s *Store) Delete(ctx context.Context, key, ifMatch string) (err error) {
	if err := check(ctx, key); err != nil {
		return err
	}
	unlock, err := s.lock(ctx, key)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	obj, err := s.stat(key)
	if err != nil {
		return err
	}
	if ifMatch != "" && obj.ETag != ifMatch {
		return fmt.Errorf("delete %s: %w", key, storage.ErrConflict)
	}
	if err := os.Remove(s.path(key)); err != nil {
		return fault(err)
	}
	s.prune(filepath.Dir(s.path(key)))
	return fault(s.syncAbove(key))
}

// prune removes a folder and those above it as far as they are empty. That is
// tidiness, so what cannot be removed stays: a Put may just have filled it.
// (os.Remove would also remove a file that took the folder's place.)
func (s *Store) prune(folder string) {
	for folder != s.dir && syscall.Rmdir(folder) == nil {
		folder = filepath.Dir(folder)
	}
}
