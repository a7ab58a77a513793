package extract

import (
	"slices"
	"strings"
	"testing"
)

func TestLegacyParagraphs(t *testing.T) {
	const tcvn3 = "Chữ của trang dùng bảng mã cũ TCVN3 (ABC), đã chuyển sang Unicode."
	const vni = "Chữ của trang dùng bảng mã cũ VNI-Windows, đã chuyển sang Unicode."
	tests := []struct {
		name, text, want string
		warnings         []string
	}{
		{"TCVN3, its ư a soft hyphen", "NghÞ quyÕt cña Ban ChÊp hµnh Trung \u00ad¬ng", "Nghị quyết của Ban Chấp hành Trung ương", []string{tcvn3}},
		{"two encodings and Unicode", "NghÞ quyÕt cña Ban ChÊp hµnh Trung \u00ad¬ng\nNghò quyeát cuûa Ban Chaáp haønh Trung öông\nNghị quyết của Ban Chấp hành Trung ương",
			strings.Repeat("Nghị quyết của Ban Chấp hành Trung ương\n", 2) + "Nghị quyết của Ban Chấp hành Trung ương", []string{tcvn3, vni}},
		{"soft hyphens go", "lãnh\u00ad đạo và giám\u00ad sát in\u00adternet", "lãnh đạo và giám sát internet", nil},
		{"a word parted at the end of a line", "trên mạng inter\u00ad\nnet, của cơ quan\nđó", "trên mạng internet,\ncủa cơ quan\nđó", nil},
		{"a word over three lines", "inter\u00ad\nna\u00ad\ntional của", "international\ncủa", nil},
		{"nothing follows", "của\u00ad\n", "của", nil},
		{"a paragraph follows", "của\u00ad\n\nĐiều 1", "của\n\nĐiều 1", nil},
		{"decomposed", "Nghi\u0323 quye\u0302\u0301t", "Nghị quyết", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newPage(1, engineText, test.text)
			if p.Text != test.want {
				t.Errorf("got  %q\nwant %q", p.Text, test.want)
			}
			if !slices.Equal(p.Warnings, append([]string{}, test.warnings...)) {
				t.Errorf("warnings %q, want %q", p.Warnings, test.warnings)
			}
		})
	}
}
