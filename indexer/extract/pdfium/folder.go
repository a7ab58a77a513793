package pdfium

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Folder makes a folder for UseCache, for its owner alone, where there is none.
func Folder(path string) error {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return err
	}
	return private(path)
}

// private refuses a folder that another user could have put something in.
func private(path string) error {
	if !filepath.IsAbs(path) {
		return fmt.Errorf("pdfium: %s is not an absolute path", path)
	}
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if !info.IsDir() || info.Mode().Perm()&0o077 != 0 || !ours(info) {
		return fmt.Errorf("pdfium: %s is open to others", path)
	}
	resolved, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	return errors.Join(guarded(path), guarded(resolved))
}

// guarded refuses a folder that another user could put another in the place of,
// because one above it is theirs or theirs to write to.
func guarded(path string) error {
	for path != filepath.Dir(path) {
		path = filepath.Dir(path)
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		if theirs(info) {
			return fmt.Errorf("pdfium: other users can change %s (%s), in which the machine code would lie", path, info.Mode())
		}
	}
	return nil
}

// leftFor is how long a file that was being written is left alone.
const leftFor = time.Hour

// sweep removes what writers that were killed have left behind.
func sweep(folder string) error {
	if folder == "" {
		return errors.New("pdfium: no folder to keep the machine code in")
	}
	left, err := filepath.Glob(filepath.Join(folder, "*", "*.tmp"))
	if err != nil {
		return err
	}
	for _, path := range left {
		if info, err := os.Lstat(path); err == nil && time.Since(info.ModTime()) > leftFor {
			if err := remove([]string{path}); err != nil {
				return err
			}
		}
	}
	return nil
}

// machineCode are the files in a folder of UseCache, of whichever version, that
// are not still being written.
func machineCode(folder string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(folder, "wazero-*", "*"))
	return slices.DeleteFunc(files, func(path string) bool { return filepath.Ext(path) == ".tmp" }), err
}

// remove removes files; that one is gone already is no error.
func remove(files []string) error {
	for _, path := range files {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}
