package facts

import "testing"

func TestNamesOfBodies(t *testing.T) {
	for _, test := range []struct {
		lines []string
		want  string
	}{
		{[]string{"UBND TỈNH AN BÌNH", "SỞ CÔNG THƯƠNG"}, "Sở Công Thương tỉnh An Bình"},
		{[]string{"ỦY BAN NHÂN DÂN TỈNH AN BÌNH"}, "Ủy ban nhân dân tỉnh An Bình"},
		{[]string{"UBND TỈNH AN BÌNH", "VĂN PHÒNG"}, "Văn phòng Ủy ban nhân dân tỉnh An Bình"},
		{[]string{"BAN CHẤP HÀNH TRUNG ƯƠNG", "BAN TỔ CHỨC"}, "Ban Tổ chức Trung ương"},
		{[]string{"BAN CHẤP HÀNH TRUNG ƯƠNG", "VĂN PHÒNG"}, "Văn phòng Trung ương Đảng"},
		{[]string{"BAN CHẤP HÀNH TRUNG ƯƠNG", "ỦY BAN KIỂM TRA"}, "Ủy ban Kiểm tra Trung ương"},
		{[]string{"TỈNH ỦY AN BÌNH", "BAN TUYÊN GIÁO VÀ DÂN VẬN"}, "Ban Tuyên giáo và Dân vận Tỉnh ủy An Bình"},
		{[]string{"TỈNH ỦY AN BÌNH"}, "Tỉnh ủy An Bình"},
		{[]string{"ĐẢNG BỘ XÃ KHE LIM", "CHI BỘ THÔN KHE CẠN"}, "Chi bộ thôn Khe Cạn"},
		{[]string{"BAN TỔ CHỨC TỈNH ỦY AN BÌNH"}, "Ban Tổ chức Tỉnh ủy An Bình"},
		{[]string{"BỘ CÔNG THƯƠNG", "CỤC HÓA CHẤT"}, "Cục Hóa chất"},
		{[]string{"BỘ GIAO THÔNG VẬN TẢI"}, "Bộ Giao thông vận tải"},
		{[]string{"CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH AN BÌNH"}, "Chủ tịch Ủy ban nhân dân tỉnh An Bình"},
		{[]string{"CHI CỤC MẪU GIẤY KHU VỰC XVI"}, "Chi cục mẫu giấy khu vực XVI"},
		{[]string{"CHI CỤC MẪU GIẤY KHU VỰC XI"}, "Chi cục mẫu giấy khu vực XI"},
		{[]string{"CÔNG TY XI MĂNG TỈNH AN BÌNH"}, "Công ty xi măng tỉnh An Bình"},
		{[]string{"CHI BỘ IV"}, "Chi bộ IV"},
		{[]string{"PHÂN HIỆU II TRƯỜNG CHÍNH TRỊ TỈNH AN BÌNH"}, "Phân hiệu II trường Chính trị tỉnh An Bình"},
		{[]string{"CỤC PHÒNG NGỪA HÀNH VI"}, "Cục Phòng ngừa hành vi"},
		{[]string{"HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ HÒA AN"}, "Hội đồng nhân dân thành phố Hòa An"},
	} {
		if got := qualified(append([]string(nil), test.lines...)); got != test.want {
			t.Errorf("%v is %q, want %q", test.lines, got, test.want)
		}
	}
}

func TestEnactingPhraseAndLetterheadComplementEachOther(t *testing.T) {
	for _, test := range [][3]string{
		{"Giám đốc Sở Y tế", "Sở Y tế tỉnh An Bình", "Giám đốc Sở Y tế tỉnh An Bình"},
		{"Ủy ban nhân dân", "Ủy ban nhân dân tỉnh An Bình", "Ủy ban nhân dân tỉnh An Bình"},
		{"Bộ trưởng Bộ Công an", "Bộ Công an", "Bộ trưởng Bộ Công an"},
		{"Thủ tướng Chính phủ", "Văn phòng Chính phủ", "Thủ tướng Chính phủ"},
	} {
		if got := completed(test[0], test[1]); got != test[2] {
			t.Errorf("%s under %s is %q, want %q", test[0], test[1], got, test[2])
		}
	}
}
