package files_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"vankien/storage"
)

// A large object's ETag comes from its time, so a clock that was set back
// must not make two contents look the same.
func TestETagWhenTheClockIsSetBack(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	put := func(fill byte) storage.Object {
		t.Helper()
		obj, err := s.Put(t.Context(), "k", bytes.NewReader(bytes.Repeat([]byte{fill}, 1<<20+1)), storage.PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return obj
	}
	put('a')
	tomorrow := time.Now().Add(24 * time.Hour)
	if err := os.Chtimes(filepath.Join(dir, "k"), tomorrow, tomorrow); err != nil {
		t.Fatal(err)
	}
	before, err := s.Stat(t.Context(), "k")
	if err != nil {
		t.Fatal(err)
	}
	for _, fill := range []byte("bcd") {
		after := put(fill)
		if !after.Modified.After(before.Modified) || after.ETag == before.ETag {
			t.Errorf("%+v after %+v", after, before)
		}
		before = after
	}
	if data, _, err := read(s, "k"); err != nil || data[0] != 'd' {
		t.Errorf("k begins with %q, %v", data[:1], err)
	}
}

// endless is a body without an end.
type endless struct{ read func() }

func (e endless) Read(p []byte) (int, error) {
	e.read()
	return len(p), nil
}

// A Put ends with its context, not with its body.
func TestPutOfAnEndlessBody(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	reads := 0
	_, err := s.Put(ctx, "k", endless{func() {
		if reads++; reads == 10 {
			cancel()
		}
		if reads > 1000 {
			panic("the body is read on")
		}
	}}, storage.PutOptions{})
	if !errors.Is(err, context.Canceled) || temporaries(t, dir) != 0 {
		t.Errorf("%v, %d temporary files are left", err, temporaries(t, dir))
	}
}
