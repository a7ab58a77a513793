package word

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// sample is a document that LibreOffice wrote of ../testdata/quy-dinh.fodt.
func sample(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("../testdata/quy-dinh.doc")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// fib is where the main stream begins, with the header that tells all else.
func fib(t testing.TB, data []byte) []byte {
	t.Helper()
	for at := 512; at < len(data); at += 512 {
		if binary.LittleEndian.Uint16(data[at:]) == magicWord {
			return data[at:]
		}
	}
	t.Fatal("no header")
	return nil
}

func read(data []byte) (Text, error) {
	return Read(context.Background(), bytes.NewReader(data), int64(len(data)))
}

func TestRead(t *testing.T) {
	text, err := read(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	if text.Header != "DỰ THẢO LẦN 2" || text.Footer != "Lưu hành nội bộ" {
		t.Errorf("header %q, footer %q", text.Header, text.Footer)
	}
	pages := strings.Split(text.Body, string(PageEnd))
	if len(pages) != 2 {
		t.Fatalf("%d pages", len(pages))
	}
	for _, test := range []struct {
		name, want string
		page       int
	}{
		{"a row of several lines", "\x1D\x1FHUYỆN ỦY SÔNG HỒNG\n*\nSố 07-QĐ/HU\x1FĐẢNG CỘNG SẢN VIỆT NAM\n", 0},
		{"neither deleted text nor comments", "Số\ttrang\ndòng hai còn lại, ký hiệu 21-NQ/TW.\n", 0},
		{"automatic numbers", "Điều 1. Phạm vi điều chỉnh\n1. Quy định này áp dụng cho văn phòng huyện ủy.\n2. Chi bộ trực thuộc thực hiện:\na) trực ban ngày;\nb) trực ban đêm.\nĐiều 2. Đối tượng áp dụng\n1. Cán bộ", 0},
		{"a text box", "VĂN BẢN ĐẾN Số: 15\nĐoạn có khung chữ.\n", 0},
		{"rows and a row within a cell", "\x1D\x1F1\x1FĐỗ Thị Nguyệt\x1F\x1E", 0},
		{"a table within a cell", "\x1D\x1F2\x1F\x1D\x1Fca sáng\x1Fca chiều\x1ELò Văn Phúc\x1Fthứ Hai\x1E", 0},
		{"the footnote ends the page", "\x1EThay thế quy định cũ về trực cơ quan.\n", 0},
		{"of a link what it shows", "Trang hai xem tại đây.\n• Nơi nhận: lưu văn phòng.\nĐiều 3. Hiệu lực thi hành\nChú thích cuối văn bản.\n", 1},
	} {
		if !strings.Contains(pages[test.page], test.want) {
			t.Errorf("%s: no %q in %q", test.name, test.want, pages[test.page])
		}
	}
}

func TestRefused(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(data []byte)
		want   error
	}{
		{"with a password", func(b []byte) { fib(t, b)[fibFlags+1] |= flagCrypt >> 8 }, ErrEncrypted},
		{"Word 95", func(b []byte) { binary.LittleEndian.PutUint16(fib(t, b)[fibVersion:], 0x68) }, ErrOld},
		{"Word 6", func(b []byte) { binary.LittleEndian.PutUint16(fib(t, b), magicWord6) }, ErrOld},
		{"no Word document", func(b []byte) { binary.LittleEndian.PutUint16(fib(t, b), 0x1234) }, ErrDamaged},
		{"a part of negative length", func(b []byte) { fib(t, b)[fibLengths+3] = 0xFF }, ErrDamaged},
		{"more text than there is", func(b []byte) { fib(t, b)[fibLengths+2] = 0x7F }, ErrDamaged},
		{"no piece table", func(b []byte) { clear(fib(t, b)[fibOffsets+8*tablePieces:][:8]) }, ErrDamaged},
		{"no container", func(b []byte) { clear(b[:8]) }, ErrDamaged},
	} {
		t.Run(test.name, func(t *testing.T) {
			data := sample(t)
			test.change(data)
			if text, err := read(data); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v: %q", err, test.want, text)
			}
		})
	}
}

// TestWithoutProperties: what says how the text is set may be lost; the words
// are not.
func TestWithoutProperties(t *testing.T) {
	data := sample(t)
	for _, table := range []int{tableStyles, tableSections, tableParagraphRuns, tableLists, tableListOverrides, tableAnchors} {
		clear(fib(t, data)[fibOffsets+8*table:][:8])
	}
	text, err := read(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"HUYỆN ỦY SÔNG HỒNG", "Phạm vi điều chỉnh", "Đỗ Thị Nguyệt", "Thay thế quy định cũ", "VĂN BẢN ĐẾN Số: 15"} {
		if !strings.Contains(text.Body, want) {
			t.Errorf("no %q in %q", want, text.Body)
		}
	}
}

func TestTruncated(t *testing.T) {
	data := sample(t)
	for size := 0; size < len(data); size += 1 << 10 {
		if text, err := read(data[:size]); !errors.Is(err, ErrDamaged) {
			t.Errorf("%d bytes: %v, %d bytes of text", size, err, len(text.Body))
		}
	}
}

// failing fails from an offset on, as a disk does.
type failing struct {
	data []byte
	at   int64
	err  error
}

func (f failing) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > f.at {
		return 0, f.err
	}
	return copy(p, f.data[off:]), nil
}

// TestFailingReader: a file that could not be fetched is no damaged one.
func TestFailingReader(t *testing.T) {
	data, broken := sample(t), errors.New("input/output error")
	for at := 0; at < len(data)-512; at += 512 {
		if _, err := Read(t.Context(), failing{data, int64(at), broken}, int64(len(data))); !errors.Is(err, broken) || errors.Is(err, ErrDamaged) {
			t.Fatalf("failing from %d on: %v", at, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, bytes.NewReader(data), int64(len(data))); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestStreams(t *testing.T) {
	data := sample(t)
	names, err := Streams(t.Context(), bytes.NewReader(data), int64(len(data)))
	if err != nil || !strings.Contains(strings.Join(names, " "), "WordDocument") {
		t.Errorf("%q, %v", names, err)
	}
}

func TestFieldCodes(t *testing.T) {
	const begin, middle, end = "\x13", "\x14", "\x15"
	for _, test := range []struct{ name, text, want string }{
		{"a result", "a" + begin + "PAGE" + middle + "7" + end + "b", "a7b"},
		{"none", "a" + begin + "XE mục" + end + "b", "ab"},
		{"a field in a result", begin + "TOC" + middle + "Điều 1 " + begin + "PAGEREF" + middle + "3" + end + end, "Điều 1 3"},
		{"a field in an instruction", begin + "IF " + begin + "X" + middle + "1" + end + middle + "đúng" + end, "đúng"},
		{"a beginning without an end hides nothing", "a" + begin + "b" + begin + "X" + middle + "c" + end, "abc"},
		{"an end without a beginning", "a" + middle + "b" + end + "c", "abc"},
	} {
		var units []uint16
		for _, r := range test.text {
			units = append(units, uint16(r))
		}
		codes := fieldCodes(units, 0, len(units))
		got := ""
		for i, r := range []rune(test.text) {
			hidden := r < ' '
			for _, s := range codes {
				hidden = hidden || i >= s.start && i < s.end
			}
			if !hidden {
				got += string(r)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestModifiers(t *testing.T) {
	type modifier struct {
		Op   int
		Size int
	}
	// A toggle, a word, four bytes, three, a table of tabs of the long kind and a row's definition.
	b := block{0x00, 0x08, 1, 0x0B, 0x46, 2, 0, 0x49, 0x66, 1, 0, 0, 0, 0x01, 0xE0, 1, 2, 3, 0x15, 0xC6, 255, 1, 9, 9, 9, 9, 1, 8, 8, 8, 0x08, 0xD6, 3, 0, 7, 7, 0x41, 0x24, 1}
	want := []modifier{{0x0800, 1}, {0x460B, 2}, {0x6649, 4}, {0xE001, 3}, {0xC615, 10}, {0xD608, 4}, {0x2441, 1}}
	var got []modifier
	modifiers(b, func(op int, operand block) { got = append(got, modifier{op, len(operand)}) })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzWord(f *testing.F) {
	data := sample(f)
	f.Add(data, uint16(0), uint32(0))
	f.Add(data[:9000], uint16(1000), uint32(7))
	for i := range uint16(75) { // each of the tables somewhere else
		f.Add(data, i, uint32(0x10000*int(i)+3))
	}
	f.Fuzz(func(t *testing.T, data []byte, at uint16, value uint32) {
		data = bytes.Clone(data)
		for start := 512; start+fibSize < len(data); start += 512 {
			if binary.LittleEndian.Uint16(data[start:]) == magicWord {
				binary.LittleEndian.PutUint32(data[start+fibLengths+4*int(at%145):], value)
				break
			}
		}
		read, err := read(data)
		text := read.Header + read.Body + read.Footer
		switch {
		case err == nil && !utf8.ValidString(text):
			t.Fatalf("no UTF-8: %q", text)
		case err == nil && len(text) > 100*len(data)+1000:
			t.Fatalf("%d bytes of text in %d", len(text), len(data))
		case err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrEncrypted) && !errors.Is(err, ErrOld) && !errors.Is(err, ErrTooLarge):
			t.Fatal(err)
		}
	})
}
