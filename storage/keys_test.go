package storage_test

import (
	"errors"
	"strings"
	"testing"

	"vankien/storage"
)

func TestNewID(t *testing.T) {
	for hash, want := range map[string]storage.ID{
		strings.Repeat("0", 64):                                            "00000000000000000000",
		strings.Repeat("f", 64):                                            "zzzzzzzzzzzzzzzzzzzz",
		"08" + strings.Repeat("0", 62):                                     "10000000000000000000",
		strings.Repeat("0", 24) + "1" + strings.Repeat("0", 39):            "00000000000000000001",
		strings.Repeat("0", 25) + "1" + strings.Repeat("0", 38):            "00000000000000000000", // bit 101 and on do not count
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855": "werc8gmrzge196qvyk49",
	} {
		id, err := storage.NewID(hash)
		if err != nil || id != want {
			t.Errorf("NewID(%s) = %q, %v; want %q", hash, id, err, want)
		}
		if parsed, err := storage.ParseID(string(id)); err != nil || parsed != id {
			t.Errorf("ParseID(%q) = %q, %v", id, parsed, err)
		}
	}
}

func TestWhatIsNoHashAndNoID(t *testing.T) {
	good := strings.Repeat("a", 64)
	for _, bad := range []string{"", "abc", good[1:], good + "a", strings.ToUpper(good), good[1:] + "g", good[1:] + "/", good[2:] + "à", " " + good[1:], good[1:] + "\n"} {
		if _, err := storage.NewID(bad); !errors.Is(err, storage.ErrInvalid) {
			t.Errorf("NewID(%q): %v", bad, err)
		}
	}
	for _, bad := range []string{"", "0", strings.Repeat("0", 19), strings.Repeat("0", 21), strings.Repeat("A", 20), strings.Repeat("0", 19) + "o",
		strings.Repeat("0", 19) + "i", strings.Repeat("0", 19) + "l", strings.Repeat("0", 19) + "u", "../" + strings.Repeat("0", 17), strings.Repeat("0", 18) + "đ"} {
		if _, err := storage.ParseID(bad); !errors.Is(err, storage.ErrInvalid) {
			t.Errorf("ParseID(%q): %v", bad, err)
		}
	}
}

func FuzzParseID(f *testing.F) {
	for _, seed := range []string{"", "werc8gmrzge196qvyk49", "../../../../../../..", "ILOU", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := storage.ParseID(s)
		if err != nil && !errors.Is(err, storage.ErrInvalid) {
			t.Fatal(err)
		}
		if err == nil && (string(id) != s || storage.CheckKey("documents/"+s+".json") != nil) {
			t.Fatalf("%q is read as %q", s, id)
		}
	})
}

func FuzzCheckKey(f *testing.F) {
	for _, seed := range []string{"", "a/b", "../x", "a//b", ".tmp", "A", "a\x00b", strings.Repeat("a", 513)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, key string) {
		if storage.CheckKey(key) != nil {
			return
		}
		if len(key) > 512 || strings.ToLower(key) != key || strings.Contains("/"+key, "/.") || strings.ContainsAny(key, "\\ \x00%") {
			t.Fatalf("%q was accepted", key)
		}
		for i := range len(key) + 1 {
			if err := storage.CheckPrefix(key[:i]); err != nil {
				t.Fatalf("the prefix %q of the key %q: %v", key[:i], key, err)
			}
		}
	})
}
