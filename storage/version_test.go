package storage_test

import (
	"errors"
	"testing"
	"time"

	"vankien/storage"
)

func TestParseVersion(t *testing.T) {
	doc := storage.Document{Revision: 3, Created: time.UnixMilli(1_795_000_000_123).UTC(), Updated: time.UnixMilli(1_795_000_000_999)}
	again := doc
	again.Created = again.Created.Add(time.Hour) // purged, and taken in again
	for _, written := range []string{doc.Version().String(), "3"} {
		v, err := storage.ParseVersion(written)
		if err != nil || !v.Names(&doc) || v.String() != written {
			t.Errorf("%q: %+v, %v", written, v, err)
		}
		if v.Names(&again) != (written == "3") {
			t.Errorf("%q names the document that came after: %v", written, v.Names(&again))
		}
	}
	for _, bad := range []string{"", "0", "-1", "+3", "03", "3-", "3--1", "3-Z", "3-0a", "x", "3 ", "99999999999999999999", "3-zzzzzzzzzzzzzzzz"} {
		if v, err := storage.ParseVersion(bad); !errors.Is(err, storage.ErrInvalid) {
			t.Errorf("%q: %+v, %v", bad, v, err)
		}
	}
}

func TestVersionOrder(t *testing.T) {
	at := time.UnixMilli(1_795_000_000_123)
	order := []storage.Version{
		{}, {Created: at, Revision: 1}, {Created: at, Revision: 2, Updated: at}, {Created: at, Revision: 2, Updated: at.Add(time.Second)},
		{Created: at, Revision: 9}, {Created: at.Add(time.Hour), Revision: 1},
	}
	for i, v := range order {
		for j, w := range order {
			if v.Before(w) != (i < j) || v.Equal(w) != (i == j) {
				t.Errorf("%v and %v", v, w)
			}
		}
	}
}

func FuzzParseVersion(f *testing.F) {
	f.Add("3-mtc7v1k0")
	f.Fuzz(func(t *testing.T, s string) {
		if v, err := storage.ParseVersion(s); err == nil && v.String() != s {
			t.Errorf("%q is read as %s", s, v)
		}
	})
}
