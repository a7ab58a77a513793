package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"vankien/storage"
)

// look copies an object of the store. Where it is damaged or cannot be read,
// the outcome is the last good copy, old, if there is one; else what was read,
// marked as damaged.
func (r *run) look(ctx context.Context, key string, old *Entry) looked {
	if old != nil && (old.Damaged != "" || !r.folder.holds(*old)) {
		old = nil
	}
	copied, err := r.folder.copy(ctx, r.store, key)
	switch {
	case errors.Is(err, storage.ErrNotFound): // deleted since it was listed
		return looked{key: key}
	case ctx.Err() != nil:
		return looked{key: key, err: ctx.Err()}
	case errors.As(err, new(sourceError)):
		l := looked{key: key, reason: fmt.Sprintf("Không đọc được từ kho (%v).", err)}
		if !errors.Is(err, storage.ErrDamaged) {
			l.fault = err // it may be the store's, not the object's
		}
		if old != nil {
			l.entry, l.reason = *old, l.reason+" "+keptCopy
		}
		return l
	case err != nil:
		return looked{key: key, err: err}
	case copied.Damaged == "":
		return looked{key: key, entry: copied, copied: true}
	case old != nil:
		return looked{key: key, entry: *old, reason: copied.Damaged + " " + keptCopy}
	default:
		return looked{key: key, entry: copied, copied: true, reason: copied.Damaged + " Chưa có bản lành nào; bản sao lưu giữ tạm bản hỏng này."}
	}
}

const keptCopy = "Bản sao lưu giữ bản lành gần nhất."

// sourceError is a fault of the store, not of the backup's disk.
type sourceError struct{ error }

func (e sourceError) Unwrap() error { return e.error }

// source keeps the errors of what is read apart from those of what is written.
type source struct {
	from io.Reader
	err  error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.from.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// copy copies an object into the folder, durably but for its name, and tells
// what is wrong with it. An error of the store is a sourceError.
func (f *folder) copy(ctx context.Context, store storage.Store, key string) (entry Entry, err error) {
	body, obj, err := store.Get(ctx, key, storage.Range{})
	if err != nil {
		return Entry{}, sourceError{err}
	}
	defer body.Close()
	temp, err := os.CreateTemp(f.in(tempFolder), "object-*") // 0600
	if err != nil {
		return Entry{}, err
	}
	defer func() {
		_ = temp.Close() // it was synced before it was placed
		if err != nil {
			_ = os.Remove(temp.Name()) // or the next backup does
		}
	}()
	from, hash := &source{from: body}, sha256.New()
	size, err := io.Copy(io.MultiWriter(temp, hash), from)
	known := errors.Is(from.err, storage.ErrDamaged) && size == obj.Size // the store itself tells, and gave all there is
	switch {
	case known:
	case from.err != nil:
		return Entry{}, sourceError{from.err}
	case err != nil:
		return Entry{}, err
	case size != obj.Size:
		return Entry{}, sourceError{fmt.Errorf("%d bytes instead of %d", size, obj.Size)}
	}
	entry = Entry{Key: key, Size: size, SHA256: hex.EncodeToString(hash.Sum(nil)), ETag: obj.ETag, Modified: obj.Modified.UTC()}
	if entry.Damaged, err = examine(entry, temp); err != nil {
		return Entry{}, err
	}
	if known && entry.Damaged == "" {
		entry.Damaged = "Nội dung trong kho không còn là nội dung đã ghi."
	}
	return entry, f.place(temp, entry.SHA256)
}

// place makes the bytes durable and renames them to their hash. What stands
// there already is replaced: these bytes are known to be good.
func (f *folder) place(temp *os.File, sha256 string) error {
	if err := temp.Sync(); err != nil {
		return err
	}
	target := f.object(sha256)
	if err := os.Mkdir(filepath.Dir(target), 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	return os.Rename(temp.Name(), target)
}

// syncObjects makes the names of all objects durable.
func (f *folder) syncObjects() error {
	root := f.in(objectsFolder)
	folders, err := os.ReadDir(root)
	if err != nil {
		return err
	}
	for _, folder := range folders {
		if folder.IsDir() {
			if err := syncFolder(filepath.Join(root, folder.Name())); err != nil {
				return err
			}
		}
	}
	return syncFolder(root)
}
