package indexer

import (
	"context"
	"fmt"
	"slices"

	"vankien/storage"
)

// The decisions of people about a document. Each is durable when it returns
// without an error, and searches follow it. ifVersion is the version that the
// actor has seen (storage.ErrConflict where the document has changed since),
// the zero Version whatever it is. A reason to refuse is an *InputError.

// Edit changes facts and audience, and what is stated of whether the document
// holds. Successors have to be documents of the library, and of a document that
// does not hold (storage.ErrInvalid).
func (w *Writer) Edit(ctx context.Context, id storage.ID, ifVersion storage.Version, edits Edits, by Actor) (storage.Record, error) {
	if err := w.haveSuccessors(ctx, edits.Standing); err != nil {
		return storage.Record{}, err
	}
	return w.decide(ctx, id, ifVersion, by, actionEdit, func(record storage.Record, doc *storage.Document) error {
		if err := notDeleted(record); err != nil {
			return err
		}
		if edits.Audience != "" {
			if err := by.mayAddress(doc.Audience, edits.Audience); err != nil {
				return err
			}
			doc.Audience = edits.Audience
		}
		if err := edits.Standing.apply(doc); err != nil {
			return err
		}
		if err := edits.Standing.agree(*doc); err != nil {
			return err
		}
		return edits.apply(doc)
	})
}

// ErrUnconfirmed refuses a submission of a document whose first pages are
// pictures that no guard has read: somebody has to look at them first.
var ErrUnconfirmed = fmt.Errorf("pictures nobody has confirmed: %w", storage.ErrConflict)

// Submit asks for a second reader: a draft, or what was withdrawn, goes into
// review. Where the machine has not seen what stands on its first pages, whoever
// submits it confirms to have looked at their picture, else ErrUnconfirmed; the
// audit trail then has it. While the machine still reads, nobody can tell: it is
// refused.
func (w *Writer) Submit(ctx context.Context, id storage.ID, ifVersion storage.Version, confirmed bool, by Actor) (storage.Record, error) {
	record, err := w.library.Document(ctx, id)
	if err != nil {
		return storage.Record{}, err
	}
	unseen := false
	if record.Deleted == nil && record.State != storage.StatePublished {
		unseen, err = w.unseen(ctx, record)
	}
	switch {
	case err != nil:
		return storage.Record{}, err
	case unseen && !confirmed:
		return storage.Record{}, &InputError{
			Reason: "Trang đầu của văn bản là ảnh mà máy chưa đọc được, nên chưa ai kiểm tra dấu chỉ độ mật. Hãy xem ảnh các trang đầu rồi gửi duyệt lại, kèm xác nhận {\"confirmed\": true}.",
			Err:    ErrUnconfirmed,
		}
	case unseen:
		event := storage.AuditEvent{By: by.Name, Action: actionConfirm, Subject: string(id), Revision: record.Revision, Note: "pictures of the first pages"}
		if err := w.audit(ctx, event); err != nil {
			return storage.Record{}, err
		}
	}
	return w.decide(ctx, id, ifVersion, by, actionSubmit, func(now storage.Record, doc *storage.Document) error {
		if err := notDeleted(now); err != nil {
			return err
		}
		if doc.State == storage.StatePublished {
			return refusal("Văn bản đã được công bố; muốn xét lại thì thu hồi trước.")
		}
		if queued(*doc) {
			return refusal("Máy đang đọc văn bản, chưa biết trang đầu có dấu chỉ độ mật hay không. Hãy chờ máy đọc xong rồi gửi duyệt.")
		}
		if doc.Reading != record.Reading { // it is another question now
			return refusal("Văn bản vừa được đọc lại. Hãy xem lại rồi gửi duyệt.")
		}
		doc.State = storage.StateReview
		return nil
	})
}

// unseen tells whether pages that the secrecy guard should look at are pictures
// that the machine has not read.
func (w *Writer) unseen(ctx context.Context, record storage.Record) (bool, error) {
	switch record.Reading.Status {
	case storage.ReadingNeedsOCR:
		return true, nil
	case storage.ReadingReady:
		text, err := w.library.Text(ctx, record.Original.SHA256, record.Reading.TextVersion())
		if lost(err) {
			return false, nil // it will be read again, and guarded
		}
		picture := record.Reading.OCR == "" && text.MediaType == pdfType // where a page has no text, there may be one
		return slices.ContainsFunc(text.Pages[:min(guardedPages, len(text.Pages))], func(p storage.Page) bool {
			return unseenHead(p) || picture && p.Text == ""
		}), err
	}
	return false, nil
}

// Publish makes a document that was read findable, for whoever its audience
// includes. One whose first pages the machine has not seen was submitted before,
// which somebody has confirmed then.
func (w *Writer) Publish(ctx context.Context, id storage.ID, ifVersion storage.Version, by Actor) (storage.Record, error) {
	seen, err := w.library.Document(ctx, id)
	if err != nil {
		return storage.Record{}, err
	}
	unseen := false
	if seen.Deleted == nil && seen.State != storage.StatePublished && !submittedAsRead(seen) {
		if unseen, err = w.unseen(ctx, seen); err != nil {
			return storage.Record{}, err
		}
	}
	return w.decide(ctx, id, ifVersion, by, actionPublish, func(record storage.Record, doc *storage.Document) error {
		if err := notDeleted(record); err != nil {
			return err
		}
		if err := by.mayPublish(record); err != nil {
			return err
		}
		if doc.Reading.Status != storage.ReadingReady {
			return refusal("Chỉ công bố được văn bản đã đọc được nội dung.")
		}
		if doc.Reading != seen.Reading {
			return refusal("Văn bản vừa được đọc lại. Hãy xem lại rồi công bố.")
		}
		if unseen {
			return refusal("Trang đầu của văn bản là ảnh mà máy chưa đọc được, và chưa ai xác nhận đã xem dấu chỉ độ mật trên đó. Hãy gửi duyệt lại kèm xác nhận rồi mới công bố.")
		}
		publish(doc)
		return nil
	})
}

// submittedAsRead tells whether somebody has submitted a document since it was
// last read: what Submit asks then was about this reading.
func submittedAsRead(record storage.Record) bool {
	for _, change := range slices.Backward(record.History) {
		switch change.Action {
		case actionSubmit:
			return true
		case actionRead:
			return false
		}
	}
	return false
}

func publish(doc *storage.Document) {
	doc.State = storage.StatePublished
	if doc.Published == nil {
		doc.Published = now()
	}
}

// Withdraw takes a document out of every search; its record and original stay.
func (w *Writer) Withdraw(ctx context.Context, id storage.ID, ifVersion storage.Version, by Actor) (storage.Record, error) {
	return w.decide(ctx, id, ifVersion, by, actionWithdraw, func(record storage.Record, doc *storage.Document) error {
		if err := notDeleted(record); err != nil {
			return err
		}
		if doc.State != storage.StatePublished && doc.State != storage.StateWithdrawn {
			return refusal("Văn bản chưa được công bố nên không có gì để thu hồi.")
		}
		doc.State = storage.StateWithdrawn
		return nil
	})
}

// Delete marks a document as deleted: nobody but the staff knows of it any
// more, and Restore brings it back. What is published is for publishers to delete.
func (w *Writer) Delete(ctx context.Context, id storage.ID, ifVersion storage.Version, by Actor) (storage.Record, error) {
	return w.decide(ctx, id, ifVersion, by, actionDelete, func(_ storage.Record, doc *storage.Document) error {
		if doc.State == storage.StatePublished && !by.has(storage.RolePublisher) {
			return &InputError{Reason: "Xóa văn bản đã công bố cần quyền công bố.", Err: storage.ErrForbidden}
		}
		if doc.Deleted == nil {
			doc.Deleted = now()
		}
		return nil
	})
}

// Restore gives a document the facts and the audience that it had at a
// revision, as a new revision, and brings a deleted one back: as a draft where
// it was published, since a second reader decides what readers see.
func (w *Writer) Restore(ctx context.Context, id storage.ID, ifVersion storage.Version, revision int, by Actor) (storage.Record, error) {
	restored, err := w.decide(ctx, id, ifVersion, by, actionRestore, func(record storage.Record, doc *storage.Document) error {
		if doc.Purging {
			return refusal("Văn bản đang được xóa vĩnh viễn nên không khôi phục được.")
		}
		old, err := record.At(revision)
		if err != nil {
			return err
		}
		if doc.Deleted != nil {
			doc.Deleted = nil
			if doc.State == storage.StatePublished {
				doc.State = storage.StateDraft
			}
		}
		old.Facts.Issues = withAlarms(old.Facts.Issues, record)
		return by.bringBack(doc, old)
	})
	if err == nil && queued(restored.Document) { // while it was deleted nobody read it
		w.queue.add(job{id: id, by: by})
	}
	return restored, err
}

// bringBack gives a document the facts and the audience that it had. What was
// not read by then had neither: there, what people had stated comes back, and an
// audience that closes.
func (a Actor) bringBack(doc *storage.Document, old storage.Document) error {
	if unread(old) {
		facts, err := doc.Facts.Replace(old.Facts, old.Edited)
		if err != nil {
			return err
		}
		doc.Facts = facts
		if !doc.Audience.Includes(old.Audience) {
			doc.Audience = old.Audience
		}
		return standingOf(old).apply(doc)
	}
	if err := a.mayAddress(doc.Audience, old.Audience); err != nil {
		return err
	}
	doc.Facts, doc.Edited, doc.Audience = old.Facts, old.Edited, old.Audience
	return standingOf(old).apply(doc)
}

// decide is change for what people decide: searches follow at once. A decision
// that takes something away is not acknowledged before they do; any other
// stands as it is, and the index is tried again.
func (w *Writer) decide(ctx context.Context, id storage.ID, ifVersion storage.Version, by Actor, action string,
	alter func(record storage.Record, doc *storage.Document) error,
) (storage.Record, error) {
	before := storage.Audience("")
	record, err := w.change(ctx, id, ifVersion, by, action, func(record storage.Record, doc *storage.Document) error {
		before = record.Audience
		return alter(record, doc)
	})
	if err != nil {
		return storage.Record{}, err
	}
	if err := w.Flush(ctx); err != nil {
		if !record.Findable() || !before.Includes(record.Audience) {
			return storage.Record{}, err
		}
		w.logger.Error("the index lags behind the store", "document", id, "error", err)
	}
	return record, nil
}

func notDeleted(record storage.Record) error {
	if record.Deleted != nil {
		return refusal("Văn bản đã bị xóa; hãy khôi phục trước.")
	}
	return nil
}

// refusal is a decision that the document's state does not allow.
func refusal(reason string) error { return &InputError{Reason: reason, Err: storage.ErrConflict} }
