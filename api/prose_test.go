package api

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// checked is what POST /citations/check finds in a text.
func (l *living) checked(text string) []CheckedCitation {
	l.Helper()
	body, err := json.Marshal(map[string]string{"text": text})
	if err != nil {
		l.Fatal(err)
	}
	a := l.do("", "POST", "/api/v1/citations/check", string(body))
	var answer CheckAnswer
	if err := json.Unmarshal(a.body, &answer); err != nil || a.status != 200 {
		l.Fatalf("%d %s", a.status, a.body)
	}
	return answer.Citations
}

// proseAround are ways in which running prose has a citation.
var proseAround = []struct {
	text   string
	broken bool // the end of a line cuts the citation
}{
	{"Thực hiện %s, các cấp ủy đã tổ chức quán triệt đến toàn thể đảng viên.", false},
	{"Những nội dung ấy đã được nêu trong %s.", false},
	{"Đồng chí chủ trì nhấn mạnh (%s) rằng 12 chi bộ còn chậm.", false},
	{"Theo “%s”, chi bộ sinh hoạt mỗi tháng một lần.", false},
	{"Từ năm 2021 đến năm 2025, Đảng bộ có 35 tổ chức cơ sở;\ncăn cứ %s;\ncăn cứ tình hình thực tế.", false},
	{"Hội nghị ngày 03/02/2026 đã thảo luận về %s; 15 đồng chí phát biểu, 100%% tán thành.", false},
	{"Hỏi: %s quy định thế nào về việc này?", false},
	{"Trong nhiệm kỳ 2020 - 2025, việc sơ kết %s được làm nghiêm túc, đúng tiến độ đề ra.", true},
	{"1. Tiếp tục quán triệt sâu rộng %s trong toàn Đảng bộ.\n2. Phân công 05 đồng chí theo dõi.", true},
}

// TestCitationsAreFoundInProse places real citations into sentences and counts
// those that are read as what they are, and nothing else with them.
func TestCitationsAreFoundInProse(t *testing.T) {
	dir := os.Getenv("VANKIEN_DATA")
	if dir == "" {
		t.Skip("VANKIEN_DATA is not set: it names the directory of the measuring data")
	}
	data, err := os.ReadFile(filepath.Join(dir, "domain", "citations.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	l := live(t, nil)
	found, placed := 0, 0
	for row := range strings.Lines(string(data)) {
		columns := strings.Split(strings.TrimRight(row, "\n"), "\t")
		cited, want := columns[1], columns[2]
		switch {
		case columns[0] == "id":
			continue
		case want == "(list)":
			want = "59-NQ|70-NQ|71-NQ|72-NQ"
		case strings.HasPrefix(want, "("):
			want = "" // named without a number
		}
		for _, around := range proseAround {
			raw := cited
			if around.broken {
				if at := strings.LastIndexByte(raw[:len(raw)/2+1], ' '); at >= 0 {
					raw = raw[:at] + "\n" + raw[at+1:]
				}
			}
			before, after, _ := strings.Cut(strings.ReplaceAll(around.text, "%%", "%"), "%s")
			text := before + raw + after
			from := utf8.RuneCountInString(before)
			var numbers []string
			for _, c := range l.checked(text) {
				number := said(c.Number)
				if c.Start < from || c.End > from+utf8.RuneCountInString(raw) {
					number = "outside: " + c.Raw
				}
				numbers = append(numbers, number)
			}
			placed++
			if got := strings.Join(numbers, "|"); len(numbers) > 0 && got == want {
				found++
			} else {
				t.Logf("%q in %q is read as %q, want %q", cited, text, numbers, want)
			}
		}
	}
	t.Logf("found with the right number: %d of %d (%.1f %%)", found, placed, 100*float64(found)/float64(placed))
	if float64(found) < .95*float64(placed) {
		t.Errorf("found %d of %d", found, placed)
	}
}

// mostFalse is how many citations may be found where there are none, in two
// hundred sentences.
const mostFalse = 2

// TestOtherNumbersAreNoCitations reads sentences of testdata whose numbers are
// years, pages, articles, money, telephones and the like, one by one and as a text.
func TestOtherNumbersAreNoCitations(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "numbers.txt"))
	if err != nil {
		t.Fatal(err)
	}
	l := live(t, nil)
	sentences := strings.Split(strings.TrimSpace(string(data)), "\n")
	if len(sentences) < 200 {
		t.Errorf("%d sentences", len(sentences))
	}
	alone := 0
	for _, sentence := range sentences {
		for _, c := range l.checked(sentence) {
			alone++
			t.Logf("%q is found in %q", c.Raw, sentence)
		}
	}
	together := l.checked(strings.Join(sentences, " "))
	for _, c := range together {
		t.Logf("%q is found in the text", c.Raw)
	}
	t.Logf("false finds in %d sentences: %d; in the text they make: %d", len(sentences), alone, len(together))
	if alone > mostFalse || len(together) > mostFalse {
		t.Errorf("%d and %d false finds", alone, len(together))
	}
}
