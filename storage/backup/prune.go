package backup

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// digest is a SHA-256.
type digest [32]byte

func parseDigest(s string) (d digest, ok bool) {
	data, err := hex.DecodeString(s)
	return digest(append(data, make([]byte, 32)...)[:32]), err == nil && len(data) == len(d)
}

// prune removes the snapshots that are too many, and then the objects that no
// snapshot names.
func (r *run) prune(ctx context.Context) error {
	names, err := r.folder.snapshots()
	if err != nil || r.opt.Keep == 0 || len(names) <= r.opt.Keep {
		return err
	}
	for _, name := range names[r.opt.Keep:] {
		if err := os.Remove(r.folder.snapshotFile(name)); err != nil {
			return err
		}
		r.report.Removed++
	}
	if err := syncFolder(r.folder.in(snapshotsFolder)); err != nil {
		return err
	}
	named, err := r.named(ctx, names[:r.opt.Keep])
	if err != nil || named == nil {
		return err
	}
	return r.sweep(ctx, named)
}

// named are the hashes that snapshots name, nil where one of them cannot be
// read: nobody knows then what it needs.
func (r *run) named(ctx context.Context, snapshots []string) (map[digest]struct{}, error) {
	named := make(map[digest]struct{})
	for _, name := range snapshots {
		for entry, err := range r.folder.entries(name) {
			if err != nil {
				r.problem(name, "Bản sao lưu này không đọc được trọn vẹn (%v); chưa dọn các tệp thừa.", err)
				return nil, nil
			}
			if d, ok := parseDigest(entry.SHA256); ok {
				named[d] = struct{}{}
			}
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return named, nil
}

func (r *run) sweep(ctx context.Context, named map[digest]struct{}) error {
	return r.folder.eachObject(func(name, path string) error {
		d, ok := parseDigest(name)
		if _, needed := named[d]; needed || !ok {
			return ctx.Err()
		}
		r.report.RemovedObjects++
		return errors.Join(os.Remove(path), ctx.Err())
	})
}

// eachObject calls do with the name and the path of every file under objects/,
// in the order of names.
func (f *folder) eachObject(do func(name, path string) error) error {
	err := filepath.WalkDir(f.in(objectsFolder), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		return do(entry.Name(), path)
	})
	if err != nil {
		return fmt.Errorf("objects of the backup: %w", err)
	}
	return nil
}
