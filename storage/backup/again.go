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
	alone := make(map[string]storage.ID) // by the key of the original
	for id, has := range r.documents {
		var err error
		switch {
		case has&hasRecord == 0 && has&hasOriginal != 0:
			err = r.lateRecord(ctx, id)
		case has&hasRecord != 0 && has&(hasOriginal|hasText) != hasOriginal|hasText:
			var original string
			if original, err = r.purged(ctx, id); original != "" && has&hasOriginal == 0 && !r.unread[original] {
				alone[original] = id
			}
		}
		if err != nil {
			return err
		}
	}
	return r.lostOriginals(ctx, alone)
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
// with its texts.
func (r *run) lateRecord(ctx context.Context, id storage.ID) error {
	rec, found, err := r.recordOf(ctx, id)
	delete(r.gone, id) // an original alone is kept
	if err != nil || !found {
		return err
	}
	if rec.Purging {
		r.gone[id] = true
		return nil
	}
	if err := r.addLate(ctx, storage.DocumentsPrefix+string(id)+".json"); err != nil {
		return err
	}
	for text, err := range r.store.List(ctx, storage.TextsPrefix+rec.Original.SHA256+"/", "") {
		if err != nil {
			return err
		}
		if err := r.addLate(ctx, text.Key); err != nil {
			return err
		}
	}
	return nil
}

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

// lostOriginals deals with originals that the store does not have though their
// records are there: the last snapshot may have them.
func (r *run) lostOriginals(ctx context.Context, missing map[string]storage.ID) error {
	if len(missing) == 0 {
		return nil
	}
	held := make(map[string]Entry)
	if r.last != "" {
		for entry, err := range r.folder.entries(r.last) {
			if err != nil {
				return err
			}
			if _, wanted := missing[entry.Key]; wanted && entry.Damaged == "" && r.folder.holds(entry) {
				held[entry.Key] = entry
			}
		}
	}
	for key, id := range missing {
		if err := r.addLate(ctx, key); err != nil { // it may have come back
			return err
		}
		if r.documents[id]&hasOriginal != 0 {
			continue
		}
		reason := "Kho đã mất tệp gốc của văn bản " + string(id) + "."
		if entry, ok := held[key]; ok {
			r.late[key], reason = entry, reason+" "+keptCopy
		} else {
			reason += " Không có bản lành nào trong bản sao lưu trước."
		}
		r.problem(key, "%s", reason)
	}
	return nil
}
