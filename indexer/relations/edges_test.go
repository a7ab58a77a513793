package relations_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer/relations"
	"vankien/storage"
)

// doc is a work with what a resolution reads of it.
func doc(id, number, kind, issuer, issued, title string) relations.Work {
	return relations.Work{ID: storage.ID(id), Facts: storage.Facts{
		Number: storage.Printed(number), Kind: storage.Printed(kind), Issuer: storage.Printed(issuer), Issued: storage.Date(issued), Title: storage.Printed(title),
	}}
}

// library are works of every sort, numbers, days and subjects invented.
var library = []relations.Work{
	doc("qd12", "912-HD/BTCTW", "Hướng dẫn", "Ban Tổ chức Trung ương", "2012-03-01", "mẫu biểu quản lý hồ sơ đảng viên"),
	doc("qd18", "912-HD/BTCTW", "Hướng dẫn", "Ban Tổ chức Trung ương", "2018-05-17", "sinh hoạt chi bộ ở nơi ít người"),
	doc("tn", "905-QĐ/TU", "Quyết định", "Tỉnh ủy Thái Nguyên", "2021-04-01", "quy chế làm việc"),
	doc("bk", "905-QĐ/TU", "Quyết định", "Tỉnh uỷ Bắc Kạn", "2021-06-01", "quy chế làm việc"),
	doc("lc", "906-QĐ/TU", "Quyết định", "Tỉnh ủy Lào Cai", "2021-06-01", "quy chế làm việc"),
	doc("dh", "907/QĐ-UBND", "Quyết định", "Ủy ban nhân dân huyện Định Hóa, tỉnh Thái Nguyên", "2022-02-02", "chợ"),
	doc("pl", "907/QĐ-UBND", "Quyết định", "Ủy ban nhân dân huyện Phú Lương, tỉnh Thái Nguyên", "2022-02-03", "chợ"),
	doc("nd", "930/2020/NĐ-CP", "Nghị định", "Chính phủ", "2020-03-05", "công tác văn thư"),
	doc("law15", "977/2015/QH13", "Luật", "Quốc hội", "2015-06-19", "Tổ chức chính quyền địa phương"),
	doc("law25", "972/2025/QH15", "Luật", "Quốc hội", "2025-06-16", "Tổ chức chính quyền địa phương"),
	doc("change", "947/2019/QH14", "Luật", "Quốc hội", "2019-11-22", "sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương"),
	doc("rules", "", "Điều lệ", "Đại hội đại biểu toàn quốc lần thứ XI của Đảng", "2011-01-19", "Đảng Cộng sản Việt Nam"),
	doc("plenum4", "912-NQ/TW", "Nghị quyết", "Ban Chấp hành Trung ương", "2012-01-16", "một số vấn đề cấp bách về xây dựng Đảng"),
	doc("letter", "996/SYT-NVY", "", "Sở Y tế tỉnh Kiên Giang", "2017-10-20", "tiêm chủng"),
	staff(doc("hidden", "930/2020/NĐ-CP", "Nghị định", "Chính phủ", "2019-03-05", "dự thảo")),
	doc("same1", "940-CT/TW", "Chỉ thị", "Ban Bí thư", "2020-03-05", "thi đua"),
	doc("same2", "940-CT/TW", "Chỉ thị", "Ban Bí thư", "2020-03-05", "thi đua"),
	doc("same0", "940-CT/TW", "Chỉ thị", "Ban Bí thư", "2001-03-05", "phòng lụt"),
}

func TestOut(t *testing.T) {
	party := doc("source", "999-QĐ/TW", "Quy định", "Ban Bí thư", "2026-06-01", "thẻ đảng viên")
	province := doc("source", "999-QĐ/TU", "Quyết định", "Ban Tổ chức Tỉnh ủy Thái Nguyên", "2026-06-01", "thẻ đảng viên")
	county := doc("source", "999/QĐ-UBND", "Quyết định", "Chủ tịch Ủy ban nhân dân huyện Phú Lương, tỉnh Thái Nguyên", "2026-06-01", "chợ")
	about := func(w relations.Work, title string) relations.Work {
		w.Facts.Title = storage.Printed(title)
		return w
	}
	on := func(w relations.Work, day storage.Date) relations.Work {
		w.Facts.Issued = day
		return w
	}
	for _, test := range []struct {
		name    string
		source  relations.Work
		says    storage.Relation
		to      []storage.ID
		decided bool
	}{
		{"a date chooses", party, says(storage.Replaces, "912-HD/BTCTW", "2012-03-01"), []storage.ID{"qd12", "qd18"}, true},
		{"its year is enough, the day may be wrong", party, says(storage.Replaces, "912-HD/BTCTW", "2012-03-10"), []storage.ID{"qd12", "qd18"}, true},
		{"of several without a date none is chosen", party, says(storage.Cites, "912-HD/BTCTW"), []storage.ID{"qd18", "qd12"}, false},
		{"nothing is issued after what names it", on(party, "2013-01-01"), says(storage.Cites, "912-HD/BTCTW"), []storage.ID{"qd12"}, true},
		{"the day itself is early enough", on(party, "2012-03-01"), says(storage.Cites, "912-HD/BTCTW"), []storage.ID{"qd12"}, true},
		{"a successor is on the same matter", about(party, "mẫu biểu quản lý hồ sơ đảng viên"), says(storage.Replaces, "912-HD/BTCTW"), []storage.ID{"qd12", "qd18"}, true},
		{"or on a wider one", about(party, "công tác đảng viên, hồ sơ và mẫu biểu quản lý hồ sơ đảng viên"), says(storage.Amends, "912-HD/BTCTW"), []storage.ID{"qd12", "qd18"}, true},
		{"who cites need not be", about(party, "mẫu biểu quản lý hồ sơ đảng viên"), says(storage.Cites, "912-HD/BTCTW"), []storage.ID{"qd18", "qd12"}, false},
		{"a wrong date never excludes the only one", party, says(storage.BasedOn, "930/2020/NĐ-CP", "2019-03-05"), []storage.ID{"nd", "hidden"}, true},
		{"but a number of another year may be another document", party, says(storage.BasedOn, "905-QĐ/TU", "2010-01-01"), []storage.ID{"bk", "tn"}, false},
		{"a wrong day of the only one", party, says(storage.BasedOn, "906-QĐ/TU", "2021-06-02"), []storage.ID{"lc"}, true},
		{"a wrong year of the only one", party, says(storage.BasedOn, "906-QĐ/TU", "2012-06-01"), []storage.ID{"lc"}, false},
		{"a province means its own", province, says(storage.BasedOn, "905-QĐ/TU"), []storage.ID{"tn"}, true},
		{"another province's is not meant", province, says(storage.BasedOn, "906-QĐ/TU"), nil, false},
		{"unless the date is that one's", province, says(storage.BasedOn, "906-QĐ/TU", "2021-06-01"), []storage.ID{"lc"}, true},
		{"or its name is given", province, says(storage.BasedOn, "905-QĐ/TU của Tỉnh ủy Bắc Kạn"), []storage.ID{"bk", "tn"}, true},
		{"who has no province means none of them", party, says(storage.BasedOn, "905-QĐ/TU"), []storage.ID{"bk", "tn"}, false},
		{"a county means its own", county, says(storage.Replaces, "907/QĐ-UBND"), []storage.ID{"pl"}, true},
		{"a number with its year", province, says(storage.BasedOn, "Nghị định 930/2020/NĐ-CP"), []storage.ID{"nd", "hidden"}, true},
		{"the first part of a letter's symbol", party, says(storage.Cites, "996/SYT"), []storage.ID{"letter"}, true},
		{"a digit off is another document", party, says(storage.Cites, "931/2020/NĐ-CP"), nil, false},
		{"TƯ is not TU", party, says(storage.Cites, "906-QĐ/TƯ"), nil, false},
		{"a law by its name is the newest", party, says(storage.BasedOn, "Luật Tổ chức chính quyền địa phương"), []storage.ID{"law25", "law15"}, true},
		{"before who names it", on(party, "2020-01-01"), says(storage.BasedOn, "Luật tổ chức Chính quyền địa phương"), []storage.ID{"law15"}, true},
		{"or that of its year", party, says(storage.Amends, "Luật Tổ chức chính quyền địa phương năm 2015"), []storage.ID{"law15", "law25"}, true},
		{"or of its day", party, says(storage.Amends, "Luật Tổ chức chính quyền địa phương", "2015-06-19"), []storage.ID{"law15", "law25"}, true},
		{"a law by name and number", party, says(storage.BasedOn, "Luật Tổ chức chính quyền địa phương số 977/2015/QH13"), []storage.ID{"law15"}, true},
		{"the Party's rules", party, says(storage.BasedOn, "Điều lệ Đảng"), []storage.ID{"rules"}, true},
		{"what a plenum passed", party, says(storage.BasedOn, "Nghị quyết Trung ương 4 khóa XI"), []storage.ID{"plenum4"}, true},
		{"other bytes of the one that is meant", party, says(storage.Replaces, "940-CT/TW", "2020-03-05"), []storage.ID{"same1", "same2", "same0"}, true},
		{"nothing", party, says(storage.Cites, ""), nil, false},
		{"the source itself", party, says(storage.Cites, "999-QĐ/TW"), nil, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.source.Facts.Relations = []storage.Relation{test.says}
			g := graphOf(append([]relations.Work{test.source}, library...))
			want := []relations.Edge{{Relation: test.says, From: "source", To: test.to, Decided: test.decided}}
			if diff := cmp.Diff(want, g.Out("source", nil)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestIn(t *testing.T) {
	g := graphOf([]relations.Work{
		paper("a", "901-QĐ/TW", "2012-01-05"),
		paper("b", "902-QĐ/TW", "2018-01-05", says(storage.Cites, "7-QĐ/TW"), says(storage.BasedOn, "901-QĐ/TW"), says(storage.Replaces, "Quy định 901-QĐ/TW", "2012-01-05")),
		paper("c", "903-QĐ/TW", "2019-01-05", says(storage.Cites, "901-QĐ")),
		paper("d", "904-QĐ/TW", "2011-01-05", says(storage.Cites, "901-QĐ/TW")), // older than a
	})
	want := []relations.Edge{
		{Relation: says(storage.Cites, "901-QĐ"), From: "c", To: []storage.ID{"a"}, Decided: true},
		{Relation: says(storage.BasedOn, "901-QĐ/TW"), From: "b", To: []storage.ID{"a"}, Decided: true},
		{Relation: says(storage.Replaces, "Quy định 901-QĐ/TW", "2012-01-05"), From: "b", To: []storage.ID{"a"}, Decided: true},
	}
	if diff := cmp.Diff(want, g.In("a", nil)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := g.In("nobody", nil); got != nil {
		t.Errorf("of what the graph does not hold: %v", got)
	}
}
