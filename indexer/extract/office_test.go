package extract

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"strings"
	"testing"

	"vankien/storage"
)

// officeFiles are what LibreOffice wrote of testdata/quy-dinh.fodt.
var officeFiles = []struct{ extension, media, engine string }{
	{".doc", mediaDOC, engineWord}, {".rtf", mediaRTF, engineRTF}, {".odt", mediaODT, engineODT},
}

func officeFile(t testing.TB, extension string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/quy-dinh" + extension)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestOffice: the same document reads the same, whatever wrote it: its header,
// tables, automatic numbers, text box, notes, footer and pages, without what was
// deleted or remarked.
func TestOffice(t *testing.T) {
	want := strings.Split(strings.TrimSuffix(string(officeFile(t, ".txt")), "\n"), "\n\f\n")
	for _, file := range officeFiles {
		t.Run(file.extension, func(t *testing.T) {
			text, err := readBytes(officeFile(t, file.extension))
			if err != nil {
				t.Fatal(err)
			}
			if text.MediaType != file.media || text.Pages[0].Engine != file.engine {
				t.Errorf("read as %s by %s", text.MediaType, text.Pages[0].Engine)
			}
			checkPages(t, text, want)
		})
	}
}

// TestOfficeTruncated: half a file is refused or said to be half a file.
func TestOfficeTruncated(t *testing.T) {
	for _, file := range officeFiles {
		data := officeFile(t, file.extension)
		for size := 0; size < len(data); size += 1 << 10 {
			text, err := readBytes(data[:size])
			checkRead(t, text, err)
			if err == nil && !strings.Contains(strings.Join(text.Pages[len(text.Pages)-1].Warnings, " "), warnDamagedPage) {
				t.Errorf("%s: %d bytes read as the whole", file.extension, size)
			}
		}
	}
}

func TestOfficeFailingReader(t *testing.T) {
	broken := errors.New("input/output error")
	for _, file := range officeFiles {
		data := officeFile(t, file.extension)
		for at := 0; at < len(data)-1<<10; at += 1 << 10 {
			_, err := Read(t.Context(), File{Name: "a", Size: int64(len(data)), ReaderAt: failsBehind{data, int64(at), broken}})
			if !errors.Is(err, broken) || errors.As(err, new(*Error)) {
				t.Fatalf("%s failing from %d on: %v", file.extension, at, err)
			}
		}
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if _, err := Read(ctx, File{Name: "a", Size: int64(len(data)), ReaderAt: bytes.NewReader(data)}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s cancelled: %v", file.extension, err)
		}
	}
}

func TestOfficeRefused(t *testing.T) {
	header := func(change func(fib []byte)) string {
		data := officeFile(t, ".doc")
		at := 512
		for !bytes.HasPrefix(data[at:], []byte{0xEC, 0xA5}) {
			at += 512
		}
		change(data[at:])
		return string(data)
	}
	tests := []struct {
		name, data string
		want       error
		reason     string
	}{
		{"a DOC with a password", header(func(fib []byte) { fib[11] |= 1 }), storage.ErrEncrypted, "mật khẩu"},
		{"a DOC of Word 95", header(func(fib []byte) { binary.LittleEndian.PutUint16(fib[2:], 0x68) }), storage.ErrUnsupported, "Word 95"},
		{"a damaged DOC", header(func(fib []byte) { clear(fib[76:100]); fib[76], fib[79] = 1, 0x80 }), storage.ErrInvalid, "DOC bị hỏng"},
		{"an ODT with a password", odtFile("", map[string]string{"META-INF/manifest.xml": "<m><file-entry><encryption-data/></file-entry></m>"}), storage.ErrEncrypted, "mật khẩu"},
		{"broken XML in an ODT", zipFile(map[string]string{"mimetype": mediaODT, "content.xml": "<office:body><text:p>"}), storage.ErrInvalid, "ODT bị hỏng"},
		{"an ODT of one endless page", odtFile(strings.Repeat("<p>"+strings.Repeat("chữ ", 1<<10)+"</p>", maxPageText/(4<<10)), nil), storage.ErrTooLarge, "vượt quá"},
		{"elements without end in an ODT", odtFile(strings.Repeat("<span>", 5000)+strings.Repeat("</span>", 5000), nil), storage.ErrInvalid, "ODT bị hỏng"},
		{"RTF of nothing", `{\rtf1{\fonttbl{\f0`, storage.ErrInvalid, "RTF bị hỏng"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := readBytes([]byte(test.data))
			var refused *Error
			if !errors.Is(err, test.want) || !errors.As(err, &refused) || !strings.Contains(refused.Reason, test.reason) {
				t.Errorf("got %v, want %v for %q", err, test.want, test.reason)
			}
		})
	}
}

// odtFile writes an ODT with the body and, besides or instead, other parts.
func odtFile(body string, parts map[string]string) string {
	all := map[string]string{"mimetype": mediaODT, "content.xml": "<document-content><body><text>" + body + "</text></body></document-content>"}
	for name, content := range parts {
		all[name] = content
	}
	return zipFile(all)
}

func TestODT(t *testing.T) {
	const styles = `<document-styles><styles>
		<style name="Moi" family="paragraph"><paragraph-properties break-before="page"/></style><style name="Con" family="paragraph" parent-style-name="Moi"/>
		<style name="Sau" family="paragraph"><paragraph-properties break-after="page"/></style><style name="Khac" family="paragraph" master-page-name="Dau"/>
		<style name="Tran" family="paragraph" list-style-name=""/>
		<outline-style><outline-level-style level="1" num-format="I" num-prefix="Chương "/><outline-level-style level="2" num-format="1" num-suffix="." display-levels="1"/></outline-style>
		<list-style name="L"><list-level-style-number level="1" num-format="1" num-suffix="."/><list-level-style-number level="2" num-format="1" display-levels="2" num-suffix="."/><list-level-style-number level="3" num-format="a" num-list-format="%3%)"/></list-style>
		<list-style name="B"><list-level-style-bullet level="1" bullet-char="&#xF02D;"/></list-style>
		</styles><automatic-styles><style name="P1" family="paragraph"><paragraph-properties break-before="page"/></style></automatic-styles>
		<master-styles><master-page name="Standard"><header display="false"><p>ẩn</p></header><footer><p>1</p></footer></master-page>
		<master-page name="Dau"><header><p>thường</p></header><header-first><p>Trang đầu</p></header-first><footer><p>Nội bộ</p></footer></master-page></master-styles></document-styles>`
	for _, test := range []struct {
		name, body string
		want       []string
	}{
		{"blanks of the file are one, those of the author as many", "<p> a\n\t<span> b</span><s c='3'/>c<tab/>d<line-break/>e</p>", []string{"a b   c\td\ne"}},
		{"what is not text", "<tracked-changes><changed-region><deletion><p>cũ</p></deletion></changed-region></tracked-changes><p>a<annotation><p>b</p></annotation><bookmark/>c</p>stray", []string{"ac"}},
		{"pages of the author and of LibreOffice", "<p style-name='Moi'>a</p><p style-name='Con'><soft-page-break/>b</p><p style-name='Sau'>c<soft-page-break/>d</p><p>e</p>", []string{"a", "b\nc", "d", "e"}},
		{"another kind of page", "<p style-name='Khac'>a</p><p style-name='Khac'>b</p>", []string{"Trang đầu\na\nNội bộ", "b"}},
		{"lists", "<list style-name='L' id='x'><list-item><p>a</p><p>b</p><list><list-item><p>c</p><list><list-item><p>d</p></list-item></list></list-item></list></list-item><list-header><p>e</p></list-header></list><list style-name='L'><list-item><p>f</p></list-item></list><list continue-list='x'><list-item><p>g</p></list-item><list-item start-value='7'><p>h</p></list-item></list>",
			[]string{"1. a\nb\n1.1. c\na) d\ne\n1. f\n2. g\n7. h"}},
		{"dashes", "<list style-name='B'><list-item><p>a</p></list-item></list>", []string{"- a"}},
		{"headings", "<h outline-level='1'>a</h><h outline-level='2'>b</h><h outline-level='1' style-name='Tran'>c</h><h outline-level='1'>d</h><h outline-level='2'>e</h>", []string{"Chương I a\n1. b\nc\nChương II d\n1. e"}},
		{"tables", "<table><table-row><table-cell><p>a</p></table-cell><covered-table-cell/><table-cell><p>b</p></table-cell></table-row></table><p>c</p>", []string{"a\t\tb\nc"}},
		{"notes", "<p>a<note><note-citation>1</note-citation><note-body><p>b</p></note-body></note></p><p>c<soft-page-break/>d</p>", []string{"a\nc\nb", "d"}},
		{"a text box", "<p><frame><text-box><p>a</p></text-box></frame>b</p>", []string{"a\nb"}},
		{"a hyphen that does not break", "<p>21\u2011NQ/TW</p>", []string{"21-NQ/TW"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			text, err := readBytes([]byte(odtFile(test.body, map[string]string{"styles.xml": styles})))
			if err != nil {
				t.Fatal(err)
			}
			checkPages(t, text, test.want)
		})
	}
}

// TestOfficeLegacy: the letters of TCVN3 fonts come out of a file as it has them
// and are read as what they show.
func TestOfficeLegacy(t *testing.T) {
	const stored = "C¸n bé, ®¶ng viªn ph¶i chÊp hµnh NghÞ quyÕt cña Trung \u00AD¬ng §¶ng."
	const want = "Cán bộ, đảng viên phải chấp hành Nghị quyết của Trung ương Đảng."
	for name, data := range map[string]string{
		"RTF": `{\rtf1\ansi\ansicpg1258{\fonttbl{\f0\fcharset163 .VnTime;}}\f0 ` + rtfCodes(stored) + `\par}`,
		"ODT": odtFile("<p>"+stored+"</p>", nil),
	} {
		text, err := readBytes([]byte(data))
		if err != nil {
			t.Fatal(name, err)
		}
		checkPages(t, text, []string{want})
	}
}

// TestNames: content decides what a file is. Half of what is called .doc is not.
func TestNames(t *testing.T) {
	for name, data := range map[string][]byte{
		mediaHTML: []byte("<html><body>Điều 1"), mediaRTF: []byte("\xEF\xBB\xBF\n{\\rtf1 a}"), mediaDOCX: []byte(docxFile(par("a"), nil)), mediaDOC: officeFile(t, ".doc"),
		mediaODT: []byte(odtFile("<p>a</p>", nil)),
	} {
		text, err := Read(t.Context(), File{Name: "a.pdf", Size: int64(len(data)), ReaderAt: bytes.NewReader(data)})
		if err != nil || text.MediaType != name {
			t.Errorf("%s: read as %s, %v", name, text.MediaType, err)
		}
	}
}

func FuzzODT(f *testing.F) {
	f.Add("<p style-name='a'>a<s c='9'/><note><note-body><p>b</p></note-body></note></p><list style-name='L'><list-item start-value='3'><p>c</p></list-item></list>", "<styles><style name='a' family='paragraph' parent-style-name='a'/><list-style name='L'><list-level-style-number level='1' display-levels='3' num-format='1'/></list-style></styles>")
	f.Add("<table><table-row><table-cell><p/><soft-page-break/></table-cell><table-row/></table-row></table><h outline-level='9'>a</h>", "<styles><outline-style><outline-level-style level='9' num-format='a' num-list-format='%1%%9%'/></outline-style></styles><master-page name='Standard'><header><p>a</p></header><footer/></master-page>")
	f.Fuzz(func(t *testing.T, body, styles string) {
		fuzzRead(t, []byte(odtFile(body, map[string]string{"styles.xml": "<document-styles>" + styles + "</document-styles>"})))
	})
}
