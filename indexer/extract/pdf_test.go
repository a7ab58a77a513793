package extract

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"vankien/storage"
)

// pdfFile writes a PDF with one page per content stream. Its font F1 is a
// composite font whose codes are the characters' UTF-16 and half an em wide;
// F2 is a simple one without ToUnicode, F3 a composite one without it.
func pdfFile(contents ...string) []byte {
	kids, objects := "", []string{}
	for i, content := range contents {
		kids += fmt.Sprintf("%d 0 R ", 10+2*i)
		objects = append(objects,
			fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R/Resources<</Font<</F1 3 0 R/F2 6 0 R/F3 7 0 R>>/XObject<</Im 8 0 R/Fm 9 0 R>>>>>>", 11+2*i),
			stream("", content))
	}
	toUnicode := "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <1FFF> <0000> endbfrange"
	fixed := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids, len(contents)),
		"<</Type/Font/Subtype/Type0/BaseFont/Test/Encoding/Identity-H/DescendantFonts[5 0 R]/ToUnicode 4 0 R>>",
		stream("", toUnicode),
		"<</Type/Font/Subtype/CIDFontType2/DW 500>>",
		"<</Type/Font/Subtype/TrueType/BaseFont/Plain/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 33/Widths[250 500]>>",
		"<</Type/Font/Subtype/Type0/BaseFont/Dumb/Encoding/Identity-H/DescendantFonts[5 0 R]>>",
		stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "x"),
		stream("/Type/XObject/Subtype/Form/BBox[0 0 600 800]", "BT /F1 10 Tf 1 0 0 1 50 100 Tm "+show("trong khung")+" ET"),
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var offsets []int
	for i, object := range append(fixed, objects...) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return b.Bytes()
}

func stream(entries, data string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write([]byte(data)); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return fmt.Sprintf("<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream", entries, b.Len(), b.String())
}

// show is the operator that shows text in F1.
func show(text string) string { return hexString(text) + " Tj" }

func hexString(text string) string {
	var b strings.Builder
	for _, r := range text {
		fmt.Fprintf(&b, "%04X", r)
	}
	return "<" + b.String() + ">"
}

func readBytes(data []byte) (storage.Text, error) {
	return Read(context.Background(), File{Name: "tệp thử", Size: int64(len(data)), ReaderAt: bytes.NewReader(data)})
}

func TestPDFText(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"one string", "BT /F1 10 Tf 50 700 Td " + show("Điều 1. Phạm vi") + " ET", "Điều 1. Phạm vi"},
		{"syllables split over text objects stay whole",
			"BT /F1 10 Tf 1 0 0 1 50 700 Tm " + show("quy") + " ET BT /F1 10 Tf 1 0 0 1 65 700 Tm " + show("ền") + " ET", "quyền"},
		{"a gap within TJ is a space", "BT /F1 10 Tf 50 700 Td [" + hexString("Ban") + " -300 " + hexString("Bí") + "-10" + hexString(" thư") + "] TJ ET", "Ban Bí thư"},
		{"a gap left by Td is a space", "BT /F1 10 Tf 50 700 Td " + show("Bộ") + " 13 0 Td " + show("Chính") + " ET", "Bộ Chính"},
		{"lines by T*, ' and TD", "BT /F1 10 Tf 12 TL 50 700 Td " + show("một") + " T* " + show("hai") + " " + hexString("ba") + " ' 0 -12 TD " + show("bốn") + " ET", "một\nhai\nba\nbốn"},
		{"a paragraph begins after a wider step",
			"BT /F1 10 Tf 50 700 Td " + show("a") + " 0 -12 Td " + show("b") + " 0 -12 Td " + show("c") + " 0 -20 Td " + show("d") + " 0 -12 Td " + show("e") + " ET", "a\nb\nc\n\nd\ne"},
		{"a footnote mark stays on its line", "BT /F1 10 Tf 50 700 Td " + show("chú") + " /F1 6 Tf 4 Ts " + show("1") + " ET", "chú1"},
		{"columns of a letterhead are set apart", "BT /F1 10 Tf 50 700 Td " + show("Số 1") + " ET BT /F1 10 Tf 300 700 Td " + show("Hà Nội") + " ET", "Số 1\tHà Nội"},
		{"turned text reads along its own lines", "BT /F1 10 Tf 0 1 -1 0 50 100 Tm " + show("xoay ") + " " + show("ngang") + " ET", "xoay ngang"},
		{"form XObjects are read in place", "BT /F1 10 Tf 50 700 Td " + show("trước") + " ET /Fm Do", "trước\ntrong khung"},
		{"pixels of inline images are no operators", "BI /W 2 /H 2 ID (\xff\x00 Tj EIx\xfe \nEI Q BT /F1 10 Tf 50 700 Td " + show("sau ảnh") + " ET", "sau ảnh"},
		{"decomposed letters are composed", "BT /F1 10 Tf 50 700 Td " + show("nghi\u0323 quye\u0302\u0301t") + " ET", "nghị quyết"},
		{"a simple font", `BT /F2 10 Tf 50 700 Td (c\341c \(b\)) Tj ET`, "các (b)"},
		{"a string cut off by the end", "BT /F1 10 Tf 50 700 Td " + show("còn") + " <0041", "còn"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, err := readBytes(pdfFile(test.content))
			if err != nil {
				t.Fatal(err)
			}
			if text.MediaType != mediaPDF || len(text.Pages) != 1 {
				t.Fatalf("%s, %d pages", text.MediaType, len(text.Pages))
			}
			if p := text.Pages[0]; p.Text != test.want || p.Engine != enginePDF || p.Number != 1 {
				t.Errorf("got %+q from %s, want %+q", p.Text, p.Engine, test.want)
			}
		})
	}
}

const sentence = "BT /F1 10 Tf 50 700 Td "

var readable = sentence + show(strings.Repeat("Chi bộ họp định kỳ mỗi tháng một lần. ", 5)) + " ET"

func TestPDFScans(t *testing.T) {
	picture := "q 600 0 0 800 0 0 cm /Im Do Q"
	tests := []struct {
		name     string
		contents []string
		want     bool
	}{
		{"text", []string{readable}, false},
		{"a picture", []string{picture}, true},
		{"a picture with a stamp of text", []string{picture + " " + sentence + show("Người ký: Sở Y tế") + " ET"}, true},
		{"a picture with a good text layer", []string{picture + " " + readable}, false},
		{"a picture with a bad text layer", []string{picture + " " + sentence + show(strings.Repeat("CQNG HoAxA H(')I CHiJ NGHiA vrer NAM DQc Iq,p ", 5)) + " ET"}, true},
		{"letters drawn as curves", []string{strings.Repeat("0 0 m 9 9 l f ", 400)}, true},
		{"fonts that do not say what they draw", []string{"BT /F3 10 Tf 50 700 Td " + show(strings.Repeat("N\x01X\x02Q\x04W ", 20)) + " ET"}, true},
		{"a short page", []string{sentence + show("Trang bìa") + " ET"}, false},
		{"a blank page", []string{""}, false},
		{"mostly text", []string{readable, picture, readable}, false},
		{"mostly pictures", []string{readable, picture, picture}, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, err := readBytes(pdfFile(test.contents...))
			if err != nil {
				t.Fatal(err)
			}
			if got := NeedsOCR(text); got != test.want {
				t.Errorf("NeedsOCR = %v, want %v: %+v", got, test.want, text.Pages)
			}
			if len(text.Pages) != len(test.contents) {
				t.Errorf("%d pages", len(text.Pages))
			}
		})
	}
}

func TestPDFDamage(t *testing.T) {
	whole := pdfFile(readable, readable)
	replace := func(old, new string) []byte { return bytes.Replace(whole, []byte(old), []byte(new), 1) }
	tests := []struct {
		name string
		data []byte
		want error
	}{
		{"whole", whole, nil},
		{"NULs behind the end", append(bytes.Clone(whole), make([]byte, 5000)...), nil},
		{"a mail header in front", append([]byte("Content-Type: application/pdf\r\n\r\n"), whole...), nil},
		{"a newer version", replace("%PDF-1.7", "%PDF-2.0"), nil},
		{"startxref points nowhere", replace("startxref\n", "startxref\n9"), nil},
		{"no end at all", whole[:bytes.LastIndex(whole, []byte("xref\n0"))], storage.ErrInvalid}, // the root is named in the lost trailer
		{"only %%EOF is lost", bytes.TrimSuffix(whole, []byte("%%EOF\n")), nil},
		{"a page is lost", bytes.Replace(whole, []byte("12 0 obj"), []byte("99 0 obj"), 1), storage.ErrInvalid},
		{"half a file", whole[:len(whole)/2], storage.ErrInvalid},
		{"a head only", whole[:20], storage.ErrInvalid},
		{"no pages", replace("/Kids[10 0 R 12 0 R ]", "/Kids[]"), storage.ErrInvalid},
		{"pages within themselves", replace("/Kids[10 0 R", "/Kids[ 2 0 R"), storage.ErrInvalid},
		{"an unknown cipher", replace("<</Size", "<</Encrypt<</Filter/Standard/V 5/R 6/Length 256>>/Size"), storage.ErrEncrypted},
		{"a password", replace("<</Size", "<</ID[<00><00>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O("+strings.Repeat("o", 32)+")/U("+strings.Repeat("u", 32)+")>>/Size"), storage.ErrEncrypted},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, err := readBytes(test.data)
			if !errors.Is(err, test.want) {
				t.Fatalf("error %v, want %v", err, test.want)
			}
			var refused *Error
			if test.want != nil && (!errors.As(err, &refused) || refused.Reason == "") {
				t.Errorf("no reason: %v", err)
			}
			if test.want == nil && (len(text.Pages) != 2 || !strings.Contains(text.Pages[1].Text, "Chi bộ họp")) {
				t.Errorf("read %+v", text)
			}
		})
	}
}

func TestPDFBadPageKeepsTheOthers(t *testing.T) {
	data := pdfFile(readable, readable)
	second := bytes.LastIndex(data, []byte("/FlateDecode"))
	copy(data[second:], "/JBIG2Decode")
	text, err := readBytes(data)
	if err != nil {
		t.Fatal(err)
	}
	if text.Pages[0].Score < 0.9 || text.Pages[1].Text != "" || text.Pages[1].Warnings[len(text.Pages[1].Warnings)-1] != warnDamagedPage {
		t.Errorf("read %+v", text.Pages)
	}
}

func TestPDFBombIsCut(t *testing.T) {
	data := pdfFile(readable, readable)
	start := bytes.Index(data, []byte("11 0 obj"))
	end := start + bytes.Index(data[start:], []byte("endobj"))
	content := bomb(readable+strings.Repeat(" ", 1<<20), maxContentBytes>>20)
	text, err := readBytes(bytes.Join([][]byte{data[:start], []byte("11 0 obj\n" + content + "\n"), data[end:]}, nil))
	if err != nil {
		t.Fatal(err)
	}
	if p := text.Pages[0]; !strings.Contains(p.Text, "Chi bộ") || p.Warnings[len(p.Warnings)-1] != warnDamagedPage {
		t.Errorf("first page: %+v", p)
	}
}

func FuzzPDF(f *testing.F) {
	f.Add(pdfFile(readable))
	f.Add(pdfFile("q 600 0 0 800 0 0 cm /Im Do Q /Fm Do", `BT /F2 1 Tf (\)\051) ' ET`))
	f.Add(bytes.Replace(pdfFile(readable), []byte("startxref\n"), []byte("startxref\n9"), 1))
	f.Fuzz(fuzzRead)
}

// FuzzPDFContent reaches the operators, which a fuzzer of files cannot through
// the compression.
func FuzzPDFContent(f *testing.F) {
	f.Add([]byte(readable))
	f.Add([]byte("q 1 0 0 1 0 0 cm BI ID \xff EI Q [(a) -3 <41>] TJ << /A [1 2] >> BDC"))
	f.Fuzz(func(t *testing.T, content []byte) {
		text, err := readBytes(pdfFile(string(content)))
		checkRead(t, text, err)
	})
}

func FuzzCMap(f *testing.F) {
	f.Add([]byte("2 beginbfchar <0041> <1EA1> <42> <D83DDE00> endbfchar 1 beginbfrange <00> <ff> [<0041> <0042>] endbfrange"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if m := readCMap(bytes.NewReader(data)); len(m) > maxMappings {
			t.Errorf("%d mappings", len(m))
		}
	})
}
