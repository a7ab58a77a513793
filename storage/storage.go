// Package storage is the vocabulary of the library and the contract of the
// store that keeps it.
//
// The vocabulary (Document, Page, Facts, states, roles, errors) is what every
// other package speaks; it imports nothing of this module. The Store contract
// is what a directory or an S3 bucket must offer; Library is the typed library
// on top of it. The store is the truth: an index can be rebuilt from it at any
// time, never the other way round.
package storage

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"
)

// Store keeps objects under keys. It is the one contract between the library
// and whatever holds its bytes; storagetest.Run is its definition in tests.
//
// A key is a slash-separated path of segments that CheckKey accepts; every
// method answers ErrInvalid for any other. No key may be the folder of
// another ("a" beside "a/b"): a backend may answer ErrInvalid to such a Put.
// All methods are safe for concurrent use, by goroutines and by processes,
// and honour the context. An outage of the backend is ErrUnavailable, a full
// disk or quota ErrNoSpace.
type Store interface {
	// Put stores the whole of body under key, or nothing: a reader sees the
	// old object or the new one, and once Put has returned the object survives
	// a crash. A failed condition is ErrConflict, IfMatch where there is no
	// object included; a body whose length or hash is not what the options
	// announced is ErrInvalid; an error of body is wrapped as it is. The
	// returned Object describes what was stored. After ErrUnavailable the
	// object may have been stored all the same.
	Put(ctx context.Context, key string, body io.Reader, opt PutOptions) (Object, error)
	// Get opens the object, or the range of it that rng names; the caller
	// closes the reader. It reads one version of the object to its end or
	// fails, whatever is put or deleted meanwhile. The Object describes the
	// whole, not the range. ErrNotFound where there is none, ErrInvalid where
	// the range is negative or no byte stands at its offset (offset 0 of an
	// empty object is good); a range that runs over the end is cut there.
	Get(ctx context.Context, key string, rng Range) (io.ReadCloser, Object, error)
	// Stat describes the object without reading it. ErrNotFound where there is none.
	Stat(ctx context.Context, key string) (Object, error)
	// List yields the objects whose key begins with prefix (a string prefix,
	// not a folder), in ascending byte order of keys, beginning behind the key
	// after ("" from the first). It sees every object that existed throughout
	// the listing; ones written or deleted meanwhile may be missing or present.
	// The first error ends it. ErrInvalid where CheckPrefix refuses prefix or after.
	List(ctx context.Context, prefix, after string) iter.Seq2[Object, error]
	// Delete removes the object. With a non-empty ifMatch it does so only if
	// the object still has that ETag (else ErrConflict). ErrNotFound where there is none.
	Delete(ctx context.Context, key, ifMatch string) error
}

// Object describes a stored object.
type Object struct {
	Key      string
	Size     int64     // bytes
	ETag     string    // opaque; differs whenever the bytes differ
	Modified time.Time // when it was stored, UTC
}

// PutOptions are the conditions and promises of a Put. The zero value
// overwrites whatever stands there. Both conditions at once are ErrInvalid.
type PutOptions struct {
	IfMatch     string // store only if the present object has this ETag
	IfNoneMatch bool   // store only if there is no object yet
	Size        int64  // the body's length where known, else -1 or 0
	SHA256      string // lower-case hex of the body's hash where known; checked on the way
}

// Range is a part of an object: Length bytes from Offset on, to the end where
// Length is 0. The zero value is the whole object.
type Range struct{ Offset, Length int64 }

const (
	maxKey     = 512
	maxSegment = 200
)

// CheckKey tells whether key may name an object: 1–512 bytes of segments of
// [a-z0-9._@-], 1–200 bytes each, separated by single slashes, none of them
// beginning with a dot. That is what S3, every file system (one that ignores
// case included) and a URL keep apart without escaping. It returns ErrInvalid, wrapped.
func CheckKey(key string) error {
	if key == "" || len(key) > maxKey {
		return fmt.Errorf("key of %d bytes: %w", len(key), ErrInvalid)
	}
	for segment := range strings.SplitSeq(key, "/") {
		if segment == "" || len(segment) > maxSegment || segment[0] == '.' {
			return fmt.Errorf("key %q: %w", key, ErrInvalid)
		}
		for i := range len(segment) {
			if c := segment[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && !strings.ContainsRune("._@-", rune(c)) {
				return fmt.Errorf("key %q: %w", key, ErrInvalid)
			}
		}
	}
	return nil
}

// CheckPrefix tells whether a key can begin with prefix (every key does with
// ""). It returns ErrInvalid, wrapped.
func CheckPrefix(prefix string) error {
	if prefix == "" || CheckKey(prefix) == nil || CheckKey(prefix+"0") == nil {
		return nil
	}
	return fmt.Errorf("prefix %.600q: %w", prefix, ErrInvalid)
}

// Check tells whether the options can be meant. It returns ErrInvalid, wrapped.
func (o PutOptions) Check() error {
	switch {
	case o.IfMatch != "" && o.IfNoneMatch:
		return fmt.Errorf("both If-Match and If-None-Match: %w", ErrInvalid)
	case o.SHA256 != "" && CheckSHA256(o.SHA256) != nil:
		return CheckSHA256(o.SHA256)
	}
	return nil
}
