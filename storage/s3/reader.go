package s3

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"net/http"

	"vankien/storage"
)

// resumptions is how often a reader may lose its connection.
const resumptions = 8

// reader streams an object, or a part of it. Where the connection breaks it
// asks for the rest of the same version.
type reader struct {
	ctx     context.Context
	store   *Store
	first   *answer // what is being read: its description, offset and length
	current *answer // the connection
	done    int64   // bytes returned, of first.length
	hash    hash.Hash
	broken  int
	err     error // what every further Read returns
}

func newReader(ctx context.Context, s *Store, a *answer) *reader {
	r := &reader{ctx: ctx, store: s, first: a, current: a}
	if a.whole() && a.sha256 != "" {
		r.hash = sha256.New()
	}
	return r
}

// Read implements io.Reader. Its errors are ctx's, or wrap ErrUnavailable (a
// missing end io.ErrUnexpectedEOF as well) or ErrDamaged.
func (r *reader) Read(p []byte) (int, error) {
	if r.err != nil {
		return 0, r.err
	}
	if len(p) == 0 {
		return 0, nil
	}
	for {
		p := p[:min(int64(len(p)), r.first.length-r.done)]
		n, err := r.current.body.Read(p)
		r.done += int64(n)
		if r.hash != nil {
			r.hash.Write(p[:n])
		}
		if r.done == r.first.length {
			r.err = r.finish()
			if r.err != io.EOF {
				return n, r.err
			}
			return n, nil
		}
		if err != nil {
			r.err = r.resume(err)
		}
		if n > 0 || r.err != nil {
			return n, r.err
		}
	}
}

// resume opens the rest after err broke the connection.
func (r *reader) resume(err error) error {
	r.current.close()
	key := r.first.Key
	if r.ctx.Err() != nil {
		return fmt.Errorf("read %s: %w", key, r.ctx.Err())
	}
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if r.broken++; r.broken > resumptions {
		return fmt.Errorf("read %s, broken %d times: %w: %w", key, r.broken, storage.ErrUnavailable, cut(err))
	}
	rest := storage.Range{Offset: r.first.offset + r.done, Length: r.first.length - r.done}
	return r.store.try(r.ctx, "read on "+key, func(ctx context.Context) error {
		next, err := r.store.open(ctx, key, rest)
		if err != nil {
			if refusal, ok := asAnswer(err); isAbsent(err) || ok && refusal.StatusCode == http.StatusRequestedRangeNotSatisfiable {
				err = fmt.Errorf("%w: %s was replaced or deleted while it was read: %w", storage.ErrUnavailable, key, io.ErrUnexpectedEOF)
			}
			return err
		}
		if next.put != r.first.put || next.put == "" && next.ETag != r.first.ETag || next.Size != r.first.Size {
			next.close()
			return fmt.Errorf("%w: %s was replaced while it was read: %w", storage.ErrUnavailable, key, io.ErrUnexpectedEOF)
		}
		r.current = next
		return nil
	})
}

// finish checks the whole that was read; io.EOF where it is good.
func (r *reader) finish() error {
	r.current.close()
	if r.hash == nil || hex.EncodeToString(r.hash.Sum(nil)) == r.first.sha256 {
		return io.EOF
	}
	return r.store.blame(r.ctx, r.first)
}

// blame tells whether bytes with a wrong hash are what the store keeps, by
// reading the object once more.
func (s *Store) blame(ctx context.Context, read *answer) error {
	altered := fmt.Errorf("%w: %s was altered on the way", storage.ErrUnavailable, read.Key)
	again, err := s.open(ctx, read.Key, storage.Range{})
	if err != nil {
		return altered
	}
	defer again.close()
	hash := sha256.New()
	if _, err := io.Copy(hash, again.body); err != nil || again.put != read.put || again.Size != read.Size {
		return altered
	}
	if sum := hex.EncodeToString(hash.Sum(nil)); sum != read.sha256 {
		return fmt.Errorf("%w: %s has the SHA-256 %s instead of %s", storage.ErrDamaged, read.Key, sum, read.sha256)
	}
	return altered
}

// Close ends the request.
func (r *reader) Close() error {
	r.current.close()
	if r.err == nil {
		r.err = fs.ErrClosed
	}
	return nil
}
