package bleveindex

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

// What a number means to an audience is chosen among what it may see.
func TestNumbersMeanWhatIsShown(t *testing.T) {
	x := open(t, t.TempDir())
	defer closing(t, x)
	public := rule("913-QĐ/TW", "2012-03-01", "chế độ báo cáo giả định", "Chế độ báo cáo.")
	apply(t, x, indexer.Batch{Put: []indexer.Entry{public, rule("914-QĐ/TW", "2013-03-01", "chế độ họp giả định", "Chế độ họp."), rule("1950-QĐ/TW", "2014-03-01", "chế độ đi lại giả định", "Chế độ đi lại.")}})
	told := func() (all []any) {
		for _, typed := range []string{"913-QĐ/TW", "quy định 913", "913", "Hội nghị Trung ương 5 khóa XI", "9113-QĐ/TW", "1950"} {
			resolved, err := x.LookUp(t.Context(), typed, storage.AudiencePublic)
			result := find(t, x, indexer.Query{Text: typed, Audience: storage.AudiencePublic})
			all = append(all, typed, resolved, fmt.Sprint(err), result.Total, result.Candidates, result.ReadAs, suggested(t, x, typed))
		}
		return all
	}
	without := told()
	for _, issued := range []storage.Date{"2012-05-15", "1950-03-01"} {
		secret := rule("913-QĐ/TW", issued, "chế độ báo cáo giả định khác", "Chế độ báo cáo khác.")
		secret.Document.Audience = storage.AudienceStaff
		apply(t, x, indexer.Batch{Put: []indexer.Entry{secret}})
	}
	if diff := cmp.Diff(without, told()); diff != "" {
		t.Errorf("(-not there, +hidden):\n%s", diff)
	}
	if resolved, err := x.LookUp(t.Context(), "913-QĐ/TW", storage.AudienceStaff); err != nil || len(resolved.Documents) != 3 {
		t.Errorf("the staff is told of %d, %v", len(resolved.Documents), err)
	}
}

func suggested(t *testing.T, x *Index, typed string) []indexer.Suggestion {
	t.Helper()
	found, err := x.Suggest(t.Context(), typed, storage.AudiencePublic, 8)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// A condition names the other document by its number, by the digits of it, and a
// basis by its name.
func TestConditionsOnRelations(t *testing.T) {
	x := open(t, t.TempDir())
	defer closing(t, x)
	old := rule("451-QĐ/TW", "2012-03-01", "chế độ báo cáo giả định", "Chế độ báo cáo.")
	next := rule("980-QĐ/TW", "2021-08-03", "chế độ báo cáo mới giả định", "Thay thế.",
		states(storage.Replaces, "451-QĐ/TW", ""), states(storage.BasedOn, "Điều lệ Đảng Cộng sản Việt Nam", ""), states(storage.BasedOn, "22-NQ/TW", ""), states(storage.BasedOn, "Hiến pháp năm 2013", ""))
	other := rule("981-QĐ/TW", "2021-08-04", "chế độ họp giả định", "Họp.", states(storage.BasedOn, "122-NQ/TW", ""), states(storage.Amends, "Điều lệ Đảng", ""))
	apply(t, x, indexer.Batch{Put: []indexer.Entry{old, next, other}})
	for _, test := range []struct {
		typed string
		want  indexer.Entry
	}{
		{"thay_thế:980-QĐ/TW", old},
		{"thay_thế:980", old},
		{"thay the:980", old},
		{"căn_cứ:22-NQ/TW", next},
		{"căn_cứ:22", next},
		{`căn_cứ:"Nghị quyết 22"`, next},
		{`căn_cứ:"Hiến pháp năm 2013"`, next},
		{`căn_cứ:"Điều lệ Đảng"`, next},
		{`can_cu:"dieu le dang"`, next},
		{`căn cứ:"Điều lệ Đảng" loại:QĐ`, next},
	} {
		hits := find(t, x, indexer.Query{Text: test.typed}).Hits
		if len(hits) != 1 || hits[0].Document.ID != test.want.Document.ID {
			t.Errorf("%s: %d documents", test.typed, len(hits))
		}
	}
	for _, typed := range []string{`căn_cứ:"Điều lệ Đoàn"`, "căn_cứ:0", `căn_cứ:"Chỉ thị 22"`} {
		if hits := find(t, x, indexer.Query{Text: typed}).Hits; len(hits) > 0 {
			t.Errorf("%s: %d documents", typed, len(hits))
		}
	}
}
