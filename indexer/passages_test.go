package indexer

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"vankien/analyzers"
	"vankien/storage"
)

// paper is a document of pages, each given as its text.
func paper(texts ...string) []storage.Page {
	var pages []storage.Page
	for i, text := range texts {
		pages = append(pages, storage.Page{Number: i + 1, Text: text})
	}
	return pages
}

// words is a sentence of n syllables.
func words(n int) string {
	return "Đảng" + strings.Repeat(" đảng", n-1) + "."
}

var filler = regexp.MustCompile(`(?:[Đđ]ảng ?){10,}\.`)

// outlineOf writes what matters of passages, one a line: [section] title | text.
func outlineOf(pages []storage.Page) []string {
	got := []string{}
	for _, p := range SplitPassages(storage.Document{}, pages) {
		text := filler.ReplaceAllString(strings.Join(strings.Fields(p.Text), " "), "~.")
		got = append(got, strings.ReplaceAll(fmt.Sprintf("[%s] %s | %s", p.Section, p.Title, text), "]  |", "] |"))
	}
	return got
}

func TestHowPapersAreCut(t *testing.T) {
	head := "TỈNH ỦY SƠN LAM\nSố 1-QĐ/TU\n" + words(40) + "\n"
	for _, test := range []struct {
		name  string
		pages []storage.Page
		want  []string
	}{
		{"nothing", paper("", " \n "), []string{}},
		{"a page number is no text", paper(words(80), "2\n\n"+words(80)+"\n- 2 -"), []string{"[] | ~. ~."}},
		{"a year at the end of a page is no page number", paper(words(80) + "\n2026"), []string{"[] | ~. 2026"}},
		{"an Điều is whole, and its heading is its title", paper("Chương II\nQUẢN LÝ\nĐiều 3. Nguyên tắc\n1. " + words(60) + "\n2. " + words(60)),
			[]string{"[Chương II, Điều 3] Chương II. QUẢN LÝ. Điều 3. Nguyên tắc | 1. ~. 2. ~."}},
		{"a long Điều is cut between its khoản, and each part has its title", paper("Điều 3. Nguyên tắc\nGồm có:\n1. " + words(200) + "\n2. " + words(60) + "\n3. " + words(150) + "\n4. " + words(110)),
			[]string{"[Điều 3, khoản 1–2] Điều 3. Nguyên tắc | Gồm có: 1. ~. 2. ~.", "[Điều 3, khoản 3–4] Điều 3. Nguyên tắc | 3. ~. 4. ~."}},
		{"a long khoản is cut between its điểm", paper("Điều 3. Nguyên tắc\n1. " + words(30) + "\na) " + words(150) + "\nb) " + words(100) + "\nđ) " + words(160) + "\n2. " + words(100)),
			[]string{"[Điều 3, khoản 1, điểm a–b] Điều 3. Nguyên tắc | 1. ~. a) ~. b) ~.", "[Điều 3, khoản 1, điểm đ] Điều 3. Nguyên tắc | đ) ~.", "[Điều 3, khoản 2] Điều 3. Nguyên tắc | 2. ~."}},
		{"an Điều that is a sentence is text, and stands alone", paper(head + "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc của\nĐảng ủy.\nĐiều 2. Quyết định có hiệu lực kể từ ngày ký.\nĐiều 3. Các đảng ủy thi hành"),
			[]string{"[] | TỈNH ỦY SƠN LAM Số 1-QĐ/TU ~.", "[Điều 1] | Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc của Đảng ủy.", "[Điều 2] | Điều 2. Quyết định có hiệu lực kể từ ngày ký.", "[Điều 3] | Điều 3. Các đảng ủy thi hành"}},
		{"a wrapped heading is one title", paper("Điều 19. Trách nhiệm của các cơ quan tham mưu của Tỉnh\nủy\n1. " + words(50)),
			[]string{"[Điều 19] Điều 19. Trách nhiệm của các cơ quan tham mưu của Tỉnh ủy | 1. ~."}},
		{"a name in capitals over two lines is one title", paper("Chương V\nTRÁCH NHIỆM VÀ ĐIỀU KHOẢN\nTHI HÀNH\nĐiều 7. Hiệu lực\n" + words(50)),
			[]string{"[Chương V, Điều 7] Chương V. TRÁCH NHIỆM VÀ ĐIỀU KHOẢN THI HÀNH. Điều 7. Hiệu lực | ~."}},
		{"a Chương may be called in small letters", paper("Chương I\nQuy định chung\nĐiều 1. Phạm vi\n" + words(50)),
			[]string{"[Chương I, Điều 1] Chương I. Quy định chung. Điều 1. Phạm vi | ~."}},
		{"a citation that was wrapped is no heading", paper("Điều 6. Xử lý\n1. Thực hiện theo quy định tại khoản 2\nĐiều 12. Trường hợp khác theo\nĐiều 15 Quy định này, ngày\n12. Các cấp ủy thực hiện " + words(40)),
			[]string{"[Điều 6] Điều 6. Xử lý | 1. Thực hiện theo quy định tại khoản 2 Điều 12. Trường hợp khác theo Điều 15 Quy định này, ngày 12. Các cấp ủy thực hiện ~."}},
		{"a reference to the khoản itself ends the line, and the count begins behind a heading however that ends", paper("Điều 6. Pháp luật được dẫn chiếu đến\n1. Trừ trường hợp tại điểm b khoản này;\na) Theo định kỳ\nb) " + words(200) + "\n2. " + words(200) + "\nc) " + words(60)),
			[]string{"[Điều 6, khoản 1] Điều 6. Pháp luật được dẫn chiếu đến | 1. Trừ trường hợp tại điểm b khoản này; a) Theo định kỳ b) ~.", "[Điều 6, khoản 2] Điều 6. Pháp luật được dẫn chiếu đến | 2. ~. c) ~."}},
		{"directives: letters above Roman numerals above numbers", paper("A. KẾT QUẢ\nI- TÌNH HÌNH\n1. " + words(60) + "\nII- HẠN CHẾ\n" + words(60) + "\nB. NHIỆM VỤ\n1. " + words(60)),
			[]string{"[Mục A, Mục I] A. KẾT QUẢ. I- TÌNH HÌNH | 1. ~.", "[Mục A, Mục II] II- HẠN CHẾ | ~.", "[Mục B] B. NHIỆM VỤ | 1. ~."}},
		{"directives: Roman numerals above letters", paper("I- TÌNH HÌNH\nA. KẾT QUẢ\n" + words(60) + "\nB. HẠN CHẾ\n" + words(60) + "\nII- NHIỆM VỤ\n" + words(60)),
			[]string{"[Mục I, Mục A] I- TÌNH HÌNH. A. KẾT QUẢ | ~.", "[Mục I, Mục B] B. HẠN CHẾ | ~.", "[Mục II] II- NHIỆM VỤ | ~."}},
		{"a long section is cut where its points are", paper("II- MỤC TIÊU\n1. Quan điểm\n1.1. " + words(60) + "\n1.2. " + words(65) + "\n1.3. " + words(90) + "\n1.4. " + words(60) + "\n2. Mục tiêu\n2.1. " + words(80) + "\n2.2. " + words(80)),
			[]string{"[Mục II, điểm 1.1–1.2] II- MỤC TIÊU | 1. Quan điểm 1.1. ~. 1.2. ~.", "[Mục II, điểm 1.3–1.4] II- MỤC TIÊU | 1.3. ~. 1.4. ~.", "[Mục II, điểm 2] II- MỤC TIÊU | 2. Mục tiêu 2.1. ~. 2.2. ~."}},
		{"a Roman numeral inside an Điều belongs to it", paper("Điều 1. Phê duyệt Đề án như sau:\nI. MỤC TIÊU\n" + words(60) + "\nII. GIẢI PHÁP\n1. " + words(60) + "\nĐiều 2. Hiệu lực\n" + words(50)),
			[]string{"[Điều 1] Điều 1. Phê duyệt Đề án như sau: | I. MỤC TIÊU ~. II. GIẢI PHÁP 1. ~.", "[Điều 2] Điều 2. Hiệu lực | ~."}},
		{"recipients and signature stay with what they follow", paper("Điều 22. Hiệu lực\n1. " + words(50) + "\nNơi nhận:\n- Ban Tổ chức,\n- Lưu.\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nLương Hữu Khiêm"),
			[]string{"[Điều 22] Điều 22. Hiệu lực | 1. ~. Nơi nhận: - Ban Tổ chức, - Lưu. T/M BAN THƯỜNG VỤ BÍ THƯ Lương Hữu Khiêm"}},
		{"what is attached begins behind the signature", paper(head+"Điều 1. Ban hành Quy chế.\nNơi nhận:\n- Lưu.\nT/M BAN THƯỜNG VỤ", "QUY CHẾ\nlàm việc của Đảng ủy\n(Ban hành kèm theo Quyết định số 1-QĐ/TU)\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n"+words(50)),
			[]string{"[] | TỈNH ỦY SƠN LAM Số 1-QĐ/TU ~.", "[Điều 1] | Điều 1. Ban hành Quy chế. Nơi nhận: - Lưu. T/M BAN THƯỜNG VỤ", "[Quy chế, Chương I, Điều 1] QUY CHẾ. làm việc của Đảng ủy. (Ban hành kèm theo Quyết định số 1-QĐ/TU). Chương I. QUY ĐỊNH CHUNG. Điều 1. Phạm vi | ~."}},
		{"a form is called what stands below its letterhead", paper("Mẫu số 1\nĐẢNG CỘNG SẢN VIỆT NAM\n..., ngày ... tháng ...\nĐƠN XIN VÀO ĐẢNG\nKính gửi: Chi ủy " + words(40)),
			[]string{"[Mẫu 1] Mẫu số 1. ĐƠN XIN VÀO ĐẢNG | ĐẢNG CỘNG SẢN VIỆT NAM ..., ngày ... tháng ... ĐƠN XIN VÀO ĐẢNG Kính gửi: Chi ủy ~."}},
		{"a form is whole, whatever blanks it has", paper("Phụ lục I\n(Kèm theo Quy định số 1-QĐ/TU)\nMẫu 01\nBÁO CÁO KẾT QUẢ\n" + words(30) + "\nI. TÌNH HÌNH\n1. ...\nII. KIẾN NGHỊ\n...\nNơi nhận:\nT/M CHI BỘ\nMẫu 02\nBIÊN BẢN HỌP\n" + words(30)),
			[]string{"[Phụ lục I, Mẫu 01] Phụ lục I. (Kèm theo Quy định số 1-QĐ/TU). Mẫu 01. BÁO CÁO KẾT QUẢ | ~. I. TÌNH HÌNH 1. ... II. KIẾN NGHỊ ... Nơi nhận: T/M CHI BỘ", "[Phụ lục I, Mẫu 02] Mẫu 02. BIÊN BẢN HỌP | ~."}},
		{"a list of forms is one passage", paper("PHỤ LỤC II\nMẪU TRÌNH BÀY\nMẫu 1.1 Nghị quyết\nMẫu 1.2 Quyết định\nMẫu 1.3 Văn bản có tên loại"),
			[]string{"[Phụ lục II] PHỤ LỤC II. MẪU TRÌNH BÀY | Mẫu 1.1 Nghị quyết Mẫu 1.2 Quyết định Mẫu 1.3 Văn bản có tên loại"}},
		{"a preface ends where the numbers begin", paper("LỜI NÓI ĐẦU\n" + words(50) + "\n1. Quy định chung\n1.1. " + words(50)),
			[]string{"[Lời nói đầu] LỜI NÓI ĐẦU | ~.", "[điểm 1] | 1. Quy định chung 1.1. ~."}},
		{"old laws end the heading with a full stop", paper("Điều 2. Nguyên tắc chỉ đạo.\n1- " + words(50) + "\nĐiều 3\n" + words(50)),
			[]string{"[Điều 2] Điều 2. Nguyên tắc chỉ đạo. | 1- ~.", "[Điều 3] Điều 3 | ~."}},
		{"a heading that breaks before a number", paper("Điều 68. Sửa đổi một số điều của Nghị định số 189/2025/NĐ-CP ngày\n01 tháng 7 năm 2025\n1. " + words(50)),
			[]string{"[Điều 68] Điều 68. Sửa đổi một số điều của Nghị định số 189/2025/NĐ-CP ngày 01 tháng 7 năm 2025 | 1. ~."}},
		{"questions stand alone", paper("A. KẾT NẠP\nCâu 1. Ai được kết nạp?\nTrả lời: " + words(20) + "\nCâu 2. Ai giới thiệu?\nTrả lời: " + words(20)),
			[]string{"[Mục A, Câu 1] A. KẾT NẠP. Câu 1. Ai được kết nạp? | Trả lời: ~.", "[Mục A, Câu 2] Câu 2. Ai giới thiệu? | Trả lời: ~."}},
		{"a table of contents is text", paper("MỤC LỤC\nChương I. Quy định chung ........ 3\nĐiều 1. Phạm vi ...... 3\nĐiều 2. Nguyên tắc\t4\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n" + words(50)),
			[]string{"[Mục lục] MỤC LỤC | Chương I. Quy định chung ........ 3 Điều 1. Phạm vi ...... 3 Điều 2. Nguyên tắc 4", "[Chương I, Điều 1] Chương I. QUY ĐỊNH CHUNG. Điều 1. Phạm vi | ~."}},
		{"a new count is a new passage", paper("5. Kiến nghị " + words(70) + "\nTÀI LIỆU THAM KHẢO\n1. Văn kiện " + words(50) + "\n2. Báo cáo " + words(60)),
			[]string{"[điểm 5] | 5. Kiến nghị ~.", "[Tài liệu tham khảo] TÀI LIỆU THAM KHẢO | 1. Văn kiện ~. 2. Báo cáo ~."}},
		{"a heading that nothing follows is not lost", paper("Điều 1. Phạm vi\n" + words(50) + "\nChương II\nTỔ CHỨC"),
			[]string{"[Điều 1] Điều 1. Phạm vi | ~. Chương II TỔ CHỨC"}},
		{"headings and nothing else", paper("Chương II\nTỔ CHỨC"), []string{"[] | Chương II TỔ CHỨC"}},
	} {
		if diff := cmp.Diff(test.want, outlineOf(test.pages)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestTheFirstPassageIsCalledWhatTheDocumentIs(t *testing.T) {
	doc := storage.Document{Facts: storage.Facts{Kind: "Quy định", Number: "17-QĐ/TU", Title: "về quản lý đảng viên"}}
	got := SplitPassages(doc, paper("Điều 1. Phạm vi\n"+words(50)+"\nĐiều 2. Nguyên tắc\n"+words(50)))
	if len(got) != 2 || got[0].Title != "Quy định 17-QĐ/TU về quản lý đảng viên. Điều 1. Phạm vi" || got[1].Title != "Điều 2. Nguyên tắc" {
		t.Errorf("%+v", got)
	}
}

func TestTextWithoutStructure(t *testing.T) {
	line := words(60)
	for i, p := range SplitPassages(storage.Document{}, paper(strings.Repeat(line+"\n", 20), strings.Repeat(line+"\n", 20))) {
		if n := len(analyzers.Tokenize(p.Text)); n != usualPassage || !strings.HasSuffix(p.Text, ".") || p.Section != "" {
			t.Errorf("passage %d has %d syllables and section %q", i, n, p.Section)
		}
	}
	// A line without end is cut at sentences, a sentence without end at words.
	for name, text := range map[string]string{
		"one line":     strings.Repeat(words(60)+" ", 100),
		"one sentence": strings.TrimSuffix(words(6000), "."),
		"one word":     strings.Repeat("a", 1<<20),
		"only dots":    strings.Repeat(".", 1<<20),
	} {
		pages := paper(text)
		passages := SplitPassages(storage.Document{}, pages)
		if err := checkPassages(pages, passages); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if name == "one line" && !slices.ContainsFunc(passages, func(p Passage) bool { return strings.HasSuffix(p.Text, "đảng.") }) {
			t.Errorf("%s is not cut at sentences", name)
		}
	}
}

func TestPageMarks(t *testing.T) {
	passages := SplitPassages(storage.Document{}, paper("Điều 1. Phạm vi\n1. Đầu "+words(40), "2\n\nkhoản này sang trang.\n2. Cuối "+words(40), "3\n\nĐiều 2. Nguyên tắc\n"+words(50)))
	if len(passages) != 2 || len(passages[0].Pages) != 2 || len(passages[1].Pages) != 1 {
		t.Fatalf("%+v", passages)
	}
	for phrase, page := range map[string]int{"Đầu": 1, "khoản này": 2, "Cuối": 2} {
		if got := passages[0].PageAt(strings.Index(passages[0].Text, phrase)); got != page {
			t.Errorf("%s is on page %d, want %d", phrase, got, page)
		}
	}
	if got := passages[1].PageAt(0); got != 3 {
		t.Errorf("Điều 2 is on page %d", got)
	}
}

// checkPassages holds what SplitPassages promises of any pages.
func checkPassages(pages []storage.Page, passages []Passage) error {
	var kept []string
	for i, p := range passages {
		if n := len(analyzers.Tokenize(p.Text)); n > 700 {
			return fmt.Errorf("passage %d has %d syllables", i, n)
		}
		if strings.TrimSpace(p.Text) == "" || strings.TrimSpace(p.Text) != p.Text {
			return fmt.Errorf("passage %d is blank or has blanks around it: %q", i, clip(p.Text, 80))
		}
		if strings.ContainsAny(p.Title+p.Section, "\n") {
			return fmt.Errorf("passage %d: title %q, section %q", i, p.Title, p.Section)
		}
		for j, mark := range p.Pages {
			if mark.Offset < 0 || mark.Offset >= len(p.Text) || j == 0 && mark.Offset != 0 || j > 0 && mark.Offset <= p.Pages[j-1].Offset {
				return fmt.Errorf("passage %d of %d bytes: page marks %v", i, len(p.Text), p.Pages)
			}
		}
		if len(p.Pages) == 0 {
			return fmt.Errorf("passage %d has no page", i)
		}
		kept = append(kept, syllables(p.Title)...)
		kept = append(kept, syllables(p.Text)...)
	}
	lines := textLines(pages)
	for _, line := range lines {
		for _, term := range syllables(line.text) {
			at := slices.Index(kept, term)
			if at < 0 {
				return fmt.Errorf("%q of line %q is lost or out of order", term, clip(line.text, 80))
			}
			kept = kept[at+1:]
		}
	}
	return checkLines(pages, lines)
}

// checkLines holds that lines are all of the pages' text but what runs at their
// edges, and that each says where it stands.
func checkLines(pages []storage.Page, lines []textLine) error {
	var text, own strings.Builder
	last := Place{}
	runes := make(map[int][]rune)
	for i, body := range Bodies(pages) {
		page := pages[i]
		if body.Start < 0 || body.End < body.Start || body.End > len(page.Text) || body.Start > 0 && !utf8.RuneStart(append([]byte(page.Text), 'a')[body.Start]) {
			return fmt.Errorf("page %d of %d bytes has the body %v", page.Number, len(page.Text), body)
		}
		own.WriteString(squeezed(page.Text[body.Start:body.End]))
		runes[page.Number] = []rune(page.Text)
	}
	for _, line := range lines {
		text.WriteString(squeezed(line.text))
		start := Place{line.page, line.start}
		if start.Before(last) || line.end.Before(start) {
			return fmt.Errorf("line %q stands at %v to %v, the line before it ends at %v", clip(line.text, 80), start, line.end, last)
		}
		last = line.end
		source := squeezed(string(runes[line.page][line.start:]))
		if part := squeezed(line.text); line.end.Page == line.page && !strings.HasPrefix(source, part) {
			return fmt.Errorf("at %v stands %q, not %q", start, clip(source, 80), clip(part, 80))
		}
	}
	if text.String() != own.String() {
		return fmt.Errorf("the lines are\n%q, the pages\n%q", text.String(), own.String())
	}
	return nil
}

// squeezed is a text without what may be lost where lines are joined.
func squeezed(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("-\u2010\u00ad", r) {
			return -1
		}
		return r
	}, text)
}

// syllables are terms, but for "TƯ": whether that is Trung ương depends on what
// stands around it.
func syllables(text string) []string {
	all := terms(text)
	for i, term := range all {
		if term == "tw" {
			all[i] = "tư"
		}
	}
	return all
}

func terms(text string) []string {
	var terms []string
	for _, token := range analyzers.Tokenize(text) {
		terms = append(terms, token.Term)
	}
	return terms
}

func TestNoTextOfTheSamplesIsLost(t *testing.T) {
	for name, pages := range samples(t) {
		if err := checkPassages(pages, SplitPassages(storage.Document{}, pages)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzSplitPassages(f *testing.F) {
	f.Add("Chương I\nQUY ĐỊNH\nĐiều 1. A\n1. b\na) c", "2\n\nd\nNơi nhận:\nT/M BAN\nQUY CHẾ\nvề x\nMẫu số 1\nĐƠN")
	f.Add("A. B CC\nI- D\nII- E\n1. f\n1.1 G\n\n1. h\nI. I", "TÀI LIỆU THAM KHẢO\n1. j")
	f.Add(strings.Repeat("Điều 1. ", 900), strings.Repeat("a. ", 900)+"\n"+strings.Repeat("1. đảng viên chi bộ\na) đảng\n", 60))
	f.Fuzz(func(t *testing.T, first, second string) {
		first, second = strings.ToValidUTF8(first, "?"), strings.ToValidUTF8(second, "?")
		pages := paper(first, second)
		if err := checkPassages(pages, SplitPassages(storage.Document{}, pages)); err != nil {
			t.Errorf("%q, %q: %v", first, second, err)
		}
	})
}

// Headings that nothing follows do not pile up into one title.
func TestHeadingsWithoutText(t *testing.T) {
	page := storage.Page{Number: 1, Text: strings.Repeat("Chương I A\n", 20_000)}
	passages := SplitPassages(storage.Document{}, []storage.Page{page})
	for i, p := range passages {
		if size := len(p.Title) + len(p.Text); size > 10_000 {
			t.Fatalf("passage %d of %d is of %d bytes", i, len(passages), size)
		}
	}
	if len(passages) < 100 {
		t.Errorf("%d passages", len(passages))
	}
}
