package storagetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

// listed are keys whose byte order is not the order of their folders:
// "-" and "." sort before "/", digits and letters behind it.
var listed = []string{
	"a-b", "a.json", "a/b", "a/b-c/d", "a/b.c", "a0", "ab/c", "ab/d/e", "b",
	"documents/0.json", "documents/01.json", "documents/1.json", "documents.json",
}

func testList(t *testing.T, s storage.Store) {
	wantKeys(t, s)
	for _, i := range rand.Perm(len(listed)) {
		put(t, s, listed[i], []byte(listed[i]))
	}
	listed := slices.Sorted(slices.Values(listed))
	for _, prefix := range []string{"", "a", "a/", "a/b", "a/b.", "ab", "b", "b/", "documents", "documents/", "documents/0", "documents/0.json", "documents/0.json/", "x", "a/b/c/"} {
		for _, after := range append([]string{"", "0", "a/", "a/b/z", "ab/d/e0", "documents/00", "zzz"}, listed...) {
			want := []string{}
			for _, key := range listed {
				if strings.HasPrefix(key, prefix) && key > after {
					want = append(want, key)
				}
			}
			if diff := cmp.Diff(want, keys(t, s, prefix, after)); diff != "" {
				t.Errorf("List %q after %q (-want +got):\n%s", prefix, after, diff)
			}
		}
	}
	for obj, err := range s.List(t.Context(), "a", "") {
		if err != nil || obj.Size != int64(len(obj.Key)) {
			t.Errorf("listed %+v, %v", obj, err)
		}
		if stat, err := s.Stat(t.Context(), obj.Key); err != nil || stat != obj {
			t.Errorf("listed %+v, Stat %+v, %v", obj, stat, err)
		}
	}
}

// testListInPages stops after every second key and goes on behind it, as a
// caller that shows pages does.
func testListInPages(t *testing.T, s storage.Store) {
	all := []string{}
	for i := range 25 {
		all = append(all, fmt.Sprintf("%d/%d", i%3, i))
		put(t, s, all[i], nil)
	}
	slices.Sort(all)
	got, after := []string{}, ""
	for more := true; more; {
		more = false
		for obj, err := range s.List(t.Context(), "", after) {
			if err != nil {
				t.Fatal(err)
			}
			got, after = append(got, obj.Key), obj.Key
			if more = len(got)%2 == 0; more {
				break
			}
		}
	}
	if diff := cmp.Diff(all, got); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
}

func testDeleteWhileListing(t *testing.T, s storage.Store) {
	const count = 60
	for i := range count {
		put(t, s, fmt.Sprintf("d/%02d/x", i), nil)
	}
	var seen int
	for obj, err := range s.List(t.Context(), "d/", "") {
		if err != nil {
			t.Fatal(err)
		}
		seen++
		if err := s.Delete(t.Context(), obj.Key, obj.ETag); err != nil {
			t.Fatal(err)
		}
	}
	if seen != count {
		t.Errorf("saw %d of %d objects", seen, count)
	}
	wantKeys(t, s)

	for i := range count {
		put(t, s, fmt.Sprintf("d/%02d", i), nil)
	}
	for obj, err := range s.List(t.Context(), "d/", "") {
		if err != nil {
			t.Fatalf("an object that was deleted before its turn: %v", err)
		}
		if obj.Key == "d/00" {
			for i := range count {
				if err := s.Delete(t.Context(), fmt.Sprintf("d/%02d", i), ""); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	wantKeys(t, s)
}

// testListWhileWriting: objects that are there throughout are listed, once
// and in order, whatever is replaced, created and deleted beside them.
func testListWhileWriting(t *testing.T, s storage.Store) {
	const count = 40
	for i := range count {
		put(t, s, fmt.Sprintf("w/stays-%02d", i), []byte("0"))
	}
	ctx, stop := context.WithCancel(t.Context())
	var writers sync.WaitGroup
	for w := range 3 {
		writers.Go(func() {
			for i := 0; ctx.Err() == nil && !t.Failed(); i++ {
				comes := fmt.Sprintf("w/comes-%d/%d", w, i)
				for _, key := range []string{fmt.Sprintf("w/stays-%02d", (i*7+w*13)%count), comes} {
					if _, err := s.Put(t.Context(), key, strings.NewReader(key), storage.PutOptions{}); err != nil {
						t.Error(err)
					}
				}
				if err := s.Delete(t.Context(), comes, ""); err != nil {
					t.Error(err)
				}
			}
		})
	}
	defer writers.Wait()
	defer stop()
	for range 20 {
		found := keys(t, s, "w/", "")
		if !slices.IsSorted(found) || len(slices.Compact(slices.Clone(found))) != len(found) {
			t.Errorf("not in order, or twice: %q", found)
		}
		stays := slices.DeleteFunc(found, func(key string) bool { return !strings.HasPrefix(key, "w/stays-") })
		if len(stays) != count {
			t.Errorf("listed %d of %d: %q", len(stays), count, stays)
		}
	}
}
