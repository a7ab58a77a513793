package bodies_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer/bodies"
	"vankien/storage"
)

func TestByName(t *testing.T) {
	for _, test := range []struct {
		name string
		on   storage.Date
		want string // name and days, "" for unknown
	}{
		{"Ban Tổ chức Trung ương", "", "Ban Tổ chức Trung ương – …–…"},
		{"ban to chuc trung uong", "", "Ban Tổ chức Trung ương – …–…"},
		{"Ban Tổ chức T.Ư", "", "Ban Tổ chức Trung ương – …–…"},
		{"BTCTW", "", "Ban Tổ chức Trung ương – …–…"},
		{"Uỷ ban Kiểm tra TƯ", "", "Ủy ban Kiểm tra Trung ương – …–…"},
		{"UBKT Tỉnh uỷ Thái Nguyên", "", "Ủy ban Kiểm tra Tỉnh ủy Thái Nguyên – 2025-07-01–…"},
		{"UBND tỉnh Hoà Bình", "", "Ủy ban nhân dân tỉnh Hòa Bình – …–2025-06-30"},
		{"UBND TP. Hồ Chí Minh", "", "Ủy ban nhân dân thành phố Hồ Chí Minh – 2025-07-01–…"},
		{"UBND TP.HCM", "2020-01-01", "Ủy ban nhân dân thành phố Hồ Chí Minh – …–2025-06-30"},
		{"Chủ tịch UBND tỉnh Lào Cai", "2021-05-05", "Ủy ban nhân dân tỉnh Lào Cai – …–2025-06-30"},
		{"Tỉnh ủy Thái Nguyên", "2020-01-01", "Tỉnh ủy Thái Nguyên – 1997-01-01–2025-06-30"},
		{"Tỉnh ủy Thái Nguyên", "2025-07-01", "Tỉnh ủy Thái Nguyên – 2025-07-01–…"},
		{"Tỉnh ủy Bắc Kạn", "2026-01-01", "Tỉnh ủy Bắc Kạn – 1997-01-01–2025-06-30"},
		{"Tỉnh ủy Bắc Cạn", "2001-01-01", "Tỉnh ủy Bắc Kạn – 1997-01-01–2025-06-30"},
		{"Ban Chấp hành Đảng bộ tỉnh Thái Nguyên", "", "Tỉnh ủy Thái Nguyên – 2025-07-01–…"},
		{"Thành ủy Thành phố Hồ Chí Minh", "", "Thành ủy Hồ Chí Minh – 2025-07-01–…"},
		{"Sở Y tế Kiên Giang", "", "Sở Y tế tỉnh Kiên Giang – …–2025-06-30"},
		{"Giám đốc Sở Công Thương tỉnh Lào Cai", "", "Sở Công Thương tỉnh Lào Cai – 2025-07-01–…"},
		{"Bộ trưởng Bộ Công an", "", "Bộ Công an – …–…"},
		{"Tổng Thanh tra Chính phủ", "", "Thanh tra Chính phủ – …–…"},
		{"Chủ tịch nước", "", "Chủ tịch nước – …–…"},
		{"Huyện ủy Định Hóa", "", "Huyện ủy Định Hóa – …–2025-06-30"},
		{"Thành ủy Thái Nguyên", "", "Thành ủy Thái Nguyên – …–2025-06-30"}, // the city, not the province
		{"Thành ủy Huế", "2020-01-01", "Thành ủy Huế – …–2025-06-30"},       // the city of the province
		{"Thành ủy Huế", "2025-01-01", "Thành ủy Huế – 2025-01-01–…"},
		{"Sở Nông nghiệp và Môi trường tỉnh Cao Bằng", "2020-01-01", "Sở Nông nghiệp và Môi trường tỉnh Cao Bằng – 2025-03-01–…"},
		{"UBND xã Tân Thái", "", "Ủy ban nhân dân xã Tân Thái – …–…"},
		{"Đảng uỷ phường Hoàng Văn Thụ", "", "Đảng ủy phường Hoàng Văn Thụ – …–…"},
		{"Chi bộ Tổ 5", "", "Chi bộ Tổ 5 – …–…"},
		{"Sở hữu trí tuệ", "", ""},
		{"Tỉnh uỷ", "", "Tỉnh ủy – …–…"}, // whichever
		{"UBND", "", ""},                 // of what?
		{"UBND tỉnh", "", "Ủy ban nhân dân tỉnh – …–…"},
		{"Huyện ủy", "", "Huyện ủy – …–2025-06-30"},
		{"Ban Tuyên giáo Tỉnh ủy", "", "Ban Tuyên giáo Tỉnh ủy – …–2025-02-28"},
		{"Chi bộ", "", "Chi bộ – …–…"},
		{"Sở", "", ""},
		{"Công ty cổ phần An Bình", "", ""},
		{"TW", "", ""}, // three bodies
		{"", "", ""},
		{strings.Repeat("Ban ", 500), "", ""},
	} {
		got := ""
		if b, ok := bodies.Default().ByName(test.name, test.on); ok {
			got = b.Name + " – " + days(b.Start) + "–" + days(b.End)
		}
		if got != test.want {
			t.Errorf("ByName(%q, %q) is %q, want %q", test.name, test.on, got, test.want)
		}
	}
}

func days(d storage.Date) string {
	if d == "" {
		return "…"
	}
	return string(d)
}

func TestCanonical(t *testing.T) {
	for name, want := range map[string]string{
		"Uỷ ban nhân dân tỉnh Phú Thọ":                  "Ủy ban nhân dân tỉnh Phú Thọ",
		"UBND tỉnh Phú Thọ":                             "Ủy ban nhân dân tỉnh Phú Thọ",
		"Chủ tịch UBND tỉnh Phú Thọ":                    "Chủ tịch Ủy ban nhân dân tỉnh Phú Thọ",
		"Bộ trưởng Bộ Công an":                          "Bộ trưởng Bộ Công an",
		"Ban Chấp hành Trung ương Đảng":                 "Ban Chấp hành Trung ương",
		"UBND xã Tân Thái":                              "Ủy ban nhân dân xã Tân Thái",
		"Hội Khuyến học tỉnh Thái Nguyên":               "Hội Khuyến học tỉnh Thái Nguyên",
		"Văn phòng UBND tỉnh Lào Cai":                   "Văn phòng Ủy ban nhân dân tỉnh Lào Cai",
		"Ban Thường vụ Thành uỷ Hà Nội":                 "Ban Thường vụ Thành ủy Hà Nội",
		"Sở Văn hoá, Thể thao và Du lịch tỉnh An Giang": "Sở Văn hóa, Thể thao và Du lịch tỉnh An Giang",
	} {
		if got := bodies.Default().Canonical(name, ""); got != want {
			t.Errorf("Canonical(%q) is %q, want %q", name, got, want)
		}
	}
}

// A name leads to the papers of the bodies that went into its own, never to
// those of what came after.
func TestFormers(t *testing.T) {
	for _, test := range []struct {
		name string
		want []string
	}{
		{"Tỉnh ủy Thái Nguyên", []string{"Tỉnh ủy Bắc Kạn đến 2025-06-30", "Tỉnh ủy Bắc Thái đến 1996-12-31"}},
		{"tinh uy thai nguyen", []string{"Tỉnh ủy Bắc Kạn đến 2025-06-30", "Tỉnh ủy Bắc Thái đến 1996-12-31"}},
		{"Tỉnh ủy Bắc Kạn", nil},
		{"Bắc Kạn", nil},
		{"Ban Tuyên giáo Trung ương", nil},
		{"Thái Nguyên", []string{"Bắc Kạn đến 2025-06-30", "Bắc Thái đến 1996-12-31"}},
		{"tỉnh Thái Nguyên", []string{"tỉnh Bắc Kạn đến 2025-06-30", "tỉnh Bắc Thái đến 1996-12-31"}},
		{"Thành ủy Hải Phòng", []string{"Tỉnh ủy Hải Dương đến 2025-06-30", "Tỉnh ủy Hải Hưng đến 1996-12-31"}},
		{"Thành ủy Huế", []string{"Tỉnh ủy Thừa Thiên Huế đến 2024-12-31"}},
		{"Hội Khuyến học tỉnh Lâm Đồng", []string{"Hội Khuyến học tỉnh Bình Thuận đến 2025-06-30", "Hội Khuyến học tỉnh Đắk Nông đến 2025-06-30"}},
		{"Ban Tuyên giáo và Dân vận Trung ương", []string{"Ban Dân vận Trung ương đến 2025-02-02", "Ban Tuyên giáo Trung ương đến 2025-02-02",
			"Ban Khoa giáo Trung ương đến 2007-04-30", "Ban Tư tưởng - Văn hóa Trung ương đến 2007-04-30"}},
		{"Bộ Xây dựng", []string{"Bộ Giao thông vận tải đến 2025-02-28"}},
		{"Bộ Giao thông vận tải", nil},
		{"Tỉnh ủy Cao Bằng", nil},
		{"Thành ủy Thái Nguyên", nil}, // a city of the province
		{"UBND thành phố Thái Nguyên", nil},
		{"Công ty Ba Sao", nil},
	} {
		var got []string
		for _, f := range bodies.Default().Formers(test.name) {
			got = append(got, f.Name+" đến "+string(f.End))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("Formers(%q) (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestFamilyAndSame(t *testing.T) {
	r := bodies.Default()
	var names []string
	for _, b := range r.Family("Bộ Kế hoạch và Đầu tư") {
		names = append(names, b.Name)
	}
	if diff := cmp.Diff([]string{"Bộ Kế hoạch và Đầu tư", "Bộ Tài chính"}, names); diff != "" {
		t.Errorf("family (-want +got):\n%s", diff)
	}
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"Tỉnh ủy Bắc Kạn", "Tỉnh uỷ Thái Nguyên", true},
		{"Tỉnh ủy Thái Nguyên", "Tỉnh ủy Bắc Kạn", true},
		{"Tỉnh ủy Hà Nam", "Tỉnh ủy Nam Định", false}, // both came from Nam Hà, and went into Ninh Bình
		{"Tỉnh ủy Yên Bái", "Tỉnh ủy Thái Nguyên", false},
		{"Ban Tuyên giáo Trung ương", "Ban Dân vận Trung ương", false},
		{"UBND xã Tân Thái", "Ủy ban nhân dân xã Tân Thái", true},
		{"Công ty Ba Sao", "CÔNG TY BA SAO", true},
		{"Công ty Ba Sao", "Công ty Hai Sao", false},
	} {
		if got := r.Same(test.a, test.b); got != test.want {
			t.Errorf("Same(%q, %q) is %t", test.a, test.b, got)
		}
	}
}

// There are 63 provinces and cities to 30/6/2025 and 34 since.
func TestProvinces(t *testing.T) {
	for on, want := range map[storage.Date]int{"1996-06-01": 53, "2005-01-01": 64, "2010-01-01": 63, "2025-06-30": 63, "2025-07-01": 34} {
		count := 0
		for _, b := range bodies.Default().All() {
			if strings.HasPrefix(b.ID, "uy-ban-nhan-dan-") && b.Level == bodies.Province && b.Existed(on) {
				count++
			}
		}
		if count != want {
			t.Errorf("%d provinces on %s, want %d", count, on, want)
		}
	}
}

// What somebody was unsure of can be told from the rest.
func TestUnsure(t *testing.T) {
	for name, want := range map[string]bool{"Tỉnh ủy Bắc Kạn": false, "Bộ Giao thông vận tải": false, "Ban Dân vận Tỉnh ủy Bắc Kạn": true, "Ban Đối ngoại Trung ương": true} {
		if b, _ := bodies.Default().ByName(name, "2024-01-01"); b.Unsure() != want {
			t.Errorf("%s is unsure: %t", name, b.Unsure())
		}
	}
}
