package files

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"

	"vankien/storage"
)

// hashedSize is the size up to which an object's ETag is the SHA-256 of its
// bytes. Larger ones are named by inode, size and time of modification, so
// that Stat and List need not read them: Put gives each a file of its own that
// is younger than the one it replaces, so two contents never share all three.
const hashedSize = 1 << 20

// readFull is a variable for tests, which have no disk with a bad sector.
var readFull = io.ReadFull

// Get implements storage.Store. What it opened is not disturbed by a later
// Put or Delete: they touch the folder, not the file.
func (s *Store) Get(ctx context.Context, key string, rng storage.Range) (io.ReadCloser, storage.Object, error) {
	if err := check(ctx, key); err != nil {
		return nil, storage.Object{}, err
	}
	file, obj, small, err := s.open(key)
	if err != nil {
		return nil, storage.Object{}, err
	}
	if rng.Offset < 0 || rng.Length < 0 || rng.Offset > 0 && rng.Offset >= obj.Size {
		file.Close()
		return nil, storage.Object{}, fmt.Errorf("range %d+%d of %s, which has %d bytes: %w",
			rng.Offset, rng.Length, key, obj.Size, storage.ErrInvalid)
	}
	length := obj.Size - rng.Offset
	if rng.Length > 0 {
		length = min(length, rng.Length)
	}
	if obj.Size > hashedSize {
		return &reader{ctx: ctx, part: io.NewSectionReader(file, rng.Offset, length), file: file}, obj, nil
	}
	if err := file.Close(); err != nil {
		return nil, storage.Object{}, fault(err)
	}
	return io.NopCloser(bytes.NewReader(small[rng.Offset : rng.Offset+length])), obj, nil
}

// reader reads a part of a large object.
type reader struct {
	ctx  context.Context
	part *io.SectionReader
	file *os.File
}

func (r *reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.part.Read(p)
	if err != nil && err != io.EOF {
		err = fault(err)
	}
	return n, err
}

func (r *reader) Close() error { return fault(r.file.Close()) }

// Stat implements storage.Store.
func (s *Store) Stat(ctx context.Context, key string) (storage.Object, error) {
	if err := check(ctx, key); err != nil {
		return storage.Object{}, err
	}
	return s.stat(key)
}

func (s *Store) stat(key string) (storage.Object, error) {
	file, obj, _, err := s.open(key)
	if err != nil {
		return storage.Object{}, err
	}
	return obj, fault(file.Close())
}

// open opens an object and describes it; of a small one it returns the bytes
// as well, which it had to read for the ETag.
func (s *Store) open(key string) (_ *os.File, _ storage.Object, small []byte, err error) {
	file, err := os.Open(s.path(key))
	if absent(err) {
		return nil, storage.Object{}, nil, fmt.Errorf("%s: %w", key, storage.ErrNotFound)
	}
	if err != nil {
		return nil, storage.Object{}, nil, fault(err)
	}
	defer func() {
		if err != nil {
			file.Close()
		}
	}()
	info, err := file.Stat()
	if err != nil {
		return nil, storage.Object{}, nil, fault(err)
	}
	if !info.Mode().IsRegular() {
		return nil, storage.Object{}, nil, fmt.Errorf("%s is no file: %w", key, storage.ErrNotFound)
	}
	if info.Size() > hashedSize {
		return file, object(key, info, ""), nil, nil
	}
	small = make([]byte, info.Size())
	if _, err := readFull(file, small); err != nil {
		return nil, storage.Object{}, nil, fault(fmt.Errorf("%s: %w", key, err))
	}
	sum := sha256.Sum256(small)
	return file, object(key, info, hex.EncodeToString(sum[:])), small, nil
}

// object describes a file whose content has the given SHA-256 (any where it is large).
func object(key string, info fs.FileInfo, sum string) storage.Object {
	if info.Size() > hashedSize {
		sum = fmt.Sprintf("%x-%x-%x", inode(info), info.Size(), info.ModTime().UnixNano())
	}
	return storage.Object{Key: key, Size: info.Size(), ETag: sum, Modified: info.ModTime().UTC()}
}
