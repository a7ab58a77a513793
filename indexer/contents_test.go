package indexer

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

func TestSectionsOfAPaper(t *testing.T) {
	pages := paper("TỈNH ỦY SƠN LAM\n\nChương I\n  QUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Quy định này áp dụng\n- 1 -",
		"2\n\nvới mọi tổ chức:\na) Chi bộ;\nđ) Đảng bộ.\nĐiều 2. Quy định có hiệu lực kể từ ngày ký.")
	var got []string
	for _, s := range Sections(pages) {
		got = append(got, fmt.Sprintf("%d %v %s: %s, %v–%v", s.Level, s.Listed, s.Path, s.Title, s.Start, s.End))
	}
	want := []string{
		"1 true Chương I: Chương I. QUY ĐỊNH CHUNG, {1 17}–{2 86}",
		"2 true Chương I, Điều 1: Điều 1. Phạm vi, {1 43}–{2 42}",
		"3 false Chương I, Điều 1, khoản 1: 1. Quy định này áp dụng, {1 59}–{2 42}",
		"4 false Chương I, Điều 1, khoản 1, điểm a: a) Chi bộ;, {2 20}–{2 30}",
		"4 false Chương I, Điều 1, khoản 1, điểm đ: đ) Đảng bộ., {2 31}–{2 42}",
		"2 true Chương I, Điều 2: Điều 2. Quy định có hiệu lực kể từ ngày ký., {2 43}–{2 86}",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sections (-want +got):\n%s", diff)
	}
}

// checkSections holds what Sections promises of any pages.
func checkSections(pages []storage.Page, sections []Section) error {
	runes := make(map[int][]rune)
	for _, page := range pages {
		runes[page.Number] = []rune(page.Text)
	}
	var around []Section
	last := Place{}
	for i, s := range sections {
		if s.Label == "" || s.Title == "" || strings.Contains(s.Title, "\n") || !strings.HasSuffix(s.Path, s.Label) {
			return fmt.Errorf("section %d: %+v", i, s)
		}
		if s.Level < 1 || s.Level > len(around)+1 {
			return fmt.Errorf("section %d %q of level %d stands in %d", i, s.Title, s.Level, len(around))
		}
		if s.Start.Before(last) || !s.Start.Before(s.End) {
			return fmt.Errorf("section %d %q from %v to %v, the one before it begins at %v", i, s.Title, s.Start, s.End, last)
		}
		last = s.Start
		if left := around[s.Level-1:]; len(left) > 0 && s.Start.Before(left[0].End) {
			return fmt.Errorf("section %d %q begins at %v, before %q ends: %v", i, s.Title, s.Start, left[0].Title, left[0].End)
		}
		around = append(around[:s.Level-1], s)
		if up := len(around) - 2; up >= 0 && around[up].End.Before(s.End) {
			return fmt.Errorf("section %d %q ends at %v, behind %q: %v", i, s.Title, s.End, around[up].Title, around[up].End)
		}
		if page := runes[s.End.Page]; s.End.Offset > len(page) {
			return fmt.Errorf("section %d %q ends at %v of %d", i, s.Title, s.End, len(page))
		}
		heading, _, _ := strings.Cut(string(runes[s.Start.Page][s.Start.Offset:]), "\n")
		first := squeezed(strings.Fields(s.Title)[0])
		if !strings.HasPrefix(squeezed(heading), first[:min(len(first), len(squeezed(heading)))]) {
			return fmt.Errorf("section %d %q points at %q", i, s.Title, clip(heading, 80))
		}
	}
	return nil
}

func TestSectionsOfSamples(t *testing.T) {
	n := 0
	for name, pages := range samples(t) {
		sections := Sections(pages)
		n += len(sections)
		if err := checkSections(pages, sections); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n < 350 {
		t.Errorf("%d sections in all", n)
	}
}

// randomPaper is a paper of headings and text in any order, cut into pages
// anywhere, with page numbers and lines that run.
func randomPaper(r *rand.Rand) []storage.Page {
	parts := []string{"Phần I", "Chương %d", "CHƯƠNG %d. QUY ĐỊNH CHUNG", "Mục %d", "TÊN GỌI CỦA CHƯƠNG", "Điều %d. Phạm vi", "Điều %d. Có hiệu lực từ ngày ký.", "%d. Khoản này nói", "%d.1. Ý nhỏ",
		"a) Một là;", "đ) Năm là", "I- TÌNH HÌNH", "A. KẾT QUẢ", "Phụ lục %d", "Mẫu số %d", "QUY CHẾ", "Nơi nhận:", "T/M BAN THƯỜNG VỤ", "chữ thường nói tiếp %d", "", "phát tri-", "ển đảng viên", "   thụt vào", "- gạch đầu dòng"}
	pages := make([]storage.Page, 1+r.IntN(6))
	header := r.IntN(2) == 0
	for i := range pages {
		var lines []string
		if header {
			lines = append(lines, fmt.Sprintf("%d", i+1), "Tài liệu hội nghị", "")
		}
		for range r.IntN(30) {
			line := parts[r.IntN(len(parts))]
			if strings.Contains(line, "%d") {
				line = fmt.Sprintf(line, 1+r.IntN(20))
			}
			lines = append(lines, line)
		}
		pages[i] = storage.Page{Number: i + 1, Text: strings.TrimSpace(strings.Join(lines, "\n"))}
	}
	return pages
}

func TestSectionsOfRandomPapers(t *testing.T) {
	for seed := range uint64(400) {
		pages := randomPaper(rand.New(rand.NewPCG(seed, 5)))
		if err := checkSections(pages, Sections(pages)); err != nil {
			t.Fatalf("seed %d: %v\n%+v", seed, err, pages)
		}
		if err := checkPassages(pages, SplitPassages(storage.Document{}, pages)); err != nil {
			t.Fatalf("seed %d: %v\n%+v", seed, err, pages)
		}
	}
}

func FuzzSections(f *testing.F) {
	f.Add("Chương I\nQUY ĐỊNH\nĐiều 1. A\n1. b\na) c\nphát tri-", "2\n\nển d\nNơi nhận:\nT/M BAN\nQUY CHẾ\nvề x\nMẫu số 1\nĐƠN", "3\nĐiều 2. B")
	f.Add("A. B CC\nI- D\nII- E", "Trang 2/3\n1. f\n1.1 G\n\n1. h\nI. I", "TÀI LIỆU\n\n\n")
	f.Add("iv\nx\u00ad\ny", "v\nx\u00ad\ny-\nz", "vi\nx-\ny\n- 7 -")
	f.Fuzz(func(t *testing.T, first, second, third string) {
		pages := paper(strings.ToValidUTF8(first, "?"), strings.ToValidUTF8(second, "?"), strings.ToValidUTF8(third, "?"))
		if err := checkSections(pages, Sections(pages)); err != nil {
			t.Errorf("%q, %q, %q: %v", first, second, third, err)
		}
		if err := checkPassages(pages, SplitPassages(storage.Document{}, pages)); err != nil {
			t.Errorf("%q, %q, %q: %v", first, second, third, err)
		}
	})
}
