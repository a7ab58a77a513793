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

// mendRecord brings a record back that is damaged or was edited by hand: from
// the backup where that has the same or a later version, else to what its
// history leads to, else from the backup in an earlier version.
func (r *run) mendRecord(ctx context.Context, id storage.ID, obj storage.Object, data []byte, rec storage.Record) (string, any, error) {
	kept, copied, err := r.goodRecord(ctx, id)
	if err != nil {
		return "", nil, err
	}
	before, broken := replay(id, rec)
	useCopy := kept != nil && (broken != nil || !copied.Version().Before(before.Version()))
	if !useCopy && broken != nil {
		return "", nil, errBeyond
	}
	opt := storage.PutOptions{IfMatch: obj.ETag}
	if useCopy {
		return fmt.Sprintf("Đã lấy lại hồ sơ (lần sửa %d) từ bản sao lưu.", copied.Revision),
			undone(data, copied.Document), r.put(ctx, recordKey(id), kept, opt)
	}
	bears := checksumOf(data)
	proven := bears == checksum(storage.Record{Document: before, History: rec.History}) ||
		bears == "" && same(before, rec.Document) // written before there were checksums
	next, err := repaired(before, rec, proven)
	if err != nil {
		return "", nil, err
	}
	sealed, err := seal(next)
	if err != nil {
		return "", nil, err
	}
	done := "Đã đưa hồ sơ về đúng lịch sử của nó."
	if !proven {
		done = "Đã đưa hồ sơ về lịch sử của nó; không chứng minh được lịch sử còn nguyên nên văn bản chờ người đọc lại trước khi công bố."
	}
	return done, undone(data, before), r.put(ctx, recordKey(id), sealed, opt)
}

// issueUnproven is what an editor reads.
const issueUnproven = "Hồ sơ từng bị hỏng hoặc bị sửa ngoài hệ thống và đã được dựng lại từ lịch sử; hãy đối chiếu với tệp gốc."

// repaired is the record at one more revision, which is what the history led
// to. Where nothing proves that the history itself is whole, the document waits
// for somebody to look at it, closed to all whom either copy excludes.
func repaired(before storage.Document, rec storage.Record, proven bool) (storage.Record, error) {
	patch := map[string]any{}
	doc := before
	if !proven {
		doc.Facts.Issues = append(slices.Clone(doc.Facts.Issues), issueUnproven)
		patch["facts"] = map[string]any{"issues": doc.Facts.Issues}
		if doc.State == storage.StatePublished {
			doc.State = storage.StateReview
			patch["state"] = doc.State
		}
		if rec.Audience != doc.Audience && rec.Audience.Includes(doc.Audience) && slices.Contains(audiences, rec.Audience) {
			doc.Audience = rec.Audience // the narrower of the two
			patch["audience"] = doc.Audience
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

// seal is a record as package storage keeps it; storage.ReadRecord is the
// other half.
func seal(rec storage.Record) ([]byte, error) {
	data, err := json.Marshal(rec)
	if err != nil {
		return nil, err
	}
	sealed := fmt.Appendf(nil, `{"checksum":"%s",`, checksum(rec))
	sealed = append(sealed, data[1:]...)
	if len(sealed) > maxRecord {
		return nil, errBeyond
	}
	_, err = storage.ReadRecord(sealed)
	return sealed, err
}

// checksum is the hash that the record is sealed with.
func checksum(rec storage.Record) string {
	data, err := json.Marshal(rec)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// checksumOf is the checksum that a record bears, wherever an editor moved it.
func checksumOf(data []byte) string {
	var bears struct{ Checksum string }
	if json.Unmarshal(data, &bears) != nil {
		return "none"
	}
	return bears.Checksum
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

// goodRecord is the record of the backup, nil where there is none that is good.
func (r *run) goodRecord(ctx context.Context, id storage.ID) ([]byte, storage.Record, error) {
	data, err := r.goodCopy(ctx, recordKey(id), maxRecord)
	if err != nil || data == nil {
		return nil, storage.Record{}, err
	}
	rec, err := storage.ReadRecord(data)
	if condition(id, rec, err) != nil {
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
