package files

import (
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
)

// BadSector makes the bytes of a file unreadable, as a failing disk does, until
// the test ends.
func BadSector(t *testing.T, name string) {
	readFull = func(from io.Reader, p []byte) (int, error) {
		if file, ok := from.(*os.File); ok && strings.HasSuffix(file.Name(), name) {
			return 0, syscall.EIO
		}
		return io.ReadFull(from, p)
	}
	t.Cleanup(func() { readFull = io.ReadFull })
}
