package backup

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"vankien/storage"
)

// CheckRestored refuses (a *Refusal wrapping storage.ErrConflict) a store that a
// restore has not finished filling: it is not the library, and whoever writes
// to it keeps the restore from going on.
func CheckRestored(ctx context.Context, store storage.Store) error {
	switch _, err := store.Stat(ctx, RestoringKey); {
	case errors.Is(err, storage.ErrNotFound):
		return nil
	case err != nil:
		return err
	}
	return refuse(storage.ErrConflict, "Kho đang được khôi phục dở từ bản sao lưu; hãy chạy lại “vankien restore” cho tới khi xong.")
}

// begin makes sure that the store is empty and leaves the mark in it, or that
// what it holds is what an interrupted restore of this snapshot left.
func (r *restore) begin(ctx context.Context) error {
	mark, err := json.Marshal(restoring{r.report.Snapshot})
	if err != nil {
		return err
	}
	for obj, err := range r.store.List(ctx, "", "") {
		if err != nil {
			return err
		}
		return r.resume(ctx, obj.Key, string(mark))
	}
	_, err = r.store.Put(ctx, RestoringKey, strings.NewReader(string(mark)), storage.PutOptions{IfNoneMatch: true, Size: int64(len(mark))})
	return err
}

func (r *restore) resume(ctx context.Context, first, mark string) error {
	body, _, err := r.store.Get(ctx, RestoringKey, storage.Range{})
	if errors.Is(err, storage.ErrNotFound) {
		return refuse(storage.ErrConflict, "Kho không trống (có %s…); chỉ khôi phục vào một kho trống, hãy chọn --data hoặc --store khác.", first)
	}
	if err != nil {
		return err
	}
	found, err := io.ReadAll(io.LimitReader(body, 1<<10))
	if err := errors.Join(err, body.Close()); err != nil {
		return err
	}
	if string(found) != mark {
		return refuse(storage.ErrConflict, "Kho đang khôi phục dở từ một bản sao lưu khác (%s); hãy chạy tiếp đúng bản đó bằng --snapshot.", found)
	}
	before := newCursor(r.folder, r.report.Snapshot)
	defer before.stop()
	for obj, err := range r.store.List(ctx, "", "") {
		if err != nil {
			return err
		}
		if obj.Key == RestoringKey {
			continue
		}
		entry, err := before.find(obj.Key)
		if err != nil {
			return err
		}
		if err := r.identical(ctx, obj, entry); err != nil {
			return err
		}
	}
	return nil
}

// identical refuses an object that is not the snapshot's.
func (r *restore) identical(ctx context.Context, obj storage.Object, entry *Entry) error {
	same := entry != nil && entry.Size == obj.Size
	if same {
		body, _, err := r.store.Get(ctx, obj.Key, storage.Range{})
		if err != nil {
			return err
		}
		sum, err := hashOf(ctx, body)
		if err := errors.Join(err, body.Close()); err != nil {
			return err
		}
		same = sum == entry.SHA256
	}
	if !same {
		return refuse(storage.ErrConflict, "Kho đang khôi phục dở nhưng %s không giống bản sao lưu: đã có ai ghi vào kho này. Hãy khôi phục vào một kho trống khác.", obj.Key)
	}
	return nil
}
