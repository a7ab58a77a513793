package indexer_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"

	"vankien/indexer"
	factsreader "vankien/indexer/facts"
	"vankien/storage"
)

// A better reader of facts describes the library again from the texts that it
// has: what people corrected stays as they left it, in every record. A soak has
// 10,000 of them.
func TestDescribedAgain(t *testing.T) {
	documents := 60
	if os.Getenv("VANKIEN_SOAK") != "" {
		documents = 10_000
	}
	b := newBench(t)
	b.openBackground()
	const wrong, corrected = "đọc sai", "tên do biên tập viên đặt"
	var ids []storage.ID
	for i := range documents {
		text := fmt.Sprintf("ĐẢNG BỘ XÃ GIẢ ĐỊNH\n*\nSố %d-QĐ/ĐU\nGiả Định, ngày 12 tháng 3 năm 2024\nQUYẾT ĐỊNH\nvề việc thứ %d\n\nĐiều 1. Giao việc thứ %d.\n", i+1, i+1, i+1)
		record, _ := b.importOne(upload(fmt.Sprintf("%d.txt", i), []byte(text)))
		ids = append(ids, record.ID)
	}
	for i, id := range ids {
		if i%2 == 0 {
			edits := indexer.Edits{Facts: map[string]json.RawMessage{"title": json.RawMessage(`"` + corrected + `"`), "signer": json.RawMessage("null")}}
			if _, err := b.writer.Edit(t.Context(), id, storage.Version{}, edits, tester); err != nil {
				t.Fatal(err)
			}
		}
		_, err := b.library.UpdateDocument(t.Context(), id, "thử", "read", func(doc *storage.Document) error {
			doc.Reading.Described, doc.Facts.Number = "f0", wrong
			if i%2 == 1 {
				doc.Facts.Title = wrong
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	b.openBackground()
	b.repair()
	defer b.run()()
	for end := time.Now().Add(10 * time.Minute); b.writer.Activity().Backlog > 0 || b.document(ids[len(ids)-1]).Reading.Described != factsreader.Version; {
		if time.Now().After(end) {
			t.Fatalf("%d are left", b.writer.Activity().Backlog)
		}
		time.Sleep(20 * time.Millisecond)
	}
	for i, id := range ids {
		d := b.document(id)
		title := fmt.Sprintf("thứ %d", i+1)
		if i%2 == 0 {
			title = corrected
		}
		if number := fmt.Sprintf("%d-QĐ/ĐU", i+1); string(d.Facts.Number) != number || string(d.Facts.Title) != title || d.Reading.Described != factsreader.Version {
			t.Fatalf("document %d: number %s, title %s, described by %s", i, d.Facts.Number, d.Facts.Title, d.Reading.Described)
		}
	}
}
