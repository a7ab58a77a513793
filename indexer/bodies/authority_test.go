package bodies_test

import (
	"testing"

	"vankien/indexer/bodies"
	"vankien/storage"
)

func TestAuthority(t *testing.T) {
	for _, test := range []struct {
		kind, body string
		on         storage.Date
		want       bool
	}{
		{"NĐ", "Chính phủ", "", true},
		{"Nghị định", "Bộ Công an", "2020-01-01", false},
		{"Nghị định", "Tỉnh ủy Thái Nguyên", "", false},
		{"Thông tư", "Bộ trưởng Bộ Công an", "", true},
		{"Thông tư", "Tổng Thanh tra Chính phủ", "", true},
		{"Thông tư", "Ủy ban nhân dân tỉnh Phú Thọ", "", false},
		{"Thông tư", "Thủ tướng Chính phủ", "1995-01-01", true},
		{"Thông tư", "Thủ tướng Chính phủ", "2020-01-01", false},
		{"TT", "Tỉnh ủy Thái Nguyên", "", true}, // thông tri
		{"Thông tri", "Chi bộ Tổ 5", "", false},
		{"Luật", "Quốc hội", "", true},
		{"Luật", "Chính phủ", "", false},
		{"Pháp lệnh", "Ủy ban Thường vụ Quốc hội", "", true},
		{"Pháp lệnh", "Quốc hội", "", false},
		{"Chỉ thị", "Ban Bí thư", "", true},
		{"Chỉ thị", "Ban Thường vụ Tỉnh ủy Phú Thọ", "", true},
		{"CT", "Ban Tổ chức Trung ương", "", false},
		{"Nghị quyết", "Văn phòng Tỉnh ủy Phú Thọ", "", false},
		{"Nghị quyết", "Chi bộ Tổ 5", "", true},
		{"Quy định", "Chi bộ Tổ 5", "", false},
		{"QĐ", "Chi bộ Tổ 5", "", true}, // a cell decides on penalties
		{"Chỉ thị", "Đại hội đại biểu Đảng bộ tỉnh Thái Nguyên", "", false},
		{"Điều lệ", "Tỉnh ủy Thái Nguyên", "", false},
		{"Hướng dẫn", "Ban Tổ chức Trung ương", "", true},
		{"Kế hoạch", "Sở Y tế tỉnh Kiên Giang", "", true},
	} {
		b, ok := bodies.Default().ByName(test.body, test.on)
		if !ok {
			t.Fatalf("%s is not known", test.body)
		}
		if got := bodies.Authority(test.kind, b, test.on); got != test.want {
			t.Errorf("Authority(%s, %s, %q) is %t", test.kind, test.body, test.on, got)
		}
	}
}
