package api

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

func TestSearchAnswersWithEveryKey(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	w := ask(h, "GET", "/api/v1/search?q=t%E1%BB%95+ch%E1%BB%A9c+c%C6%A1+s%E1%BB%9F&facets=kind,year")
	if w.Code != 200 {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	golden(t, "search.json", indented(t, w.Body.Bytes()))

	w = ask(h, "GET", "/api/v1/search?q=kh%C3%B4ng+c%C3%B3+g%C3%AC")
	want := `{"query":{"text":"không có gì","read_as":"","corrections":[]},"total":0,"took_ms":3,"hits":[],"candidates":[],"nearest":[],"advice":[],"facets":{}}`
	if got := w.Body.String(); got != want {
		t.Errorf("empty answer is\n%s\nwant\n%s", got, want)
	}
}

func indented(t *testing.T, body []byte) []byte {
	t.Helper()
	out, err := json.MarshalIndent(decode[any](t, body), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(out, '\n')
}

// What helps on where a query finds little or nothing: better spellings beside
// the results, numbers like one that is missing, queries that find something.
func TestSearchHelpsOn(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	search := func(q string) SearchAnswer {
		return decode[SearchAnswer](t, ask(h, "GET", "/api/v1/search?"+url.Values{"q": {q}}.Encode()).Body.Bytes())
	}
	if got := search("chi bộ"); got.Total == 0 || !slices.Equal(got.Query.Corrections, []string{"chi bộ họp", "chỉ bảo"}) {
		t.Errorf("%d hits with the corrections %q", got.Total, got.Query.Corrections)
	}
	if got := search("sinh hoạt chi bộ nông thôn"); got.Total != 0 || !slices.Equal(got.Advice, []string{"sinh hoạt chi bộ", "nông thôn"}) {
		t.Errorf("%d hits with the advice %q", got.Total, got.Advice)
	}
	var near []string
	for _, c := range search("22-NQ/TW").Nearest {
		near = append(near, string(c.Number)+" "+string(c.Issued)+" "+c.URL)
	}
	if diff := cmp.Diff([]string{"21-NQ/TW 2022-06-16 /van-ban/d-grassroots", "21-NQ/TW 2017-10-25 /van-ban/d-population"}, near); diff != "" {
		t.Errorf("nearest (-want +got):\n%s", diff)
	}
}

func TestSearchShowsWhatIsVisible(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	for _, test := range []struct {
		role  storage.Role
		total int
	}{{"", 4}, {storage.RoleReader, 5}, {storage.RoleEditor, 6}, {storage.RoleAdmin, 6}} {
		got := decode[SearchAnswer](t, ask(h, "GET", "/api/v1/search", bearer(test.role)).Body.Bytes())
		if got.Total != test.total {
			t.Errorf("%q finds %d documents, want %d", test.role, got.Total, test.total)
		}
	}
	// The replaced document's second successor is a draft: readers are not told of it.
	for role, want := range map[storage.Role][]storage.ID{"": {idSuccessor}, storage.RoleEditor: {idDraft, idSuccessor}} {
		got := decode[SearchAnswer](t, ask(h, "GET", "/api/v1/search?q=tu%E1%BB%95i+%C4%91%E1%BB%9Di", bearer(role)).Body.Bytes())
		if diff := cmp.Diff(want, got.Hits[0].ReplacedBy); diff != "" {
			t.Errorf("%q: replaced_by (-want +got):\n%s", role, diff)
		}
		document := decode[map[string]any](t, ask(h, "GET", "/api/v1/documents/"+string(idCharter), bearer(role)).Body.Bytes())
		if got := len(document["replaced_by"].([]any)); got != len(want) {
			t.Errorf("%q: document has %d successors, want %d", role, got, len(want))
		}
	}
}

func TestSearchRefusesWhatIsOutOfBounds(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	for _, test := range []struct{ query, detail string }{
		{"q=" + strings.Repeat("a", 513), "Câu tìm có 513 ký tự, tối đa là 512."},
		{"q=" + strings.Repeat("%C4%91", 513), "Câu tìm có 513 ký tự, tối đa là 512."},
		{"page=99999999", "Chỉ xem được 10000 kết quả đầu; hãy thu hẹp câu tìm."},
		{"page=99999999999999999999", `Giá trị "99999999999999999999" ở "page" không hợp lệ; cần một số nguyên từ 1 trở lên.`},
		{"page=101&size=100", "Chỉ xem được 10000 kết quả đầu; hãy thu hẹp câu tìm."},
		{"page=0", `Giá trị "0" ở "page" không hợp lệ; cần một số nguyên từ 1 trở lên.`},
		{"page=-1", `Giá trị "-1" ở "page" không hợp lệ; cần một số nguyên từ 1 trở lên.`},
		{"size=mười", `Giá trị "mười" ở "size" không hợp lệ; cần một số nguyên từ 1 trở lên.`},
		{"size=101", "Trang bắt đầu từ 1, mỗi trang từ 1 đến 100 kết quả."},
		{"sort=best", `Không có cách sắp xếp "best"; chọn relevance, newest hoặc oldest.`},
		{"from=16/6/2022", `Ngày "16/6/2022" ở "from" không hợp lệ; hãy viết dạng 2022-06-16.`},
		{"to=2022-13-01", `Ngày "2022-13-01" ở "to" không hợp lệ; hãy viết dạng 2022-06-16.`},
		{"facets=kind,colour", `Không có nhóm đếm "colour"; chọn trong kind, issuer, year, term, validity.`},
		{"kind=" + strings.Repeat("a", 101), `Bộ lọc "kind" có giá trị dài quá 100 ký tự.`},
	} {
		w := ask(h, "GET", "/api/v1/search?"+test.query)
		p := decode[Problem](t, w.Body.Bytes())
		if w.Code != 400 || p.Status != 400 || p.Detail != test.detail || p.Title != "Yêu cầu không hợp lệ" || p.Type != "/problems/invalid" {
			t.Errorf("%.40s answers %d %+v, want 400 %q", test.query, w.Code, p, test.detail)
		}
		if got := w.Header().Get("Content-Type"); got != "application/problem+json; charset=utf-8" {
			t.Errorf("%.40s answers %q", test.query, got)
		}
	}
}

func TestSearchAnswersAnythingElse(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	for query, text := range map[string]string{
		"":                               "",
		"q=":                             "",
		"q=" + strings.Repeat("đ", 512):  strings.Repeat("đ", 512),
		"q=%zz":                          "%zz",
		"q=100%":                         "100%",
		"q=%ff%fe":                       "\uFFFD",
		"q=a;b":                          "a;b",
		"q=%00":                          "\x00",
		"q=((((\"AND OR NOT":             `(((("AND OR NOT`,
		"q=nghi%CC%A3+quye%CC%82%CC%81t": "nghị quyết", // decomposed
		"q=x&page=&size=&sort=&from=":    "x",
		"q=x&nonsense=1":                 "x",
		"q=x&page=1000":                  "x",
		"q=x&kind=nghi-quyet,quy-dinh&kind=huong-dan&validity=whatever": "x",
	} {
		w := ask(h, "GET", "/api/v1/search?"+query)
		if w.Code != 200 {
			t.Errorf("%q answers %d %s", query, w.Code, w.Body)
			continue
		}
		if got := decode[SearchAnswer](t, w.Body.Bytes()); got.Query.Text != text {
			t.Errorf("%q was read as %q, want %q", query, got.Query.Text, text)
		}
	}
}

func TestSuggest(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	got := decode[SuggestAnswer](t, ask(h, "GET", "/api/v1/suggest?q=ngh%E1%BB%8B&size=2").Body.Bytes())
	want := SuggestAnswer{Suggestions: []Suggestion{
		{Text: "nghị quyết", Type: "query", URL: "/?" + url.Values{"q": {"nghị quyết"}}.Encode()},
		{Text: "Nghị quyết tăng cường củng cố, xây dựng tổ chức cơ sở đảng và nâng cao chất lượng đội ngũ đảng viên trong giai đoạn mới",
			Type: "document", ID: idGrassroots, Number: "21-NQ/TW", URL: "/van-ban/d-grassroots",
			Kind: "Nghị quyết", Issued: "2022-06-16", Validity: storage.Unverified},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("suggestions (-want +got):\n%s", diff)
	}
	if body := ask(h, "GET", "/api/v1/suggest?q=zzz").Body.String(); body != `{"suggestions":[]}` {
		t.Errorf("no suggestion is %s", body)
	}
	for _, bad := range []string{"size=0", "size=51", "size=x", "q=" + strings.Repeat("a", 513)} {
		if w := ask(h, "GET", "/api/v1/suggest?"+bad); w.Code != 400 {
			t.Errorf("%.20s answers %d", bad, w.Code)
		}
	}
}
