package indexer

import (
	"context"
	"errors"
	"slices"

	"vankien/storage"
)

// takeOut deals with a document in which a later reading finds a mark of State
// secrecy. One that nobody has looked at is removed, as it would have been
// refused, and secret is the error. One that people have decided about is taken
// out of every search and closed to all but the staff, with the reason: what is
// then done with it, people decide.
func (w *Writer) takeOut(ctx context.Context, record storage.Record, text storage.Text, by Actor, secret error) (storage.Record, error) {
	return w.removeOr(ctx, record, by, secret, func(now storage.Record) (storage.Record, error) {
		return w.exchange(ctx, now, text, func(doc *storage.Document) error {
			if err := describe(doc, text, w.ocr().version); err != nil {
				return err
			}
			shut(doc)
			return nil
		})
	})
}

// removeOr removes a document that nobody has decided about, which is the error
// secret, or has closes close it. It decides on the record as it is when it is
// written: a reading takes long enough for people to decide.
func (w *Writer) removeOr(ctx context.Context, record storage.Record, by Actor, secret error, closes func(now storage.Record) (storage.Record, error)) (storage.Record, error) {
	for {
		now, err := w.library.Document(ctx, record.ID)
		switch {
		case errors.Is(err, storage.ErrNotFound):
			return record, secret // nothing of it is left
		case err != nil:
			return record, err
		case untouched(now):
			_, err = w.removeAll(ctx, now, now.Version(), by, true)
			if err == nil || errors.Is(err, storage.ErrNotFound) {
				return now, secret
			}
		default:
			if now, err = closes(now); err == nil && isShut(now.Document) {
				w.logger.Error("a document of the library carries a mark of State secrecy and was taken out of the searches", "document", record.ID)
				return now, nil
			}
		}
		if err != nil && !errors.Is(err, storage.ErrConflict) {
			return record, err
		}
		if err := ctx.Err(); err != nil {
			return record, err
		}
	}
}

// takeOutAgain is takeOut for a document whose bytes came once more and were
// refused: it is an error in any case, and tells what has become of the document.
func (w *Writer) takeOutAgain(ctx context.Context, record storage.Record, by Actor, secret error) error {
	if !errors.Is(secret, storage.ErrSecret) {
		return secret
	}
	_, err := w.removeOr(ctx, record, by, secret, func(now storage.Record) (storage.Record, error) { return w.shutOut(ctx, now, by) })
	if err != nil {
		return err
	}
	if err := w.Flush(ctx); err != nil {
		return err
	}
	return &InputError{
		Reason: "Văn bản mang dấu chỉ độ mật: không được lưu trên máy nối mạng. Tệp này đã có sẵn trong thư viện, nên văn bản vừa được rút khỏi mọi kết quả tìm và chỉ Ban Biên tập còn thấy. Hãy xem ngay bản gốc; nếu đúng là mật thì xóa vĩnh viễn.",
		Err:    storage.ErrSecret,
	}
}

// untouched tells whether nobody can have decided about a document: a draft
// that was not read to its end.
func untouched(record storage.Record) bool {
	return record.State == storage.StateDraft && record.Reading.Status != storage.ReadingReady
}

// shutOut takes a document out of the searches, those of the next Flush, and
// leaves what was read of it.
func (w *Writer) shutOut(ctx context.Context, record storage.Record, by Actor) (storage.Record, error) {
	return w.change(ctx, record.ID, storage.Version{}, by, actionRead, func(_ storage.Record, doc *storage.Document) error {
		shut(doc)
		return nil
	})
}

const issueSecret = "Lần đọc lại thấy dấu chỉ độ mật, nên văn bản đã được rút khỏi mọi kết quả tìm. Hãy xem ngay bản gốc; nếu đúng là mật thì xóa vĩnh viễn."

func isShut(doc storage.Document) bool { return slices.Contains(doc.Facts.Issues, issueSecret) }

func shut(doc *storage.Document) {
	doc.Audience = storage.AudienceStaff
	if doc.State != storage.StateDraft {
		doc.State = storage.StateWithdrawn
	}
	if !isShut(*doc) {
		doc.Facts.Issues = append(slices.Clone(doc.Facts.Issues), issueSecret)
	}
}
