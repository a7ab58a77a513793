package backup

import (
	"context"
	"errors"

	"vankien/storage"
)

// lookAgain looks at the records whose original or text the walk did not find,
// and at the originals whose record it did not: most were purged or taken in
// while it ran.
func (r *run) lookAgain(ctx context.Context) error {
	lost := make(map[string]storage.ID) // documents, by the key of what the store does not have of them
	for id, has := range r.documents {
		var err error
		switch {
		case has&hasRecord == 0 && has&hasOriginal != 0:
			var found bool
			if found, err = r.lateRecord(ctx, id); !found && !r.unread[recordKey(id)] {
				lost[recordKey(id)] = id
			}
		case has&hasRecord != 0 && has&(hasOriginal|hasText) != hasOriginal|hasText:
			var original string
			if original, err = r.purged(ctx, id); original != "" && has&hasOriginal == 0 && !r.unread[original] {
				lost[original] = id
			}
		}
		if err != nil {
			return err
		}
	}
	return r.lostObjects(ctx, lost)
}

// recordOf reads a record of the store; found is false where there is none that
// can be read.
func (r *run) recordOf(ctx context.Context, id storage.ID) (rec storage.Record, found bool, err error) {
	rec, err = storage.NewLibrary(r.store).Document(ctx, id)
	switch {
	case err == nil:
		return rec, true, nil
	case ctx.Err() != nil:
		return rec, false, ctx.Err()
	case errors.Is(err, storage.ErrNotFound):
		r.gone[id] = true
		return rec, false, nil
	default: // the walk has said so
		return rec, false, nil
	}
}

// purged leaves a document out whose purge has begun; of any other it tells the
// key of the original.
func (r *run) purged(ctx context.Context, id storage.ID) (original string, err error) {
	rec, found, err := r.recordOf(ctx, id)
	if err != nil || !found {
		return "", err
	}
	if rec.Purging {
		r.gone[id] = true
		return "", nil
	}
	return storage.OriginalsPrefix + rec.Original.SHA256, nil
}

// lateRecord adds the record of an original that came in while the walk ran,
// with its texts; found is false where there is none.
func (r *run) lateRecord(ctx context.Context, id storage.ID) (found bool, err error) {
	rec, found, err := r.recordOf(ctx, id)
	delete(r.gone, id) // an original alone is kept
	if err != nil || !found {
		return false, err
	}
	if rec.Purging {
		r.gone[id] = true
		return true, nil
	}
	if err := r.addLate(ctx, recordKey(id)); err != nil {
		return true, err
	}
	for text, err := range r.store.List(ctx, storage.TextsPrefix+rec.Original.SHA256+"/", "") {
		if err != nil {
			return true, err
		}
		if err := r.addLate(ctx, text.Key); err != nil {
			return true, err
		}
	}
	return true, nil
}

func recordKey(id storage.ID) string { return storage.DocumentsPrefix + string(id) + ".json" }

func (r *run) addLate(ctx context.Context, key string) error {
	l := r.look(ctx, key, nil)
	if l.err != nil {
		return l.err
	}
	if l.reason != "" {
		r.problem(key, "%s", l.reason)
	}
	if l.entry.Key != "" {
		r.note(l)
		r.late[key] = l.entry
	}
	return nil
}

// lostObjects deals with originals that the store does not have though their
// records are there, and with records whose originals are: the last snapshot
// may have them. An original whose record it does not have either is one that
// has just come in.
func (r *run) lostObjects(ctx context.Context, missing map[string]storage.ID) error {
	held, err := r.held(missing)
	if err != nil {
		return err
	}
	for key, id := range missing {
		entry, isHeld := held[key]
		what, part := "tệp gốc", hasOriginal
		if key == recordKey(id) {
			if what, part = "hồ sơ", hasRecord; !isHeld {
				continue
			}
		}
		if err := r.addLate(ctx, key); err != nil { // it may have come back
			return err
		}
		if r.documents[id]&part != 0 {
			continue
		}
		reason := "Kho đã mất " + what + " của văn bản " + string(id) + "."
		if isHeld {
			r.late[key], reason = entry, reason+" "+keptCopy
		} else {
			reason += " Không có bản lành nào trong bản sao lưu trước."
		}
		r.problem(key, "%s", reason)
	}
	return nil
}

// held are the good copies that the last snapshot has of what is missing.
func (r *run) held(missing map[string]storage.ID) (map[string]Entry, error) {
	held := make(map[string]Entry)
	if r.last == "" || len(missing) == 0 {
		return held, nil
	}
	for entry, err := range r.folder.entries(r.last) {
		if err != nil {
			return nil, err
		}
		if _, wanted := missing[entry.Key]; wanted && entry.Damaged == "" && r.folder.holds(entry) {
			held[entry.Key] = entry
		}
	}
	return held, nil
}
