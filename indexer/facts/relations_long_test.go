package facts

import (
	"slices"
	"strings"
	"testing"

	"vankien/storage"
)

// In a text that is longer than anybody waits for, relations are read from its
// beginning, and the editor is told so.
func TestRelationsOfALongText(t *testing.T) {
	const head = "ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\nSố: 12/QĐ-UBND\nAn Bình, ngày 5 tháng 3 năm 2031\nQUYẾT ĐỊNH\nVề lưu mẫu\nCăn cứ Nghị định số 907/2031/NĐ-CP ngày 28/2/2031 của Chính phủ;\n"
	const tail = "Điều 1. Thực hiện Nghị định số 909/2031/NĐ-CP ngày 1/3/2031 của Chính phủ.\n"
	for name, test := range map[string]struct {
		gap  int
		told bool
	}{
		"short":               {1, false},
		"just short enough":   {maxRelated - len(head) - len(tail), false},
		"cut within the tail": {maxRelated - len(head) - len("Điều 1. Thực hiện Nghị định số 909/2031/NĐ"), true},
		"long":                {maxRelated, true},
	} {
		t.Run(name, func(t *testing.T) {
			blank := strings.Repeat(" ", test.gap-1) + "\n"
			got := Read([]storage.Page{{Number: 1, Text: head}, {Number: 2, Text: blank + tail}})
			var targets []string
			for _, r := range got.Relations {
				targets = append(targets, r.Target)
			}
			if !slices.Contains(targets, "907/2031/NĐ-CP") || slices.Contains(targets, "909/2031/NĐ-CP") == test.told {
				t.Errorf("it relates to %q", targets)
			}
			if told := slices.Contains(got.Issues, issueLong); told != test.told {
				t.Errorf("an editor reads %q", got.Issues)
			}
		})
	}
}

// Words of ending and changing are known however they are written.
func TestRelationsInCapitals(t *testing.T) {
	const head = "ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\nSố: 12/QĐ-UBND\nAn Bình, ngày 5 tháng 3 năm 2031\nQUYẾT ĐỊNH\nVề lưu mẫu\nCăn cứ Luật Lưu trữ;\nQUYẾT ĐỊNH:\n"
	for text, kind := range map[string]storage.RelationKind{
		"Điều 2. Quyết định này THAY THẾ Quyết định số 34/QĐ-UBND ngày 1/2/2030.":                                   storage.Replaces,
		"Điều 2. Quyết định số 34/QĐ-UBND ngày 1/2/2030 HẾT HIỆU LỰC kể từ ngày Quyết định NÀY có hiệu lực.":        storage.Replaces,
		"Điều 2. Kể từ ngày Quyết định này có hiệu lực, BÃI BỎ Quyết định số 34/QĐ-UBND ngày 1/2/2030.":             storage.Repeals,
		"Điều 2. Khoản 1 Điều 3 Quyết định số 34/QĐ-UBND ngày 1/2/2030 ĐƯỢC SỬA ĐỔI, BỔ SUNG NHƯ SAU: “lưu 2 mẫu”.": storage.Amends,
		"Điều 2. Quyết định này HƯỚNG DẪN THI HÀNH Quyết định số 34/QĐ-UBND ngày 1/2/2030.":                         storage.Guides,
	} {
		got := Read(onePage(head + text + "\n")).Relations
		if !slices.ContainsFunc(got, func(r storage.Relation) bool { return r.Kind == kind && r.Target == "34/QĐ-UBND" }) {
			t.Errorf("%s: %+v", text, got)
		}
	}
}
