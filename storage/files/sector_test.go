package files_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"vankien/storage"
	"vankien/storage/files"
)

// A bad sector is the loss of one object: listings go on behind it, and only
// who wants its bytes is refused.
func TestBadSector(t *testing.T) {
	s := open(t, t.TempDir())
	etags := map[string]bool{}
	for _, key := range []string{"a", "b", "c"} {
		obj, err := s.Put(t.Context(), key, strings.NewReader("content of "+key), storage.PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		etags[obj.ETag] = true
	}
	files.BadSector(t, "/b")
	var keys []string
	for obj, err := range s.List(t.Context(), "", "") {
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, obj.Key)
		if obj.Size != int64(len("content of a")) || etags[obj.ETag] != (obj.Key != "b") || obj.ETag == "" {
			t.Errorf("%+v", obj)
		}
	}
	if !slices.Equal(keys, []string{"a", "b", "c"}) {
		t.Errorf("listed %q", keys)
	}
	if _, _, err := read(s, "b"); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("read: %v", err)
	}
}
