package s3

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/minio/minio-go/v7"

	"vankien/storage"
)

// Get implements storage.Store. Up to 1 MiB is read and checked before Get
// returns; more is streamed. Where the whole object is read its SHA-256 is
// checked: bytes that the wire altered are ErrUnavailable, ones that the store
// keeps altered are ErrDamaged, at the end of the reader at the latest.
func (s *Store) Get(ctx context.Context, key string, rng storage.Range) (io.ReadCloser, storage.Object, error) {
	if err := check(ctx, key); err != nil {
		return nil, storage.Object{}, err
	}
	if rng.Offset < 0 || rng.Length < 0 {
		return nil, storage.Object{}, fmt.Errorf("range %d+%d of %s: %w", rng.Offset, rng.Length, key, storage.ErrInvalid)
	}
	var a *answer
	var held []byte
	err := s.try(ctx, "get "+key, func(ctx context.Context) (err error) {
		a, err = s.open(ctx, key, rng)
		if err != nil {
			return err
		}
		if a.length <= heldMax {
			held, err = s.readHeld(ctx, a)
		} else if err = s.settled(ctx, a, ""); err != nil {
			a.close()
		}
		return err
	})
	if err != nil {
		return nil, storage.Object{}, err
	}
	if a.length <= heldMax {
		return io.NopCloser(bytes.NewReader(held)), a.Object, nil
	}
	return newReader(ctx, s, a), a.Object, nil
}

// answer is an open GET: length bytes of the object, beginning at offset.
type answer struct {
	found
	offset, length int64
	body           io.ReadCloser
}

// whole tells whether the answer is all of the object.
func (a *answer) whole() bool { return a.offset == 0 && a.length == a.Size }

// open asks for a range once. The request lives as long as ctx or until the
// answer's body is closed.
func (s *Store) open(ctx context.Context, key string, rng storage.Range) (_ *answer, err error) {
	asking, cancel := context.WithCancel(ctx)
	a := &answer{offset: rng.Offset}
	defer func() {
		if err != nil {
			a.close()
			cancel()
		}
	}()
	opt := minio.GetObjectOptions{}
	opt.Set("X-Amz-Checksum-Mode", "ENABLED")
	if rng != (storage.Range{}) {
		opt.Set("Range", rangeHeader(rng))
	}
	body, info, header, err := s.client.GetObject(asking, s.bucket, key, opt)
	if refusal, ok := asAnswer(err); ok && rng.Offset == 0 && refusal.StatusCode == http.StatusRequestedRangeNotSatisfiable {
		cancel()
		return s.openEmpty(ctx, key)
	}
	if err != nil {
		return nil, err
	}
	a.body = &cancelling{body, cancel}
	a.found = found{object(key, info), readStamp(header)}
	if a.deleted {
		return nil, fmt.Errorf("%s: %w", key, storage.ErrNotFound)
	}
	if err := a.measure(header, rng); err != nil {
		return nil, err
	}
	if a.sha256 == "" {
		a.sha256 = wholeChecksum(info.ChecksumSHA256)
	}
	return a, nil
}

// openEmpty answers the first bytes of an empty object, of which S3 says that
// they are no range.
func (s *Store) openEmpty(ctx context.Context, key string) (*answer, error) {
	a, err := s.open(ctx, key, storage.Range{})
	if err == nil && a.Size > 0 {
		a.close()
		return nil, unavailable("%s was replaced while it was read", key)
	}
	return a, err
}

func (a *answer) close() {
	if a.body != nil {
		a.body.Close() // what was asked for has been read, or failed already
	}
}

func rangeHeader(rng storage.Range) string {
	if rng.Length == 0 || rng.Offset > math.MaxInt64-rng.Length {
		return fmt.Sprintf("bytes=%d-", rng.Offset)
	}
	return fmt.Sprintf("bytes=%d-%d", rng.Offset, rng.Offset+rng.Length-1)
}

// measure learns the object's size and the answer's length, and makes sure
// that the answer is the range that was asked for.
func (a *answer) measure(header http.Header, rng storage.Range) error {
	a.length = a.Size // of the body, so far
	if a.length < 0 {
		return unavailable("%s comes without its length", a.Key)
	}
	if shown := header.Get("Content-Range"); shown != "" {
		var start, end int64
		if n, err := fmt.Sscanf(shown, "bytes %d-%d/%d", &start, &end, &a.Size); n != 3 || err != nil || start != rng.Offset {
			return unavailable("%s comes as %q, asked for was %q", a.Key, shown, rangeHeader(rng))
		}
	}
	if a.stamp.size >= 0 && a.stamp.size != a.Size {
		return unavailable("%s comes with %d bytes of %d: %w", a.Key, a.Size, a.stamp.size, io.ErrUnexpectedEOF)
	}
	want := a.Size - rng.Offset
	if rng.Length > 0 {
		want = min(want, rng.Length)
	}
	if a.length != want {
		return unavailable("%d bytes of %s were announced, %d asked for: %w", a.length, a.Key, want, io.ErrUnexpectedEOF)
	}
	return nil
}

// wholeChecksum is a checksum header in hexadecimal digits. The ones of
// multipart uploads ("…-3") are not of the bytes.
func wholeChecksum(header string) string {
	sum, err := base64.StdEncoding.DecodeString(header)
	if err != nil || len(sum) != sha256.Size || strings.Contains(header, "-") {
		return ""
	}
	return hex.EncodeToString(sum)
}

// readHeld reads an answer of at most 1 MiB to its end and checks it.
func (s *Store) readHeld(ctx context.Context, a *answer) ([]byte, error) {
	defer a.close()
	data := make([]byte, a.length)
	if _, err := io.ReadFull(a.body, data); err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return nil, unavailable("read %s: %w", a.Key, cut(err))
	}
	if !a.whole() {
		return data, s.settled(ctx, a, "")
	}
	if sum := sha256.Sum256(data); a.sha256 != "" && a.sha256 != hex.EncodeToString(sum[:]) {
		return nil, passing{fmt.Errorf("%w: %s has the SHA-256 %x instead of %s", storage.ErrDamaged, a.Key, sum, a.sha256)}
	}
	sum := md5.Sum(data)
	return data, s.settled(ctx, a, hex.EncodeToString(sum[:]))
}

// settled makes sure that the ETag of an answer is that of its bytes. A server
// may look up the one before it opens the other, while the object is being
// replaced (versitygw 1.8.0 does).
func (s *Store) settled(ctx context.Context, a *answer, sum string) error {
	if !s.plainETags || a.ETag == a.md5 || a.ETag == sum {
		return nil
	}
	there, err := s.head(ctx, a.Key)
	switch {
	case err != nil:
		return err
	case there.ETag != a.ETag || there.put != a.put:
		return unavailable("%s was replaced while it was read", a.Key)
	}
	return nil
}

// cut keeps of a reading error what says that the end was missing, and the
// text of everything else: see classify.
func cut(err error) error {
	if err == io.ErrUnexpectedEOF {
		return err
	}
	return fmt.Errorf("%w: %s", io.ErrUnexpectedEOF, strconv.Quote(err.Error()))
}

// cancelling ends the request with its body.
type cancelling struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (c *cancelling) Close() error {
	c.cancel()
	return c.ReadCloser.Close()
}
