package verify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"vankien/storage"
)

// maxRecord is what package storage reads of a record.
const maxRecord = 16 << 20

// read reads a small object whole; one that is larger is storage.ErrTooLarge.
// Bytes of which the store itself knows that they are not those that were put
// there are returned as they are: whoever reads them will find out.
func (r *run) read(ctx context.Context, key string, limit int64) ([]byte, storage.Object, error) {
	data, obj, err := r.readRange(ctx, key, storage.Range{}, limit)
	if !errors.Is(err, storage.ErrDamaged) {
		return data, obj, err
	}
	// A store checks whole objects only.
	head, obj, err := r.readRange(ctx, key, storage.Range{Length: 1}, limit)
	if err != nil || obj.Size == 1 {
		return head, obj, err
	}
	rest, after, err := r.readRange(ctx, key, storage.Range{Offset: 1}, limit)
	if err == nil && after.ETag != obj.ETag {
		err = fmt.Errorf("%s changed while it was read: %w", key, storage.ErrUnavailable)
	}
	return append(head, rest...), obj, err
}

func (r *run) readRange(ctx context.Context, key string, rng storage.Range, limit int64) ([]byte, storage.Object, error) {
	body, obj, err := r.store.Get(ctx, key, rng)
	if err != nil {
		return nil, obj, err
	}
	var data []byte
	if err = storage.ErrTooLarge; obj.Size <= limit {
		data, err = io.ReadAll(body)
	}
	return data, obj, errors.Join(err, body.Close())
}

// record looks at a record: by itself, then against what it refers to.
func (r *run) record(ctx context.Context, key string) (string, []fault, error) {
	name := strings.TrimSuffix(strings.TrimPrefix(key, storage.DocumentsPrefix), ".json")
	id, err := storage.ParseID(name)
	if err != nil || key != recordKey(id) {
		return r.stray(ctx, key)
	}
	data, obj, err := r.read(ctx, key, maxRecord)
	switch {
	case errors.Is(err, storage.ErrNotFound):
		return "", nil, nil
	case err != nil && !errors.Is(err, storage.ErrTooLarge):
		return r.unreadable(ctx, key, obj, err)
	}
	rec, damaged := storage.ReadRecord(data)
	if f := condition(id, rec, damaged); f != nil {
		f.Key, f.Document = key, id
		if f.Kind != RecordMisplaced {
			f.mend = func(ctx context.Context) (string, any, error) { return r.mendRecord(ctx, id, obj, data, rec) }
		}
		return obj.ETag, []fault{*f}, nil
	}
	if rec.Purging { // whatever is left of it goes at the next start
		return obj.ETag, nil, nil
	}
	faults, err := r.surroundings(ctx, rec)
	return obj.ETag, faults, err
}

const adviceRecord = "Chạy “vankien verify --repair” (thêm --from THƯ_MỤC_SAO_LƯU nếu có bản sao lưu) để sửa."

// condition is what is wrong with a record by itself, nil where it is whole.
func condition(id storage.ID, rec storage.Record, damaged error) *fault {
	f := fault{Finding: Finding{Advice: adviceRecord}}
	hashID, err := storage.NewID(rec.Original.SHA256)
	switch {
	case damaged != nil && rec.History == nil:
		f.Kind, f.Detail = RecordUnreadable, "Hồ sơ không còn đọc được: không phải JSON của một hồ sơ."
	case damaged != nil:
		f.Kind, f.Detail = RecordAltered, "Mã kiểm tra của hồ sơ không đúng: hồ sơ bị hỏng hoặc bị sửa ngoài hệ thống."
	case rec.ID != id || err != nil || hashID != id:
		f.Kind, f.Detail = RecordMisplaced, fmt.Sprintf("Hồ sơ nằm sai chỗ: mã văn bản %.40q và mã băm tệp gốc không ứng với tên của nó.", rec.ID)
		f.Advice = "Hồ sơ này do một chương trình khác ghi; hãy khôi phục từ bản sao lưu."
	default:
		if now, err := replay(id, rec); err == nil && same(now, rec.Document) {
			return nil
		}
		f.Kind, f.Detail = HistoryBroken, "Lịch sử sửa đổi không dẫn tới nội dung hiện có của hồ sơ."
	}
	return &f
}

// surroundings looks at what a record says and refers to.
func (r *run) surroundings(ctx context.Context, rec storage.Record) ([]fault, error) {
	var faults []fault
	if wrong := unknown(rec.Document); len(wrong) > 0 {
		faults = append(faults, fault{Finding: Finding{
			Kind: RecordInvalid, Detail: "Hồ sơ có giá trị mà hệ thống không hiểu: " + strings.Join(wrong, "; ") + ".",
			Advice: "Sửa lại giá trị đó bằng cách biên tập văn bản, hoặc khôi phục một lần sửa trước.",
		}})
	}
	for _, check := range []func(context.Context, storage.Record) (*fault, error){r.references, r.hasOriginal, r.hasText} {
		f, err := check(ctx, rec)
		if err != nil {
			return nil, err
		}
		if f != nil {
			faults = append(faults, *f)
		}
	}
	for i := range faults {
		faults[i].Document = rec.ID
		if faults[i].Key == "" {
			faults[i].Key = recordKey(rec.ID)
		}
	}
	return faults, nil
}

// references looks for the documents that a record names.
func (r *run) references(ctx context.Context, rec storage.Record) (*fault, error) {
	missing := make(map[storage.ID]bool)
	for _, id := range append(slices.Clone(rec.ReplacedBy), rec.Duplicates...) {
		there := false
		if _, err := storage.ParseID(string(id)); err == nil {
			if there, err = r.exists(ctx, recordKey(id)); err != nil {
				return nil, err
			}
		}
		if !there {
			missing[id] = true
		}
	}
	if len(missing) == 0 {
		return nil, nil
	}
	gone := func(id storage.ID) bool { return missing[id] }
	return &fault{
		Finding: Finding{
			Kind: ReferenceMissing, Detail: fmt.Sprintf("Hồ sơ nhắc tới %d văn bản không có trong kho.", len(missing)),
			Advice: "Chạy “vankien verify --repair” để bỏ các liên kết này; lịch sử vẫn giữ chúng.",
		},
		mend: func(ctx context.Context) (string, any, error) {
			_, err := r.library.UpdateRecord(ctx, rec.ID, rec.Version(), storage.ByRepair, "repair", func(_ storage.Record, d *storage.Document) error {
				d.ReplacedBy, d.Duplicates = slices.DeleteFunc(d.ReplacedBy, gone), slices.DeleteFunc(d.Duplicates, gone)
				return nil
			})
			return "Đã bỏ các liên kết tới văn bản không còn trong kho.", map[string]any{"replaced_by": rec.ReplacedBy, "duplicates": rec.Duplicates}, err
		},
	}, nil
}

// hasOriginal looks for the original of a record.
func (r *run) hasOriginal(ctx context.Context, rec storage.Record) (*fault, error) {
	hash := rec.Original.SHA256
	key := storage.OriginalsPrefix + hash
	obj, err := r.store.Stat(ctx, key)
	switch {
	case errors.Is(err, storage.ErrNotFound):
		return &fault{
			Finding: Finding{Key: key, Kind: OriginalMissing, Detail: fmt.Sprintf("Kho đã mất tệp gốc %q của văn bản.", rec.Original.Name), Advice: adviceOriginal},
			mend: func(ctx context.Context) (string, any, error) {
				return r.bringBack(ctx, rec.ID, hash, storage.PutOptions{IfNoneMatch: true})
			},
		}, nil
	case err != nil: // told of the original, unless the store is down
		return nil, r.down(ctx)
	case obj.Size == rec.Original.Size:
		return nil, nil
	}
	sum, _, obj, err := r.hash(ctx, key)
	if err != nil || sum != hash { // that was told of the original
		return nil, ctx.Err()
	}
	return &fault{
		Finding: Finding{
			Kind: SizeWrong, Detail: fmt.Sprintf("Hồ sơ ghi tệp gốc dài %d byte, tệp thật dài %d byte.", rec.Original.Size, obj.Size),
			Advice: "Chạy “vankien verify --repair” để ghi lại độ dài đúng.",
		},
		mend: func(ctx context.Context) (string, any, error) {
			_, err := r.library.UpdateRecord(ctx, rec.ID, rec.Version(), storage.ByRepair, "repair", func(_ storage.Record, d *storage.Document) error {
				d.Original.Size = obj.Size
				return nil
			})
			return "Đã ghi lại độ dài đúng của tệp gốc.", map[string]any{"size": rec.Original.Size}, err
		},
	}, nil
}

// hasText looks for the text of a document that was read: that of the reader
// which its record names. A better reader may have left another beside it.
func (r *run) hasText(ctx context.Context, rec storage.Record) (*fault, error) {
	if rec.Reading.Status != storage.ReadingReady {
		return nil, nil
	}
	key := textKey(rec.Original.SHA256, rec.Reading.TextVersion())
	if there, err := r.exists(ctx, key); err != nil || there {
		return nil, err
	}
	f := &fault{Finding: Finding{
		Key: key, Kind: TextMissing, Detail: "Văn bản đã đọc nhưng kho không có phần chữ của nó.",
		Advice: "Chạy “vankien verify --repair” để đọc lại tệp gốc.",
	}}
	if r.opt.Reread != nil {
		f.mend = func(ctx context.Context) (string, any, error) { return r.reread(ctx, rec) }
	}
	return f, nil
}

// same tells whether two documents have the same JSON.
func same(a, b storage.Document) bool {
	one, err := json.Marshal(a)
	other, err2 := json.Marshal(b)
	return err == nil && err2 == nil && string(one) == string(other)
}
