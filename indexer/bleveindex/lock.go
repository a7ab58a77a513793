package bleveindex

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"

	"github.com/gofrs/flock"

	"vankien/storage"
)

const (
	lockFile   = "lock"
	holderFile = "holder.json" // who holds the lock; it says nothing while nobody does
)

// HeldError says which process has an index open. It wraps storage.ErrLocked.
type HeldError struct {
	PID     int       `json:"pid"`     // 0 where the holder cannot be told
	Command string    `json:"command"` // as it was called: "vankien serve"
	Since   time.Time `json:"since"`   // when it opened the index
}

// Error says in Vietnamese who holds the index, and since when in local time.
func (e *HeldError) Error() string {
	if e.PID == 0 {
		return "một tiến trình khác đang giữ chỉ mục này"
	}
	return fmt.Sprintf("tiến trình %d (%s) giữ chỉ mục này từ %s", e.PID, e.Command, e.Since.Local().Format("15:04 ngày 02/01/2006"))
}

// Unwrap is storage.ErrLocked.
func (e *HeldError) Unwrap() error { return storage.ErrLocked }

// lockFolder takes the lock of an index and leaves word of who took it.
func lockFolder(dir string, logger *slog.Logger) (*flock.Flock, error) {
	lock := flock.New(filepath.Join(dir, lockFile))
	switch held, err := lock.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("locking the index: %w", err)
	case !held:
		return nil, fmt.Errorf("index %s: %w", dir, findHolder(dir))
	}
	me, err := json.Marshal(HeldError{os.Getpid(), calledAs(os.Args), time.Now().UTC().Truncate(time.Second)})
	if err == nil {
		err = writeFile(filepath.Join(dir, holderFile), me)
	}
	if err != nil { // the lock holds all the same
		logger.Warn("who holds the index could not be noted", "dir", dir, "error", err)
	}
	return lock, nil
}

// unlockFolder lets go of the lock.
func unlockFolder(dir string, lock *flock.Flock) error {
	err := os.Remove(filepath.Join(dir, holderFile))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, lock.Unlock())
}

// findHolder reads who holds the lock. A killed holder leaves its word behind,
// and the next one needs a moment to put its own in place: what names a
// process that is gone is never passed on.
func findHolder(dir string) *HeldError {
	for range 10 {
		var e HeldError
		data, err := os.ReadFile(filepath.Join(dir, holderFile))
		if err == nil && json.Unmarshal(data, &e) == nil && e.PID > 0 && runs(e.PID) {
			return &e
		}
		time.Sleep(20 * time.Millisecond)
	}
	return &HeldError{}
}

func runs(pid int) bool {
	process, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	err = process.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, fs.ErrPermission)
}

// calledAs is a command line shortened to the program and what it was to do;
// nothing that follows, which may be secret.
func calledAs(args []string) string {
	const most = 40
	called := filepath.Base(args[0])
	if len(args) > 1 && !strings.HasPrefix(args[1], "-") && utf8.RuneCountInString(args[1]) <= most {
		called += " " + args[1]
	}
	return called
}
