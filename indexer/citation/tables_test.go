package citation

import "testing"

func TestKindsBySymbol(t *testing.T) {
	for symbol, want := range map[string]string{
		"NQ": "Nghị quyết", "nq": "Nghị quyết", "QĐ": "Quyết định", "QĐi": "Quyết định", "qd": "Quyết định", "HD": "Hướng dẫn",
		"HĐ": "Hợp đồng", "ĐA": "Đề án", "DA": "Dự án", "CTR": "Chương trình", "TTr": "Tờ trình", "ND": "Nghị định", "XYZ": "",
	} {
		got := ""
		if found := KindsBySymbol(symbol); len(found) > 0 {
			got = found[0].Name
		}
		if got != want {
			t.Errorf("KindsBySymbol(%q) = %q, want %q", symbol, got, want)
		}
	}
}

func TestKindByName(t *testing.T) {
	for name, want := range map[string]string{"NGHỊ QUYẾT": "NQ", "quy dinh": "QĐ", "Thông  tri": "TT", "Luật": "", "Đề án": "ĐA"} {
		if k, ok := KindByName(name); !ok || k.Symbol != want {
			t.Errorf("KindByName(%q) = %v, %v, want %q", name, k, ok, want)
		}
	}
	if k, ok := KindByName("nghị"); ok {
		t.Errorf("half a name is the kind %v", k)
	}
}

func TestTheSymbolOfTheCentreIsAmbiguous(t *testing.T) {
	for symbol, want := range map[string]int{"TW": 3, "TƯ": 3, "tw": 3, "TU": 2, "VPTW": 1, "QH14": 1, "ttg": 1, "SYT": 0} {
		if got := len(BodiesBySymbol(symbol)); got != want {
			t.Errorf("%s stands for %d bodies, want %d", symbol, got, want)
		}
	}
}

func TestTermOf(t *testing.T) {
	for date, want := range map[string]string{
		"1998-05-30": "VIII", "2013-11-04": "XI", "2016-01-07": "XI", "2016-10-30": "XII", "2021-10-25": "XIII", "2026-01-07": "XIII",
		"2026-02-09": "XIV", "1930-02-03": "", "2040-01-01": "", "": "", "hôm nay": "", "2021-02-30": "",
	} {
		if got := TermOf(date); got != want {
			t.Errorf("TermOf(%q) = %q, want %q", date, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		"Hà Nội, ngày 06 tháng 02 năm 2017": "2017-02-06",
		"ngày06tháng02năm2017":              "2017-02-06",
		"NGÀY 10/07/1993 CỦA QUỐC HỘI":      "1993-07-10",
		"từ 4.10.2023":                      "2023-10-04",
		"31/2/2020":                         "",
		"ngày    tháng 11 năm 2025":         "",
		"30/2020/NĐ-CP":                     "",
	} {
		got := ""
		for _, d := range Dates(text) {
			got += d.ISO
		}
		if got != want {
			t.Errorf("Dates(%q) = %q, want %q", text, got, want)
		}
	}
}
