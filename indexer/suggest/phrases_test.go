package suggest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer/suggest"
)

// shelf has titles with phrases in common; the last three are not public.
func shelf() (s *suggest.Suggester, public func(int) bool) {
	var items []suggest.Item
	for _, title := range []string{
		"Công tác kiểm tra, giám sát và kỷ luật của Đảng",
		"về công tác kiểm tra, giám sát trong tình hình mới",
		"KIỂM TRA, GIÁM SÁT",
		"kiểm tra; giám định tư pháp",
		"kiểm tra. Giám định tư pháp",
		"Phát triển đảng viên trong học sinh",
		"phát triển đảng viên ở doanh nghiệp",
		"phát triển đang viên, chữ sai của một bản chép",
		"Ngày 3 tháng 2 và ngày 3 tháng 2",
		"luân chuyển cán bộ",
		"luân chuyển cán bộ chủ chốt",
		"luân chuyển cán bộ ở tỉnh",
	} {
		items = append(items, suggest.Item{Text: title, Number: "12-KH/TU", More: "Kế hoạch 2024"})
	}
	return suggest.New(items), func(item int) bool { return item < len(items)-3 }
}

func TestPhrases(t *testing.T) {
	s, public := shelf()
	for _, test := range []struct {
		name, typed string
		want        []string
	}{
		{"without accents, the last word begun", "kiem tra g", []string{"kiểm tra, giám sát"}},
		{"with accents", "kiểm tra, gi", []string{"kiểm tra, giám sát"}},
		{"from the first letter", "p", []string{"phát triển đảng viên"}},
		{"the commonest spelling, though another was typed", "phát triển đang v", []string{"phát triển đảng viên"}},
		{"accents for what is whole already", "phat trien dang vien", []string{"phát triển đảng viên"}},
		{"nothing for what is whole and right", "phát triển đảng viên", nil},
		{"begun by the last words, what stands before is kept", "kế hoạch 2024 kiem", nil},
		{"behind other words of the same documents", "Kế hoạch phát t", []string{"Kế hoạch phát triển đảng viên"}},
		{"not behind words of other documents", "doanh kiểm t", nil},
		{"Telex", "kieemr t", []string{"kiểm tra", "kiểm tra, giám sát"}},
		{"not over the end of a clause", "giám đ", []string{"giám định tư pháp"}},
		{"nor with numbers", "ngày", nil},
		{"of documents that the reader may see", "luân", nil},
		{"nothing", "", nil},
		{"unknown", "xyz", nil},
		{"a number", "12", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, phrase := range s.Phrases(test.typed, 3, public) {
				got = append(got, phrase.Text)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("“%s” (-want +got):\n%s", test.typed, diff)
			}
		})
	}
	if got := s.Phrases("luân", 3, everyone); len(got) != 1 || got[0].Text != "luân chuyển cán bộ" {
		t.Errorf("who may see all gets %v", got)
	}
}

// A phrase that only one visible document has would tell what the others say.
// What is glued to a word is of one document, which not everybody may see.
func TestPhrasesSayNothingOfOneTitle(t *testing.T) {
	s := suggest.New([]suggest.Item{{Text: "công tác dân vận kyhieu01"}, {Text: "công tác dân vận kyhieu02"}, {Text: "công tác dân vận kyhieu09"}})
	for _, phrase := range s.Phrases("công tác", 3, func(item int) bool { return item < 2 }) {
		if strings.Contains(phrase.Text, "0") {
			t.Errorf("%q is suggested", phrase.Text)
		}
	}
}

func TestPhrasesNeedTwoVisibleDocuments(t *testing.T) {
	var items []suggest.Item
	for i := range 500 {
		items = append(items, suggest.Item{Text: fmt.Sprintf("luân chuyển cán bộ số %d", i)})
	}
	s := suggest.New(items)
	for _, visible := range [][]int{nil, {0}, {499}, {250}} {
		if got := s.Phrases("luân", 3, func(item int) bool { return slices.Contains(visible, item) }); len(got) > 0 {
			t.Errorf("visible %v: %v", visible, got)
		}
	}
}
