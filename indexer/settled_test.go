package indexer_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"vankien/indexer"
	factsreader "vankien/indexer/facts"
	"vankien/storage"
)

// What the machine doubts of a fact it no longer doubts when a person has set the
// fact, nor does it show where it read what it no longer says.
func TestIssuesOfWhatPeopleHaveSet(t *testing.T) {
	b := newBench(t)
	const head = "TỈNH ỦY SƠN LAM\n*\nSố 5-QĐ/TU\nSơn Lam, ngày 12 tháng 3 năm 2024\n"
	for _, test := range []struct{ text, issue, stays, goes string }{
		{head + "NGHỊ QUYẾT\nvề việc thứ nhất\n\nNội dung.", "Ký hiệu QĐ trong số văn bản không khớp", `{"number":"5-QĐ/TU"}`, `{"kind":"Quyết định"}`},
		{head + "NGHỊ QUYẾT\nvề việc thứ hai\n\nNội dung.", "Ký hiệu QĐ trong số văn bản không khớp", `{"title":"việc khác"}`, `{"number":"5-NQ/TU"}`},
		{head + "NGHỊ QUYẾT\nvề việc thứ ba\n\nNội dung.", "Ký hiệu QĐ trong số văn bản không khớp", `{}`, `{"number":"5-QĐ/TU","kind":"Nghị quyết"}`},
		{"Nội dung không có phần đầu thứ nhất.", "Không đọc được số văn bản", `{"issued":"2024-03-12"}`, `{"number":"5-QĐ/TU"}`},
		{"Nội dung không có phần đầu thứ hai.", "Không đọc được số văn bản", `{"recipients":[]}`, `{"number":null}`},
		{"Nội dung không có phần đầu thứ ba.", "Không đọc được ngày ban hành", `{"effective":"2024-03-12"}`, `{"issued":"2024-03-12"}`},
		{"Nội dung không có phần đầu thứ tư.", "Không đọc được thể loại", `{"kind_symbol":"QĐ"}`, `{"kind":"Quyết định"}`},
		{"Nội dung không có phần đầu thứ năm.", "Không đọc được trích yếu", `{"kind":"Quyết định"}`, `{"title":"việc thứ nhất"}`},
		{"Nội dung không có phần đầu thứ sáu.", "Không đọc được cơ quan ban hành", `{"issuer_symbol":"TU"}`, `{"issuer":"Tỉnh ủy Sơn Lam"}`},
		{strings.Replace(head, "Số 5-", "Số …-", 1) + "QUYẾT ĐỊNH\nvề việc thứ tư\n\nNội dung.", "Số văn bản để trống", `{"title":"việc khác"}`, `{"number":"5-QĐ/TU"}`},
		{strings.Replace(head, "ngày 12 ", "ngày … ", 1) + "QUYẾT ĐỊNH\nvề việc thứ năm\n\nNội dung.", "Ngày ban hành để trống", `{"title":"việc khác"}`, `{"issued":"2024-03-12"}`},
		{strings.Replace(head, "ngày 12 tháng 3", "ngày 31 tháng 2", 1) + "QUYẾT ĐỊNH\nvề việc thứ sáu\n\nNội dung.", "Ngày ban hành in trên văn bản không có thật", `{"place":"Sơn Lam"}`, `{"issued":"2024-03-01"}`},
		{strings.Replace(head, "-QĐ/", "/2023/QĐ-", 1) + "QUYẾT ĐỊNH\nvề việc thứ bảy\n\nNội dung.", "Năm trong số văn bản", `{"kind":"Quyết định"}`, `{"issued":"2023-03-12"}`},
		{head + "LUẬT\nvề việc thứ tám\n\nNội dung.", "không có thẩm quyền ban hành", `{"number":"5-QĐ/TU"}`, `{"issuer":"Quốc hội"}`},
		{head + "QUYẾT ĐỊNH\nvề việc thứ chín\n\nCăn cứ Quy định số 7-QĐ/TU, ngày 01/6/2025 của Tỉnh ủy;\n\nNội dung.", "của văn bản căn cứ", `{"signer":"Nguyễn Văn An"}`, `{"issued":"2025-07-12"}`},
		{head + "QUYẾT ĐỊNH\nvề việc thứ mười\n\nĐiều 1. Nội dung.\nĐiều 2. Quyết định này có hiệu lực từ ngày 01 tháng 01 năm 2024.", "Ngày có hiệu lực sớm hơn", `{"place":null}`, `{"effective":"2024-04-01"}`},
		{head + "QUYẾT ĐỊNH\nvề việc thứ mười một\n\nĐiều 1. Nội dung.\nĐiều 2. Các quy định trước đây trái với Quyết định này đều bãi bỏ.", "Văn bản bãi bỏ các quy định trước đây", `{"place":null}`, `{"relations":[]}`},
		{head + "QUYẾT ĐỊNH\nvề việc thứ mười hai\n\nĐiều 1. Nội dung.\nĐiều 2. Quyết định này thay thế Quyết định số 4-QĐ/TU, ngày 01/4/2020, trừ Điều 4.", "trừ lại một phần", `{"place":null}`, `{"relations":[]}`},
		{head + "QUYẾT ĐỊNH\nvề việc thứ mười ba\n\nĐiều 1. Nội dung.\n\nT/M BAN THƯỜNG V\uFFFD\nBÍ THƯ\n\nNguyễn Văn An", "Không đọc được chức vụ người ký", `{"signer":"Nguyễn Văn An"}`, `{"signer_role":"BÍ THƯ"}`},
	} {
		read := factsreader.Read([]storage.Page{{Number: 1, Text: test.text}})
		issued := func(f storage.Facts) bool {
			return slices.ContainsFunc(f.Issues, func(issue string) bool { return strings.Contains(issue, test.issue) })
		}
		if !issued(read) {
			t.Errorf("%q gives %q, want one of %q", test.text, read.Issues, test.issue)
			continue
		}
		record, _ := b.importOne(upload("a.txt", []byte(test.text)))
		if got := b.edit(t, record.ID, test.stays); !issued(got) {
			t.Errorf("%q: %s takes away the issue", test.text, test.stays)
		}
		got := b.edit(t, record.ID, test.goes)
		if issued(got) {
			t.Errorf("%q: after %s the issues are %q", test.text, test.goes, got.Issues)
		}
		for _, name := range b.document(record.ID).Edited {
			if _, there := got.Evidence[name]; there {
				t.Errorf("%q: the evidence of %s is still there", test.text, name)
			}
		}
	}
}

// A library that is described again keeps to that.
func TestIssuesOfWhatPeopleHaveSetStayAway(t *testing.T) {
	b := newBench(t)
	record, _ := b.importOne(upload("a.txt", []byte("ĐẢNG BỘ XÃ GIẢ ĐỊNH\n*\nSố 5-QĐ/ĐU\nGiả Định, ngày 12 tháng 3 năm 2024\nQUYẾT ĐỊNH\nvề việc thứ nhất\n\nĐiều 1. Giao việc.\n\nNơi nhận:\n- Như Điều 1;\n- Lưu.\n")))
	if len(record.Facts.Recipients) == 0 || record.Facts.Evidence["recipients"].Page == 0 {
		t.Fatalf("no recipients were read: %+v", record.Facts)
	}
	before := len(record.Facts.Evidence)
	b.edit(t, record.ID, `{"recipients":[],"title":"việc thứ nhất"}`)
	described := b.describedAgain(record.ID).Facts
	for _, f := range []storage.Facts{b.document(record.ID).Facts, described} {
		_, recipients := f.Evidence["recipients"]
		_, title := f.Evidence["title"]
		if recipients || title || len(f.Evidence) != before-2 {
			t.Errorf("evidence of %q", slices.Sorted(maps.Keys(f.Evidence)))
		}
	}
}

// Whatever people set, an alarm of secrecy stays until somebody answers it.
func TestAlarmsStayWhateverPeopleSet(t *testing.T) {
	const all = `{"number":null,"kind":null,"kind_symbol":null,"issuer":null,"issuer_symbol":null,"issued":null,"place":null,"title":null,"signer":null,"signer_role":null,"effective":null,"relations":null,"recipients":null,"secrecy":null,"urgency":null,"circulation":null}`
	for _, issue := range []string{
		"Văn bản có dấu hiệu bí mật nhà nước (dấu MẬT ở phần đầu).",
		"Lần đọc lại thấy dấu chỉ độ mật (“MẬT”), nên văn bản đã được rút khỏi mọi kết quả tìm. Hãy xem ngay bản gốc; nếu đúng là mật thì xóa vĩnh viễn.",
		"Một vấn đề mà bản này chưa biết.",
	} {
		b := newBench(t)
		record, _ := b.importOne(upload("a.txt", []byte("Nội dung.")))
		_, err := b.library.UpdateDocument(t.Context(), record.ID, "thử", "read", func(doc *storage.Document) error {
			doc.Facts.Issues = append(doc.Facts.Issues, issue)
			doc.Facts.Evidence["secrecy"] = storage.Evidence{Page: 1, Text: "MẬT"}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		got := b.edit(t, record.ID, all)
		if !slices.Equal(got.Issues, []string{issue}) || len(got.Evidence) != 1 {
			t.Errorf("issues %q, evidence %v", got.Issues, got.Evidence)
		}
	}
}

// edit sets facts as an editor does.
func (b *bench) edit(t *testing.T, id storage.ID, patch string) storage.Facts {
	t.Helper()
	edits, err := indexer.ParseFacts([]byte(patch))
	if err != nil {
		t.Fatal(err)
	}
	record, err := b.writer.Edit(t.Context(), id, storage.Version{}, edits, tester)
	if err != nil {
		t.Fatal(err)
	}
	return record.Facts
}
