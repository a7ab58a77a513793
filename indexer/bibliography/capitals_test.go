package bibliography

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"vankien/storage"
)

// A subject in capitals is cited as sentences are written; one that has small
// letters as it is printed.
func TestTitleInCapitals(t *testing.T) {
	facts := storage.Facts{Issuer: "Đảng ủy xã Bình Minh; Ủy ban nhân dân tỉnh Sơn Lam", Place: "Bình Minh", Signer: "Nguyễn Văn An"}
	for printed, want := range map[string]string{
		"SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT TIẾP CÔNG DÂN":                           "sửa đổi, bổ sung một số điều của Luật Tiếp công dân",
		"SỬA ĐỔI BỘ LUẬT HÌNH SỰ VÀ LUẬT SỐ 45/2019/QH14":                               "sửa đổi Bộ luật Hình sự và Luật số 45/2019/QH14",
		"TĂNG CƯỜNG SỰ LÃNH ĐẠO CỦA ĐẢNG ĐỐI VỚI CÔNG TÁC THI HÀNH PHÁP LUẬT":           "tăng cường sự lãnh đạo của Đảng đối với công tác thi hành pháp luật",
		"CỦNG CỐ TỔ CHỨC CƠ SỞ ĐẢNG VÀ NÂNG CAO CHẤT LƯỢNG ĐỘI NGŨ ĐẢNG VIÊN":           "củng cố tổ chức cơ sở đảng và nâng cao chất lượng đội ngũ đảng viên",
		"THỰC HIỆN NGHỊ QUYẾT SỐ 21-NQ/TW, NGÀY 16/6/2022 CỦA BAN CHẤP HÀNH TRUNG ƯƠNG": "thực hiện Nghị quyết số 21-NQ/TW, ngày 16/6/2022 của Ban Chấp hành Trung ương",
		"THỰC HIỆN NGHỊ QUYẾT ĐẠI HỘI XIV CỦA ĐẢNG, NHIỆM KỲ 2026 - 2031":               "thực hiện nghị quyết đại hội XIV của Đảng, nhiệm kỳ 2026 - 2031",
		"XỬ LÝ VI PHẠM VỀ XI MĂNG, CHƯƠNG VI":                                           "xử lý vi phạm về xi măng, chương VI",
		"PHÁT TRIỂN KINH TẾ-XÃ HỘI TỈNH SƠN LAM VÀ THÀNH PHỐ HỒ CHÍ MINH":               "phát triển kinh tế-xã hội tỉnh Sơn Lam và thành phố Hồ Chí Minh",
		"BẢO VỆ HÒA BÌNH; TỈNH HÒA BÌNH":                                                "bảo vệ hòa bình; tỉnh Hòa Bình",
		"BẢO VỆ BÍ MẬT NHÀ NƯỚC; CHÍNH SÁCH CỦA NHÀ NƯỚC":                               "bảo vệ bí mật nhà nước; chính sách của Nhà nước",
		"QUY CHẾ LÀM VIỆC CỦA UBND VÀ HĐND XÃ BÌNH MINH":                                "quy chế làm việc của UBND và HĐND xã Bình Minh",
		"HỌC TẬP TƯ TƯỞNG HỒ CHÍ MINH, CHỦ NGHĨA MÁC - LÊNIN":                           "học tập tư tưởng Hồ Chí Minh, chủ nghĩa Mác - Lênin",
		"PHONG TRÀO “TOÀN DÂN ĐOÀN KẾT” Ở VIỆT NAM":                                     "phong trào “Toàn dân đoàn kết” ở Việt Nam",
		"THI HÀNH ĐIỀU LỆ ĐẢNG":                                                         "thi hành Điều lệ Đảng",
		"TỔ CHỨC BỘ MÁY CỦA UỶ BAN NHÂN DÂN XÃ":                                         "tổ chức bộ máy của Uỷ ban nhân dân xã",
		"ĐẤT ĐAI":               "đất đai",
		"thi hành ĐIỀU LỆ ĐẢNG": "thi hành ĐIỀU LỆ ĐẢNG",
		"COVID-19":              "COVID-19",
		"":                      "",
	} {
		facts.Title = storage.Printed(printed)
		if got := (Reference{Document: storage.Document{Facts: facts}}).title(); got != want {
			t.Errorf("%s:\n got %s\nwant %s", printed, got, want)
		}
	}
}

// Case alone is changed.
func FuzzTitleInCapitals(f *testing.F) {
	f.Add("SỬA ĐỔI LUẬT TIẾP CÔNG DÂN - XIV")
	f.Add("LUẬT “LUẬT. ĐẢNG ỦY XÃ")
	f.Fuzz(func(t *testing.T, title string) {
		title = norm.NFC.String(strings.ToUpper(title))
		d := storage.Document{Facts: storage.Facts{Title: storage.Printed(title), Issuer: "Tỉnh ủy Sơn Lam"}}
		if got := (Reference{Document: d}).title(); !strings.EqualFold(got, line(title)) && !strings.ContainsRune(title, 'İ') { // whose small letter are two
			t.Errorf("%q became %q", title, got)
		}
	})
}
