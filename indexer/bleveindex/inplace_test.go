package bleveindex

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"vankien/indexer"
	"vankien/storage"
)

// Passages that are read where they lie in a file are those that Bleve gives;
// where they do not lie as they were written, Bleve is asked.
func TestReadInPlace(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	words := strings.Fields("tổ chức cơ sở đảng chi bộ họp thường lệ mỗi tháng một lần do bí thư chủ trì nghị quyết về công tác cán bộ")
	text := func(length int) string {
		var b strings.Builder
		for range length {
			fmt.Fprintf(&b, "%s%d ", words[random.IntN(len(words))], random.IntN(1000))
		}
		return b.String()
	}
	dir := t.TempDir()
	x := open(t, dir)
	for i, length := range []int{1, 20, 300, 2_000, 30_000} {
		e := indexer.Entry{Document: storage.Document{ID: storage.ID(fmt.Sprintf("van-ban-%d", i)), Revision: 1, Audience: storage.AudiencePublic}}
		e.Passages = []indexer.Passage{
			{Title: text(5), Text: text(length), Pages: []indexer.PageMark{{Page: 1}}},
			{Text: strings.Repeat("một ", length), Pages: []indexer.PageMark{{Page: 2}}},
		}
		apply(t, x, indexer.Batch{Put: []indexer.Entry{e}})
	}
	closing(t, x)
	x = open(t, dir)
	v, err := x.acquire()
	if err != nil {
		t.Fatal(err)
	}
	defer v.release()
	lying := 0
	for _, s := range v.segments {
		for item := range uint32(s.segment.Count()) {
			want, err := s.stored(uint64(item), fieldPassage)
			if err != nil {
				t.Fatal(err)
			}
			got := s.inPlace.passage(item)
			if got == nil {
				continue
			}
			if lying++; want != nil && !bytes.Equal(got, want) {
				t.Errorf("item %d: %d bytes in place, %d by Bleve", item, len(got), len(want))
			}
		}
	}
	if lying < 5 {
		t.Errorf("%d passages lie as they were written", lying)
	}
}

// A file that is damaged, or is another kind of file, is never read beyond its end.
func FuzzInPlace(f *testing.F) {
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0, 0, 0}, uint64(1), uint32(0))
	f.Add([]byte("\x05\x05\x01\x02t\x00\x02\x00id\x02\x04ab\x00\x00\x00\x00\x00\x00\x00\x00"), uint64(14), uint32(0))
	f.Fuzz(func(t *testing.T, file []byte, index uint64, item uint32) {
		got := inPlace{file, index}.passage(item)
		if len(got) > len(file) {
			t.Fatalf("%d bytes of a file of %d", len(got), len(file))
		}
	})
}
