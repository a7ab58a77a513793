package api

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

// regulation is a document of a chain; what it says of others stands in its text.
type regulation struct {
	number, issued, effective, title string
	relations                        []storage.Relation
}

func replacing(kind storage.RelationKind, explicit bool, targets ...string) (all []storage.Relation) {
	for _, target := range targets {
		all = append(all, storage.Relation{Kind: kind, Target: target, Explicit: explicit})
	}
	return all
}

// Three generations, of which the last replaces two documents and will be
// replaced itself on a day far away; and a repeal in general terms.
var chain = []regulation{
	{"901-QĐ/TU", "2005-03-01", "", "chế độ sinh hoạt chi bộ", nil},
	{"902-QĐ/TU", "2012-03-01", "", "chế độ sinh hoạt chi bộ", replacing(storage.Replaces, true, "901-QĐ/TU")},
	{"915-QĐ/TU", "2013-03-01", "", "chế độ đóng đảng phí giả định", nil},
	{"977-QĐ/TU", "2020-03-01", "", "chế độ sinh hoạt chi bộ", replacing(storage.Replaces, true, "902-QĐ/TU", "915-QĐ/TU")},
	{"990-QĐ/TU", "2026-03-01", "2999-01-01", "chế độ sinh hoạt chi bộ", replacing(storage.Replaces, true, "977-QĐ/TU")},
	{"931-QĐ/TU", "2014-03-01", "", "công tác lưu trữ giả định", nil},
	{"955-QĐ/TU", "2021-03-01", "", "công tác lưu trữ giả định", replacing(storage.Repeals, false, "931-QĐ/TU")},
}

// regulated takes a chain in, in the order of its places, and tells the ids.
func (l *living) regulated(order []int) map[string]storage.ID {
	l.Helper()
	ids := map[string]storage.ID{}
	for _, i := range order {
		r := chain[i]
		text := "Quy định này quy định " + r.title + ".\n"
		for _, relation := range r.relations {
			text += "Quy định này thay thế Quy định số " + relation.Target + ".\n"
		}
		record := l.imported(strings.ReplaceAll(r.number, "/", "-")+".txt", text, true)
		facts, err := json.Marshal(map[string]any{"facts": map[string]any{
			"number": r.number, "kind": "Quy định", "issuer": "Ban Thường vụ Tỉnh ủy Sơn Lam", "issued": r.issued, "effective": storage.Date(r.effective), "title": r.title, "relations": r.relations,
		}})
		if err != nil {
			l.Fatal(err)
		}
		edits, err := indexer.ParseEdits(facts)
		if err == nil {
			_, err = l.writer.Edit(l.Context(), record.ID, storage.Version{}, edits, indexer.Importer)
		}
		if err != nil {
			l.Fatal(err)
		}
		ids[r.number] = record.ID
	}
	return ids
}

// Search, page and API put the newest first and mark the others with what has
// replaced them, in whatever order they were imported.
func TestChainsOfDocuments(t *testing.T) {
	for _, order := range [][]int{{0, 1, 2, 3, 4, 5, 6}, {6, 4, 3, 1, 0, 2, 5}} {
		l := live(t, nil)
		ids := l.regulated(order)
		for number, want := range map[string]struct {
			validity storage.Validity
			by       string
			banner   string
		}{
			"901-QĐ/TU": {storage.Replaced, "902-QĐ/TU", `Văn bản này đã được thay thế bởi <a href="/van-ban/ID">Quy định số 902-QĐ/TU, ngày 01/3/2012</a> (văn bản này cũng đã được thay thế bởi`},
			"902-QĐ/TU": {storage.Replaced, "977-QĐ/TU", `Văn bản này đã được thay thế bởi <a href="/van-ban/ID">Quy định số 977-QĐ/TU, ngày 01/3/2020</a>.`},
			"915-QĐ/TU": {storage.Replaced, "977-QĐ/TU", `Văn bản này đã được thay thế bởi <a href="/van-ban/ID">Quy định số 977-QĐ/TU, ngày 01/3/2020</a>.`},
			"977-QĐ/TU": {storage.Unverified, "990-QĐ/TU", `Văn bản này sẽ được thay thế bởi <a href="/van-ban/ID">Quy định số 990-QĐ/TU, ngày 01/3/2026, có hiệu lực từ ngày 01/01/2999</a>.`},
			"990-QĐ/TU": {storage.NotYetInForce, "", ""},
			"931-QĐ/TU": {storage.Unverified, "", "có thể đã"},
			"955-QĐ/TU": {storage.Unverified, "", ""},
		} {
			var d storage.Document
			if a := l.do("", "GET", documentPathOf(ids[number]), ""); a.status != 200 || json.Unmarshal(a.body, &d) != nil {
				t.Fatalf("%d %s", a.status, a.body)
			}
			by := []storage.ID{}
			if want.by != "" {
				by = append(by, ids[want.by])
			}
			if d.Validity != want.validity || !slices.Equal(d.ReplacedBy, by) {
				t.Errorf("%s is %s, replaced by %v", number, d.Validity, d.ReplacedBy)
			}
			page := strings.ReplaceAll(string(l.do("", "GET", "/van-ban/"+string(ids[number]), "").body), "\u00a0", " ")
			banner := strings.ReplaceAll(want.banner, "ID", string(ids[want.by]))
			if !strings.Contains(page, banner) || want.banner == "" && strings.Contains(page, `class="banner`) {
				t.Errorf("%s: the page does not say %q:\n%s", number, banner, page)
			}
		}
		var found SearchAnswer
		if a := l.do("", "GET", "/api/v1/search?"+url.Values{"q": {"chế độ sinh hoạt chi bộ"}}.Encode(), ""); json.Unmarshal(a.body, &found) != nil {
			t.Fatalf("%s", a.body)
		}
		var ranked []string
		for _, hit := range found.Hits[:min(4, len(found.Hits))] {
			ranked = append(ranked, fmt.Sprint(hit.Validity == storage.Replaced, " ", hit.Number))
		}
		slices.SortStableFunc(ranked[:2], strings.Compare) // of those that hold, and of those that were replaced, the ranking says which is first
		slices.SortStableFunc(ranked[2:], strings.Compare)
		if diff := cmp.Diff([]string{"false 977-QĐ/TU", "false 990-QĐ/TU", "true 901-QĐ/TU", "true 902-QĐ/TU"}, ranked); diff != "" {
			t.Errorf("found (-want +got):\n%s", diff)
		}
	}
}
