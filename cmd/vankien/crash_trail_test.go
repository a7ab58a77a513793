package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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
