package storage_test

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

func TestAudit(t *testing.T) {
	l, s := open(t)
	hanoi := time.FixedZone("+07", 7*3600)
	day := time.Date(2026, 3, 2, 1, 0, 0, 0, hanoi) // still the first of March in UTC
	want := []storage.AuditEvent{}
	for i := range 20 {
		event := storage.AuditEvent{At: day.Add(time.Duration(i/5) * time.Millisecond), By: "an", Action: "publish", Subject: "wers", Revision: i, Note: "…"}
		if err := l.AppendAudit(t.Context(), event); err != nil {
			t.Fatal(err)
		}
		event.At = event.At.UTC()
		want = append(want, event)
	}
	if err := l.AppendAudit(t.Context(), storage.AuditEvent{By: "an", Action: "token"}); err != nil {
		t.Fatal(err)
	}
	got := []storage.AuditEvent{}
	for event, err := range l.Audit(t.Context(), day) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, event)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-appended +read):\n%s", diff)
	}
	key := regexp.MustCompile(`^audit/2026/03/01/[0-9a-hjkmnp-tv-z]{26}\.json$`)
	for obj, err := range s.List(t.Context(), "audit/2026/03/", "") {
		if err != nil || !key.MatchString(obj.Key) {
			t.Errorf("stored as %s, %v", obj.Key, err)
		}
	}
	today := 0
	for event, err := range l.Audit(t.Context(), time.Now()) {
		if err != nil || time.Since(event.At) > time.Hour {
			t.Errorf("%+v, %v", event, err)
		}
		today++
	}
	if today != 1 {
		t.Errorf("%d events today", today)
	}
}

func TestAuditEventsThatAreRefused(t *testing.T) {
	l, _ := open(t)
	for _, test := range []struct {
		event storage.AuditEvent
		want  error
	}{
		{storage.AuditEvent{}, storage.ErrInvalid},
		{storage.AuditEvent{By: "an"}, storage.ErrInvalid},
		{storage.AuditEvent{Action: "publish"}, storage.ErrInvalid},
		{storage.AuditEvent{By: "an", Action: "x", At: time.Date(1930, 2, 3, 0, 0, 0, 0, time.UTC)}, storage.ErrInvalid},
		{storage.AuditEvent{By: "an", Action: "x", At: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}, storage.ErrInvalid},
		{storage.AuditEvent{By: "an", Action: "x", Note: strings.Repeat("x", 64<<10)}, storage.ErrTooLarge},
	} {
		if err := l.AppendAudit(t.Context(), test.event); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", fmt.Sprintf("%.100v", test.event), err)
		}
	}
}
