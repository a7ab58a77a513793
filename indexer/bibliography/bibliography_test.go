package bibliography

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

var update = flag.Bool("update", false, "write the golden files anew")

// references are documents with everything and with next to nothing.
var references = []struct {
	name string
	Reference
}{
	{"all of it", Reference{Section: "mục II.1", Page: 12, URL: "https://vankien.example/van-ban/0a1b2c3d4e5f6g7h8j9k?trang=12", Document: storage.Document{
		ID: "0a1b2c3d4e5f6g7h8j9k", Facts: storage.Facts{
			Number: "21-NQ/TW", Kind: "Nghị quyết", Issuer: "Ban Chấp hành Trung ương", Issued: "2022-06-16", Place: "Hà Nội",
			Title: "về tăng cường củng cố, xây dựng tổ chức cơ sở đảng và nâng cao chất lượng đội ngũ đảng viên trong giai đoạn mới"}}}},
	{"a title without về", Reference{Document: document(storage.Facts{
		Number: "294-QĐ/TW", Kind: "Quy định", Issuer: "Ban Chấp hành Trung ương", Issued: "2025-05-26", Title: "thi hành Điều lệ Đảng"})}},
	{"a title that goes straight on", Reference{Document: document(storage.Facts{
		Number: "03-QC/ĐU", Kind: "Quy chế", Issuer: "Đảng ủy phường Hạ Lam", Issued: "2025-07-10", Title: "làm việc của Ban Chấp hành Đảng bộ phường"})}},
	{"a law", Reference{Section: "Điều 5", Document: document(storage.Facts{
		Number: "45/2019/QH14", Kind: "Bộ luật", Issuer: "Quốc hội", Issued: "2019-11-20", Place: "Hà Nội", Title: "Lao động"})}},
	{"a law printed in capitals", Reference{Document: document(storage.Facts{
		Number: "301/2026/QH16", Kind: "Luật", Issuer: "Quốc hội", Issued: "2026-10-20", Title: "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT TIẾP CÔNG DÂN"})}},
	{"a subject in capitals", Reference{Document: document(storage.Facts{
		Number: "28-KH/TU", Kind: "Kế hoạch", Issuer: "Tỉnh ủy Sơn Lam", Issued: "2026-10-20", Title: "THỰC HIỆN NGHỊ QUYẾT SỐ 05-NQ/TU VỀ ĐỘI NGŨ ĐẢNG VIÊN TỈNH SƠN LAM"})}},
	{"a letter", Reference{Document: document(storage.Facts{
		Number: "2096/SYT-NVY", Kind: "Công văn", Issuer: "Sở Y tế tỉnh Kiên Giang", Issued: "2017-11-09", Title: "thực hiện Tháng hành động quốc gia"})}},
	{"a letter without its kind", Reference{Document: document(storage.Facts{Number: "2096/SYT-NVY", Title: "Về việc tuyển dụng"})}},
	{"two bodies", Reference{Document: document(storage.Facts{
		Number: "154/CTPH-LĐLĐ-SVH", Kind: "Chương trình phối hợp", Issuer: "Liên đoàn Lao động tỉnh; Sở Văn hóa, Thể thao và Du lịch", Issued: "2016-02-05",
		Title: "Xây dựng đời sống văn hóa cơ sở"})}},
	{"a plan that carries something out", Reference{Document: document(storage.Facts{
		Number: "28-KH/TU", Kind: "Kế hoạch", Issuer: "Ban Thường vụ Tỉnh ủy Sơn Lam", Issued: "2026-05-04", Title: "thực hiện Nghị quyết số 05-NQ/TU"})}},
	{"a notice of something", Reference{Document: document(storage.Facts{
		Number: "46-TB/UBKTTU", Kind: "Thông báo", Issuer: "Ủy ban Kiểm tra Tỉnh ủy", Issued: "2026-05-04", Title: "kết quả kỳ họp thứ 9"})}},
	{"no number", Reference{Page: 3, Document: document(storage.Facts{Kind: "Báo cáo", Issuer: "Huyện ủy Định Hóa", Issued: "2026-03-12", Title: "tổng kết công tác năm"})}},
	{"a paper of a seminar", Reference{Document: document(storage.Facts{Kind: "Tham luận", Title: "Phát triển đảng viên trong công nhân"})}},
	{"no date", Reference{Document: document(storage.Facts{Number: "06-HD/TW", Kind: "Hướng dẫn", Issuer: "Ban Bí thư", Title: "một số vấn đề cụ thể"})}},
	{"no issuer", Reference{Document: document(storage.Facts{Number: "31-CT/TU", Kind: "Chỉ thị", Issued: "2026-01-02", Title: "công tác dân vận"})}},
	{"a number alone", Reference{Document: document(storage.Facts{Number: "31-CT/TU"})}},
	{"nothing printed", Reference{Page: 1, Document: document(storage.Facts{})}},
	{"no name at all", Reference{Document: storage.Document{ID: "0a1b2c3d4e5f6g7h8j9k"}}},
	{"characters of the formats", Reference{URL: `https://vankien.example/{c}\d`, Section: "mục\r\nER  - ", Document: document(storage.Facts{
		Number: "01-BC/A&B", Kind: "Báo cáo", Issuer: "Ban A & B, 100% {C", Issued: "2026-12-31", Place: "Hà Nội\nER  - ",
		Title: "kết quả }50% #1 $2 a_b x^2 ~c \\d \"e\" <f>\nTY  - JOUR"})}},
}

func document(facts storage.Facts) storage.Document {
	return storage.Document{ID: "0a1b2c3d4e5f6g7h8j9k", Facts: facts, Original: storage.Original{Name: "Tệp quét số 7.pdf"}}
}

func TestFormats(t *testing.T) {
	var all strings.Builder
	for _, r := range references {
		csl, err := r.CSL()
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString("### " + r.name + "\n\n" + r.Note() + "\n\n" + r.BibTeX() + "\n" + strings.ReplaceAll(r.RIS(), "\r\n", "\n") + "\n" + csl + "\n")
	}
	path := filepath.Join("testdata", "formats.txt")
	if *update {
		if err := os.WriteFile(path, []byte(all.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), all.String()); diff != "" {
		t.Errorf("%s differs (run with -update to accept, -want +got):\n%s", path, diff)
	}
}

// Two provinces may issue the same number on one day: no two documents have one
// key, and none has another for the page that is cited.
func TestKeysTellDocumentsApart(t *testing.T) {
	facts := storage.Facts{Number: "12-NQ/TU", Issued: "2022-06-16"}
	one, other := document(facts), document(facts)
	other.ID = "7k3m9p2q4r5s6t8v1w0x"
	keys := []string{Reference{Document: one}.Key(), Reference{Document: other}.Key(), Reference{Document: one, Page: 2, Section: "Điều 3"}.Key()}
	if keys[0] == keys[1] || keys[0] != keys[2] || keys[1] != "vk-12-nq-tu-2022-06-16-7k3m9p" {
		t.Errorf("%q", keys)
	}
}

// Whatever a document prints, its entries are whole: one record, balanced
// braces, one item.
func FuzzEntriesAreWhole(f *testing.F) {
	for _, r := range references {
		facts := r.Document.Facts
		f.Add(string(facts.Number), string(facts.Kind), string(facts.Issuer), string(facts.Issued), string(facts.Title), r.Section, r.Page)
	}
	f.Fuzz(func(t *testing.T, number, kind, issuer, issued, title, section string, page int) {
		r := Reference{Section: section, Page: page, Document: document(storage.Facts{
			Number: storage.Printed(number), Kind: storage.Printed(kind), Issuer: storage.Printed(issuer), Issued: storage.Date(issued), Title: storage.Printed(title)})}
		if note := r.Note(); note == "" || strings.ContainsAny(note, "\r\n\x00") {
			t.Errorf("note %q", note)
		}
		depth := 0
		bibtex := r.BibTeX()
		for i, c := range bibtex {
			switch c {
			case '{':
				depth++
			case '}':
				depth--
			}
			if depth < 0 || depth == 0 && c == '}' && strings.TrimSpace(bibtex[i+1:]) != "" {
				t.Fatalf("braces of %s", bibtex)
			}
		}
		if depth != 0 {
			t.Fatalf("braces of %s", bibtex)
		}
		lines := strings.Split(strings.TrimSuffix(r.RIS(), "\r\n"), "\r\n")
		for i, line := range lines {
			if len(line) < 6 || line[2:6] != "  - " || strings.ContainsAny(line, "\r\n") ||
				(i == 0) != strings.HasPrefix(line, "TY") || (i == len(lines)-1) != strings.HasPrefix(line, "ER") {
				t.Errorf("line %d of the RIS record is %q", i, line)
			}
		}
		csl, err := r.CSL()
		if err != nil {
			t.Fatal(err)
		}
		var items []map[string]any
		if err := json.Unmarshal([]byte(csl), &items); err != nil || len(items) != 1 || items[0]["title"] == "" || items[0]["id"] == "" {
			t.Errorf("%v: %s", err, csl)
		}
	})
}
