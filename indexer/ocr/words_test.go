package ocr

import (
	"fmt"
	"strings"
	"testing"

	"vankien/indexer/extract"
)

// table is how tesseract tells words and where they stand.
func table(rows ...string) string {
	return "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n" + strings.Join(rows, "\n") + "\n"
}

func TestLayOut(t *testing.T) {
	rows := []string{
		"1\t1\t0\t0\t0\t0\t0\t0\t1654\t2339\t-1\t",
		"5\t1\t1\t1\t1\t1\t100\t90\t80\t30\t96.1\tTỈNH",
		"5\t1\t1\t1\t1\t2\t190\t90\t60\t30\t95.0\tỦY",
		"5\t1\t1\t1\t2\t1\t100\t130\t80\t30\t93\tSố:",
		"5\t1\t1\t1\t2\t2\t190\t130\t90\t30\t91\t28",
		"5\t1\t1\t1\t2\t3\t290\t130\t90\t30\t91\t-NQ/TU",
		"5\t1\t2\t1\t1\t1\t300\t400\t9\t90\t12\t|",
		"5\t1\t2\t1\t1\t2\t320\t400\t9\t90\t12\t—",
		"5\t1\t3\t1\t1\t1\t300\t1500\t90\t30\t88\tĐiều",
		"5\t1\t3\t1\t1\t2\t400\t1500\t20\t30\t88\t1.",
	}
	for name, test := range map[string]struct {
		table string
		above int
		want  string
	}{
		"lines, paragraphs, and rules that are no text": {table(rows...), 0, "TỈNH ỦY\nSố: 28-NQ/TU\n\nĐiều 1."},
		"only the head":           {table(rows...), 1000, "TỈNH ỦY\nSố: 28-NQ/TU"},
		"nothing":                 {"", 0, ""},
		"nonsense":                {table("5\tx\ty", "5\t1\tone\t1\t1\t1\t0\t0\t9\t9\t9\tchữ", "chữ", "\t\t\t\t\t\t\t\t\t\t\t"), 0, ""},
		"Windows line ends":       {strings.ReplaceAll(table(rows[1:3]...), "\n", "\r\n"), 0, "TỈNH ỦY"},
		"a tab in a word":         {table("5\t1\t1\t1\t1\t1\t1\t1\t8\t3\t96.1\ta\tb"), 0, "a\tb"},
		"bytes that are no UTF-8": {table("5\t1\t1\t1\t1\t1\t1\t1\t8\t3\t96.1\tĐảng\xff"), 0, "Đảng"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := layOut(wordsOf(test.table), test.above); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func FuzzLayOut(f *testing.F) {
	f.Add(table("5\t1\t1\t1\t1\t1\t100\t90\t80\t30\t96.1\tĐảng"), 0)
	f.Add(table("5\t1\t1\t1\t1\t1\t100\t90\t80\t30\t96.1\t", "5\t-1\t99999999999999999999"), 50)
	f.Fuzz(func(t *testing.T, table string, above int) {
		text := layOut(wordsOf(table), above)
		if again := extract.Tidy(text); again != text {
			t.Errorf("%q is cleaned to %q again", text, again)
		}
	})
}

// TestMend: what no paper says is put right, and nothing else.
func TestMend(t *testing.T) {
	for text, want := range map[string]string{
		"Số: l2/QÐ-UBND":                      "Số: 12/QĐ-UBND",
		"Số: 1O5 -NQ/TW":                      "Số: 105-NQ/TW",
		"Số 28 -NQ / TW ngày 02 / 9 / 2026":   "Số 28-NQ/TW ngày 02 / 9 / 2026",
		"Số:   /QĐ-UBND":                      "Số:   /QĐ-UBND",
		"Số: I/KH-BTGTW":                      "Số: I/KH-BTGTW", // no digit: it may be what it looks like
		"thực hıện":                           "thực hiện",
		"ðồng chí":                            "đồng chí",
		"“Đảng – Dân” — ‘chông’":              "“Đảng – Dân” — ‘chông’", // accents are never touched
		"từ 10 - NAM đến 12 / BẮC, I và II":   "từ 10 - NAM đến 12 / BẮC, I và II",
		"phổ lO, Số điện thoại: O9l2.345.678": "phổ lO, Số điện thoại: O9l2.345.678",
	} {
		if got := mend(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
		if again := mend(want); again != want {
			t.Errorf("%q is mended to %q again", want, again)
		}
	}
}

func TestSlant(t *testing.T) {
	at := func(places ...int) string {
		var rows []string
		for i := 0; i < len(places); i += 2 {
			rows = append(rows, fmt.Sprintf("5\t1\t1\t1\t%d\t%d\t%d\t%d\t40\t30\t90\tĐảng", 1+i/6, i%6, places[i], places[i+1]))
		}
		return table(rows...)
	}
	for name, test := range map[string]struct {
		table string
		want  int
	}{
		"upright":         {at(100, 100, 200, 101, 300, 102, 100, 140, 200, 141, 300, 142), 0},
		"skewed":          {at(100, 100, 200, 110, 300, 120), 0},
		"down the page":   {at(900, 100, 901, 200, 902, 300, 860, 100, 861, 200, 862, 300), 270},
		"up the page":     {at(100, 900, 101, 800, 102, 700), 90},
		"one word a line": {at(100, 100), 0},
		"nothing":         {"", 0},
	} {
		if got := slant(wordsOf(test.table)); got != test.want {
			t.Errorf("%s: %d, want %d", name, got, test.want)
		}
	}
}
