package facts

import "testing"

// TestReadTitleAmongOtherLines reads the subject of papers where a line of
// something else stands beside or below it.
func TestReadTitleAmongOtherLines(t *testing.T) {
	const (
		council   = "HỘI ĐỒNG NHÂN DÂN\nTỈNH AN BÌNH\nSố: 4/2031/NQ-HĐND\nAn Bình, ngày 5 tháng 9 năm 2031\nNGHỊ QUYẾT\nQuy định mức chi lưu mẫu giấy trên địa bàn tỉnh\n\n"
		passes    = "\nCăn cứ Luật Lưu trữ số 1/2030/QH19;\nQUYẾT NGHỊ:\nĐiều 1. Giấy được lưu mẫu.\nCHỦ TỊCH\n\nLò Văn Tấn"
		letter    = "BỘ MẪU GIẤY\nSố: 4/BMG-NVI\nV/v hướng dẫn lưu mẫu giấy\ncấp xã\n"
		letterEnd = "\nSuối Mơ, ngày 5 tháng 9 năm 2031\nKính gửi: Các trường.\nBộ đề nghị lưu mẫu.\nBỘ TRƯỞNG\n\nLò Văn Tấn"
		party     = "TỈNH ỦY AN BÌNH\n*\nSố 52-CTr/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nAn Bình, ngày 5 tháng 9 năm 2031\n"
		below     = "-----\nĐể lưu mẫu giấy, Tỉnh ủy yêu cầu:\n1. Lưu mẫu.\nT/M TỈNH ỦY\nBÍ THƯ\n\nHà Thị Mận"
		joint     = "UBND TỈNH AN BÌNH\nSỞ MẪU GIẤY - SỞ MỰC IN\nSố: 4/HDLS-SMG-SMI\nAn Bình, ngày 5 tháng 9 năm 2031\n"
	)
	for _, test := range []struct{ name, text, title string }{
		{"the council and its session", council + "HỘI ĐỒNG NHÂN DÂN TỈNH AN BÌNH\nKHÓA XIX, KỲ HỌP THỨ 31\n" + passes, "Quy định mức chi lưu mẫu giấy trên địa bàn tỉnh"},
		{"the session in two lines", council + "HỘI ĐỒNG NHÂN DÂN TỈNH AN BÌNH\nKHÓA XIX, NHIỆM KỲ 2026 - 2031\nKỲ HỌP THỨ 31 (CHUYÊN ĐỀ)\n" + passes, "Quy định mức chi lưu mẫu giấy trên địa bàn tỉnh"},
		{"a motto in two lines", letter + "CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nVIỆT NAM\nĐộc lập - Tự do - Hạnh phúc" + letterEnd, "hướng dẫn lưu mẫu giấy cấp xã"},
		{"a motto in two lines beside it", "BỘ MẪU GIẤY          CỘNG HÒA XÃ HỘI\nSố: 4/BMG-NVI        CHỦ NGHĨA VIỆT NAM\nV/v hướng dẫn lưu mẫu giấy          Độc lập - Tự do -\ncấp xã          Hạnh phúc" + letterEnd, "hướng dẫn lưu mẫu giấy cấp xã"},
		{"a programme of action", party + "CHƯƠNG TRÌNH HÀNH ĐỘNG\nthực hiện Nghị quyết số 8-NQ/TW về lưu mẫu\n" + below, "thực hiện Nghị quyết số 8-NQ/TW về lưu mẫu"},
		{"a plan of action in capitals", party + "CHƯƠNG TRÌNH HÀNH ĐỘNG\nTHỰC HIỆN VIỆC LƯU MẪU GIẤY\n" + below, "THỰC HIỆN VIỆC LƯU MẪU GIẤY"},
		{"a programme that the line itself names", party + "CHƯƠNG TRÌNH HÀNH ĐỘNG\n" + below, "HÀNH ĐỘNG"},
		{"a programme with its year", party + "CHƯƠNG TRÌNH CÔNG TÁC NĂM 2032\n" + below, "CÔNG TÁC NĂM 2032"},
		{"guidance of two departments", joint + "HƯỚNG DẪN LIÊN SỞ\nVề quản lý mẫu giấy\n\nCăn cứ Nghị định số 9/2030/NĐ-CP, Liên Sở hướng dẫn như sau:\n1. Lưu mẫu.\n", "Về quản lý mẫu giấy"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Read(onePage(test.text)).Title; string(got) != test.title {
				t.Errorf("title %q, not %q", got, test.title)
			}
		})
	}
}
