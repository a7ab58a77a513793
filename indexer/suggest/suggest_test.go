package suggest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"vankien/indexer/suggest"
)

// titles in the order of their rank.
var titles = []suggest.Item{
	0:  {Number: "294-QĐ/TW", Text: "thi hành Điều lệ Đảng", More: "Quy định 2025"},
	1:  {Number: "12-HD/BTCTW", Text: "nghiệp vụ công tác đảng viên", More: "Hướng dẫn 2018"},
	2:  {Number: "21-NQ/TW", Text: "tăng cường củng cố, xây dựng tổ chức cơ sở đảng", More: "Nghị quyết 2022"},
	3:  {Number: "22-QĐ/TW", Text: "công tác kiểm tra, giám sát và kỷ luật của Đảng", More: "Quy định 2021"},
	4:  {Number: "21-NQ/TW", Text: "công tác dân số trong tình hình mới", More: "Nghị quyết 2017"},
	5:  {Number: "34-CT/TW", Text: "nhà ở xã hội; dạng hợp đồng", More: "Chỉ thị 2024"},
	6:  {Number: "99-QĐ/TU", Text: "thăng quân hàm, đặng bạn hữu", More: "Quyết định 2021"},
	7:  {Number: "30/2020/NĐ-CP", Text: "công tác văn thư", More: "Nghị định 2020"},
	8:  {Number: "06-QĐi/TW", Text: "21 điều cần biết", More: "Quy định 2018"},
	9:  {Number: "2096/SYT-NVY", Text: "kiện toàn ban bảo vệ sức khỏe", More: "Công văn 2019"},
	10: {Number: "217-KL/TW", Text: "bang giao với nước ngoài", More: "Kết luận 2023"},
}

func everyone(int) bool { return true }

func items(documents []suggest.Document) []int {
	var items []int
	for _, document := range documents {
		items = append(items, document.Item)
	}
	return items
}

func TestDocuments(t *testing.T) {
	s := suggest.New(titles)
	for _, test := range []struct {
		name, typed string
		want        []int
	}{
		{"from the first letter", "g", []int{3, 10}},
		{"words in any order", "số dân công", []int{4}},
		{"no accents", "cong tac dan so", []int{4}},
		{"half accents", "kiem tra giám", []int{3}},
		{"upper case", "KIỂM TRA", []int{3}},
		{"decomposed", norm.NFD.String("kiểm tra"), []int{3}},
		{"the last word is begun", "điều l", []int{0}},
		{"other words are begun too", "t ki", []int{3, 9}},
		{"whole words before begun ones, whatever the rank", "ban", []int{6, 9, 10}},
		{"accents as typed first, whatever the rank", "đặng", []int{6, 0, 1, 2, 3, 5}},
		{"accents as typed and whole before whole", "bạn", []int{6, 9, 10}},
		{"đ is not d", "dạng", []int{5, 0, 1, 2, 3, 6}},
		{"without accents none come first", "dang", []int{0, 1, 2, 3, 5, 6}},
		{"Telex", "ddangr v", []int{1, 3}},
		{"Telex in the middle of a word", "quyeet", []int{6, 2, 4}},
		{"Telex, a vowel begun", "nghiee", []int{1}},
		{"VNI", "kie6m3 tra", []int{3}},

		{"a title that begins so before one that holds it", "cong tac", []int{3, 4, 7, 1}},
		{"a kind that begins so before a title that holds it", "quy d", []int{0, 3, 8, 6, 2, 4}},
		{"the kind, then the title", "quy dinh cong tac", []int{3}},
		{"the symbol of its own number", "qd", []int{0, 3, 6, 8}},

		{"a number", "21", []int{2, 4, 10, 8}},
		{"a number begun", "2", []int{0, 2, 3, 4, 9, 10, 8, 1, 5, 6, 7}},
		{"a number as printed", "22-QĐ/TW", []int{3}},
		{"without accents", "22-qd/tw", []int{3}},
		{"glued", "21nq", []int{2, 4}},
		{"all of it glued", "21NQTW", []int{2, 4}},
		{"kind first", "nq21", []int{2, 4}},
		{"spaces for signs", "nq 21 tw", []int{2, 4}},
		{"TƯ is TW", "21-NQ/TƯ", []int{2, 4}},
		{"TU is not TW", "21-NQ/TU", nil},
		{"a number and a kind", "nghị quyết 21", []int{2, 4}},
		{"a number and a year", "21-NQ/TW 2017", []int{4}},
		{"a number of the State", "30/2020/nđ-cp", []int{7}},
		{"a number of a letter", "2096/SYT", []int{9}},
		{"leading zeros typed", "06-qd", []int{8}},
		{"leading zeros left out", "6-qđ", []int{8}},
		{"leading zeros where none are printed", "021-nq", []int{2, 4}},
		{"a zero begins nothing else", "02", nil},
		{"a digit off is another document", "23-QĐ/TW", nil},
		{"a year", "2024", []int{5}},

		{"the same word twice", "công công", []int{1, 3, 4, 7, 9}},
		{"every word must be there", "đảng viên 2022", nil},
		{"not inside a word", "iểm", nil},
		{"nothing", "", nil},
		{"only signs", "-/…“”", nil},
		{"unknown", "xyz", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, items(s.Documents(test.typed, 20, everyone))); diff != "" {
				t.Errorf("“%s” (-want +got):\n%s", test.typed, diff)
			}
		})
	}
}

func TestOnlyTheAllowed(t *testing.T) {
	s := suggest.New(titles)
	got := items(s.Documents("quy định", 2, func(item int) bool { return item != 0 }))
	if diff := cmp.Diff([]int{3, 8}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := s.Documents("quy định", 2, func(int) bool { return false }); len(got) > 0 {
		t.Errorf("nobody may see %v", got)
	}
}

func TestSizes(t *testing.T) {
	s := suggest.New(titles)
	for size, want := range map[int]int{-1: 0, 0: 0, 1: 1, 3: 3, 1 << 40: 5} {
		if got := s.Documents("công", size, everyone); len(got) != want {
			t.Errorf("size %d: %v", size, got)
		}
		if got := s.Phrases("công", size, everyone); len(got) > max(0, size) {
			t.Errorf("size %d: %v", size, got)
		}
	}
}

func TestNoItems(t *testing.T) {
	for _, s := range []*suggest.Suggester{suggest.New(nil), suggest.New([]suggest.Item{{}, {Text: "…", Number: "/"}})} {
		if got := s.Documents("đảng", 8, everyone); len(got) > 0 {
			t.Errorf("of nothing: %v", got)
		}
		if got := s.Phrases("đảng", 8, everyone); len(got) > 0 {
			t.Errorf("of nothing: %v", got)
		}
	}
}

// Scores of two suggesters compare, so that a small one of what changed lately
// can stand beside a large one.
func TestScoresCompareBetweenSuggesters(t *testing.T) {
	all, one := suggest.New(titles), suggest.New(titles[2:3])
	for _, typed := range []string{"21", "đảng", "tổ chức co so", "2", "nghị quyết 21"} {
		want := -1
		for _, document := range all.Documents(typed, 20, everyone) {
			if document.Item == 2 {
				want = document.Score
			}
		}
		if got := one.Documents(typed, 1, everyone); len(got) != 1 || got[0].Score != want {
			t.Errorf("“%s”: %v among one, %d among all", typed, got, want)
		}
	}
}
