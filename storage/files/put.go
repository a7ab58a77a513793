package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"vankien/storage"
)

// Put implements storage.Store. The body is read before the lock is taken;
// a condition that already fails is answered without reading it.
func (s *Store) Put(ctx context.Context, key string, body io.Reader, opt storage.PutOptions) (_ storage.Object, err error) {
	if err := errors.Join(check(ctx, key), opt.Check()); err != nil {
		return storage.Object{}, err
	}
	if err := s.condition(key, opt); err != nil {
		return storage.Object{}, err
	}
	temp, err := s.spool(ctx, body, opt)
	if err != nil {
		return storage.Object{}, fmt.Errorf("put %s: %w", key, err)
	}
	defer func() { err = errors.Join(err, temp.close()) }()

	unlock, err := s.lock(ctx, key)
	if err != nil {
		return storage.Object{}, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if err := s.condition(key, opt); err != nil {
		return storage.Object{}, err
	}
	if err := s.age(key, temp); err != nil {
		return storage.Object{}, fault(err)
	}
	temp.placed, err = s.place(key, temp.file.Name())
	if err != nil {
		return storage.Object{}, err
	}
	info, err := temp.file.Stat()
	if err != nil {
		return storage.Object{}, fault(err)
	}
	return object(key, info, temp.sum), nil
}

// condition answers ErrConflict where the options' condition does not hold.
func (s *Store) condition(key string, opt storage.PutOptions) error {
	if opt.IfMatch == "" && !opt.IfNoneMatch {
		return nil
	}
	old, err := s.stat(key)
	switch absent := errors.Is(err, storage.ErrNotFound); {
	case err != nil && !absent:
		return err
	case opt.IfNoneMatch && absent, opt.IfMatch != "" && !absent && old.ETag == opt.IfMatch:
		return nil
	default:
		return fmt.Errorf("put %s: %w", key, storage.ErrConflict)
	}
}

// age makes the new file of a large object younger than the one it replaces,
// whatever the clock did meanwhile: its ETag depends on that.
func (s *Store) age(key string, temp *spooled) error {
	if temp.size <= hashedSize {
		return nil
	}
	old, err := os.Stat(s.path(key))
	if err != nil {
		return nil // none there, or place will say what is wrong
	}
	info, err := temp.file.Stat()
	if err != nil || info.ModTime().After(old.ModTime()) {
		return err
	}
	younger := old.ModTime().Add(1)
	if err := os.Chtimes(temp.file.Name(), younger, younger); err != nil {
		return err
	}
	return temp.file.Sync()
}

// placeTries bounds how often a folder may vanish between its creation and
// the rename into it, because others delete its last object each time.
const placeTries = 100

// place renames the temporary file to the key's and makes that durable; done
// tells whether it was renamed. Every
// folder up to the store's is synced, not only the last: another process may
// have created one a moment ago and not yet synced it. An unchanged folder
// costs a tenth of what the file costs.
func (s *Store) place(key, temp string) (done bool, err error) {
	target := s.path(key)
	for try := 1; ; try++ {
		err := os.MkdirAll(filepath.Dir(target), 0o700)
		if err == nil {
			err = os.Rename(temp, target)
		}
		switch {
		case err == nil:
			return true, fault(s.syncAbove(key))
		case errors.Is(err, syscall.ENOTDIR):
			return false, fmt.Errorf("%w: key %s lies under an object: %w", storage.ErrInvalid, key, err)
		case isFolder(target) && syscall.Rmdir(target) != nil:
			return false, fmt.Errorf("%w: key %s is the folder of other objects: %w", storage.ErrInvalid, key, err)
		case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrExist) || try == placeTries:
			return false, fault(err)
		}
	}
}

func isFolder(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.IsDir()
}

// syncAbove syncs the folders above a key, from the nearest to the store's.
// One that is gone was emptied and removed meanwhile; the next above it has
// that to make durable.
func (s *Store) syncAbove(key string) error {
	for folder := filepath.Dir(s.path(key)); ; folder = filepath.Dir(folder) {
		if err := syncFolder(folder); err != nil && (folder == s.dir || !errors.Is(err, fs.ErrNotExist)) {
			return err
		}
		if folder == s.dir {
			return nil
		}
	}
}
