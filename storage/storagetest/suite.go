// Package storagetest is the definition of storage.Store in tests: every
// backend passes Run.
package storagetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

// Run tests a backend. open returns a new, empty store, and cleans up after
// it with t.Cleanup; it is called many times.
func Run(t *testing.T, open func(t *testing.T) storage.Store) {
	for _, test := range []struct {
		name string
		run  func(t *testing.T, s storage.Store)
	}{
		{"Object", testObject},
		{"EmptyObject", testEmptyObject},
		{"LargeObject", testLargeObject},
		{"NoKeyIsAFolder", testNoKeyIsAFolder},
		{"HostileKeys", testHostileKeys},
		{"HostilePrefixes", testHostilePrefixes},
		{"GoodKeys", testGoodKeys},
		{"Conditions", testConditions},
		{"ContradictoryOptions", testContradictoryOptions},
		{"RaceToCreate", testRaceToCreate},
		{"RaceToReplace", testRaceToReplace},
		{"RaceToDelete", testRaceToDelete},
		{"Counter", testCounter},
		{"ETags", testETags},
		{"InterruptedBodies", testInterruptedBodies},
		{"EndedContext", testEndedContext},
		{"Ranges", testRanges},
		{"RangesOfLargeObjects", testRangesOfLargeObjects},
		{"ReaderOutlivesItsObject", testReaderOutlivesItsObject},
		{"NoMixtures", testNoMixtures},
		{"List", testList},
		{"ListInPages", testListInPages},
		{"DeleteWhileListing", testDeleteWhileListing},
		{"ListWhileWriting", testListWhileWriting},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open(t)) })
	}
}

// large is more than any backend treats as small.
const large = 6<<20 + 17

// noise is size bytes that no compression and no coincidence repeats.
func noise(seed uint64, size int) []byte {
	source := rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8), byte(seed >> 16), byte(seed >> 24)})
	data := make([]byte, size)
	source.Read(data)
	return data
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func put(t *testing.T, s storage.Store, key string, data []byte) storage.Object {
	t.Helper()
	obj, err := s.Put(t.Context(), key, bytes.NewReader(data), storage.PutOptions{})
	if err != nil {
		t.Fatalf("Put %s: %v", key, err)
	}
	return obj
}

// get reads an object whole; err is the first of Get, Read and Close.
func get(ctx context.Context, s storage.Store, key string, rng storage.Range) ([]byte, storage.Object, error) {
	body, obj, err := s.Get(ctx, key, rng)
	if err != nil {
		return nil, obj, err
	}
	data, err := io.ReadAll(body)
	return data, obj, errors.Join(err, body.Close())
}

// want fails unless key holds data and is described as it should be.
func want(t *testing.T, s storage.Store, key string, data []byte) storage.Object {
	t.Helper()
	got, obj, err := get(t.Context(), s, key, storage.Range{})
	if err != nil {
		t.Fatalf("Get %s: %v", key, err)
	}
	if !bytes.Equal(got, data) {
		t.Fatalf("Get %s: %d bytes (%s), want %d (%s)", key, len(got), hash(got)[:8], len(data), hash(data)[:8])
	}
	if obj.Key != key || obj.Size != int64(len(data)) || obj.ETag == "" || obj.Modified.IsZero() {
		t.Fatalf("Get %s: described as %+v", key, obj)
	}
	return obj
}

func wantError(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: error %v, want %v", what, err, want)
	}
}

// keys lists the keys; the listing must not fail.
func keys(t *testing.T, s storage.Store, prefix, after string) []string {
	t.Helper()
	found := []string{}
	for obj, err := range s.List(t.Context(), prefix, after) {
		if err != nil {
			t.Fatalf("List %q after %q: %v", prefix, after, err)
		}
		found = append(found, obj.Key)
	}
	return found
}

func wantKeys(t *testing.T, s storage.Store, want ...string) {
	t.Helper()
	if diff := cmp.Diff(append([]string{}, want...), keys(t, s, "", "")); diff != "" {
		t.Fatalf("keys in the store (-want +got):\n%s", diff)
	}
}
