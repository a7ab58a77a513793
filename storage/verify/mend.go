package verify

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"slices"
	"time"

	"vankien/storage"
)

// replay is the document that a history leads to; an error where the history
// is not one that the program writes for the document id.
func replay(id storage.ID, rec storage.Record) (storage.Document, error) {
	var last time.Time
	for i, change := range rec.History {
		if change.Revision != i+1 || change.By == "" || change.Action == "" || change.At.Before(last) {
			return storage.Document{}, fmt.Errorf("entry %d: %w", i+1, storage.ErrDamaged)
		}
		last = change.At
	}
	doc, err := rec.At(len(rec.History))
	if err != nil {
		return storage.Document{}, err
	}
	hashID, err := storage.NewID(doc.Original.SHA256)
	if err != nil || hashID != id || doc.ID != id {
		return storage.Document{}, fmt.Errorf("history of document %.40q: %w", doc.ID, storage.ErrDamaged)
	}
	return doc, nil
}

// mendRecord brings a record back that is damaged or was edited by hand: as the
// backup has it where that is the record whose checksum it bears, else to what
// its history leads to, or from the backup where that knows more.
func (r *run) mendRecord(ctx context.Context, id storage.ID, obj storage.Object, data []byte, rec storage.Record) (string, any, error) {
	copied, kept, err := r.goodRecord(ctx, id)
	if err != nil {
		return "", nil, err
	}
	opt := storage.PutOptions{IfMatch: obj.ETag}
	if copied != nil && checksumOf(data) == checksumOf(copied) {
		return fmt.Sprintf("Đã lấy lại hồ sơ (lần sửa %d) từ bản sao lưu.", kept.Revision), undone(data, kept.Document), r.put(ctx, recordKey(id), copied, opt)
	}
	before, broken := replay(id, rec)
	good := before
	var next storage.Record
	var done string
	switch {
	case broken == nil && (copied == nil || kept.Version().Before(before.Version())):
		next, done, err = fromHistory(before, data, rec)
	case copied != nil:
		good = kept.Document
		next, err = repaired(kept, rec.Audience, issueOlder)
		done = fmt.Sprintf(doneOlder, kept.Revision)
	default:
		err = errBeyond
	}
	if err != nil {
		return "", nil, err
	}
	return done, undone(data, good), r.putRecord(ctx, next, opt)
}

// fromHistory is a record at what its history led to.
func fromHistory(before storage.Document, data []byte, rec storage.Record) (next storage.Record, done string, err error) {
	led := storage.Record{Document: before, History: rec.History}
	sealed, err := storage.SealRecord(led)
	if err != nil {
		return next, "", err
	}
	bears := checksumOf(data)
	if bears == checksumOf(sealed) || bears == "" && same(before, rec.Document) { // none: written before there were checksums
		next, err = repaired(led, "", "")
		return next, "Đã đưa hồ sơ về đúng lịch sử của nó.", err
	}
	next, err = repaired(led, rec.Audience, issueUnproven)
	return next, "Đã đưa hồ sơ về lịch sử của nó; không chứng minh được lịch sử còn nguyên nên văn bản chờ người đọc lại trước khi công bố.", err
}

// What an editor reads of a record that nothing proves to be the latest.
const (
	issueUnproven = "Hồ sơ từng bị hỏng hoặc bị sửa ngoài hệ thống và đã được dựng lại từ lịch sử; hãy đối chiếu với tệp gốc."
	issueOlder    = "Hồ sơ từng bị mất hoặc hỏng và đã được lấy lại từ bản sao lưu, có thể cũ hơn bản đã mất; hãy kiểm tra trước khi công bố."
)

// doneOlder is what is told of a repair with issueOlder.
const doneOlder = "Đã lấy lại hồ sơ (lần sửa %d) từ bản sao lưu; có thể bản đã mất mới hơn nên văn bản chờ người xem lại trước khi công bố."

// repaired is a record at one more revision, the same where issue is "". Else
// nothing proves that the record was the latest, it may have been withdrawn or
// narrowed since: the document waits for somebody to look at it, closed to all
// whom it or the audience that the damaged record names excludes, and no purge
// that it asks for is gone on with.
func repaired(rec storage.Record, audience storage.Audience, issue string) (storage.Record, error) {
	patch := map[string]any{}
	doc := rec.Document
	if issue != "" {
		doc.Facts.Issues = append(slices.Clone(doc.Facts.Issues), issue)
		patch["facts"] = map[string]any{"issues": doc.Facts.Issues}
		if doc.State == storage.StatePublished {
			doc.State = storage.StateReview
			patch["state"] = doc.State
		}
		if audience != doc.Audience && audience.Includes(doc.Audience) && slices.Contains(audiences, audience) {
			doc.Audience = audience // the narrower of the two
			patch["audience"] = doc.Audience
		}
		if doc.Purging {
			doc.Purging = false
			patch["purging"] = false
		}
	}
	data, err := json.Marshal(patch)
	if err != nil {
		return storage.Record{}, err
	}
	at := time.Now().UTC().Truncate(time.Millisecond)
	if at.Before(doc.Updated) {
		at = doc.Updated
	}
	doc.Revision, doc.Updated = doc.Revision+1, at
	next := storage.Record{Document: doc, History: append(slices.Clone(rec.History), storage.Change{
		Revision: doc.Revision, At: at, By: storage.ByRepair, Action: "repair", Patch: data,
	})}
	if now, err := replay(doc.ID, next); err != nil || !same(now, doc) {
		return storage.Record{}, errBeyond
	}
	return next, nil
}

// putRecord stores a record as package storage keeps it.
func (r *run) putRecord(ctx context.Context, rec storage.Record, opt storage.PutOptions) error {
	sealed, err := storage.SealRecord(rec)
	if err != nil {
		return err
	}
	if len(sealed) > maxRecord {
		return errBeyond
	}
	return r.put(ctx, recordKey(rec.ID), sealed, opt)
}

var checksum = regexp.MustCompile(`"checksum"\s*:\s*"([0-9a-f]{64})"`)

// checksumOf is the checksum that a record bears, wherever an editor moved it
// and whatever else is left of the record; "" where there is none.
func checksumOf(data []byte) string {
	found := checksum.FindSubmatch(data)
	if found == nil {
		return ""
	}
	return string(found[1])
}

// undone is what data had that the document has not: of a record the values
// that differ, of anything else its beginning.
func undone(data []byte, good storage.Document) any {
	var had, has map[string]any
	restored, err := json.Marshal(good)
	if err != nil || json.Unmarshal(restored, &has) != nil || json.Unmarshal(data, &had) != nil {
		return string(data[:min(len(data), maxNote)])
	}
	return differing(had, has)
}

// differing are the values of had that has does not have; history and checksum
// are left out.
func differing(had, has map[string]any) map[string]any {
	other := map[string]any{}
	for name, value := range had {
		inner, isObject := value.(map[string]any)
		hasInner, wasObject := has[name].(map[string]any)
		switch {
		case name == "history" || name == "checksum":
		case isObject && wasObject:
			if deeper := differing(inner, hasInner); len(deeper) > 0 {
				other[name] = deeper
			}
		case !reflect.DeepEqual(value, has[name]):
			other[name] = value
		}
	}
	return other
}

// goodRecord is the record of the backup, nil where there is none that is good,
// or one that was being purged: whatever has become of the document since, it
// is not to be removed once more.
func (r *run) goodRecord(ctx context.Context, id storage.ID) ([]byte, storage.Record, error) {
	data, err := r.goodCopy(ctx, recordKey(id), maxRecord)
	if err != nil || data == nil {
		return nil, storage.Record{}, err
	}
	rec, err := storage.ReadRecord(data)
	if condition(id, rec, err) != nil || rec.Purging {
		return nil, storage.Record{}, nil
	}
	return data, rec, nil
}

// goodCopy reads a small object from the backup, nil where it has none.
func (r *run) goodCopy(ctx context.Context, key string, limit int64) ([]byte, error) {
	if r.opt.Good == nil {
		return nil, nil
	}
	body, err := r.opt.Good(ctx, key)
	if errors.Is(err, storage.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(body, limit+1))
	if int64(len(data)) > limit {
		data = nil
	}
	return data, errors.Join(err, body.Close())
}

// put stores a small object with its hash.
func (r *run) put(ctx context.Context, key string, data []byte, opt storage.PutOptions) error {
	sum := sha256.Sum256(data)
	opt.Size, opt.SHA256 = int64(len(data)), hex.EncodeToString(sum[:])
	_, err := r.store.Put(ctx, key, bytes.NewReader(data), opt)
	return err
}
