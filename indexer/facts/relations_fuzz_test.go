package facts

import (
	"testing"

	"vankien/storage"
)

// FuzzRelations hands over any bytes as two pages: nothing panics, every
// relation has a target and a known kind, none is told twice, and there is a
// limit to them.
func FuzzRelations(f *testing.F) {
	f.Add("Số: 90/2031/NĐ-CP\nNGHỊ ĐỊNH\nVỀ MỘT VIỆC\nCăn cứ Luật Giá ngày 19 tháng 6 năm 2023;", "Nghị định này thay thế Nghị định số 12/2030/NĐ-CP.\nNơi nhận:\n- Như trên")
	f.Add("LUẬT SỬA ĐỔI LUẬT GIÁ SỐ 16/2023/QH15", "Điều 1. Sửa đổi như sau:\n“Điều 2 \"x\" Nghị định số 1/2030/NĐ-CP”\n2. Bãi bỏ:\na) Thông tư số 2/2030/TT-BTC;")
	f.Add("KẾ HOẠCH\nthực hiện Nghị quyết Trung ương 4 khóa XI\nI- MỤC ĐÍCH\n", "Các quy định trái với Luật này đều bãi bỏ\xff")
	f.Add("Luật ", "Pháp lệnh,số 5")
	f.Fuzz(func(t *testing.T, first, second string) {
		got := Read([]storage.Page{{Number: 1, Text: first}, {Number: 2, Text: second, OCR: true}}).Relations
		if len(got) > maxRelations {
			t.Fatalf("%d relations", len(got))
		}
		seen := map[storage.Relation]bool{}
		for _, r := range got {
			same := storage.Relation{Kind: r.Kind, Target: r.Target, Date: r.Date}
			if r.Target == "" || !knownKind(r.Kind) || seen[same] {
				t.Fatalf("relation %+v of %+v", r, got)
			}
			seen[same] = true
		}
	})
}

func knownKind(kind storage.RelationKind) bool {
	for _, k := range strengths {
		if k == kind {
			return true
		}
	}
	return false
}
