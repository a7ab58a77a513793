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
		{"a letter to two, by commas", letter + "Kính gửi: Ban Thường vụ Tỉnh ủy,\nBan Tổ chức Tỉnh ủy.\nSở Nội vụ đề nghị lưu mẫu.", []string{"Ban Thường vụ Tỉnh ủy", "Ban Tổ chức Tỉnh ủy"}},
		{"a letter to some in a line", letter + "Kính gửi: Sở Y tế; Thanh tra tỉnh;\nỦy ban nhân dân các xã.\nĐồng kính gửi: Công an tỉnh.\nThực hiện Kế hoạch, Sở Nội vụ đề nghị lưu mẫu.", []string{"Sở Y tế", "Thanh tra tỉnh", "Ủy ban nhân dân các xã", "Công an tỉnh"}},
		{"a letter to a comrade", letter + "Kính gửi: Đồng chí Nguyễn Văn An\nỦy viên Ban Thường vụ Tỉnh ủy\nSở Nội vụ trân trọng kính mời.", []string{"Đồng chí Nguyễn Văn An Ủy viên Ban Thường vụ Tỉnh ủy"}},
		{"a letter without an end mark", letter + "Kính gửi: Các huyện ủy\nVăn phòng Tỉnh ủy đề nghị các cơ quan thực hiện.\nNơi nhận:\n- Như trên, các sở,\n- Lưu VT.\nGIÁM ĐỐC\nNguyễn Văn Mẫu", []string{"Các huyện ủy", "các sở", "Lưu VT"}},
		{"a wire", letter + "GIÁM ĐỐC SỞ NỘI VỤ điện:\n- Bí thư, Chủ tịch các xã;\n- Công an tỉnh.\nThực hiện Kế hoạch.\nNơi nhận:\n- Như trên;\n- Lưu VT.\nGIÁM ĐỐC\nNguyễn Văn Mẫu", []string{"Bí thư, Chủ tịch các xã", "Công an tỉnh", "Lưu VT"}},
		{"sent with it, not to it", letter + "Kính gửi kèm theo Công văn này bản dự thảo.", []string{}},
		{"as an article says", head + "Nơi nhận:\n- Như Điều 3;\n- Lưu VP.\nT/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn Mẫu", []string{"Như Điều 3", "Lưu VP"}},
		{"a form's are not the paper's", head + "T/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn Mẫu\n" + strings.Repeat("Nội dung của phụ lục.\n", recipientsAfter+1) + "Nơi nhận:\n- Như Điều 2;\n- Lưu.\nTHỦ TRƯỞNG\n", []string{}},
		{"blanks", head + "Nơi nhận:\n- ................;\n- Lưu: VT, ........\nT/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn Mẫu", []string{}},
		{"ended by commas, without dashes", head + "Nơi nhận\nBan Bí thư Trung ương Đảng (để báo cáo),\nCác đảng ủy trực thuộc Tỉnh\nủy,\nLưu Văn phòng Tỉnh ủy.\nT/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn Mẫu",
			[]string{"Ban Bí thư Trung ương Đảng (để báo cáo)", "Các đảng ủy trực thuộc Tỉnh ủy", "Lưu Văn phòng Tỉnh ủy"}},
		{"without any mark", head + "Nơi nhận:\nCác huyện ủy\nCác ban\nLưu VP\nT/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn Mẫu", []string{"Các huyện ủy", "Các ban", "Lưu VP"}},
		{"numbered", head + "Nơi nhận:\n1. Các huyện ủy,\n2. Các ban,\n3. Lưu VP.\nT/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn Mẫu", []string{"Các huyện ủy", "Các ban", "Lưu VP"}},
		{"in one line", head + "Nơi nhận: các chi bộ trực thuộc; đảng viên; lưu.\nT/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn Mẫu", []string{"các chi bộ trực thuộc", "đảng viên", "lưu"}},
		{"in capitals", head + "NƠI NHẬN:\n- Các huyện ủy,\n- Lưu VP.\nT/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn Mẫu", []string{"Các huyện ủy", "Lưu VP"}},
		{"names of places and people", head + "Nơi nhận:\n- Đảng ủy các xã Tân Lập, Phú Bình,\n- Các đồng chí: Nguyễn Văn An,\nTrần Thị Bình, Lê Văn Cường,\n- T/M Ban Thường vụ (b/c),\n- Lưu VP.\nT/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn Mẫu",
			[]string{"Đảng ủy các xã Tân Lập, Phú Bình", "Các đồng chí: Nguyễn Văn An, Trần Thị Bình, Lê Văn Cường", "T/M Ban Thường vụ (b/c)", "Lưu VP"}},
		{"goes on with a capital beside the signature", head + "Nơi nhận:\tT/M TỈNH ỦY\n- Các ban đảng, Văn phòng\tBÍ THƯ\nTỉnh ủy;\t(Ký tên, đóng dấu)\n\tNguyễn Văn Mẫu\n- Lưu VP.", []string{"Các ban đảng, Văn phòng Tỉnh ủy", "Lưu VP"}},
		{"who signed and how follows", head + "Nơi nhận:\n- Các huyện ủy,\n- Các ban\n2\nKý bởi: Nguyễn Văn Mẫu\nThời gian ký: 05/3/2031\nBÍ THƯ\nNguyễn Văn Mẫu", []string{"Các huyện ủy", "Các ban"}},
		{"the nearest to the signature", head + "Điều 2. Nộp hồ sơ\nNơi nhận: Bộ phận Một cửa, tầng 1.\nThời hạn: 10 ngày.\nNơi nhận:\n- Các huyện ủy,\n- Lưu VP.\nT/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn Mẫu", []string{"Các huyện ủy", "Lưu VP"}},
		{"of a form right behind the signature", head + "T/M TỈNH ỦY\nBÍ THƯ\nNguyễn Văn Mẫu\nMẫu số 01-KNĐ\nĐẢNG ỦY XÃ …\nNơi nhận:\n- Ban Thường vụ Tỉnh ủy,\n- Lưu Đảng ủy.", []string{}},
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
	page := storage.Page{Number: 1, OCR: true, Text: "SỞ Y TẾ\nSố: 5/SYT-VP\nV/v lưu mẫu\nKính gửi: Trung tâm Y tế các huyện.\nSở Y tế đề nghị.\nNơi nhận: KtGIÁM ĐÓC\n\n- Nhưtrên; PHÓ GIÁM ĐỐC\n- Trưởng ban; PHÓ\n~ BGĐ SYT; „\n- Lưu: VT, abc.\n\nNguyễn Văn Mẫu\n"}
	got := Read([]storage.Page{page})
	if diff := cmp.Diff([]string{"Trung tâm Y tế các huyện", "Trưởng ban", "BGĐ SYT", "Lưu: VT, abc"}, got.Recipients); diff != "" {
		t.Error(diff)
	}
	if e := got.Evidence["recipients"]; !strings.HasPrefix(e.Text, "Kính gửi: Trung tâm Y tế các huyện. Nơi nhận") || e.Confidence != weak || e.Page != 1 {
		t.Errorf("evidence %+v", e)
	}
}
