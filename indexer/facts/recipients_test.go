package facts

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

// TestRecipients reads whom papers are sent to, in the layouts that readers hand
// over: the list before, beside or between what is signed.
func TestRecipients(t *testing.T) {
	const head, letter = "TỈNH ỦY AN BÌNH\tĐẢNG CỘNG SẢN VIỆT NAM\n*\tAn Bình, ngày 5 tháng 3 năm 2031\nSố 12-QĐ/TU\nQUYẾT ĐỊNH\nvề việc lưu mẫu\nCăn cứ Điều lệ;\nĐiều 1. Lưu mẫu./.\n",
		"SỞ NỘI VỤ\nSố: 7/SNV-VP\tAn Bình, ngày 5 tháng 3 năm 2031\nV/v lưu mẫu\n"
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"above the signature", head + "Nơi nhận:\n- Các huyện ủy,\n- Lưu Văn phòng.\nT/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn Mẫu", []string{"Các huyện ủy", "Lưu Văn phòng"}},
		{"beside it", head + "Nơi nhận:\tT/M TỈNH ỦY\n- Ban Thường vụ (để báo\tBÍ THƯ\ncáo),\n- Các huyện ủy,\t(đã ký)\n- Lưu Văn phòng.\tNguyễn Văn Mẫu", []string{"Ban Thường vụ (để báo cáo)", "Các huyện ủy", "Lưu Văn phòng"}},
		{"below the post", head + "T/M TỈNH ỦY\nBÍ THƯ\nNơi nhận\n- Các huyện ủy,\n- Lưu Văn phòng.\nNguyễn Văn Mẫu", []string{"Các huyện ủy", "Lưu Văn phòng"}},
		{"broken lines", head + "Nơi nhận:\n- Các huyện ủy, thị ủy trực thuộc Tỉnh\nủy,\n- Các Cục: Quân nhu, Quân lực,\nXe máy;\n- Lưu: VT,\nVP.\nKý hiệu/5b\nT/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn Mẫu",
			[]string{"Các huyện ủy, thị ủy trực thuộc Tỉnh ủy", "Các Cục: Quân nhu, Quân lực, Xe máy", "Lưu: VT"}},
		{"several in a line", head + "Nơi nhận: - Các huyện ủy, - Các ban, - Lưu VP.\nT/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn Mẫu", []string{"Các huyện ủy", "Các ban", "Lưu VP"}},
		{"without dashes", head + "Nơi nhận:\nCác huyện ủy;\nCác ban;\nLưu VP.\nT/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn Mẫu", []string{"Các huyện ủy", "Các ban", "Lưu VP"}},
		{"a letter to one", letter + "Kính gửi: Ủy ban nhân dân các xã, phường.\nSở Nội vụ đề nghị lưu mẫu.\nNơi nhận:\n- Như trên;\n- UBND tỉnh (để b/c);\n- Lưu: VT.\nGIÁM ĐỐC\nNguyễn Văn Mẫu", []string{"Ủy ban nhân dân các xã, phường", "UBND tỉnh (để b/c)", "Lưu: VT"}},
		{"a letter to several", letter + "Kính gửi:\n- Sở Tài chính;\n- Ủy ban nhân dân các xã,\nphường.\nSở Nội vụ đề nghị lưu mẫu.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nNguyễn Văn Mẫu", []string{"Sở Tài chính", "Ủy ban nhân dân các xã, phường", "Lưu: VT"}},
		{"as an article says", head + "Nơi nhận:\n- Như Điều 3;\n- Lưu VP.\nT/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn Mẫu", []string{"Như Điều 3", "Lưu VP"}},
		{"a form's are not the paper's", head + "T/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn Mẫu\n" + strings.Repeat("Nội dung của phụ lục.\n", recipientsAfter+1) + "Nơi nhận:\n- Như Điều 2;\n- Lưu.\nTHỦ TRƯỞNG\n", []string{}},
		{"blanks", head + "Nơi nhận:\n- ................;\n- Lưu: VT, ........\nT/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn Mẫu", []string{}},
		{"words of a sentence", head + "Nơi nhận phiếu xác nhận trong 10 ngày.\n- Phiếu có hai bản.\nT/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn Mẫu", []string{}},
		{"none", head, []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := Read(onePage(test.text))
			if diff := cmp.Diff(test.want, got.Recipients); diff != "" {
				t.Error(diff)
			}
			if _, seen := got.Evidence["recipients"]; seen != (len(test.want) > 0) {
				t.Errorf("evidence %+v", got.Evidence["recipients"])
			}
		})
	}
}

// TestRecipientsOfScans: OCR joins the post beside the list with it, and what it
// makes of stamps.
func TestRecipientsOfScans(t *testing.T) {
	page := storage.Page{Number: 1, OCR: true, Text: "SỞ Y TẾ\nSố: 5/SYT-VP\nV/v lưu mẫu\nKính gửi: Trung tâm Y tế các huyện.\nSở Y tế đề nghị.\nNơi nhận: KtGIÁM ĐÓC\n\n- Nhưtrên; PHÓ GIÁM ĐỐC\n~ BGĐ SYT; „\n- Lưu: VT, abc.\n\nNguyễn Văn Mẫu\n"}
	got := Read([]storage.Page{page})
	if diff := cmp.Diff([]string{"Trung tâm Y tế các huyện", "BGĐ SYT", "Lưu: VT, abc"}, got.Recipients); diff != "" {
		t.Error(diff)
	}
	if e := got.Evidence["recipients"]; e.Confidence != weak || e.Page != 1 {
		t.Errorf("evidence %+v", e)
	}
}
