package web

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

func TestFormats(t *testing.T) {
	for date, want := range map[storage.Date]string{
		"2022-06-16": "16/6/2022", "2026-09-05": "05/9/2026", "2017-02-06": "06/02/2017", "2025-01-20": "20/01/2025", "2021-10-10": "10/10/2021",
		"": "", "hôm nay": "",
	} {
		if got := Date(date); got != want {
			t.Errorf("Date(%q) = %q, want %q", date, got, want)
		}
	}
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1.000", 96247: "96.247", 1234567: "1.234.567", -1000: "-1.000"} {
		if got := Number(n); got != want {
			t.Errorf("Number(%d) = %q, want %q", n, got, want)
		}
	}
	for size, want := range map[int64]string{
		0: "0 byte", 999: "999 byte", 1000: "1 KB", 345_600: "346 KB", 999_600: "1 MB", 1_234_567: "1,2 MB", 9_960_000: "10 MB", 12_345_678: "12 MB", 5_000_000_000_000: "5 TB",
	} {
		if got := Size(size); got != want {
			t.Errorf("Size(%d) = %q, want %q", size, got, want)
		}
	}
}

// brackets writes pieces with their marks in brackets.
func brackets(all []Piece) string {
	var out strings.Builder
	for _, piece := range all {
		if piece.Marked {
			out.WriteString("[" + piece.Text + "]")
		} else {
			out.WriteString(piece.Text)
		}
	}
	return out.String()
}

func TestHighlight(t *testing.T) {
	for _, test := range []struct{ name, text, query, want string }{
		{"without accents", "Ban Bí thư ban hành nghị quyết mới.", "nghi quyet", "Ban Bí thư ban hành [nghị quyết] mới."},
		{"accents as typed", "có số cơ sở", "cơ sở", "có số [cơ sở]"},
		{"half the accents", "cơ sở, có sổ", "co sở", "[cơ sở], có sổ"},
		{"the other spelling", "Huyện uỷ", "huyện ủy", "[Huyện uỷ]"},
		{"over a line end", "nghị\nquyết", "nghị quyết", "[nghị\nquyết]"},
		{"pairs before lone words", "cơ quan của tổ chức cơ sở", "tổ chức cơ sở", "cơ quan của [tổ chức cơ sở]"},
		{"lone words where no pair stands", "chất và lượng", "chất lượng", "[chất] và [lượng]"},
		{"a number", "Số 21-NQ/TW nói", "21-nq/tw", "Số [21-NQ/TW] nói"},
		{"nothing asked", "văn bản", "", "văn bản"},
		{"nothing there", "văn bản", "kế hoạch", "văn bản"},
		{"decomposed and odd bytes", "nghi\u0323 \xff quyết", "nghị", "[nghi\u0323] \ufffd quyết"},
	} {
		if got := brackets(highlight(test.text, test.query)); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestLines(t *testing.T) {
	var got []string
	for _, line := range lines([]Piece{{"một\n\nhai ", false}, {"ba\nbốn", true}, {"\n", false}}) {
		got = append(got, brackets(line))
	}
	if diff := cmp.Diff([]string{"một", "hai [ba]", "[bốn]"}, got); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

func TestPiecesWithstandAnyMarks(t *testing.T) {
	for _, test := range []struct {
		marks []indexer.Mark
		want  string
	}{
		{nil, "Điều lệ"},
		{[]indexer.Mark{{0, 4}}, "[Điều] lệ"},
		{[]indexer.Mark{{0, 4}, {5, 7}}, "[Điều] [lệ]"},
		{[]indexer.Mark{{5, 99}}, "Điều [lệ]"},
		{[]indexer.Mark{{-3, 2}, {1, 3}, {50, 60}, {6, 2}}, "[Đi][ề]u lệ"},
	} {
		if got := brackets(pieces("Điều lệ", test.marks)); got != test.want {
			t.Errorf("%v: %s, want %s", test.marks, got, test.want)
		}
	}
}

func TestReflow(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"a broken sentence", "Tổ chức cơ sở đảng là nền tảng của Đảng, là hạt nhân\nchính trị ở cơ sở.", "Tổ chức cơ sở đảng là nền tảng của Đảng, là hạt nhân chính trị ở cơ sở."},
		{"a heading stays", "I- TÌNH HÌNH\nTổ chức cơ sở đảng là nền tảng của Đảng, là hạt nhân\nchính trị.", "I- TÌNH HÌNH\nTổ chức cơ sở đảng là nền tảng của Đảng, là hạt nhân chính trị."},
		{"items stay", "1. Củng cố, xây dựng tổ chức cơ sở đảng vững mạnh\n2. Nâng cao chất lượng đội ngũ đảng viên hiện nay\na) Đổi mới", "1. Củng cố, xây dựng tổ chức cơ sở đảng vững mạnh\n2. Nâng cao chất lượng đội ngũ đảng viên hiện nay\na) Đổi mới"},
		{"a sentence ends", "Nghị quyết này có hiệu lực.\nCác cấp ủy thi hành nghị.", "Nghị quyết này có hiệu lực.\nCác cấp ủy thi hành nghị."},
		{"paragraphs stay", "một hai ba bốn\n\nnăm sáu bảy tám", "một hai ba bốn\n\nnăm sáu bảy tám"},
		{"nothing", "", ""},
	} {
		if got := reflow(test.text); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// Highlighting marks and never changes a text that is valid UTF-8.
func FuzzHighlight(f *testing.F) {
	f.Add("Nghị quyết số 21-NQ/TW\nvề tổ chức cơ sở đảng", "to chuc co so")
	f.Add("a\n\nb", "\xff")
	f.Fuzz(func(t *testing.T, text, query string) {
		flowed := reflow(text)
		if len(flowed) != len(text) {
			t.Fatalf("reflow changed %d bytes to %d", len(text), len(flowed))
		}
		var out strings.Builder
		for _, piece := range highlight(flowed, query) {
			out.WriteString(piece.Text)
		}
		if want := string([]rune(flowed)); out.String() != want {
			t.Fatalf("the text became %q, was %q", out.String(), want)
		}
	})
}

func TestPaginate(t *testing.T) {
	labels := func(q indexer.Query, total int) string {
		p := paginate(q, total)
		if p == nil {
			return ""
		}
		var out []string
		if p.Previous != nil {
			out = append(out, "<")
		}
		for _, link := range p.Pages {
			if link.Current {
				link.Label = "(" + link.Label + ")"
			}
			out = append(out, link.Label)
		}
		if p.Next != nil {
			out = append(out, ">")
		}
		return strings.Join(out, " ")
	}
	for _, test := range []struct {
		page, total int
		want        string
	}{
		{1, 0, ""}, {1, 10, ""}, {1, 11, "(1) 2 >"}, {2, 11, "< 1 (2)"}, {5, 95, "< 1 … 4 (5) 6 … 10 >"},
		{1000, 20_000, "< 1 … 999 (1.000)"}, {7, 11, "< 1 2"},
	} {
		if got := labels(indexer.Query{Page: test.page, Size: 10}, test.total); got != test.want {
			t.Errorf("page %d of %d: %q, want %q", test.page, test.total, got, test.want)
		}
	}
}

func TestSearchURL(t *testing.T) {
	q := indexer.Query{Text: "nq 21", Filters: map[indexer.Facet][]string{"kind": {"a", "b"}}, From: "2020-01-01", Page: 3, Sort: indexer.Newest}
	for _, test := range []struct {
		name string
		q    indexer.Query
		want string
	}{
		{"all", q, "/?from=2020-01-01&kind=a%2Cb&page=3&q=nq+21&sort=newest"},
		{"nothing", indexer.Query{Sort: indexer.ByRelevance, Page: 1}, "/"},
		{"a value less", toggled(q, "kind", "a"), "/?from=2020-01-01&kind=b&q=nq+21&sort=newest"},
		{"a value more", toggled(q, "year", "2022"), "/?from=2020-01-01&kind=a%2Cb&q=nq+21&sort=newest&year=2022"},
	} {
		if got := searchURL(test.q); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	if diff := cmp.Diff([]string{"a", "b"}, q.Filters["kind"]); diff != "" {
		t.Errorf("choosing a value changed the query it began from:\n%s", diff)
	}
}
