package bleveindex

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/blevesearch/bleve/v2/util"
	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// Damage is one thing that is wrong with the files of an index.
type Damage struct {
	File   string // in the index's folder, with slashes
	Reason string // a Vietnamese sentence
}

// inspection is what the files of a build tell without opening it.
type inspection struct {
	manifest manifest // what of it can be relied on
	root     rootState
	damages  []Damage
	fatal    bool     // the build cannot be used: the last damage says why
	lost     []string // segments of the last state that are damaged or gone
	doubtful bool     // the state is whole but may not be the last one
}

// inspect checks every file of a build that the program relies on. Its error
// is one of reading, not of what was read.
func inspect(ctx context.Context, dir, name string) (*inspection, error) {
	i := &inspection{}
	build := filepath.Join(dir, name)
	note := func(file, reason string) { i.damages = append(i.damages, Damage{name + "/" + file, reason}) }
	var err error
	if i.manifest, err = readManifest(build); err != nil {
		if passing(err) {
			return nil, err
		}
		note(manifestFile, "Bảng kê các tệp của chỉ mục bị mất hoặc bị hỏng.")
		i.manifest = manifest{}
	}
	for _, file := range fixedFiles {
		switch whole, err := i.isListed(ctx, build, file); {
		case err != nil:
			return nil, err
		case !whole:
			note(file, "Nội dung tệp không còn như khi ghi.")
			i.fatal = true
			return i, nil
		}
	}
	if i.root, err = readRoot(filepath.Join(build, rootFile)); err != nil {
		if passing(err) {
			return nil, err
		}
		note(rootFile, "Danh mục các phần của chỉ mục bị mất hoặc bị hỏng.")
		i.fatal = true
		return i, nil
	}
	whole, err := i.isListed(ctx, build, rootFile)
	if err != nil {
		return nil, err
	}
	if i.root.older || i.manifest.Clean && !whole {
		i.doubtful = true
		note(rootFile, "Danh mục các phần của chỉ mục không còn như khi ghi.")
	}
	for _, segment := range i.root.segments {
		switch whole, err := i.isWhole(ctx, build, segmentDir+segment); {
		case err != nil:
			return nil, err
		case !whole:
			i.lost = append(i.lost, segment)
			note(segmentDir+segment, "Một phần của chỉ mục bị mất hoặc bị hỏng.")
		}
	}
	return i, nil
}

// isListed tells whether a file is as the manifest has it. One that is not
// listed is taken as it is, if it is there.
func (i *inspection) isListed(ctx context.Context, build, file string) (bool, error) {
	want, listed := i.manifest.Files[file]
	if !listed {
		_, err := os.Stat(filepath.Join(build, file))
		return err == nil, onlyPassing(err)
	}
	got, err := sumFile(ctx, filepath.Join(build, file))
	return err == nil && got == want, onlyPassing(err)
}

// isWhole tells whether a segment is as it was written.
func (i *inspection) isWhole(ctx context.Context, build, segment string) (bool, error) {
	if _, listed := i.manifest.Files[segment]; listed {
		return i.isListed(ctx, build, segment)
	}
	whole, err := checksumHolds(ctx, filepath.Join(build, segment))
	return whole && err == nil, onlyPassing(err)
}

// passing tells whether an error says nothing about a file but that it cannot
// be read now.
func passing(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, fs.ErrPermission) ||
		errors.Is(err, bolterrors.ErrTimeout) || errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE) || errors.Is(err, syscall.ENOMEM)
}

func onlyPassing(err error) error {
	if passing(err) {
		return err
	}
	return nil
}

// checksumHolds tells whether the CRC-32 that ends a segment file (IEEE, big
// endian, of everything before it) holds.
func checksumHolds(ctx context.Context, path string) (bool, error) {
	const size = 4
	file, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || info.Size() <= size {
		return false, err
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, untilDone{ctx, file}, info.Size()-size); err != nil {
		return false, fmt.Errorf("checking %s: %w", path, err)
	}
	var want [size]byte
	if _, err := io.ReadFull(file, want[:]); err != nil {
		return false, fmt.Errorf("checking %s: %w", path, err)
	}
	return binary.BigEndian.Uint32(want[:]) == sum.Sum32(), nil
}

// dropSegments takes segments out of the last state of a build whose root file
// is whole, so that the rest can be opened.
func dropSegments(build string, lost []string) error {
	db, err := bolt.Open(filepath.Join(build, rootFile), 0o600, &bolt.Options{Timeout: 5 * time.Second})
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		snapshots := tx.Bucket(util.BoltSnapshotsBucket)
		key, _ := snapshots.Cursor().Last()
		last := snapshots.Bucket(key)
		var drop [][]byte
		if err := last.ForEachBucket(func(part []byte) error {
			if slices.Contains(lost, string(last.Bucket(part).Get(util.BoltPathKey))) {
				drop = append(drop, slices.Clone(part))
			}
			return nil
		}); err != nil {
			return err
		}
		for _, part := range drop {
			if err := last.DeleteBucket(part); err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(err, db.Close())
}
