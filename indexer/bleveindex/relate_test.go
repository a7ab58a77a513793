package bleveindex

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

// rule is a published regulation with a text of one passage.
func rule(number string, issued storage.Date, title, text string, states ...storage.Relation) indexer.Entry {
	return indexer.Entry{
		Document: storage.Document{
			ID: storage.ID(number + "@" + string(issued)), Revision: 1, State: storage.StatePublished, Audience: storage.AudiencePublic,
			Reading: storage.Reading{Status: storage.ReadingReady}, Validity: storage.Unverified, ReplacedBy: []storage.ID{}, Duplicates: []storage.ID{},
			Facts: storage.Facts{Number: storage.Printed(number), Kind: "Quy định", KindSymbol: "QĐ", Issuer: "Ban Bí thư", IssuerSymbol: "TW", Issued: issued, Title: storage.Printed(title), Relations: states},
		},
		Passages: []indexer.Passage{{Title: title, Text: text, Pages: []indexer.PageMark{{Page: 1}}}},
	}
}

func states(kind storage.RelationKind, target string, date storage.Date) storage.Relation {
	return storage.Relation{Kind: kind, Target: target, Date: date, Explicit: true}
}

// In three generations the newest stands first, and the older ones say by what
// they were replaced; a document that leaves the library takes back what it said.
func TestChainOfThree(t *testing.T) {
	x := open(t, t.TempDir())
	defer closing(t, x)
	first := rule("911-QĐ/TW", "2004-03-01", "thi hành điều lệ giả định", "Nội dung về thi hành điều lệ giả định.")
	second := rule("945-QĐ/TW", "2012-05-02", "thi hành điều lệ giả định", "Thi hành điều lệ giả định lần hai.", states(storage.Replaces, "911-QĐ/TW", "2004-03-01"))
	third := rule("977-QĐ/TW", "2021-08-03", "thi hành điều lệ giả định", "Thi hành điều lệ giả định lần ba.", states(storage.Replaces, "945-QĐ/TW", ""))
	for _, e := range []indexer.Entry{third, first, second} { // in whatever order they come
		apply(t, x, indexer.Batch{Put: []indexer.Entry{e}})
	}
	type standing struct {
		ID         storage.ID
		Validity   storage.Validity
		ReplacedBy []storage.ID
	}
	found := func(q indexer.Query) (all []standing) {
		for _, hit := range find(t, x, q).Hits {
			all = append(all, standing{hit.Document.ID, hit.Document.Validity, hit.Document.ReplacedBy})
		}
		return all
	}
	want := []standing{
		{third.Document.ID, storage.Unverified, []storage.ID{}},
		{second.Document.ID, storage.Replaced, []storage.ID{third.Document.ID}},
		{first.Document.ID, storage.Replaced, []storage.ID{second.Document.ID}},
	}
	got := found(indexer.Query{Text: "thi hành điều lệ giả định"})
	if diff := cmp.Diff(want[0], got[0]); diff != "" {
		t.Errorf("the newest is not first (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, found(indexer.Query{})); diff != "" {
		t.Errorf("as they stand (-want +got):\n%s", diff)
	}
	if got := found(indexer.Query{Filters: map[indexer.Facet][]string{indexer.FacetValidity: {"replaced"}}}); len(got) != 2 {
		t.Errorf("filtered by validity: %v", got)
	}
	links, err := x.Links(t.Context(), second.Document.ID, storage.AudiencePublic)
	if err != nil || len(links.Out) != 1 || len(links.In) != 1 || links.Out[0].Documents[0].ID != first.Document.ID || links.In[0].Documents[0].ID != third.Document.ID {
		t.Errorf("links of the second: %+v, %v", links, err)
	}
	apply(t, x, indexer.Batch{Delete: []storage.ID{third.Document.ID}})
	want = []standing{{second.Document.ID, storage.Unverified, []storage.ID{}}, want[2]}
	if diff := cmp.Diff(want, found(indexer.Query{})); diff != "" {
		t.Errorf("without the third (-want +got):\n%s", diff)
	}
	d := second.Document
	d.Validity = storage.InForce
	if err := x.Stand(t.Context(), &d); err != nil || d.Validity != storage.Unverified {
		t.Errorf("stands as %s, %v", d.Validity, err)
	}
}

// What takes effect on a day to come changes nothing before that day, and does so
// on it without any write.
func TestDayOfEffect(t *testing.T) {
	x := open(t, t.TempDir())
	defer closing(t, x)
	old := rule("912-QĐ/TW", "2012-03-01", "chế độ họp giả định", "Chế độ họp.")
	soon := rule("978-QĐ/TW", "2020-08-03", "chế độ họp giả định", "Chế độ họp.", states(storage.Replaces, "912-QĐ/TW", ""))
	soon.Document.Facts.Effective = "2999-01-01"
	apply(t, x, indexer.Batch{Put: []indexer.Entry{old, soon}})
	validities := func() (v []storage.Validity) {
		for _, hit := range find(t, x, indexer.Query{}).Hits {
			v = append(v, hit.Document.Validity)
		}
		return v
	}
	if diff := cmp.Diff([]storage.Validity{storage.NotYetInForce, storage.Unverified}, validities()); diff != "" {
		t.Errorf("before the day (-want +got):\n%s", diff)
	}
	x.turnDay("2999-01-01")
	if diff := cmp.Diff([]storage.Validity{storage.Unverified, storage.Replaced}, validities()); diff != "" {
		t.Errorf("on the day (-want +got):\n%s", diff)
	}
}

// Nobody is led to a document that they may not see.
func TestLinksKeepAudiences(t *testing.T) {
	x := open(t, t.TempDir())
	defer closing(t, x)
	open := rule("913-QĐ/TW", "2012-03-01", "chế độ báo cáo giả định", "Chế độ báo cáo của chi bộ.")
	hidden := rule("979-QĐ/TW", "2020-08-03", "chế độ báo cáo giả định", "Chế độ báo cáo của chi bộ.", states(storage.Replaces, "913-QĐ/TW", ""))
	hidden.Document.Audience = storage.AudienceMembers
	citing := rule("980-QĐ/TW", "2021-08-03", "kiểm tra giả định", "Kiểm tra.", states(storage.Cites, "979-QĐ/TW", ""))
	apply(t, x, indexer.Batch{Put: []indexer.Entry{open, hidden, citing}})
	for _, test := range []struct {
		audience  storage.Audience
		in, meant int
	}{{storage.AudiencePublic, 0, 0}, {storage.AudienceMembers, 1, 1}} {
		links, err := x.Links(t.Context(), open.Document.ID, test.audience)
		if err != nil || len(links.In) != test.in {
			t.Errorf("%s: in %+v, %v", test.audience, links.In, err)
		}
		links, err = x.Links(t.Context(), citing.Document.ID, test.audience)
		if err != nil || len(links.Out) != 1 || len(links.Out[0].Documents) != test.meant {
			t.Errorf("%s: out %+v, %v", test.audience, links.Out, err)
		}
		related, err := x.Related(t.Context(), open.Document.ID, test.audience, 5)
		for _, d := range related {
			if !test.audience.Includes(d.Audience) {
				t.Errorf("%s: related is %s", test.audience, d.ID)
			}
		}
		if err != nil {
			t.Error(err)
		}
	}
	if _, err := x.Links(t.Context(), hidden.Document.ID, storage.AudiencePublic); err == nil {
		t.Error("the public has links of what it may not see")
	}
}

// What an audience is told of relations is the same whether documents that it may
// not see are in the library or not: neither what is decided nor what is listed
// or counted gives them away.
func TestLinksAreAsWithoutTheHidden(t *testing.T) {
	old := rule("913-QĐ/TW", "2012-03-01", "chế độ báo cáo giả định", "Chế độ báo cáo của chi bộ.")
	older := rule("913-QĐ/TW", "2010-03-01", "chế độ họp giả định", "Chế độ họp của chi bộ.")
	copied := rule("913-QĐ/TW", "2012-03-01", "chế độ báo cáo giả định", "Chế độ báo cáo của chi bộ.")
	copied.Document.ID = "copied"
	about := "chi tiêu nội bộ hằng năm"
	secret := rule("913-QĐ/TW", "2015-03-01", about, "Chi tiêu nội bộ.", states(storage.Cites, "913-QĐ/TW", "2012-03-01"))
	secret.Document.Audience = storage.AudienceMembers
	var stating []indexer.Entry
	for i, relation := range []storage.Relation{
		states(storage.Cites, "913-QĐ/TW", ""), states(storage.Cites, "913-QĐ/TW", "2012-03-01"), states(storage.BasedOn, "913-QĐ/TW", "2015-03-01"),
		states(storage.Guides, "Quy định số 913-QĐ/TW năm 2015", ""), states(storage.Implements, "913-QĐ/TW", "2019-01-01"), states(storage.Repeals, "913-QĐ/TW", ""),
	} {
		stating = append(stating, rule(fmt.Sprintf("%d-QĐ/TW", 980+i), storage.Date(fmt.Sprintf("202%d-08-03", i)), about, "Kiểm tra.", relation))
	}
	for _, test := range []struct {
		name   string
		public []indexer.Entry
	}{
		{"one is seen", []indexer.Entry{old}},
		{"two are seen", []indexer.Entry{old, older}},
		{"one is seen twice", []indexer.Entry{old, copied}},
		{"none is seen", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			x := open(t, t.TempDir())
			defer closing(t, x)
			apply(t, x, indexer.Batch{Put: append(test.public, stating...)})
			told := func() map[storage.ID]indexer.Links {
				all := make(map[storage.ID]indexer.Links)
				for _, e := range append(test.public, stating...) {
					links, err := x.Links(t.Context(), e.Document.ID, storage.AudiencePublic)
					if err != nil {
						t.Fatal(err)
					}
					links.Successors = nil // they follow from the validity, which is one for all
					for _, link := range append(links.In, links.Out...) {
						for i := range link.Documents {
							link.Documents[i] = storage.Document{ID: link.Documents[i].ID}
						}
					}
					all[e.Document.ID] = links
				}
				return all
			}
			without := told()
			apply(t, x, indexer.Batch{Put: []indexer.Entry{secret}})
			if diff := cmp.Diff(without, told()); diff != "" {
				t.Errorf("(-not there, +hidden):\n%s", diff)
			}
			members, err := x.Links(t.Context(), secret.Document.ID, storage.AudienceMembers)
			if err != nil || members.Cited == 0 {
				t.Errorf("members are told of %d that cite it, %v", members.Cited, err)
			}
		})
	}
}

// Nor does it change for an audience what it finds to have been replaced.
func TestReplacedIsAsWithoutTheHidden(t *testing.T) {
	x := open(t, t.TempDir())
	defer closing(t, x)
	old := rule("913-QĐ/TW", "2012-03-01", "chế độ báo cáo giả định", "Chế độ báo cáo.")
	secret := rule("913-QĐ/TW", "2015-03-01", "chế độ báo cáo giả định", "Chế độ báo cáo.")
	secret.Document.Audience = storage.AudienceMembers
	apply(t, x, indexer.Batch{Put: []indexer.Entry{old, rule("980-QĐ/TW", "2021-08-03", "chế độ báo cáo giả định", "Thay thế.", states(storage.Replaces, "913-QĐ/TW", ""))}})
	for _, library := range []string{"not there", "hidden"} {
		if got := find(t, x, indexer.Query{Text: "thay_thế:980-QĐ/TW", Audience: storage.AudiencePublic}).Hits; len(got) != 1 || got[0].Document.ID != old.Document.ID {
			t.Errorf("%s: %v", library, got)
		}
		apply(t, x, indexer.Batch{Put: []indexer.Entry{secret}})
	}
}

// Related are those that say the same and cite the same; a document is not
// related to itself.
func TestRelated(t *testing.T) {
	x := open(t, t.TempDir())
	defer closing(t, x)
	basis := rule("900-QĐ/TW", "2010-01-01", "thể thức giả định", "Thể thức văn bản.")
	one := rule("914-QĐ/TW", "2012-03-01", "kết nạp đảng viên trong doanh nghiệp", "Kết nạp đảng viên trong doanh nghiệp ngoài nhà nước.", states(storage.BasedOn, "900-QĐ/TW", ""))
	alike := rule("915-QĐ/TW", "2013-03-01", "phát triển đảng viên trong doanh nghiệp", "Phát triển đảng viên trong doanh nghiệp ngoài nhà nước.")
	sharing := rule("916-QĐ/TW", "2014-03-01", "chế độ tiếp khách", "Tiếp khách.", states(storage.BasedOn, "900-QĐ/TW", ""))
	other := rule("917-QĐ/TW", "2015-03-01", "trồng cây", "Trồng cây đầu xuân.")
	hardly := rule("918-QĐ/TW", "2016-03-01", "học tập", "Đảng viên trong cơ quan học tập.")
	apply(t, x, indexer.Batch{Put: []indexer.Entry{basis, one, alike, sharing, other, hardly}})
	got, err := x.Related(t.Context(), one.Document.ID, storage.AudiencePublic, 10)
	if err != nil {
		t.Fatal(err)
	}
	var ids []storage.ID
	for _, d := range got {
		ids = append(ids, d.ID)
	}
	if diff := cmp.Diff([]storage.ID{alike.Document.ID, sharing.Document.ID, basis.Document.ID}, ids); diff != "" {
		t.Errorf("related (-want +got):\n%s", diff)
	}
}

// What a reader may not see does not stand in the way of what they may, and
// who says three things of a document is not three times as related.
func TestRelatedByCitations(t *testing.T) {
	x := open(t, t.TempDir())
	defer closing(t, x)
	states3 := []storage.Relation{states(storage.BasedOn, "914-QĐ/TW", ""), states(storage.Cites, "914-QĐ/TW", ""), states(storage.Guides, "914-QĐ/TW", "")}
	bases := []storage.Relation{states(storage.BasedOn, "801-NQ/TW", ""), states(storage.BasedOn, "802-NQ/TW", "")}
	one := rule("914-QĐ/TW", "2012-03-01", "kết nạp", "Kết nạp đảng viên.", bases...)
	sharing := rule("916-QĐ/TW", "2014-03-01", "tiếp khách", "Chế độ.", bases[0])
	tied := rule("917-QĐ/TW", "2015-03-01", "trồng cây", "Đầu xuân.", states3...)
	batch := indexer.Batch{Put: []indexer.Entry{one, sharing, tied}}
	for n := range relatedSearched {
		hidden := rule(fmt.Sprintf("%d-QĐ/TW", 600+n), "2016-03-01", "nội bộ", "Báo cáo.", bases...)
		hidden.Document.Audience = storage.AudienceMembers
		batch.Put = append(batch.Put, hidden)
	}
	apply(t, x, batch)
	got, err := x.Related(t.Context(), one.Document.ID, storage.AudiencePublic, 10)
	if err != nil {
		t.Fatal(err)
	}
	var ids []storage.ID
	for _, d := range got {
		ids = append(ids, d.ID)
	}
	if diff := cmp.Diff([]storage.ID{sharing.Document.ID, tied.Document.ID}, ids); diff != "" {
		t.Errorf("related (-want +got):\n%s", diff)
	}
	got, err = x.Related(t.Context(), one.Document.ID, storage.AudienceMembers, 10)
	if err != nil || len(got) != 10 || got[0].Audience != storage.AudienceMembers {
		t.Errorf("of a member: %d, %v; want ten, those first that share most", len(got), err)
	}
}

// What people state of a successor stays, whatever else is known of the document.
func TestStatedSuccessorStays(t *testing.T) {
	x := open(t, t.TempDir())
	defer closing(t, x)
	old := rule("918-QĐ/TW", "2012-03-01", "chế độ học tập giả định", "Học tập.")
	old.Document.ReplacedBy = []storage.ID{"chua-cong-bo"}
	again := rule("981-QĐ/TW", "2020-08-03", "chế độ học tập giả định", "Học tập.", states(storage.Replaces, "918-QĐ/TW", ""))
	apply(t, x, indexer.Batch{Put: []indexer.Entry{old, again}})
	d := old.Document
	if err := x.Stand(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]storage.ID{again.Document.ID, "chua-cong-bo"}, d.ReplacedBy); diff != "" {
		t.Errorf("replaced by (-want +got):\n%s", diff)
	}
}

// A draft proposes what it would do: it ends nothing, and who looks for what it
// would have replaced finds nothing of it.
func TestDraftsEndNothing(t *testing.T) {
	x := open(t, t.TempDir())
	defer closing(t, x)
	old := rule("919-QĐ/TW", "2012-03-01", "chế độ trực giả định", "Trực.")
	said := rule("982-QĐ/TW", "2020-08-03", "trực ban giả định", "Trực ban.", states(storage.Replaces, "919-QĐ/TW", "2012-03-01"))
	said.Document.Facts.Circulation = "DỰ THẢO LẦN 2"
	blank := rule("", "", "trực đêm giả định", "Trực đêm.", states(storage.Repeals, "919-QĐ/TW", "2012-03-01"))
	blank.Document.Facts.Evidence = map[string]storage.Evidence{"title": {Page: 1}}
	apply(t, x, indexer.Batch{Put: []indexer.Entry{old, said, blank}})
	d := old.Document
	if err := x.Stand(t.Context(), &d); err != nil || d.Validity != storage.Unverified || len(d.ReplacedBy) > 0 {
		t.Errorf("%s by %v, %v", d.Validity, d.ReplacedBy, err)
	}
	if got := find(t, x, indexer.Query{Text: "thay_thế:982-QĐ/TW"}); got.Total > 0 {
		t.Errorf("it has replaced %v", got.Hits)
	}
}

// Whoever looks for the words of a document that was replaced reads its successor
// first, if that says anything of it.
func TestSuccessorsFirst(t *testing.T) {
	x := open(t, t.TempDir())
	defer closing(t, x)
	words := "Chế độ sinh hoạt chi bộ giả định, sinh hoạt chi bộ định kỳ, sinh hoạt chi bộ chuyên đề."
	first := rule("921-QĐ/TW", "2004-03-01", "chế độ sinh hoạt chi bộ", words)
	second := rule("946-QĐ/TW", "2012-05-02", "chế độ sinh hoạt chi bộ", words, states(storage.Replaces, "921-QĐ/TW", "2004-03-01"))
	third := rule("983-QĐ/TW", "2021-08-03", "tổ chức cơ sở đảng", "Nhiều việc khác, và một lời về sinh hoạt chi bộ.", states(storage.Replaces, "946-QĐ/TW", "2012-05-02"))
	apply(t, x, indexer.Batch{Put: []indexer.Entry{first, second, third}})
	var got []storage.ID
	for _, hit := range find(t, x, indexer.Query{Text: "sinh hoạt chi bộ"}).Hits {
		got = append(got, hit.Document.ID)
	}
	if diff := cmp.Diff([]storage.ID{third.Document.ID, second.Document.ID, first.Document.ID}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
