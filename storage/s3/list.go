package s3

import (
	"context"
	"errors"
	"iter"
	"strings"

	"github.com/minio/minio-go/v7"

	"vankien/storage"
)

// pageSize is how many keys S3 lists at once.
const pageSize = 1000

// List implements storage.Store. It holds one page of 1,000 objects. Objects
// whose keys are none of ours (another program's, in the same bucket) are
// passed over.
func (s *Store) List(ctx context.Context, prefix, after string) iter.Seq2[storage.Object, error] {
	return func(yield func(storage.Object, error) bool) {
		if err := errors.Join(storage.CheckPrefix(prefix), storage.CheckPrefix(after), ctx.Err()); err != nil {
			yield(storage.Object{}, err)
			return
		}
		for more := true; more; {
			var page []storage.Object
			err := s.try(ctx, "list "+prefix, func(ctx context.Context) (err error) {
				page, err = s.page(ctx, prefix, after, pageSize)
				return err
			})
			if err != nil {
				yield(storage.Object{}, err)
				return
			}
			for _, obj := range page {
				after = obj.Key
				if !s.show(ctx, obj, yield) {
					return
				}
			}
			more = len(page) == pageSize
		}
	}
}

// show yields an object of a listing; false ends it.
func (s *Store) show(ctx context.Context, obj storage.Object, yield func(storage.Object, error) bool) bool {
	if storage.CheckKey(obj.Key) != nil {
		return true
	}
	ok, err := s.listed(ctx, obj)
	if err == nil {
		err = ctx.Err()
	}
	switch {
	case err != nil:
		yield(storage.Object{}, err)
		return false
	case !ok:
		return true
	}
	return yield(obj, nil)
}

// page lists up to limit objects, fewer only at the end.
func (s *Store) page(ctx context.Context, prefix, after string, limit int) ([]storage.Object, error) {
	ctx, cancel := context.WithTimeout(ctx, s.line.limit)
	defer cancel()
	fetchOwner := false
	found := []storage.Object{}
	for info := range s.client.ListObjectsIter(ctx, s.bucket, minio.ListObjectsOptions{
		Prefix: prefix, StartAfter: after, Recursive: true, MaxKeys: limit, FetchOwner: &fetchOwner,
	}) {
		if info.Err != nil {
			return nil, info.Err
		}
		if info.Key <= after || !strings.HasPrefix(info.Key, prefix) {
			return nil, unavailable("the server lists %.80q under %q after %q", info.Key, prefix, after)
		}
		after = info.Key
		if found = append(found, object(info.Key, info)); len(found) == limit {
			return found, nil
		}
	}
	return found, ctx.Err() // minio-go ends a listing without a word where its context does
}
