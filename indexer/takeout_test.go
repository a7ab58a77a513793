package indexer_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"vankien/indexer"
	"vankien/storage"
)

// nothingKept is what a refusal of a secret file promises.
func (b *bench) nothingKept() {
	b.t.Helper()
	for _, prefix := range []string{"originals/", "texts/", "documents/"} {
		if left := b.keys(prefix); len(left) > 0 {
			b.t.Errorf("left: %q", left)
		}
	}
}

// A scan that was taken in where nothing could see its stamp, and comes again
// where OCR does: what was kept of it goes, unless people have decided about it.
func TestASecretScanThatComesAgain(t *testing.T) {
	stamped := &eyes{picture: "TỈNH ỦY SƠN LAM\nTỐI MẬT\nSố 12-BC/TU", sees: seen}
	b := newBench(t)
	up := upload("scan.pdf", scan(t))
	if _, outcome := b.importOne(up); outcome != indexer.Pictures {
		t.Fatal(outcome)
	}
	b.seeing(stamped, false)
	if _, _, err := b.writer.Import(t.Context(), up); !errors.Is(err, storage.ErrSecret) {
		t.Errorf("imported: %v", err)
	}
	b.nothingKept()

	b = newBench(t)
	record, _ := b.importOne(up)
	if _, err := b.writer.Submit(t.Context(), record.ID, storage.Version{}, true, an); err != nil {
		t.Fatal(err)
	}
	b.seeing(stamped, false)
	_, _, err := b.writer.Import(t.Context(), up)
	if !errors.Is(err, storage.ErrSecret) || strings.Contains(indexer.ReasonOf(err), "không giữ lại") || !strings.Contains(indexer.ReasonOf(err), "xóa vĩnh viễn") {
		t.Errorf("under review: %v, %q", err, indexer.ReasonOf(err))
	}
	if after := b.document(record.ID); after.State != storage.StateWithdrawn || after.Audience != storage.AudienceStaff || len(after.Facts.Issues) == 0 {
		t.Errorf("under review: %s for %s, %q", after.State, after.Audience, after.Facts.Issues)
	}
}

// A lost text that is read again and turns out to be secret takes its document
// out of the searches and out of what is published.
func TestALostTextThatIsSecret(t *testing.T) {
	b := newBench(t)
	record, _ := b.importOne(upload("nq.pdf", sample(t, "nghi-quyet-05-nq-tu-2026.pdf")))
	b.flush()
	if n := b.found("", storage.AudiencePublic); record.State != storage.StatePublished || n != 1 {
		t.Fatalf("%s, %d found", record.State, n)
	}
	if err := b.library.DeleteTexts(t.Context(), record.Original.SHA256); err != nil {
		t.Fatal(err)
	}
	b.openIndex()
	b.seeing(&eyes{picture: "TỈNH ỦY SƠN LAM\nMẬT", sees: seen}, false)
	b.repair()
	b.flush()
	after := b.document(record.ID)
	if after.State != storage.StateWithdrawn || after.Audience != storage.AudienceStaff || b.found("", storage.AudienceStaff) != 0 {
		t.Errorf("%s for %s", after.State, after.Audience)
	}
	if !strings.Contains(strings.Join(after.Facts.Issues, " "), "dấu chỉ độ mật") {
		t.Errorf("an editor reads %q", after.Facts.Issues)
	}
	if err := b.agree(); err != nil {
		t.Error(err)
	}
}

// What people do while OCR is at a document counts, though they did it to the
// record after OCR began: what somebody has submitted meanwhile is not removed,
// and what was read meanwhile is closed all the same.
func TestDecidedWhileOCRFindsAStamp(t *testing.T) {
	for name, meanwhile := range map[string]func(b *bench, id storage.ID) error{
		"submitted": func(b *bench, id storage.ID) error {
			_, err := b.writer.Submit(b.t.Context(), id, storage.Version{}, true, an)
			return err
		},
		"submitted and read": func(b *bench, id storage.ID) error {
			_, err := b.library.UpdateDocument(b.t.Context(), id, "thử", "read", func(doc *storage.Document) error {
				doc.State, doc.Reading.Status, doc.Reading.Reason = storage.StatePublished, storage.ReadingReady, ""
				return nil
			})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			record, outcome := b.importOne(upload("scan.pdf", scan(t)))
			if outcome != indexer.Pictures {
				t.Fatal(outcome)
			}
			e := &eyes{picture: "TỈNH ỦY SƠN LAM\nTỐI MẬT\nSố 12-BC/TU", sees: "TỈNH ỦY SƠN LAM\nTỐI MẬT\nSố 12-BC/TU"}
			e.before = func(context.Context, int) error { return meanwhile(b, record.ID) }
			b.seeing(e, true)
			b.repair()
			defer b.run()()
			b.eventually(func() bool { return b.writer.Activity().Backlog == 0 })
			after, err := b.library.Document(t.Context(), record.ID)
			if err != nil || after.State != storage.StateWithdrawn || after.Audience != storage.AudienceStaff || len(after.Facts.Issues) == 0 {
				t.Errorf("%s for %s, %q, %v", after.State, after.Audience, after.Facts.Issues, err)
			}
		})
	}
}

// eventually waits for a condition.
func (b *bench) eventually(condition func() bool) {
	b.t.Helper()
	for range 600 {
		if condition() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatal("it does not come about")
}

// What people have decided about a mark holds: the next reader version finds the
// same in the same bytes, and leaves the document where they have put it. Another
// mark is news.
func TestAFalseAlarmIsRaisedOnce(t *testing.T) {
	const mark, other = "TỈNH ỦY SƠN LAM\nMẬT", "TỈNH ỦY SƠN LAM\nTỐI MẬT"
	b := newBench(t)
	record, _ := b.importOne(upload(resolutionPDF, sample(t, resolutionPDF)))
	read := func(picture string) storage.Record {
		t.Helper()
		b.aged(record.ID)
		b.seeing(&eyes{picture: picture, sees: seen}, true)
		b.repair()
		stop := b.run()
		defer stop()
		if !b.readAgain(record.ID) {
			t.Errorf("not read again: %+v", b.document(record.ID).Reading)
		}
		return b.document(record.ID)
	}
	if after := read(mark); after.State != storage.StateWithdrawn || after.Audience != storage.AudienceStaff {
		t.Fatalf("%s for %s", after.State, after.Audience)
	}
	up := upload(resolutionPDF, sample(t, resolutionPDF))
	if _, outcome := b.importOne(up); outcome == indexer.Promoted || b.document(record.ID).State == storage.StatePublished {
		t.Errorf("an import has published it: %s", outcome)
	}
	if _, err := b.writer.Edit(t.Context(), record.ID, storage.Version{}, indexer.Edits{Audience: storage.AudiencePublic}, tester); err != nil {
		t.Fatal(err)
	}
	if _, err := b.writer.Submit(t.Context(), record.ID, storage.Version{}, true, an); err != nil {
		t.Fatal(err)
	}
	if after := read(mark); after.State != storage.StateReview || after.Audience != storage.AudiencePublic {
		t.Errorf("submitted, and read again: %s for %s", after.State, after.Audience)
	}
	if _, err := b.writer.Publish(t.Context(), record.ID, storage.Version{}, tester); err != nil {
		t.Fatal(err)
	}
	if after := read(mark); after.State != storage.StatePublished || b.found("", storage.AudiencePublic) != 1 {
		t.Errorf("published, and read again: %s, %q", after.State, after.Facts.Issues)
	}
	if after := read(other); after.State != storage.StateWithdrawn || after.Audience != storage.AudienceStaff {
		t.Errorf("another mark: %s for %s", after.State, after.Audience)
	}
}

const resolutionPDF = "nghi-quyet-05-nq-tu-2026.pdf"
