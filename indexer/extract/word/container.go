package word

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/richardlehane/mscfb"
)

// maxDirectoryReads bounds how much of the container's tables is read, sectors
// and links: a directory that names the whole file would fill the memory.
const maxDirectoryReads = 100_000

// container is the compound file (MS-CFB) that the document lies in.
type container struct {
	source  *source
	size    int64
	streams map[string]*mscfb.File // of the outermost storage
}

// source ends reading with the context and remembers what went wrong below
// mscfb, which keeps only the words of an error.
type source struct {
	ctx     context.Context
	r       io.ReaderAt
	left    int // reads, -1 is any number
	failure error
}

func (s *source) ReadAt(p []byte, off int64) (int, error) {
	if err := s.ctx.Err(); err != nil {
		s.failure = err
		return 0, err
	}
	if s.left == 0 {
		return 0, errors.New("tables of the container without end")
	}
	s.left = max(s.left-1, -1)
	if off < 0 {
		return 0, io.EOF
	}
	n, err := s.r.ReadAt(p, off)
	if err != nil && err != io.EOF {
		s.failure = err
	}
	return n, err
}

// guarded runs f, which calls mscfb, and makes a panic or an error of it a
// damaged file, unless the source is what failed.
func (s *source) guarded(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", ErrDamaged, p)
		}
	}()
	if err = f(); err == nil {
		return nil
	}
	if s.failure != nil {
		return s.failure
	}
	if errors.Is(err, ErrTooLarge) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrDamaged, err)
}

func openContainer(ctx context.Context, r io.ReaderAt, size int64) (*container, error) {
	c := &container{source: &source{ctx: ctx, r: r, left: maxDirectoryReads}, size: size, streams: map[string]*mscfb.File{}}
	err := c.source.guarded(func() error {
		tables, err := mscfb.New(c.source)
		if err != nil {
			return err
		}
		for _, f := range tables.File[1:] {
			if len(f.Path) == 0 && c.streams[f.Name] == nil {
				c.streams[f.Name] = f
			}
		}
		return nil
	})
	c.source.left = -1
	return c, err
}

// Streams names what the outermost storage of a compound file holds: it tells
// a Word document from other files of the kind. The errors are those of Read.
func Streams(ctx context.Context, r io.ReaderAt, size int64) ([]string, error) {
	c, err := openContainer(ctx, r, size)
	if err != nil {
		return nil, err
	}
	var names []string
	for name := range c.streams {
		names = append(names, name)
	}
	return names, nil
}

// read returns a stream, nil where there is none.
func (c *container) read(name string) (block, error) {
	f := c.streams[name]
	if f == nil {
		return nil, nil
	}
	var data block
	err := c.source.guarded(func() error {
		if f.Size > maxStream {
			return ErrTooLarge
		}
		if f.Size > c.size {
			return io.ErrUnexpectedEOF
		}
		data = make(block, f.Size)
		// mscfb takes time by the square of what one call reads.
		const portion = 64 << 10
		for at := 0; at < len(data); {
			n, err := f.Read(data[at:min(at+portion, len(data))])
			if at += n; n == 0 || err != nil && err != io.EOF {
				return errors.Join(io.ErrUnexpectedEOF, err)
			}
		}
		return nil
	})
	return data, err
}

// block is bytes of a file: what lies outside of it reads as zero.
type block []byte

func (b block) u8(at int) int {
	if at < 0 || at >= len(b) {
		return 0
	}
	return int(b[at])
}

func (b block) u16(at int) int { return b.u8(at) | b.u8(at+1)<<8 }
func (b block) u32(at int) int { return b.u16(at) | b.u16(at+2)<<16 }

// part is as much of the length bytes at an offset as there is.
func (b block) part(at, length int) block {
	if at < 0 || length <= 0 || at >= len(b) {
		return nil
	}
	return b[at:min(at+length, len(b))]
}
