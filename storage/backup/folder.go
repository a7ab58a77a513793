package backup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"

	"github.com/gofrs/flock"

	"vankien/storage"
)

const (
	objectsFolder   = "objects"
	snapshotsFolder = "snapshots"
	tempFolder      = "tmp"
	lockFile        = "lock"
	extension       = ".jsonl.zst"
)

// folder is a backup folder that this process may use.
type folder struct {
	path string
	lock *flock.Flock
}

// openForWriting opens the folder for this process alone, makes it where it is
// missing, and clears away what an interrupted backup left half-written.
func openForWriting(path string) (*folder, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := checkForeign(path); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, err
	}
	f := &folder{path: path, lock: flock.New(filepath.Join(path, lockFile), flock.SetPermissions(0o600))}
	if err := f.acquire(f.lock.TryLock); err != nil {
		return nil, err
	}
	if err := f.prepare(); err != nil {
		return nil, errors.Join(err, f.lock.Unlock())
	}
	return f, nil
}

// openForReading opens a folder that is a backup, beside other readers.
func openForReading(path string) (*folder, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(path, snapshotsFolder)); errors.Is(err, fs.ErrNotExist) {
		return nil, refuse(storage.ErrNotFound, "%s không phải là thư mục sao lưu của Văn Kiện.", path)
	} else if err != nil {
		return nil, err
	}
	f := &folder{path: path, lock: flock.New(filepath.Join(path, lockFile), flock.SetPermissions(0o600))}
	err = f.acquire(f.lock.TryRLock)
	if errors.Is(err, syscall.EROFS) || errors.Is(err, fs.ErrPermission) { // nobody writes there
		return f, nil
	}
	return f, err
}

func (f *folder) acquire(try func() (bool, error)) error {
	held, err := try()
	if err == nil && !held {
		err = refuse(storage.ErrLocked, "Một tiến trình khác đang dùng thư mục sao lưu %s; hãy đợi nó xong rồi chạy lại.", f.path)
	}
	return err
}

func (f *folder) close(err *error) { *err = errors.Join(*err, f.lock.Unlock()) }

// checkForeign refuses a folder that holds what no backup has: it was mistyped.
func checkForeign(path string) error {
	entries, err := os.ReadDir(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	own := []string{objectsFolder, snapshotsFolder, tempFolder, lockFile, "lost+found"}
	for _, entry := range entries {
		if !slices.Contains(own, entry.Name()) {
			return refuse(storage.ErrInvalid, "Thư mục %s đã chứa thứ khác (%q); hãy chọn một thư mục mới hoặc thư mục đã dùng để sao lưu.", path, entry.Name())
		}
	}
	return nil
}

func (f *folder) prepare() error {
	if err := os.RemoveAll(f.in(tempFolder)); err != nil {
		return err
	}
	if err := os.Chmod(f.path, 0o700); err != nil { // members' documents and tokens' hashes are in it
		return err
	}
	for _, name := range []string{objectsFolder, snapshotsFolder, tempFolder} {
		if err := os.MkdirAll(f.in(name), 0o700); err != nil {
			return err
		}
	}
	return errors.Join(syncFolder(f.path), syncFolder(filepath.Dir(f.path)))
}

func (f *folder) in(parts ...string) string {
	return filepath.Join(append([]string{f.path}, parts...)...)
}

// object is the file of the bytes with this hash.
func (f *folder) object(sha256 string) string { return f.in(objectsFolder, sha256[:2], sha256) }

// holds tells whether the bytes of an entry are there, by their length.
func (f *folder) holds(e Entry) bool {
	info, err := os.Lstat(f.object(e.SHA256))
	return err == nil && info.Mode().IsRegular() && info.Size() == e.Size
}

var snapshotName = regexp.MustCompile(`^\d{8}T\d{6}Z-[0-9a-z]{26}$`)

// snapshots are the names of all snapshots, the newest first.
func (f *folder) snapshots() ([]string, error) {
	entries, err := os.ReadDir(f.in(snapshotsFolder))
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		if name, ok := strings.CutSuffix(entry.Name(), extension); ok && snapshotName.MatchString(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	slices.Reverse(names)
	return names, nil
}

func (f *folder) snapshotFile(name string) string { return f.in(snapshotsFolder, name+extension) }

// newestGood is the name of the newest snapshot that is whole, "" where there
// is none; unusable is told of those that are not.
func (f *folder) newestGood(unusable func(name string, err error)) (string, error) {
	names, err := f.snapshots()
	if err != nil {
		return "", err
	}
	for _, name := range names {
		err := f.checkSnapshot(name)
		if err == nil {
			return name, nil
		}
		unusable(name, err)
	}
	return "", nil
}

// checkSnapshot reads a snapshot to its end.
func (f *folder) checkSnapshot(name string) error {
	for _, err := range f.entries(name) {
		if err != nil {
			return err
		}
	}
	return nil
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("sync %s: %w", path, err)
	}
	return nil
}
