package s3

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/minio/minio-go/v7"

	"vankien/storage"
)

// found is an object as the server describes it, a tombstone included.
type found struct {
	storage.Object
	stamp
}

// Stat implements storage.Store.
func (s *Store) Stat(ctx context.Context, key string) (storage.Object, error) {
	if err := check(ctx, key); err != nil {
		return storage.Object{}, err
	}
	there, err := s.stat(ctx, key)
	if err == nil && there.deleted {
		err = fmt.Errorf("stat %s: %w", key, storage.ErrNotFound)
	}
	if err != nil {
		return storage.Object{}, err
	}
	return there.Object, nil
}

// stat is look, tried again.
func (s *Store) stat(ctx context.Context, key string) (there found, err error) {
	err = s.try(ctx, "stat "+key, func(ctx context.Context) (err error) {
		there, err = s.look(ctx, key)
		return err
	})
	return there, err
}

// look describes the object once. A server may read size, ETag and metadata
// one after another while the object is being replaced (versitygw 1.8.0 does),
// so what the stamp does not confirm is looked at twice.
func (s *Store) look(ctx context.Context, key string) (found, error) {
	there, err := s.head(ctx, key)
	if err != nil || !s.plainETags || there.md5 == there.ETag && there.stamp.size == there.Size {
		return there, err
	}
	again, err := s.head(ctx, key)
	if err == nil && again != there {
		err = unavailable("%s was replaced while it was described", key)
	}
	return again, err
}

func (s *Store) head(ctx context.Context, key string) (there found, err error) {
	err = s.briefly(ctx, func(ctx context.Context) error {
		info, err := s.client.StatObject(ctx, s.bucket, key, minio.StatObjectOptions{})
		if isAbsent(err) {
			return s.confirmAbsence(ctx, key)
		}
		if err != nil {
			return err
		}
		if info.Size < 0 || info.ETag == "" {
			return unavailable("%s is described without its size or ETag", key)
		}
		there = found{object(key, info), readStamp(info.Metadata)}
		return nil
	})
	return there, err
}

// confirmAbsence asks once more, by GET: the 404 of a HEAD has no body that
// tells a missing object from a missing bucket, an unknown key of ours, or a
// gateway that has lost its server.
func (s *Store) confirmAbsence(ctx context.Context, key string) error {
	body, _, _, err := s.client.GetObject(ctx, s.bucket, key, minio.GetObjectOptions{})
	if err != nil {
		return err
	}
	body.Close() // nothing of it was wanted
	return unavailable("%s was stored while it was looked for", key)
}

// object describes what an answer is about. Headers tell the second of
// modification, listings the millisecond: the second is what both have.
func object(key string, info minio.ObjectInfo) storage.Object {
	return storage.Object{Key: key, Size: info.Size, ETag: info.ETag, Modified: info.LastModified.UTC().Truncate(time.Second)}
}

// check is what every method does first.
func check(ctx context.Context, key string) error {
	return errors.Join(storage.CheckKey(key), ctx.Err())
}
