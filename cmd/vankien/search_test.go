package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/api"
)

// What a person is asked on the page the command line asks, too.
func TestSearchForPeople(t *testing.T) {
	forests := api.Candidate{Number: "12-NQ/TU", Kind: "Nghị quyết", Issuer: "Tỉnh ủy Lam Sơn", Issued: "2017-11-07", Title: "kinh tế rừng"}
	digital := api.Candidate{Number: "12-NQ/TU", Kind: "Nghị quyết", Issued: "2022-09-05", Title: "chuyển đổi số"}
	for _, test := range []struct {
		name   string
		answer api.SearchAnswer
		want   string
	}{
		{"a number that two share", api.SearchAnswer{Query: api.QueryRead{ReadAs: "nghị quyết số 12"}, Total: 2, Candidates: []api.Candidate{digital, forests}},
			"Đang tìm: nghị quyết số 12.\nTìm thấy 2 văn bản.\n" +
				"Có 2 văn bản đúng với câu tìm. Gõ thêm năm, cơ quan ban hành hoặc vài chữ trong trích yếu để chọn:\n" +
				"   - Nghị quyết · 12-NQ/TU · 05/9/2022 · chuyển đổi số\n   - Nghị quyết · 12-NQ/TU · 07/11/2017 · Tỉnh ủy Lam Sơn · kinh tế rừng\n"},
		{"a number that none has", api.SearchAnswer{Nearest: []api.Candidate{digital}},
			"Không tìm thấy văn bản nào.\nKhông có văn bản mang số này trong kho. Các số gần giống:\n   - Nghị quyết · 12-NQ/TU · 05/9/2022 · chuyển đổi số\n"},
		{"nothing, but others find something", api.SearchAnswer{Advice: []string{"chi bộ", "sinh hoạt"}},
			"Không tìm thấy văn bản nào.\nNhững câu tìm này có kết quả: chi bộ | sinh hoạt\n"},
		{"nothing at all", api.SearchAnswer{}, "Không tìm thấy văn bản nào.\nHãy thử bỏ bớt từ hoặc điều kiện, chỉ giữ vài từ quan trọng nhất.\n"},
	} {
		if diff := cmp.Diff(test.want, plainAnswer(test.answer)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
