package web

import (
	"strings"
	"testing"

	"vankien/indexer"
	"vankien/storage"
)

// announced is a banner as a reader reads it, with links in brackets.
func announced(b Banner) string {
	var all []string
	for _, c := range b.Clauses {
		var named []string
		for _, n := range c.Named {
			name := "[" + n.Name.Label + "]"
			if n.Since != "" {
				name += " (" + n.Since
				for _, by := range n.By {
					name += " [" + by.Label + "]"
				}
				name += ")"
			}
			named = append(named, name)
		}
		all = append(all, strings.TrimSpace(c.Sentence+" "+strings.Join(named, ", "))+".")
	}
	return strings.ReplaceAll(strings.Join(all, " "), noBreak, " ")
}

// What a list and a page say of what ends a document: that it has ended it, will,
// or may have. Who may not know of a successor learns that there is one.
func TestWhatEndsADocument(t *testing.T) {
	paper := func(number string, issued, effective storage.Date, validity storage.Validity, by ...storage.ID) storage.Document {
		return storage.Document{ID: storage.ID(number), Validity: validity, ReplacedBy: by, Facts: storage.Facts{Kind: "Quy định", Number: storage.Printed(number), Issued: issued, Effective: effective}}
	}
	old := func(validity storage.Validity, edited ...string) storage.Document {
		return storage.Document{ID: "old", Validity: validity, Edited: edited}
	}
	now, later := paper("9-QĐ/TU", "2025-03-01", "", storage.Unverified), paper("8-QĐ/TU", "2026-03-01", "2027-01-01", storage.NotYetInForce)
	past, ended := paper("7-QĐ/TU", "2020-03-01", "", storage.Replaced, now.ID), paper("6-QĐ/TU", "2020-03-01", "", storage.Repealed)
	repeals := func(d storage.Document) indexer.Link {
		return indexer.Link{Relation: storage.Relation{Kind: storage.Repeals, Explicit: true}, Documents: []storage.Document{d}, Decided: true}
	}
	doubtful := repeals(now)
	doubtful.Decided = false
	type documents = []storage.Document
	for _, test := range []struct {
		name       string
		old        storage.Document
		successors documents
		links      indexer.Links
		list, page string
	}{
		{"replaced", old(storage.Replaced), documents{now}, indexer.Links{}, "Xem văn bản thay thế: 9-QĐ/TU", "Văn bản này đã được thay thế bởi [Quy định số 9-QĐ/TU, ngày 01/3/2025]."},
		{"replaced by what is hidden", old(storage.Replaced), nil, indexer.Links{}, "", "Văn bản này đã được thay thế."},
		{"replaced by what is hidden, and to be replaced", old(storage.Replaced, "replaced_by", "validity"), documents{later}, indexer.Links{}, "Sẽ được thay thế bởi: 8-QĐ/TU",
			"Văn bản này đã được thay thế. Văn bản này sẽ được thay thế bởi [Quy định số 8-QĐ/TU, ngày 01/3/2026, có hiệu lực từ ngày 01/01/2027]."},
		{"replaced, and to be replaced again", old(storage.Replaced), documents{later, now}, indexer.Links{}, "Xem văn bản thay thế: 9-QĐ/TU",
			"Văn bản này đã được thay thế bởi [Quy định số 9-QĐ/TU, ngày 01/3/2025]. Văn bản này sẽ được thay thế bởi [Quy định số 8-QĐ/TU, ngày 01/3/2026, có hiệu lực từ ngày 01/01/2027]."},
		{"replaced by what was replaced, and by what was repealed", old(storage.Replaced), documents{past, ended}, indexer.Links{}, "Xem văn bản thay thế: 7-QĐ/TU, 6-QĐ/TU",
			"Văn bản này đã được thay thế bởi [Quy định số 7-QĐ/TU, ngày 01/3/2020] (văn bản này cũng đã được thay thế bởi [Quy định số 9-QĐ/TU, ngày 01/3/2025]), [Quy định số 6-QĐ/TU, ngày 01/3/2020] (văn bản này cũng đã bị bãi bỏ)."},
		{"repealed, by nobody who is known", old(storage.Repealed), nil, indexer.Links{In: []indexer.Link{doubtful}}, "", "Văn bản này đã bị bãi bỏ."},
		{"repealed", old(storage.Repealed), nil, indexer.Links{In: []indexer.Link{repeals(now), repeals(now)}}, "", "Văn bản này đã bị bãi bỏ theo [Quy định số 9-QĐ/TU, ngày 01/3/2025]."},
		{"repealed, with a successor", old(storage.Repealed), documents{now}, indexer.Links{}, "Xem văn bản thay thế: 9-QĐ/TU", "Văn bản này đã bị bãi bỏ. Xem văn bản thay thế: [Quy định số 9-QĐ/TU, ngày 01/3/2025]."},
		{"repealed, and to be replaced", old(storage.Repealed, "validity"), documents{later}, indexer.Links{}, "Sẽ được thay thế bởi: 8-QĐ/TU",
			"Văn bản này đã bị bãi bỏ. Văn bản này sẽ được thay thế bởi [Quy định số 8-QĐ/TU, ngày 01/3/2026, có hiệu lực từ ngày 01/01/2027]."},
		{"to be replaced", old(storage.InForce), documents{later}, indexer.Links{}, "Sẽ được thay thế bởi: 8-QĐ/TU",
			"Văn bản này sẽ được thay thế bởi [Quy định số 8-QĐ/TU, ngày 01/3/2026, có hiệu lực từ ngày 01/01/2027]."},
		{"to be repealed", old(storage.Unverified), nil, indexer.Links{In: []indexer.Link{repeals(later)}}, "", "Văn bản này sẽ bị bãi bỏ từ ngày 01/01/2027 theo [Quy định số 8-QĐ/TU, ngày 01/3/2026]."},
		{"stated by people", old(storage.Unverified, "replaced_by"), documents{now}, indexer.Links{}, "Xem văn bản thay thế: 9-QĐ/TU", "Văn bản này đã được thay thế bởi [Quy định số 9-QĐ/TU, ngày 01/3/2025]."},
		{"on the same subject", old(storage.Unverified), nil, indexer.Links{Successors: documents{now}}, "", "Văn bản này có thể đã được thay thế bởi [Quy định số 9-QĐ/TU, ngày 01/3/2025]."},
		{"on the same subject, but stated to hold", old(storage.InForce, "validity"), nil, indexer.Links{Successors: documents{now}}, "", ""},
		{"nothing ends it", old(storage.Unverified), nil, indexer.Links{}, "", ""},
	} {
		o := Opened{Document: test.old, Successors: test.successors, Later: documents{now}, Links: &test.links}
		known := map[storage.ID]storage.Document{}
		for _, d := range test.successors {
			o.Document.ReplacedBy = append(o.Document.ReplacedBy, d.ID)
			known[d.ID] = d
		}
		b := banner(o)
		if page := announced(b); page != test.page {
			t.Errorf("%s: the page says\n%s\nwant\n%s", test.name, page, test.page)
		}
		if b.Ended != (strings.HasPrefix(test.page, "Văn bản này đã")) {
			t.Errorf("%s: ended is %v", test.name, b.Ended)
		}
		var list []string
		s := successorsOf(o.Document, known)
		for _, link := range s.Links {
			list = append(list, strings.TrimPrefix(link.Label, "Quy định số "))
		}
		if list := strings.TrimSpace(s.Sentence + " " + strings.Join(list, ", ")); len(s.Links) > 0 && list != test.list || len(s.Links) == 0 && test.list != "" {
			t.Errorf("%s: a list says %q, want %q", test.name, list, test.list)
		}
	}
}

// What others will do to a document is not told as if they had.
func TestRelationsToCome(t *testing.T) {
	var links indexer.Links
	for _, kind := range []storage.RelationKind{storage.Repeals, storage.Replaces, storage.Amends} {
		for _, validity := range []storage.Validity{storage.NotYetInForce, storage.Unverified} {
			number := "1-QĐ/TU " + string(kind) + string(validity)
			links.In = append(links.In, indexer.Link{Relation: storage.Relation{Kind: kind, Explicit: true}, Decided: true, Documents: []storage.Document{
				{ID: storage.ID(number), Validity: validity, Facts: storage.Facts{Number: storage.Printed(number), Effective: "2026-12-15"}}}})
		}
	}
	var got []string
	for _, v := range relations(Opened{Links: &links}) {
		label, _, _ := strings.Cut(told(v), ":")
		got = append(got, label+" "+v.Shown[0].Note)
	}
	const want = "Bị thay thế bởi |Sẽ được thay thế bởi từ 15/12/2026|Được sửa đổi, bổ sung bởi |Sẽ được sửa đổi, bổ sung bởi từ 15/12/2026|Bị bãi bỏ bởi |Sẽ bị bãi bỏ bởi từ 15/12/2026"
	if got := strings.ReplaceAll(strings.Join(got, "|"), noBreak, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
