package indexer_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"vankien/indexer"
	"vankien/storage"
)

var (
	an  = indexer.Actor{Name: "Nguyễn Thị An", Role: storage.RoleEditor}
	ba  = indexer.Actor{Name: "Trần Văn Ba", Role: storage.RolePublisher}
	cuc = indexer.Actor{Name: "Lê Thị Cúc", Role: storage.RoleAdmin}
)

// running starts what reads uploads, until the test ends.
func (b *bench) running() {
	ctx, stop := context.WithCancel(b.t.Context())
	done := make(chan bool)
	go func() {
		b.writer.Run(ctx)
		close(done)
	}()
	b.t.Cleanup(func() {
		stop()
		<-done
	})
}

// uploaded is a document that an editor has uploaded and the machine has read.
func (b *bench) uploaded(name string, edits indexer.Edits) storage.Record {
	b.t.Helper()
	up := upload(name, sample(b.t, name))
	up.By, up.Publish, up.Edits = an, false, edits
	record, err := b.writer.Accept(b.t.Context(), up)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.awaitReading(record.ID)
}

// awaitReading waits until the machine has read a document.
func (b *bench) awaitReading(id storage.ID) storage.Record {
	b.t.Helper()
	changes, stop := b.writer.Watch(id)
	defer stop()
	for {
		record := b.document(id)
		if s := record.Reading.Status; s != storage.ReadingQueued && s != storage.ReadingNow {
			return record
		}
		select {
		case <-changes:
		case <-b.t.Context().Done():
			b.t.Fatal("never read")
		}
	}
}

// facts are edits as an editor writes them.
func facts(t *testing.T, json string) indexer.Edits {
	t.Helper()
	edits, err := indexer.ParseFacts([]byte(json))
	if err != nil {
		t.Fatal(err)
	}
	return edits
}

// A document on its way: uploaded, read, edited, reviewed, published by
// somebody else, withdrawn, deleted and brought back. Each step is in the
// history and the audit trail.
func TestTheLifeOfADocument(t *testing.T) {
	b := newBench(t)
	b.running()
	record := b.uploaded(resolution, facts(t, `{"place":"Bắc Ninh"}`))
	if record.Facts.Place != "Bắc Ninh" || record.Facts.Kind == "" || record.State != storage.StateDraft {
		t.Fatalf("uploaded: %+v", record.Document)
	}
	ctx, any := t.Context(), storage.Version{}
	found := func(step string, want int) {
		t.Helper()
		if n := b.found(`"cấy lúa"`, storage.AudienceStaff); n != want {
			t.Errorf("%s: %d found, want %d", step, n, want)
		}
	}
	step := func(what string, found int, decide func() (storage.Record, error)) storage.Record {
		t.Helper()
		record, err := decide()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if n := b.found(`"cấy lúa"`, storage.AudienceStaff); n != found {
			t.Errorf("%s: %d found, want %d", what, n, found)
		}
		return record
	}
	found("uploaded", 0)
	edited := step("edit", 0, func() (storage.Record, error) {
		return b.writer.Edit(ctx, record.ID, record.Version(), facts(t, `{"title":"tên khác","signer":null}`), an)
	})
	if edited.Facts.Title != "tên khác" || edited.Facts.Signer != "" || strings.Join(edited.Edited, " ") != "place signer title" {
		t.Errorf("edited: %+v, %v", edited.Facts, edited.Edited)
	}
	step("submit", 0, func() (storage.Record, error) { return b.writer.Submit(ctx, record.ID, any, false, an) })
	published := step("publish", 1, func() (storage.Record, error) { return b.writer.Publish(ctx, record.ID, any, ba) })
	step("withdraw", 0, func() (storage.Record, error) { return b.writer.Withdraw(ctx, record.ID, any, ba) })
	step("publish again", 1, func() (storage.Record, error) { return b.writer.Publish(ctx, record.ID, any, cuc) })
	step("delete", 0, func() (storage.Record, error) { return b.writer.Delete(ctx, record.ID, any, ba) })
	restored := step("restore", 0, func() (storage.Record, error) {
		return b.writer.Restore(ctx, record.ID, any, record.Revision, an)
	})
	if restored.State != storage.StateDraft || restored.Deleted != nil || restored.Facts.Title != record.Facts.Title || restored.Facts.Signer != record.Facts.Signer {
		t.Errorf("restored: %+v", restored.Document)
	}
	again := step("publish after restore", 1, func() (storage.Record, error) { return b.writer.Publish(ctx, record.ID, any, ba) })
	if !again.Published.Equal(*published.Published) {
		t.Errorf("first published at %v, then %v", published.Published, again.Published)
	}
	const want = "upload read edit submit publish withdraw publish delete restore publish"
	if got := actions(b.document(record.ID)); got != want {
		t.Errorf("history: %s", got)
	}
	var trail []string
	for event, err := range b.library.Audit(ctx, record.Created) {
		if err != nil || event.Subject != string(record.ID) {
			t.Errorf("%+v, %v", event, err)
		}
		trail = append(trail, event.Action)
	}
	if strings.Join(trail, " ") != want {
		t.Errorf("audit trail: %s", trail)
	}
}

func TestDecisionsThatAreRefused(t *testing.T) {
	b := newBench(t)
	b.running()
	draft := b.uploaded(resolution, indexer.Edits{})
	publishedID := b.uploaded("cong-van-2096-snv-xdcq-2026.docx", indexer.Edits{}).ID
	ctx, any := t.Context(), storage.Version{}
	published, err := b.writer.Publish(ctx, publishedID, any, ba)
	if err != nil {
		t.Fatal(err)
	}
	members, public := indexer.Edits{Audience: storage.AudienceMembers}, indexer.Edits{Audience: storage.AudiencePublic}
	if _, err := b.writer.Edit(ctx, publishedID, any, members, an); err != nil {
		t.Errorf("an editor may close a document to others: %v", err)
	}
	w := b.writer
	type decide = func() (storage.Record, error)
	for name, test := range map[string]struct {
		decide decide
		want   error
		reason string
	}{
		"publish one's own upload": {func() (storage.Record, error) {
			return w.Publish(ctx, draft.ID, any, indexer.Actor{Name: an.Name, Role: storage.RoleAdmin})
		}, storage.ErrForbidden, "người thứ hai"},
		"widen the audience":        {func() (storage.Record, error) { return w.Edit(ctx, publishedID, any, public, an) }, storage.ErrForbidden, "quyền công bố"},
		"widen it by going back":    {func() (storage.Record, error) { return w.Restore(ctx, publishedID, any, 2, an) }, storage.ErrForbidden, "quyền công bố"},
		"delete what is published":  {func() (storage.Record, error) { return w.Delete(ctx, publishedID, any, an) }, storage.ErrForbidden, "quyền công bố"},
		"edit what has changed":     {func() (storage.Record, error) { return w.Edit(ctx, publishedID, published.Version(), members, an) }, storage.ErrConflict, ""},
		"withdraw a draft":          {func() (storage.Record, error) { return w.Withdraw(ctx, draft.ID, any, ba) }, storage.ErrConflict, "chưa được công bố"},
		"submit what is published":  {func() (storage.Record, error) { return w.Submit(ctx, publishedID, any, false, an) }, storage.ErrConflict, "thu hồi"},
		"restore what never was":    {func() (storage.Record, error) { return w.Restore(ctx, draft.ID, any, 99, an) }, storage.ErrNotFound, ""},
		"publish what is not there": {func() (storage.Record, error) { return w.Publish(ctx, "00000000000000000000", any, ba) }, storage.ErrNotFound, ""},
		"purge what was not deleted": {func() (storage.Record, error) {
			_, err := w.Purge(ctx, draft.ID, storage.Version{}, true, cuc)
			return storage.Record{}, err
		}, storage.ErrConflict, "xóa"},
		"upload what is there":           {func() (storage.Record, error) { return w.Accept(ctx, upload(resolution, sample(t, resolution))) }, storage.ErrConflict, ""},
		"upload nothing":                 {func() (storage.Record, error) { return w.Accept(ctx, upload("a.txt", nil)) }, storage.ErrInvalid, "rỗng"},
		"upload a secret":                {func() (storage.Record, error) { return w.Accept(ctx, upload("a.docx", badSample(t, "secret.docx"))) }, storage.ErrSecret, "độ mật"},
		"upload what needs a password":   {func() (storage.Record, error) { return w.Accept(ctx, upload("a.pdf", badSample(t, "encrypted.pdf"))) }, storage.ErrEncrypted, ""},
		"upload what is no paper at all": {func() (storage.Record, error) { return w.Accept(ctx, upload("a.pdf", badSample(t, "archive.pdf"))) }, storage.ErrUnsupported, ""},
	} {
		before := b.keys("documents/")
		_, err := test.decide()
		var refusal *indexer.InputError
		if !errors.Is(err, test.want) || test.reason != "" && (!errors.As(err, &refusal) || !strings.Contains(refusal.Reason, test.reason)) {
			t.Errorf("%s: %v", name, err)
		}
		same(t, name, before, b.keys("documents/"))
	}
	// Whoever edited last does not publish either; the one before may.
	if _, err := w.Edit(ctx, draft.ID, any, facts(t, `{"title":"sửa"}`), ba); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Publish(ctx, draft.ID, any, ba); !errors.Is(err, storage.ErrForbidden) {
		t.Errorf("the last editor publishes: %v", err)
	}
	if _, err := w.Publish(ctx, draft.ID, any, cuc); err != nil {
		t.Errorf("somebody else: %v", err)
	}
}

// A purge leaves the audit trail and nothing else; the same bytes may come
// again and are a new document.
func TestPurge(t *testing.T) {
	b := newBench(t)
	b.running()
	record := b.uploaded(resolution, indexer.Edits{})
	ctx, any := t.Context(), storage.Version{}
	if _, err := b.writer.Publish(ctx, record.ID, any, ba); err != nil {
		t.Fatal(err)
	}
	if _, err := b.writer.Delete(ctx, record.ID, any, ba); err != nil {
		t.Fatal(err)
	}
	before := b.keys("")
	told, err := b.writer.Purge(ctx, record.ID, storage.Version{}, false, cuc)
	if err != nil || told.Removed || len(told.Objects) != 3 || told.Bytes < record.Original.Size || told.Name != resolution {
		t.Errorf("told: %+v, %v", told, err)
	}
	same(t, "telling", before, b.keys(""))
	done, err := b.writer.Purge(ctx, record.ID, storage.Version{}, true, cuc)
	if err != nil || !done.Removed || len(done.Objects) != 3 {
		t.Errorf("done: %+v, %v", done, err)
	}
	if left, audit := b.keys(""), b.keys("audit/"); len(left) != len(audit) {
		t.Errorf("left: %q", left)
	}
	again := b.uploaded(resolution, indexer.Edits{})
	if again.Version().Equal(record.Version()) || actions(again) != "upload read" {
		t.Errorf("again: %s, %s", again.Version(), actions(again))
	}
}

// A purge that is interrupted anywhere is finished by the next start, or by
// asking again.
func TestAPurgeThatIsInterrupted(t *testing.T) {
	for _, repaired := range []bool{true, false} {
		for k := 1; ; k++ {
			b := newBench(t)
			record, _ := b.importOne(upload(resolution, sample(t, resolution)))
			if _, err := b.writer.Delete(t.Context(), record.ID, storage.Version{}, tester); err != nil {
				t.Fatal(err)
			}
			faulty := &faultyStore{Store: b.store, k: k}
			b.through(faulty)
			_, err := b.writer.Purge(t.Context(), record.ID, storage.Version{}, true, cuc)
			if faulty.survived() {
				if k < 6 || err != nil {
					t.Errorf("a purge has only %d operations, %v", k-1, err)
				}
				break
			}
			if err == nil {
				t.Errorf("fault %d (%s): no error", k, faulty.trace[len(faulty.trace)-1])
			}
			b.through(b.store)
			b.repair()
			if !repaired || len(b.keys("originals/")) > 0 { // a fault before it was marked
				if _, err := b.writer.Purge(t.Context(), record.ID, storage.Version{}, true, cuc); err != nil && !errors.Is(err, storage.ErrNotFound) {
					t.Errorf("fault %d, asked again: %v", k, err)
				}
			}
			if left := append(append(b.keys("originals/"), b.keys("texts/")...), b.keys("documents/")...); len(left) > 0 {
				t.Errorf("fault %d (%s): left %q", k, faulty.trace[len(faulty.trace)-1], left)
			}
		}
	}
}
