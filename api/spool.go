package api

import (
	"bufio"
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

// spool keeps the bytes of an upload, hashed on the way, in a file that no
// folder names: whatever becomes of the request or the program, nothing of it
// is left.
type spool struct {
	file *os.File
	out  *bufio.Writer
	hash hash.Hash
	size int64
}

// spoolError is a fault of the spool, not of what was sent.
type spoolError struct{ error }

func (e spoolError) Unwrap() error { return e.error }

func newSpool(dir string) (*spool, error) {
	file, err := os.CreateTemp(dir, "vankien-upload-*") // for this user only
	if err != nil {
		return nil, spoolFault(err)
	}
	if err := os.Remove(file.Name()); err != nil {
		return nil, spoolFault(errors.Join(err, file.Close()))
	}
	return spoolOn(file), nil
}

func spoolOn(file *os.File) *spool {
	return &spool{file: file, out: bufio.NewWriterSize(file, 64<<10), hash: sha256.New()}
}

// Write implements io.Writer; its errors are spoolErrors.
func (s *spool) Write(p []byte) (int, error) {
	s.hash.Write(p) // never fails (hash.Hash)
	n, err := s.out.Write(p)
	s.size += int64(n)
	return n, spoolFault(err)
}

// finish makes everything that was written readable.
func (s *spool) finish() error { return spoolFault(s.out.Flush()) }

func (s *spool) sum() string { return hex.EncodeToString(s.hash.Sum(nil)) }

// ReadAt implements io.ReaderAt, once finished.
func (s *spool) ReadAt(p []byte, offset int64) (int, error) {
	n, err := s.file.ReadAt(p, offset)
	if err != nil && err != io.EOF {
		err = spoolFault(err)
	}
	return n, err
}

// OpenedFile implements extract.Opened: who reads the upload needs no copy of it.
func (s *spool) OpenedFile() *os.File { return s.file }

func (s *spool) Close() error { return spoolFault(s.file.Close()) }

func spoolFault(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		err = fmt.Errorf("%w: %w", storage.ErrNoSpace, err)
	}
	return spoolError{fmt.Errorf("spool: %w", err)}
}
