// Package pdfiumtest has the tests of all packages share the machine code of
// pdfium: with the race detector compiling it takes most of a minute.
package pdfiumtest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"vankien/indexer/extract/pdfium"
)

// Use is pdfium.UseCache with a folder that outlives the tests and holds the
// machine code when Use returns; it returns that folder. It is to be called
// once, by a TestMain. Of several processes that find it missing one compiles.
func Use() (string, error) {
	folder, err := path()
	if err != nil {
		return "", err
	}
	if err := errors.Join(pdfium.Folder(folder), pdfium.UseCache(folder)); err != nil {
		return "", err
	}
	unlock, err := lock(filepath.Join(folder, "lock"))
	if err != nil {
		return "", err
	}
	defer unlock()
	if kept, err := filepath.Glob(filepath.Join(folder, "wazero-*", "*")); err != nil || len(kept) > 0 {
		return folder, err
	}
	return folder, pdfium.Warm(context.Background())
}

// path tells the versions of the libraries in the folder's name: a test's program
// does not know them.
func path() (string, error) {
	sums, err := goSum()
	if err != nil {
		return "", err
	}
	caches, err := os.UserCacheDir()
	if err != nil {
		caches = os.TempDir()
	}
	return filepath.Join(caches, "vankien", fmt.Sprintf("test-%x", sha256.Sum256(sums))), nil
}

// goSum is the module's, of which a test's folder is part.
func goSum() ([]byte, error) {
	folder, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	for {
		sums, err := os.ReadFile(filepath.Join(folder, "go.sum"))
		if parent := filepath.Dir(folder); errors.Is(err, fs.ErrNotExist) && parent != folder {
			folder = parent
			continue
		}
		return sums, err
	}
}
