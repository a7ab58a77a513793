package indexer

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"vankien/analyzers"
)

// asking is a matcher for the syllables of a query, each worth the same.
func asking(query string) Matcher {
	m := Matcher{Folded: query == analyzers.FoldText(query), Weights: make(map[string]float64)}
	for _, term := range terms(query) {
		m.Weights[term] = 1
	}
	return m
}

// bracketed is a shown text with its marks in brackets.
func bracketed(p MatchedPassage) string {
	runes := []rune(p.Text)
	var b strings.Builder
	end := 0
	for _, mark := range p.Marks {
		b.WriteString(string(runes[end:mark[0]]) + "[" + string(runes[mark[0]:mark[1]]) + "]")
		end = mark[1]
	}
	return b.String() + string(runes[end:])
}

func TestShow(t *testing.T) {
	long := strings.Repeat("văn kiện ấy nói ", 50)
	for _, test := range []struct{ name, text, query, want string }{
		{"marks enclose the words", "Kết nạp đảng viên mới ở thôn.", "đảng viên", "Kết nạp [đảng viên] mới ở thôn."},
		{"every place is marked", "Đảng viên giới thiệu đảng viên", "đảng viên", "[Đảng viên] giới thiệu [đảng viên]"},
		{"neighbours are one mark whatever their order", "viên đảng, đảng viên", "đảng viên", "[viên đảng], [đảng viên]"},
		{"a gap ends a mark", "đảng, viên", "đảng viên", "[đảng], [viên]"},
		{"a number is one mark", "theo Nghị quyết 21-NQ/TW.", "21-nq/tw", "theo Nghị quyết [21-NQ/TW]."},
		{"typed without accents", "Kết nạp ĐẢNG VIÊN mới", "dang vien", "Kết nạp [ĐẢNG VIÊN] mới"},
		{"typed with accents, other words stay bare", "đang xem đảng viên, đăng viện", "đảng viên", "đang xem [đảng viên], đăng viện"},
		{"old and new tone places are one word", "Ủy ban, Uỷ ban, uỷ viên", "uỷ ban", "[Ủy ban], [Uỷ ban], [uỷ] viên"},
		{"one line", "  kết nạp\n\n  đảng \t viên\r\nmới\u2028 ở\u0000thôn  ", "đảng viên", "kết nạp [đảng viên] mới ở thôn"},
		{"nothing matches: the beginning", long, "kết nạp", strings.TrimSuffix(strings.Repeat("văn kiện ấy nói ", 12), " ") + " …"},
		{"in the middle", long + "xong. Kết nạp đảng viên mới. " + long, "nạp viên", "… Kết [nạp] đảng [viên] mới. " + strings.TrimSuffix(strings.Repeat("văn kiện ấy nói ", 11), " nói ") + " …"},
		{"the beginning of the sentence is too far", long + "kết nạp " + long, "nạp", "… kiện ấy nói kết [nạp] " + strings.Repeat("văn kiện ấy nói ", 10) + "văn kiện ấy …"},
		{"at the end", long + "xong. Kết nạp đảng viên!”", "nạp", "… Kết [nạp] đảng viên!”"},
		{"empty", "", "đảng", ""},
		{"no word at all", "*** \n -----", "đảng", ""},
		{"rules and stars are not read", "TỈNH ỦY\n*\nSố 5\n-----\n- Căn cứ *x", "căn", "TỈNH ỦY Số 5 - [Căn] cứ *x"},
		{"an empty query", "Đảng viên", "", "Đảng viên"},
		{"broken bytes", "kết\xff nạp \xc4đảng viên\xe1\xba", "đảng viên", "kết\ufffd nạp \ufffd[đảng viên]\ufffd\ufffd"},
	} {
		got := NewMarker(asking(test.query)).Show(Passage{Text: test.text}, 3)
		if diff := cmp.Diff(test.want, bracketed(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		if got.Ordinal != 3 {
			t.Errorf("%s: ordinal %d", test.name, got.Ordinal)
		}
	}
}

// Marks count the code points of the text as it is shown, also where one
// letter is several of them.
func TestMarksInDecomposedText(t *testing.T) {
	text := norm.NFD.String("Kết nạp đảng viên mới")
	got := NewMarker(asking("đảng viên")).Show(Passage{Text: text}, 0)
	if want := strings.ReplaceAll(text, norm.NFD.String("đảng viên"), "["+norm.NFD.String("đảng viên")+"]"); bracketed(got) != want {
		t.Errorf("%+q, want %+q", bracketed(got), want)
	}
}

// The window holds the most different words of the query, not the most words.
func TestWindowIsWhereTheQueryIs(t *testing.T) {
	filler := strings.Repeat("văn kiện ấy nói. ", 30)
	text := strings.Repeat("đảng viên. ", 9) + filler + "Kết nạp đảng viên mới. " + filler + "Kết nạp."
	if got := bracketed(NewMarker(asking("kết nạp đảng viên")).Show(Passage{Text: text}, 0)); !strings.HasPrefix(got, "… [Kết nạp đảng viên] mới.") {
		t.Errorf("%s", got)
	}
	// Typed without accents, words that differ by their accents alone are one.
	text = "Tổ, tố, tờ, tơ, tô. " + filler + "Nộp tổ phí. " + filler
	if got := bracketed(NewMarker(asking("nop to phi")).Show(Passage{Text: text}, 0)); !strings.Contains(got, "[Nộp tổ phí]") {
		t.Errorf("%s", got)
	}
	// Both ends of what the window holds are shown, though its sentence begins before it.
	text = filler + "trước sau kết " + strings.Repeat("văn kiện ấy nói ", 11) + "văn nạp " + filler
	if got := bracketed(NewMarker(asking("kết nạp")).Show(Passage{Text: text}, 0)); !strings.Contains(got, "[kết]") || !strings.Contains(got, "[nạp]") {
		t.Errorf("%s", got)
	}
	// A syllable that is everywhere is marked only beside one that says something.
	m := Matcher{Weights: map[string]float64{"của": .1, "đảng": 1, "xây": 1}, Pairs: map[string]float64{"xây của": 1, "của đảng": 1}}
	if got := bracketed(NewMarker(m).Show(Passage{Text: "xây của Đảng, của thôn"}, 0)); got != "[xây của Đảng], của thôn" {
		t.Errorf("%s", got)
	}
}

// A phrase in quotes is what is shown and marked, wherever its words stand.
func TestShowPhrase(t *testing.T) {
	m := asking("sinh hoạt chi bộ")
	m.Phrases = [][]string{{"sinh", "hoat", "chi", "bo"}}
	m.Pairs = map[string]float64{"sinh hoạt": 2, "hoạt chi": 3, "chi bộ": 1}
	text := "Chi bộ sinh hoạt mỗi tháng một lần. " + strings.Repeat("văn kiện ấy nói. ", 30) + "Kỳ sinh hoạt nào cũng vậy, nội dung sinh hoạt chi bộ do chi ủy chuẩn bị."
	if got, want := bracketed(NewMarker(m).Show(Passage{Text: text}, 0)), "… Kỳ sinh hoạt nào cũng vậy, nội dung [sinh hoạt chi bộ] do chi ủy chuẩn bị."; !strings.HasSuffix(got, strings.TrimPrefix(want, "… ")) {
		t.Errorf("%s, want %s", got, want)
	}
}

// A number in a text is not the phrase of that number in the query.
func TestPhrasesAreNoNumbers(t *testing.T) {
	m := Matcher{Weights: map[string]float64{"0": 1}, Phrases: [][]string{{"chi", "bo"}}}
	filler := strings.Repeat("văn kiện ấy nói. ", 30)
	text := "Điểm 0. " + filler + "0 chi bộ. " + filler
	if got := bracketed(NewMarker(m).Show(Passage{Text: text}, 0)); !strings.Contains(got, "[chi bộ]") {
		t.Errorf("%s", got)
	}
}

// Where the heading says more of the query than the text, it is shown.
func TestShowHeading(t *testing.T) {
	p := Passage{Title: "Điều 8. Chuyển sinh hoạt đảng", Text: "1. Đảng viên mang theo hồ sơ.\n2. Chi bộ nơi đến xác nhận.", Pages: []PageMark{{Page: 4}, {Offset: 34, Page: 5}}}
	got := NewMarker(asking("chuyển sinh hoạt")).Show(p, 0)
	if want := "Điều 8. [Chuyển sinh hoạt] đảng 1. Đảng viên mang theo hồ sơ. 2. Chi bộ nơi đến xác nhận."; bracketed(got) != want || got.Page != 4 {
		t.Errorf("page %d: %s", got.Page, bracketed(got))
	}
	if got := NewMarker(asking("xác nhận")).Show(p, 0); got.Page != 5 || strings.Contains(got.Text, "Điều 8") {
		t.Errorf("page %d: %s", got.Page, bracketed(got))
	}
}

// Typed without accents, a syllable by itself stands for too much to be marked.
func TestShowFolded(t *testing.T) {
	m := Matcher{Folded: true, Weights: map[string]float64{"to": 1, "chuc": 2, "so": 1}, Pairs: map[string]float64{"to chuc": 3}}
	if got, want := bracketed(NewMarker(m).Show(Passage{Text: "Tổ dân phố, tổ chức, số 5"}, 0)), "Tổ dân phố, [tổ chức], số 5"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestShowIsShort(t *testing.T) {
	for name, text := range map[string]string{
		"dots behind":  "Kết nạp đảng viên" + strings.Repeat(".", 1<<20),
		"dots before":  strings.Repeat(".", 1<<20) + "Kết nạp đảng viên",
		"dots in rows": strings.Repeat("....................\n", 100) + "Họ tên: " + strings.Repeat("............\n", 200) + "Kết nạp đảng viên",
		"dots between": "Kết nạp" + strings.Repeat("\n....................", 1<<16) + " đảng viên",
		"only dots":    strings.Repeat("…", 1<<20),
		"one word":     strings.Repeat("đảng", 1<<18),
	} {
		got := NewMarker(asking("đảng nạp")).Show(Passage{Text: text}, 0)
		if len(got.Text) > windowBytes+2*edgeBytes+20 || strings.Contains(got.Text, "\n") {
			t.Errorf("%s: %d bytes", name, len(got.Text))
		}
		if name != "only dots" && name != "one word" && len(got.Marks) == 0 {
			t.Errorf("%s: no mark in %s", name, got.Text)
		}
	}
}

// The page is the one of the first mark, wherever the window begins.
func TestPageOfAHit(t *testing.T) {
	text := "trang một có kết\nnạp đảng\nviên"
	p := Passage{Text: text, Section: "Điều 3", Pages: []PageMark{{Page: 4}, {Offset: strings.Index(text, "nạp"), Page: 5}, {Offset: strings.Index(text, "viên"), Page: 7}}}
	for query, want := range map[string]int{"trang": 4, "kết nạp": 4, "nạp": 5, "đảng viên": 5, "viên": 7, "khác": 4} {
		if got := NewMarker(asking(query)).Show(p, 0); got.Page != want || got.Section != "Điều 3" {
			t.Errorf("%s: page %d of %s, want %d", query, got.Page, got.Section, want)
		}
	}
}

func FuzzShow(f *testing.F) {
	for _, text := range []string{"", "Kết nạp\nđảng viên \xff mới", "ﬁ ﬂ İ ẞ", "21-NQ/TW, T.Ư", "e\u0302\u0301\u200b đ\u0309", strings.Repeat("a ", 200) + "đảng", "\u0085\u00a0\u2028x"} {
		f.Add(text, "đảng nạp a x 21", false)
		f.Add(text, "dang nap e ê", true)
	}
	f.Fuzz(func(t *testing.T, text, query string, folded bool) {
		m := asking(query)
		m.Folded = folded
		p := Passage{Text: text, Pages: []PageMark{{Page: 2}, {Offset: len(text) / 2, Page: 3}}}
		got := NewMarker(m).Show(p, 0)
		checkShown(t, got)
		// What is marked are words of the query.
		runes := []rune(got.Text)
		for _, mark := range got.Marks {
			found := terms(string(runes[mark[0]:mark[1]]))
			if !slices.ContainsFunc(found, func(term string) bool { return m.Weights[term] > 0 || m.Folded && m.Weights[analyzers.Fold(term)] > 0 }) && utf8.ValidString(text) {
				t.Errorf("%q marks %q for %q", got.Text, string(runes[mark[0]:mark[1]]), query)
			}
		}
	})
}

func checkShown(t *testing.T, p MatchedPassage) {
	t.Helper()
	length, end := utf8.RuneCountInString(p.Text), 0
	for _, mark := range p.Marks {
		if mark[0] < end || mark[0] >= mark[1] || mark[1] > length {
			t.Errorf("marks %v in %d code points %q", p.Marks, length, p.Text)
		}
		end = mark[1]
	}
	if !utf8.ValidString(p.Text) || strings.ContainsAny(p.Text, "\n\r\v\f\u2028") || p.Page < 2 || p.Page > 3 {
		t.Errorf("page %d, %q", p.Page, p.Text)
	}
}

// Every list shows what a document is called: its first passage need not say it
// again, nor begin with the letterhead.
func TestShowTheBeginningOfADocument(t *testing.T) {
	const text = "TỈNH ỦY LAM SƠN\n*\nSố 5-NQ/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nLam Sơn, ngày 12 tháng 3 năm 2026\nNGHỊ QUYẾT\nvề sinh hoạt chi bộ\n-----\nCăn cứ Điều lệ Đảng."
	for query, want := range map[string]string{
		"chi bộ":   "NGHỊ QUYẾT về sinh hoạt [chi bộ] Căn cứ Điều lệ Đảng.",
		"nq tu":    "TỈNH ỦY LAM SƠN Số 5-[NQ/TU] ĐẢNG CỘNG SẢN VIỆT NAM Lam Sơn, ngày 12 tháng 3 năm 2026 NGHỊ QUYẾT về sinh hoạt chi bộ Căn cứ Điều lệ Đảng.",
		"kết nạp":  "NGHỊ QUYẾT về sinh hoạt chi bộ Căn cứ Điều lệ Đảng.",
		"nghệ tên": "NGHỊ QUYẾT về sinh hoạt chi bộ Căn cứ Điều lệ Đảng.",
	} {
		p := Passage{Title: "Nghị quyết 5-NQ/TU về sinh hoạt chi bộ", Text: text, Pages: []PageMark{{Page: 1}}}
		if got := bracketed(NewMarker(asking(query)).Show(p, 0)); got != want {
			t.Errorf("“%s” shows\n%s, want\n%s", query, got, want)
		}
	}
}
