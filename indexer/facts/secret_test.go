package facts

import (
	"testing"

	"vankien/storage"
)

func onePage(text string) []storage.Page { return []storage.Page{{Number: 1, Text: text}} }

func TestSecretFindsStamps(t *testing.T) {
	for name, test := range map[string]struct{ text, mark, rule string }{
		"alone on its line":             {"TỈNH ỦY BÌNH MINH\nSố 12-CV/TU\nMẬT\nKính gửi: Ban Thường vụ", "MẬT", RuleDegree},
		"top secret":                    {"ĐẢNG CỘNG SẢN VIỆT NAM\nTUYỆT MẬT\n", "TUYỆT MẬT", RuleDegree},
		"beside the number":             {"Số 12-CV/TU        MẬT", "MẬT", RuleDegree},
		"behind a tab":                  {"HUYỆN ỦY AN PHONG\tTỐI MẬT\tĐẢNG CỘNG SẢN VIỆT NAM", "TỐI MẬT", RuleDegree},
		"merged with the motto":         {"MẬT ĐẢNG CỘNG SẢN VIỆT NAM\nSố 5-BC/TU", "MẬT", RuleDegree},
		"merged behind the number":      {"Số 12-CV/TU MẬT\nKính gửi", "MẬT", RuleDegree},
		"merged with the letterhead":    {"HUYỆN ỦY AN PHONG MẬT\n*\nSố 12-CV/HU", "MẬT", RuleDegree},
		"merged with letterhead, motto": {"TỈNH ỦY BÌNH MINH TỐI MẬT ĐẢNG CỘNG SẢN VIỆT NAM", "TỐI MẬT", RuleDegree},
		"merged with a bureau":          {"TỈNH ỦY BÌNH MINH\nBAN TỔ CHỨC TUYỆT MẬT", "TUYỆT MẬT", RuleDegree},
		"merged with a body's place":    {"ỦY BAN NHÂN DÂN\nTỈNH BÌNH MINH MẬT", "MẬT", RuleDegree},
		"merged with the Secretariat":   {"BAN BÍ THƯ MẬT", "MẬT", RuleDegree},
		"merged with an office":         {"VĂN PHÒNG MẬT\nVĂN PHÒNG TỈNH ỦY MẬT", "MẬT", RuleDegree},
		"merged without accents":        {"HUYEN UY AN PHONG MAT\nSo 12-CV/HU", "MẬT", RuleDegree},
		"merged before the letterhead":  {"MẬT HUYỆN ỦY AN PHONG", "MẬT", RuleDegree},
		"merged before the date":        {"Số 12-CV/HU TỐI MẬT An Phong, ngày 5 tháng 3 năm 2031", "TỐI MẬT", RuleDegree},
		"merged before the date, one":   {"Số 12-CV/HU MẬT An Phong, ngày 5 tháng 3 năm 2031", "MẬT", RuleDegree},
		"merged behind a blank number":  {"Số ……-CV/HU MẬT", "MẬT", RuleDegree},
		"merged with a copy number":     {"HUYỆN ỦY AN PHONG BẢN SỐ: 03", "BẢN SỐ: 03", RuleCopy},
		"merged behind Vĩnh Bảo":        {"HUYỆN ỦY VĨNH BẢO MẬT", "MẬT", RuleDegree},
		"merged behind Đức Cơ":          {"ỦY BAN NHÂN DÂN HUYỆN ĐỨC CƠ MẬT", "MẬT", RuleDegree},
		"merged behind Nam Định":        {"THÀNH ỦY NAM ĐỊNH MẬT", "MẬT", RuleDegree},
		"merged behind Uông Bí":         {"ỦY BAN NHÂN DÂN THÀNH PHỐ UÔNG BÍ MẬT", "MẬT", RuleDegree},
		"behind a zero-width space":     {"HUYỆN ỦY AN PHONG \u200b MẬT", "MẬT", RuleDegree},
		"behind marks without a letter": {"HUYỆN ỦY AN PHONG \u0301\u0302 MẬT", "MẬT", RuleDegree},
		"letter-spaced":                 {"Số 12-CV/TU\nM Ậ T\n", "MẬT", RuleDegree},
		"letter-spaced, two words":      {"T Ố I   M Ậ T\n", "TỐI MẬT", RuleDegree},
		"without accents":               {"SO 12-CV/TU\nTOI MAT\n", "TỐI MẬT", RuleDegree},
		"OCR lost the hat":              {"Số 12-CV/TU\nMÂT\n", "MẬT", RuleDegree},
		"framed":                        {"| MẬT |\nSố 12-CV/TU", "MẬT", RuleDegree},
		"in brackets":                   {"[TUYỆT MẬT]\n", "TUYỆT MẬT", RuleDegree},
		"decomposed":                    {"MẬT\n", "MẬT", RuleDegree},
		"degree named":                  {"ĐỘ MẬT: TỐI MẬT\n", "TỐI MẬT", RuleDegree},
		"addressee only":                {"Chỉ người có tên mới được bóc bì\nKính gửi: đồng chí", addresseeMark, RuleAddressee},
		"addressee only, in capitals":   {"CHỈ NGƯỜI CÓ TÊN MỚI ĐƯỢC BÓC BÌ", addresseeMark, RuleAddressee},
		"addressee only over two lines": {"Chỉ người có tên\nmới được bóc bì", addresseeMark, RuleAddressee},
		"protection term":               {"Số 12-CV/TU\nHạn bảo vệ: 10 năm", "Hạn bảo vệ: 10 năm", RuleTerm},
		"protection term, a date":       {"Thời hạn bảo vệ bí mật nhà nước: đến 01/01/2040", "Thời hạn bảo vệ bí mật nhà nước: đến 01/01/2040", RuleTerm},
		"copy number":                   {"BẢN SỐ: 03\nĐẢNG CỘNG SẢN VIỆT NAM", "BẢN SỐ: 03", RuleCopy},
		"copy number, blank":            {"Số 12-CV/TU          Bản số: …", "Bản số: …", RuleCopy},
	} {
		t.Run(name, func(t *testing.T) {
			mark, rule, found := Secret(onePage(test.text))
			if !found || mark != test.mark || rule != test.rule {
				t.Errorf("got %q, %q, %v, want %q, %q", mark, rule, found, test.mark, test.rule)
			}
		})
	}
}

func TestSecretLooksAtTwoPages(t *testing.T) {
	pages := []storage.Page{{Number: 1, Text: "Tờ bìa"}, {Number: 2, Text: "TỐI MẬT\nSố 12-BC/TU"}, {Number: 3, Text: "MẬT"}}
	if _, _, found := Secret(pages); !found {
		t.Error("a stamp on the second page is not found")
	}
	pages[1].Text = "Phụ lục"
	if mark, _, found := Secret(pages); found {
		t.Errorf("%q of the third page is no stamp", mark)
	}
}

// A stamp is often in the picture of a page alone, whose text is whole without it.
func TestSecretLooksAtPictures(t *testing.T) {
	page := storage.Page{Number: 1, Text: "TỈNH ỦY BÌNH MINH\nSố 12-CV/TU\nKính gửi: Ban Thường vụ", Picture: "TỈNH ỦY BÌNH MINH\nTỐI MÂT\nSố 12-CV/TU"}
	for _, pages := range [][]storage.Page{{page}, {{Number: 1, Text: "Tờ bìa"}, page}, {{Number: 1, Picture: "MẬT\nSố 5-BC/TU"}}} {
		if mark, rule, found := Secret(pages); !found || rule != RuleDegree {
			t.Errorf("%q, %q, %v of %+v", mark, rule, found, pages)
		}
	}
	page.Picture = "BẢO VỆ BÍ\nMẬT NHÀ NƯỚC"
	if mark, _, found := Secret([]storage.Page{page}); found {
		t.Errorf("tripped over %q", mark)
	}
}

func TestSecretDoesNotTripOverText(t *testing.T) {
	for name, text := range map[string]string{
		"running text":                  "Cán bộ phải bảo đảm bí mật nội dung cuộc họp.\nGiữ bí mật.",
		"a law about secrets":           "LUẬT\nBẢO VỆ BÍ MẬT NHÀ NƯỚC\nCăn cứ Hiến pháp",
		"a regulation about secrets":    "QUY ĐỊNH\nVỀ BẢO VỆ BÍ MẬT NHÀ NƯỚC",
		"a title broken before MẬT":     "QUY ĐỊNH\nVỀ QUẢN LÝ TÀI LIỆU THUỘC DANH MỤC BÍ\nMẬT\ncủa Đảng",
		"a title that lists degrees":    "QUYẾT ĐỊNH\nBAN HÀNH DANH MỤC TÀI LIỆU TUYỆT MẬT, TỐI MẬT VÀ\nMẬT",
		"a sentence that lists degrees": "Phân loại MẬT, TỐI MẬT và TUYỆT MẬT theo quy định.",
		"a table's head":                "TUYỆT MẬT        TỐI MẬT        MẬT",
		"lower case":                    "mật\nMật\nTối mật",
		"document number":               "Căn cứ văn bản số 12-CV/TU",
		"document number, broken":       "theo Văn\nbản số: 12",
		"minutes number":                "Biên bản số: 05",
		"minutes number in capitals":    "BIÊN BẢN SỐ: 05",
		"copy in a sentence":            "Bản số hóa được lưu tại kho",
		"protection term as a heading":  "Điều 19. Thời hạn bảo vệ bí mật nhà nước\nThời hạn bảo vệ bí mật nhà nước được tính từ ngày",
		"protection term in a sentence": "khi hết thời\nhạn bảo vệ, tài liệu được giải mật",
		"addressee rule in a sentence":  "ngoài bì đóng dấu “Chỉ người có tên mới được bóc bì” và",
		"front of the fatherland":       "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM",
		"a body for secrets":            "BAN BẢO VỆ BÍ MẬT\nBAN CHỈ ĐẠO TỈNH VỀ BẢO VỆ BÍ MẬT",
		"a body for secrets, broken":    "BAN CHỈ ĐẠO BẢO VỆ BÍ\nMẬT NHÀ NƯỚC TỈNH BÌNH MINH",
		"a bureau for security":         "CÔNG AN TỈNH BÌNH MINH\nPHÒNG BẢO MẬT\nCÔNG AN TỈNH BÌNH MINH PHÒNG BẢO MẬT",
		"a title in one line":           "QUY ĐỊNH VỀ BÍ MẬT\nCÔNG TÁC BẢO MẬT\nCƠ MẬT\nVIỆN CƠ MẬT\nHỘI ĐỒNG CƠ MẬT",
		"a bureau for secret papers":    "PHÒNG QUẢN LÝ TÀI LIỆU MẬT\nPHÒNG VĂN THƯ MẬT\nHỘI ĐỒNG GIẢI MẬT",
		"a list before the kind":        "BỘ TÀI LIỆU TUYỆT MẬT, TỐI MẬT VÀ MẬT",
		"a title about a body":          "KẾ HOẠCH\nKIỂM TRA TẠI CÁC CƠ QUAN\nBAN TỔ CHỨC MẬT",
		"a commune of that name":        "ĐẢNG ỦY XÃ YÊN MẬT\nYên Mật, ngày 5 tháng 3 năm 2031",
		"a hospital's department":       "BỆNH VIỆN TỈNH BÌNH MINH\nKHOA GAN MẬT\nKHOA NGOẠI GAN MẬT",
		"bees":                          "TRUNG TÂM NGHIÊN CỨU ONG MẬT\nCÔNG TY ONG MẬT",
		"clearing of land, broken":      "BAN GIẢI PHÓNG MẶT\nBẰNG TỈNH BÌNH MINH\nBAN GIAI PHONG MAT\nBANG",
		"front in a list, cut":          "ĐẢNG CỘNG SẢN VIỆT NAM, MẶT\nTRẬN TỔ QUỐC",
		"front in a narrow column":      "ỦY BAN\nMẶT\nTRẬN TỔ QUỐC",
		"front of the fatherland, cut":  "ỦY BAN MẶT\nTRẬN TỔ QUỐC\nUY BAN MAT\nTRAN TO QUOC",
		"density, secret agents":        "MẬT ĐỘ DÂN SỐ\nMẬT VỤ LIÊN BANG",
		"a sentence about secrets":      "LIÊN\nQUAN ĐẾN BÍ MẬT\nCHÍNH PHỦ QUY ĐỊNH MẬT\nBAN CƠ YẾU CHÍNH PHỦ VÀ SẢN PHẨM MẬT\nBỐ NỘI DUNG LIÊN QUAN TỚI BÍ MẬT",
		"society and management":        "XÃ HỘI BÍ MẬT\nQUẢN LÝ BÍ MẬT\nQUAN LY THONG TIN MAT",
		"far below the head":            lines(headLines+1, "Nội dung") + "MẬT",
		"nothing":                       "",
	} {
		t.Run(name, func(t *testing.T) {
			if mark, rule, found := Secret(onePage(text)); found {
				t.Errorf("tripped over %q by %s", mark, rule)
			}
		})
	}
}

func lines(n int, text string) string {
	out := ""
	for range n {
		out += text + "\n"
	}
	return out
}

func FuzzSecret(f *testing.F) {
	f.Add("Số 12-CV/TU        MẬT")
	f.Add("T Ố I   M Ậ T\xff")
	f.Fuzz(func(t *testing.T, text string) {
		mark, rule, found := Secret(onePage(text))
		if found != (rule != "") || found != (mark != "") {
			t.Fatalf("%q, %q, %v do not agree", mark, rule, found)
		}
	})
}
