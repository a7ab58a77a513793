package indexer_test

import (
	"errors"
	"strings"
	"testing"

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
