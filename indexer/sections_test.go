package indexer

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestReadHeading(t *testing.T) {
	for line, want := range map[string]string{
		// Regulations.
		"Phần thứ nhất":                      "part Phần thứ nhất",
		"PHẦN THỨ HAI: NHIỆM VỤ":             "part Phần thứ hai",
		"Phần một. Tình hình":                "part Phần một",
		"PHẦN I":                             "part Phần I",
		"Phần B - Tổ chức":                   "part Phần B",
		"Chương II":                          "chapter Chương II",
		"Chương\u00a0XXIII":                  "chapter Chương XXIII",
		"CHƯƠNG 3. ĐIỀU KHOẢN THI HÀNH":      "chapter Chương 3",
		"Mục 1":                              "section Mục 1",
		"Mục 2. THỦ TỤC":                     "section Mục 2",
		"Tiểu mục 2. THỰC HIỆN HỢP ĐỒNG":     "subgroup Tiểu mục 2",
		"Điều 3.":                            "article Điều 3",
		"Điều 3. Phạm vi điều chỉnh":         "article Điều 3",
		"Điều 9. Điều khoản thi hành":        "article Điều 9",
		"Điều 14. Quy trình rà soát":         "article Điều 14",
		"ĐIỀU 4: NGUYÊN TẮC":                 "article Điều 4",
		"Điều 12a. Giải thích từ ngữ":        "article Điều 12a",
		"Điều 5 Phạm vi":                     "article Điều 5",
		"Câu 7. Ai giới thiệu?":              "article Câu 7",
		"Câu hỏi số 12: Đảng phí đóng ở đâu": "article Câu 12",
		"Bước 3. Thẩm tra lý lịch":           "step Bước 3",
		"Phụ lục":                            "appendix Phụ lục",
		"PHỤ LỤC II":                         "appendix Phụ lục II",
		"PHỤ LỤC DANH MỤC BIỂU MẪU":          "appendix Phụ lục",
		"Phụ lục số 3: Biểu tổng hợp":        "appendix Phụ lục 3",
		"Phụ lục (kèm theo Quy định)":        "appendix Phụ lục",
		"Mẫu số 3":                           "form Mẫu 3",
		"Mẫu số: 01":                         "form Mẫu 01",
		"Mẫu 1.10 Giấy nghỉ phép":            "form Mẫu 1.10",
		"MẪU 2-KNĐ":                          "form Mẫu 2-KNĐ",
		"Mẫu 4 Phiếu phân công":              "form Mẫu 4",
		"Tài liệu tham khảo":                 "section Tài liệu tham khảo",
		"LỜI NÓI ĐẦU":                        "section Lời nói đầu",
		"MỤC LỤC":                            "section Mục lục",

		// Directives.
		"A. KẾT QUẢ":           "group Mục A",
		"C. KIẾN NGHỊ":         "group Mục C",
		"Đ- TỔ CHỨC":           "group Mục Đ",
		"I- TÌNH HÌNH":         "section Mục I",
		"I - Ý NGHĨA":          "section Mục I",
		"II. Tình hình":        "section Mục II",
		"II. – QUAN ĐIỂM":      "section Mục II",
		"IV/ TỔ CHỨC":          "section Mục IV",
		"V/ VẤN ĐỀ":            "section Mục V",
		"1- Giữ nghiêm chế độ": "clause điểm 1",
		"2. Chuẩn bị kỹ":       "clause điểm 2",
		"3) Đổi mới":           "clause điểm 3",
		"4/ Đổi mới":           "clause điểm 4",
		"1.1. Về chính quyền":  "clause2 điểm 1.1",
		"1.1- Về chính quyền":  "clause2 điểm 1.1",
		"1.1 Về chính quyền":   "clause2 điểm 1.1",
		"4.3.1. Hồ sơ":         "clause3 điểm 4.3.1",
		"1.2.3.4. Hồ sơ":       "clause4 điểm 1.2.3.4",
		"1. Nghị quyết số 05-NQ/TU có hiệu lực": "clause điểm 1",
		"a) Hồ sơ": "point điểm a",
		"d) Thẻ":   "point điểm d",
		"đ) Phiếu": "point điểm đ",
		"e) Sổ":    "point điểm e",

		// None of them.
		"":                                     "",
		"I love":                               "",
		"I":                                    "",
		"12.5.2026":                            "",
		"12.5.2026 là ngày bầu cử":             "",
		"15/4/2026, Ban Thường vụ":             "",
		"1-TĐV) đề nghị cấp ủy":                "",
		"1.000 đồng":                           "",
		"1.000 Đồng Việt Nam":                  "",
		"19/22 vụ việc":                        "",
		"4 - 6 tháng":                          "",
		"05-NQ/TU, ngày 12/3/2026":             "",
		"17 - QĐ/TW của Bộ Chính trị":          "",
		"31/QĐ-UBND ngày 5/1":                  "",
		"V/v hướng dẫn số hóa":                 "",
		"V/V HƯỚNG DẪN SỐ HÓA":                 "",
		"V.I. Lênin toàn tập":                  "",
		"V. I. Lênin toàn tập":                 "",
		"C. Mác và Ph. Ăngghen":                "",
		"C.MÁC - PH.ĂNGGHEN":                   "",
		"T/M BAN THƯỜNG VỤ":                    "",
		"K/T TRƯỞNG BAN":                       "",
		"Lương Hữu Khiêm":                      "",
		"Đ/c Nguyễn Văn A":                     "",
		"Điều 5 của Quy định này nêu rõ":       "",
		"Điều 15 Quy định này.":                "",
		"Điều 4 Điều lệ Đảng":                  "",
		"Điều 12, Điều 13 và Điều 14":          "",
		"điều 3. thường":                       "",
		"Mục 2 Chương III":                     "",
		"Chương II Quy định này":               "",
		"MỤC TIÊU, NHIỆM VỤ":                   "",
		"MỤC ĐÍCH, YÊU CẦU":                    "",
		"Mục 10 (thành phần gia đình): Ghi rõ": "",
		"Mục tiêu chung":                       "",
		"PHẦN CHUNG":                           "",
		"PHẦN VIỆC CỦA CHI BỘ":                 "",
		"Phần mềm quản lý đảng viên":           "",
		"Phần lớn đảng viên":                   "",
		"phần hai của bài":                     "",
		"CHƯƠNG TRÌNH HÀNH ĐỘNG":               "",
		"Mẫu Tên biểu mẫu":                     "",
		"Câu chuyện tham khảo: Ông Lý A Sử":    "",
		"Bước đầu":                             "",
		"- Bí thư chi bộ":                      "",
		"+ Bí thư":                             "",
		"Chương I. Quy định chung ....... 3":   "",
		"Điều 5. Chuyển sinh hoạt\t14":         "",
		"“Điều 5. Chuyển sinh hoạt đảng":       "",
	} {
		h, ok := readHeading(line, false)
		got := ""
		if ok {
			got = levelNames[h.level] + " " + h.label
		}
		if got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

var levelNames = map[level]string{
	levelAppendix: "appendix", levelForm: "form", levelPart: "part", levelChapter: "chapter", levelGroup: "group", levelSection: "section", levelSubgroup: "subgroup",
	levelArticle: "article", levelItem: "item", levelStep: "step", levelClause: "clause", levelClause2: "clause2",
	levelClause3: "clause3", levelClause4: "clause4", levelPoint: "point",
}

func TestNumbersInAnArticleAreKhoan(t *testing.T) {
	if h, ok := readHeading("2. Đảng viên dự bị", true); !ok || h.label != "khoản 2" {
		t.Errorf("%+v, %v", h, ok)
	}
}

func FuzzReadHeading(f *testing.F) {
	for _, seed := range []string{"Điều 12a. Phạm vi", "I- TÌNH HÌNH", "1.1.1 A", "đ) x", "PHẦN THỨ NHẤT", "Mẫu 1-KNĐ", "05-NQ/TU", "\xff. A", strings.Repeat("1.", 300)} {
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, line string, inArticle bool) {
		h, ok := readHeading(line, inArticle)
		switch {
		case !ok && h != (heading{}):
			t.Errorf("%q: no heading, and yet %+v", line, h)
		case ok && (h.level <= levelNone || h.level > levelPoint):
			t.Errorf("%q: level %d", line, h.level)
		case ok && (h.label == "" || len(h.label) > maxHeadingScan+20 || strings.Contains(h.label, "\n")):
			t.Errorf("%q: label %q", line, h.label)
		case ok && utf8.ValidString(line) && !utf8.ValidString(h.label):
			t.Errorf("%q: label %q is cut within a letter", line, h.label)
		}
	})
}
