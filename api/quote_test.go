package api

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestQuote(t *testing.T) {
	long := strings.Repeat("dài dòng ", 60)
	for _, test := range []struct{ name, text, want string }{
		{"a sentence", "Câu trước. Thực hiện [21-NQ/TW] của Đảng. Câu sau.", "Thực hiện [21-NQ/TW] của Đảng."},
		{"over lines", "Câu trước.\nThực hiện\n[Nghị quyết số\n21-NQ/TW] của\nĐảng.", "Thực hiện [Nghị quyết số 21-NQ/TW] của Đảng."},
		{"an item", "Căn cứ Điều lệ Đảng;\nCăn cứ [21-NQ/TW];\nCăn cứ khác;", "Căn cứ [21-NQ/TW];"},
		{"an item with its number", "1. Mục đích.\n2. Thực hiện [21-NQ/TW]. Hết.", "2. Thực hiện [21-NQ/TW]."},
		{"an item with a dash", "- Thứ nhất\n- Theo [21-NQ/TW]\n- Thứ ba", "Theo [21-NQ/TW]"},
		{"a heading", "MỤC LỤC\n\nThực hiện [21-NQ/TW]\n\nHẾT", "Thực hiện [21-NQ/TW]"},
		{"short forms", "Theo T.Ư. Đảng, tr. 12 của [21-NQ/TW] và GS. Nguyễn nói. Sau.", "Theo T.Ư. Đảng, tr. 12 của [21-NQ/TW] và GS. Nguyễn nói."},
		{"below a rule", "về tổ chức bộ máy\n-----\nTheo [21-NQ/TW]\n_____\nSau", "Theo [21-NQ/TW]"},
		{"a reason", "VỀ TỔ CHỨC BỘ MÁY\nBAN THƯỜNG VỤ TỈNH ỦY\nCăn cứ [21-NQ/TW];", "Căn cứ [21-NQ/TW];"},
		{"an article", "BAN THƯỜNG VỤ QUYẾT ĐỊNH\nĐiều 1. Thay thế [21-NQ/TW].", "Thay thế [21-NQ/TW]."},
		{"before an article", "Thay thế [21-NQ/TW]\nĐiều 1. Nội dung.", "Thay thế [21-NQ/TW]"},
		{"a letter", "V/v học tập\nKính gửi: Các huyện ủy\nThực hiện [21-NQ/TW], đề nghị", "Thực hiện [21-NQ/TW], đề nghị"},
		{"nothing around", "[21-NQ/TW]", "[21-NQ/TW]"},
		{"very long", long + "[21-NQ/TW] " + long, "…"},
	} {
		start, end := strings.Index(test.text, "["), strings.Index(test.text, "]")-1
		text := strings.NewReplacer("[", "", "]", "").Replace(test.text)
		q := quote(text, start, end)
		runes := []rune(q.Text)
		got := string(runes[:q.Marks[0][0]]) + "[" + string(runes[q.Marks[0][0]:q.Marks[0][1]]) + "]" + string(runes[q.Marks[0][1]:])
		if test.want == "…" {
			if n := len(runes); n > 2*quoteReach+20 || !strings.HasPrefix(got, "…") || !strings.HasSuffix(got, "…") || !strings.Contains(got, "[21-NQ/TW]") {
				t.Errorf("%s: %s", test.name, got)
			}
		} else if got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

// Whatever stands around, what is quoted is marked.
func FuzzQuote(f *testing.F) {
	f.Add("Câu trước. Thực hiện 21-NQ/TW. Sau.", 30, 38)
	f.Add("\n\n. . .\xff", 2, 3)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		if !utf8.ValidString(text) || start < 0 || end < start || end > len(text) || !utf8.ValidString(text[:start]) || !utf8.ValidString(text[start:end]) {
			t.Skip()
		}
		q := quote(text, start, end)
		if got := string([]rune(q.Text)[q.Marks[0][0]:q.Marks[0][1]]); got != strings.Join(strings.Fields(text[start:end]), " ") {
			t.Fatalf("%q is marked of %q", got, text[start:end])
		}
		if strings.ContainsAny(q.Text, "\n\t") || utf8.RuneCountInString(q.Text) > 2*quoteReach+2+utf8.RuneCountInString(text[start:end]) {
			t.Fatalf("quote %q", q.Text)
		}
	})
}
