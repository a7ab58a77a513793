package facts

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

func TestReadSaysWhatItReplacesAndRepeals(t *testing.T) {
	const head = "Số: 90/2031/NĐ-CP\nHà Nội, ngày 5 tháng 3 năm 2031\nNGHỊ ĐỊNH\nVỀ MỘT VIỆC\nĐiều 1. Phạm vi\n"
	for name, test := range map[string]struct {
		clause string
		want   []storage.Relation
	}{
		"replaces one": {"Quy định này thay thế Quy định số 1-QĐ/TW, ngày 02/01/2030.", []storage.Relation{
			{Kind: storage.Replaces, Target: "1-QĐ/TW", Date: "2030-01-02", Explicit: true}}},
		"ends one": {"2. Nghị định số 12/2030/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.", []storage.Relation{
			{Kind: storage.Replaces, Target: "12/2030/NĐ-CP", Explicit: true}}},
		"ends a list": {"2. Kể từ ngày Nghị định này có hiệu lực thi hành, các Nghị định sau đây hết hiệu lực thi hành:\na) Nghị định số 12/2030/NĐ-CP về việc làm;\n" +
			"b) Nghị định số 13/2030/NĐ-CP; Nghị định số 14/2030/NĐ-CP sửa đổi Nghị định số 15/2029/NĐ-CP.\n3. Nghị định số 16/2030/NĐ-CP được áp dụng.", []storage.Relation{
			{Kind: storage.Replaces, Target: "12/2030/NĐ-CP", Explicit: true}, {Kind: storage.Replaces, Target: "13/2030/NĐ-CP", Explicit: true},
			{Kind: storage.Replaces, Target: "14/2030/NĐ-CP", Explicit: true}}},
		"repeals": {"Nghị định này có hiệu lực từ ngày ký và bãi bỏ các Nghị định: Nghị định số 12/2030/NĐ-CP; Nghị định số 13/2030/NĐ-CP về sửa đổi Nghị định số 11/2029/NĐ-CP.", []storage.Relation{
			{Kind: storage.Repeals, Target: "12/2030/NĐ-CP", Explicit: true}, {Kind: storage.Repeals, Target: "13/2030/NĐ-CP", Explicit: true}}},
		"repeals an article":       {"Nghị định này bãi bỏ Điều 5 của Nghị định số 12/2030/NĐ-CP.", []storage.Relation{}},
		"quotes an amended clause": {"“Nghị định này thay thế Nghị định số 12/2030/NĐ-CP.”", []storage.Relation{}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Read(onePage(head+test.clause)).Relations); diff != "" {
				t.Error(diff)
			}
		})
	}
}
