package verify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"vankien/storage"
)

func textKey(hash, version string) string {
	return storage.TextsPrefix + hash + "/" + version + ".json.zst"
}

// text unpacks what a reader read: it must be a text, and belong to a document
// or at least to an original.
func (r *run) text(ctx context.Context, key string) (string, []fault, error) {
	hash, file, _ := strings.Cut(strings.TrimPrefix(key, storage.TextsPrefix), "/")
	version, ok := strings.CutSuffix(file, ".json.zst")
	id, err := storage.NewID(hash)
	if err != nil || !ok || key != textKey(hash, version) || strings.Contains(version, "/") {
		return r.stray(ctx, key)
	}
	obj, err := r.store.Stat(ctx, key)
	if err == nil {
		_, err = r.library.Text(ctx, hash, version)
	}
	switch {
	case errors.Is(err, storage.ErrNotFound):
		return "", nil, nil
	case errors.Is(err, storage.ErrDamaged), errors.Is(err, storage.ErrTooLarge):
		return obj.ETag, []fault{{
			Finding: Finding{
				Key: key, Document: id, Kind: TextDamaged, Detail: "Phần chữ đã đọc bị hỏng, không mở ra được.",
				Advice: "Chạy “vankien verify --repair” để đọc lại tệp gốc.",
			},
			mend: func(ctx context.Context) (string, any, error) { return r.mendText(ctx, id, version, obj) },
		}}, nil
	case err != nil:
		return r.unreadable(ctx, key, obj, err)
	}
	for _, owner := range []string{recordKey(id), storage.OriginalsPrefix + hash} {
		if there, err := r.exists(ctx, owner); err != nil || there {
			return obj.ETag, nil, err
		}
	}
	return obj.ETag, []fault{{Finding: Finding{
		Key: key, Document: id, Kind: TextForgotten, Detail: "Phần chữ này không thuộc văn bản nào: cả hồ sơ lẫn tệp gốc đều không có.",
		Advice: "Nếu văn bản chưa từng bị xóa vĩnh viễn, hãy khôi phục từ bản sao lưu; nếu đã xóa, có thể xóa phần chữ này.",
	}}}, nil
}

// mendText reads the original again; a text that does not serve any more, or
// that nobody can read again now, is removed.
func (r *run) mendText(ctx context.Context, id storage.ID, version string, obj storage.Object) (string, any, error) {
	if r.opt.Reread != nil {
		rec, err := r.library.Document(ctx, id)
		if errors.Is(err, storage.ErrNotFound) || errors.Is(err, storage.ErrDamaged) {
			return "", nil, errBeyond
		}
		if err != nil {
			return "", nil, err
		}
		if version == rec.Reading.TextVersion() {
			return r.reread(ctx, rec)
		}
	}
	err := r.store.Delete(ctx, obj.Key, obj.ETag)
	if errors.Is(err, storage.ErrNotFound) {
		err = storage.ErrConflict // somebody else did it: look again
	}
	return "Đã bỏ phần chữ hỏng; hệ thống sẽ đọc lại tệp gốc khi cần.", nil, err
}

// reread has the original of a document read again. Only an error of the store
// ends the run; an original that cannot be read is told on its own.
func (r *run) reread(ctx context.Context, rec storage.Record) (string, any, error) {
	err := r.opt.Reread(ctx, rec)
	switch {
	case err == nil:
		return "Đã đọc lại tệp gốc và ghi lại phần chữ.", nil, nil
	case ctx.Err() != nil:
		return "", nil, ctx.Err()
	case errors.Is(err, storage.ErrUnavailable), errors.Is(err, storage.ErrNoSpace):
		return "", nil, err
	default:
		r.opt.Logger.Warn("an original cannot be read again", "document", rec.ID, "error", err)
		return "", nil, errBeyond
	}
}

// What package storage reads of tokens and events.
const maxSmall = 64 << 10

func (r *run) token(ctx context.Context, key string) (string, []fault, error) {
	hash, ok := strings.CutSuffix(strings.TrimPrefix(key, storage.TokensPrefix), ".json")
	if !ok || storage.CheckSHA256(hash) != nil {
		return r.stray(ctx, key)
	}
	good := func(data []byte) bool {
		var token storage.Token
		return storage.Sealed(data) && json.Unmarshal(data, &token) == nil && token.Hash == hash && token.Name != "" && token.Role.Rank() >= 0
	}
	return r.small(ctx, key, TokenUnreadable, "Mã truy cập trong kho bị hỏng, không dùng được nữa.",
		"Xóa bằng “vankien token remove --hash "+hash[:8]+"” rồi tạo mã mới.", good)
}

func (r *run) event(ctx context.Context, key string) (string, []fault, error) {
	day := strings.TrimSuffix(strings.TrimPrefix(path.Dir(key), storage.AuditPrefix), "/")
	if _, err := time.Parse("2006/01/02", day); err != nil || path.Ext(key) != ".json" {
		return r.stray(ctx, key)
	}
	good := func(data []byte) bool {
		var event storage.AuditEvent
		return storage.Sealed(data) && json.Unmarshal(data, &event) == nil && event.By != "" && event.Action != "" && event.At.UTC().Format("2006/01/02") == day
	}
	return r.small(ctx, key, EventUnreadable, "Một mục của nhật ký bị hỏng hoặc nằm sai ngày.",
		"Chạy “vankien verify --repair --from THƯ_MỤC_SAO_LƯU” để lấy lại bản lành.", good)
}

// small looks at an object that good can judge, and that a good copy mends.
func (r *run) small(ctx context.Context, key string, kind Kind, detail, advice string, good func([]byte) bool) (string, []fault, error) {
	data, obj, err := r.read(ctx, key, maxSmall)
	switch {
	case errors.Is(err, storage.ErrNotFound):
		return "", nil, nil
	case err != nil && !errors.Is(err, storage.ErrTooLarge):
		return r.unreadable(ctx, key, obj, err)
	case err == nil && good(data):
		return obj.ETag, nil, nil
	}
	return obj.ETag, []fault{{
		Finding: Finding{Key: key, Kind: kind, Detail: detail, Advice: advice},
		mend: func(ctx context.Context) (string, any, error) {
			kept, err := r.goodCopy(ctx, key, maxSmall)
			if err == nil && (kept == nil || !good(kept)) {
				err = errBeyond
			}
			if err != nil {
				return "", nil, err
			}
			return "Đã lấy lại bản lành từ bản sao lưu.", nil, r.put(ctx, key, kept, storage.PutOptions{IfMatch: obj.ETag})
		},
	}}, nil
}

// exists tells whether an object is there, readable or not: that is told of the
// object itself.
func (r *run) exists(ctx context.Context, key string) (bool, error) {
	_, err := r.store.Stat(ctx, key)
	switch {
	case errors.Is(err, storage.ErrNotFound):
		return false, nil
	case err != nil:
		return true, r.down(ctx)
	}
	return true, nil
}

// down is why the store cannot even be listed, nil where it can.
func (r *run) down(ctx context.Context) error {
	for _, err := range r.store.List(ctx, "", "") {
		return err
	}
	return nil
}

// unreadable is an object that the store has and cannot read. A store that
// cannot even be listed is no finding but the end of the run.
func (r *run) unreadable(ctx context.Context, key string, obj storage.Object, err error) (string, []fault, error) {
	if down := r.down(ctx); down != nil {
		return "", nil, down
	}
	return obj.ETag, []fault{{Finding: Finding{
		Key: key, Document: documentOf(key), Kind: Unreadable, Detail: fmt.Sprintf("Không đọc được từ kho (%v).", err),
		Advice: "Kiểm tra đĩa hoặc dịch vụ lưu trữ rồi chạy lại.",
	}}}, nil
}

// restoringKey marks a store that is being restored (package backup).
const restoringKey = "restoring.json"

func (r *run) stray(ctx context.Context, key string) (string, []fault, error) {
	obj, err := r.store.Stat(ctx, key)
	if errors.Is(err, storage.ErrNotFound) {
		return "", nil, nil
	}
	if err != nil {
		return r.unreadable(ctx, key, obj, err)
	}
	f := Finding{
		Key: key, Kind: StrayKey, Detail: "Tên này không thuộc cấu trúc của kho.",
		Advice: "Hệ thống không dùng tới; hãy xem nó từ đâu ra rồi tự xóa.",
	}
	if key == restoringKey {
		f.Kind, f.Detail = RestoreUnfinished, "Kho đang được khôi phục dở từ bản sao lưu."
		f.Advice = "Chạy lại lệnh “vankien restore” cho tới khi xong."
	}
	return obj.ETag, []fault{{Finding: f}}, nil
}

// documentOf is the document that the key of an original, a text or a record
// belongs to, "" for any other.
func documentOf(key string) storage.ID {
	_, rest, _ := strings.Cut(key, "/")
	name, _, _ := strings.Cut(strings.TrimSuffix(rest, ".json"), "/")
	if id, err := storage.ParseID(name); err == nil {
		return id
	}
	if id, err := storage.NewID(name); err == nil && !strings.HasPrefix(key, storage.TokensPrefix) {
		return id
	}
	return ""
}
