package citation

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// told is all that a citation says, in one line.
func told(c Citation) string {
	parts := []string{}
	add := func(format string, value any, there bool) {
		if there {
			parts = append(parts, fmt.Sprintf(format, value))
		}
	}
	add("%s", c.Number.String(), c.Number.Serial != "")
	add("“%s”", c.Nickname, c.Nickname != "")
	add("%s", c.Said, c.Number.Serial == "" && c.Said != "")
	add("%s", c.Date, c.Date != "")
	add("năm %d", c.Year, c.Year != 0)
	add("TW%d", c.Plenum, c.Plenum != 0)
	add("khóa %s", c.Term, c.Term != "")
	add("[%s]", c.Pinpoint.String(), !c.Pinpoint.Zero())
	add("%s?", "", c.Guess)
	return strings.Join(parts, " ")
}

func allTold(cited []Citation) []string {
	all := []string{}
	for _, c := range cited {
		all = append(all, told(c))
	}
	return all
}

func TestCited(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"term behind the issuer", "Chỉ thị số 934 - CT/TW của Bộ Chính trị Khóa VIII", []string{"934-CT/TW khóa VIII"}},
		{"new spelling and Arabic numerals", "Nghị quyết 921-NQ/TW khoá 13", []string{"921-NQ/TW khóa XIII"}},
		{"term in brackets", "Quy định số 937-QĐ/TW của Ban Chấp hành Trung ương (khóa XI)", []string{"937-QĐ/TW khóa XI"}},
		{"date and term", "Quy định số 947-QĐ/TW ngày 01-11-2011 của Ban Chấp hành Trung ương khóa XII", []string{"947-QĐ/TW 2011-11-01 khóa XII"}},
		{"date behind the issuer", "Nghị quyết số 921-NQ/TW của Ban Chấp hành Trung ương ngày 16/6/2022", []string{"921-NQ/TW 2022-06-16"}},
		{"year behind the issuer", "Kết luận 934-KL/TW của Bộ Chính trị năm 2022 về chiến lược", []string{"934-KL/TW năm 2022"}},
		{"month", "Quy định 937-QĐ/TW của Bộ Chính trị tháng 10/2021", []string{"937-QĐ/TW năm 2021"}},
		{"date before the verb", "Ngày 22/10/2018, Bộ Chính trị (khóa XII) ban hành Nghị quyết số 935-NQ/TW về tăng cường bảo vệ", []string{"935-NQ/TW 2018-10-22 khóa XII"}},
		{"the congress that is prepared is no term", "Chỉ thị số 935-CT/TW của Bộ Chính trị về đại hội đảng bộ các cấp tiến tới Đại hội đại biểu toàn quốc lần thứ XVI của Đảng", []string{"935-CT/TW"}},
		{"the National Assembly's term is another", "Luật số 945/2019/QH14 của Quốc hội khóa XIV", []string{"945/2019/QH14"}},
		{"a province's term is another", "Nghị quyết 905-NQ/TU của Tỉnh ủy khóa XVIII", []string{"905-NQ/TU"}},
		{"a year in the subject is none of the number's", "Nghị quyết 919-NQ/TW về nông nghiệp đến năm 2030", []string{"919-NQ/TW"}},
		{"plenum behind the number", "Nghị quyết số 921-NQ/TW Hội nghị Trung ương 5 khóa XIII", []string{"921-NQ/TW TW5 khóa XIII"}},
		{"plenum in words", "Nghị quyết 921-NQ/TW, ngày 16/6/2022 của Hội nghị lần thứ năm Ban Chấp hành Trung ương Đảng khóa XIII", []string{"921-NQ/TW 2022-06-16 TW5 khóa XIII"}},
		{"plenum in the subject", "Nghị quyết 921-NQ/TW về xây dựng tổ chức cơ sở đảng được Hội nghị Trung ương 5 khóa XIII thông qua", []string{"921-NQ/TW TW5 khóa XIII"}},
		{"plenum before the verb", "Tại Hội nghị Trung ương 5 khóa XIII, Trung ương đã ban hành Nghị quyết 919-NQ/TW về nông nghiệp", []string{"919-NQ/TW TW5 khóa XIII"}},
		{"plenum and number are one document", "Nghị quyết Trung ương 8 khóa XI (số 929-NQ/TW)", []string{"929-NQ/TW TW8 khóa XI"}},
		{"and the other way round", "Nghị quyết số 929-NQ/TW (Nghị quyết Trung ương 8 khóa XI) về giáo dục", []string{"929-NQ/TW", "Nghị quyết TW8 khóa XI"}},
		{"plenum alone", "Nghị quyết Trung ương 2 (khoá VIII)", []string{"Nghị quyết TW2 khóa VIII"}},
		{"T.Ư", "Nghị quyết T.Ư 4, khóa XI; NQ TƯ 5 khoá X; Nghị quyết T.W 6 khóa XII", []string{"Nghị quyết TW4 khóa XI", "Nghị quyết TW5 khóa X", "Nghị quyết TW6 khóa XII"}},
		{"glued", "NQTW 4, NQTW4 khoá XII và NQTƯ5", []string{"Nghị quyết TW4", "Nghị quyết TW4 khóa XII", "Nghị quyết TW5"}},
		{"several terms", "Nghị quyết Trung ương 4 khóa XI, XII và Kết luận 921-KL/TW của Trung ương 4 khóa XIII", []string{"Nghị quyết TW4 khóa XI", "Nghị quyết TW4 khóa XII", "921-KL/TW TW4 khóa XIII"}},
		{"several terms in brackets", "các Nghị quyết Trung ương 4 (khóa XI, XII và XIII) về xây dựng Đảng", []string{"Nghị quyết TW4 khóa XI", "Nghị quyết TW4 khóa XII", "Nghị quyết TW4 khóa XIII"}},
		{"second sitting", "Nghị quyết Trung ương 6 (lần 2) khóa VIII", []string{"Nghị quyết TW6 khóa VIII"}},
		{"ordinals", "Nghị quyết Hội nghị lần thứ mười một BCH TW khóa XII; Kết luận Hội nghị lần thứ tư Ban Chấp hành Trung ương khóa XIII; nghi quyet hoi nghi lan thu bay bch trung uong khoa X",
			[]string{"Nghị quyết TW11 khóa XII", "Kết luận TW4 khóa XIII", "Nghị quyết TW7 khóa X"}},
		{"the time behind the body", "Nghị quyết Hội nghị Trung ương lần thứ tám khóa XI; Nghị quyết Hội nghị BCH Trung ương lần thứ 5 (khóa IX)", []string{"Nghị quyết TW8 khóa XI", "Nghị quyết TW5 khóa IX"}},
		{"congress", "Nghị quyết Đại hội XIII của Đảng", []string{"Nghị quyết khóa XIII"}},
		{"congress in full", "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XII của Đảng và Nghị quyết Đại hội Đảng lần thứ XIV; NQ ĐH XIII", []string{"Nghị quyết khóa XII", "Nghị quyết khóa XIV", "Nghị quyết khóa XIII"}},
		{"nicknames", "Ban Chỉ đạo 35 các cấp; BCĐ 35; “bộ tứ trụ cột”; bốn nghị quyết trụ cột; Ban chỉ đạo 389; Khoán 10", []string{"“Ban Chỉ đạo 35”", "“Ban Chỉ đạo 35”", "“bộ tứ trụ cột”", "“bộ tứ trụ cột”", "“Ban Chỉ đạo 389”", "“Khoán 10”"}},
		{"a nickname that is a number", "Ban Chỉ đạo 35-NQ/TW", []string{"35-NQ/TW"}},
		{"a clause is no nickname", "Khoản 10, khoan 10 giếng, Ban Chỉ đạo 351", []string{}},
		{"a form's family is no issuer", "Hướng dẫn 938-HD/TĐV; Hướng dẫn số 901-HD/KNĐ", []string{"938-HD", "901-HD"}},
		{"doubled words", "Quyết định Quy định 966-QĐ/TW; Nghị quyết NQ 921-NQ/TW; Thông báo Kết luận số 959-TB/TW; KL 998-KL/TW", []string{"966-QĐ/TW", "921-NQ/TW", "959-TB/TW", "998-KL/TW"}},
		{"the symbol wins over the word", "Kế hoạch 998-KL/TW và Quyết định 966-QĐ/TW", []string{"998-KL/TW", "966-QĐ/TW"}},
		{"Telex residue", "nghij quyeets soos 915-NQ/TW veef; quy ddinhj 937; Chir thij 905", []string{"915-NQ/TW", "937-QĐ", "905-CT"}},
		{"OCR", "SÓ 919-NQ/TW NGÀY 25 THANG 10 NAM 2017; SÔ 918-NQ/TW", []string{"919-NQ/TW 2017-10-25", "918-NQ/TW"}},
		{"English", "Regulation 932-QD/TW and Resolution No. 968-NQ/TW", []string{"932-QĐ/TW", "968-NQ/TW"}},
		{"one sign missing", "921-NQTW; 937-QĐTW; 9630/QĐTTg; 34/CT/TW", []string{"921-NQ/TW", "937-QĐ/TW", "9630/QĐ-TTg", "34-CT/TW"}},
		{"glued before and behind", "Quyết định số931-QĐ/TW, và 947-QĐ/TWngày 01-11-2011; 937QĐ/TW", []string{"931-QĐ/TW", "947-QĐ/TW 2011-11-01", "937-QĐ/TW"}},
		{"a count before a list", "4 Nghị quyết 959, 970, 971 và 972", []string{"959-NQ", "970-NQ", "971-NQ", "972-NQ"}},
		{"a letter in the serial", "Nghị quyết 930a của Chính phủ", []string{"930a-NQ"}},
		{"the kind's symbol left out", "Quy định 937/TW", []string{"937-QĐ/TW"}},
		{"one term behind a list", "Nghị quyết 918, 919 và 920 khóa XII; Nghị quyết 918-NQ/TW, 919-NQ/TW khóa XII", []string{"918-NQ khóa XII", "919-NQ khóa XII", "920-NQ khóa XII", "918-NQ/TW khóa XII", "919-NQ/TW khóa XII"}},
		{"number and year", "Quy định 980/2022 và Quy định số 924 năm 2023, Quy định 944-QĐ/TW 2024", []string{"980-QĐ năm 2022", "924-QĐ năm 2023", "944-QĐ/TW năm 2024"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, allTold(Cited(test.text))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.text, diff)
			}
		})
	}
}

func TestPinpoints(t *testing.T) {
	for text, want := range map[string]string{
		"Điều 3 Quy định 937-QĐ/TW":                                      "Điều 3",
		"Khoản 3, Điều 5 Quy định 937-QĐ/TW":                             "Điều 5, khoản 3",
		"Điều 11, khoản 1(đ), Quy định số 996-QĐ/TW ngày 30/5/2025":      "Điều 11, khoản 1(đ)",
		"Điểm 10 (10.5), Quy định số 994-QĐ/TW":                          "Điểm 10 (10.5)",
		"điểm 4.3.1(d) mục II, Hướng dẫn số 938-HD/BTCTW":                "Mục II, điểm 4.3.1(d)",
		"Phần hai, mục B.I.1, Hướng dẫn 905-HD/VPTW":                     "Phần hai, mục B.I.1",
		"phần thứ nhất của Nghị quyết 921-NQ/TW":                         "Phần thứ nhất",
		"điểm đ khoản 2 Điều 9 của Quy định số 937-QĐ/TW":                "Điều 9, khoản 2, điểm đ",
		"tại điểm a, b và c khoản 1, Điều 12a Nghị định 930/2020/NĐ-CP":  "Điều 12a, khoản 1, điểm a, b, c",
		"Điều 5, 6 và 7 Quy định 937-QĐ/TW":                              "Điều 5, 6, 7",
		"Chương II, Mục 1 Quy chế làm việc theo Quyết định 931-QĐ/TW":    "",
		"Chương II của Quy định 937-QĐ/TW":                               "Chương II",
		"Phụ lục I ban hành kèm theo Nghị định số 930/2020/NĐ-CP":        "Phụ lục I",
		"Phụ lục 2, Hướng dẫn 905-HD/VPTW":                               "Phụ lục 2",
		"Quy định 937-QĐ/TW, Điều 3":                                     "Điều 3",
		"Quy định số 937-QĐ/TW ngày 25/10/2021 (khoản 2 Điều 4)":         "Điều 4, khoản 2",
		"Quy định số 937-QĐ/TW của Ban Chấp hành Trung ương, tại Điều 3": "Điều 3",
		"quy định 937 điều 3":                                            "Điều 3",
		"điều 3 quy định 937":                                            "Điều 3",
		"dieu 3 quy dinh 937":                                            "Điều 3",
		"diem a khoan 2 dieu 3 quy dinh 937":                             "Điều 3, khoản 2, điểm a",
		"Quy định 937-QĐ/TW":                                             "",
		"Quy định 937-QĐ/TW gồm 19 điều":                                 "",
		"Quy định 937-QĐ/TW gồm 6 chương 32 điều":                        "",
	} {
		found := Cited(text)
		if len(found) != 1 {
			t.Errorf("%s: found %v", text, allTold(found))
			continue
		}
		if got := found[0].Pinpoint.String(); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestAPinpointBelongsToTheNextCitation(t *testing.T) {
	got := allTold(Cited("Điều 3 Quy định 937-QĐ/TW, khoản 2 Điều 7 Quy định 922-QĐ/TW và Quy định 996-QĐ/TW, Điều 1"))
	want := []string{"937-QĐ/TW [Điều 3]", "922-QĐ/TW [Điều 7, khoản 2]", "996-QĐ/TW [Điều 1]"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestPinpointParts: a viewer opens at the article.
func TestPinpointParts(t *testing.T) {
	got := Cited("điểm đ khoản 2 Điều 9 Quy định 937-QĐ/TW")[0].Pinpoint
	if want := (Pinpoint{Article: "9", Clause: "2", Point: "đ"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestFromAndToHoldAllThatWasRead(t *testing.T) {
	text := "xem Điều 3 Quy định số 937-QĐ/TW ngày 25/10/2021 của Ban Chấp hành Trung ương khóa XIII về những điều"
	c := Cited(text)[0]
	if got, want := text[c.From:c.To], "Điều 3 Quy định số 937-QĐ/TW ngày 25/10/2021 của Ban Chấp hành Trung ương khóa XIII"; got != want {
		t.Errorf("got %q", got)
	}
	if got := Contexts(text, Cited(text)); len(got) != 1 || !strings.Contains(got[0], "về những điều") || !strings.Contains(got[0], "xem") {
		t.Errorf("contexts %q", got)
	}
}
