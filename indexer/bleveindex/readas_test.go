package bleveindex

import (
	"fmt"
	"testing"

	"vankien/indexer"
	"vankien/storage"
)

// readAsPapers are documents that queries are read against.
func readAsPapers() indexer.Batch {
	var batch indexer.Batch
	for i, p := range []struct{ number, kind, issuer, issued, title, text string }{
		{"905-NQ/TU", "Nghị quyết", "Tỉnh ủy Lam Sơn", "2026-03-12", "nâng cao chất lượng chi bộ", "Căn cứ tình hình, tổ chức dân vận, mặt trận, nộp đảng phí."},
		{"912-NQ/TU", "Nghị quyết", "Tỉnh ủy Lam Sơn", "2017-11-07", "kinh tế rừng", "Phát triển kinh tế rừng."},
		{"912-NQ/TU", "Nghị quyết", "Ban Thường vụ Tỉnh ủy Lam Sơn", "2022-10-18", "chuyển đổi số", "Chuyển đổi số tỉnh Lam Sơn."},
		{"917-QĐ/TU", "Quy định", "Ban Thường vụ Tỉnh ủy Lam Sơn", "2026-06-02", "quản lý đảng viên", "Nguyên tắc quản lý đảng viên."},
	} {
		id := storage.ID(fmt.Sprintf("paper%d", i))
		d := storage.Document{ID: id, Revision: 1, State: storage.StatePublished, Audience: storage.AudiencePublic, Validity: storage.Unverified, Reading: storage.Reading{Status: storage.ReadingReady, Pages: 1}}
		d.Facts = storage.Facts{Number: storage.Printed(p.number), Kind: storage.Printed(p.kind), Issuer: storage.Printed(p.issuer), Issued: storage.Date(p.issued), Title: storage.Printed(p.title)}
		batch.Put = append(batch.Put, indexer.Entry{Document: d, Passages: []indexer.Passage{{Section: "Điều 3", Text: p.text, Pages: []indexer.PageMark{{Page: 2}}}}})
	}
	return batch
}

// What was understood is a clause that an editor could have written.
func TestReadAs(t *testing.T) {
	x := open(t, t.TempDir())
	defer closing(t, x)
	apply(t, x, readAsPapers())
	for _, test := range []struct{ typed, want string }{
		{"quản lý đảng viên", ""},
		{"điều 3 quy định 917", "Điều 3 Quy định số 917-QĐ/TU"},
		{"khoản 1 điều 3 quy định 917-QĐ/TU", "Điều 3, khoản 1, Quy định số 917-QĐ/TU"},
		{"nq 912", "nghị quyết số 912"},
		{"912-nq/tu", "nghị quyết số 912-NQ/TU"},
		{"912-NQ/TU ngày 07/11/2017", "nghị quyết số 912-NQ/TU, ngày 07/11/2017"},
		{"913-NQ/TU", "nghị quyết số 913-NQ/TU (không có trong kho), theo các chữ đã gõ"},
		{"qd 999", "quyết định hoặc quy định số 999 (không có trong kho), theo các chữ đã gõ"},
		{"nq 912 -loại:KL", "nghị quyết số 912, trừ kết luận"},

		{"hiệu_lực:còn", "văn bản còn hiệu lực, kể cả đã sửa đổi"},
		{"hiệu lực:chưa xác minh", "văn bản chưa xác minh hiệu lực"},
		{"ngày:12/3/2026", "văn bản ban hành ngày 12/3/2026"},
		{"năm:2026", "văn bản ban hành năm 2026"},
		{"năm:2020..2022", "văn bản ban hành từ năm 2020 đến năm 2022"},
		{"tháng:10/2022", "văn bản ban hành tháng 10/2022"},
		{"từ:2019", "văn bản ban hành từ năm 2019"},
		{"khóa:13", "văn bản khóa XIII"},
		{"loai:nq,ct", "nghị quyết hoặc chỉ thị"},
		{"đảng -năm:2022", "văn bản nói về “đảng”, trừ văn bản ban hành năm 2022"},
		{"đảng -cơ_quan:TU", "văn bản nói về “đảng”, trừ văn bản của Tỉnh ủy"},
		{`cơ quan:"ban thuong vu tinh uy"`, "văn bản của Ban Thường vụ Tỉnh ủy"},

		{`"đảng phí"`, "văn bản có nguyên văn “đảng phí”"},
		{"dân vận OR mặt trận", "văn bản có “dân vận” hoặc “mặt trận”"},
		{`chi bộ NOT "quân đội"`, "văn bản nói về “chi bộ”, trừ văn bản có “quân đội”"},
		{`loại:NQ năm:2026 "đảng phí" tình hình`, "nghị quyết ban hành năm 2026 nói về “tình hình”, có nguyên văn “đảng phí”"},

		{"nghị quyết tỉnh ủy năm 2026", "ưu tiên nghị quyết của Tỉnh ủy ban hành năm 2026"},
		{"nghị quyết khóa XIII", "ưu tiên nghị quyết khóa XIII"},
		{"nghị quyết mới nhất về chuyển đổi số", "ưu tiên nghị quyết; mới nhất xếp trước"},
		{"quy dinh moi nhat ve quan ly dang vien", "ưu tiên quy định; mới nhất xếp trước"},
		{"chi bộ nhất định phải mới nhất định có đảng viên", ""},
		{"đổi mới, nhất là công tác quản lý đảng viên", ""},
		{"xây dựng nông thôn mới, nhất là chi bộ", ""},
		{"đảng viên sang đối tác mới Nhật Bản", ""},
	} {
		if got := find(t, x, indexer.Query{Text: test.typed}).ReadAs; got != test.want {
			t.Errorf("“%s” is read as “%s”, want “%s”", test.typed, got, test.want)
		}
	}
}
