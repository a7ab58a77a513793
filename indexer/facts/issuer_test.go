package facts

import "testing"

// TestReadIssuer reads who issued a paper from the letterhead, the enacting
// words and the line of the signature that says for whom.
func TestReadIssuer(t *testing.T) {
	const (
		province  = "TỈNH ỦY AN BÌNH\n*\nSố 52-QC/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nAn Bình, ngày 5 tháng 9 năm 2031\n"
		commune   = "ĐẢNG BỘ TỈNH AN BÌNH\nĐẢNG ỦY XÃ SUỐI MƠ\n*\nSố 3-QC/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\nSuối Mơ, ngày 5 tháng 9 năm 2031\n"
		district  = "ĐẢNG BỘ TỈNH AN BÌNH\nHUYỆN ỦY SÔNG TRĂNG\n*\nSố 3-QC/HU\nĐẢNG CỘNG SẢN VIỆT NAM\nSông Trăng, ngày 5 tháng 9 năm 2021\n"
		ward      = "ĐẢNG BỘ TỈNH AN BÌNH\nĐẢNG ỦY PHƯỜNG BẾN LỤA\n*\nSố 3-QC/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\nBến Lụa, ngày 5 tháng 9 năm 2031\n"
		rules     = "QUY CHẾ\nvề lưu mẫu giấy\n"
		basis     = "- Căn cứ Điều lệ Đảng;\n"
		article   = "Điều 1. Giấy được lưu mẫu.\nĐiều 2. Văn phòng thi hành.\n"
		standing  = "T/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nHà Thị Mận"
		committee = "T/M ĐẢNG ỦY\nBÍ THƯ\n\nLò Văn Tấn"
	)
	for _, test := range []struct{ name, text, issuer string }{
		{"the commune that the enacting words leave out", commune + rules + basis + "Ban Chấp hành Đảng bộ xã ban hành Quy chế như sau:\n" + article + committee, "Ban Chấp hành Đảng bộ xã Suối Mơ"},
		{"the ward", ward + rules + basis + "Ban Chấp hành Đảng bộ phường ban hành Quy chế như sau:\n" + article + committee, "Ban Chấp hành Đảng bộ phường Bến Lụa"},
		{"the district, whose committee is named without its noun", district + rules + basis + "Ban Chấp hành Đảng bộ huyện ban hành Quy chế như sau:\n" + article + "T/M HUYỆN ỦY\nBÍ THƯ\n\nLò Văn Tấn", "Ban Chấp hành Đảng bộ huyện Sông Trăng"},
		{"the province", province + rules + basis + "Ban Chấp hành Đảng bộ tỉnh ban hành Quy chế như sau:\n" + article + "T/M TỈNH ỦY\nBÍ THƯ\n\nHà Thị Mận", "Ban Chấp hành Đảng bộ tỉnh An Bình"},
		{"another place than the letterhead's stays", commune + rules + basis + "Ban Chấp hành Đảng bộ xã Khe Ngang ban hành Quy chế như sau:\n" + article + committee, "Ban Chấp hành Đảng bộ xã Khe Ngang"},
		{"the party committee itself", commune + rules + basis + "Đảng ủy xã ban hành Quy chế như sau:\n" + article + committee, "Đảng ủy xã Suối Mơ"},
		{"enacting words in one line of capitals", province + rules + basis + "BAN THƯỜNG VỤ TỈNH ỦY QUYẾT ĐỊNH\n" + article + standing, "Ban Thường vụ Tỉnh ủy An Bình"},
		{"the same without a line on behalf", province + rules + basis + "BAN THƯỜNG VỤ TỈNH ỦY QUYẾT ĐỊNH:\n" + article + "BÍ THƯ\n\nHà Thị Mận", "Ban Thường vụ Tỉnh ủy An Bình"},
		{"a post in one line of capitals", "ỦY BAN NHÂN DÂN\nXÃ SUỐI MƠ\nSố: 12/QĐ-UBND\nSuối Mơ, ngày 5 tháng 3 năm 2031\nQUYẾT ĐỊNH\nVề lưu mẫu giấy\nCăn cứ Luật Lưu trữ;\nCHỦ TỊCH ỦY BAN NHÂN DÂN XÃ QUYẾT ĐỊNH:\n" + article + "CHỦ TỊCH\n\nLò Văn Tấn", "Chủ tịch Ủy ban nhân dân xã Suối Mơ"},
		{"enacting words in the middle of a line", province + "CHỈ THỊ\nvề lưu mẫu giấy\nThời gian qua giấy mất nhiều. Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy làm tốt các việc sau:\n1. Lưu mẫu giấy.\n" + standing, "Ban Thường vụ Tỉnh ủy An Bình"},
		{"enacting words without a basis", province + "QUY ĐỊNH\nvề lưu mẫu giấy\n\nBan Thường vụ Tỉnh ủy quy định:\n" + article + standing, "Ban Thường vụ Tỉnh ủy An Bình"},
		{"rules without a basis", province + rules + "\nBan Thường vụ Tỉnh ủy ban hành Quy chế như sau:\n" + article + standing, "Ban Thường vụ Tỉnh ủy An Bình"},
		{"the letterhead's body asks, its standing committee signs", province + "CHỈ THỊ\nvề lưu mẫu giấy\n\nTrong thời gian qua giấy mất nhiều.\nTỉnh ủy yêu cầu các cấp ủy làm tốt các việc sau:\n1. Lưu mẫu giấy.\n" + standing, "Ban Thường vụ Tỉnh ủy An Bình"},
		{"by order of the standing committee", province + "THÔNG BÁO\nvề lưu mẫu giấy\n\n1. Giấy được lưu mẫu.\nT/L BAN THƯỜNG VỤ\nCHÁNH VĂN PHÒNG\n\nHà Thị Mận", "Tỉnh ủy An Bình"},
		{"the standing committee of a commune", commune + "THÔNG BÁO\nvề lưu mẫu giấy\n\n1. Giấy được lưu mẫu.\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nLò Văn Tấn", "Ban Thường vụ Đảng ủy xã Suối Mơ"},
		{"the whole committee", province + "THÔNG BÁO\nvề lưu mẫu giấy\n\n1. Giấy được lưu mẫu.\nT/M TỈNH ỦY\nBÍ THƯ\n\nHà Thị Mận", "Tỉnh ủy An Bình"},
		{"a standing committee of others than the Party's", "LIÊN ĐOÀN LAO ĐỘNG\nTỈNH AN BÌNH\nSố: 12/TB-LĐLĐ\nAn Bình, ngày 5 tháng 3 năm 2031\nTHÔNG BÁO\nVề lưu mẫu giấy\n1. Giấy được lưu mẫu.\nTM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\nLò Văn Tấn", "Liên đoàn Lao động tỉnh An Bình"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Read(onePage(test.text)).Issuer; string(got) != test.issuer {
				t.Errorf("issuer %q, not %q", got, test.issuer)
			}
		})
	}
}
