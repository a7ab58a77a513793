package extract

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"vankien/storage"
)

func zipFile(parts map[string]string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, data := range parts {
		header := &zip.FileHeader{Name: name, Method: zip.Deflate}
		if len(data) > 1<<20 { // takes seconds to compress under the race detector
			header.Method = zip.Store
		}
		entry, err := w.CreateHeader(header)
		if err != nil {
			panic(err)
		}
		if _, err := entry.Write([]byte(data)); err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

const wordNamespace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="r" xmlns:mc="mc"`

// docxFile writes a DOCX whose body is given in a shorthand: elements without
// a prefix are w:. The extra parts are named by their kind, with id rId<kind>.
func docxFile(body string, extra map[string]string) string {
	relations := ""
	parts := map[string]string{
		"[Content_Types].xml": "<Types/>",
		"_rels/.rels":         `<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="word/document2.xml"/></Relationships>`,
		"word/document2.xml":  wordXML("document", "<body>"+body+"</body>"),
	}
	for kind, content := range extra {
		parts["word/"+kind+".xml"] = wordXML(kind, content)
		relations += fmt.Sprintf(`<Relationship Id="rId%s" Type="http://x/%s" Target="%s.xml"/>`, kind, kind, kind)
	}
	parts["word/_rels/document2.xml.rels"] = "<Relationships>" + relations + "</Relationships>"
	return zipFile(parts)
}

// wordXML adds the prefix and the namespace.
func wordXML(root, content string) string {
	content = "<" + root + " " + wordNamespace + ">" + content + "</" + root + ">"
	tags := strings.Split(content, "<")
	for i, tag := range tags[1:] {
		name, ends := strings.CutPrefix(tag, "/")
		if strings.HasPrefix(name, "mc:") {
			continue
		}
		if name = "w:" + name; ends {
			name = "/" + name
		}
		tags[i+1] = name
	}
	return strings.Join(tags, "<")
}

// par is a paragraph of one run.
func par(text string) string { return "<p><r><t>" + text + "</t></r></p>" }

func TestDOCX(t *testing.T) {
	cell := func(content string) string { return "<tc>" + content + "</tc>" }
	lastBreak := "<lastRenderedPageBreak/>"
	tests := []struct {
		name, body string
		want       []string
	}{
		{"paragraphs, tabs, breaks", "<p><r><t>Số</t><tab/><t>12</t><br/><t>dòng hai</t></r></p>" + par("đoạn hai"), []string{"Số\t12\ndòng hai\nđoạn hai"}},
		{"runs make one word", "<p><r><t>Đi</t></r><r><rPr><b/></rPr><t>ều</t></r></p>", []string{"Điều"}},
		{"what was deleted or moved away is gone", "<p><del><r><delText>cũ</delText></r></del><moveFrom><r><t>đi</t></r></moveFrom><ins><r><t>mới</t></r></ins></p>", []string{"mới"}},
		{"a fallback repeats its choice", "<p><r><mc:AlternateContent><mc:Choice><t>một</t></mc:Choice><mc:Fallback><t>một</t></mc:Fallback></mc:AlternateContent></r></p>", []string{"một"}},
		{"hyphens and symbols", `<p><r><t>21</t><noBreakHyphen/><t>NQ tr</t><softHyphen/><t>ng </t><sym char="F0A8"/></r></p>`, []string{"21-NQ trng \uF0A8"}},
		{"field codes are no text", "<p><r><instrText>PAGE</instrText></r><r><t>7</t></r></p>", []string{"7"}},
		{"rows of one line", "<tbl><tr>" + cell(par("TT")) + cell(par("Tên")) + "</tr><tr>" + cell(par("1")) + cell(par("")) + "</tr></tbl>" + par("sau"), []string{"TT\tTên\n1\nsau"}},
		{"the head of a letter", "<tbl><tr>" + cell(par("TỈNH ỦY")+par("*")) + cell(par("ĐẢNG CỘNG SẢN VIỆT NAM")) + "</tr></tbl>", []string{"TỈNH ỦY\n*\nĐẢNG CỘNG SẢN VIỆT NAM"}},
		{"text boxes", "<p><r><t>ngoài</t></r><r><txbxContent>" + par("trong") + "</txbxContent></r></p>", []string{"ngoài\ntrong"}},
		{"page breaks of the author and of Word", "<p><r><t>một</t><br type='page'/></r></p><p><r>" + lastBreak + "<t>hai</t></r></p><p><r>" + lastBreak + "<t>ba</t></r></p>", []string{"một", "hai", "ba"}},
		{"a row over two pages breaks once", "<tbl><tr>" + cell("<p><r><t>a </t>"+lastBreak+"<t>b</t></r></p>") + cell("<p><r><t>c </t>"+lastBreak+"<t>d</t></r></p>") + "</tr></tbl>", []string{"a", "b\tc d"}},
		{"an empty document", "<p/>", []string{""}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, err := readBytes([]byte(docxFile(test.body, nil)))
			if err != nil {
				t.Fatal(err)
			}
			if text.MediaType != mediaDOCX {
				t.Errorf("read as %s", text.MediaType)
			}
			checkPages(t, text, test.want)
		})
	}
}

func TestDOCXMarginsAndNotes(t *testing.T) {
	body := "<p><r><t>Một</t><footnoteReference id='2'/></r></p><p><r><br type='page'/><t>Hai</t><endnoteReference id='2'/></r></p>" +
		"<sectPr><headerReference type='default' r:id='rIdheader'/><footerReference type='default' r:id='rIdfooter'/></sectPr>"
	text, err := readBytes([]byte(docxFile(body, map[string]string{
		"header":    par("DỰ THẢO LẦN 2"),
		"footer":    par("Lưu hành nội bộ"),
		"footnotes": "<footnote id='0'>" + par("") + "</footnote><footnote id='2'>" + par("Chú thích.") + "</footnote>",
		"endnotes":  "<endnote id='2'>" + par("Chú cuối.") + "</endnote>",
	})))
	if err != nil {
		t.Fatal(err)
	}
	checkPages(t, text, []string{"DỰ THẢO LẦN 2\nMột\nChú thích.\nLưu hành nội bộ", "Hai\nChú cuối."})
}

func TestDOCXNumbering(t *testing.T) {
	numbered := func(text, list string, level int) string {
		return fmt.Sprintf("<p><pPr><numPr><ilvl val='%d'/><numId val='%s'/></numPr></pPr><r><t>%s</t></r></p>", level, list, text)
	}
	lvl := func(i int, format, text string) string {
		return fmt.Sprintf("<lvl ilvl='%d'><start val='1'/><numFmt val='%s'/><lvlText val='%s'/></lvl>", i, format, text)
	}
	numbering := "<abstractNum abstractNumId='1'>" + lvl(0, "upperRoman", "Chương %1") + lvl(1, "decimal", "Điều %2.") + lvl(2, "lowerLetter", "%3)") + "</abstractNum>" +
		"<abstractNum abstractNumId='2'><lvl ilvl='0'><start val='3'/><numFmt val='decimal'/><pStyle val='Khoan'/><lvlText val='%1.'/></lvl>" + lvl(1, "decimal", "%1.%2") + "</abstractNum>" +
		"<abstractNum abstractNumId='3'>" + lvl(0, "bullet", "-") + lvl(1, "bullet", "\uF0B7") + "</abstractNum>" +
		"<num numId='1'><abstractNumId val='1'/></num><num numId='2'><abstractNumId val='2'/></num><num numId='3'><abstractNumId val='3'/></num>" +
		"<num numId='4'><abstractNumId val='2'/><lvlOverride ilvl='0'><startOverride val='1'/></lvlOverride></num>" +
		"<num numId='5'><abstractNumId val='2'/><lvlOverride ilvl='0'>" + lvl(0, "upperRoman", "Phần %1") + "</lvlOverride></num>"
	styles := "<style type='paragraph' styleId='Khoan'><pPr><numPr><numId val='2'/></numPr></pPr></style><style type='paragraph' styleId='Con'><basedOn val='Khoan'/></style>"
	body := numbered("Chung", "1", 0) + numbered("Phạm vi", "1", 1) + numbered("một", "1", 2) + numbered("hai", "1", 2) + numbered("Đối tượng", "1", 1) + numbered("lại một", "1", 2) +
		"<p><pPr><pStyle val='Con'/></pPr><r><t>kiểu</t></r></p>" + numbered("tiếp", "2", 0) + numbered("sâu", "2", 1) + numbered("từ đầu", "4", 0) + numbered("gạch", "3", 0) + numbered("chấm", "3", 1) +
		numbered("không số", "0", 0) + numbered("lạ", "77", 0) + numbered("Riêng", "1", 0) + numbered("Ba", "1", 1) + numbered("kiểu riêng", "5", 0)
	want := "Chương I Chung\nĐiều 1. Phạm vi\na) một\nb) hai\nĐiều 2. Đối tượng\na) lại một\n3. kiểu\n4. tiếp\n4.1 sâu\n1. từ đầu\n- gạch\n• chấm\nkhông số\nlạ\nChương II Riêng\nĐiều 1. Ba\nPhần II kiểu riêng"
	text, err := readBytes([]byte(docxFile(body, map[string]string{"numbering": numbering, "styles": styles})))
	if err != nil {
		t.Fatal(err)
	}
	checkPages(t, text, []string{want})
}

func TestDOCXRefused(t *testing.T) {
	good := docxFile(par("chữ"), nil)
	many := map[string]string{"word/document.xml": "<document/>"}
	for i := range maxEntries {
		many[fmt.Sprintf("word/media/%d", i)] = ""
	}
	tests := []struct {
		name, data string
		want       error
	}{
		{"half", good[:len(good)/2], storage.ErrInvalid},
		{"no document", zipFile(map[string]string{"word/other.xml": "<x/>"}), storage.ErrInvalid},
		{"broken XML", zipFile(map[string]string{"word/document.xml": "<w:document><w:p>"}), storage.ErrInvalid},
		{"too many parts", zipFile(many), storage.ErrTooLarge},
		{"one endless text", docxFile(par(strings.Repeat("chữ ", maxUnbroken/4)), nil), storage.ErrTooLarge},
		{"a page without end", docxFile(strings.Repeat(par(strings.Repeat("chữ ", 1<<10)), maxPageText/(4<<10)), nil), storage.ErrTooLarge},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := readBytes([]byte(test.data)); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

// Elements within elements cost the decoder memory that no limit on bytes
// bounds: a file of some kilobytes can open a hundred million.
func TestDOCXNesting(t *testing.T) {
	for _, where := range []string{"%s", "<p><pPr>%s</pPr></p>", "<p><pPr><rPr>%s</rPr></pPr></p>", "<p><r><rPr>%s</rPr></r></p>", "<sectPr>%s</sectPr>"} {
		body := fmt.Sprintf(where, strings.Repeat("<x>", 5000)+strings.Repeat("</x>", 5000))
		if text, err := readBytes([]byte(docxFile(body+par("chữ"), nil))); !errors.Is(err, storage.ErrInvalid) {
			t.Errorf("5,000 elements in %s: %+v, error %v", where, text, err)
		}
	}
}

func FuzzDOCX(f *testing.F) {
	f.Add("<p><pPr><numPr><ilvl val='1'/><numId val='1'/></numPr></pPr><r><t>a</t><br type='page'/></r></p>", "<abstractNum abstractNumId='1'><lvl ilvl='1'><lvlText val='%1.%2'/></lvl></abstractNum><num numId='1'><abstractNumId val='1'/></num>")
	f.Add("<tbl><tr><tc><p/><lastRenderedPageBreak/></tc><tr><tc/></tr></tr></tbl><sectPr/>", "<num numId='1'/>")
	f.Fuzz(func(t *testing.T, body, numbering string) {
		fuzzRead(t, []byte(docxFile(body, map[string]string{"numbering": numbering})))
	})
}
