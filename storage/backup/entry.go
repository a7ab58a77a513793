package backup

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"iter"
	"time"

	"github.com/klauspost/compress/zstd"

	"vankien/storage"
)

// Entry is a line of a snapshot: an object of the store, and where its bytes are.
type Entry struct {
	Key      string    `json:"key"`
	Size     int64     `json:"size"`
	SHA256   string    `json:"sha256"` // of the bytes: the name of the file under objects/
	ETag     string    `json:"etag"`   // as the store gave it
	Modified time.Time `json:"modified"`
	// Damaged says, in Vietnamese, what was wrong with the object when it was
	// copied, where there was no good copy of it. "" where it was good.
	Damaged string `json:"damaged,omitempty"`
}

// The first line of a snapshot.
type header struct {
	Format  int       `json:"vankien_backup"`
	Created time.Time `json:"created"`
}

// The last line. SHA256 is of all bytes before it.
type footer struct {
	End     bool   `json:"end"`
	Objects int    `json:"objects"`
	Bytes   int64  `json:"bytes"`
	SHA256  string `json:"sha256"`
}

const (
	format  = 1
	maxLine = 16 << 10 // bytes; a key has at most 512
	window  = 8 << 20  // of zstd, far above what the writer uses
)

// encoder writes the lines of a snapshot, compressed.
type encoder struct {
	zstd  *zstd.Encoder
	lines *bufio.Writer
	sum   hash.Hash
	end   footer
}

func newEncoder(to io.Writer, created time.Time) (*encoder, error) {
	packed, err := zstd.NewWriter(to, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	e := &encoder{zstd: packed, sum: sha256.New(), end: footer{End: true}}
	e.lines = bufio.NewWriter(io.MultiWriter(packed, e.sum))
	return e, e.line(header{Format: format, Created: created})
}

func (e *encoder) line(value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	_, err = e.lines.Write(append(data, '\n'))
	return err
}

func (e *encoder) add(entry Entry) error {
	e.end.Objects++
	e.end.Bytes += entry.Size
	return e.line(entry)
}

// close writes the last line.
func (e *encoder) close() error {
	if err := e.lines.Flush(); err != nil {
		return err
	}
	e.end.SHA256 = hex.EncodeToString(e.sum.Sum(nil))
	return errors.Join(e.line(e.end), e.lines.Flush(), e.zstd.Close())
}

// decode yields the entries of a snapshot. One that is not whole ends with an
// error that wraps storage.ErrDamaged; what was yielded before it may be used
// only by whoever has read the snapshot to its end before.
func decode(from io.Reader) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		unpacked, err := zstd.NewReader(from, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(window))
		if err != nil {
			yield(Entry{}, damaged("%v", err))
			return
		}
		defer unpacked.Close()
		d := &decoder{lines: bufio.NewReaderSize(unpacked, maxLine), sum: sha256.New()}
		if err := d.header(); err != nil {
			yield(Entry{}, err)
			return
		}
		for {
			entry, last, err := d.next()
			if last && err == nil || !yield(entry, err) || err != nil {
				return
			}
		}
	}
}

func damaged(format string, args ...any) error {
	return fmt.Errorf("snapshot: "+format+": %w", append(args, storage.ErrDamaged)...)
}

type decoder struct {
	lines *bufio.Reader
	sum   hash.Hash
	seen  footer
	key   string // of the entry before
}

func (d *decoder) line() ([]byte, error) {
	line, err := d.lines.ReadSlice('\n')
	switch {
	case err == io.EOF && len(line) == 0:
		return nil, damaged("it ends too early")
	case err != nil:
		return nil, damaged("a line cannot be read: %v", err)
	}
	return line, nil
}

func (d *decoder) header() error {
	line, err := d.line()
	if err != nil {
		return err
	}
	var h header
	if err := json.Unmarshal(line, &h); err != nil || h.Format != format {
		return damaged("it does not begin as one of format %d does", format)
	}
	d.sum.Write(line) // a hash takes every byte
	return nil
}

// next reads an entry, or the last line.
func (d *decoder) next() (entry Entry, last bool, err error) {
	line, err := d.line()
	if err != nil {
		return Entry{}, false, err
	}
	if bytes.HasPrefix(line, []byte(`{"end":true,`)) {
		return Entry{}, true, d.footer(line)
	}
	if err := json.Unmarshal(line, &entry); err != nil {
		return Entry{}, false, damaged("a line is no entry: %v", err)
	}
	if storage.CheckKey(entry.Key) != nil || storage.CheckSHA256(entry.SHA256) != nil || entry.Size < 0 || entry.Key <= d.key {
		return Entry{}, false, damaged("entry %.80q cannot be", entry.Key)
	}
	d.key = entry.Key
	d.seen.Objects++
	d.seen.Bytes += entry.Size
	d.sum.Write(line)
	return entry, false, nil
}

func (d *decoder) footer(line []byte) error {
	var end footer
	if err := json.Unmarshal(line, &end); err != nil {
		return damaged("its last line cannot be read: %v", err)
	}
	d.seen.End, d.seen.SHA256 = true, hex.EncodeToString(d.sum.Sum(nil))
	if end != d.seen {
		return damaged("it is not what its last line says")
	}
	if _, err := d.lines.ReadByte(); err != io.EOF {
		return damaged("something follows its last line")
	}
	return nil
}
