package storagetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"sync"
	"testing"

	"vankien/storage"
)

func testRanges(t *testing.T, s storage.Store) {
	whole := put(t, s, "k", []byte("0123456789"))
	for _, test := range []struct {
		rng  storage.Range
		want string
		err  error
	}{
		{storage.Range{}, "0123456789", nil},
		{storage.Range{Length: 3}, "012", nil},
		{storage.Range{Length: 10}, "0123456789", nil},
		{storage.Range{Length: 11}, "0123456789", nil},
		{storage.Range{Offset: 4}, "456789", nil},
		{storage.Range{Offset: 4, Length: 2}, "45", nil},
		{storage.Range{Offset: 9}, "9", nil},
		{storage.Range{Offset: 9, Length: 1}, "9", nil},
		{storage.Range{Offset: 8, Length: 100}, "89", nil},
		{storage.Range{Offset: 8, Length: math.MaxInt64}, "89", nil},
		{storage.Range{Offset: 10}, "", storage.ErrInvalid},
		{storage.Range{Offset: 10, Length: 1}, "", storage.ErrInvalid},
		{storage.Range{Offset: 11}, "", storage.ErrInvalid},
		{storage.Range{Offset: math.MaxInt64, Length: 1}, "", storage.ErrInvalid},
		{storage.Range{Offset: -1}, "", storage.ErrInvalid},
		{storage.Range{Offset: 1, Length: -1}, "", storage.ErrInvalid},
		{storage.Range{Offset: math.MinInt64, Length: math.MinInt64}, "", storage.ErrInvalid},
	} {
		got, obj, err := get(t.Context(), s, "k", test.rng)
		if !errors.Is(err, test.err) || string(got) != test.want {
			t.Errorf("%+v: %q, %v; want %q, %v", test.rng, got, err, test.want, test.err)
		}
		if err == nil && obj != whole {
			t.Errorf("%+v: described as %+v, the whole is %+v", test.rng, obj, whole)
		}
	}
	_, _, err := get(t.Context(), s, "missing", storage.Range{Offset: 5})
	wantError(t, "a range of nothing", err, storage.ErrNotFound)
}

func testRangesOfLargeObjects(t *testing.T, s storage.Store) {
	data := noise(7, large)
	put(t, s, "k", data)
	for _, rng := range []storage.Range{
		{Offset: large - 1}, {Offset: 1<<20 - 1, Length: 2}, {Offset: 5 << 20, Length: 3 << 20}, {Offset: 3, Length: 4 << 20},
	} {
		got, _, err := get(t.Context(), s, "k", rng)
		end := int64(large)
		if rng.Length > 0 {
			end = min(end, rng.Offset+rng.Length)
		}
		if err != nil || !bytes.Equal(got, data[rng.Offset:end]) {
			t.Errorf("%+v: %d bytes, %v; want %d", rng, len(got), err, end-rng.Offset)
		}
	}
	_, _, err := get(t.Context(), s, "k", storage.Range{Offset: large})
	wantError(t, "a range behind the end", err, storage.ErrInvalid)
}

// testReaderOutlivesItsObject: a reader that is open while its object is
// replaced or deleted reads the old bytes on, or fails; it never mixes.
func testReaderOutlivesItsObject(t *testing.T, s storage.Store) {
	for _, size := range []int{1000, large} {
		for name, disturb := range map[string]func(key string) error{
			"replaced": func(key string) error {
				_, err := s.Put(t.Context(), key, bytes.NewReader(noise(9, size)), storage.PutOptions{})
				return err
			},
			"deleted": func(key string) error { return s.Delete(t.Context(), key, "") },
		} {
			old := noise(8, size)
			key := fmt.Sprintf("%s/%d", name, size)
			put(t, s, key, old)
			body, _, err := s.Get(t.Context(), key, storage.Range{})
			if err != nil {
				t.Fatal(err)
			}
			start := make([]byte, size/2)
			if _, err := io.ReadFull(body, start); err != nil {
				t.Fatalf("%s: %v", key, err)
			}
			if err := disturb(key); err != nil {
				t.Fatal(err)
			}
			rest, err := io.ReadAll(body)
			if closing := body.Close(); closing != nil {
				t.Errorf("%s: Close: %v", key, closing)
			}
			got := append(start, rest...)
			if !bytes.HasPrefix(old, got) || err == nil && len(got) != size {
				t.Errorf("%s: the reader ended after %d bytes with %v; a mixture: %t", key, len(got), err, !bytes.HasPrefix(old, got))
			}
		}
	}
}

// testNoMixtures reads while two contents of different sizes replace each
// other: every read is one of them, whole, with its own size and ETag.
func testNoMixtures(t *testing.T, s storage.Store) {
	contents := map[string][]byte{}
	for i, size := range []int{2 << 20, 50_000} {
		data := noise(uint64(10+i), size)
		contents[put(t, s, "k", data).ETag] = data
	}
	ctx, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	defer all.Wait()
	defer stop()
	for range 4 {
		all.Go(func() {
			for ctx.Err() == nil {
				got, obj, err := get(t.Context(), s, "k", storage.Range{})
				if err != nil || obj.Size != int64(len(got)) || hash(got) != hash(noise(10, 2<<20)) && hash(got) != hash(noise(11, 50_000)) {
					t.Errorf("read %d bytes of an object of %d: %v", len(got), obj.Size, err)
					return
				}
				if known, ok := contents[obj.ETag]; ok && !bytes.Equal(known, got) {
					t.Errorf("ETag %s came with other bytes", obj.ETag)
					return
				}
			}
		})
	}
	for i := range 20 {
		put(t, s, "k", noise(uint64(10+i%2), []int{2 << 20, 50_000}[i%2]))
	}
}
