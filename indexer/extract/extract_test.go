package extract

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"vankien/storage"
)

// fuzzRead holds Read to its promise for any bytes at all.
func fuzzRead(t *testing.T, data []byte) {
	text, err := readBytes(data)
	checkRead(t, text, err)
}

func checkRead(t *testing.T, text storage.Text, err error) {
	t.Helper()
	if err != nil {
		var refused *Error
		if !errors.As(err, &refused) || refused.Reason == "" {
			t.Fatalf("no reason: %v", err)
		}
		return
	}
	if len(text.Pages) == 0 {
		t.Fatal("no pages and no error")
	}
	for i, p := range text.Pages {
		if p.Number != i+1 || !utf8.ValidString(p.Text) || !norm.NFC.IsNormalString(p.Text) || strings.ContainsAny(p.Text, "\ufdd0\ufdd1") || strings.ContainsAny(p.Text, "\r\f") && text.MediaType != mediaPDF || p.Warnings == nil || p.Score < 0 || p.Score > 1 {
			t.Fatalf("page %d: %+v", i+1, p)
		}
	}
}

func TestFormatsByContent(t *testing.T) {
	ole := func(stream string) string {
		data := make([]byte, 2048)
		copy(data, oleMagic)
		data[30], data[48] = 9, 1
		copy(data[1024:], utf16Bytes(stream))
		return string(data)
	}
	tests := []struct {
		name, data string
		want       error
		reason     string
	}{
		{"an empty file", "", storage.ErrInvalid, "rỗng"},
		{"what is left of a DOC", ole("WordDocument"), storage.ErrInvalid, "DOC bị hỏng"},
		{"what is left of an Office file, its directory gone", ole("WordDocument")[:1024], storage.ErrInvalid, "chưa tải lên đủ"},
		{"XLS", ole("Workbook"), storage.ErrUnsupported, "XLS"},
		{"a DOCX with a password", ole("EncryptedPackage"), storage.ErrEncrypted, "mật khẩu"},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", storage.ErrUnsupported, "PNG"},
		{"XLSX", zipFile(map[string]string{"xl/workbook.xml": "<workbook/>"}), storage.ErrUnsupported, "XLSX"},
		{"PPTX", zipFile(map[string]string{"ppt/presentation.xml": "<p/>"}), storage.ErrUnsupported, "PPTX"},
		{"ODS", zipFile(map[string]string{"mimetype": mediaODF + "spreadsheet", "content.xml": "<x/>"}), storage.ErrUnsupported, "ODS"},
		{"an ODT without content", zipFile(map[string]string{"mimetype": mediaODT}), storage.ErrInvalid, "ODT bị hỏng"},
		{"a plain archive", zipFile(map[string]string{"a.txt": "a"}), storage.ErrUnsupported, "ZIP"},
		{"half an archive", zipFile(map[string]string{"word/document.xml": "<document/>"})[:60], storage.ErrInvalid, "chưa tải lên đủ"},
		{"XML", `<?xml version="1.0"?><feed></feed>`, storage.ErrUnsupported, "XML"},
		{"noise", "\x00\x01\x02\x03\xfe\xed\xfa\x11", storage.ErrUnsupported, "Không nhận ra"},
		{"text of another language's encoding", "\xCF\xEE\xF1\xF2\xE0\xED\xEE\xE2\xEB\xE5\xED\xE8\xE5 \xCF\xF0\xE0\xE2\xE8\xF2\xE5\xEB\xFC\xF1\xF2\xE2\xE0", storage.ErrUnsupported, "bảng mã"},
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

func TestPlainText(t *testing.T) {
	tests := []struct {
		name, data string
		want       []string
	}{
		{"UTF-8", "Điều 1.\nPhạm vi", []string{"Điều 1.\nPhạm vi"}},
		{"a byte order mark and CRLF", "\xEF\xBB\xBFĐiều 1. \r\n\r\n\r\nPhạm vi\r\n", []string{"Điều 1.\n\nPhạm vi"}},
		{"UTF-16 LE", "\xFF\xFE\x10\x01i\x00\xC1\x1Eu\x00", []string{"Điều"}},
		{"UTF-16 BE", "\xFE\xFF\x01\x10\x00i\x1E\xC1\x00u", []string{"Điều"}},
		{"decomposed", "nghi\u0323", []string{"nghị"}},
		{"form feeds end pages", "một\fhai\f", []string{"một", "hai"}},
		{"Markdown as written", "# Chương I\n\n- một\n", []string{"# Chương I\n\n- một"}},
		{"a table of values", "a,b\n1,2\n3,4\n", []string{"a,b\n1,2\n3,4"}},
		{"blanks", " \n \n", []string{""}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, err := readBytes([]byte(test.data))
			if err != nil {
				t.Fatal(err)
			}
			if text.MediaType != mediaText {
				t.Errorf("read as %s", text.MediaType)
			}
			checkPages(t, text, test.want)
		})
	}
}

func checkPages(t *testing.T, text storage.Text, want []string) {
	t.Helper()
	var got []string
	for _, p := range text.Pages {
		got = append(got, p.Text)
	}
	if strings.Join(got, "\f") != strings.Join(want, "\f") {
		t.Errorf("got  %+q\nwant %+q", got, want)
	}
}

func TestPagesAreJudged(t *testing.T) {
	good, bad := "Đảng bộ tỉnh lãnh đạo toàn diện các mặt công tác xây dựng Đảng trong nhiệm kỳ.", "BAN CH P HÀNH TRUNG NG Đ NG C NG S N VI T NAM"
	text, err := readBytes([]byte(good + "\f" + bad + "\f\f" + good))
	if err != nil {
		t.Fatal(err)
	}
	if p := text.Pages[0]; p.Score < 0.95 || len(p.Warnings) != 0 {
		t.Errorf("good: %+v", p)
	}
	if p := text.Pages[1]; p.Score > 0.6 || len(p.Warnings) == 0 {
		t.Errorf("bad: %+v", p)
	}
	if p := text.Pages[2]; p.Score != 0 || len(p.Warnings) != 1 || p.Warnings[0] != warnEmptyPage {
		t.Errorf("empty: %+v", p)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for name, data := range map[string][]byte{"pdf": pdfFile(readable), "docx": []byte(docxFile("<p/>", nil)), "html": []byte("<p>a"), "text": []byte("a")} {
		_, err := Read(ctx, File{Name: name, Size: int64(len(data)), ReaderAt: bytes.NewReader(data)})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// failsBehind is a reader that fails from an offset on, as a disk does.
type failsBehind struct {
	data []byte
	at   int64
	err  error
}

func (f failsBehind) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > f.at {
		return 0, f.err
	}
	return copy(p, f.data[off:]), nil
}

// TestFailingReader: a page that could not be fetched is no damaged page, and a
// file none that can never be read.
func TestFailingReader(t *testing.T) {
	broken := errors.New("input/output error")
	for name, data := range map[string][]byte{"pdf": pdfFile(readable, readable), "docx": []byte(docxFile("<p/>", nil)), "html": []byte("<p>a"), "text": []byte("a")} {
		for at := range int64(len(data)) {
			_, err := Read(t.Context(), File{Name: name, Size: int64(len(data)), ReaderAt: failsBehind{data, at, broken}})
			if !errors.Is(err, broken) || errors.As(err, new(*Error)) {
				t.Fatalf("%s failing from %d on: %v", name, at, err)
			}
		}
	}
}

func TestTooMuchText(t *testing.T) {
	_, err := readBytes(bytes.Repeat([]byte("chữ "), maxPageText/4))
	if !errors.Is(err, storage.ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

func FuzzText(f *testing.F) {
	f.Add([]byte("Điều 1.\r\n\fPhạm vi"))
	f.Add([]byte("\xFF\xFE\x10\x01i\x00"))
	f.Fuzz(fuzzRead)
}
