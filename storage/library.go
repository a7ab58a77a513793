package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Library is the typed library on top of a Store: originals, texts, documents
// with their history, tokens and the audit trail. It keeps nothing in memory,
// so any number of Libraries, in any number of processes, may share a store.
// Its methods return the store's errors, wrapped; ErrInvalid for an ID, hash
// or value that cannot be one, before the store is asked; and ErrDamaged where
// what is stored cannot be read.
type Library struct{ store Store }

// NewLibrary is the library in s.
func NewLibrary(s Store) *Library { return &Library{store: s} }

// Ping asks the store for something small, so that an outage is known before
// somebody meets it.
func (l *Library) Ping(ctx context.Context) error {
	_, err := l.store.Stat(ctx, TokensPrefix+"none")
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// maxRecord bounds the JSON of a record: far above a document of a hundred
// edits, far below what would hurt.
const maxRecord = 16 << 20

// read reads a small object whole.
func (l *Library) read(ctx context.Context, key string, limit int64) ([]byte, Object, error) {
	body, obj, err := l.store.Get(ctx, key, Range{})
	if err != nil {
		return nil, obj, fmt.Errorf("read %s: %w", key, err)
	}
	if obj.Size > limit {
		err = errors.Join(fmt.Errorf("%s has %d bytes, at most %d were ever written: %w", key, obj.Size, limit, ErrDamaged), body.Close())
		return nil, obj, err
	}
	data := make([]byte, obj.Size)
	_, err = io.ReadFull(body, data)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	if err = errors.Join(err, body.Close()); err != nil {
		return nil, obj, fmt.Errorf("read %s: %w", key, err)
	}
	return data, obj, nil
}

// write stores a small object, with its length and hash for the store to check.
func (l *Library) write(ctx context.Context, key string, data []byte, opt PutOptions) (Object, error) {
	sum := sha256.Sum256(data)
	opt.Size, opt.SHA256 = int64(len(data)), hex.EncodeToString(sum[:])
	return l.store.Put(ctx, key, bytes.NewReader(data), opt)
}

// decodeSealed reads stored JSON whose checksum has to hold.
func decodeSealed(key string, data []byte, into any) error {
	if !Sealed(data) {
		return fmt.Errorf("%s: the checksum does not hold: %w", key, ErrDamaged)
	}
	return decode(key, data, into)
}

// decode reads stored JSON.
func decode(key string, data []byte, into any) error {
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w: %w", key, ErrDamaged, err)
	}
	return nil
}
