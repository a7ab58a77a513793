package bleveindex

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
)

// What is stored of a passage is all of it.
func TestPassageRecord(t *testing.T) {
	for _, p := range []indexer.Passage{
		{},
		{Text: "Chi bộ họp mỗi tháng một lần."},
		{Section: "Chương II, Điều 3", Title: "Điều 3. Sinh hoạt", Text: "Nội dung\x00\xff", Pages: []indexer.PageMark{{Page: 4}, {Offset: 300, Page: 5}, {Offset: 300, Page: 7}}},
	} {
		r, err := decodeRecord(encodePassage(p))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(p, r.passage()); diff != "" {
			t.Error(diff)
		}
	}
}

// A record that is not whole is an error, whatever stands there.
func FuzzPassageRecord(f *testing.F) {
	f.Add([]byte{})
	f.Add(encodePassage(indexer.Passage{Title: "Điều 1", Text: "Đảng viên", Pages: []indexer.PageMark{{Page: 1}, {Offset: 5, Page: 2}}}))
	f.Add([]byte{0, 0, 0, 255, 255, 255, 255, 15})
	f.Fuzz(func(t *testing.T, record []byte) {
		r, err := decodeRecord(record)
		if err != nil {
			return
		}
		var words keyedWords // of any bytes
		words.add(r.titleWords, false)
		words.add(r.textWords, true)
		again, err := decodeRecord(encodePassage(r.passage()))
		if diff := cmp.Diff(r.passage(), again.passage()); err != nil || diff != "" {
			t.Fatalf("%v\n%s", err, diff)
		}
	})
}
