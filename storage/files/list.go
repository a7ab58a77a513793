package files

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"vankien/storage"
)

// List implements storage.Store. It holds the names of one folder and those
// above it in memory, never the whole listing.
func (s *Store) List(ctx context.Context, prefix, after string) iter.Seq2[storage.Object, error] {
	return func(yield func(storage.Object, error) bool) {
		if err := errors.Join(storage.CheckPrefix(prefix), storage.CheckPrefix(after)); err != nil {
			yield(storage.Object{}, err)
			return
		}
		folder, _ := path.Split(prefix)
		l := listing{store: s, ctx: ctx, prefix: prefix, after: after, yield: yield}
		l.walk(folder)
	}
}

type listing struct {
	store         *Store
	ctx           context.Context
	prefix, after string
	yield         func(storage.Object, error) bool
}

// walk yields what a folder ("" or "a/b/") holds; false ends the listing.
func (l *listing) walk(folder string) bool {
	names, err := l.store.names(folder)
	if err != nil {
		l.yield(storage.Object{}, err)
		return false
	}
	for _, name := range names {
		key := folder + name
		if !strings.HasPrefix(key, l.prefix) {
			continue
		}
		inner := strings.HasSuffix(key, "/")
		if key <= l.after && !(inner && strings.HasPrefix(l.after, key)) {
			continue
		}
		if inner && !l.walk(key) || !inner && !l.object(key) {
			return false
		}
	}
	return true
}

func (l *listing) object(key string) bool {
	if err := l.ctx.Err(); err != nil {
		l.yield(storage.Object{}, err)
		return false
	}
	obj, err := l.store.stat(key)
	if errors.Is(err, storage.ErrUnavailable) {
		obj, err = l.store.unread(key, err)
	}
	if errors.Is(err, storage.ErrNotFound) {
		return true // deleted meanwhile
	}
	return l.yield(obj, err) && err == nil
}

// unread describes an object whose bytes the disk does not give, so that one
// bad sector does not end the listing: whoever wants the bytes is told by Get.
// Its ETag is that of no content. What may not be opened stays the error why:
// it concerns the folder, not the object.
func (s *Store) unread(key string, why error) (storage.Object, error) {
	if !errors.Is(why, syscall.EIO) {
		return storage.Object{}, why
	}
	info, err := os.Lstat(s.path(key))
	switch {
	case absent(err):
		return storage.Object{}, fmt.Errorf("%s: %w", key, storage.ErrNotFound)
	case err != nil:
		return storage.Object{}, fault(err)
	}
	return object(key, info, fmt.Sprintf("unread-%x-%x", inode(info), info.ModTime().UnixNano())), nil
}

// names are the entries of a folder that keys can have, folders with a slash
// at their end, in the order of the keys: "a-b" < "a/" < "ab". A file that is
// replaced while the folder is being read may be missed on some file systems,
// so a folder that changed meanwhile is read again.
func (s *Store) names(folder string) ([]string, error) {
	dir := filepath.Join(s.dir, filepath.FromSlash(folder))
	found := map[string]bool{}
	var read time.Time
	for range 3 {
		info, err := os.Stat(dir)
		if err == nil && info.ModTime().Equal(read) {
			break
		}
		var entries []os.DirEntry
		if err == nil {
			read = info.ModTime()
			entries, err = os.ReadDir(dir)
		}
		if absent(err) && folder != "" {
			break // no such folder, or no longer
		}
		if err != nil {
			return nil, fault(err)
		}
		for _, entry := range entries {
			if name := entry.Name(); storage.CheckKey(name) == nil && entry.IsDir() {
				found[name+"/"] = true
			} else if storage.CheckKey(name) == nil && entry.Type().IsRegular() {
				found[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found)), nil
}
