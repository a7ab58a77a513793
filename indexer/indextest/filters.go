package indextest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

func collection() []indexer.Entry {
	return []indexer.Entry{
		paper("nq18", page1("sắp xếp tổ chức bộ máy tinh gọn"), titled("Nghị quyết", "đổi mới, sắp xếp tổ chức bộ máy"), numbered("18-NQ/TW"),
			issued("Ban Chấp hành Trung ương", "2017-10-25"), validity(storage.InForce)),
		paper("nq21", page1("xây dựng tổ chức cơ sở đảng"), titled("Nghị quyết", "tăng cường củng cố, xây dựng tổ chức cơ sở đảng"), numbered("21-NQ/TW"),
			issued("Ban Chấp hành Trung ương", "2022-06-16")),
		paper("qd22", page1("kiểm tra tổ chức đảng cấp dưới"), titled("Quy định", "công tác kiểm tra, giám sát"), numbered("22-QĐ/TW"),
			issued("Ban Chấp hành Trung ương", "2021-07-28"), validity(storage.Replaced)),
		paper("hd02", page1("mẫu biểu của tổ chức đảng"), titled("Hướng dẫn", "nghiệp vụ"), numbered("02-HD/UBKTTW"),
			issued("Ủy ban Kiểm tra Trung ương", "2021-12-09")),
		paper("mau", page1("phiếu không có ngày, không có tổ chức ban hành")),
	}
}

func testFilters(t *testing.T, open func(*testing.T) indexer.Index) {
	s := newShelf(t, open, collection()...)
	type filters = map[indexer.Facet][]string
	for _, test := range []struct {
		name  string
		query indexer.Query
		want  []storage.ID
	}{
		{"one value", indexer.Query{Filters: filters{indexer.FacetKind: {"nghi-quyet"}}}, []storage.ID{"nq18", "nq21"}},
		{"values of one facet are alternatives", indexer.Query{Filters: filters{indexer.FacetKind: {"nghi-quyet", "quy-dinh"}}}, []storage.ID{"nq18", "nq21", "qd22"}},
		{"facets all hold", indexer.Query{Filters: filters{indexer.FacetKind: {"nghi-quyet", "quy-dinh"}, indexer.FacetYear: {"2021", "2022"}}}, []storage.ID{"nq21", "qd22"}},
		{"with a text", indexer.Query{Text: "cơ sở đảng", Filters: filters{indexer.FacetYear: {"2021"}}}, []storage.ID{"hd02", "qd22"}},
		{"by issuer", indexer.Query{Filters: filters{indexer.FacetIssuer: {"uy-ban-kiem-tra-trung-uong"}}}, []storage.ID{"hd02"}},
		{"by term", indexer.Query{Filters: filters{indexer.FacetTerm: {"khoa-xii"}}}, []storage.ID{"nq18"}},
		{"by validity", indexer.Query{Filters: filters{indexer.FacetValidity: {"unverified"}}}, []storage.ID{"hd02", "mau", "nq21"}},
		{"a number outside the filter", indexer.Query{Text: "22-QĐ/TW", Filters: filters{indexer.FacetKind: {"nghi-quyet"}}}, nil},
		{"an unknown value", indexer.Query{Filters: filters{indexer.FacetKind: {"<script>"}}}, nil},
		{"an unknown facet has no value", indexer.Query{Filters: filters{"màu": {"đỏ"}}}, nil},
		{"no values are no filter", indexer.Query{Text: "kiểm tra", Filters: filters{indexer.FacetKind: {}}}, []storage.ID{"qd22"}},
		{"on or after", indexer.Query{From: "2021-12-09"}, []storage.ID{"hd02", "nq21"}},
		{"on or before", indexer.Query{To: "2021-07-28"}, []storage.ID{"nq18", "qd22"}},
		{"between", indexer.Query{From: "2021-01-01", To: "2021-12-31"}, []storage.ID{"hd02", "qd22"}},
		{"an empty span", indexer.Query{From: "2022-01-01", To: "2021-01-01"}, nil},
		{"within a document", indexer.Query{Text: "tổ chức", Document: "nq21"}, []storage.ID{"nq21"}},
		{"within a document that has none of it", indexer.Query{Text: "kiểm tra", Document: "nq21"}, nil},
		{"within a document that is not there", indexer.Query{Document: "nq99"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) { shelf{s.Index, t}.finds(test.query, test.want...) })
	}
}

func testFacets(t *testing.T, open func(*testing.T) indexer.Index) {
	s := newShelf(t, open, collection()...)
	facets := func(q indexer.Query) map[indexer.Facet]map[string]int {
		counts := make(map[indexer.Facet]map[string]int)
		for _, facet := range s.search(q).Facets {
			counts[facet.Facet] = make(map[string]int)
			for _, value := range facet.Values {
				counts[facet.Facet][value.Value] = value.Count
			}
		}
		return counts
	}
	type counts = map[indexer.Facet]map[string]int
	for _, test := range []struct {
		name  string
		query indexer.Query
		want  counts
	}{
		{"all documents", indexer.Query{Facets: []indexer.Facet{indexer.FacetKind, indexer.FacetTerm}},
			counts{"kind": {"nghi-quyet": 2, "quy-dinh": 1, "huong-dan": 1}, "term": {"khoa-xii": 1, "khoa-xiii": 3}}},
		{"what the text matches", indexer.Query{Text: "kiểm tra", Facets: []indexer.Facet{indexer.FacetYear}},
			counts{"year": {"2021": 1}}},
		{"all filters but its own", indexer.Query{Filters: map[indexer.Facet][]string{"kind": {"nghi-quyet"}, "year": {"2021", "2022"}}, Facets: []indexer.Facet{"kind", "year", "validity"}},
			counts{"kind": {"nghi-quyet": 1, "quy-dinh": 1, "huong-dan": 1}, "year": {"2017": 1, "2022": 1}, "validity": {"unverified": 1}}},
		{"dates are no facet's own", indexer.Query{From: "2022-01-01", Facets: []indexer.Facet{"year"}}, counts{"year": {"2022": 1}}},
		{"an unknown facet has no values", indexer.Query{Facets: []indexer.Facet{"màu"}}, counts{"màu": {}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, facets(test.query)); diff != "" {
				t.Errorf("facets (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("in the order asked for, most first, with labels", func(t *testing.T) {
		got := s.search(indexer.Query{Facets: []indexer.Facet{"validity", "kind"}}).Facets
		want := []indexer.FacetCount{
			{Facet: "validity", Values: []indexer.FacetValue{{Value: "unverified", Label: "Chưa xác minh hiệu lực", Count: 3}, {Value: "replaced", Label: "Đã được thay thế", Count: 1}, {Value: "in_force", Label: "Còn hiệu lực", Count: 1}}},
			{Facet: "kind", Values: []indexer.FacetValue{{Value: "nghi-quyet", Label: "Nghị quyết", Count: 2}, {Value: "quy-dinh", Label: "Quy định", Count: 1}, {Value: "huong-dan", Label: "Hướng dẫn", Count: 1}}},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("facets (-want +got):\n%s", diff)
		}
	})
}
