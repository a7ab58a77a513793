package facts

import "testing"

func TestPersonsAreToldFromBodies(t *testing.T) {
	for text, want := range map[string]bool{
		"Nguyễn Văn Bình": true, "Tòng Xuân Hải": true, "Bàn Thị Sinh": true, "Lý A Sử": true, "Y Thanh Hà": true, "Vũ Đức Hòa": true,
		"Đoàn Thị Lan": true, "Trương Thị Mai": true, "Đặng Văn Lâm": true, "Vu Van Lam": true, "Trường Chinh": true,
		"Ban Tổ Chức": false, "Bộ Chính Trị": false, "Tổng Công Ty": false, "Công An Tỉnh": false, "Vụ Pháp Chế": false, "Nơi nhận": false, "A B C": false,
		"Ban Thi Sinh": false, // without accents it may be a board
	} {
		if got := isPerson(text); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
