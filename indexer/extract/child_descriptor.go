package extract

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"vankien/indexer/extract/pdfium"
	"vankien/storage"
)

// Opened is a File's ReaderAt that reads an open file: processes inherit that
// file, where any other ReaderAt but *os.File is copied for each of them. The file
// must have the same bytes, at the same offsets.
type Opened interface {
	io.ReaderAt
	OpenedFile() *os.File
}

// descriptor returns f as a file that a process can inherit: its own where it
// is one, else a copy in a temporary file that has no name any more. release is
// to be called when the process has ended.
func descriptor(ctx context.Context, dir string, f File) (file *os.File, release func() error, err error) {
	switch reader := f.ReaderAt.(type) {
	case *os.File:
		return readOnly(reader)
	case Opened:
		return readOnly(reader.OpenedFile())
	}
	file, err = os.CreateTemp(dir, "vankien-read-*")
	if err != nil {
		return nil, nil, copyError(err)
	}
	remove := file.Close
	if err := os.Remove(file.Name()); err != nil { // some systems remove no file that is open
		remove = func() error { return errors.Join(file.Close(), os.Remove(file.Name())) }
	}
	if _, err := io.Copy(file, io.NewSectionReader(pdfium.UntilDone{Context: ctx, ReaderAt: f.ReaderAt}, 0, f.Size)); err != nil {
		return nil, nil, errors.Join(copyError(err), remove())
	}
	reading, done, err := readOnly(file)
	return reading, func() error { return errors.Join(done(), remove()) }, err
}

// readOnly is an open file as a process is to have it: what maps a file that is
// open for writing can change it, whatever limits there are.
func readOnly(file *os.File) (*os.File, func() error, error) {
	again, err := os.Open(fmt.Sprintf("/proc/self/fd/%d", file.Fd()))
	if err != nil { // no Linux, or not ours to open
		return file, func() error { return nil }, nil
	}
	return again, again.Close, nil
}

// copyError gives an error of the temporary file its sentinel; any other (the
// context's, the reader's own) stays as it is.
func copyError(err error) error {
	var path *fs.PathError
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("%w: %w", storage.ErrNoSpace, err)
	case errors.As(err, &path):
		return fmt.Errorf("%w: %w", storage.ErrUnavailable, err)
	}
	return err
}
