package facts

import "testing"

// TestReadIssuerAmongOtherBodies reads who issued a paper whose head and first
// lines name other bodies, sessions and units as well.
func TestReadIssuerAmongOtherBodies(t *testing.T) {
	const (
		commune  = "ĐẢNG ỦY XÃ SUỐI MƠ\n*\nSố 4-TTr/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\nSuối Mơ, ngày 5 tháng 9 năm 2031\nTỜ TRÌNH\nvề việc lưu mẫu giấy\n\n"
		province = "ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\nSố: 4/TTr-UBND\nAn Bình, ngày 5 tháng 9 năm 2031\nTỜ TRÌNH\nVề việc lưu mẫu giấy\n\n"
		signed   = "T/M ĐẢNG ỦY\nBÍ THƯ\n\nLò Văn Tấn"
		council  = "HỘI ĐỒNG NHÂN DÂN\nTỈNH AN BÌNH\nSố: 4/2031/NQ-HĐND\nAn Bình, ngày 5 tháng 9 năm 2031\nNGHỊ QUYẾT\nQuy định mức chi lưu mẫu giấy trên địa bàn tỉnh\n\n"
		passes   = "\nCăn cứ Luật Lưu trữ số 1/2030/QH19;\nQUYẾT NGHỊ:\nĐiều 1. Giấy được lưu mẫu.\nCHỦ TỊCH\n\nLò Văn Tấn"
		congress = "*\nSố 1-NQ/ĐH\nĐẢNG CỘNG SẢN VIỆT NAM\nAn Bình, ngày 5 tháng 9 năm 2031\nNGHỊ QUYẾT\nĐại hội đại biểu Đảng bộ tỉnh An Bình lần thứ XXII\n-----\nI- Lưu mẫu giấy.\nT/M ĐOÀN CHỦ TỊCH\n\nHà Thị Mận"
		office   = "TỈNH ỦY AN BÌNH\nVĂN PHÒNG\n*\nSố 4-BS/VPTU\nĐẢNG CỘNG SẢN VIỆT NAM\nAn Bình, ngày 5 tháng 9 năm 2031\n"
		letter   = "\nSỞ MẪU GIẤY\nPHÒNG NGHIỆP VỤ IN\nSố: 4/SMG-NVI\nV/v lưu mẫu giấy\nAn Bình, ngày 5 tháng 9 năm 2031\nKính gửi: Các trường.\nSở Mẫu giấy đề nghị lưu mẫu.\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nLò Văn Tấn"
	)
	for _, test := range []struct{ name, text, issuer string }{
		{"two addressees", commune + "Kính gửi: - Ban Thường vụ Tỉnh ủy;\n          - Ban Tổ chức Tỉnh ủy.\n\nCăn cứ Quy định số 51-QĐ/TU, ngày 12/3/2030; Đảng ủy xã kính trình.\n" + signed, "Đảng ủy xã Suối Mơ"},
		{"two addressees without a point", commune + "Kính gửi: - Ban Thường vụ Tỉnh ủy\n- Ban Tổ chức Tỉnh ủy\nThực hiện Quyết định số 51-QĐ/TU, Đảng ủy xã kính trình.\n" + signed, "Đảng ủy xã Suối Mơ"},
		{"addressees without dashes", commune + "Kính gửi: Ban Thường vụ Tỉnh ủy,\nBan Tổ chức Tỉnh ủy.\nThực hiện Quyết định số 51-QĐ/TU, Đảng ủy xã kính trình.\n" + signed, "Đảng ủy xã Suối Mơ"},
		{"a committee of the council is addressed", province + "Kính gửi:\n- Hội đồng nhân dân tỉnh;\n- Ban Pháp chế Hội đồng nhân dân tỉnh.\n\nThực hiện Quyết định số 51/QĐ-TTg, Ủy ban nhân dân tỉnh kính trình.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nLò Văn Tấn", "Ủy ban nhân dân tỉnh An Bình"},
		{"who enacts stands behind the addressees", commune + "Kính gửi: - Ban Thường vụ Tỉnh ủy;\n- Ban Tổ chức Tỉnh ủy.\n\nBan Chấp hành Đảng bộ xã thống nhất trình như sau:\n1. Lưu mẫu giấy.\n" + signed, "Ban Chấp hành Đảng bộ xã Suối Mơ"},
		{"and behind the reasons", commune + "Kính gửi: - Ban Thường vụ Tỉnh ủy;\n- Ban Tổ chức Tỉnh ủy;\n- Căn cứ Điều lệ Đảng;\n- Ban Chấp hành Đảng bộ xã thống nhất trình như sau:\n1. Lưu mẫu giấy.\n" + signed, "Ban Chấp hành Đảng bộ xã Suối Mơ"},
		{"a decision that somebody received", commune + "- Căn cứ Điều lệ Đảng;\nBan Tổ chức Tỉnh ủy đã có Quyết định số 51-QĐ/TU về lưu mẫu.\n" + signed, "Đảng ủy xã Suối Mơ"},
		{"the council's session below it", council + "HỘI ĐỒNG NHÂN DÂN TỈNH AN BÌNH\nKHÓA XIX, KỲ HỌP THỨ 31\n" + passes, "Hội đồng nhân dân tỉnh An Bình"},
		{"the session beside it", council + "HỘI ĐỒNG NHÂN DÂN TỈNH AN BÌNH KHÓA XIX, KỲ HỌP THỨ 31\n" + passes, "Hội đồng nhân dân tỉnh An Bình"},
		{"the session in two lines", council + "HỘI ĐỒNG NHÂN DÂN TỈNH AN BÌNH\nKHÓA XIX, NHIỆM KỲ 2026 - 2031\nKỲ HỌP THỨ 31 (CHUYÊN ĐỀ)\n" + passes, "Hội đồng nhân dân tỉnh An Bình"},
		{"the session with its older spelling and in words", council + "HỘI ĐỒNG NHÂN DÂN TỈNH AN BÌNH\nKHOÁ XIX KỲ HỌP THỨ BA MƯƠI MỐT\n" + passes, "Hội đồng nhân dân tỉnh An Bình"},
		{"the first session", council + "HỘI ĐỒNG NHÂN DÂN TỈNH AN BÌNH\nKHÓA I, KỲ HỌP THỨ 2\n" + passes, "Hội đồng nhân dân tỉnh An Bình"},
		{"a faculty is no session", "TRƯỜNG CHÍNH TRỊ TỈNH AN BÌNH\nKHOA IN ẤN\nSố: 4/TB-KIA\nAn Bình, ngày 5 tháng 9 năm 2031\nTHÔNG BÁO\nVề lưu mẫu giấy\n1. Giấy được lưu mẫu.\nTRƯỞNG KHOA\n\nLò Văn Tấn", "Khoa In ấn, Trường Chính trị tỉnh An Bình"},
		{"a congress under its organisation", "ĐẢNG BỘ TỈNH AN BÌNH\nĐẠI HỘI ĐẠI BIỂU LẦN THỨ XXII\nNHIỆM KỲ 2030 - 2035\n" + congress, "Đại hội đại biểu Đảng bộ tỉnh An Bình lần thứ XXII"},
		{"a congress that is numbered a line below", "ĐẢNG BỘ TỈNH AN BÌNH\nĐẠI HỘI ĐẠI BIỂU\nLẦN THỨ XXII, NHIỆM KỲ 2030 - 2035\n" + congress, "Đại hội đại biểu Đảng bộ tỉnh An Bình lần thứ XXII"},
		{"a congress over its organisation", "ĐẠI HỘI ĐẠI BIỂU\nĐẢNG BỘ TỈNH AN BÌNH\nLẦN THỨ XXII\n" + congress, "Đại hội đại biểu Đảng bộ tỉnh An Bình lần thứ XXII"},
		{"the members' congress of a branch", "CHI BỘ THÔN KHE NGANG\nĐẠI HỘI ĐẢNG VIÊN LẦN THỨ IV\n" + congress, "Đại hội đảng viên Chi bộ thôn Khe Ngang lần thứ IV"},
		{"a true copy", office + "SAO Y BẢN CHÍNH\nQuy định số 51-QĐ/TU, ngày 12/3/2030\nNơi nhận: các chi bộ; lưu.\nT/L BAN THƯỜNG VỤ\nCHÁNH VĂN PHÒNG\n\nHà Thị Mận", "Văn phòng Tỉnh ủy An Bình"},
		{"an extract", office + "TRÍCH SAO\nQuy định số 51-QĐ/TU, ngày 12/3/2030\nCHÁNH VĂN PHÒNG\n\nHà Thị Mận", "Văn phòng Tỉnh ủy An Bình"},
		{"a stamp on a copy", "SAO Y\nTỈNH ỦY AN BÌNH\n*\nSố 4-TB/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nAn Bình, ngày 5 tháng 9 năm 2031\nTHÔNG BÁO\nvề lưu mẫu giấy\n1. Lưu mẫu.\nT/M TỈNH ỦY\nBÍ THƯ\n\nHà Thị Mận", "Tỉnh ủy An Bình"},
		{"the congress of a commune in one line", "ĐẠI HỘI ĐẢNG BỘ XÃ SUỐI MƠ LẦN THỨ II\nNHIỆM KỲ 2030 - 2035\n" + congress, "Đại hội Đảng bộ xã Suối Mơ lần thứ II"},
		{"the congress of a branch under its superior", "ĐẢNG BỘ XÃ SUỐI MƠ\nCHI BỘ THÔN KHE NGANG\nĐẠI HỘI ĐẢNG VIÊN\nLẦN THỨ IV\n" + congress, "Đại hội đảng viên Chi bộ thôn Khe Ngang lần thứ IV"},
		{"three bodies over three lines", "ỦY BAN THƯỜNG VỤ QUỐC HỘI - CHÍNH PHỦ -\nĐOÀN CHỦ TỊCH ỦY BAN TRUNG ƯƠNG\nMẶT TRẬN TỔ QUỐC VIỆT NAM\nSố: 4/2031/NQLT-UBTVQH20-CP-ĐCTUBTWMTTQVN\nHà Nội, ngày 5 tháng 9 năm 2031\nNGHỊ QUYẾT LIÊN TỊCH\nHướng dẫn lưu mẫu giấy\n\nCăn cứ Luật Lưu trữ số 1/2030/QH19;\nỦy ban Thường vụ Quốc hội, Chính phủ, Đoàn Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam ban hành Nghị quyết liên tịch.\nĐiều 1. Lưu mẫu.", "Ủy ban Thường vụ Quốc hội; Chính phủ; Đoàn Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"},
		{"a unit drafts for its department", letter[1:], "Sở Mẫu giấy"},
		{"a unit of a department of a province", "UBND TỈNH AN BÌNH" + letter, "Sở Mẫu giấy tỉnh An Bình"},
		{"a department under its people's committee", "UBND TỈNH AN BÌNH\nSỞ MẪU GIẤY\nSố: 4/SMG-NVI\nV/v lưu mẫu giấy\nAn Bình, ngày 5 tháng 9 năm 2031\nKính gửi: Các trường.\nGIÁM ĐỐC\n\nLò Văn Tấn", "Sở Mẫu giấy tỉnh An Bình"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := Read(onePage(test.text))
			if string(got.Issuer) != test.issuer {
				t.Errorf("issuer %q, not %q", got.Issuer, test.issuer)
			}
			for _, issue := range got.Issues {
				if issue != "Không đọc được trích yếu." {
					t.Errorf("an issue: %s", issue)
				}
			}
		})
	}
}
