package bleveindex

import (
	"errors"
	"strings"
	"testing"

	"vankien/indexer"
	"vankien/storage"
)

// provincial is a small library of a province.
func provincial(t *testing.T) *Index {
	t.Helper()
	x := open(t, t.TempDir())
	t.Cleanup(func() { closing(t, x) })
	var batch indexer.Batch
	add := func(id, kind, number, issuer, issued, title, text string) {
		doc := storage.Document{
			ID: storage.ID(id), Revision: 1, State: storage.StatePublished, Audience: storage.AudiencePublic,
			Reading: storage.Reading{Status: storage.ReadingReady}, Validity: storage.Unverified,
			Facts: storage.Facts{
				Kind: storage.Printed(kind), Number: storage.Printed(number), Issuer: storage.Printed(issuer),
				Issued: storage.Date(issued), Title: storage.Printed(title),
			},
		}
		var pages []storage.Page
		for i, page := range strings.Split(text, "\f") {
			pages = append(pages, storage.Page{Number: i + 1, Text: page})
		}
		batch.Put = append(batch.Put, indexer.Entry{Document: doc, Passages: indexer.SplitPassages(doc, pages)})
	}
	long := strings.Repeat("Cấp ủy, chi bộ quán triệt, tổ chức thực hiện nghiêm túc nhiệm vụ được giao theo kế hoạch. ", 8)
	add("qd17", "Quy định", "17-QĐ/TU", "Tỉnh ủy", "2026-03-12", "về quản lý đảng viên",
		"Điều 1. Phạm vi\n"+long+"\nĐiều 2. Giải thích\n"+long+"\fĐiều 3. Nguyên tắc\n"+long)
	add("nq12 2017", "Nghị quyết", "12-NQ/TU", "Tỉnh ủy", "2017-11-07", "về phát triển kinh tế rừng", "Kinh tế rừng của tỉnh. "+long)
	add("nq12 2022", "Nghị quyết", "12-NQ/TU", "Tỉnh ủy", "2022-05-20", "về chuyển đổi số", "Chuyển đổi số của tỉnh. "+long)
	add("nq05", "Nghị quyết", "05-NQ/TU", "Tỉnh ủy", "2026-09-04", "về tổ chức cơ sở đảng",
		"I- TÌNH HÌNH\n"+long+"\nII- MỤC TIÊU\n1. Mục tiêu chung\n"+long+"\fIII- NHIỆM VỤ\n1. Nhận thức\n"+long+"\n2. Mô hình\n"+long+long+"\n\f3. Chất lượng\n"+long+long)
	add("ct08", "Chỉ thị", "08-CT/TU", "Tỉnh ủy", "2026-02-10", "về sinh hoạt chi bộ",
		"Ban Thường vụ yêu cầu:\n1- Giữ nghiêm chế độ\n"+long+"\n2- Chuẩn bị\n"+long+"\f3- Nội dung\n"+long+"\n4- Tự phê bình\n"+long+"\f5- Kiểm tra\n"+long)
	add("hd09", "Hướng dẫn", "09-HD/BTCTU", "Ban Tổ chức Tỉnh ủy", "2026-04-02", "về kết nạp đảng viên",
		"I- QUY TRÌNH\nBước 1. Tạo nguồn\n"+long+"\nBước 2. Khai lý lịch\n"+long+"\nBước 3. Thẩm tra\n"+long+"\fMẫu số 1. ĐƠN XIN VÀO ĐẢNG\n"+long+"\fMẫu số 2. GIẤY GIỚI THIỆU\n"+long)
	add("tb46", "Thông báo", "46-TB/UBKTTU", "Ủy ban Kiểm tra Tỉnh ủy", "2026-05-05", "về kỳ họp", long)
	add("qd1187", "Quyết định", "1187/QĐ-UBND", "Ủy ban nhân dân tỉnh", "2026-06-06", "về quy chế", "Điều 1. Ban hành\n"+long+"\fĐiều 2. Hiệu lực\n"+long)
	add("cv2096", "Công văn", "2096/SNV-XDCQ", "Sở Nội vụ", "2026-07-07", "V/v sắp xếp cán bộ", long)
	add("hoidap", "", "", "", "", "Hỏi - đáp về công tác đảng viên",
		"Câu 11. Không đóng đảng phí thì sao?\nTrả lời: "+long+"\fCâu 12. Đi làm ăn xa thì sao?\nTrả lời: "+long+"\fCâu 13. Mất thẻ thì sao?\nTrả lời: "+long)
	apply(t, x, batch)
	return x
}

// A place that was typed with a number is the first passage of the document.
func TestOpensAtThePlace(t *testing.T) {
	x := provincial(t)
	for _, test := range []struct {
		typed string
		id    storage.ID
		page  int
		begin string
	}{
		{"điều 3 quy định 17", "qd17", 2, "Điều 3"},
		{"điều 3 qđ 17", "qd17", 2, "Điều 3"},
		{"dieu 3 qd 17", "qd17", 2, "Điều 3"},
		{"điều 3 qđ 17-QĐ/TU", "qd17", 2, "Điều 3"},
		{"điểm a khoản 1 Điều 3 QĐ 17", "qd17", 2, "Điều 3"},
		{"điều 2 QĐ 1187", "qd1187", 2, "Điều 2"},
		{"mục III nghị quyết 05", "nq05", 2, "Mục III"},
		{"mục 3 nq 05", "nq05", 2, "Mục III"},
		{"điểm 3 mục III nghị quyết 05", "nq05", 3, "Mục III, điểm 3"},
		{"điểm 4 chỉ thị 08", "ct08", 2, "điểm 4"},
		{"mẫu 1 hướng dẫn 09", "hd09", 2, "Mẫu 1"},
		{"mau so 2 hd 09", "hd09", 3, "Mẫu 2"},
		{"câu 12 hỏi đáp", "hoidap", 2, "Câu 12"},
		{"cau 13 hoi dap cong tac dang vien", "hoidap", 3, "Câu 13"},
	} {
		result := find(t, x, indexer.Query{Text: test.typed})
		if len(result.Hits) == 0 || len(result.Hits[0].Passages) == 0 {
			t.Errorf("%s: nothing to open", test.typed)
			continue
		}
		hit := result.Hits[0]
		if p := hit.Passages[0]; hit.Document.ID != test.id || p.Page != test.page || !strings.HasPrefix(p.Section, test.begin) {
			t.Errorf("%s: opens %s at page %d, %q; want %s, page %d, %q", test.typed, hit.Document.ID, p.Page, p.Section, test.id, test.page, test.begin)
		}
	}
}

// What was typed beside a number chooses among those that have it: then there
// is nothing to choose any more, neither in a search nor in a look-up.
func TestWhatWasTypedChooses(t *testing.T) {
	x := provincial(t)
	for _, test := range []struct {
		typed   string
		first   storage.ID
		choices int // of a search
		meant   int // by a look-up
	}{
		{"12-NQ/TU", "nq12 2022", 2, 2},
		{"nq 12", "nq12 2022", 2, 2},
		{"12-NQ/TU ngày 07/11/2017", "nq12 2017", 0, 1},
		{"12-NQ/TU ngày 08/11/2017", "nq12 2017", 2, 2}, // nobody's date
		{"12-NQ/TU năm 2022", "nq12 2022", 0, 1},
		{"nq 12 2017", "nq12 2017", 0, 1},
		{"NQ12 chuyển đổi số", "nq12 2022", 0, 1},
		{"nghi quyet 12 kinh te rung", "nq12 2017", 0, 1},
		{"tb 46 ubkttu", "tb46", 0, 1},
		{"hd 09 btctu", "hd09", 0, 1},
		{"qd 1187 ubnd", "qd1187", 0, 1},
		{"2096", "cv2096", 0, 1},
		{"17", "qd17", 0, 1},
		{"công văn 2096 của Sở Nội vụ", "cv2096", 0, 1},
		{"điều 3 qđ 17", "qd17", 0, 1},
	} {
		result := find(t, x, indexer.Query{Text: test.typed})
		if len(result.Hits) == 0 || result.Hits[0].Document.ID != test.first || len(result.Candidates) != test.choices {
			t.Errorf("%s: %d candidates, hits %v; want %d, %s first", test.typed, len(result.Candidates), hitIDs(result), test.choices, test.first)
		}
		resolved, err := x.LookUp(t.Context(), test.typed, storage.AudiencePublic)
		if err != nil || len(resolved.Documents) != test.meant || resolved.Documents[0].ID != test.first {
			t.Errorf("looking up %s: %v, %d documents, want %d, %s first", test.typed, err, len(resolved.Documents), test.meant, test.first)
		}
	}
	if _, err := x.LookUp(t.Context(), "2097", storage.AudiencePublic); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("looking up a number that nobody has: %v", err)
	}
}

func hitIDs(result indexer.Result) []storage.ID {
	ids := []storage.ID{}
	for _, hit := range result.Hits {
		ids = append(ids, hit.Document.ID)
	}
	return ids
}

// A bare year is no number where the library has documents of that year.
func TestABareYearIsAYear(t *testing.T) {
	if result := find(t, provincial(t), indexer.Query{Text: "2026"}); strings.Contains(result.ReadAs, "số") {
		t.Errorf("2026 is read as %q", result.ReadAs)
	}
}

// A date alone asks for what was issued that day.
func TestADateAlone(t *testing.T) {
	x := provincial(t)
	for _, typed := range []string{"12/3/2026", "12-03-2026", "12.3.2026", "ngày 12/3/2026", "ngày 12 tháng 3 năm 2026", "văn bản ngày 12/3/2026"} {
		result := find(t, x, indexer.Query{Text: typed})
		if got := hitIDs(result); len(got) == 0 || got[0] != "qd17" || len(result.Candidates) > 0 {
			t.Errorf("%s: hits %v, %d candidates", typed, got, len(result.Candidates))
		}
	}
}

// However its zero and its signs are typed, a number finds its document and
// nothing that only shares the symbol.
func TestANumberInEverySpelling(t *testing.T) {
	x := provincial(t)
	for _, typed := range []string{"05-NQ/TU", "5-NQ/TU", "5 nq tu", "005-NQ/TU", "05NQ-TU"} {
		if got := hitIDs(find(t, x, indexer.Query{Text: typed})); len(got) != 1 || got[0] != "nq05" {
			t.Errorf("%s: hits %v", typed, got)
		}
	}
}
