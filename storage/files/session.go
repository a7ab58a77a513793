package files

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// session is the folder of one open Store's temporary files. Its lock is held
// as long as the Store lives; a session that can be locked belongs to a dead
// process. (Process numbers would not do: they are reused, and containers
// that share a volume have the same ones.)
type session struct {
	folder string
	alive  *flock.Flock
}

const aliveSuffix = ".alive"

// openSession clears dead sessions away and begins a new one. The lock around
// both keeps another Open from clearing a session that is being made.
func openSession(dir string) (_ *session, err error) {
	opening := flock.New(filepath.Join(dir, lockFolder, "open"))
	if err := opening.Lock(); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, opening.Unlock()) }()

	temp := filepath.Join(dir, tempFolder)
	if err := clearDead(temp); err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp(temp, "")
	if err != nil {
		return nil, err
	}
	s := &session{folder: folder, alive: flock.New(folder + aliveSuffix)}
	if err := s.alive.Lock(); err != nil {
		return nil, errors.Join(err, os.Remove(folder))
	}
	return s, nil
}

func clearDead(temp string) error {
	entries, err := os.ReadDir(temp)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		folder := filepath.Join(temp, strings.TrimSuffix(entry.Name(), aliveSuffix))
		alive := flock.New(folder + aliveSuffix)
		dead, err := alive.TryLock()
		if err != nil {
			return err
		}
		if !dead {
			continue
		}
		err = errors.Join(os.RemoveAll(folder), os.RemoveAll(folder+aliveSuffix), alive.Unlock())
		if err != nil {
			return err
		}
	}
	return nil
}

// close removes the session. Its lock goes last: what is left of it, should
// that fail, is a dead session like any other.
func (s *session) close() error {
	return errors.Join(os.RemoveAll(s.folder), os.Remove(s.folder+aliveSuffix), s.alive.Unlock())
}
