package storagetest

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"vankien/storage"
)

func testConditions(t *testing.T, s storage.Store) {
	const key = "documents/c.json"
	attempt := func(data string, opt storage.PutOptions) error {
		_, err := s.Put(t.Context(), key, bytes.NewReader([]byte(data)), opt)
		return err
	}
	wantError(t, "IfMatch on nothing", attempt("x", storage.PutOptions{IfMatch: "0123"}), storage.ErrConflict)
	wantKeys(t, s)
	if err := attempt("one", storage.PutOptions{IfNoneMatch: true}); err != nil {
		t.Fatalf("IfNoneMatch on nothing: %v", err)
	}
	one := want(t, s, key, []byte("one"))
	wantError(t, "IfNoneMatch on an object", attempt("two", storage.PutOptions{IfNoneMatch: true}), storage.ErrConflict)
	wantError(t, "IfNoneMatch with the same bytes", attempt("one", storage.PutOptions{IfNoneMatch: true}), storage.ErrConflict)
	wantError(t, "IfMatch with another ETag", attempt("two", storage.PutOptions{IfMatch: "0123"}), storage.ErrConflict)
	wantError(t, "IfMatch with a star", attempt("two", storage.PutOptions{IfMatch: "*"}), storage.ErrConflict)
	want(t, s, key, []byte("one"))
	if err := attempt("two", storage.PutOptions{IfMatch: one.ETag}); err != nil {
		t.Fatalf("IfMatch with the ETag: %v", err)
	}
	two := want(t, s, key, []byte("two"))
	wantError(t, "IfMatch with the ETag before", attempt("three", storage.PutOptions{IfMatch: one.ETag}), storage.ErrConflict)
	wantError(t, "Delete by the ETag before", s.Delete(t.Context(), key, one.ETag), storage.ErrConflict)
	want(t, s, key, []byte("two"))
	if err := s.Delete(t.Context(), key, two.ETag); err != nil {
		t.Fatalf("Delete by the ETag: %v", err)
	}
	wantError(t, "IfMatch on a deleted object", attempt("x", storage.PutOptions{IfMatch: two.ETag}), storage.ErrConflict)
	if err := attempt("four", storage.PutOptions{IfNoneMatch: true}); err != nil {
		t.Fatalf("IfNoneMatch after Delete: %v", err)
	}
	want(t, s, key, []byte("four"))
}

func testContradictoryOptions(t *testing.T, s storage.Store) {
	for _, opt := range []storage.PutOptions{
		{IfMatch: "x", IfNoneMatch: true},
		{SHA256: "abc"},
		{SHA256: "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"},
	} {
		_, err := s.Put(t.Context(), "k", bytes.NewReader(nil), opt)
		wantError(t, fmt.Sprintf("Put with %+v", opt), err, storage.ErrInvalid)
	}
	wantKeys(t, s)
}

const racers = 16

// race runs attempt in racers goroutines at once and returns which of them
// succeeded; every other must fail with loss.
func race(t *testing.T, loss error, attempt func(racer int) error) (winners []int) {
	t.Helper()
	var lock sync.Mutex
	var all sync.WaitGroup
	start := make(chan struct{})
	for racer := range racers {
		all.Go(func() {
			<-start
			switch err := attempt(racer); {
			case err == nil:
				lock.Lock()
				winners = append(winners, racer)
				lock.Unlock()
			case !errors.Is(err, loss):
				t.Errorf("racer %d: error %v, want %v", racer, err, loss)
			}
		})
	}
	close(start)
	all.Wait()
	if len(winners) != 1 {
		t.Fatalf("%d racers won: %v", len(winners), winners)
	}
	return winners
}

func racerData(round, racer int) []byte {
	return fmt.Appendf(nil, "round %03d racer %03d", round, racer)
}

func testRaceToCreate(t *testing.T, s storage.Store) {
	for round := range 10 {
		key := fmt.Sprintf("race/%d", round)
		winners := race(t, storage.ErrConflict, func(racer int) error {
			_, err := s.Put(t.Context(), key, bytes.NewReader(racerData(round, racer)), storage.PutOptions{IfNoneMatch: true})
			return err
		})
		want(t, s, key, racerData(round, winners[0]))
	}
}

func testRaceToReplace(t *testing.T, s storage.Store) {
	old := put(t, s, "race", []byte("start"))
	for round := range 10 {
		winners := race(t, storage.ErrConflict, func(racer int) error {
			_, err := s.Put(t.Context(), "race", bytes.NewReader(racerData(round, racer)), storage.PutOptions{IfMatch: old.ETag})
			return err
		})
		old = want(t, s, "race", racerData(round, winners[0]))
	}
}

func testRaceToDelete(t *testing.T, s storage.Store) {
	for round := range 10 {
		obj := put(t, s, "race", racerData(round, 0))
		race(t, storage.ErrNotFound, func(racer int) error {
			err := s.Delete(t.Context(), "race", obj.ETag)
			if errors.Is(err, storage.ErrConflict) { // lost while the winner was at it
				err = storage.ErrNotFound
			}
			return err
		})
		wantKeys(t, s)
	}
}

// testCounter increments a number by read and conditional write from many
// goroutines: no increment may be lost, and none counted twice.
func testCounter(t *testing.T, s storage.Store) {
	const each = 5
	put(t, s, "counter", []byte("0"))
	var all sync.WaitGroup
	var conflicts atomic.Int64
	for range racers {
		all.Go(func() {
			for done := 0; done < each && !t.Failed(); {
				switch err := increment(t, s, "counter"); {
				case err == nil:
					done++
				case errors.Is(err, storage.ErrConflict):
					conflicts.Add(1)
				default:
					t.Errorf("increment: %v", err)
				}
			}
		})
	}
	all.Wait()
	want(t, s, "counter", strconv.AppendInt(nil, racers*each, 10))
	t.Logf("%d increments, %d conflicts", racers*each, conflicts.Load())
}

func increment(t *testing.T, s storage.Store, key string) error {
	data, obj, err := get(t.Context(), s, key, storage.Range{})
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(string(data))
	if err != nil {
		return err
	}
	_, err = s.Put(t.Context(), key, bytes.NewReader(strconv.AppendInt(nil, int64(n+1), 10)), storage.PutOptions{IfMatch: obj.ETag})
	return err
}

// testETags: bytes that differ never share an ETag, however fast they follow
// each other and although they are of one size.
func testETags(t *testing.T, s storage.Store) {
	for _, size := range []int{1, 100, 1<<20 + 1, large} {
		a, b, c := noise(3, size), noise(4, size), noise(5, size)
		key := fmt.Sprintf("etag/%d", size)
		for range 3 {
			first, second := put(t, s, key, a), put(t, s, key, b)
			third, fourth := put(t, s, key, c), put(t, s, key, a)
			if first.ETag == second.ETag || first.ETag == third.ETag || second.ETag == third.ETag || third.ETag == fourth.ETag {
				t.Errorf("%d bytes: A, B, C, A have the ETags %s, %s, %s, %s", size, first.ETag, second.ETag, third.ETag, fourth.ETag)
			}
			_, err := s.Put(t.Context(), key, bytes.NewReader(b), storage.PutOptions{IfMatch: second.ETag})
			wantError(t, "IfMatch with the ETag of what was replaced", err, storage.ErrConflict)
		}
	}
}
