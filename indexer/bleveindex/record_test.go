package bleveindex

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/s2"

	"vankien/analyzers"
	"vankien/indexer"
)

// What is stored of a passage is all of it.
func TestPassageRecord(t *testing.T) {
	for _, p := range []indexer.Passage{
		{},
		{Text: "Chi bộ họp mỗi tháng một lần."},
		{Section: "Chương II, Điều 3", Title: "Điều 3. Sinh hoạt", Text: "Nội dung\x00\xff", Pages: []indexer.PageMark{{Page: 4}, {Offset: 300, Page: 5, OCR: true}, {Offset: 300, Page: 7}}},
	} {
		if diff := cmp.Diff(p, recorded(t, encodePassage(p))); diff != "" {
			t.Error(diff)
		}
	}
}

func recorded(t *testing.T, written []byte) indexer.Passage {
	t.Helper()
	r, err := decodeRecord(written, new([]byte))
	if err != nil {
		t.Fatal(err)
	}
	p, err := r.passage()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// What Bleve compresses of a record is next to nothing: reading it back is
// copying it.
func TestRecordIsNoise(t *testing.T) {
	p := indexer.Passage{Text: strings.Repeat("Đảng viên có nhiệm vụ tuyệt đối trung thành với mục đích lý tưởng của Đảng. ", 20)}
	title, text := encodedWords(t, encodePassage(p))
	if len(title) != 0 || len(text) < 20*15 {
		t.Fatalf("%d and %d bytes of words", len(title), len(text))
	}
	written := encodePassage(p)
	if packed := s2.EncodeSnappy(nil, written); len(packed) < len(written)*99/100 {
		t.Errorf("%d bytes became %d", len(written), len(packed))
	}
}

func encodedWords(t *testing.T, written []byte) (title, text sequence) {
	t.Helper()
	r, err := decodeRecord(written, new([]byte))
	if err != nil {
		t.Fatal(err)
	}
	return r.titleWords, r.textWords
}

// A record that is not whole is an error, whatever stands there.
func FuzzPassageRecord(f *testing.F) {
	f.Add([]byte{})
	f.Add(encodePassage(indexer.Passage{Title: "Điều 1", Text: "Đảng viên", Pages: []indexer.PageMark{{Page: 1}, {Offset: 5, Page: 2}}}))
	f.Add([]byte{0, 0, 0, 255, 255, 255, 255, 15})
	f.Fuzz(func(t *testing.T, record []byte) {
		r, err := decodeRecord(record, new([]byte))
		if err != nil {
			return
		}
		var words keyedWords // of any bytes
		words.add(r.titleWords, false, math.MaxInt)
		words.add(r.textWords, true, math.MaxInt)
		for _, folded := range []bool{false, true} {
			for n := range 3 {
				r.titleWords.word(n, folded)
			}
		}
		p, err := r.passage()
		if err != nil {
			return
		}
		if diff := cmp.Diff(p, recorded(t, encodePassage(p))); diff != "" {
			t.Fatal(diff)
		}
		tokens := analyzers.Tokenize(p.Title)
		title := newSequence(tokens)
		for n, token := range tokens {
			if got := title.word(n, false); got != token.Term {
				t.Fatalf("word %d of %q is %q", n, p.Title, got)
			}
			if got := title.word(n, true); got != analyzers.Fold(token.Term) {
				t.Fatalf("word %d of %q folded is %q", n, p.Title, got)
			}
		}
	})
}
