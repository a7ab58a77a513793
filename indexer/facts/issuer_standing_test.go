package facts

import "testing"

// TestStandingIssuer: a standing committee that signs for itself is the issuer,
// for certain unless the enacting words name somebody else; an office that signs
// by its order is not it.
func TestStandingIssuer(t *testing.T) {
	const (
		body   = "TỈNH ỦY AN BÌNH\n*\n"
		day    = "\nĐẢNG CỘNG SẢN VIỆT NAM\nAn Bình, ngày 5 tháng 9 năm 2031\n"
		letter = body + "Số 12-CV/TU\nV/v lưu mẫu giấy" + day + "Kính gửi: Các huyện ủy\n\nĐề nghị lưu mẫu giấy trước ngày 30/9/2031.\n"
	)
	directive := func(enacting, signed string) string {
		return body + "Số 52-CT/TU" + day + "CHỈ THỊ\nvề lưu mẫu giấy\n\nTrong thời gian qua giấy mất nhiều.\n" + enacting + " yêu cầu các cấp ủy làm tốt các việc sau:\n1. Lưu mẫu giấy.\n" + signed
	}
	for _, test := range []struct {
		name, text, issuer string
		confidence         float64
		issues             int
	}{
		{"it signs", directive("Tỉnh ủy", "T/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nHà Thị Mận"), "Ban Thường vụ Tỉnh ủy An Bình", sure, 0},
		{"it signs what another body enacts", directive("Ban Tổ chức Tỉnh ủy", "T/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nHà Thị Mận"), "Ban Thường vụ Tỉnh ủy An Bình", weak, 1},
		{"it signs a letter", letter + "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nHà Thị Mận", "Ban Thường vụ Tỉnh ủy An Bình", sure, 0},
		{"the office signs a letter by its order", letter + "T/L BAN THƯỜNG VỤ\nCHÁNH VĂN PHÒNG\n\nHà Thị Mận", "Tỉnh ủy An Bình", likely, 0},
		{"the office signs by its order, in the State's way of writing", letter + "TL. BAN THƯỜNG VỤ TỈNH ỦY\nCHÁNH VĂN PHÒNG\n\nHà Thị Mận", "Tỉnh ủy An Bình", likely, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := Read(onePage(test.text))
			if e := got.Evidence["issuer"]; string(got.Issuer) != test.issuer || e.Confidence != test.confidence || len(got.Issues) != test.issues {
				t.Errorf("%q with %v, want %q with %v; issues %q", got.Issuer, e.Confidence, test.issuer, test.confidence, got.Issues)
			}
		})
	}
}
