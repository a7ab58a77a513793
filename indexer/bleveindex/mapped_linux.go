package bleveindex

import "golang.org/x/sys/unix"

// forget takes the pages of a file's read-only mapping out of the process's
// memory. The system still has them, and brings back those that are read again.
func forget(mapped []byte) error {
	if len(mapped) == 0 {
		return nil
	}
	return unix.Madvise(mapped, unix.MADV_DONTNEED)
}
