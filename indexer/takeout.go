package indexer

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"vankien/indexer/facts"
	"vankien/storage"
)

// takeOut deals with a document in which a later reading finds a mark of State
// secrecy. One that nobody has looked at is removed, as it would have been
// refused, and secret is the error. One that people have decided about is taken
// out of every search and closed to all but the staff, with the reason: what is
// then done with it, people decide. What was read was read by OCR of that version, too.
func (w *Writer) takeOut(ctx context.Context, record storage.Record, text storage.Text, ocr string, by Actor, secret error) (storage.Record, error) {
	read := describe(text, ocr)
	return w.removeOr(ctx, record, by, secret, func(now storage.Record) (storage.Record, error) {
		return w.exchange(ctx, now, text, func(present storage.Record, doc *storage.Document) error {
			if err := read.fill(present, doc); err != nil {
				return err
			}
			shut(doc, secret)
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
			if now, err = closes(now); err == nil && slices.Contains(now.Facts.Issues, issueOf(secret)) {
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
	_, err := w.removeOr(ctx, record, by, secret, func(now storage.Record) (storage.Record, error) { return w.shutOut(ctx, now, by, secret) })
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
func (w *Writer) shutOut(ctx context.Context, record storage.Record, by Actor, secret error) (storage.Record, error) {
	return w.change(ctx, record.ID, storage.Version{}, by, actionRead, func(_ storage.Record, doc *storage.Document) error {
		shut(doc, secret)
		return nil
	})
}

// secretError refuses a file for its mark of State secrecy.
type secretError struct {
	mark    string
	refusal *InputError
}

func (e *secretError) Error() string { return e.refusal.Error() }
func (e *secretError) Unwrap() error { return e.refusal }

// issueBegins is how the issue of every document begins that was taken out.
const issueBegins = "Lần đọc lại thấy dấu chỉ độ mật ("

// issueOf is the issue of a document that was taken out. It stands in histories:
// another wording would no longer be known there.
func issueOf(secret error) string {
	mark := ""
	if found := new(secretError); errors.As(secret, &found) {
		mark = found.mark
	}
	return issueOfMark(mark)
}

func issueOfMark(mark string) string {
	return issueBegins + mark + "), nên văn bản đã được rút khỏi mọi kết quả tìm. Hãy xem ngay bản gốc; nếu đúng là mật thì xóa vĩnh viễn."
}

func shut(doc *storage.Document, secret error) {
	doc.Audience = storage.AudienceStaff
	if doc.State != storage.StateDraft {
		doc.State = storage.StateWithdrawn
	}
	if issue := issueOf(secret); !slices.Contains(doc.Facts.Issues, issue) {
		doc.Facts.Issues = append(slices.Clone(doc.Facts.Issues), issue)
	}
}

// alarmed tells whether the reading that serves has found a mark in a document.
func alarmed(doc storage.Document) bool {
	return slices.ContainsFunc(doc.Facts.Issues, func(issue string) bool { return strings.HasPrefix(issue, issueBegins) })
}

// withAlarms are issues with those of the marks that were found in a document,
// but for what people have called false alarms.
func withAlarms(issues []string, record storage.Record) []string {
	issues = slices.Clone(issues)
	for _, issue := range record.Facts.Issues {
		if strings.HasPrefix(issue, issueBegins) && !slices.Contains(issues, issue) && !falseAlarm(record, issue) {
			issues = append(issues, issue)
		}
	}
	return issues
}

// falseAlarm tells whether somebody has submitted or published a document while
// this issue stood there: the bytes are the same for ever, so that no reading can
// know better. Who saw no warning has not answered it.
func falseAlarm(record storage.Record, issue string) bool {
	stands := false
	for _, change := range record.History {
		var patch struct{ Facts struct{ Issues []string } }
		if err := json.Unmarshal(change.Patch, &patch); err == nil && patch.Facts.Issues != nil {
			stands = slices.Contains(patch.Facts.Issues, issue)
		}
		if stands && (change.Action == actionSubmit || change.Action == actionPublish) {
			return true
		}
	}
	return false
}

// guardAgain is guard for a document that the library has: a mark that people
// have called a false alarm is none.
func (w *Writer) guardAgain(ctx context.Context, record storage.Record, up Upload, text storage.Text) error {
	if mark, rule, secret := facts.Secret(text.Pages); secret && falseAlarm(record, issueOfMark(mark)) {
		w.logger.Info("a mark of State secrecy was called a false alarm and is passed over", "document", record.ID, "rule", rule)
		return nil
	}
	return w.guard(ctx, record.Original.SHA256, up, text)
}
