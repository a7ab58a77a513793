package verify_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
	"vankien/storage/verify"
)

// A record that a hand altered goes back to what its history says, as one more
// revision, and the audit trail keeps what was undone.
func TestHandEditedRecord(t *testing.T) {
	indented := func(data []byte) []byte {
		var out bytes.Buffer
		if err := json.Indent(&out, data, "", "  "); err != nil {
			panic(err)
		}
		return out.Bytes()
	}
	for name, harm := range map[string]func([]byte) []byte{
		"the title":                  replace(`"title":"về tổ chức cơ sở đảng","signer"`, `"title":"sai","signer"`),
		"the title, with an editor":  func(d []byte) []byte { return indented(replace("về tổ chức cơ sở đảng", "sai")(d)) },
		"the state":                  replace(`"state":"published"`, `"state":"withdrawn"`),
		"the audience":               replace(`"audience":"public"`, `"audience":"staff"`),
		"the revision":               replace(`"revision":3`, `"revision":9`),
		"the bytes that it is about": replace(`"size":`, `"size":1`),
	} {
		t.Run(name, func(t *testing.T) {
			l := newLibrary(t)
			rec := l.docs[1]
			l.edit(t, record(rec), harm)
			if found := l.run(t, verify.Options{Repair: true, By: storage.ByOperator}); len(found) != 1 || !found[0].Repaired {
				t.Fatalf("found %+v", found)
			}
			now, err := l.Document(t.Context(), rec.ID)
			if err != nil {
				t.Fatal(err)
			}
			if now.Revision != rec.Revision+1 || len(now.History) != len(rec.History)+1 || now.History[3].By != storage.ByRepair || now.History[3].Action != "repair" {
				t.Errorf("revision %d, history %+v", now.Revision, now.History)
			}
			now.Revision, now.Updated = rec.Revision, rec.Updated
			if diff := cmp.Diff(rec.Document, now.Document); diff != "" {
				t.Errorf("repaired (-before +after):\n%s", diff)
			}
		})
	}
}

func TestUndoneValuesAreKept(t *testing.T) {
	l := newLibrary(t)
	l.edit(t, record(l.docs[1]), replace("về tổ chức cơ sở đảng", "sai"))
	l.run(t, verify.Options{Repair: true, By: storage.ByOperator})
	var notes []string
	for event, err := range l.Audit(t.Context(), time.Now()) {
		if err != nil {
			t.Fatal(err)
		}
		if event.Action == "repair" {
			notes = append(notes, event.By+" "+event.Subject+" "+event.Note)
		}
	}
	want := fmt.Sprintf(`operator %s record-altered %s {"facts":{"title":"sai"}}`, l.docs[1].ID, record(l.docs[1]))
	if len(notes) != 1 || notes[0] != want {
		t.Errorf("the trail has %q, want %q", notes, want)
	}
}

// Where the history itself may be what was altered, nothing of it is shown
// before somebody has looked, and nobody sees what either copy keeps from them.
func TestAlteredHistory(t *testing.T) {
	l := newLibrary(t)
	rec := l.docs[1]
	l.edit(t, record(rec), func(data []byte) []byte {
		data = replace(`"audience":"public"`, `"audience":"members"`)(data)
		at := bytes.LastIndex(data, []byte("về tổ chức cơ sở đảng")) // the history's
		return append(data[:at:at], bytes.Replace(data[at:], []byte("cơ sở"), []byte("cơ xở"), 1)...)
	})
	if found := l.run(t, verify.Options{Repair: true}); len(found) != 1 || !found[0].Repaired || !strings.Contains(found[0].Advice, "chờ người đọc lại") {
		t.Fatalf("found %+v", found)
	}
	now, err := l.Document(t.Context(), rec.ID)
	if err != nil {
		t.Fatal(err)
	}
	if now.State != storage.StateReview || now.Audience != storage.AudienceMembers || len(now.Facts.Issues) != 1 {
		t.Errorf("state %s, audience %s, issues %q", now.State, now.Audience, now.Facts.Issues)
	}
	if found := l.run(t, verify.Options{}); len(found) > 0 {
		t.Errorf("after the repair: %+v", found)
	}
}

// A history that leads nowhere needs a backup.
func TestBrokenHistory(t *testing.T) {
	for name, harm := range map[string]func([]byte) []byte{
		"a revision is missing": replace(`{"revision":2,`, `{"revision":7,`),
		"nobody did it":         replace(`"by":"bình"`, `"by":""`),
		"a patch is no object":  replace(`"action":"read","patch":`, `"action":"read","patch":[1],"x":`),
	} {
		t.Run(name, func(t *testing.T) {
			l := newLibrary(t)
			copies := l.save(t)
			l.edit(t, record(l.docs[1]), harm)
			if found := l.run(t, verify.Options{Repair: true}); len(found) != 1 || found[0].Repaired {
				t.Fatalf("without a backup: %+v", found)
			}
			if found := l.run(t, verify.Options{Repair: true, Good: copies.good}); len(found) != 1 || !found[0].Repaired {
				t.Fatalf("with a backup: %+v", found)
			}
			if now, err := l.Document(t.Context(), l.docs[1].ID); err != nil || cmp.Diff(l.docs[1], now) != "" {
				t.Errorf("%v: %s", err, cmp.Diff(l.docs[1], now))
			}
		})
	}
}

// A backup that is older than the history is not preferred to it; where there
// is nothing else, it is better than nothing, but nothing of it is public before
// somebody has looked: the lost record may have said otherwise.
func TestOlderBackup(t *testing.T) {
	l := newLibrary(t)
	rec := l.docs[1]
	copies := l.save(t)
	l.update(t, rec, func(d *storage.Document) { d.Facts.Title = "mới hơn" })
	l.edit(t, record(rec), replace(`"title":"mới hơn"`, `"title":"sai"`))
	l.run(t, verify.Options{Repair: true, Good: copies.good})
	if now, err := l.Document(t.Context(), rec.ID); err != nil || now.Facts.Title != "mới hơn" {
		t.Errorf("%q, %v", now.Facts.Title, err)
	}
	l.update(t, rec, func(d *storage.Document) { d.State, d.Audience = storage.StateWithdrawn, storage.AudienceStaff })
	l.edit(t, record(rec), replace(`{"revision":2,`, `{"revision":7,`))
	l.run(t, verify.Options{Repair: true, Good: copies.good})
	l.waits(t, rec, storage.AudienceStaff)
	l.edit(t, record(rec), func(data []byte) []byte { return data[:100] })
	l.run(t, verify.Options{Repair: true, Good: copies.good})
	l.waits(t, rec, storage.AudiencePublic)
}

// waits makes sure that a document is at one revision more than it was in the
// backup, and waits for somebody to look at it.
func (l *library) waits(t *testing.T, was storage.Record, audience storage.Audience) {
	t.Helper()
	now, err := l.Document(t.Context(), was.ID)
	if err != nil || now.Revision != was.Revision+1 || now.State != storage.StateReview || now.Audience != audience || now.Purging || len(now.Facts.Issues) != 1 {
		t.Errorf("revision %d, %s for %s, issues %q, %v", now.Revision, now.State, now.Audience, now.Facts.Issues, err)
	}
}

// An original without a record becomes a draft that only the staff see, or,
// where a backup knows it, what it was, for somebody to look at.
func TestForgottenOriginal(t *testing.T) {
	l := newLibrary(t)
	rec := l.docs[1]
	copies := l.save(t)
	l.remove(t, record(rec))
	l.run(t, verify.Options{Repair: true})
	now, err := l.Document(t.Context(), rec.ID)
	if err != nil || now.State != storage.StateDraft || now.Audience != storage.AudienceStaff || now.Reading.Status != storage.ReadingQueued ||
		now.History[0].Action != "adopt" || now.Original.MediaType != "application/pdf" || now.Original.Name != "khôi phục-"+rec.Original.SHA256[:8]+".pdf" {
		t.Errorf("%+v, %v", now, err)
	}
	l.remove(t, record(rec))
	l.run(t, verify.Options{Repair: true, Good: copies.good})
	l.waits(t, rec, storage.AudiencePublic)
}

// A purge that a backup or a history nobody can prove asks for is not gone on
// with: the bytes may have come back since.
func TestPurgeIsNotBroughtBack(t *testing.T) {
	l := newLibrary(t)
	rec := l.docs[1]
	l.update(t, rec, func(d *storage.Document) { d.Purging = true })
	purging := l.save(t)
	l.edit(t, record(rec), replace(`"title":"về tổ chức cơ sở đảng","signer"`, `"title":"sai","signer"`))
	l.edit(t, record(rec), replace(`"checksum":"`, `"checksum":"0`))
	l.run(t, verify.Options{Repair: true, Good: purging.good})
	now, err := l.Document(t.Context(), rec.ID)
	if err != nil || now.Purging || now.State != storage.StateReview {
		t.Errorf("%s, purging %v, %v", now.State, now.Purging, err)
	}
	l.remove(t, record(rec))
	l.run(t, verify.Options{Repair: true, Good: purging.good})
	if now, err := l.Document(t.Context(), rec.ID); err != nil || now.Purging || now.State != storage.StateDraft {
		t.Errorf("%s, purging %v, %v", now.State, now.Purging, err)
	}
}

// What a purge has not finished removing is no finding, and is not brought back.
func TestPurgeUnderWay(t *testing.T) {
	l := newLibrary(t)
	rec := l.docs[1]
	copies := l.save(t)
	l.update(t, rec, func(d *storage.Document) { d.Purging = true })
	if err := l.DeleteOriginal(t.Context(), rec.Original.SHA256); err != nil {
		t.Fatal(err)
	}
	if found := l.run(t, verify.Options{Repair: true, Good: copies.good, Reread: l.reread}); len(found) > 0 {
		t.Errorf("found %+v", found)
	}
}

// A document that could not be read because its original was lost is read
// again once that is back.
func TestReadAgainAfterLoss(t *testing.T) {
	l := newLibrary(t)
	rec := l.docs[1]
	copies := l.save(t)
	l.remove(t, original(rec))
	l.update(t, rec, func(d *storage.Document) {
		d.Reading = storage.Reading{Status: storage.ReadingFailed, Reason: "mất tệp gốc"}
	})
	if found := l.run(t, verify.Options{Repair: true, Good: copies.good}); len(found) != 1 || !found[0].Repaired {
		t.Errorf("found %+v", found)
	}
	if now, err := l.Document(t.Context(), rec.ID); err != nil || now.Reading.Status != storage.ReadingQueued {
		t.Errorf("%+v, %v", now.Reading, err)
	}
}

// A text whose original is lost as well is kept, whatever is left of it.
func TestTextThatCannotBeReadAgain(t *testing.T) {
	l := newLibrary(t)
	l.edit(t, text(l.docs[1]), flip)
	l.remove(t, original(l.docs[1]))
	found := l.run(t, verify.Options{Repair: true, Reread: l.reread})
	if len(found) != 2 || found[0].Repaired || found[1].Repaired {
		t.Errorf("found %+v", found)
	}
}

// Everything at once, and nothing is left but what needs a person.
func TestAllAtOnce(t *testing.T) {
	l := newLibrary(t)
	copies := l.save(t)
	l.edit(t, original(l.docs[0]), flip)
	l.edit(t, record(l.docs[0]), replace("về tổ chức cơ sở đảng", "sai"))
	l.edit(t, text(l.docs[0]), flip)
	l.remove(t, original(l.docs[1]))
	l.remove(t, text(l.docs[1]))
	l.remove(t, record(l.docs[2]))
	l.edit(t, text(l.docs[2]), flip)
	for _, f := range l.run(t, verify.Options{Repair: true, Good: copies.good, Reread: l.reread}) {
		if !f.Repaired {
			t.Errorf("left: %+v", f)
		}
	}
	if found := l.run(t, verify.Options{}); len(found) > 0 {
		t.Errorf("after the repair: %+v", found)
	}
}

// Beside writers who take in, edit, publish and purge, nothing is found that is
// not so, and no repair takes anything back.
func TestBesideWriters(t *testing.T) {
	l := newLibrary(t)
	ctx, stop := context.WithCancel(t.Context())
	var writers sync.WaitGroup
	for n := range 3 {
		writers.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				rec := l.add(t, fmt.Sprintf("văn bản %d/%d", n, i))
				l.update(t, rec, func(d *storage.Document) { d.Facts.Title += " x" })
				if i%2 == 0 {
					continue
				}
				l.update(t, rec, func(d *storage.Document) { d.Purging = true })
				err := errors.Join(
					l.DeleteOriginal(t.Context(), rec.Original.SHA256), l.DeleteTexts(t.Context(), rec.Original.SHA256), l.DeleteDocument(t.Context(), rec.ID, storage.Version{}))
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 10 {
		var found []verify.Finding
		_, err := verify.Run(t.Context(), l.store, verify.Options{
			Repair: true, Reread: l.reread, Found: func(f verify.Finding) { found = append(found, f) },
		})
		if err != nil || len(found) > 0 {
			t.Errorf("%v, found %+v", err, found)
		}
	}
	stop()
	writers.Wait()
}

// Repairs of one document by several at once: one does it.
func TestTwoRepairsAtOnce(t *testing.T) {
	l := newLibrary(t)
	rec := l.docs[1]
	l.edit(t, record(rec), replace("về tổ chức cơ sở đảng", "sai"))
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if _, err := verify.Run(t.Context(), l.store, verify.Options{Repair: true}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	now, err := l.Document(t.Context(), rec.ID)
	if err != nil || now.Revision != rec.Revision+1 {
		t.Errorf("revision %d, %v", now.Revision, err)
	}
}

// Half a library is left as it is: its records are still to come.
func TestRestoreUnderWay(t *testing.T) {
	l := newLibrary(t)
	l.remove(t, record(l.docs[1]))
	l.put(t, "restoring.json", "{}")
	for _, f := range l.run(t, verify.Options{Repair: true}) {
		if f.Repaired {
			t.Errorf("%+v", f)
		}
	}
}
