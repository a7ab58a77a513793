package storagetest

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

func testObject(t *testing.T, s storage.Store) {
	const key = "documents/a.json"
	_, err := s.Stat(t.Context(), key)
	wantError(t, "Stat of nothing", err, storage.ErrNotFound)
	_, _, err = s.Get(t.Context(), key, storage.Range{})
	wantError(t, "Get of nothing", err, storage.ErrNotFound)
	wantError(t, "Delete of nothing", s.Delete(t.Context(), key, ""), storage.ErrNotFound)
	wantError(t, "Delete of nothing by its ETag", s.Delete(t.Context(), key, "x"), storage.ErrNotFound)

	data := []byte("Nghị quyết số 21-NQ/TW")
	stored, err := s.Put(t.Context(), key, bytes.NewReader(data), storage.PutOptions{Size: int64(len(data)), SHA256: hash(data)})
	if err != nil {
		t.Fatal(err)
	}
	if got := want(t, s, key, data); !cmp.Equal(got, stored) {
		t.Errorf("Put described the object as %+v, Get as %+v", stored, got)
	}
	if got, err := s.Stat(t.Context(), key); err != nil || !cmp.Equal(got, stored) {
		t.Errorf("Put described the object as %+v, Stat as %+v (%v)", stored, got, err)
	}
	for got, err := range s.List(t.Context(), "", "") {
		if err != nil || !cmp.Equal(got, stored) {
			t.Errorf("Put described the object as %+v, List as %+v (%v)", stored, got, err)
		}
	}
	if age := time.Since(stored.Modified); age < -time.Hour || age > time.Hour || stored.Modified.Location() != time.UTC {
		t.Errorf("Modified %v is not now in UTC", stored.Modified)
	}
	put(t, s, key, []byte("khác"))
	want(t, s, key, []byte("khác"))
	wantKeys(t, s, key)

	if err := s.Delete(t.Context(), key, ""); err != nil {
		t.Fatal(err)
	}
	_, err = s.Stat(t.Context(), key)
	wantError(t, "Stat after Delete", err, storage.ErrNotFound)
	wantError(t, "Delete again", s.Delete(t.Context(), key, ""), storage.ErrNotFound)
	wantKeys(t, s)
	put(t, s, key, data)
	want(t, s, key, data)
}

func testEmptyObject(t *testing.T, s storage.Store) {
	put(t, s, "empty", nil)
	empty := want(t, s, "empty", nil)
	data, _, err := get(t.Context(), s, "empty", storage.Range{Length: 10})
	if err != nil || len(data) != 0 {
		t.Errorf("the first 10 bytes of an empty object: %q, %v", data, err)
	}
	_, _, err = get(t.Context(), s, "empty", storage.Range{Offset: 1})
	wantError(t, "Get from byte 1 of an empty object", err, storage.ErrInvalid)
	if _, err := s.Put(t.Context(), "empty", bytes.NewReader(nil), storage.PutOptions{SHA256: hash(nil), IfMatch: empty.ETag}); err != nil {
		t.Errorf("replace an empty object by an empty one: %v", err)
	}
	wantKeys(t, s, "empty")
}

// onlyReader hides everything but Read, as a network body does.
type onlyReader struct{ io.Reader }

func testLargeObject(t *testing.T, s storage.Store) {
	first, second := noise(1, large), noise(2, large)
	for _, announced := range []storage.PutOptions{
		{Size: -1},
		{Size: large},
		{Size: large, SHA256: hash(first)},
		{SHA256: hash(first)},
	} {
		stored, err := s.Put(t.Context(), "originals/x", onlyReader{bytes.NewReader(first)}, announced)
		if err != nil {
			t.Fatalf("Put with %+v: %v", announced, err)
		}
		if got := want(t, s, "originals/x", first); got.ETag != stored.ETag {
			t.Errorf("ETag %s of Get, %s of Put", got.ETag, stored.ETag)
		}
	}
	old, err := s.Stat(t.Context(), "originals/x")
	if err != nil {
		t.Fatal(err)
	}
	stored, err := s.Put(t.Context(), "originals/x", onlyReader{bytes.NewReader(second)}, storage.PutOptions{IfMatch: old.ETag})
	if err != nil || stored.ETag == old.ETag {
		t.Fatalf("replaced large object: ETag %s after %s, %v", stored.ETag, old.ETag, err)
	}
	want(t, s, "originals/x", second)
	_, err = s.Put(t.Context(), "originals/x", onlyReader{bytes.NewReader(first)}, storage.PutOptions{IfMatch: old.ETag})
	wantError(t, "replace a large object by an old ETag", err, storage.ErrConflict)
	want(t, s, "originals/x", second)
}

// testNoKeyIsAFolder: a backend may refuse a key that is the folder of
// another, but what stood there first stays whole, and once it is gone the
// other can be put.
func testNoKeyIsAFolder(t *testing.T, s storage.Store) {
	put(t, s, "a", []byte("object"))
	if _, err := s.Put(t.Context(), "a/b/c", bytes.NewReader(nil), storage.PutOptions{}); err != nil {
		wantError(t, "Put under an object", err, storage.ErrInvalid)
	}
	want(t, s, "a", []byte("object"))
	for _, key := range []string{"a", "a/b/c"} {
		if err := s.Delete(t.Context(), key, ""); err != nil && !errors.Is(err, storage.ErrNotFound) {
			t.Fatal(err)
		}
	}
	put(t, s, "a/b/c", []byte("below"))
	for _, key := range []string{"a", "a/b"} {
		if _, err := s.Stat(t.Context(), key); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("Stat of the folder %s: %v", key, err)
		}
		wantError(t, "Delete of a folder", s.Delete(t.Context(), key, ""), storage.ErrNotFound)
		if _, err := s.Put(t.Context(), key, bytes.NewReader(nil), storage.PutOptions{}); err != nil {
			wantError(t, "Put on a folder", err, storage.ErrInvalid)
		} else if err := s.Delete(t.Context(), key, ""); err != nil {
			t.Fatal(err)
		}
	}
	want(t, s, "a/b/c", []byte("below"))
	if err := s.Delete(t.Context(), "a/b/c", ""); err != nil {
		t.Fatal(err)
	}
	put(t, s, "a", []byte("again"))
	wantKeys(t, s, "a")
}
