package s3

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"syscall"

	"vankien/storage"
)

// intake is a body on its way in: it counts and hashes what is read, ends
// with the context, and reads one byte more than was announced at most.
type intake struct {
	ctx  context.Context
	body io.Reader
	opt  storage.PutOptions
	hash hash.Hash
	size int64
	err  error // of the body or the context
}

func newIntake(ctx context.Context, body io.Reader, opt storage.PutOptions) *intake {
	if opt.Size > 0 {
		body = io.LimitReader(body, opt.Size+1) // one more byte shows that it is too long
	}
	return &intake{ctx: ctx, body: body, opt: opt, hash: sha256.New()}
}

func (in *intake) Read(p []byte) (int, error) {
	if in.err = in.ctx.Err(); in.err != nil {
		return 0, in.err
	}
	n, err := in.body.Read(p)
	in.size += int64(n)
	in.hash.Write(p[:n])
	if err != nil && err != io.EOF {
		in.err = err
	}
	return n, err
}

func (in *intake) sum() string { return hex.EncodeToString(in.hash.Sum(nil)) }

// finish tells, once the body was read to its end, whether it is what was announced.
func (in *intake) finish() error {
	if in.err == nil {
		in.err = in.ctx.Err()
	}
	switch {
	case in.err != nil:
		return in.err
	case in.opt.Size > 0 && in.size > in.opt.Size:
		return fmt.Errorf("body is longer than the %d bytes announced: %w", in.opt.Size, storage.ErrInvalid)
	case in.opt.Size > 0 && in.size < in.opt.Size:
		return fmt.Errorf("body of %d bytes instead of %d: %w", in.size, in.opt.Size, storage.ErrInvalid)
	case in.opt.SHA256 != "" && in.sum() != in.opt.SHA256:
		return fmt.Errorf("body has SHA-256 %s instead of %s: %w", in.sum(), in.opt.SHA256, storage.ErrInvalid)
	}
	return nil
}

// held is the beginning of a body, or all of it, where it can be read again.
type held struct {
	at   io.ReaderAt
	size int64
	md5  string   // lower-case hex
	file *os.File // unlinked; nil where the body is in memory
}

func (h *held) reader() *io.SectionReader { return io.NewSectionReader(h.at, 0, h.size) }

func (h *held) close() {
	if h.file != nil {
		h.file.Close() // nothing is left of it
	}
}

// hold reads as much of a body as one PUT takes; more tells that it goes on.
func (s *Store) hold(in *intake) (_ *held, more bool, err error) {
	var head bytes.Buffer
	sum := md5.New()
	size, err := io.Copy(io.MultiWriter(&head, sum), io.LimitReader(in, heldMax+1))
	if err != nil {
		return nil, false, err
	}
	h := &held{at: bytes.NewReader(head.Bytes()), size: size, md5: hex.EncodeToString(sum.Sum(nil))}
	if size <= heldMax {
		return h, false, nil
	}
	if h.file, err = s.temporary(); err != nil {
		return nil, false, err
	}
	h.at = h.file
	if err = h.fill(&head, in, sum, s.wholeMax); err != nil {
		h.close()
		return nil, false, err
	}
	return h, h.size == s.wholeMax, nil
}

// fill writes head and what follows it to the file, up to limit bytes.
func (h *held) fill(head *bytes.Buffer, in *intake, sum hash.Hash, limit int64) error {
	if _, err := h.file.Write(head.Bytes()); err != nil {
		return disk(err)
	}
	n, err := io.Copy(io.MultiWriter(h.file, sum), io.LimitReader(in, limit-h.size))
	h.size += n
	h.md5 = hex.EncodeToString(sum.Sum(nil))
	if in.err != nil {
		return in.err
	}
	return disk(err)
}

// temporary is a file without a name: nothing of it outlives the process.
func (s *Store) temporary() (*os.File, error) {
	file, err := os.CreateTemp(s.tempDir, "vankien-")
	if err != nil {
		return nil, disk(err)
	}
	if err := os.Remove(file.Name()); err != nil {
		return nil, errors.Join(disk(err), file.Close())
	}
	return file, nil
}

// disk is an error of the disk that holds temporary files.
func disk(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("%w: the disk for temporary files is full: %w", storage.ErrNoSpace, err)
	default:
		return fmt.Errorf("%w: %w", storage.ErrUnavailable, err)
	}
}
