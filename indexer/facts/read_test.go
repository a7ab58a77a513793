package facts

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestReadHeads reads the heads in testdata/heads, one layout each, every name
// and number in them invented. Pages are parted by a line "%%". What is read is
// compared with the .json beside it. Those named scan-… are pages that OCR has
// read; a .picture is what OCR saw in the head of a page with text.
func TestReadHeads(t *testing.T) {
	files, err := filepath.Glob("testdata/heads/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no heads to read", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var pages []storage.Page
			for i, page := range strings.Split(string(text), "\n%%\n") {
				pages = append(pages, storage.Page{Number: i + 1, Text: page, OCR: strings.HasPrefix(filepath.Base(file), "scan-")})
			}
			if picture, err := os.ReadFile(strings.TrimSuffix(file, ".txt") + ".picture"); err == nil {
				pages[0].Picture = string(picture)
			}
			got, err := json.MarshalIndent(Read(pages), "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, ".txt") + ".json"
			if *update {
				if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)+"\n"); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadOfNothing(t *testing.T) {
	got := Read(nil)
	if got.Number != "" || got.Relations == nil || got.Evidence == nil || len(got.Issues) != 5 {
		t.Errorf("no pages give %+v", got)
	}
}

func TestReadSaysWhatContradicts(t *testing.T) {
	got := Read(onePage("Số: 12/2031/NĐ-CP\nHà Nội, ngày 5 tháng 3 năm 2032\nNGHỊ QUYẾT\nVỀ MỘT VIỆC\nCăn cứ Luật;\nChính phủ ban hành Nghị quyết."))
	want := []string{
		"Ký hiệu NĐ trong số văn bản không khớp với thể loại “Nghị quyết” in trên văn bản.",
		"Năm trong số văn bản 12/2031/NĐ-CP khác năm ban hành 2032.",
	}
	if diff := cmp.Diff(want, got.Issues); diff != "" {
		t.Error(diff)
	}
}

func TestReadTellsContradictions(t *testing.T) {
	for _, test := range []struct{ name, text, issue string }{
		{"a department passes no resolution", "SỞ CÔNG THƯƠNG\nTỈNH AN BÌNH\nSố: 12/NQ-SCT\nAn Bình, ngày 5 tháng 3 năm 2031\nNGHỊ QUYẾT\nVề lưu mẫu\nCăn cứ Luật;\nĐiều 1.",
			"“Sở Công Thương tỉnh An Bình” không có thẩm quyền ban hành nghị quyết; cần xem lại thể loại hoặc cơ quan ban hành."},
		{"an annex has another number", "ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\nSố: 12/QĐ-UBND\nAn Bình, ngày 5 tháng 3 năm 2031\nQUYẾT ĐỊNH\nBan hành Quy chế lưu mẫu\nCăn cứ Luật;\nĐiều 1.\nQUY CHẾ\n(Ban hành kèm theo Quyết định số 13/QĐ-UBND ngày 05/3/2031 của Ủy ban nhân dân tỉnh)",
			"Số văn bản ở phần đầu là 12/QĐ-UBND nhưng chỗ khác của văn bản ghi 13/QĐ-UBND (“(Ban hành kèm theo Quyết định số 13/QĐ-UBND ngày 05/3/2031 của Ủy ban nhân dân tỉnh)”)."},
		{"a basis is younger", "ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\nSố: 12/QĐ-UBND\nAn Bình, ngày 5 tháng 3 năm 2031\nQUYẾT ĐỊNH\nVề lưu mẫu\nCăn cứ Nghị định số 909/2031/NĐ-CP ngày 28/12/2031 của Chính phủ;\nĐiều 1.",
			"Ngày ban hành 05/03/2031 sớm hơn ngày 28/12/2031 của văn bản căn cứ 909/2031/NĐ-CP."},
		{"two dates", "ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\nAn Bình, ngày 5 tháng 3 năm 2031\nSố: 12/QĐ-UBND\nAn Bình, ngày 6 tháng 3 năm 2031\nQUYẾT ĐỊNH\nVề lưu mẫu\nCăn cứ Luật;\nĐiều 1.",
			"Phần đầu văn bản in hai ngày khác nhau: 05/03/2031 và 06/03/2031."},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Read(onePage(test.text)).Issues; !slices.Contains(got, test.issue) {
				t.Errorf("%q does not have %q", got, test.issue)
			}
		})
	}
}
