package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"vankien/storage"
)

// spooled is a body that is whole, checked and durable in a temporary file.
type spooled struct {
	file   *os.File
	size   int64
	sum    string // SHA-256, lower-case hex
	placed bool   // renamed to its key: no longer to be removed
}

// close removes the temporary file unless it was placed.
func (t *spooled) close() error {
	err := t.file.Close()
	if !t.placed {
		err = errors.Join(err, os.Remove(t.file.Name()))
	}
	return fault(err)
}

// spool writes body to a temporary file. A body that fails, that ctx ends, or
// that is not what opt announces leaves nothing behind.
func (s *Store) spool(ctx context.Context, body io.Reader, opt storage.PutOptions) (*spooled, error) {
	file, err := os.CreateTemp(s.session.folder, "")
	if err != nil {
		return nil, fault(err)
	}
	temp := &spooled{file: file}
	if err := temp.fill(ctx, body, opt); err != nil {
		return nil, errors.Join(err, temp.close())
	}
	return temp, nil
}

func (t *spooled) fill(ctx context.Context, body io.Reader, opt storage.PutOptions) error {
	hash := sha256.New()
	source := &source{ctx: ctx, body: body}
	from := io.Reader(source)
	if opt.Size > 0 {
		from = io.LimitReader(source, opt.Size+1) // one more byte shows that it is too long
	}
	size, err := io.Copy(io.MultiWriter(t.file, hash), from)
	t.size, t.sum = size, hex.EncodeToString(hash.Sum(nil))
	switch {
	case source.err != nil:
		return source.err
	case err != nil:
		return fault(err)
	case opt.Size > 0 && size > opt.Size:
		return fmt.Errorf("body is longer than the %d bytes announced: %w", opt.Size, storage.ErrInvalid)
	case opt.Size > 0 && size < opt.Size:
		return fmt.Errorf("body of %d bytes instead of %d: %w", size, opt.Size, storage.ErrInvalid)
	case opt.SHA256 != "" && t.sum != opt.SHA256:
		return fmt.Errorf("body has SHA-256 %s instead of %s: %w", t.sum, opt.SHA256, storage.ErrInvalid)
	}
	if size > hashedSize { // the kernel's own time is as coarse as its tick
		now := time.Now()
		if err := os.Chtimes(t.file.Name(), now, now); err != nil {
			return fault(err)
		}
	}
	return fault(t.file.Sync())
}

// source reads the body until the context ends, and keeps the body's error
// apart from those of the disk.
type source struct {
	ctx  context.Context
	body io.Reader
	err  error
}

func (s *source) Read(p []byte) (int, error) {
	if s.err = s.ctx.Err(); s.err != nil {
		return 0, s.err
	}
	n, err := s.body.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}
