package relations

import "testing"

// TestNearness: bodies of one place are told by their names.
func TestNearness(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"Tỉnh ủy Thái Nguyên", "Tỉnh uỷ Thái Nguyên", 2},
		{"Ban Tổ chức Tỉnh ủy Thái Nguyên", "Tỉnh ủy Thái Nguyên", 1},
		{"Sở Y tế tỉnh Kiên Giang", "Chủ tịch Ủy ban nhân dân tỉnh Kiên Giang", 1},
		{"Thành ủy Hà Nội", "Ủy ban nhân dân thành phố Hà Nội", 1},
		{"Thành ủy Thành phố Hồ Chí Minh", "Sở Y tế TP. Hồ Chí Minh", 1},
		{"Tỉnh ủy Thái Nguyên", "Tỉnh ủy Bắc Kạn", -1},
		{"Huyện ủy Định Hóa", "Huyện ủy Phú Lương", -1},
		{"Ủy ban nhân dân huyện Định Hóa, tỉnh Thái Nguyên", "Ủy ban nhân dân tỉnh Thái Nguyên", 1},
		{"Ủy ban nhân dân huyện Định Hóa, tỉnh Thái Nguyên", "Ủy ban nhân dân huyện Phú Lương, tỉnh Thái Nguyên", -1},
		{"Ủy ban nhân dân thành phố Sông Công, tỉnh Thái Nguyên", "Sở Nội vụ tỉnh Thái Nguyên", 1},
		{"Huyện ủy Định Hóa", "Tỉnh ủy Thái Nguyên", 0}, // nothing says where Định Hóa is
		{"Bảo hiểm xã hội tỉnh Lào Cai", "Ủy ban nhân dân xã Bảo Thắng, tỉnh Lào Cai", 1},
		{"Liên đoàn Lao động tỉnh An Giang – Sở Văn hóa, Thể thao và Du lịch tỉnh An Giang", "Tỉnh ủy An Giang", 1},
		{"Đảng ủy Trường Chính trị tỉnh Thái Nguyên", "Đảng ủy Công an tỉnh Thái Nguyên", -1},
		{"Bộ Chỉ huy Quân sự tỉnh Lào Cai", "Quân khu 2", 0},
		{"Bộ Chính trị", "Tỉnh ủy Thái Nguyên", 0},
		{"", "", 0},
		{"tỉnh", "Tỉnh ủy", 0},
	} {
		for _, pair := range [][2]string{{test.a, test.b}, {test.b, test.a}} {
			if got := newBody(pair[0]).nearness(newBody(pair[1])); got != test.want {
				t.Errorf("%q and %q: %d, want %d", pair[0], pair[1], got, test.want)
			}
		}
	}
}

// TestShared: the symbol of a body that is there once says who it is.
func TestShared(t *testing.T) {
	for symbol, want := range map[string]bool{
		"TW": false, "BTCTW": false, "CP": false, "TTg": false, "QH14": false, "BCA": false, "BYT-KCB": false,
		"TU": true, "BTCTU": true, "HU": true, "ĐU": true, "UBND": true, "HĐND": true, "SYT-NVY": true, "SCT": true,
	} {
		if got := shared(symbol); got != want {
			t.Errorf("%s: %v, want %v", symbol, got, want)
		}
	}
}

// TestNames: a law is one under the names that papers give it.
func TestNames(t *testing.T) {
	for _, test := range []struct {
		kind, title string // of the document
		text        string // as another names it
		year        int
	}{
		{"Luật", "Đất đai", "Luật đất đai năm 2013", 2013},
		{"Luật", "Đất đai (sửa đổi)", "Luật Đất đai 2013", 2013},
		{"Luật", "Luật Đất đai", "Luật Đất đai ngày 29 tháng 11 năm 2013", 2013},
		{"Bộ luật", "Lao động", "Bộ Luật Lao động", 0},
		{"Điều lệ", "Đảng Cộng sản Việt Nam", "Điều lệ Đảng", 0},
		{"Hiến pháp", "nước Cộng hòa xã hội chủ nghĩa Việt Nam", "Hiến pháp năm 2013", 2013},
	} {
		bare, year := untilYear(nameOf("", test.text))
		if want := nameOf(test.kind, test.title); bare != want || year != test.year {
			t.Errorf("%q: %q of %d, want %q of %d", test.text, bare, year, want, test.year)
		}
	}
}
