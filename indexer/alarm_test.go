package indexer_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"vankien/indexer"
	"vankien/indexer/extract"
	factsreader "vankien/indexer/facts"
	"vankien/storage"
)

const stampOfDegree = "TỈNH ỦY SƠN LAM\nMẬT"

// warned tells whether an editor sees that a mark was found in a document.
func warned(doc storage.Document) bool {
	return slices.ContainsFunc(doc.Facts.Issues, func(issue string) bool { return strings.Contains(issue, "dấu chỉ độ mật (") })
}

// readBy has the next start read a document again, as it finds the picture of
// its head.
func (b *bench) readBy(id storage.ID, picture string) storage.Record {
	b.t.Helper()
	b.aged(id)
	b.seeing(&eyes{picture: picture, sees: seen}, true)
	b.repair()
	defer b.run()()
	if !b.readAgain(id) {
		b.t.Fatalf("not read again: %+v", b.document(id).Reading)
	}
	return b.document(id)
}

// pictured puts what was seen in the head of a document's picture into the text
// that serves.
func (b *bench) pictured(id storage.ID, picture string) {
	b.t.Helper()
	reading, hash := b.document(id).Reading, b.document(id).Original.SHA256
	text, err := b.library.Text(b.t.Context(), hash, reading.TextVersion())
	if err == nil {
		text.Pages[0].Picture = picture
		err = b.library.PutText(b.t.Context(), hash, reading.TextVersion(), text)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// describedAgain has the next start describe a document by a better reader of facts.
func (b *bench) describedAgain(id storage.ID) storage.Record {
	b.t.Helper()
	_, err := b.library.UpdateDocument(b.t.Context(), id, "thử", "read", func(doc *storage.Document) error {
		doc.Reading.Described = "f0"
		return nil
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.openBackground()
	b.repair()
	defer b.run()()
	b.eventually(func() bool {
		return b.document(id).Reading.Described == factsreader.Version && b.writer.Activity().Backlog == 0
	})
	return b.document(id)
}

// An alarm holds until people have answered it, whatever a machine makes of the
// document afterwards.
func TestAnAlarmStays(t *testing.T) {
	for name, next := range map[string]func(b *bench, id storage.ID){
		"described again": func(b *bench, id storage.ID) { b.describedAgain(id) },
		"read again":      func(b *bench, id storage.ID) { b.readBy(id, "") },
		"read worse, so that the old text stays": func(b *bench, id storage.ID) {
			b.aged(id)
			b.writer = indexer.NewWriter(indexer.WriterConfig{Library: b.library, Index: b.index, Background: true, Read: func(context.Context, extract.File) (storage.Text, error) {
				return storage.Text{MediaType: "text/plain", Pages: []storage.Page{{Number: 1, Text: "xq zz", Score: .1}}}, nil
			}})
			b.repair()
			defer b.run()()
			b.readAgain(id)
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			up := upload(resolutionPDF, sample(t, resolutionPDF))
			up.Publish = false
			record, _ := b.importOne(up)
			if after := b.readBy(record.ID, stampOfDegree); !warned(after.Document) {
				t.Fatalf("no alarm: %q", after.Facts.Issues)
			}
			b.pictured(record.ID, "")
			next(b, record.ID)
			if after := b.document(record.ID); !warned(after.Document) || after.Audience != storage.AudienceStaff {
				t.Errorf("for %s, an editor reads %q", after.Audience, after.Facts.Issues)
			}
			up.Publish = true
			if _, outcome := b.importOne(up); outcome == indexer.Promoted || b.document(record.ID).State != storage.StateDraft {
				t.Errorf("an import has published it: %s", outcome)
			}
		})
	}
}

// A better guard looks at the texts that were read before it, too.
func TestDescribingLooksForMarks(t *testing.T) {
	b := newBench(t)
	record, _ := b.importOne(upload(resolutionPDF, sample(t, resolutionPDF)))
	b.pictured(record.ID, stampOfDegree)
	after := b.describedAgain(record.ID)
	if after.State != storage.StateWithdrawn || after.Audience != storage.AudienceStaff || !warned(after.Document) {
		t.Errorf("%s for %s, %q", after.State, after.Audience, after.Facts.Issues)
	}
	if n := b.found("", storage.AudienceStaff); n != 0 {
		t.Errorf("%d found", n)
	}
	if _, err := b.writer.Submit(t.Context(), record.ID, storage.Version{}, true, an); err != nil {
		t.Fatal(err)
	}
	if after := b.describedAgain(record.ID); after.State != storage.StateReview || warned(after.Document) {
		t.Errorf("called a false alarm: %s, %q", after.State, after.Facts.Issues)
	}
}

// Who submits a document that shows no warning has not called any a false alarm.
func TestAnErasedAlarmIsRaisedAgain(t *testing.T) {
	b := newBench(t)
	record, _ := b.importOne(upload(resolutionPDF, sample(t, resolutionPDF)))
	b.readBy(record.ID, stampOfDegree)
	_, err := b.library.UpdateDocument(t.Context(), record.ID, "thử", "read", func(doc *storage.Document) error {
		doc.Facts.Issues = nil
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.writer.Submit(t.Context(), record.ID, storage.Version{}, true, an); err != nil {
		t.Fatal(err)
	}
	if after := b.readBy(record.ID, stampOfDegree); after.State != storage.StateWithdrawn || !warned(after.Document) {
		t.Errorf("%s, %q", after.State, after.Facts.Issues)
	}
}

// What a document was before a mark was found in it comes back with the warning.
func TestAnAlarmOutlivesARestore(t *testing.T) {
	b := newBench(t)
	before, _ := b.importOne(upload(resolutionPDF, sample(t, resolutionPDF)))
	b.readBy(before.ID, stampOfDegree)
	after, err := b.writer.Restore(t.Context(), before.ID, storage.Version{}, before.Revision, tester)
	if err != nil || !warned(after.Document) {
		t.Errorf("%q, %v", after.Facts.Issues, err)
	}
}
