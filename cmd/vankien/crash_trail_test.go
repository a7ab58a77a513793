package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"vankien/api"
	"vankien/storage"
)

// readTrail reads what the audit trail has got since the last check, from the
// store itself.
func (k *checker) readTrail() error {
	return filepath.WalkDir(filepath.Join(k.store, "audit"), func(path string, file fs.DirEntry, err error) error {
		if err != nil || file.IsDir() || k.read[path] {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var e storage.AuditEvent
		if err := json.Unmarshal(content, &e); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		k.read[path] = true
		k.trail[eventOf(e)] = true
		return nil
	})
}

func eventOf(e storage.AuditEvent) event {
	if e.Action == "purge" {
		e.Revision = 0
	}
	return event{e.By, e.Action, storage.ID(e.Subject), e.Revision}
}

// trailIsWhole holds that each acknowledged change has its event.
func (k *checker) trailIsWhole() error {
	for e := range k.ledger.events {
		if !k.trail[e] {
			return fmt.Errorf("lost: the audit trail does not tell %+v", e)
		}
	}
	return nil
}

// trailIsShown holds that the API tells of each event of the days since begun.
func (k *checker) trailIsShown(begun time.Time) error {
	shown := map[event]bool{}
	for day := begun.UTC(); day.Before(time.Now().Add(24 * time.Hour)); day = day.Add(24 * time.Hour) {
		var answer api.AuditAnswer
		if err := k.get(k.admin, "/api/v1/audit?day="+day.Format(time.DateOnly), &answer); err != nil {
			return err
		}
		for _, e := range answer.Events {
			shown[eventOf(e)] = true
		}
	}
	for e := range k.ledger.events {
		if !shown[e] {
			return fmt.Errorf("lost: /api/v1/audit does not tell %+v", e)
		}
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
