package storage

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"
)

// AuditEvent is one thing that somebody did to the library. It holds no text
// of a document: a refused secret leaves its hash and the rule, nothing more.
type AuditEvent struct {
	At       time.Time `json:"at"`       // now where zero
	By       string    `json:"by"`       // a token's name, or "import" for the command line
	Action   string    `json:"action"`   // import, publish, withdraw, delete, refuse, token …
	Subject  string    `json:"subject"`  // a document's ID, a hash, a token's name; "" where there is none
	Revision int       `json:"revision"` // of the document, 0 where there is none
	Note     string    `json:"note"`
}

const maxAuditEvent = 64 << 10

// AppendAudit adds an event to the audit trail, which nothing ever alters.
// ErrInvalid for one without By or Action, ErrTooLarge over 64 KiB.
func (l *Library) AppendAudit(ctx context.Context, event AuditEvent) error {
	if event.By == "" || event.Action == "" {
		return fmt.Errorf("audit event by %q with action %q: %w", event.By, event.Action, ErrInvalid)
	}
	if event.At.IsZero() {
		event.At = now()
	}
	event.At = event.At.UTC()
	if year := event.At.Year(); year < 1970 || year > 9999 {
		return fmt.Errorf("audit event in the year %d: %w", year, ErrInvalid)
	}
	id, err := ulid.New(ulid.Timestamp(event.At), ulid.DefaultEntropy())
	if err != nil {
		return fmt.Errorf("audit event: %w", err)
	}
	data, err := seal(event)
	if err != nil {
		return fmt.Errorf("audit event: %w: %w", ErrInvalid, err)
	}
	if len(data) > maxAuditEvent {
		return fmt.Errorf("audit event of %d bytes: %w", len(data), ErrTooLarge)
	}
	key := auditDay(event.At) + strings.ToLower(id.String()) + ".json"
	_, err = l.write(ctx, key, data, PutOptions{IfNoneMatch: true})
	return err
}

// Audit yields the events of a day (of UTC) in the order they happened. An
// event that cannot be read is yielded as its error, and the loop may go on.
func (l *Library) Audit(ctx context.Context, day time.Time) iter.Seq2[AuditEvent, error] {
	return readAhead(ctx, l.store, auditDay(day.UTC()), func(ctx context.Context, key string) (event AuditEvent, err error) {
		data, _, err := l.read(ctx, key, maxAuditEvent)
		if err != nil {
			return AuditEvent{}, err
		}
		err = decodeSealed(key, data, &event)
		return event, err
	})
}

func auditDay(t time.Time) string { return AuditPrefix + t.Format("2006/01/02/") }
