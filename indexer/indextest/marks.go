package indextest

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
)

func testMarks(t *testing.T, open func(*testing.T) indexer.Index) {
	const filler = "Cấp ủy phân công người theo dõi, đôn đốc và hằng quý nghe báo cáo về việc này. "
	before, middle := strings.Repeat(filler, 8), strings.Repeat(filler, 4)
	long := before + "Chi bộ 𝒜 họp xét\nđề nghị   kết nạp Đảng. " + middle + "Đảng viên dự bị được chuyển chính thức."
	s := newShelf(t, open,
		paper("long", page1("Mở đầu không liên quan."), func(e *indexer.Entry) {
			e.Passages = append(e.Passages, indexer.Passage{
				Section: "Chương II, Điều 7", Title: "Điều 7. Thủ tục", Text: long,
				Pages: []indexer.PageMark{
					{Offset: 0, Page: 11},
					{Offset: strings.Index(long, "kết nạp"), Page: 12, OCR: true},
					{Offset: strings.Index(long, "Đảng viên dự bị"), Page: 13},
				},
			})
		}),
		paper("short", page1("Kết nạp.")),
		paper("astral", page1("𝒜𝒜𝒜 ế kết nạp 🎉 kết nạp")),
	)
	for _, test := range []struct {
		name, query string
		page        int
		marked      []string
	}{
		{"the words that were asked for", "kết nạp", 12, []string{"kết nạp"}},
		{"typed without accents", "ket nap", 12, []string{"kết nạp"}},
		{"a phrase", "“đề nghị kết nạp”", 11, []string{"đề nghị kết nạp"}},
		{"behind two page breaks", "đảng viên dự bị", 13, []string{"Đảng viên dự bị"}},
		{"across a line end", "họp xét đề nghị", 11, []string{"họp xét đề nghị"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := shelf{s.Index, t}
			hit := s.search(indexer.Query{Text: test.query, Document: "long"}).Hits[0]
			p := hit.Passages[0]
			if p.OCR != (test.page == 12) {
				t.Errorf("read by OCR: %v", p.OCR)
			}
			if p.Ordinal != 1 || p.Section != "Chương II, Điều 7" || p.Page != test.page {
				t.Errorf("passage %d, %q, page %d; want 1, Điều 7, page %d", p.Ordinal, p.Section, p.Page, test.page)
			}
			if diff := cmp.Diff(test.marked, markedWords(t, p)); diff != "" {
				t.Errorf("marked (-want +got):\n%s\nin %q", diff, p.Text)
			}
		})
	}
	t.Run("in code points", func(t *testing.T) {
		s := shelf{s.Index, t}
		p := s.search(indexer.Query{Text: "kết nạp", Document: "astral"}).Hits[0].Passages[0]
		if diff := cmp.Diff([]indexer.Mark{{6, 13}, {16, 23}}, p.Marks); diff != "" {
			t.Errorf("marks (-want +got):\n%s", diff)
		}
	})
	t.Run("well-formed for any query", func(t *testing.T) {
		s := shelf{s.Index, t}
		for _, q := range []string{"kết nạp", "và", "chi bộ đảng viên người việc quý", "điều 7", "thủ tục", "báo cáo cap uy", "𝒜", long[:300]} {
			for _, hit := range s.search(text(q)).Hits {
				for _, p := range hit.Passages {
					markedWords(t, p)
				}
			}
		}
	})
}

// markedWords are the marked parts of a passage, and a check that its marks
// are half-open, ascending, not overlapping and within the text.
func markedWords(t *testing.T, p indexer.MatchedPassage) []string {
	t.Helper()
	runes := []rune(p.Text)
	var words []string
	end := 0
	for _, mark := range p.Marks {
		if mark[0] < end || mark[1] <= mark[0] || mark[1] > len(runes) {
			t.Fatalf("marks %v of %d code points: %v is out of order", p.Marks, len(runes), mark)
		}
		end = mark[1]
		words = append(words, string(runes[mark[0]:mark[1]]))
	}
	if slices.ContainsFunc(runes, func(r rune) bool { return r == '\n' || r == '\t' }) {
		t.Errorf("not one line: %q", p.Text)
	}
	return words
}
