package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// PutOriginal stores the bytes of an upload under their SHA-256 (lower-case
// hex), size bytes of it. One that is there already with this size is left
// alone and body is not read; one of another size is damaged and replaced.
// Bytes that do not have this hash or size are ErrInvalid.
func (l *Library) PutOriginal(ctx context.Context, sha256 string, size int64, body io.Reader) error {
	key, err := originalKey(sha256)
	if err != nil {
		return err
	}
	if size < 0 {
		return fmt.Errorf("original of %d bytes: %w", size, ErrInvalid)
	}
	switch there, err := l.store.Stat(ctx, key); {
	case err == nil && there.Size == size:
		return nil
	case err != nil && !errors.Is(err, ErrNotFound):
		return err
	}
	body = io.LimitReader(body, size+1) // a size of 0 is an unknown one to Put
	_, err = l.store.Put(ctx, key, body, PutOptions{Size: size, SHA256: sha256})
	return err
}

// ReplaceOriginal is PutOriginal over whatever stands there: for an original
// that is not what its name says, which its size alone need not tell.
func (l *Library) ReplaceOriginal(ctx context.Context, sha256 string, size int64, body io.Reader) error {
	key, err := originalKey(sha256)
	if err != nil {
		return err
	}
	_, err = l.store.Put(ctx, key, io.LimitReader(body, size+1), PutOptions{Size: size, SHA256: sha256})
	return err
}

// StatOriginal describes an original, ErrNotFound where there is none.
func (l *Library) StatOriginal(ctx context.Context, sha256 string) (Object, error) {
	key, err := originalKey(sha256)
	if err != nil {
		return Object{}, err
	}
	return l.store.Stat(ctx, key)
}

// Originals yields the originals in the order of their hashes, without reading
// them. What stands among them under a name that is no hash is passed over. The
// first error ends the loop.
func (l *Library) Originals(ctx context.Context) iter.Seq2[Object, error] {
	return func(yield func(Object, error) bool) {
		for obj, err := range l.store.List(ctx, OriginalsPrefix, "") {
			if err == nil && CheckSHA256(OriginalHash(obj.Key)) != nil {
				continue
			}
			if !yield(obj, err) || err != nil {
				return
			}
		}
	}
}

// OriginalHash is the SHA-256 that the key of an original names.
func OriginalHash(key string) string { return strings.TrimPrefix(key, OriginalsPrefix) }

// DeleteOriginal removes an original, ErrNotFound where there is none. A
// document is purged in the order mark, DeleteOriginal, DeleteTexts,
// DeleteDocument: while anything is left of it there is a record that says so.
func (l *Library) DeleteOriginal(ctx context.Context, sha256 string) error {
	key, err := originalKey(sha256)
	if err != nil {
		return err
	}
	return l.store.Delete(ctx, key, "")
}

// OpenOriginal opens an original for reading and seeking, ErrNotFound where
// there is none. The reader lives as long as ctx.
func (l *Library) OpenOriginal(ctx context.Context, sha256 string) (*OriginalReader, error) {
	obj, err := l.StatOriginal(ctx, sha256)
	if err != nil {
		return nil, err
	}
	return &OriginalReader{ctx: ctx, store: l.store, object: obj}, nil
}

// OriginalReader reads an original from the store, from wherever it is
// sought to; http.ServeContent serves it. The bytes are fetched as they are
// read, none ahead of the first Read. It is not safe for concurrent use.
type OriginalReader struct {
	ctx    context.Context
	store  Store
	object Object
	offset int64
	stream io.ReadCloser // open at streamed, nil where none is
	// streamed is where stream stands; Seek leaves it behind and Read follows.
	streamed int64
}

var _ io.ReadSeekCloser = (*OriginalReader)(nil)

// Size is the original's length in bytes.
func (r *OriginalReader) Size() int64 { return r.object.Size }

// Read reads from where the reader stands. A stream that ends before the
// original does is io.ErrUnexpectedEOF.
func (r *OriginalReader) Read(p []byte) (int, error) {
	if r.offset >= r.object.Size {
		return 0, io.EOF
	}
	if len(p) == 0 {
		return 0, nil
	}
	if err := r.follow(); err != nil {
		return 0, err
	}
	n, err := r.stream.Read(p)
	r.offset += int64(n)
	r.streamed = r.offset
	if err == io.EOF && r.offset < r.object.Size {
		err = fmt.Errorf("%s: %w", r.object.Key, io.ErrUnexpectedEOF)
	}
	return n, err
}

// follow brings the stream to where the reader stands.
func (r *OriginalReader) follow() error {
	if r.stream != nil && r.streamed == r.offset {
		return nil
	}
	if err := r.Close(); err != nil {
		return err
	}
	stream, obj, err := r.store.Get(r.ctx, r.object.Key, Range{Offset: r.offset})
	if err != nil {
		return err
	}
	if obj.Size != r.object.Size {
		return errors.Join(fmt.Errorf("%s changed while it was read: %w", obj.Key, ErrConflict), stream.Close())
	}
	r.stream, r.streamed = stream, r.offset
	return nil
}

// Seek implements io.Seeker; it reads nothing. Behind the end there is
// nothing but io.EOF; before the start is ErrInvalid.
func (r *OriginalReader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		offset += r.offset
	case io.SeekEnd:
		offset += r.object.Size
	default:
		return r.offset, fmt.Errorf("seek from %d: %w", whence, ErrInvalid)
	}
	if offset < 0 {
		return r.offset, fmt.Errorf("seek to %d: %w", offset, ErrInvalid)
	}
	r.offset = offset
	return offset, nil
}

// Close releases the connection to the store.
func (r *OriginalReader) Close() error {
	if r.stream == nil {
		return nil
	}
	stream := r.stream
	r.stream = nil
	return stream.Close()
}
