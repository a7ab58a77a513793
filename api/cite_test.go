package api

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"vankien/storage"
)

func TestCite(t *testing.T) {
	s := newShelf()
	open, secure := serveShelf(t, s, nil), serveShelf(t, s, func(c *Config) { c.HTTPS = true })
	path := documentPathOf(idSuccessor) + "/cite"
	const note = "Ban Chấp hành Trung ương: Quy định số 294-QĐ/TW, ngày 26/5/2025, về thi hành Điều lệ Đảng"
	for _, test := range []struct{ query, media, want string }{
		{"", "text/plain; charset=utf-8", note + ".\n"},
		{"?format=text", "text/plain; charset=utf-8", note + ".\n"},
		{"?format=text&page=12", "text/plain; charset=utf-8", note + ", tr.12.\n"},
		{"?format=text&page=2&section=" + url.QueryEscape("Điều 3"), "text/plain; charset=utf-8", note + ", Điều 3, tr.2.\n"},
		{"?format=text&url", "text/plain; charset=utf-8", note + ", http://vankien.test/van-ban/d-successor\n"},
		{"?format=text&url=true&page=2", "text/plain; charset=utf-8", note + ", tr.2, http://vankien.test/van-ban/d-successor?trang=2#trang-2\n"},
		{"?format=text&url=false", "text/plain; charset=utf-8", note + ".\n"},
		{"?format=bibtex", "application/x-bibtex; charset=utf-8", "@techreport{vk-294-qd-tw-2025-05-26-d-succ,\n"},
		{"?format=ris", "application/x-research-info-systems; charset=utf-8", "TY  - GOVDOC\r\n"},
		{"?format=csl", "application/vnd.citationstyles.csl+json", `"id": "vk-294-qd-tw-2025-05-26-d-succ"`},
	} {
		w := ask(open, "GET", path+test.query)
		body := w.Body.String()
		if w.Code != 200 || w.Header().Get("Content-Type") != test.media || !strings.Contains(body, test.want) {
			t.Errorf("%s answers %d %s %s", test.query, w.Code, w.Header().Get("Content-Type"), body)
		}
		if strings.Contains(test.media, "text/plain") == strings.Contains(w.Header().Get("Content-Disposition"), `filename="vk-294-qd-tw-2025-05-26-d-succ.`) {
			t.Errorf("%s is saved as %s", test.query, w.Header().Get("Content-Disposition"))
		}
	}
	var items []map[string]any
	if err := json.Unmarshal(ask(secure, "GET", path+"?format=csl&page=4").Body.Bytes(), &items); err != nil || items[0]["URL"] != "https://vankien.test/van-ban/d-successor?trang=4#trang-4" {
		t.Errorf("%v %v", err, items)
	}
	for query, status := range map[string]int{
		"?format=xml": 400, "?format=BIBTEX": 400, "?page=0": 400, "?page=x": 400, "?page=100001": 400, "?section=" + strings.Repeat("a", 201): 400, "?format=": 200, "?page=": 200,
	} {
		if w := ask(open, "GET", path+query); w.Code != status {
			t.Errorf("%.40s answers %d", query, w.Code)
		}
	}
	if w := ask(open, "GET", documentPathOf(idInternal)+"/cite?format=xml"); w.Code != 400 {
		t.Errorf("a format that is none answers %d whatever the document", w.Code)
	}
	if w := ask(open, "GET", documentPathOf(idInternal)+"/cite", bearer(storage.RoleReader)); w.Code != 404 {
		t.Errorf("a document that is not for its reader answers %d", w.Code)
	}
}
