package extract

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// annotated is a page of content with annotations, whose entries and
// appearances these are.
func annotated(content string, annotations ...[2]string) []byte {
	data := pdfFile(content)
	last := 11 // the number of pdfFile's last object for one page
	list, objects := "", ""
	for i, a := range annotations {
		widget, form := last+1+2*i, last+2+2*i
		list += fmt.Sprintf("%d 0 R ", widget)
		objects += fmt.Sprintf("%d 0 obj\n<</Type/Annot/Subtype/Widget/FT/Sig/T(s%d)/AP<</N %d 0 R>>%s>>\nendobj\n%d 0 obj\n%s\nendobj\n", widget, i, form, a[0], form, stream("/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F1 3 0 R>>/XObject<</Im 8 0 R>>>>", a[1]))
	}
	data = bytes.Replace(data, []byte("<</Type/Catalog"), []byte("<</AcroForm<</Fields["+list+"]>>/Type/Catalog"), 1)
	page := bytes.Index(data, []byte("/MediaBox[0 0 600 800]/Contents"))
	out := append(bytes.Clone(data[:page]), "/Annots["+list+"]"...)
	out = append(out, data[page:]...)
	// Repaired from its objects: the table is wrong now.
	cut := bytes.LastIndex(out, []byte("xref\n0"))
	tail := bytes.Clone(out[cut:])
	return append(append(out[:cut], objects...), tail...)
}

// TestPDFNotes: what annotations show is text of the page, at its place in the
// line where it has one.
func TestPDFNotes(t *testing.T) {
	letterhead := "BT /F1 10 Tf 50 700 Td " + show("Số:") + " 80 0 Td " + show("/QĐ-UBND") + " 200 0 Td " + show("Hà Nội") + " -280 -20 Td " + show("Dòng sau") + " ET"
	number := "BT /F1 10 Tf 0 5 Td " + show("62") + " ET"
	tests := []struct {
		name        string
		annotations [][2]string
		want        string
	}{
		{"a number in the gap of a line", [][2]string{{"/Rect[80 696 180 716]", number}}, "Số: 62 /QĐ-UBND\tHà Nội\nDòng sau"},
		{"a number at the end of a line", [][2]string{{"/Rect[370 696 470 716]", number}}, "Số:\t/QĐ-UBND\tHà Nội 62\nDòng sau"},
		{"two in one line", [][2]string{{"/Rect[370 696 470 716]", number}, {"/Rect[80 696 180 716]", number}}, "Số: 62 /QĐ-UBND\tHà Nội 62\nDòng sau"},
		{"a block of its own", [][2]string{{"/Rect[300 300 400 320]", "BT /F1 8 Tf 0 12 Td " + show("Người ký: A") + " 0 -10 Td " + show("Ngày ký: B") + " ET"}},
			"Số:\t/QĐ-UBND\tHà Nội\nDòng sau\n\nNgười ký: A\nNgày ký: B"},
		{"a smaller rectangle draws it smaller", [][2]string{{"/Rect[80 698 130 708]", number}}, "Số: 62 /QĐ-UBND\tHà Nội\nDòng sau"},
		{"hidden", [][2]string{{"/Rect[80 696 180 716]/F 2", number}}, "Số:\t/QĐ-UBND\tHà Nội\nDòng sau"},
		{"not for the screen", [][2]string{{"/Rect[80 696 180 716]/F 32", number}}, "Số:\t/QĐ-UBND\tHà Nội\nDòng sau"},
		{"printed and locked", [][2]string{{"/Rect[80 696 180 716]/F 132", number}}, "Số: 62 /QĐ-UBND\tHà Nội\nDòng sau"},
		{"a picture has no text", [][2]string{{"/Rect[80 696 180 716]", "q 90 0 0 20 0 0 cm /Im Do Q"}}, "Số:\t/QĐ-UBND\tHà Nội\nDòng sau"},
		{"damaged beside a good one", [][2]string{{"/Rect[80 696 180 716]", strings.Repeat("[", 50)}, {"/Rect[80 696 180 716]", number}}, "Số: 62 /QĐ-UBND\tHà Nội\nDòng sau"},
		{"no rectangle", [][2]string{{"", number}}, "Số:\t/QĐ-UBND\tHà Nội\nDòng sau\n\n62"},
	}
	blanks := "BT /F1 10 Tf 50 700 Td " + show("Số:"+strings.Repeat(" ", 10)+"/QĐ") + " ET"
	text, err := readBytes(annotated(blanks, [2]string{"/Rect[70 696 170 716]", number}))
	if err != nil || text.Pages[0].Text != "Số: 62       /QĐ" { // of ten blanks of 5 points two are covered, and one is left before
		t.Errorf("a number among blanks: %q, %v", text.Pages[0].Text, err)
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, err := readBytes(annotated(letterhead, test.annotations...))
			if err != nil {
				t.Fatal(err)
			}
			if got := text.Pages[0].Text; got != test.want || text.Pages[0].Engine != enginePDF {
				t.Errorf("got %q from %s, want %q", got, text.Pages[0].Engine, test.want)
			}
		})
	}
}

// TestDrawn: OCR is worth its time where the head of a page shows more than text.
func TestDrawn(t *testing.T) {
	text := "BT /F1 10 Tf 50 700 Td " + show("Số: 12") + " ET "
	outlined := "0.1 0 0 0.1 50 700 cm 0 0 m " + strings.Repeat("10 20 30 40 50 60 c ", 50) + "f"
	tests := []struct {
		name string
		data []byte
		want bool
	}{
		{"text", pdfFile(text), false},
		{"a blank page", pdfFile(""), false},
		{"a table", pdfFile(text + strings.Repeat("50 600 100 20 re S 50 600 m 500 600 l S ", 50)), false},
		{"a rule that is an image", pdfFile(text + "q 200 0 0 1 50 690 cm /Im Do Q"), false},
		{"an image", pdfFile(text + "q 80 0 0 40 50 690 cm /Im Do Q"), true},
		{"an image within a form", pdfFile(text + "q 10 0 0 10 0 0 cm /Fm Do Q q 80 0 0 40 50 690 cm /Im Do Q"), true},
		{"an image at the foot", pdfFile(text + "q 80 0 0 40 50 90 cm /Im Do Q"), false},
		{"letters drawn as curves", pdfFile(text + outlined), true},
		{"curves that only clip", pdfFile(text + strings.TrimSuffix(outlined, "f") + "W n"), false},
		{"letters that are not known", pdfFile(text + "BT /F3 10 Tf 50 650 Td " + show("N\x01X\x02") + " ET"), true},
		{"a stamp of text", annotated(text, [2]string{"/Rect[80 696 180 716]", text}), false},
		{"a stamp that is an image", annotated(text, [2]string{"/Rect[80 696 180 716]", "q 90 0 0 20 0 0 cm /Im Do Q"}), true},
		{"a hidden stamp", annotated(text, [2]string{"/Rect[80 696 180 716]/F 2", "q 90 0 0 20 0 0 cm /Im Do Q"}), false},
		{"a page that is damaged", pdfFile(text + strings.Repeat("[", 50)), true},
		{"what is no PDF", []byte("Nghị quyết"), false},
	}
	child := testChild(ChildConfig{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := File{Name: test.name, Size: int64(len(test.data)), ReaderAt: bytes.NewReader(test.data)}
			for name, drawn := range map[string]func() (bool, error){
				"function": func() (bool, error) { return Drawn(t.Context(), f, 1) },
				"process":  func() (bool, error) { return child.Drawn(t.Context(), f, 1) },
			} {
				if got, err := drawn(); err != nil || got != test.want {
					t.Errorf("%s: %v, %v, want %v", name, got, err, test.want)
				}
			}
		})
	}
}
