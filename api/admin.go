package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"vankien/storage"
)

// AuditAnswer answers GET /audit: what was done on a day of UTC, in the order
// it happened.
type AuditAnswer struct {
	Day     storage.Date         `json:"day"`
	Events  []storage.AuditEvent `json:"events"`
	Damaged int                  `json:"damaged"` // events that cannot be read any more
}

// VersionsAnswer answers GET /index/versions: what the index holds.
type VersionsAnswer struct {
	Documents map[storage.ID]HeldVersion `json:"documents"`
}

// HeldVersion is the version of a document that the index holds.
type HeldVersion struct {
	Created  time.Time `json:"created"`
	Revision int       `json:"revision"`
	Updated  time.Time `json:"updated"`
}

// ReindexStatus tells how far filling the index anew has come, or how it ended
// the last time.
type ReindexStatus struct {
	Running  bool       `json:"running"`
	Done     int        `json:"done"`    // documents looked at
	Started  *time.Time `json:"started"` // null where none was begun
	Finished *time.Time `json:"finished"`
	Error    string     `json:"error"` // why it failed, in Vietnamese, else ""
}

// auditTime is how long reading a busy day may take; the server's write
// deadline comes after it.
const auditTime = 50 * time.Second

func (s *server) audit(c *gin.Context) error {
	day, err := dateValue(queryValues(c.Request.URL.RawQuery), "day")
	if err != nil {
		return err
	}
	if day == "" {
		day = storage.Date(time.Now().UTC().Format(time.DateOnly))
	}
	from, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return fmt.Errorf("day %s: %w", day, err)
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), auditTime)
	defer cancel()
	answer := AuditAnswer{Day: day, Events: []storage.AuditEvent{}}
	for event, err := range s.cfg.Library.Audit(ctx, from) {
		switch {
		case err == nil:
			answer.Events = append(answer.Events, event)
		case errors.Is(err, storage.ErrDamaged):
			s.log.Error("an event of the audit trail is damaged", "day", day, "error", err)
			answer.Damaged++
		default:
			return fmt.Errorf("audit trail of %s: %w", day, err)
		}
	}
	return writeJSON(c, http.StatusOK, answer)
}

func (s *server) versions(c *gin.Context) error {
	held, err := s.cfg.Index.Versions(c.Request.Context())
	if err != nil {
		return err
	}
	answer := VersionsAnswer{Documents: make(map[storage.ID]HeldVersion, len(held))}
	for id, v := range held {
		answer.Documents[id] = HeldVersion{Created: v.Created.UTC(), Revision: v.Revision, Updated: v.Updated.UTC()}
	}
	return writeJSON(c, http.StatusOK, answer)
}

func (s *server) reindex(c *gin.Context) error {
	if s.cfg.Reindexer == nil {
		return errReadOnly
	}
	status, err := s.cfg.Reindexer.Reindex()
	if errors.Is(err, storage.ErrConflict) {
		return fmt.Errorf("%w: %w", errReindexing, err)
	}
	if err != nil {
		return err
	}
	return writeJSON(c, http.StatusAccepted, status)
}

func (s *server) reindexStatus(c *gin.Context) error {
	status := ReindexStatus{}
	if s.cfg.Reindexer != nil {
		status = s.cfg.Reindexer.ReindexStatus()
	}
	return writeJSON(c, http.StatusOK, status)
}
