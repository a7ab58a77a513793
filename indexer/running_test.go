package indexer

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

// printed is a document of n pages whose text is sentences that are all
// different, each page set between what around gives for its number.
func printed(n int, around func(page int) (head, foot string)) []storage.Page {
	pages := make([]storage.Page, n)
	for i := range pages {
		head, foot := around(i + 1)
		var text strings.Builder
		text.WriteString(head)
		for line := range 6 {
			fmt.Fprintf(&text, "Chi bộ số %d họp lần %d bàn việc\ncủa nhóm %d trong tháng,\n", 31*i+7*line, 17*i+line, 13*i+5*line)
		}
		text.WriteString("và phân công\n" + foot)
		pages[i] = storage.Page{Number: i + 1, Text: strings.Trim(text.String(), "\n")}
	}
	return pages
}

// runningLines are the lines that Bodies leaves out, the pages apart by "|".
func runningLines(pages []storage.Page) string {
	var out []string
	for i, body := range Bodies(pages) {
		var lines []string
		for _, side := range []string{pages[i].Text[:body.Start], pages[i].Text[body.End:]} {
			for line := range strings.SplitSeq(side, "\n") {
				if line = strings.TrimSpace(line); line != "" {
					lines = append(lines, line)
				}
			}
		}
		out = append(out, strings.Join(lines, " / "))
	}
	return strings.Join(out, " | ")
}

func TestWhatRunsAtTheEdgesOfPages(t *testing.T) {
	for _, test := range []struct {
		name   string
		n      int
		around func(page int) (head, foot string)
		want   string
	}{
		{"nothing", 3, func(int) (string, string) { return "", "" }, " |  | "},
		{"page numbers", 3, func(page int) (string, string) { return fmt.Sprintf("%d\n\n", page), "" }, "1 | 2 | 3"},
		{"numbers of a chapter out of a book", 3, func(page int) (string, string) { return "", fmt.Sprintf("- %d -", page+211) }, "- 212 - | - 213 - | - 214 -"},
		{"numbers that are none: they do not count the pages", 3, func(page int) (string, string) { return "", fmt.Sprintf("%d", 40-7*page) }, " |  | "},
		{"Roman numbers", 3, func(page int) (string, string) { return "", []string{"iii", "iv", "v"}[page-1] }, "iii | iv | v"},
		{"a page of so many, even on two pages", 2, func(page int) (string, string) { return "", fmt.Sprintf("Trang %d/2", page) }, "Trang 1/2 | Trang 2/2"},
		{"the gazette: left and right pages have the number on either side", 4, func(page int) (string, string) {
			if page%2 == 0 {
				return fmt.Sprintf("%d\tCÔNG BÁO/Số 291 + 292/Ngày 02-3-2021\n\n", page+30), ""
			}
			return fmt.Sprintf("CÔNG BÁO/Số 291 + 292/Ngày 02-3-2021\t%d\n\n", page+30), ""
		}, " |  |  | "}, // twice each: not often enough
		{"the gazette, six pages", 6, func(page int) (string, string) {
			if page%2 == 0 {
				return fmt.Sprintf("%d\tCÔNG BÁO/Số 291 + 292/Ngày 02-3-2021\n\n", page+30), ""
			}
			return fmt.Sprintf("CÔNG BÁO/Số 291 + 292/Ngày 02-3-2021\t%d\n\n", page+30), ""
		}, "CÔNG BÁO/Số 291 + 292/Ngày 02-3-2021\t31 | 32\tCÔNG BÁO/Số 291 + 292/Ngày 02-3-2021 | CÔNG BÁO/Số 291 + 292/Ngày 02-3-2021\t33 | 34\tCÔNG BÁO/Số 291 + 292/Ngày 02-3-2021 | CÔNG BÁO/Số 291 + 292/Ngày 02-3-2021\t35 | 36\tCÔNG BÁO/Số 291 + 292/Ngày 02-3-2021"},
		{"a name below the number, and a scanner's line", 3, func(page int) (string, string) {
			return fmt.Sprintf("%d\nQuy chế làm việc của Đảng ủy\n", page), "Scanned with CamScanner"
		}, strings.Repeat(" | # / Quy chế làm việc của Đảng ủy / Scanned with CamScanner", 3)[3:]},
		{"the name of a file, and OCR that reads it once so and once so", 3, func(page int) (string, string) {
			return "", []string{"quyche-2025.docx", "quychế-2025.docx", "quyche-2025.docx"}[page-1]
		}, "quyche-2025.docx | quychế-2025.docx | quyche-2025.docx"},
		{"twice is not often enough", 2, func(int) (string, string) { return "Quy chế làm việc của Đảng ủy\n", "" }, " | "},
		{"three of many pages are not often enough", 12, func(page int) (string, string) {
			if page > 3 {
				return "", ""
			}
			return "Quy chế làm việc của Đảng ủy\n", ""
		}, " |  |  |  |  |  |  |  |  |  |  | "},
		{"what a sentence goes on with is text", 3, func(int) (string, string) { return "", "cho từng đảng viên của chi bộ;" }, " |  | "},
		{"the head of a table is text", 3, func(int) (string, string) { return "STT Họ và tên Chức vụ\n", "" }, " |  | "},
		{"the head of a table over several lines is text", 3, func(int) (string, string) { return "Danh sách\nSTT\nHọ và tên\n", "" }, " |  | "},
		{"above the head of a table runs what runs elsewhere", 4, func(page int) (string, string) {
			if page == 4 {
				return "Tài liệu hội nghị\nSTT\nHọ và tên\n", ""
			}
			return "Tài liệu hội nghị\n", ""
		}, "Tài liệu hội nghị | Tài liệu hội nghị | Tài liệu hội nghị | Tài liệu hội nghị"},
		{"recipients, letterheads and signatures are text", 3, func(int) (string, string) {
			return "ĐẢNG CỘNG SẢN VIỆT NAM\n", "Nơi nhận:\n- Như trên\nT/M BAN THƯỜNG VỤ"
		}, " |  | "},
		{"the same heading thrice: papers that are attached", 3, func(int) (string, string) { return "Điều 1. Ban hành Quy chế làm việc.\n", "" }, " |  | "},
		{"the name of a Chương runs on behind its heading", 4, func(page int) (string, string) { return "Chương I. QUY ĐỊNH CHUNG\n", "" }, " | Chương I. QUY ĐỊNH CHUNG | Chương I. QUY ĐỊNH CHUNG | Chương I. QUY ĐỊNH CHUNG"},
	} {
		pages := printed(test.n, test.around)
		want := test.want
		for page := 1; strings.Contains(want, "#"); page++ {
			want = strings.Replace(want, "#", fmt.Sprint(page), 1)
		}
		if diff := cmp.Diff(want, runningLines(pages)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		if err := checkPassages(pages, SplitPassages(storage.Document{}, pages)); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func TestASentenceGoesOnOverThePage(t *testing.T) {
	pages := printed(3, func(page int) (string, string) {
		return fmt.Sprintf("%d\n\nCÔNG BÁO/Số 291/Ngày 02-3-2021\n\n", page), fmt.Sprintf("\nTrang %d", page)
	})
	passages := SplitPassages(storage.Document{}, pages)
	text := passages[0].Text
	if strings.Contains(text, "CÔNG BÁO") || !strings.Contains(text, "và phân công\nChi bộ số 31 họp") {
		t.Errorf("%s", text)
	}
	if at := strings.Index(text, "Chi bộ số 31 họp"); passages[0].PageAt(at) != 2 || passages[0].PageAt(at-1) != 1 {
		t.Errorf("the second page begins at %v", passages[0].Pages)
	}
}

func TestSpecksOnAScan(t *testing.T) {
	pages := printed(3, func(page int) (string, string) { return fmt.Sprintf("G'\n\n%d\n\n", page), "+" })
	if got := runningLines(pages); got != " |  | " {
		t.Errorf("a text layer has no specks: %s", got)
	}
	for i := range pages {
		pages[i].OCR = true
	}
	if got := runningLines(pages); got != "G' / 1 | G' / 2 | G' / 3" {
		t.Errorf("%s", got)
	}
}

func TestBodiesOfPagesWithNothingElse(t *testing.T) {
	for _, text := range []string{"", "\n\n", "  1  ", "1\n2", "Tài liệu hội nghị\n1", "\nTài liệu hội nghị\n\n"} {
		pages := paper(text, text, text)
		if err := checkPassages(pages, SplitPassages(storage.Document{}, pages)); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// The pages of a bad reader: one line at every edge, all of them different, or
// lines that come again just often enough.
func TestBodiesOfVeryManyPages(t *testing.T) {
	for name, line := range map[string]func(i int) string{
		"the same": func(int) string { return "Tài liệu hội nghị" },
		"different": func(i int) string {
			return fmt.Sprintf("Tài liệu %d, %d, %d, %d, %d, %d", i*i, i*7, i*11, i, i+1, i+2)
		},
		"every third":     func(i int) string { return fmt.Sprintf("Tài liệu hội nghị %d", i%3*1000) },
		"numbers alone":   func(i int) string { return strings.Repeat(fmt.Sprint(i%7, " "), 40) },
		"very long lines": func(i int) string { return strings.Repeat("Tài liệu ", 100) },
	} {
		pages := make([]storage.Page, 4_000)
		for i := range pages {
			pages[i] = storage.Page{Number: i + 1, Text: strings.Repeat(line(i)+"\n", 10)}
		}
		if bodies := Bodies(pages); len(bodies) != len(pages) {
			t.Errorf("%s: %d bodies", name, len(bodies))
		}
	}
}
