package api

import (
	"strings"
	"testing"
	"unicode/utf8"

	"vankien/storage"
)

// A sentence that would begin in the letterhead begins with the subject, or with
// what the paper says.
func TestNoQuoteHasTheLetterhead(t *testing.T) {
	const head = "TỈNH ỦY SƠN LAM                 ĐẢNG CỘNG SẢN VIỆT NAM\n*\nSố 530-QĐ/TU        Sơn Lam, ngày 06 tháng 11 năm 2026\n\n"
	for _, test := range []struct{ name, text, want string }{
		{"the subject", head + "QUYẾT ĐỊNH\nsửa đổi Quyết định số [451-QĐ/TU]\n-----\nCăn cứ Điều lệ Đảng;", "sửa đổi Quyết định số [451-QĐ/TU]"},
		{"no empty line", "TỈNH ỦY SƠN LAM\n*\nSố 530-QĐ/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nSơn Lam, ngày 06 tháng 11 năm 2026\nQUYẾT ĐỊNH\nsửa đổi Quyết định số [451-QĐ/TU]\nĐiều 1. Nội dung.", "sửa đổi Quyết định số [451-QĐ/TU]"},
		{"the kind with the subject", head + "QUYẾT ĐỊNH sửa đổi Quyết định số [451-QĐ/TU].", "QUYẾT ĐỊNH sửa đổi Quyết định số [451-QĐ/TU]."},
		{"a reason", head + "QUYẾT ĐỊNH\nvề tổ chức bộ máy\nBAN THƯỜNG VỤ TỈNH ỦY\nCăn cứ Quyết định số [451-QĐ/TU];", "Căn cứ Quyết định số [451-QĐ/TU];"},
		{"the State", "ỦY BAN NHÂN DÂN\nTỈNH SƠN LAM\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 12/2026/QĐ-UBND\tSơn Lam, ngày … tháng 11 năm 2026\nQUYẾT ĐỊNH\nVề việc bãi bỏ Quyết định số [451-QĐ/TU]", "Về việc bãi bỏ Quyết định số [451-QĐ/TU]"},
		{"a letter", head + "V/v thực hiện Quyết định số [451-QĐ/TU]\n\nKính gửi: Các huyện ủy", "V/v thực hiện Quyết định số [451-QĐ/TU]"},
		{"a letter's body", head + "V/v học tập\nKính gửi: Các huyện ủy\nThực hiện Quyết định số [451-QĐ/TU], đề nghị", "Thực hiện Quyết định số [451-QĐ/TU], đề nghị"},
		{"a subject beside the date", "TỈNH ỦY SƠN LAM\tĐẢNG CỘNG SẢN VIỆT NAM\nSố 45-CV/TU\t\nV/v thực hiện [451-QĐ/TU]\tSơn Lam, ngày 06 tháng 11 năm 2026\nKính gửi: Các huyện ủy", "V/v thực hiện [451-QĐ/TU]"},
		{"a subject before the other column", "TỈNH ỦY SƠN LAM\n*\nSố 91-CV/TU\nV/v triển khai [451-QĐ/TU]\nĐẢNG CỘNG SẢN VIỆT NAM\nSơn Lam, ngày 01 tháng 6 năm 2024\n\nKính gửi: Các huyện ủy.", "V/v triển khai [451-QĐ/TU]"},
		{"no letterhead", "Theo Quyết định số [451-QĐ/TU] của Đảng Cộng sản Việt Nam.", "Theo Quyết định số [451-QĐ/TU] của Đảng Cộng sản Việt Nam."},
		{"a date in prose", head + "KẾT LUẬN\nThực hiện chủ trương của\nTrung ương, ngày 06 tháng 11 năm 2026\nnhư [451-QĐ/TU]", "Thực hiện chủ trương của Trung ương, ngày 06 tháng 11 năm 2026 như [451-QĐ/TU]"},
	} {
		start, end := strings.Index(test.text, "["), strings.Index(test.text, "]")-1
		q := sentenceOf(storage.Page{Number: 1, Text: strings.NewReplacer("[", "", "]", "").Replace(test.text)}, start, end)
		runes := []rune(q.Text)
		if got := string(runes[:q.Marks[0][0]]) + "[" + string(runes[q.Marks[0][0]:q.Marks[0][1]]) + "]" + string(runes[q.Marks[0][1]:]); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

// Whatever a page begins with, what is quoted is marked.
func FuzzSentenceOfAFirstPage(f *testing.F) {
	f.Add("ĐẢNG CỘNG SẢN VIỆT NAM\n*\nSố 5-QĐ/TU\n----\nQUYẾT ĐỊNH\nvề 6-QĐ/TU\n", 75, 83)
	f.Add("Số 5-\tSơn Lam, ngày 1 tháng 2 năm 2026\nKính gửi\n", 0, 4)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		if !utf8.ValidString(text) || start < 0 || end < start || end > len(text) || !utf8.ValidString(text[:start]) || !utf8.ValidString(text[start:end]) {
			t.Skip()
		}
		q := sentenceOf(storage.Page{Number: 1, Text: text}, start, end)
		if got := string([]rune(q.Text)[q.Marks[0][0]:q.Marks[0][1]]); got != strings.Join(strings.Fields(text[start:end]), " ") {
			t.Fatalf("%q is marked of %q", got, text[start:end])
		}
	})
}
