package bleveindex

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// manifest is what the files of a build are known to be. It is written when a
// build is begun, when it is opened and when it is closed. The list of segments
// (rootFile) changes with every commit: it is known only of a build that was
// closed, which is what Clean means. Segments never change; those that are not
// listed are younger and have their own CRC.
//
// On disk a manifest is the SHA-256 of the rest in hex, a line feed, and JSON.
type manifest struct {
	Clean bool               `json:"clean"`
	Files map[string]fileSum `json:"files"` // by path in the build, with slashes
}

// fileSum is the size of a file in bytes and its SHA-256 in hex.
type fileSum struct {
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

const (
	manifestFile = "manifest.json"
	bleveFile    = "index_meta.json" // Bleve's own record
	rootFile     = "store/root.bolt"
	segmentDir   = "store/"
)

// fixedFiles never change after a build was begun.
var fixedFiles = []string{versionsFile, bleveFile}

func (m manifest) write(build string) error {
	body, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	return writeFile(filepath.Join(build, manifestFile), append([]byte(hex.EncodeToString(sum[:])+"\n"), body...))
}

// readManifest reads the manifest of a build. One that is damaged is an error.
func readManifest(build string) (manifest, error) {
	data, err := os.ReadFile(filepath.Join(build, manifestFile))
	if err != nil {
		return manifest{}, err
	}
	sum, body, _ := bytes.Cut(data, []byte("\n"))
	if want := sha256.Sum256(body); string(sum) != hex.EncodeToString(want[:]) {
		return manifest{}, errors.New("the manifest's own checksum does not hold")
	}
	var m manifest
	return m, json.Unmarshal(body, &m)
}

// sumFile reads a file and sums it up.
func sumFile(ctx context.Context, path string) (fileSum, error) {
	file, err := os.Open(path)
	if err != nil {
		return fileSum{}, err
	}
	defer file.Close()
	hash := sha256.New()
	size, err := io.Copy(hash, untilDone{ctx, file})
	if err != nil {
		return fileSum{}, fmt.Errorf("reading %s: %w", path, err)
	}
	return fileSum{size, hex.EncodeToString(hash.Sum(nil))}, nil
}

// untilDone reads until its context ends.
type untilDone struct {
	ctx context.Context
	io.Reader
}

func (r untilDone) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

// beginUse notes that the build is open: what its root file will be is not
// known any more. On a full disk the manifest goes altogether; segments then
// have their own CRC to be checked by.
func (b *build) beginUse() error {
	if b.manifest.Files == nil {
		b.manifest.Files = make(map[string]fileSum)
	}
	b.manifest.Clean = false
	delete(b.manifest.Files, rootFile)
	err := b.manifest.write(b.path())
	b.unlisted = err != nil
	if err == nil {
		return nil
	}
	b.logger.Warn("the manifest of the index could not be written", "build", b.name, "error", err)
	if err := os.Remove(filepath.Join(b.path(), manifestFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// seal sums up all files of a build that was closed. Segments that the manifest
// has are not read again. One whose CRC does not hold is left out: it must not
// be vouched for.
func (b *build) seal() error {
	root, err := readRoot(filepath.Join(b.path(), rootFile))
	if err != nil {
		return err
	}
	if err := b.removeOthers(root.segments); err != nil {
		return err
	}
	sealed := manifest{Clean: true, Files: make(map[string]fileSum)}
	files := append([]string{rootFile}, fixedFiles...)
	for _, segment := range root.segments {
		files = append(files, segmentDir+segment)
	}
	for _, file := range files {
		if sum, known := b.manifest.Files[file]; known {
			sealed.Files[file] = sum
			continue
		}
		path := filepath.Join(b.path(), file)
		if strings.HasPrefix(file, segmentDir) && file != rootFile {
			if whole, err := checksumHolds(context.Background(), path); err != nil {
				return err
			} else if !whole {
				b.logger.Error("a segment of the index is damaged", "file", path)
				continue
			}
		}
		if sealed.Files[file], err = sumFile(context.Background(), path); err != nil {
			return err
		}
	}
	return sealed.write(b.path())
}

// removeOthers deletes the segments of older states, which nobody goes back to.
func (b *build) removeOthers(segments []string) error {
	files, err := os.ReadDir(filepath.Join(b.path(), segmentDir))
	if err != nil {
		return err
	}
	for _, file := range files {
		if filepath.Ext(file.Name()) != ".zap" || slices.Contains(segments, file.Name()) {
			continue
		}
		if err := os.Remove(filepath.Join(b.path(), segmentDir, file.Name())); err != nil {
			return err
		}
	}
	return nil
}
