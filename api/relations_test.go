package api

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

// asked gets JSON from the shelf's server as somebody.
func asked[T any](t *testing.T, s *shelf, role storage.Role, path string) T {
	t.Helper()
	w := ask(serveShelf(t, s, nil), "GET", path, bearer(role))
	var got T
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != 200 {
		t.Fatalf("%s answers %d %s", path, w.Code, w.Body)
	}
	return got
}

func documentPathOf(id storage.ID) string { return "/api/v1/documents/" + string(id) }

func TestDocumentCitations(t *testing.T) {
	got := asked[CitationsAnswer](t, newShelf(), "", documentPathOf(idSuccessor)+"/citations")
	if !got.Complete || len(got.Citations) != 2 {
		t.Fatalf("%+v", got)
	}
	known, unknown := got.Citations[0], got.Citations[1]
	const sentence = "Quy định này thay thế Quy định số 232-QĐ/TW, ngày 20/01/2025 và Quy định số 231-QĐ/TW, ngày 20/01/2025."
	if said(known.Number) != "232-QĐ/TW" || said(known.Date) != "2025-01-20" || known.Page != 1 || known.Relation != storage.Replaces ||
		len(known.Candidates) != 1 || known.Candidates[0] != idCharter || known.Quote.Text != sentence {
		t.Errorf("%+v", known)
	}
	if mark := known.Quote.Marks[0]; string([]rune(sentence)[mark[0]:mark[1]]) != "Quy định số 232-QĐ/TW" {
		t.Errorf("marked is %q", string([]rune(sentence)[mark[0]:mark[1]]))
	}
	if said(unknown.Number) != "231-QĐ/TW" || unknown.Relation != storage.Cites || len(unknown.Documents) != 0 || len(unknown.Nearest) == 0 || unknown.Nearest[0].Number == "" {
		t.Errorf("%+v", unknown)
	}
}

// A paper prints its own number on every page, which cites nothing; a long one
// is listed as far as a thousand citations.
func TestDocumentCitationsLeaveOutItself(t *testing.T) {
	s := newShelf()
	s.add("d-own", storage.Facts{Number: "15-HD/BTCTW", Kind: "Hướng dẫn", Issued: "2026-01-05"}, "15.pdf", pdfType, nil,
		"Số 15-HD/BTCTW\n\nCăn cứ Quy định số 294-QĐ/TW.", "Hướng dẫn số 15-HD/BTCTW, ngày 05/01/2026; Hướng dẫn số 15-HD/BTCTW, ngày 05/01/2020.")
	s.add("d-long", storage.Facts{Kind: "Danh mục"}, "dm.pdf", pdfType, nil, strings.Repeat("Quy định số 294-QĐ/TW.\n", 900), strings.Repeat("Quy định số 294-QĐ/TW.\n", 101))
	var read []string
	for _, c := range asked[CitationsAnswer](t, s, "", documentPathOf("d-own")+"/citations").Citations {
		read = append(read, said(c.Number)+" "+said(c.Date))
	}
	if diff := cmp.Diff([]string{"294-QĐ/TW ", "15-HD/BTCTW 2020-01-05"}, read); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if long := asked[CitationsAnswer](t, s, "", documentPathOf("d-long")+"/citations"); len(long.Citations) != maxCitations || long.Complete || long.Citations[999].Page != 2 {
		t.Errorf("%d citations, complete: %v", len(long.Citations), long.Complete)
	}
}

// A page that is a whole book is read in parts, none of which ends within a
// citation or a letter, though the page may be a single line.
func TestPagesAreReadInWholeParts(t *testing.T) {
	const cited = "Quy định số 232-QĐ/TW, ngày 20/01/2025"
	s := newShelf()
	for _, into := range []int{12, 20, 30, 44} {
		before := strings.Repeat("chi bo; ", partSize/8)[into:]
		resolved, err := resolvePage(t.Context(), s, storage.Document{}, before+cited+".", 9)
		if err != nil || len(resolved) != 1 {
			t.Fatalf("%d bytes into it: %d citations, %v", into, len(resolved), err)
		}
		if c := resolved[0].Citation; c.Start != len(before) || c.Number.String() != "232-QĐ/TW" || c.Date != "2025-01-20" {
			t.Errorf("%d bytes into it: %s of %s at %d, want %d", into, c.Number, c.Date, c.Start, len(before))
		}
	}
	for _, text := range []string{strings.Repeat("ồ", partSize), strings.Repeat("ồ ", partSize/2), strings.Repeat("\x80", 2*partSize+1), "", "x"} {
		var seen parts
		if _, err := resolvePage(t.Context(), &seen, storage.Document{}, text, 9); err != nil {
			t.Fatal(err)
		}
		if strings.Join(seen, "") != text {
			t.Errorf("%.8q: not all of it was read", text)
		}
		for _, part := range seen {
			if utf8.ValidString(part) != utf8.ValidString(text) || len(part) > partSize {
				t.Errorf("%.8q: a part of %d bytes is cut within a letter, or too long", text, len(part))
			}
		}
	}
}

// parts are the texts that were given to be resolved.
type parts []string

func (p *parts) Resolve(_ context.Context, text string, _ storage.Audience) ([]indexer.Resolved, error) {
	*p = append(*p, text)
	return nil, nil
}

func (*parts) LookUp(context.Context, string, storage.Audience) (indexer.Resolved, error) {
	return indexer.Resolved{}, storage.ErrNotFound
}

// What a text has cited with its date it later means by the number alone.
func TestDocumentCitationsRememberDates(t *testing.T) {
	l, grassroots, population, _ := numberedLibrary(t)
	id := l.imported("bao-cao.txt", "Theo Nghị quyết số 21-NQ/TW, ngày 25/10/2017 về dân số.\n\nViệc thực hiện Nghị quyết số 21-NQ/TW đã có kết quả.\n\nKhác với Nghị quyết số 21-NQ/TW, ngày 16/6/2022.", true).ID
	var answer CitationsAnswer
	if a := l.do("", "GET", documentPathOf(id)+"/citations", ""); a.status != 200 || json.Unmarshal(a.body, &answer) != nil {
		t.Fatalf("%d %s", a.status, a.body)
	}
	var first []storage.ID
	for _, c := range answer.Citations {
		first = append(first, c.Candidates[0])
	}
	if diff := cmp.Diff([]storage.ID{population, population, grassroots}, first); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCitedBy(t *testing.T) {
	s := newShelf()
	for id, audience := range map[storage.ID]storage.Audience{"d-cites-1": storage.AudiencePublic, "d-cites-2": storage.AudienceMembers, "d-cites-3": storage.AudienceStaff} {
		s.add(id, storage.Facts{Kind: "Báo cáo", Issued: storage.Date("2026-0" + string(id[len(id)-1]) + "-01"), Relations: []storage.Relation{{Kind: storage.Cites, Target: "232-QĐ/TW", Explicit: true}}},
			"bc.pdf", pdfType, func(d *storage.Document) { d.Audience = audience }, "Trang đầu.", "Theo Quy định 232-QĐ/TW thì thôi.")
	}
	for role, want := range map[storage.Role][]storage.ID{
		"":                 {"d-cites-1", idSuccessor},
		storage.RoleReader: {"d-cites-2", "d-cites-1", idSuccessor},
		storage.RoleEditor: {"d-cites-3", "d-cites-2", "d-cites-1", idSuccessor},
	} {
		got := asked[CitedByAnswer](t, s, role, documentPathOf(idCharter)+"/cited-by")
		var ids []storage.ID
		for _, citing := range got.CitedBy {
			ids = append(ids, citing.Document.ID)
		}
		if diff := cmp.Diff(want, ids); diff != "" || got.Total != len(want) {
			t.Errorf("%q: total %d (-want +got):\n%s", role, got.Total, diff)
		}
	}
	second := asked[CitedByAnswer](t, s, "", documentPathOf(idCharter)+"/cited-by?page=2&size=1")
	if second.Total != 2 || len(second.CitedBy) != 1 {
		t.Fatalf("%+v", second)
	}
	if c := second.CitedBy[0]; c.Relation != storage.Replaces || !c.Explicit || c.Page == nil || *c.Page != 1 || c.Quote == nil || !strings.HasPrefix(c.Quote.Text, "Quy định này thay thế Quy định số 232-QĐ/TW") {
		t.Errorf("%+v", c)
	}
	first := asked[CitedByAnswer](t, s, "", documentPathOf(idCharter)+"/cited-by?size=1").CitedBy[0]
	if *first.Page != 2 || first.Document.URL != "/van-ban/d-cites-1?trang=2#trang-2" {
		t.Errorf("%+v", first)
	}
	if beyond := asked[CitedByAnswer](t, s, "", documentPathOf(idCharter)+"/cited-by?page=9"); beyond.Total != 2 || beyond.CitedBy == nil || len(beyond.CitedBy) != 0 {
		t.Errorf("%+v", beyond)
	}
	for _, query := range []string{"page=0", "page=x", "size=51", "page=100000", "size=-1"} {
		if w := ask(serveShelf(t, s, nil), "GET", documentPathOf(idCharter)+"/cited-by?"+query); w.Code != 400 {
			t.Errorf("%s answers %d", query, w.Code)
		}
	}
}

// Behind the last relation that is told there is no page, rather than an empty one.
func TestCitedByReachesAsFarAsRelationsAreTold(t *testing.T) {
	h := serveShelf(t, newShelf(), nil)
	for query, status := range map[string]int{
		"page=20&size=50": 200, "page=21&size=50": 400, "page=100": 200, "page=101": 400, "page=34&size=30": 200, "page=35&size=30": 400,
	} {
		w := ask(h, "GET", documentPathOf(idCharter)+"/cited-by?"+query)
		if w.Code != status || status == 400 && !strings.Contains(w.Body.String(), "Chỉ xem được 1.000 quan hệ đầu.") {
			t.Errorf("%s answers %d %s", query, w.Code, w.Body)
		}
	}
}

// What the index says of a document that the library has withdrawn from a reader
// meanwhile is not told: neither its name nor that there is one more.
func TestCitedByLeavesOutWhatTheLibraryHides(t *testing.T) {
	at := func(audience storage.Audience) *shelf {
		s := newShelf()
		s.add("d-cites-1", storage.Facts{Kind: "Báo cáo", Issued: "2026-01-01", Relations: []storage.Relation{{Kind: storage.Cites, Target: "232-QĐ/TW", Explicit: true}}},
			"bc.pdf", pdfType, func(d *storage.Document) { d.Audience = audience }, "Theo Quy định 232-QĐ/TW thì thôi.")
		return s
	}
	h := serveShelf(t, at(storage.AudienceMembers), func(c *Config) { c.Index = at(storage.AudiencePublic) })
	for role, want := range map[storage.Role][]storage.ID{"": {idSuccessor}, storage.RoleReader: {"d-cites-1", idSuccessor}} {
		got := decode[CitedByAnswer](t, ask(h, "GET", documentPathOf(idCharter)+"/cited-by", bearer(role)).Body.Bytes())
		var ids []storage.ID
		for _, citing := range got.CitedBy {
			ids = append(ids, citing.Document.ID)
		}
		if diff := cmp.Diff(want, ids); diff != "" || got.Total != len(want) {
			t.Errorf("%q: total %d (-want +got):\n%s", role, got.Total, diff)
		}
	}
}

// The sentence that states a relation is preferred to one that only has the number.
func TestStatedIsWhereItIsSaid(t *testing.T) {
	pages := []storage.Page{
		{Number: 1, Text: "Căn cứ Quy định số 232-QĐ/TW; căn cứ Điều lệ Đảng;"},
		{Number: 7, Text: "Điều 9. Hiệu lực\n\n1. Quy định này thay thế Quy định số 232-QĐ/TW. 2. Văn phòng đôn đốc."},
	}
	for _, test := range []struct {
		relation storage.Relation
		page     int
		text     string
	}{
		{storage.Relation{Kind: storage.Replaces, Target: "232-QĐ/TW"}, 7, "1. Quy định này thay thế Quy định số 232-QĐ/TW."},
		{storage.Relation{Kind: storage.BasedOn, Target: "232-QĐ/TW"}, 1, "Căn cứ Quy định số 232-QĐ/TW;"},
		{storage.Relation{Kind: storage.BasedOn, Target: "Điều lệ Đảng"}, 1, "căn cứ Điều lệ Đảng;"},
		{storage.Relation{Kind: storage.Cites, Target: "99-QĐ/TW"}, 0, ""},
		{storage.Relation{Kind: storage.Cites}, 0, ""},
	} {
		page, found, ok := stated(pages, test.relation)
		if page != test.page || found.Text != test.text || ok != (test.page > 0) {
			t.Errorf("%s %s: page %d, %q", test.relation.Kind, test.relation.Target, page, found.Text)
		}
	}
}

func TestRelated(t *testing.T) {
	got := asked[RelatedAnswer](t, newShelf(), "", documentPathOf(idGrassroots)+"/related?size=2")
	if len(got.Documents) != 2 || got.Documents[0].ID != idSuccessor {
		t.Errorf("%+v", got)
	}
	if draft := asked[RelatedAnswer](t, newShelf(), storage.RoleEditor, documentPathOf(idDraft)+"/related"); draft.Documents == nil || len(draft.Documents) != 0 {
		t.Errorf("of a draft: %+v", draft)
	}
}

// An index that does not relate documents yet says so; pages do without.
func TestRelationsNeedARelater(t *testing.T) {
	s := newShelf()
	h := serveShelf(t, s, func(c *Config) { c.Index = struct{ Index }{s} })
	for path, status := range map[string]int{
		documentPathOf(idCharter) + "/cited-by": 503, documentPathOf(idCharter) + "/related": 503, documentPathOf(idCharter) + "/citations": 503,
		documentPathOf(idCharter): 200, "/van-ban/" + string(idSuccessor): 200, documentPathOf(idCharter) + "/cite": 200,
	} {
		w := ask(h, "GET", path)
		if w.Code != status {
			t.Errorf("%s answers %d %s", path, w.Code, w.Body)
		}
		if path == "/van-ban/"+string(idSuccessor) && !strings.Contains(w.Body.String(), `<a href="/?q=232-Q%C4%90%2FTW">232-QĐ/TW, ngày`+"\u00a0"+`20/01/2025</a>`) {
			t.Errorf("without relations a page leads to no search:\n%s", w.Body)
		}
	}
}
