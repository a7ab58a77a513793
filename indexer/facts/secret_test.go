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
