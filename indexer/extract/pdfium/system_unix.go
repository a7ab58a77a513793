//go:build unix

package pdfium

import (
	"io/fs"
	"os"
	"syscall"
)

// ours tells whether the user that we run as owns the file.
func ours(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}

// reserve returns zeroed memory that costs nothing until it is touched, nil
// where the system has none. Go's heap would have to clear half a gigabyte
// for the second document of a process.
func reserve(size int) []byte {
	bytes, err := syscall.Mmap(-1, 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return nil
	}
	return bytes
}

// release gives it back.
func release(bytes []byte) {
	if bytes != nil {
		_ = syscall.Munmap(bytes) // fails for what is no mapping only
	}
}
