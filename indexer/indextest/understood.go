package indextest

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

// relates adds a relation that a document states.
func relates(kind storage.RelationKind, target string) change {
	return func(e *indexer.Entry) {
		e.Document.Facts.Relations = append(e.Document.Facts.Relations, storage.Relation{Kind: kind, Target: target, Explicit: true})
	}
}

// understoodPapers are a small library that queries are read against. Its
// numbers and titles are invented, but for one that a nickname means.
func understoodPapers() []indexer.Entry {
	sections := func(sections ...string) change {
		return func(e *indexer.Entry) {
			for i, section := range sections {
				e.Passages[i].Section = section
			}
		}
	}
	const committee, politburo = "Ban Chấp hành Trung ương", "Bộ Chính trị"
	return []indexer.Entry{
		paper("cam 2011", page1("Quy định về những điều đảng viên không được làm."), numbered("947-QĐ/TW"), titled("Quy định", "những điều đảng viên không được làm"), issued(committee, "2011-11-01"), validity(storage.Replaced)),
		paper("cam 2021", []string{"Quy định về những điều đảng viên không được làm.", "Nói, viết, làm trái cương lĩnh.", "Tổ chức, tham gia đánh bạc."},
			numbered("937-QĐ/TW"), titled("Quy định", "những điều đảng viên không được làm"), issued(committee, "2021-10-25"), sections("", "Điều 1", "Điều 3"), relates(storage.Replaces, "947-QĐ/TW")),
		paper("huong dan", page1("Hướng dẫn thực hiện Quy định 937-QĐ/TW về những điều đảng viên không được làm."), numbered("902-HD/UBKTTW"),
			titled("Hướng dẫn", "thực hiện quy định những điều đảng viên không được làm"), issued("Ủy ban Kiểm tra Trung ương", "2021-11-29"), relates(storage.Guides, "937-QĐ/TW"), relates(storage.BasedOn, "937-QĐ/TW")),
		paper("tu tuong", page1("Bảo vệ nền tảng tư tưởng của Đảng, phòng chống “tự diễn biến”."), numbered("35-NQ/TW"), titled("Nghị quyết", "bảo vệ nền tảng tư tưởng của Đảng"), issued(politburo, "2018-10-22")),
		paper("chinh don", page1("Ngăn chặn, đẩy lùi những biểu hiện “tự diễn biến”, “tự chuyển hoá” trong nội bộ."), numbered("904-NQ/TW"), titled("Nghị quyết", "tăng cường chỉnh đốn Đảng"), issued(committee, "2016-10-30")),
		paper("chi bo", page1("Nâng cao chất lượng sinh hoạt chi bộ ở thôn, bản."), numbered("950-CT/TU"), titled("Chỉ thị", "nâng cao chất lượng sinh hoạt chi bộ"), issued("Tỉnh ủy", "2023-03-03")),
		paper("ket luan", page1("Gửi về HĐKL trước ngày họp.")),
		paper("mat tran", page1("Phối hợp giữa Ủy ban nhân dân và Mặt trận Tổ quốc."), numbered("15/KH-UBND"), titled("Kế hoạch", "phối hợp với Mặt trận Tổ quốc"), issued("Ủy ban nhân dân tỉnh", "2020-05-05")),
	}
}

// What is typed is understood: conditions exclude, hints and dates choose,
// names and nicknames lead to their documents.
func testUnderstood(t *testing.T, open func(*testing.T) indexer.Index) {
	s := newShelf(t, open, append(understoodPapers(),
		paper("dan chieu", page1("Làm theo kế hoạch số 15 /KH - UBND nói trên.")), paper("dua vao", page1("Căn cứ Kế hoạch số 15/KH-UBND, ngày 05/5/2020."), relates(storage.BasedOn, "15/KH-UBND")))...)
	for _, test := range []struct {
		typed string
		want  []storage.ID // all that is found
	}{
		{"loại:NQ", []storage.ID{"tu tuong", "chinh don"}},
		{"loai:nq tự diễn biến", []storage.ID{"tu tuong", "chinh don"}},
		{"năm:2018..2020", []storage.ID{"tu tuong", "mat tran"}},
		{"tháng:11/2011,11/2021", []storage.ID{"cam 2011", "huong dan"}},
		{"năm:2018..2019,2011", []storage.ID{"cam 2011", "tu tuong"}},
		{"khóa:XIII đảng viên", []storage.ID{"cam 2021", "huong dan"}},
		{"co_quan:BCT", []storage.ID{"tu tuong"}},
		{`cơ quan:"Tỉnh ủy" chi bộ`, []storage.ID{"chi bo"}},
		{"hiệu_lực:hết", []storage.ID{"cam 2011"}},
		{"số:904", []storage.ID{"chinh don"}},
		{"trích_yếu:\"chi bộ\"", []storage.ID{"chi bo"}},
		{"trích:937-QĐ/TW", []storage.ID{"huong dan"}},
		{"căn_cứ:937-QĐ/TW", []storage.ID{"huong dan"}},
		{"trích:15/KH-UBND", []storage.ID{"dan chieu", "dua vao"}}, // the text says so
		{"căn_cứ:15/KH-UBND", []storage.ID{"dua vao"}},
		{"trích:5/KH-UBND", nil},
		{"thay_thế:937-QĐ/TW", []storage.ID{"cam 2011"}},
		{"đảng viên không được làm -\"hướng dẫn\"", []storage.ID{"cam 2021", "cam 2011"}},
		{"đảng viên không được làm NOT loại:HD", []storage.ID{"cam 2021", "cam 2011"}},
		{`"tự diễn biến" "tự chuyển hóa"`, []storage.ID{"chinh don"}},
		{`"tự chuyển hóa" OR "đánh bạc"`, []storage.ID{"chinh don", "cam 2021"}},
		{`chỉ thị 950 "chất lượng họp chi bộ"`, []storage.ID{"chi bo"}}, // pasted: the words count where no passage has the phrase
		{"loại:xyz chi bộ", []storage.ID{"chi bo"}},                     // no such kind: words
		{"MTTQ", []storage.ID{"mat tran"}},
		{"mttq tinh", []storage.ID{"mat tran"}},
		{"sinh hoatj chi booj", []storage.ID{"chi bo"}},
		{"trích yếu:đảng không được", []storage.ID{"cam 2021", "cam 2011", "huong dan"}},
		{"bảo vệ nền tảng NOT tượng", []storage.ID{"tu tuong"}}, // another word, though without accents they are one
		{"HĐKL", []storage.ID{"ket luan"}},                      // written so
	} {
		s.finds(text(test.typed), test.want...)
	}
	for typed, first := range map[string]storage.ID{
		"những điều đảng viên không được làm": "cam 2021", // in force before ended
		"quy dinh 2011 dieu khong duoc lam":   "cam 2011", // the year is asked for
		"ban chi dao 35":                      "tu tuong",
		"Nghị quyết Trung ương 4 khóa XII":    "chinh don",
		"điều 3 quy định 937":                 "cam 2021",
		"937qd/tw":                            "cam 2021",
		"quy định trước 2015":                 "cam 2011", // hints are not asked of the text
		"quy dinh truoc 2015":                 "cam 2011",
		"nghị quyết khóa XII":                 "tu tuong",
		"chỉ thị của tỉnh ủy năm 2023":        "chi bo",
		"văn bản của ủy ban nhân dân":         "mat tran",
		"văn bản mới nhất":                    "chi bo",
		"nghị quyết mới nhất":                 "tu tuong",
	} {
		if result := s.search(text(typed)); len(result.Hits) == 0 || result.Hits[0].Document.ID != first {
			t.Errorf("“%s” finds %v, want %s first", typed, ids(result), first)
		}
	}
	if hit := s.search(text("điều 3 quy định 937")).Hits[0]; len(hit.Passages) == 0 || hit.Passages[0].Section != "Điều 3" {
		t.Errorf("Điều 3 is not what is shown first: %+v", hit.Passages)
	}
}

// testSecrets holds that what somebody may not see has no say in what they find.
func testSecrets(t *testing.T, open func(*testing.T) indexer.Index) {
	hidden := paper("kin", page1("Thay thế văn bản cũ, theo lời ông Xương Giang."), numbered("977-QĐ/TU"), audience(storage.AudienceStaff))
	hidden.Document.Facts.Relations = []storage.Relation{{Kind: storage.Replaces, Target: "947-QĐ/TW", Explicit: true}}
	s := newShelf(t, open, append(understoodPapers(), hidden)...)
	for _, typed := range []string{"thay_thế:977-QĐ/TU", "số:977", "trích:977-QĐ/TU"} {
		if got := s.search(text(typed)); got.Total > 0 || len(got.Candidates)+len(got.Nearest)+len(got.Advice) > 0 {
			t.Errorf("“%s” finds %v", typed, ids(got))
		}
	}
	if got := s.search(indexer.Query{Text: "thay_thế:977-QĐ/TU", Audience: storage.AudienceStaff}); got.Total != 1 {
		t.Errorf("staff find %v", ids(got))
	}
	// Words of a document that is narrowed are forgotten at once.
	var open30 []indexer.Entry
	for i := range 30 {
		open30 = append(open30, paper(storage.ID("tho "+strconv.Itoa(i)), page1("Thơ Nguyễn Khuyến lần "+strconv.Itoa(i)+".")))
	}
	s.put(open30...)
	if got := s.search(text("nguyễn khuyển")).Corrections; len(got) == 0 {
		t.Error("no correction of “nguyễn khuyển” while it is public")
	}
	for i := range open30 {
		open30[i].Document.Audience = storage.AudienceStaff
		open30[i].Document.Revision = 2
	}
	s.put(open30...)
	if got := s.search(text("nguyễn khuyển")).Corrections; len(got) > 0 {
		t.Errorf("a narrowed document's words are proposed: %q", got)
	}
}

// What finds nothing, or was hardly meant so, leads on.
func testAdvice(t *testing.T, open func(*testing.T) indexer.Index) {
	s := newShelf(t, open, append(understoodPapers(), paper("kin", page1("bí danh Xương Giang"), audience(storage.AudienceStaff), numbered("949-QĐ/TW")))...)
	for i := range 30 {
		s.put(paper(storage.ID("thang "+strconv.Itoa(i)), page1("Sinh hoạt chi bộ tháng "+strconv.Itoa(i)+" theo hướng dẫn.")))
	}
	if got := s.search(text("sinh hoạt chi bọ NOT tháng")).Corrections; len(got) > 0 && got[0] != "sinh hoạt chi bộ NOT tháng" {
		t.Errorf("a correction loses the exclusion: %q", got)
	}
	if got := s.search(text("937-QĐ/TW NOT \"đánh bạc\"")); len(got.Nearest) > 0 || strings.Contains(got.ReadAs, "không có trong kho") {
		t.Errorf("a document that an exclusion hides is called missing: %q", got.ReadAs)
	}
	if got := s.search(text("sinh hoạt chi bọ")).Corrections; len(got) == 0 || got[0] != "sinh hoạt chi bộ" {
		t.Errorf("“sinh hoạt chi bọ” is corrected to %q", got)
	}
	nothing := s.search(text(`"chất lượng đảng viên chi bộ"`))
	if nothing.Total != 0 || len(nothing.Advice) == 0 {
		t.Errorf("a phrase that stands nowhere finds %d, advice %q", nothing.Total, nothing.Advice)
	}
	for _, other := range nothing.Advice {
		if s.search(text(other)).Total == 0 {
			t.Errorf("the advice %q finds nothing either", other)
		}
	}
	var near []storage.ID
	for _, c := range s.search(text("948-QĐ/TW")).Nearest {
		near = append(near, c.Document.ID)
	}
	if diff := cmp.Diff([]storage.ID{"cam 2011", "cam 2021"}, near); diff != "" { // 949 is nobody's business
		t.Errorf("near 948-QĐ/TW (-want +got):\n%s", diff)
	}
}
