package suggest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"vankien/analyzers"
	"vankien/indexer/suggest"
)

// titles in the order of their rank.
var titles = []string{
	0: "Quy định 294-QĐ/TW thi hành Điều lệ Đảng 2025",
	1: "Hướng dẫn 12-HD/BTCTW nghiệp vụ công tác đảng viên 2018",
	2: "Nghị quyết 21-NQ/TW tăng cường củng cố, xây dựng tổ chức cơ sở đảng 2022",
	3: "Quy định 22-QĐ/TW công tác kiểm tra, giám sát và kỷ luật của Đảng 2021",
	4: "Nghị quyết 21-NQ/TW công tác dân số trong tình hình mới 2017",
	5: "Chỉ thị 34-CT/TW nhà ở xã hội; dạng hợp đồng 2024",
	6: "Quyết định 99-QĐ/TU thăng quân hàm, đặng bạn hữu",
}

func everyone(int) bool { return true }

func newTitles() *suggest.Suggester {
	var items []suggest.Item
	for _, title := range titles {
		items = append(items, suggest.Item{Text: title})
	}
	return suggest.New(items)
}

func TestSuggest(t *testing.T) {
	s := newTitles()
	for _, test := range []struct {
		name, typed string
		want        []int
	}{
		{"from the first letter", "c", []int{1, 2, 3, 4, 5}},
		{"the beginning of a title", "nghị quyết 21", []int{2, 4}},
		{"words in any order", "số dân công", []int{4}},
		{"no accents", "cong tac dan so", []int{4}},
		{"half accents", "kiem tra giám", []int{3}},
		{"upper case", "KIỂM TRA", []int{3}},
		{"decomposed", norm.NFD.String("kiểm tra"), []int{3}},
		{"the old tone place", "cuûng", nil},
		{"the last word is begun", "điều l", []int{0}},
		{"other words are begun too", "t ki", []int{3}},
		{"a number", "21", []int{2, 4}},
		{"a number begun", "29", []int{0}},
		{"a number as printed", "22-QĐ/TW", []int{3}},
		{"a number and a year", "21-NQ/TW 2017", []int{4}},
		{"a year", "2024", []int{5}},
		{"the same word twice", "công công", []int{1, 3, 4}},
		{"exact accents before others", "đảng", []int{0, 1, 2, 3, 5, 6}},
		{"exact accents before others, whatever the rank", "đặng", []int{6, 0, 1, 2, 3, 5}},
		{"đ is not d", "dạng", []int{5, 0, 1, 2, 3, 6}},
		{"every word must be there", "đảng viên 2022", nil},
		{"not inside a word", "iểm", nil},
		{"nothing", "", nil},
		{"only signs", "-/…“”", nil},
		{"unknown", "xyz", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, s.Suggest(test.typed, 10, everyone)); diff != "" {
				t.Errorf("“%s” (-want +got):\n%s", test.typed, diff)
			}
		})
	}
}

func TestOnlyTheAllowed(t *testing.T) {
	s := newTitles()
	got := s.Suggest("quy định", 2, func(item int) bool { return item != 0 })
	if diff := cmp.Diff([]int{3, 6}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := s.Suggest("quy định", 2, func(int) bool { return false }); len(got) > 0 {
		t.Errorf("nobody may see %v", got)
	}
}

func TestSizes(t *testing.T) {
	s := newTitles()
	for size, want := range map[int]int{-1: 0, 0: 0, 1: 1, 3: 3, 5: 5, 1000: 5} {
		if got := s.Suggest("c", size, everyone); len(got) != want {
			t.Errorf("size %d: %v", size, got)
		}
	}
}

// Rare and common words are looked up by different ways; a brute-force search
// gives the same.
func TestManyItems(t *testing.T) {
	var items []suggest.Item
	for i := range 2000 {
		items = append(items, suggest.Item{Text: fmt.Sprintf("Nghị quyết %d-NQ/TU về việc thứ %d ở xã %c", i%90, i, 'a'+rune(i%20))})
	}
	s := suggest.New(items)
	for _, typed := range []string{"n", "nghị 7", "thứ 19", "xã b 12", "1 2 3", "việc 1999", "r", "89 nq"} {
		var want []int
		for i, item := range items {
			if begins(item.Text, typed) {
				want = append(want, i)
			}
		}
		for _, size := range []int{1, 8, 5000} {
			if diff := cmp.Diff(want[:min(size, len(want))], s.Suggest(typed, size, everyone)); diff != "" {
				t.Errorf("“%s”, %d (-want +got):\n%s", typed, size, diff)
			}
		}
	}
}

// begins tells whether each typed word begins a word of the text.
func begins(text, typed string) bool {
	words := analyzers.Tokenize(text)
	for _, token := range analyzers.Tokenize(typed) {
		if !slices.ContainsFunc(words, func(word analyzers.Token) bool {
			return strings.HasPrefix(analyzers.Fold(word.Term), analyzers.Fold(token.Term))
		}) {
			return false
		}
	}
	return true
}

func TestNoItems(t *testing.T) {
	for _, s := range []*suggest.Suggester{suggest.New(nil), suggest.New([]suggest.Item{{}, {Text: "…"}})} {
		if got := s.Suggest("đảng", 8, everyone); len(got) > 0 {
			t.Errorf("of nothing: %v", got)
		}
	}
}

func FuzzSuggest(f *testing.F) {
	for _, typed := range []string{"đảng viên", "21-nq/tw", "\xff\x00", strings.Repeat("a ", 100), "t.ư", "a\u0301", "đ", "\u202e"} {
		f.Add(typed, "Nghị quyết 21-NQ/TW", 3)
		f.Add(typed, typed, 0)
	}
	f.Fuzz(func(t *testing.T, typed, title string, size int) {
		s := suggest.New([]suggest.Item{{Text: "Quy định đảng viên"}, {Text: title}, {Text: title}})
		got := s.Suggest(typed, size, func(item int) bool { return item != 2 })
		if len(got) > max(size, 0) || len(got) > 2 || slices.Contains(got, 2) {
			t.Fatalf("%q of size %d: %v", typed, size, got)
		}
		words := analyzers.Tokenize(title)
		if size > 1 && utf8.ValidString(title) && len(words) > 0 {
			if got := s.Suggest(title, size, everyone); !slices.Contains(got, 1) && begins(title, title) {
				t.Fatalf("%q does not suggest itself: %v", title, got)
			}
		}
	})
}
