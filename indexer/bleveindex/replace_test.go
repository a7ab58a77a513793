package bleveindex

import (
	"strings"
	"testing"
)

// Corrected words go where they were typed, whatever stands between them.
func TestReplaceEach(t *testing.T) {
	for _, test := range []struct{ typed, was, now, want string }{
		{"số tay loại:HD", "số tay", "sổ tay", "sổ tay loại:HD"},
		{"đang viên NOT đang phí", "đang viên", "đảng viên", ""},
		{"đang viên và đang phí năm:2022", "đang viên và đang phí", "đảng viên và đảng phí", "đảng viên và đảng phí năm:2022"},
		{"đảng viên đang đang đi", "đảng viên đang đang đi", "đảng viên đang đảng đi", "đảng viên đang đảng đi"},
		{"quy đinh quy đinh", "quy đinh quy đinh", "quy định quy đinh", "quy định quy đinh"},
	} {
		if got := replaceEach(test.typed, strings.Fields(test.was), strings.Fields(test.now)); got != test.want {
			t.Errorf("%q: %q, want %q", test.typed, got, test.want)
		}
	}
}
