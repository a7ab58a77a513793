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

// theirs tells whether users but root and us may take away what is in a folder. A
// group that has the number of its user is his alone, as systems that make one for
// each do; where nobody may remove what is not his, as in /tmp, all may write.
func theirs(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok || stat.Uid != 0 && int(stat.Uid) != os.Geteuid() {
		return true
	}
	mode := info.Mode().Perm()
	return info.Mode()&fs.ModeSticky == 0 && (mode&0o002 != 0 || mode&0o020 != 0 && stat.Gid != stat.Uid)
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
