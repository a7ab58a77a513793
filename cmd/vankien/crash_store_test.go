package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// originals holds that there is an original for each record, with its bytes,
// and a record for each original and each text.
func (k *checker) originals() error {
	records, err := k.recorded()
	if err != nil {
		return err
	}
	want := map[string]bool{}
	for _, id := range records {
		if e := k.ledger.entries[id]; e != nil {
			want[e.paper.sha256()] = true
		}
	}
	files, err := os.ReadDir(filepath.Join(k.store, "originals"))
	if err != nil {
		return err
	}
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(k.store, "originals", file.Name()))
		if err != nil {
			return err
		}
		if got := (paper{content: content}).sha256(); got != file.Name() {
			k.ledger.problem("the original %s has the hash %s", file.Name(), got)
		}
	}
	texts, err := os.ReadDir(filepath.Join(k.store, "texts"))
	if err != nil {
		return err
	}
	for _, file := range append(files, texts...) {
		if !want[file.Name()] {
			k.ledger.problem("%s has no record", file.Name())
		}
	}
	if len(files) != len(want) || len(want) != len(records) {
		return fmt.Errorf("%d records, %d originals, %d of them uploaded", len(records), len(files), len(want))
	}
	return nil
}

// leftovers holds that a killed server leaves nothing that grows: one session
// of the store with nothing in it, one build of the index, no bytes of uploads.
func (k *checker) leftovers() error {
	var left []string
	for _, folder := range []string{filepath.Join(k.store, ".tmp"), filepath.Join(k.store, ".sgwtmp"), k.spools} {
		err := filepath.WalkDir(folder, func(path string, file fs.DirEntry, err error) error {
			if os.IsNotExist(err) {
				return nil // of the other backend, or removed just now
			}
			if err != nil || file.IsDir() {
				return err
			}
			info, err := file.Info()
			if err == nil && info.Size() > 0 {
				left = append(left, path)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	sessions, err := filepath.Glob(filepath.Join(k.store, ".tmp", "*.alive"))
	if err != nil {
		return err
	}
	builds, err := filepath.Glob(filepath.Join(k.index, "build-*"))
	if err != nil {
		return err
	}
	if len(left) > 0 || len(sessions) > 1 || len(builds) != 1 {
		return fmt.Errorf("left behind: %s; %d sessions of the store, %d builds of the index", strings.Join(left, ", "), len(sessions), len(builds))
	}
	return nil
}
