package facts

import "testing"

// TestReadSignerOfOtherLayouts reads names and posts that stand otherwise than
// most: in capitals, with a rank, over several lines, one below the other.
func TestReadSignerOfOtherLayouts(t *testing.T) {
	const (
		notice = "BAN BÍ THƯ\nSố 22-TT/TW\nHà Nội, ngày 10 tháng 5 năm 1999\nTHÔNG TRI\nvề việc lưu mẫu giấy\n\nBan Bí thư yêu cầu:\n1. Lưu mẫu giấy.\n"
		letter = "BỘ MẪU GIẤY\nSố: 4/BMG-V03\nV/v lưu mẫu giấy\nHà Nội, ngày 5 tháng 9 năm 2031\nKính gửi: Các trường.\nBộ đề nghị góp ý./.\nNơi nhận:\n- Như trên;\n- Lưu: VT, V03(P2).\n\n"
		joint  = "ỦY BAN THƯỜNG VỤ QUỐC HỘI - CHÍNH PHỦ -\nĐOÀN CHỦ TỊCH ỦY BAN TRUNG ƯƠNG\nMẶT TRẬN TỔ QUỐC VIỆT NAM\nSố: 4/2031/NQLT-UBTVQH20-CP-ĐCTUBTWMTTQVN\nHà Nội, ngày 5 tháng 9 năm 2031\nNGHỊ QUYẾT LIÊN TỊCH\nHướng dẫn lưu mẫu giấy\n\nCăn cứ Luật Lưu trữ số 1/2030/QH19;\n"
	)
	for _, test := range []struct{ name, text, signer, role string }{
		{"a name in capitals", notice + "T/M BAN BÍ THƯ\nLÒ THẾ TẤN", "Lò Thế Tấn", "T/M BAN BÍ THƯ"},
		{"a name in capitals below a post", notice + "T/M BAN BÍ THƯ\nỦY VIÊN\n(Đã ký)\nHÀ THỊ MẬN", "Hà Thị Mận", "T/M BAN BÍ THƯ – ỦY VIÊN"},
		{"a presidium is no name", notice + "TM. ĐẠI HỘI\nĐOÀN CHỦ TỊCH\n\nLò Thế Tấn", "Lò Thế Tấn", "TM. ĐẠI HỘI ĐOÀN CHỦ TỊCH"},
		{"a place is no name", notice + "TM. BAN TỔ CHỨC\nTHÁI BÌNH DƯƠNG VÀ HÀ NAM\n", "", "TM. BAN TỔ CHỨC"},
		{"recipients beside the post are no name", notice + "Nơi nhận:          T/M BAN BÍ THƯ\nLƯU VĂN PHÒNG          TỔNG BÍ THƯ\n\n          Lò Thế Tấn", "Lò Thế Tấn", "T/M BAN BÍ THƯ – TỔNG BÍ THƯ"},
		{"a rank, and a body over two lines", letter + "TUQ. BỘ TRƯỞNG\nCỤC TRƯỞNG CỤC MỰC IN\nVÀ LƯU MẪU GIẤY, BÌA\n\nThiếu tướng Lò Văn Tấn", "Lò Văn Tấn", "TUQ. BỘ TRƯỞNG – CỤC TRƯỞNG CỤC MỰC IN VÀ LƯU MẪU GIẤY, BÌA"},
		{"a body whose first line ends open", letter + "KT. CỤC TRƯỞNG CỤC MỰC IN VÀ\nLƯU MẪU GIẤY\nPHÓ CỤC TRƯỞNG\n\nLò Văn Tấn", "Lò Văn Tấn", "KT. CỤC TRƯỞNG CỤC MỰC IN VÀ LƯU MẪU GIẤY – PHÓ CỤC TRƯỞNG"},
		{"three bodies", joint + "TM. ỦY BAN THƯỜNG VỤ\nQUỐC HỘI\nCHỦ TỊCH\n\nLò Văn Tấn\n\nTM. CHÍNH PHỦ\nTHỦ TƯỚNG\n\nHà Thị Mận\n\nTM. ĐOÀN CHỦ TỊCH\nỦY BAN TRUNG ƯƠNG MTTQ VIỆT NAM\nCHỦ TỊCH\n\nĐỗ Văn Lúa\n",
			"Lò Văn Tấn; Hà Thị Mận; Đỗ Văn Lúa", "TM. ỦY BAN THƯỜNG VỤ QUỐC HỘI – CHỦ TỊCH; TM. CHÍNH PHỦ – THỦ TƯỚNG; TM. ĐOÀN CHỦ TỊCH ỦY BAN TRUNG ƯƠNG MTTQ VIỆT NAM – CHỦ TỊCH"},
		{"two bodies, and an annex that a third signs", joint + "TM. CHÍNH PHỦ\nTHỦ TƯỚNG\n\nHà Thị Mận\n\nTM. ĐOÀN CHỦ TỊCH\nCHỦ TỊCH\n\nĐỗ Văn Lúa\nPHỤ LỤC\nGIÁM ĐỐC\n\nLò Văn Tấn\n",
			"Hà Thị Mận; Đỗ Văn Lúa", "TM. CHÍNH PHỦ – THỦ TƯỚNG; TM. ĐOÀN CHỦ TỊCH – CHỦ TỊCH"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := Read(onePage(test.text))
			if string(got.Signer) != test.signer || string(got.SignerRole) != test.role {
				t.Errorf("%q as %q, not %q as %q", got.Signer, got.SignerRole, test.signer, test.role)
			}
		})
	}
}
