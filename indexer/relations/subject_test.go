package relations_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer/relations"
	"vankien/storage"
)

// TestPossible: a newer rule of the same body on the same subject may have
// replaced the older one.
func TestPossible(t *testing.T) {
	const office, title = "Ban Tổ chức Trung ương", "về quản lý và sử dụng mẫu thẻ của đảng viên dự bị"
	old := doc("old", "901-HD/BTCTW", "Hướng dẫn", office, "2018-01-05", title)
	for _, test := range []struct {
		name string
		old  relations.Work
		new  relations.Work
		want []storage.ID
	}{
		{"the same title", old, doc("new", "902-HD/BTCTW", "Hướng dẫn", office, "2025-01-05", title), []storage.ID{"new"}},
		{"in other words of no weight", old, doc("new", "902-HD/BTCTW", "Hướng dẫn", "Ban tổ chức Trung ương", "2025-01-05", "quản lý, sử dụng mẫu thẻ của Đảng viên dự bị"), []storage.ID{"new"}},
		{"renewed once more", doc("old", "901-CT/TW", "Chỉ thị", "Ban Bí thư", "2007-03-30", "nâng cao chất lượng sinh hoạt chi bộ"),
			doc("new", "950-CT/TW", "Chỉ thị", "Ban Bí thư", "2025-07-23", "tiếp tục đổi mới và nâng cao chất lượng sinh hoạt chi bộ trong giai đoạn mới"), []storage.ID{"new"}},
		{"for the next congress", doc("old", "901-CT/TW", "Chỉ thị", "Bộ Chính trị", "2019-05-30", "đại hội đảng bộ các cấp tiến tới Đại hội đại biểu toàn quốc lần thứ XIII của Đảng"),
			doc("new", "902-CT/TW", "Chỉ thị", "Bộ Chính trị", "2024-06-14", "đại hội đảng bộ các cấp tiến tới Đại hội đại biểu toàn quốc lần thứ XIV của Đảng"), nil},
		{"one that was issued before", old, doc("new", "902-HD/BTCTW", "Hướng dẫn", office, "2017-01-05", title), nil},
		{"on the same day", old, doc("new", "902-HD/BTCTW", "Hướng dẫn", office, "2018-01-05", title), nil},
		{"of another body with the symbol", doc("old", "901-QĐ/TW", "Quy định", "Bộ Chính trị", "2018-01-05", title),
			doc("new", "902-QĐ/TW", "Quy định", "Ban Bí thư", "2025-01-05", title), nil},
		{"of another kind", old, doc("new", "902-CT/TW", "Chỉ thị", office, "2025-01-05", title), nil},
		{"on another matter", old, doc("new", "902-HD/BTCTW", "Hướng dẫn", office, "2025-01-05", "về quản lý và sử dụng hồ sơ của đảng viên chính thức"), nil},
		{"for another year", doc("old", "901-HD/BTCTW", "Hướng dẫn", office, "2018-01-05", "thống kê cơ bản về tổ chức đảng năm 2018"),
			doc("new", "902-HD/BTCTW", "Hướng dẫn", office, "2019-01-05", "thống kê cơ bản về tổ chức đảng năm 2019"), nil},
		{"a report", doc("old", "901-BC/BTCTW", "Báo cáo", office, "2018-01-05", title), doc("new", "902-BC/BTCTW", "Báo cáo", office, "2019-01-05", title), nil},
		{"a decision on one person", doc("old", "901-QĐ/TW", "Quyết định", office, "2018-01-05", "về việc điều động và bổ nhiệm cán bộ"),
			doc("new", "902-QĐ/TW", "Quyết định", office, "2019-01-05", "về việc điều động và bổ nhiệm cán bộ"), nil},
		{"what only staff may know of", old, staff(doc("new", "902-HD/BTCTW", "Hướng dẫn", office, "2025-01-05", title)), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := graphOf([]relations.Work{test.new, test.old})
			if diff := cmp.Diff(relations.Standing{Validity: storage.Unverified, Possible: test.want}, g.Standing("old", today)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestManyCasesAreNoRule: what a body decides time and again under one title
// does not replace the time before.
func TestManyCasesAreNoRule(t *testing.T) {
	g := relations.New()
	issue := func(n int) {
		g.Put(doc(fmt.Sprintf("id%02d", n), fmt.Sprintf("%d-QĐ/TU", n), "Quyết định", "Tỉnh ủy Thái Nguyên", fmt.Sprintf("2020-01-%02d", n), "hỗ trợ kinh phí khắc phục bão lụt"))
	}
	for n := 1; n <= 9; n++ {
		issue(n)
	}
	if got := g.Standing("id07", today).Possible; len(got) != 2 {
		t.Errorf("of nine the seventh has the newer ones %v, want two", got)
	}
	g.Changed(today)
	issue(10)
	if got := g.Standing("id07", today).Possible; len(got) != 0 {
		t.Errorf("of ten the seventh has the newer ones %v, want none", got)
	}
	if got := g.Changed(today); len(got) != 10 {
		t.Errorf("the tenth changed %v, want all", got)
	}
}

// TestSaidBeatsPossible: where one says that it replaces a document, no other is suggested.
func TestSaidBeatsPossible(t *testing.T) {
	const title = "quản lý và sử dụng mẫu thẻ của đảng viên dự bị"
	successor := doc("b", "902-QĐ/TW", "Quy định", "Ban Bí thư", "2020-01-05", title)
	successor.Facts.Relations = []storage.Relation{says(storage.Replaces, "901-QĐ/TW")}
	g := graphOf([]relations.Work{
		doc("a", "901-QĐ/TW", "Quy định", "Ban Bí thư", "2012-01-05", title), successor,
		doc("c", "903-QĐ/TW", "Quy định", "Ban Bí thư", "2025-01-05", title),
	})
	want := map[storage.ID]relations.Standing{
		"a": {Validity: storage.Replaced, ReplacedBy: []storage.ID{"b"}, Latest: []storage.ID{"b"}},
		"b": {Validity: storage.Unverified, Possible: []storage.ID{"c"}},
		"c": {Validity: storage.Unverified},
	}
	for id, standing := range want {
		if diff := cmp.Diff(standing, g.Standing(id, today)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", id, diff)
		}
	}
}

// TestTitlesThatDifferInANameAreCases: where a body writes one title about
// hundreds of people, nothing is suggested, in whatever order they came; with
// one fewer it is looked for again.
func TestTitlesThatDifferInANameAreCases(t *testing.T) {
	const titles = 300 // as many as are looked through
	title := func(n int) string {
		return "hỗ trợ kinh phí " + letters(n)
	}
	work := func(n int) relations.Work {
		return doc(fmt.Sprintf("id%03d", n), fmt.Sprintf("%d-QĐ/TU", n), "Quyết định", "Tỉnh ủy Thái Nguyên", "2020-01-05", title(n))
	}
	renewed := doc("renewed", "999-QĐ/TU", "Quyết định", "Tỉnh ủy Thái Nguyên", "2021-01-05", title(5))
	works := []relations.Work{renewed}
	for n := range titles {
		works = append(works, work(n))
	}
	possible := func(g *relations.Graph) int { return len(g.Standing("id005", today).Possible) }

	g := graphOf(works)
	if got := possible(g); got != 1 {
		t.Fatalf("among %d titles: %d newer ones, want one", titles, got)
	}
	g.Changed(today)
	g.Put(work(titles))
	if got := possible(g); got != 0 || !slices.Contains(g.Changed(today), "id005") {
		t.Errorf("one title more: %d newer ones, want none, and to be told", got)
	}
	if got := possible(graphOf(append([]relations.Work{work(titles)}, works...))); got != 0 {
		t.Errorf("in another order: %d newer ones, want none", got)
	}
	g.Delete("id017")
	if got := possible(g); got != 1 || !slices.Contains(g.Changed(today), "id005") {
		t.Errorf("one title fewer: %d newer ones, want one, and to be told", got)
	}
}
