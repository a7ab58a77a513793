package storage

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"time"
)

// CreateDocument stores a new document and returns it as stored: revision 1,
// created now, its history begun by by with action. Its ID is that of
// doc.Original.SHA256 and may be left out. ErrConflict where the library has
// the document, ErrInvalid where ID and hash do not belong together or by or
// action is empty.
func (l *Library) CreateDocument(ctx context.Context, doc Document, by, action string) (Record, error) {
	id, err := NewID(doc.Original.SHA256)
	if err != nil {
		return Record{}, err
	}
	if doc.ID != "" && doc.ID != id {
		return Record{}, fmt.Errorf("document %s has the original of %s: %w", doc.ID, id, ErrInvalid)
	}
	doc.ID, doc.Revision, doc.Created = id, 0, now()
	rec := Record{Document: doc}
	if err := rec.append(nil, doc.Created, by, action); err != nil {
		return Record{}, err
	}
	return l.writeRecord(ctx, rec, PutOptions{IfNoneMatch: true})
}

// Document is a document with its history, ErrNotFound where there is none.
func (l *Library) Document(ctx context.Context, id ID) (Record, error) {
	rec, _, err := l.record(ctx, id)
	return rec, err
}

// Documents yields all documents in the order of their IDs, reading ahead. A
// record that cannot be read is yielded as its error, with a Record that has
// nothing but its ID, and the loop may go on; an error without an ID ends it.
func (l *Library) Documents(ctx context.Context) iter.Seq2[Record, error] {
	return readAhead(ctx, l.store, DocumentsPrefix, func(ctx context.Context, key string) (Record, error) {
		name := strings.TrimSuffix(strings.TrimPrefix(key, DocumentsPrefix), ".json")
		id, err := ParseID(name)
		if err != nil || key != DocumentsPrefix+name+".json" {
			return Record{Document: Document{ID: ID(name)}}, fmt.Errorf("%s is not the key of a document: %w", key, ErrDamaged)
		}
		rec, err := l.Document(ctx, id)
		if err != nil {
			rec = Record{Document: Document{ID: id}}
		}
		return rec, err
	})
}

// UpdateDocument applies change to the document and stores the outcome as its
// next revision, with an entry in its history. Where somebody else stores a
// revision meanwhile, change is applied again to theirs, a bounded number of
// times (then ErrConflict): it must do nothing but change the document it is
// given. A change that changes nothing stores nothing and returns the record
// as it is; an error of change is returned as it is. ID, hash, revision and
// times of creation and update are not change's to alter.
func (l *Library) UpdateDocument(ctx context.Context, id ID, by, action string, change func(*Document) error) (Record, error) {
	return l.UpdateRecord(ctx, id, Version{}, by, action, func(_ Record, doc *Document) error { return change(doc) })
}

// UpdateRecord is UpdateDocument on the condition that ifVersion still names
// the document, else ErrConflict, and with a change that sees the present
// record, which it must not alter, beside the document.
func (l *Library) UpdateRecord(ctx context.Context, id ID, ifVersion Version, by, action string, change func(present Record, doc *Document) error) (Record, error) {
	for try := range updateTries {
		rec, obj, err := l.record(ctx, id)
		if err != nil {
			return Record{}, err
		}
		if err := rec.checkVersion(ifVersion); err != nil {
			return Record{}, err
		}
		next, err := rec.changed(by, action, change)
		if err != nil {
			return Record{}, err
		}
		if next.Revision == rec.Revision {
			return rec, nil
		}
		stored, err := l.writeRecord(ctx, next, PutOptions{IfMatch: obj.ETag})
		if !errors.Is(err, ErrConflict) {
			return stored, err
		}
		if err := pause(ctx, try); err != nil {
			return Record{}, err
		}
	}
	return Record{}, fmt.Errorf("document %s changed %d times while it was being updated: %w", id, updateTries, ErrConflict)
}

// updateTries is enough for some twenty writers of one document at once.
const updateTries = 20

// pause waits a random while, longer with each try and 100 ms at the most, so
// that writers of one document come apart.
func pause(ctx context.Context, try int) error {
	longest := min(time.Millisecond<<min(try, 10), 100*time.Millisecond)
	select {
	case <-time.After(rand.N(longest)):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// DeleteDocument removes the record of a document that ifVersion names (else
// ErrConflict), with its history. It is the last step of a purge; what people
// call deleting is a mark in the record.
func (l *Library) DeleteDocument(ctx context.Context, id ID, ifVersion Version) error {
	rec, obj, err := l.record(ctx, id)
	if err != nil {
		return err
	}
	if err := rec.checkVersion(ifVersion); err != nil {
		return err
	}
	return l.store.Delete(ctx, obj.Key, obj.ETag)
}

func (l *Library) record(ctx context.Context, id ID) (Record, Object, error) {
	key, err := documentKey(id)
	if err != nil {
		return Record{}, Object{}, err
	}
	data, obj, err := l.read(ctx, key, maxRecord)
	if err != nil {
		return Record{}, obj, err
	}
	rec, err := ReadRecord(data)
	if err == nil && rec.ID != id {
		err = fmt.Errorf("holds document %q: %w", rec.ID, ErrDamaged)
	}
	if err != nil {
		return Record{}, obj, fmt.Errorf("%s: %w", key, err)
	}
	return rec, obj, nil
}

// writeRecord returns the record as a reader of the store would see it: the
// caller's slices and maps are not in it.
func (l *Library) writeRecord(ctx context.Context, rec Record, opt PutOptions) (Record, error) {
	key, err := documentKey(rec.ID)
	if err != nil {
		return Record{}, err
	}
	data, err := SealRecord(rec)
	if err != nil {
		return Record{}, fmt.Errorf("%s: %w: %w", key, ErrInvalid, err)
	}
	if len(data) > maxRecord {
		return Record{}, fmt.Errorf("%s: record of %d bytes: %w", key, len(data), ErrTooLarge)
	}
	if _, err := l.write(ctx, key, data, opt); err != nil {
		return Record{}, err
	}
	return ReadRecord(data)
}

// now is the time as records keep it.
func now() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }
