package indexer

import (
	"strings"
	"testing"

	"vankien/storage"
)

func TestWordsThatALineEndCuts(t *testing.T) {
	for _, test := range []struct {
		name  string
		pages []storage.Page
		want  string // lines apart by "|"
	}{
		{"a syllable", paper("nhiệm vụ phát tri-\nển kinh tế"), "nhiệm vụ phát triển|kinh tế"},
		{"a syllable with a comma behind it", paper("phát tri-\nển, xây dựng"), "phát triển,|xây dựng"},
		{"in capitals", paper("PHÁT TRI-\nỂN KINH TẾ"), "PHÁT TRIỂN|KINH TẾ"},
		{"nothing else on the line", paper("phát tri-\nển\nkinh tế"), "phát triển|kinh tế"},
		{"over a page", paper("phát tri-", "ển kinh tế"), "phát triển|kinh tế"},
		{"over a page that has a number", paper("phát tri-\n- 1 -", "2\n\nển kinh tế"), "phát triển|kinh tế"},
		{"a soft hyphen", paper("phát tri\u00ad\nển của Rout\u00ad\ning"), "phát triển|của Routing"},
		{"a name of Party papers", paper("chủ nghĩa Mác - Lê-\nnin, tư tưởng"), "chủ nghĩa Mác - Lênin,|tư tưởng"},
		{"a name that the paper writes with a hyphen", paper("Lê-nin toàn tập; chủ nghĩa Lê-\nnin"), "Lê-nin toàn tập; chủ nghĩa Lê-|nin"},
		{"a foreign word that stands elsewhere", paper("mô hình Rout-\ning\nlà Routing"), "mô hình Routing|là Routing"},
		{"a foreign word that does not", paper("mô hình self-\nservice mới"), "mô hình self-|service mới"},
		{"a compound of two syllables", paper("các nước Âu-\nÁ và kinh-\ntế"), "các nước Âu-|Á và kinh-|tế"},
		{"a name of many syllables", paper("nước Ma-lai-xi-\na và Mi-\nan-ma"), "nước Ma-lai-xi-|a và Mi-|an-ma"},
		{"numbers of papers", paper("Quyết định số 07-\nQĐ/TU, 12-NQ-\nTU, 31-CT-\nUBND"), "Quyết định số 07-|QĐ/TU, 12-NQ-|TU, 31-CT-|UBND"},
		{"years", paper("giai đoạn 2020-\n2025"), "giai đoạn 2020-|2025"},
		{"a dash", paper("phát tri -\nển"), "phát tri -|ển"},
		{"a paragraph ends", paper("phát tri-\n\nển"), "phát tri-|ển"},
		{"one after the other", paper("phát tri-\nển kinh t-\nế"), "phát triển|kinh tế"},
	} {
		var got []string
		lines := textLines(test.pages)
		for _, line := range lines {
			got = append(got, line.text)
		}
		if joined := strings.Join(got, "|"); joined != test.want {
			t.Errorf("%s: %s, want %s", test.name, joined, test.want)
		}
		if err := checkLines(test.pages, lines); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}
