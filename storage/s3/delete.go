package s3

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/minio/minio-go/v7"

	"vankien/storage"
)

// A conditional Delete has to be atomic, and a DELETE with If-Match is not on
// every server: some ignore the condition, versitygw 1.8.0 looks first and
// removes then, and all answer success where nothing is there, so that two
// would both believe to have deleted. A PUT with If-Match is atomic, as Open
// has made sure. So Delete replaces the object by a tombstone, which Get, Stat
// and List take for nothing and IfMatch for another ETag: that is the moment
// of deletion, and only one can do it. Then it removes the tombstone.
//
// A tombstone stays only where a process dies between the two. It is in the
// way of a Put with IfNoneMatch; that waits for its end a while and removes
// one that is older than a minute. What remains is the moment between a
// server's look at the condition of the last DELETE and the removal, some
// microseconds in versitygw: an unconditional Put of the same key that falls
// into it is undone.

const (
	tombstoneText = "deleted; this object may be removed\n"
	tombstoneAge  = time.Minute // none that old has a living Delete behind it
)

// Delete implements storage.Store. Without ifMatch two that run at once may
// both succeed.
func (s *Store) Delete(ctx context.Context, key, ifMatch string) error {
	if err := check(ctx, key); err != nil {
		return err
	}
	there, err := s.stat(ctx, key)
	if err != nil {
		return err
	}
	if there.deleted {
		if err := s.bury(ctx, there); err != nil {
			s.log.WarnContext(ctx, "a tombstone stays in the bucket", "key", key, "error", err)
		}
		return fmt.Errorf("delete %s: %w", key, storage.ErrNotFound)
	}
	if ifMatch == "" {
		return s.tryBriefly(ctx, "delete "+key, func(ctx context.Context) error { return s.remove(ctx, key, "") })
	}
	if there.ETag != ifMatch {
		return fmt.Errorf("delete %s: %w", key, storage.ErrConflict)
	}
	tombstone, err := s.putTombstone(ctx, key, ifMatch)
	if err != nil {
		return err
	}
	s.tidy(ctx, func(ctx context.Context) {
		err := s.try(ctx, "remove the tombstone of "+key, func(ctx context.Context) error { return s.remove(ctx, key, tombstone.ETag) })
		if err != nil {
			s.log.WarnContext(ctx, "a tombstone stays in the bucket", "key", key, "error", err)
		}
	})
	return nil
}

func (s *Store) putTombstone(ctx context.Context, key, ifMatch string) (storage.Object, error) {
	stamp := newStamp()
	body := []byte(tombstoneText + stamp.put) // its ETag is that of no other
	sha, sum := sha256.Sum256(body), md5.Sum(body)
	stamp.size, stamp.sha256, stamp.md5, stamp.deleted = int64(len(body)), hex.EncodeToString(sha[:]), hex.EncodeToString(sum[:]), true
	reader := func() *io.SectionReader { return io.NewSectionReader(bytes.NewReader(body), 0, stamp.size) }
	return s.putWhole(ctx, key, stamp, reader, storage.PutOptions{IfMatch: ifMatch})
}

// tombstoneSize is the size of every tombstone.
const tombstoneSize = int64(len(tombstoneText) + 32)

// remove removes whatever is there, or what has the ETag. That another object
// is there by now, or none, is good.
func (s *Store) remove(ctx context.Context, key, etag string) error {
	if etag != "" {
		ctx = context.WithValue(ctx, keyIfMatch, etag)
	}
	err := s.client.RemoveObject(ctx, s.bucket, key, minio.RemoveObjectOptions{})
	if isAbsent(err) || err != nil && refused(err, etag != "") {
		return nil
	}
	return err
}

// bury removes a tombstone that nobody stands at any more; a younger one stays.
func (s *Store) bury(ctx context.Context, there found) error {
	if time.Since(there.Modified) <= tombstoneAge {
		return nil
	}
	return s.remove(ctx, there.Key, there.ETag)
}

// listed tells whether what a listing shows is an object.
func (s *Store) listed(ctx context.Context, obj storage.Object) (bool, error) {
	if obj.Size != tombstoneSize {
		return true, nil
	}
	there, err := s.stat(ctx, obj.Key)
	if errors.Is(err, storage.ErrNotFound) {
		return false, nil
	}
	return !there.deleted, err
}
