package storagetest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"vankien/storage"
)

// hostile are keys that would be something else somewhere: a path out of the
// folder, a hidden file, one file for two keys, an escaped URL.
var hostile = []string{
	"../x", "/x", "x/", "a//b", "a/../b", "a/./b", "..", ".", ".hidden", "a/.hidden", ".tmp/x", ".locks/00", "A", "documents/A.json",
	"a\x00b", "\x00", `a\b`, `..\x`, "a b", "a+b", "a%2fb", "a?b", "a#b", "a:b", "a*", "a~", "\n", "\x7f", "tài-liệu", "ａ", "\xff\xfe",
	strings.Repeat("a", 600), strings.Repeat("a/", 300) + "a", strings.Repeat("a", 201), "a/" + strings.Repeat("b", 201) + "/c",
}

func testHostileKeys(t *testing.T, s storage.Store) {
	put(t, s, "a/b", []byte("there"))
	for _, key := range append([]string{""}, hostile...) {
		name := fmt.Sprintf("%.40q", key)
		_, err := s.Put(t.Context(), key, bytes.NewReader([]byte("x")), storage.PutOptions{})
		wantError(t, "Put "+name, err, storage.ErrInvalid)
		body, _, err := s.Get(t.Context(), key, storage.Range{})
		wantError(t, "Get "+name, err, storage.ErrInvalid)
		if err == nil {
			body.Close()
		}
		_, err = s.Stat(t.Context(), key)
		wantError(t, "Stat "+name, err, storage.ErrInvalid)
		wantError(t, "Delete "+name, s.Delete(t.Context(), key, ""), storage.ErrInvalid)
		wantError(t, "Delete by ETag "+name, s.Delete(t.Context(), key, "x"), storage.ErrInvalid)
	}
	wantKeys(t, s, "a/b")
}

func testHostilePrefixes(t *testing.T, s storage.Store) {
	put(t, s, "a/b", []byte("there"))
	for _, prefix := range hostile {
		if prefix == "x/" { // the folder x: a good prefix
			continue
		}
		for what, list := range map[string][2]string{"prefix": {prefix, ""}, "after": {"", prefix}} {
			var yielded int
			for obj, err := range s.List(t.Context(), list[0], list[1]) {
				yielded++
				wantError(t, fmt.Sprintf("List with %s %.40q (%s)", what, prefix, obj.Key), err, storage.ErrInvalid)
			}
			if yielded != 1 {
				t.Errorf("List with %s %.40q yielded %d times, want one error", what, prefix, yielded)
			}
		}
	}
}

// testGoodKeys: everything that CheckKey accepts is a key of its own.
func testGoodKeys(t *testing.T, s storage.Store) {
	longest := strings.Repeat(strings.Repeat("k", 200)+"/", 2) + strings.Repeat("k", 110)
	good := []string{
		"0", "a", "a-b", "a.b", "a..", "a_b", "a@b", "-", "_", "@", "con", "nul.json", "lost", "documents/0123456789abcdefghjk.json",
		"texts/x/v1.json.zst", "audit/2026/01/02/01ar.json", "1/2/3/4/5/6/7/8/9/10", longest, strings.Repeat("s", 200),
	}
	for _, key := range good {
		put(t, s, key, []byte(key))
	}
	for _, key := range good {
		want(t, s, key, []byte(key))
	}
	slices.Sort(good)
	wantKeys(t, s, good...)
	for _, key := range good {
		if err := s.Delete(t.Context(), key, ""); err != nil {
			t.Errorf("Delete %.40q: %v", key, err)
		}
	}
	wantKeys(t, s)
}
