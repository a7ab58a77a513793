package indexer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"vankien/storage"
)

// Progress is told how far a long run has come: documents looked at so far.
type Progress func(done int)

// EntryVersion names how entries are made of documents and their texts, whichever
// reader read these: an index that holds
// entries of another version must be filled anew, though the revisions agree.
const EntryVersion = "p3"

var repairer = Actor{Name: storage.ByRepair, Role: storage.RoleAdmin, Alone: true}

// Repair finishes whatever a crash interrupted and brings the index in line
// with the store: what every start does. It looks at each record, and reads the
// texts of those only whose version the index does not hold. Documents that
// were not read yet are left to Run where it runs, else read here, but for OCR,
// which is Run's; what a better reader is to go through is Run's too. An original
// without a record becomes a draft; a purge that was begun is finished.
//
// A document that the store has lost parts of is logged and left out of the
// index, one whose record is damaged is logged and left as it is; neither
// keeps the rest from being found.
func (w *Writer) Repair(ctx context.Context, progress Progress) error {
	held, err := w.index.Versions(ctx)
	if err != nil {
		return err
	}
	known := make(map[storage.ID]bool, len(held))
	for record, err := range w.library.Documents(ctx) {
		switch {
		case err == nil:
			err = w.repair(ctx, record, held)
		case record.ID == "":
			return err
		}
		if errors.Is(err, storage.ErrDamaged) {
			w.logger.Error("a record is damaged", "document", record.ID, "error", err)
		} else if err != nil {
			return err
		}
		delete(held, record.ID)
		known[record.ID] = true
		if progress != nil {
			progress(len(known))
		}
	}
	for id := range held {
		w.pending.add(id, 0)
	}
	if err := w.adoptOrphans(ctx, known); err != nil {
		return err
	}
	return w.Flush(ctx)
}

// repair finishes one document and marks it where the index holds another version.
func (w *Writer) repair(ctx context.Context, record storage.Record, held map[storage.ID]storage.Version) error {
	switch {
	case record.Purging:
		w.logger.Info("a purge is finished", "document", record.ID)
		w.pending.add(record.ID, 0)
		return w.finishPurge(ctx, record)
	case record.Deleted != nil:
	case record.Reading.Status == storage.ReadingNow && w.ocr().pages != nil:
		w.pictures.add(job{id: record.ID, by: repairer}) // which is Run's alone: it takes too long for a start
	case queued(record.Document) && w.background:
		w.queue.add(job{id: record.ID, by: repairer})
	case queued(record.Document):
		var err error
		if record, err = w.finishReading(ctx, record, nil, Upload{By: repairer}); err != nil {
			return fmt.Errorf("document %s: %w", record.ID, err)
		}
	case w.background && w.outdated(record.Document):
		w.backlog.add(record.ID, record.Reading.Status != storage.ReadingReady)
	}
	version, indexed := held[record.ID]
	if record.Findable() == indexed && (!indexed || version.Equal(record.Version())) {
		return nil
	}
	if w.pending.add(record.ID, averageText) {
		return w.Flush(ctx)
	}
	return nil
}

// averageText stands for a text's bytes where they are not known yet: ten pages.
const averageText = 20 << 10

// adoptOrphans makes drafts of originals without a record: a crash came between
// the two, or the record was lost. Only the staff see them until somebody says
// what they are; whoever uploads the same bytes takes them over.
func (w *Writer) adoptOrphans(ctx context.Context, known map[storage.ID]bool) error {
	for original, err := range w.library.Originals(ctx) {
		if err != nil {
			return err
		}
		hash := storage.OriginalHash(original.Key)
		id, err := storage.NewID(hash)
		if err != nil {
			return err
		}
		if known[id] || original.Size == 0 {
			continue
		}
		if err := w.adopt(ctx, id, hash, original); err != nil {
			return fmt.Errorf("original %s: %w", hash, err)
		}
	}
	return nil
}

func (w *Writer) adopt(ctx context.Context, id storage.ID, hash string, original storage.Object) error {
	doc := newDocument(hash, Upload{Name: "khôi phục-" + hash[:8], Size: original.Size}, "application/octet-stream")
	doc.Audience = storage.AudienceStaff
	record, err := w.library.CreateDocument(ctx, doc, storage.ByRepair, actionAdopt)
	if errors.Is(err, storage.ErrConflict) {
		return nil // it was taken in while the records were listed
	}
	if err != nil {
		return err
	}
	w.logger.Warn("an original without a record is now a draft", "document", id, "stored", original.Modified.Format(time.RFC3339))
	if err := w.changed(ctx, record, repairer, actionAdopt); err != nil {
		return err
	}
	if w.background {
		w.queue.add(job{id: id, by: repairer})
		return nil
	}
	_, err = w.finishReading(ctx, record, nil, Upload{By: repairer})
	return err
}

// Rebuild fills the index anew from the store, while searches and changes go on.
func (w *Writer) Rebuild(ctx context.Context, index Rebuilder, progress Progress) error {
	return index.Rebuild(ctx,
		func(apply ApplyFunc) error { return w.fill(ctx, apply, progress) },
		func(ids []storage.ID, apply ApplyFunc) error { return w.apply(ctx, ids, apply, func(storage.ID) {}) },
	)
}

// fill gives apply everything that a complete index holds, in batches of
// bounded size.
func (w *Writer) fill(ctx context.Context, apply ApplyFunc, progress Progress) error {
	var some []storage.ID
	done := 0
	for record, err := range w.library.Documents(ctx) {
		if err != nil && !errors.Is(err, storage.ErrDamaged) {
			return err
		}
		if err == nil && record.Findable() {
			some = append(some, record.ID)
		}
		if len(some) == fillAtOnce {
			if err := w.apply(ctx, some, apply, func(storage.ID) {}); err != nil {
				return err
			}
			some = some[:0]
		}
		if done++; progress != nil {
			progress(done)
		}
	}
	return w.apply(ctx, some, apply, func(storage.ID) {})
}

const fillAtOnce = 256 // documents
