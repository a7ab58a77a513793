package citation

import "testing"

// noNumbers are sentences with numbers that are none of a document.
var noNumbers = []string{
	"giai đoạn 2021-2025", "nhiệm kỳ 2020 - 2025", "nhiệm kỳ 2025–2030", "giai đoạn 2021 – 2030, tầm nhìn đến năm 2045",
	"tặng huy hiệu 30 năm tuổi Đảng", "huy hiệu 55 năm, 50 năm", "trang 21", "tr. 45-47", "Điều 12", "Điều 12 và Điều 13",
	"khoản 3 Điều 5", "điểm a khoản 1", "19-5-2019", "ngày 19-5-2019", "26/5/2025", "2.9.1945", "6 tháng", "06 tháng đầu năm 2025",
	"quý III/2025", "tháng 5/2025", "năm học 2024-2025", "Kế hoạch 5 năm 2021-2025", "Kế hoạch năm 2025", "kế hoạch 2025",
	"quy định 19 điều đảng viên không được làm", "quy định 5 nhóm hành vi", "quy định 02 trường hợp", "quy định 10 ngày làm việc",
	"Báo cáo 6 tháng", "báo cáo 9 tháng", "nghị quyết chuyên đề năm 2024", "QĐ 2021 về kỷ luật", "KH 2025", "NQ 2022 của Đảng",
	"chương trình 10 năm", "Chương trình 3 ngày", "đề án 5 năm", "thông báo 3 lần", "Thông báo 15 phút", "hướng dẫn 3 bước",
	"Đại hội XIII của Đảng", "Đại hội đảng bộ tỉnh lần thứ XX", "Hội nghị Trung ương 5 khóa XIII khai mạc", "Hội nghị lần thứ 8",
	"khóa XIII", "lớp bồi dưỡng khóa 12", "khoá 2021-2025", "Quốc hội khóa XV, kỳ họp thứ 9", "TW 5 đồng chí", "kế hoạch Trung ương 5 năm",
	"khổ giấy A4", "COVID-19", "lớp 12A1", "đường 30/4", "Quốc lộ 1A", "số nhà 15/7 ngõ 28", "số điện thoại 0912-345-678", "024.3822.1234",
	"80,5%", "tăng 3,2-3,5%", "1.234.567 đồng", "15.000 - 20.000 đồng/người", "5/10 phiếu", "tỷ lệ 2/3", "20-30 người", "12-L/phút",
	"90/km-h", "tọa độ 21.03-105.85", "phiên bản 1.2.3", "bàn số 7/A", "phòng số 12", "huyện số 5", "tiết 3-4", "câu 15", "mẫu 2-KNĐ",
	"mẫu số 5", "biểu 3B", "Tổ 35", "Chi bộ 4", "chi bộ 12A", "Bản số 3", "1. Mục đích", "I-1-2", "tối đa 02 người", "đa số 2/3",
	"19 điều", "9 chương, 38 điều", "có 3 khoản, 5 điểm", "vụ 1 - 2 - 3", "số lượng 25-30", "chỉ tiêu 100/100", "Nhà máy Z-121", "T-90",
	"mã QR 12345678", "căn cước 001202012345", "ISO 9001-2015", "TCVN 6910-2001", "Ban Chỉ đạo cấp tỉnh gồm 35 người", "khoan 10 giếng",
	"từ 01/01/2025 đến 31/12/2025", "lúc 7 giờ 30", "14h00-16h30", "thứ 2, thứ 4", "50 năm, 40 năm", "kỷ niệm 95 năm 03/02", "mức 1.490.000", "đợt 19/5", "đợt 2/9",
}

func TestNoCitationInOtherNumbers(t *testing.T) {
	for _, text := range noNumbers {
		if found := Cited(text); len(found) > 0 {
			t.Errorf("%s: found %v", text, allTold(found))
		}
		if found := Cited("Báo cáo nêu rõ " + text + ", cần tiếp tục thực hiện."); len(found) > 0 {
			t.Errorf("%s in a sentence: found %v", text, allTold(found))
		}
	}
}

// TestAQueryGuessesAtMost: typed, such a number may be one only where a
// register knows it.
func TestAQueryGuessesAtMost(t *testing.T) {
	plenums := 0
	for _, text := range noNumbers {
		for _, c := range FindTyped(text) {
			if c.Plenum > 0 { // a plenum alone is asked for
				plenums++
				continue
			}
			if !c.Guess {
				t.Errorf("%s: found %v", text, told(c))
			}
		}
	}
	if plenums > 1 {
		t.Errorf("%d plenums", plenums)
	}
}
