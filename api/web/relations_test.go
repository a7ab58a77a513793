package web

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

func told(v RelationView) string {
	var entries []string
	for _, e := range append(v.Shown, v.Rest...) {
		s := e.Name.Label
		if e.Name.URL != "" {
			s = "[" + s + "]"
		}
		if e.Note != "" {
			s += " (" + e.Note + ")"
		}
		for _, link := range append(e.Choices, e.Nearest...) {
			s += " ? [" + link.Label + "]"
		}
		entries = append(entries, s)
	}
	return strings.ReplaceAll(v.Label+": "+strings.Join(entries, "; "), noBreak, " ")
}

// Relations stand in both directions, those that change a document first; a
// document stands under one label, linked where the library has it.
func TestRelations(t *testing.T) {
	document := func(number string, issued storage.Date) storage.Document {
		return storage.Document{ID: storage.ID(number + string(issued)), Facts: storage.Facts{Kind: "Quy định", Number: storage.Printed(number), Issued: issued}}
	}
	old, law, first, second := document("1-QĐ/TU", "2020-01-02"), document("31/2024/QH15", "2024-01-18"), document("2-QĐ/TU", "2021-03-04"), document("2-QĐ/TU", "2015-05-06")
	link := func(kind storage.RelationKind, target string, decided bool, documents ...storage.Document) indexer.Link {
		return indexer.Link{Relation: storage.Relation{Kind: kind, Target: target, Explicit: kind != storage.Repeals}, Documents: documents, Decided: decided}
	}
	unknown := link(storage.Guides, "3-QĐ/TU", false)
	unknown.Relation.Date, unknown.Nearest = "2019-09-09", []storage.Document{old}
	links := &indexer.Links{
		Out: []indexer.Link{
			link(storage.Cites, "1-QĐ/TU", true, old), link(storage.Cites, "2-QĐ/TU", false, first, second), link(storage.BasedOn, "2-QĐ/TU", true, first, second),
			link(storage.Replaces, "1-QĐ/TU", true, old), link(storage.Repeals, "2-QĐ/TU", true, second), unknown, unknown,
			link(storage.Implements, "Luật Đất đai năm 2013", false, law),
		},
		In: []indexer.Link{link(storage.Cites, "9-QĐ/TU", true, first), link(storage.Amends, "9-QĐ/TU", true, first), link(storage.Cites, "9-QĐ", false, old)},
	}
	for _, test := range []struct {
		name  string
		o     Opened
		wants []string
	}{
		{"as a reader sees them", Opened{Links: links}, []string{
			"Thay thế: [Quy định số 1-QĐ/TU, ngày 02/01/2020]",
			"Bãi bỏ: [Quy định số 2-QĐ/TU, ngày 06/5/2015] (văn bản không nêu rõ)",
			"Căn cứ: [Quy định số 2-QĐ/TU, ngày 04/3/2021]",
			"Hướng dẫn: 3-QĐ/TU, ngày 09/9/2019",
			"Thực hiện: [Quy định số 31/2024/QH15, ngày 18/01/2024] (chưa chắc là văn bản này)",
			"Viện dẫn: 2-QĐ/TU ? [Quy định số 2-QĐ/TU, ngày 04/3/2021] ? [Quy định số 2-QĐ/TU, ngày 06/5/2015]",
			"Được sửa đổi, bổ sung bởi: [Quy định số 2-QĐ/TU, ngày 04/3/2021]",
			"Được viện dẫn trong: [Quy định số 1-QĐ/TU, ngày 02/01/2020] (chưa chắc là văn bản này)",
		}},
		{"not known to the index", Opened{Document: storage.Document{Facts: storage.Facts{Relations: []storage.Relation{{Kind: storage.Guides, Target: "3-QĐ/TU", Explicit: true}}}}},
			[]string{"Hướng dẫn: [3-QĐ/TU]"}},
	} {
		var got []string
		for _, v := range relations(test.o) {
			got = append(got, told(v))
		}
		if diff := cmp.Diff(test.wants, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	staff := relations(Opened{Links: links, Staff: true})
	if got := told(staff[3]); got != "Hướng dẫn: 3-QĐ/TU, ngày 09/9/2019 ? [Quy định số 1-QĐ/TU, ngày 02/01/2020]" {
		t.Errorf("the staff is asked %q", got)
	}
}

// Hundreds of documents that cite one are folded, and what is beyond them is
// found by a search.
func TestManyRelationsAreFolded(t *testing.T) {
	links := &indexer.Links{}
	for i := range 250 {
		links.In = append(links.In, indexer.Link{
			Relation: storage.Relation{Kind: storage.Cites, Explicit: true}, Decided: true, Documents: []storage.Document{{ID: storage.ID(fmt.Sprint(i))}},
		})
	}
	v := relations(Opened{Links: links, Document: storage.Document{Facts: storage.Facts{Number: "5-QĐ/TU"}}})[0]
	if len(v.Shown) != shownRelations || len(v.Rest) != mostRelations || v.More.Label != "và 145 văn bản khác" || v.More.URL != "/?q=tr%C3%ADch%3A5-Q%C4%90%2FTU" {
		t.Errorf("%d, %d, %+v", len(v.Shown), len(v.Rest), v.More)
	}
	links.In = links.In[:6]
	if v := relations(Opened{Links: links})[0]; len(v.Shown) != 6 || v.Rest != nil {
		t.Errorf("%d shown, %d folded", len(v.Shown), len(v.Rest))
	}
}
