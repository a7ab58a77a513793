package s3

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"

	"vankien/storage"
)

// Put implements storage.Store. A body of up to 1 MiB is held in memory, one
// of up to 64 MiB in an unlinked temporary file, a longer one is sent as it is
// read, in parts of 16 MiB, two of them in memory.
func (s *Store) Put(ctx context.Context, key string, body io.Reader, opt storage.PutOptions) (storage.Object, error) {
	if err := errors.Join(check(ctx, key), opt.Check()); err != nil {
		return storage.Object{}, err
	}
	if opt.IfMatch != "" && !possible(opt.IfMatch) {
		return storage.Object{}, fmt.Errorf("put %s: no object has the ETag %.80q: %w", key, opt.IfMatch, storage.ErrConflict)
	}
	in := newIntake(ctx, body, opt)
	if opt.Size > s.wholeMax {
		return s.putParts(ctx, key, in, in, opt)
	}
	held, more, err := s.hold(in)
	if err != nil {
		return storage.Object{}, fmt.Errorf("put %s: %w", key, err)
	}
	defer held.close()
	if more {
		return s.putParts(ctx, key, in, io.MultiReader(held.reader(), in), opt)
	}
	if err := in.finish(); err != nil {
		return storage.Object{}, fmt.Errorf("put %s: %w", key, err)
	}
	if held.file != nil {
		if err := s.early(ctx, key, opt); err != nil {
			return storage.Object{}, err
		}
	}
	stamp := newStamp()
	stamp.size, stamp.sha256, stamp.md5 = held.size, in.sum(), held.md5
	return s.putWhole(ctx, key, stamp, held.reader, opt)
}

// possible tells whether an ETag can be one of ours: S3 would read "*" and
// lists as something else.
func possible(etag string) bool {
	return etag != "*" && !strings.ContainsFunc(etag, func(r rune) bool { return r <= ' ' || r > '~' || r == '"' || r == ',' })
}

// putWhole stores a body with one PUT.
func (s *Store) putWhole(ctx context.Context, key string, stamp stamp, body func() *io.SectionReader, opt storage.PutOptions) (storage.Object, error) {
	send := stamp.options()
	sum, err := hex.DecodeString(stamp.sha256)
	if err != nil {
		return storage.Object{}, err
	}
	send.UserMetadata["X-Amz-Checksum-Sha256"] = base64.StdEncoding.EncodeToString(sum)
	conditions(&send, opt)
	return s.write(ctx, key, stamp, opt, func(ctx context.Context) (string, error) {
		info, err := s.client.PutObject(ctx, s.bucket, key, body(), stamp.size, "", stamp.sha256, send)
		return info.ETag, err
	})
}

// early answers a condition that fails already before a long body is sent. A
// server that refuses in the middle of one cuts the connection, and then
// nobody knows why.
func (s *Store) early(ctx context.Context, key string, opt storage.PutOptions) error {
	if opt.IfMatch == "" && !opt.IfNoneMatch {
		return nil
	}
	there, err := s.stat(ctx, key)
	absent := isAbsent(err) || there.deleted
	switch {
	case err != nil && !absent:
		return err
	case opt.IfNoneMatch && !absent, opt.IfMatch != "" && (absent || there.ETag != opt.IfMatch):
		return fmt.Errorf("put %s: %w", key, storage.ErrConflict)
	}
	return nil
}

func conditions(send *minio.PutObjectOptions, opt storage.PutOptions) {
	if opt.IfMatch != "" {
		send.SetMatchETag(opt.IfMatch)
	}
	if opt.IfNoneMatch {
		send.SetMatchETagExcept("*")
	}
}

// write makes an object visible by send, under the options' condition.
func (s *Store) write(ctx context.Context, key string, stamp stamp, opt storage.PutOptions, send func(ctx context.Context) (etag string, err error)) (storage.Object, error) {
	var stored storage.Object
	inDoubt := false // whether a try may have been done although it failed
	err := s.try(ctx, "put "+key, func(ctx context.Context) error {
		etag, err := send(ctx)
		if err == nil && etag == "" {
			err = unavailable("the answer to a PUT of %s has no ETag", key)
		}
		if err != nil && refused(err, opt.IfMatch != "" || opt.IfNoneMatch) {
			stored, err = s.settle(ctx, key, stamp, opt, inDoubt)
			return err
		}
		if err != nil {
			inDoubt = inDoubt || doubtful(err)
			return s.explain(ctx, key, err)
		}
		stored = storage.Object{Key: key, Size: stamp.size, ETag: etag}
		return nil
	})
	if err != nil || !stored.Modified.IsZero() {
		return stored, err
	}
	// The answer to a PUT does not say when the object was stored.
	if there, err := s.stat(ctx, key); err == nil && there.put == stamp.put {
		return there.Object, nil
	}
	stored.Modified = time.Now().UTC().Truncate(time.Second)
	return stored, nil // it was stored, whatever happened to it since
}

// settle finds out what a refused condition means. What is there may be this
// very Put's, done by an earlier try; then it has succeeded. After a try in
// doubt what is there may have replaced this Put's, and nobody can tell.
func (s *Store) settle(ctx context.Context, key string, stamp stamp, opt storage.PutOptions, inDoubt bool) (storage.Object, error) {
	there, err := s.look(ctx, key)
	gone := isAbsent(err)
	switch {
	case err != nil && !gone:
		return storage.Object{}, err
	case err == nil && there.put == stamp.put:
		return there.Object, nil
	case inDoubt:
		return storage.Object{}, fmt.Errorf("%w: %s may have been stored and replaced since", storage.ErrUnavailable, key)
	case opt.IfNoneMatch && gone:
		return storage.Object{}, unavailable("%s was deleted meanwhile", key)
	case opt.IfNoneMatch && there.deleted:
		if err := s.bury(ctx, there); err != nil {
			return storage.Object{}, err
		}
		return storage.Object{}, unavailable("%s is being deleted", key)
	case opt.IfNoneMatch || opt.IfMatch != "":
		return storage.Object{}, storage.ErrConflict
	default:
		return storage.Object{}, fmt.Errorf("%w: the multipart upload of %s was aborted", storage.ErrUnavailable, key)
	}
}

func isAbsent(err error) bool {
	if err == nil {
		return false
	}
	err, _ = classify(err)
	return errors.Is(err, storage.ErrNotFound)
}

// explain tells apart what a server on a file system says of a key under
// another, or above one: that can never be stored, unless the other was just
// being deleted.
func (s *Store) explain(ctx context.Context, key string, err error) error {
	answer, ok := asAnswer(err)
	if !ok || answer.Code != "ExistingObjectIsDirectory" && answer.Code != "ObjectParentIsFile" {
		return err
	}
	for i, c := range key {
		if c != '/' {
			continue
		}
		if _, err := s.head(ctx, key[:i]); err == nil {
			return fmt.Errorf("%w: %s lies under the object %s", storage.ErrInvalid, key, key[:i])
		} else if !isAbsent(err) {
			return err
		}
	}
	below, err := s.page(ctx, key+"/", "", 1)
	switch {
	case err != nil:
		return err
	case len(below) > 0:
		return fmt.Errorf("%w: %s is the folder of other objects", storage.ErrInvalid, key)
	}
	return unavailable("the folders of %s were being removed", key)
}
