package bleveindex

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
)

// checksumSize is the size of the CRC-32 (IEEE, big endian, of everything
// before it) that ends a segment file.
const checksumSize = 4

// dropDamaged deletes segment files that are not as they were written. Bleve
// does not look: flipped bytes would be searched in silence, and a file that a
// crash left unfinished stays for ever. Without a file that it needs Bleve goes
// back to an older whole state or does not open; either way indexer.Repair
// fills in what is missing.
func dropDamaged(build string, logger *slog.Logger) error {
	segments, err := fs.Glob(os.DirFS(build), "store/*.zap") // the folder's own name may have a * or [
	if err != nil {
		return err
	}
	for _, name := range segments {
		path := filepath.Join(build, filepath.FromSlash(name))
		whole, err := isWhole(path)
		if err != nil {
			return err
		}
		if whole {
			continue
		}
		logger.Warn("a damaged or unfinished segment of the index is dropped", "file", path)
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// isWhole tells whether the checksum of a segment file holds.
func isWhole(path string) (bool, error) {
	file, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return false, err
	}
	if info.Size() <= checksumSize {
		return false, nil
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, file, info.Size()-checksumSize); err != nil {
		return false, fmt.Errorf("checking %s: %w", path, err)
	}
	var want [checksumSize]byte
	if _, err := io.ReadFull(file, want[:]); err != nil {
		return false, fmt.Errorf("checking %s: %w", path, err)
	}
	return binary.BigEndian.Uint32(want[:]) == sum.Sum32(), nil
}
