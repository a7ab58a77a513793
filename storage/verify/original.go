package verify

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/gabriel-vasile/mimetype"

	"vankien/storage"
)

// original reads the whole of an original: it must have the hash that its key
// names, and a record.
func (r *run) original(ctx context.Context, key string) (string, []fault, error) {
	hash := storage.OriginalHash(key)
	id, err := storage.NewID(hash)
	if err != nil {
		return r.stray(ctx, key)
	}
	sum, head, obj, err := r.hash(ctx, key)
	if errors.Is(err, storage.ErrNotFound) {
		return "", nil, nil
	}
	if err != nil {
		return r.unreadable(ctx, key, obj, err)
	}
	f := fault{Finding: Finding{Key: key, Document: id}}
	if sum != hash {
		f.Kind, f.Detail = OriginalAltered, "Tệp gốc không còn đúng mã băm của nó: đã hỏng hoặc bị sửa."
		f.Advice = adviceOriginal
		f.mend = func(ctx context.Context) (string, any, error) {
			return r.bringBack(ctx, id, hash, storage.PutOptions{IfMatch: obj.ETag})
		}
		return obj.ETag, []fault{f}, nil
	}
	forgotten, err := r.forgotten(ctx, id, obj)
	if err != nil || !forgotten {
		return obj.ETag, nil, err
	}
	f.Kind, f.Detail = OriginalForgotten, "Tệp gốc không có hồ sơ văn bản nào."
	f.Advice = "Chạy “vankien verify --repair” để lập hồ sơ nháp cho tệp này."
	if obj.Size > 0 {
		f.mend = func(ctx context.Context) (string, any, error) { return r.adopt(ctx, id, hash, obj, head) }
	}
	return obj.ETag, []fault{f}, nil
}

const adviceOriginal = "Chạy “vankien verify --repair --from THƯ_MỤC_SAO_LƯU” để lấy lại bản lành, hoặc tải lại đúng tệp đó."

// headSize is enough of a file to tell its type.
const headSize = 3072

// hash reads an object whole; head are its first bytes. Where the store itself
// knows that these are not the bytes that were put there, the hash is "".
func (r *run) hash(ctx context.Context, key string) (sum string, head []byte, obj storage.Object, err error) {
	body, obj, err := r.store.Get(ctx, key, storage.Range{})
	if errors.Is(err, storage.ErrDamaged) {
		obj, err = r.store.Stat(ctx, key)
		return "", nil, obj, err
	}
	if err != nil {
		return "", nil, obj, err
	}
	hash := sha256.New()
	var first bytes.Buffer
	_, err = io.Copy(hash, io.TeeReader(io.LimitReader(body, headSize), &first))
	if err == nil {
		_, err = io.Copy(hash, body)
	}
	switch err = errors.Join(err, body.Close()); {
	case errors.Is(err, storage.ErrDamaged):
		return "", nil, obj, nil
	case err != nil:
		return "", nil, obj, err
	}
	return hex.EncodeToString(hash.Sum(nil)), first.Bytes(), obj, nil
}

// forgotten tells whether an original has no record, nor gets one soon.
func (r *run) forgotten(ctx context.Context, id storage.ID, obj storage.Object) (bool, error) {
	began := time.Now()
	for {
		if there, err := r.exists(ctx, recordKey(id)); err != nil || there {
			return false, err
		}
		if there, err := r.exists(ctx, obj.Key); err != nil || !there {
			return false, err // it was purged meanwhile
		}
		if time.Since(obj.Modified) >= r.opt.Grace || time.Since(began) >= r.opt.Grace {
			return true, nil
		}
		select {
		case <-time.After(min(r.opt.Grace, 200*time.Millisecond)):
		case <-ctx.Done():
			return false, ctx.Err()
		}
	}
}

func recordKey(id storage.ID) string { return storage.DocumentsPrefix + string(id) + ".json" }

// adopt gives an original its record: that of the backup where there is one,
// for somebody to look at before it is public, else a draft for the staff, which
// the program reads at its next start.
func (r *run) adopt(ctx context.Context, id storage.ID, hash string, obj storage.Object, head []byte) (string, any, error) {
	copied, kept, err := r.goodRecord(ctx, id)
	if err != nil {
		return "", nil, err
	}
	if copied != nil {
		next, err := repaired(kept, "", issueOlder)
		if err == nil {
			err = r.putRecord(ctx, next, storage.PutOptions{IfNoneMatch: true})
		}
		return fmt.Sprintf(doneOlder, kept.Revision), nil, err
	}
	media := mimetype.Detect(head)
	_, err = r.library.CreateDocument(ctx, storage.Document{
		State: storage.StateDraft, Audience: storage.AudienceStaff, Validity: storage.Unverified,
		Reading:  storage.Reading{Status: storage.ReadingQueued},
		Original: storage.Original{Name: "khôi phục-" + hash[:8] + media.Extension(), MediaType: media.String(), Size: obj.Size, SHA256: hash},
	}, storage.ByRepair, "adopt")
	return "Đã lập hồ sơ nháp, chỉ Ban Biên tập thấy; lần khởi động sau sẽ đọc nội dung.", nil, err
}

// bringBack puts the good copy of an original into the store. Its document, if
// it could not be read for want of it, is to be read again.
func (r *run) bringBack(ctx context.Context, id storage.ID, hash string, opt storage.PutOptions) (string, any, error) {
	if r.opt.Good == nil {
		return "", nil, errBeyond
	}
	key := storage.OriginalsPrefix + hash
	body, err := r.opt.Good(ctx, key)
	if errors.Is(err, storage.ErrNotFound) {
		return "", nil, errBeyond
	}
	if err != nil {
		return "", nil, err
	}
	opt.SHA256 = hash
	_, err = r.store.Put(ctx, key, body, opt)
	if errors.Is(err, storage.ErrInvalid) { // the copy is none
		err = errBeyond
	}
	if err = errors.Join(err, body.Close()); err != nil {
		return "", nil, err
	}
	_, err = r.library.UpdateDocument(ctx, id, storage.ByRepair, "repair", func(d *storage.Document) error {
		if d.Reading.Status == storage.ReadingFailed {
			d.Reading = storage.Reading{Status: storage.ReadingQueued}
		}
		return nil
	})
	if errors.Is(err, storage.ErrNotFound) || errors.Is(err, storage.ErrDamaged) { // told on its own
		err = nil
	}
	return "Đã lấy lại bản lành từ bản sao lưu.", nil, err
}
