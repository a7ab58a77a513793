package citation

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// numbers are the normal forms of what Find finds, with what says from when.
func numbers(text string) []string {
	found := []string{}
	for _, c := range Find(text) {
		s := c.Number.String()
		if c.Date != "" {
			s += " " + c.Date
		}
		if c.Year != 0 {
			s += " " + strconv.Itoa(c.Year)
		}
		found = append(found, s)
	}
	return found
}

func TestFind(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"Party form", "Nghị quyết số 91-NQ/TW của Bộ Chính trị", []string{"91-NQ/TW"}},
		{"State form with a year", "Nghị định số 930/2031/NĐ-CP ngày 05 tháng 3 năm 2031 của Chính phủ", []string{"930/2031/NĐ-CP 2031-03-05"}},
		{"State form without a year", "Quyết định 9630/QĐ-TTg", []string{"9630/QĐ-TTg"}},
		{"letter", "Công văn số 9096/SYT-NVY ngày 07/11/2030", []string{"9096/SYT-NVY 2030-11-07"}},
		{"Party letter", "Công văn số 959-CV/BCĐ", []string{"959-CV/BCĐ"}},
		{"law", "Bộ luật Lao động số 945/2029/QH14", []string{"945/2029/QH14"}},
		{"law with a footnote's number glued on", "Luật số 942/2024/QH151 ngày 29/6/2024", []string{"942/2024/QH15 2024-06-29"}},
		{"decree with a footnote's number glued on", "Nghị định số 905/2025/NĐ-CP2 và Thông tư số 947/2024/TT-BGTVT14", []string{"905/2025/NĐ-CP", "947/2024/TT-BGTVT"}},
		{"a space before the assembly's number", "Luật Một việc số 943/2013/QH 13 ngày 26/11/2013", []string{"943/2013/QH13 2013-11-26"}},
		{"a law on forces", "Luật Điện lực số 928/2004/QH11", []string{"928/2004/QH11"}},
		{"a province that reads as a table", "Ủy ban nhân dân tỉnh Cao Bằng số 912/QĐ-UBND", []string{"912/QĐ-UBND"}},
		{"old law", "Luật số 91-LCT/HĐNN8", []string{"91-LCT/HĐNN8"}},
		{"TƯ is Trung ương", "Quy định số 944-QĐ/TƯ; 945-QĐ/T.Ư; 946-QĐ/T.W; 947-HD/UBKTTƯ; 948-HD/UBKT TW", []string{"944-QĐ/TW", "945-QĐ/TW", "946-QĐ/TW", "947-HD/UBKTTW", "948-HD/UBKTTW"}},
		{"TU is a province", "Nghị quyết số 12-NQ/TU", []string{"12-NQ/TU"}},
		{"QĐi is QĐ", "Quy định số 98-QĐi/TW, 96-QDi/TW", []string{"98-QĐ/TW", "96-QĐ/TW"}},
		{"spaces around signs", "Chỉ thị số 34 - CT/TW; 06 -HD/TW; 68- NQ/TW; 4 - HD / BTCTU", []string{"34-CT/TW", "06-HD/TW", "68-NQ/TW", "4-HD/BTCTU"}},
		{"spaces in letters", "9013/ SYT- NVY và 9532/UBND- KSTTHC", []string{"9013/SYT-NVY", "9532/UBND-KSTTHC"}},
		{"a number filled in later", "Số: 963   /2031/QĐ-CTUBND", []string{"963/2031/QĐ-CTUBND"}},
		{"en dash", "Nghị quyết số 21 – NQ/TW", []string{"21-NQ/TW"}},
		{"a space instead of the dash", "12 HD/BTCTW", []string{"12-HD/BTCTW"}},
		{"nothing instead of the dash", "37QĐ/TW, 21nq/tw", []string{"37-QĐ/TW", "21-NQ/TW"}},
		{"swapped signs", "31/QĐ-TW; 37-QĐ-TW; 9630-QĐ/TTg", []string{"31-QĐ/TW", "37-QĐ/TW", "9630/QĐ-TTg"}},
		{"a file's name", "21-NQ_TW", []string{"21-NQ/TW"}},
		{"glued", "Quyết định của Bộ Chính trị số31-QĐ/TW, và 47-QĐ/TWngày 01-11-2011", []string{"31-QĐ/TW", "47-QĐ/TW 2011-11-01"}},
		{"lower case", "30/2020/nđ-cp, 21–nq/tw, 1630/qđ-ttg", []string{"30/2020/NĐ-CP", "21-NQ/TW", "1630/QĐ-TTg"}},
		{"without accents", "232-QD/TW, 30/2020/ND-CP, 05/2019/NQ-HDND", []string{"232-QĐ/TW", "30/2020/NĐ-CP", "05/2019/NQ-HĐND"}},
		{"eth for Đ", "Số 12-QÐ/TW", []string{"12-QĐ/TW"}},
		{"decomposed accents", "Quy định số 12-QĐ/TƯ", []string{"12-QĐ/TW"}},
		{"OCR's số", "SÓ 919-NQ/TW NGÀY 25 THANG 10 NAM 2017", []string{"919-NQ/TW 2017-10-25"}},
		{"colon", "Số: 66-QĐ/TW", []string{"66-QĐ/TW"}},
		{"kind twice", "QĐ 360-QĐ/TW (29/8/2025)", []string{"360-QĐ/TW 2025-08-29"}},
		{"letter in the number", "Nghị quyết số 30c/NQ-CP", []string{"30c/NQ-CP"}},
		{"dot in the number", "Số: 96.19/2026/NQ-CP", []string{"96.19/2026/NQ-CP"}},
		{"joint office", "Số:91410/BXD-KHCNMT&VLXD", []string{"91410/BXD-KHCNMT&VLXD"}},
		{"symbol over a line's end", "văn bản số 901/TTr-\nKT05 ngày 07/5/2031", []string{"901/TTr-KT05 2031-05-07"}},
		{"dates", "124-QĐ/TW, ngày 4.10.2023; 35-NQ/TW ngày 22-10-2018; 294-QĐ/TW ngày 26/5/2025", []string{"124-QĐ/TW 2023-10-04", "35-NQ/TW 2018-10-22", "294-QĐ/TW 2025-05-26"}},
		{"year behind", "Quy định 144-QĐ/TW 2024", []string{"144-QĐ/TW 2024"}},
		{"symbol before a bare number", "NQ21, nq 21, HD 02, KL 198-KL/TW", []string{"21-NQ", "21-NQ", "02-HD", "198-KL/TW"}},
		{"typed", "21 nq tw", []string{"21-NQ/TW"}},
		{"typed without an issuer", "21 nq", []string{"21-NQ"}},
		{"typed symbol alone", "21-NQ", []string{"21-NQ"}},
		{"kind's name before a bare number", "Quy định 294; nghị quyết 29 giáo dục; quy dinh 37", []string{"294-QĐ", "29-NQ", "37-QĐ"}},
		{"number and year", "Quy định 41/2021 và Quy định số 124 năm 2023", []string{"41-QĐ 2021", "124-QĐ 2023"}},
		{"number and date", "Đề án số 07 ngày 15/7/2021", []string{"07-ĐA 2021-07-15"}},
		{"issuer cut off", "Thông báo Kết luận số 159-TB của Bộ Chính trị", []string{"159-TB"}},
		{"list", "4 Nghị quyết 59, 70, 71 và 72", []string{"59-NQ", "70-NQ", "71-NQ", "72-NQ"}},
		{"list with a symbol at its end", "các nghị quyết số 57, 59, 66 và 68-NQ/TW", []string{"57-NQ/TW", "59-NQ/TW", "66-NQ/TW", "68-NQ/TW"}},
		{"Đ tells kinds apart", "12-HĐ/ABC, 12-HD/BTCTW, 05-ĐA/TU, 05-DA/TU", []string{"12-HĐ/ABC", "12-HD/BTCTW", "05-ĐA/TU", "05-DA/TU"}},
		{"a heading behind it is no unit", "Nghị quyết 21-NQ/TW - Một số vấn đề", []string{"21-NQ/TW"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, numbers(test.text)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.text, diff)
			}
		})
	}
}

func TestFindLeavesOtherNumbersAlone(t *testing.T) {
	for _, test := range []struct{ name, text string }{
		{"span of years", "giai đoạn 2021-2025, nhiệm kỳ 2020 - 2025"},
		{"counted things", "huy hiệu 30 năm, trang 21, Điều 12, 6 tháng, kế hoạch 5 năm, báo cáo 06 tháng, quy định 19 điều"},
		{"dates alone", "19-5-2019, 26/5/2025, 2.9.1945"},
		{"kind and a year", "Kế hoạch 2025, kế hoạch 2021 - 2025"},
		{"plenum", "Nghị quyết T.Ư 4, khóa XI; Nghị quyết Trung ương 2 (khoá VIII)"},
		{"units of measure", "chạy 90/km-h, 12-L/phút, 5/10 phiếu, 20-30 người"},
		{"year of a standard", "QCVN 91:2019/BCT, TCVN 9729:2012/BXD"},
		{"number of a form", "Mẫu số 91/PLIII, mẫu số 92-KNĐ/TW, Phụ lục số 95/TT-BNV, biểu số 96/BC-STC"},
		{"number of a thing", "huyện số 5, bàn số 7/A, đường số 12"},
		{"class and paper sizes", "khổ A4, lớp 12A1, COVID-19, Đại hội XIII"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if found := numbers(test.text); len(found) > 0 {
				t.Errorf("%s: found %v", test.text, found)
			}
		})
	}
}

func TestFindSaysWhere(t *testing.T) {
	text := "thực hiện Nghị quyết số 21 – NQ/TW, ngày 16/6/2022 của"
	got := Find(text)
	want := []Citation{{
		Raw: "Nghị quyết số 21 – NQ/TW", Start: 14, End: 14 + len("Nghị quyết số 21 – NQ/TW"),
		NumberStart: strings.Index(text, "21"), Said: "Nghị quyết", Date: "2022-06-16",
		Number: Number{Serial: "21", Kind: "NQ", Issuer: "TW", Party: true},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestBlank(t *testing.T) {
	for text, want := range map[string]string{
		"Số      -QĐ/TW":              "QĐ TW",
		"Số …-QĐ/TW":                  "QĐ TW",
		"Số:           /TB-SCT":       "TB SCT",
		"Số: ....../UBND-KT":          " UBND-KT",
		"Số:       /2026/QĐ-UBND":     "QĐ UBND",
		"Số     - HD/BTCTU":           "HD BTCTU",
		"một số/nhiều":                "-",
		"Số 12-QĐ/TW":                 "-",
		"Đảng bộ tỉnh có một số điểm": "-",
	} {
		got := "-"
		if n, ok := Blank(text); ok {
			got = n.Kind + " " + n.Issuer
		}
		if got != want {
			t.Errorf("Blank(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestKeyComparesNumbers(t *testing.T) {
	for _, same := range [][2]string{
		{"01-NQ/TW", "1-NQ/TW"}, {"21-nq/tw", "21 – NQ/TƯ"}, {"08-QĐi/TW", "8-QĐ/TW"},
		{"30/2020/NĐ-CP", "30/2020/nd-cp"}, {"Số 12-QĐ/TW", "Số12-qđ/tw"},
	} {
		if a, b := Key(same[0]), Key(same[1]); a != b {
			t.Errorf("%q and %q differ: %q, %q", same[0], same[1], a, b)
		}
	}
	for _, differ := range [][2]string{
		{"21-NQ/TW", "21-NQ/TU"}, {"21-NQ/TW", "21-NQ"}, {"12-HD/TU", "12-HĐ/TU"}, {"198-KL/TW", "198-KH/TW"},
		{"85/2025/NĐ-CP", "275/2025/NĐ-CP"}, {"21-NQ/TW", "210-NQ/TW"},
	} {
		if a, b := Key(differ[0]), Key(differ[1]); a == b {
			t.Errorf("%q and %q have the same key %q", differ[0], differ[1], a)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, seed := range []string{
		"Nghị quyết số 21 – NQ/TW ngày 16/6/2022", "57, 59 và 68-NQ/TW", "Số:91410/BXD-KHCNMT&VLXD", "21nq/tw", "số",
		"\xff12-\xc4/TW", "1-1-1-1/1/1/1-NQ", "nghị quyết 1, 2, 3, 4; 5", "T.Ư T.W 12-QĐ/T.Ư", "12-QĐ/TWngày",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, c := range Find(text) {
			if c.Start < end || c.NumberStart < c.Start || c.End <= c.NumberStart || c.End > len(text) || text[c.Start:c.End] != c.Raw {
				t.Fatalf("%+v is out of place in %q", c, text)
			}
			if c.Number.Serial == "" {
				t.Fatalf("%+v has no digits", c)
			}
			end = c.End
		}
		Key(text)
		Blank(text)
		Dates(text)
	})
}
