package storagetest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"

	"vankien/storage"
)

var errCut = errors.New("the line was cut")

// cutReader reads data and then calls cut for the error to end with.
type cutReader struct {
	data io.Reader
	cut  func() error
}

func (r *cutReader) Read(p []byte) (int, error) {
	n, err := r.data.Read(p)
	if err == io.EOF {
		return n, r.cut()
	}
	return n, err
}

// testInterruptedBodies: a body that does not come to its announced end leaves
// what stood there and nothing else.
func testInterruptedBodies(t *testing.T, s storage.Store) {
	old := put(t, s, "old", []byte("old bytes"))
	for _, size := range []int{0, 10, large} {
		data := noise(6, size)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		for name, broken := range map[string]struct {
			body io.Reader
			opt  storage.PutOptions
			want error
		}{
			"reader fails":                   {&cutReader{bytes.NewReader(data), func() error { return errCut }}, storage.PutOptions{}, errCut},
			"reader fails, size announced":   {&cutReader{bytes.NewReader(data), func() error { return errCut }}, storage.PutOptions{Size: int64(size) + 9}, errCut},
			"reader fails at announced size": {&cutReader{bytes.NewReader(data), func() error { return errCut }}, storage.PutOptions{Size: int64(size)}, errCut},
			"context ends":                   {&cutReader{bytes.NewReader(data), func() error { cancel(); return io.EOF }}, storage.PutOptions{}, context.Canceled},
			"shorter than announced":         {bytes.NewReader(data), storage.PutOptions{Size: int64(size) + 1}, storage.ErrInvalid},
			"longer than announced":          {bytes.NewReader(append(data, 'x')), storage.PutOptions{Size: int64(size)}, storage.ErrInvalid},
			"another hash":                   {bytes.NewReader(data), storage.PutOptions{SHA256: hash([]byte("x"))}, storage.ErrInvalid},
			"another hash, right size":       {bytes.NewReader(data), storage.PutOptions{Size: int64(size), SHA256: hash([]byte("x"))}, storage.ErrInvalid},
		} {
			if name == "longer than announced" && size == 0 {
				continue // size 0 announces nothing
			}
			for _, key := range []string{"old", "new"} {
				if body, ok := broken.body.(io.Seeker); ok {
					body.Seek(0, io.SeekStart)
				} else if body, ok := broken.body.(*cutReader); ok {
					body.data = bytes.NewReader(data)
				}
				ctx := ctx
				if name != "context ends" {
					ctx = t.Context()
				}
				_, err := s.Put(ctx, key, broken.body, broken.opt)
				wantError(t, name+" of "+key, err, broken.want)
			}
			if now := want(t, s, "old", []byte("old bytes")); now != old {
				t.Errorf("%s: the old object is now %+v, was %+v", name, now, old)
			}
			wantKeys(t, s, "old")
		}
	}
}

func testEndedContext(t *testing.T, s storage.Store) {
	put(t, s, "k", []byte("there"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := s.Put(ctx, "k", bytes.NewReader(nil), storage.PutOptions{})
	wantError(t, "Put", err, context.Canceled)
	_, _, err = get(ctx, s, "k", storage.Range{})
	wantError(t, "Get", err, context.Canceled)
	_, err = s.Stat(ctx, "k")
	wantError(t, "Stat", err, context.Canceled)
	wantError(t, "Delete", s.Delete(ctx, "k", ""), context.Canceled)
	for _, err = range s.List(ctx, "", "") {
	}
	wantError(t, "List", err, context.Canceled)
	want(t, s, "k", []byte("there"))
}
