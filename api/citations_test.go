package api

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"vankien/indexer"
	"vankien/storage"
)

// numbered takes in a document of a number, a date and a title.
func (l *living) numbered(number, issued, title, text string) storage.ID {
	l.Helper()
	record := l.imported(strings.NewReplacer("/", "-").Replace(number+" "+issued)+".txt", text, true)
	edits, err := indexer.ParseEdits(fmt.Appendf(nil, `{"facts":{"number":%q,"kind":"Nghị quyết","issuer":"Ban Chấp hành Trung ương","issued":%q,"title":%q}}`, number, issued, title))
	if err == nil {
		_, err = l.writer.Edit(l.Context(), record.ID, storage.Version{}, edits, indexer.Importer)
	}
	if err != nil {
		l.Fatal(err)
	}
	return record.ID
}

// numberedLibrary has two documents of one number, one of another whose
// articles stand on pages of their own, and a regulation.
func numberedLibrary(t *testing.T) (l *living, grassroots, population, control storage.ID) {
	l = live(t, nil)
	grassroots = l.numbered("21-NQ/TW", "2022-06-16", "tăng cường củng cố, xây dựng tổ chức cơ sở đảng", "Củng cố, xây dựng tổ chức cơ sở đảng trong giai đoạn mới.")
	population = l.numbered("21-NQ/TW", "2017-10-25", "công tác dân số trong tình hình mới", "Công tác dân số là nhiệm vụ chiến lược.")
	control = l.numbered("28-NQ/TW", "2022-10-25", "xây dựng và bảo vệ Tổ quốc", articles())
	return l, grassroots, population, control
}

// articles is a text of three pages with an Điều on each.
func articles() string {
	var pages []string
	for n := 1; n <= 3; n++ {
		pages = append(pages, fmt.Sprintf("Điều %d. Nội dung thứ %d\n\n1. Các cấp ủy quán triệt, tổ chức thực hiện nội dung thứ %d của Nghị quyết này.\n\n2. %s", n, n, n,
			strings.Repeat("Tổ chức đảng và đảng viên có trách nhiệm thực hiện nghiêm túc. ", 12)))
	}
	return strings.Join(pages, "\n\f")
}

func TestLookup(t *testing.T) {
	l, grassroots, population, control := numberedLibrary(t)
	for _, test := range []struct {
		citation string
		status   int
		number   string
		want     []storage.ID // documents, best first, or the nearest where there is none
	}{
		{"28-NQ/TW", 200, "28-NQ/TW", []storage.ID{control}},
		{"nghi quyet 28", 200, "28-NQ", []storage.ID{control}},
		{"  28 - nq/tw ", 200, "28-NQ/TW", []storage.ID{control}},
		{"21-NQ/TW", 300, "21-NQ/TW", []storage.ID{grassroots, population}},
		{"Nghị quyết 21-NQ/TW về công tác dân số", 200, "21-NQ/TW", []storage.ID{population}}, // as a search does
		{"Nghị quyết số 21-NQ/TW, ngày 25/10/2017", 200, "21-NQ/TW", []storage.ID{population}},
		{"Nghị quyết 21-NQ/TW năm 2022", 200, "21-NQ/TW", []storage.ID{grassroots}},
		{"Nghị quyết số 21-NQ/TW, ngày 01/01/2020", 300, "21-NQ/TW", []storage.ID{grassroots, population}}, // people get dates wrong
		{"Nghị quyết số 28-NQ/TW, ngày 01/01/2020", 200, "28-NQ/TW", []storage.ID{control}},
		{"22-NQ/TW", 404, "22-NQ/TW", []storage.ID{grassroots, population, control}},
		{"21-QĐ/TW", 404, "21-QĐ/TW", []storage.ID{grassroots, population}},
		{"giai đoạn 2021-2025", 404, "", nil},
		{"\x00\xff", 404, "", nil},
	} {
		a := l.do("", "GET", "/api/v1/lookup?"+url.Values{"citation": {test.citation}}.Encode(), "")
		var got struct {
			Citation           *CitationRead
			Documents, Nearest []Candidate
		}
		if err := json.Unmarshal(a.body, &got); err != nil || a.status != test.status {
			t.Errorf("%q: %d %s", test.citation, a.status, a.body)
			continue
		}
		number := ""
		if got.Citation != nil && got.Citation.Number != nil {
			number = *got.Citation.Number
		}
		var ids []storage.ID
		for _, d := range append(got.Documents, got.Nearest...) {
			ids = append(ids, d.ID)
		}
		if test.status == 404 { // how near each is, is for the index to say
			slices.Sort(ids)
			slices.Sort(test.want)
		}
		if diff := cmp.Diff(test.want, ids); diff != "" || number != test.number {
			t.Errorf("%q is read as %q (-want +got):\n%s", test.citation, number, diff)
		}
	}
}

// A look-up opens the document where the citation points to.
func TestLookupOpensAtThePlace(t *testing.T) {
	l, _, _, control := numberedLibrary(t)
	for citation, want := range map[string]string{
		"28-NQ/TW":                         "/van-ban/" + string(control),
		"Điều 3 Nghị quyết 28-NQ/TW":       "/van-ban/" + string(control) + "?trang=3#trang-3",
		"khoản 2, Điều 2 Nghị quyết 28":    "/van-ban/" + string(control) + "?trang=2#trang-2",
		"Điều 9 Nghị quyết số 28-NQ/TW":    "/van-ban/" + string(control), // it has none
		"Nghị quyết 28-NQ/TW, mục II":      "/van-ban/" + string(control),
		"Điều 1, khoản 1 nghị quyết 28/TW": "/van-ban/" + string(control) + "?trang=1#trang-1",
	} {
		a := l.do("", "GET", "/api/v1/lookup?"+url.Values{"citation": {citation}}.Encode(), "")
		var got LookupAnswer
		if err := json.Unmarshal(a.body, &got); err != nil || a.status != 200 {
			t.Errorf("%q: %d %s", citation, a.status, a.body)
			continue
		}
		if got.Documents[0].URL != want {
			t.Errorf("%q opens at %s, want %s", citation, got.Documents[0].URL, want)
		}
	}
}

// So does every citation of a text, and a hit of a search.
func TestCheckAndSearchOpenAtThePlace(t *testing.T) {
	l, _, _, control := numberedLibrary(t)
	document := "/van-ban/" + string(control)
	a := l.do("", "POST", "/api/v1/citations/check", `{"text":"Theo Điều 3 Nghị quyết 28-NQ/TW và khoản 2, Điều 2 Nghị quyết số 28-NQ/TW; Điều 9 Nghị quyết 28-NQ/TW; Nghị quyết 28-NQ/TW."}`)
	var checked CheckAnswer
	if err := json.Unmarshal(a.body, &checked); err != nil || a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	var got []string
	for _, c := range checked.Citations {
		got = append(got, c.Documents[0].URL)
	}
	if diff := cmp.Diff([]string{document + "?trang=3#trang-3", document + "?trang=2#trang-2", document, document}, got); diff != "" {
		t.Errorf("a text's citations open at (-want +got):\n%s", diff)
	}
	for typed, want := range map[string]string{"dieu 3 nghi quyet 28": document + "?trang=3#trang-3", "nq 28": document} {
		var found SearchAnswer
		a := l.do("", "GET", "/api/v1/search?"+url.Values{"q": {typed}}.Encode(), "")
		if err := json.Unmarshal(a.body, &found); err != nil || len(found.Hits) == 0 || found.Hits[0].URL != want {
			t.Errorf("“%s” opens at %s, want %s", typed, a.body, want)
		}
	}
}

func TestLookupSaysWhatItMisses(t *testing.T) {
	l, _, _, _ := numberedLibrary(t)
	for citation, want := range map[string]Problem{
		"22-NQ/TW": {Type: "/problems/unknown-citation", Title: "Không có văn bản này", Status: 404,
			Detail: "Không có văn bản số 22-NQ/TW trong kho. Có phải bạn cần một trong các số gần giống: 21-NQ/TW, 28-NQ/TW?"},
		"Nghị quyết Trung ương 4 khóa XI": {Type: "/problems/unknown-citation", Title: "Không có văn bản này", Status: 404,
			Detail: "Trong kho không có văn bản nào được viện dẫn như vậy."},
		"xin chào": {Type: "/problems/unknown-citation", Title: "Không có văn bản này", Status: 404,
			Detail: "Không đọc ra số văn bản hay viện dẫn nào. Ví dụ: 21-NQ/TW, Nghị quyết 21 năm 2022, Điều 3 Quy định 37-QĐ/TW."},
		"": {Type: "/problems/invalid", Title: "Yêu cầu không hợp lệ", Status: 400,
			Detail: "Hãy nêu số văn bản hoặc viện dẫn ở tham số citation, ví dụ: citation=21-NQ/TW."},
		strings.Repeat("đ", 513): {Type: "/problems/invalid", Title: "Yêu cầu không hợp lệ", Status: 400,
			Detail: "Viện dẫn có 513 ký tự, tối đa là 512."},
	} {
		a := l.do("", "GET", "/api/v1/lookup?"+url.Values{"citation": {citation}}.Encode(), "")
		got := a.problem(t)
		if got.Status == 404 && got.Nearest == nil {
			t.Errorf("%q: nearest is missing in %s", citation, a.body)
		}
		got.RequestID, got.Citation, got.Nearest = "", nil, nil
		if diff := cmp.Diff(want, got); diff != "" || a.status != want.Status {
			t.Errorf("%.40q: %d (-want +got):\n%s", citation, a.status, diff)
		}
	}
}

func TestCheckCitations(t *testing.T) {
	l, grassroots, population, control := numberedLibrary(t)
	text := "Thực hiện Nghị quyết số 21 – NQ/TW, ngày 25/10/2017 về công tác dân số; Điều 3 Nghị quyết 28-NQ/TW và Kết luận 198-KL/TW.\n" +
		"Giai đoạn 2021-2025, theo Nghị quyết Trung ương 4 khóa XI."
	body, err := json.Marshal(map[string]string{"text": text})
	if err != nil {
		t.Fatal(err)
	}
	a := l.do("", "POST", "/api/v1/citations/check", string(body))
	var got CheckAnswer
	if err := json.Unmarshal(a.body, &got); err != nil || a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	runes := []rune(text)
	var read []string
	for _, c := range got.Citations {
		if string(runes[c.Start:c.End]) != c.Raw {
			t.Errorf("%q is said to stand where %q does", c.Raw, string(runes[c.Start:c.End]))
		}
		read = append(read, fmt.Sprint(c.Raw, "|", said(c.Number), "|", said(c.KindSymbol), "|", said(c.Date), said(c.Term), "|", said(c.Pinpoint), "|", c.Candidates))
	}
	want := []string{
		fmt.Sprint("Nghị quyết số 21 – NQ/TW|21-NQ/TW|NQ|2017-10-25||", []storage.ID{population, grassroots}),
		fmt.Sprint("Nghị quyết 28-NQ/TW|28-NQ/TW|NQ||Điều 3|", []storage.ID{control}),
		"Kết luận 198-KL/TW|198-KL/TW|KL|||[]",
		"Nghị quyết Trung ương 4 khóa XI||NQ|XI||[]",
	}
	if diff := cmp.Diff(want, read); diff != "" {
		t.Errorf("citations (-want +got):\n%s", diff)
	}
	if plain := l.do("", "POST", "/api/v1/citations/check", `{"text":"Không viện dẫn gì."}`); string(plain.body) != `{"citations":[]}` {
		t.Errorf("a text without citations is answered %s", plain.body)
	}
}

func said(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}

func TestCheckRefuses(t *testing.T) {
	l := live(t, nil)
	long := func(n int) string { return `{"text":"` + strings.Repeat("a", n) + `"}` }
	for _, test := range []struct {
		name, body string
		status     int
		detail     string
	}{
		{"no text", `{}`, 400, `Hãy gửi đối tượng JSON có trường "text"`},
		{"no body", ``, 400, `Hãy gửi đối tượng JSON có trường "text"`},
		{"no JSON", `text`, 400, "không phải là đối tượng JSON hợp lệ"},
		{"another type", `{"text":[1]}`, 400, "không phải là đối tượng JSON hợp lệ"},
		{"more than a text", `{"text":"a","size":1}`, 400, "có trường lạ"},
		{"just as long as may be", long(maxCheckedText), 200, ""},
		{"too long", long(maxCheckedText + 1), 413, "Văn bản dài quá 1 MB. Hãy chia văn bản thành nhiều phần."},
		{"far too long", long(maxCheckBody), 413, "Văn bản dài quá 1 MB. Hãy chia văn bản thành nhiều phần."},
		{"nothing but citations", `{"text":"` + strings.Repeat("21-NQ/TW; ", maxCitations+1) + `"}`, 413, "Văn bản có 1001 viện dẫn, mỗi lần kiểm tra được tối đa 1000."},
		{"as many citations as may be", `{"text":"` + strings.Repeat("21-NQ/TW; ", maxCitations) + `"}`, 200, ""},
		{"broken characters", `{"text":"\ud800 Nghị quyết 21-NQ/TW ` + "\xff" + `"}`, 200, ""},
	} {
		a := l.do("", "POST", "/api/v1/citations/check", test.body)
		if a.status != test.status || test.status >= 400 && !strings.Contains(a.problem(t).Detail, test.detail) {
			t.Errorf("%s: %d %.200s", test.name, a.status, a.body)
		}
	}
}

// An index that does not resolve citations yet says so, rather than that there
// is no such document.
func TestCitationsNeedAResolver(t *testing.T) {
	s := newShelf()
	h := serveShelf(t, s, func(c *Config) { c.Index = struct{ Index }{s} })
	if w := ask(h, "GET", "/api/v1/lookup?citation=21-NQ/TW"); w.Code != 503 {
		t.Errorf("a look-up answers %d %s", w.Code, w.Body)
	}
	if w := ask(h, "GET", "/?q=22-NQ/TW"); w.Code != 200 || !strings.Contains(w.Body.String(), "Không có văn bản mang số này trong kho.") {
		t.Errorf("the page answers %d %s", w.Code, w.Body)
	}
}

// Wherever a citation stands, its offsets cut it out of the text.
func FuzzCheckAnswer(f *testing.F) {
	for _, seed := range []string{"Thực hiện Nghị quyết số 21 – NQ/TW, ngày 25/10/2017; Điều 3 Quy định 37-QĐ/TW", "nghi\u0323 quye\u0302\u0301t 21-NQ/TƯ 🙂 21-NQ/TW", "\xff21-NQ/TW\x00 45/2019/QH14"} {
		f.Add(seed)
	}
	s := newShelf()
	f.Fuzz(func(t *testing.T, text string) {
		text = norm.NFC.String(string([]rune(text)))
		resolved, err := s.Resolve(t.Context(), text, storage.AudiencePublic)
		if err != nil {
			t.Fatal(err)
		}
		runes := []rune(text)
		for _, c := range checkAnswer(text, resolved).Citations {
			if string(runes[c.Start:c.End]) != c.Raw {
				t.Fatalf("%q is said to stand at %d to %d of %q", c.Raw, c.Start, c.End, text)
			}
		}
	})
}
