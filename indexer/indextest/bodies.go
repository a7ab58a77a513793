package indextest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

// A body is found under any spelling; one that others went into with their
// papers, and that is said; one that is gone alone.
func testBodies(t *testing.T, open func(*testing.T) indexer.Index) {
	s := newShelf(t, open,
		paper("bac thai", page1("Nghị quyết về kinh tế đồi rừng."), issued("Tỉnh ủy Bắc Thái", "1995-03-03")),
		paper("bac kan", page1("Nghị quyết về kinh tế đồi rừng."), issued("Tỉnh uỷ Bắc Kạn", "2019-03-03")),
		paper("thai nguyen", page1("Nghị quyết về kinh tế đồi rừng."), issued("Tỉnh ủy Thái Nguyên", "2018-03-03")),
		paper("hop nhat", page1("Nghị quyết về kinh tế đồi rừng."), issued("Ban Chấp hành Đảng bộ tỉnh Thái Nguyên", "2025-10-10")),
		paper("bac kan ubnd", page1("Kế hoạch trồng rừng."), issued("UBND tỉnh Bắc Kạn", "2020-05-05")),
		paper("thai nguyen ubnd", page1("Kế hoạch trồng rừng."), issued("Uỷ ban nhân dân tỉnh Thái Nguyên", "2026-05-05")),
		paper("dinh hoa", page1("Kế hoạch trồng rừng ở chiến khu."), issued("Huyện uỷ Định Hoá", "2021-05-05")),
		paper("giao thong", page1("Thông tư về cầu đường."), issued("Bộ Giao thông vận tải", "2021-06-06")),
		paper("xay dung", page1("Thông tư về cầu đường."), issued("Bộ Xây dựng", "2025-06-06")),
		paper("kin", page1("Kế hoạch trồng rừng."), issued("Bộ Kế hoạch và Đầu tư", "2021-06-06"), audience(storage.AudienceStaff)),
		paper("tai chinh", page1("Thông tư về sổ sách."), issued("Bộ Tài chính", "2021-06-06")),
	)
	for _, test := range []struct {
		typed  string
		readAs string // what it is to say
		want   []storage.ID
	}{
		{`cơ quan:"Tỉnh ủy Thái Nguyên"`, "của Tỉnh ủy Thái Nguyên (kể cả Tỉnh ủy Bắc Kạn đến 30/6/2025; Tỉnh ủy Bắc Thái đến 31/12/1996)", []storage.ID{"bac kan", "bac thai", "hop nhat", "thai nguyen"}},
		{"co quan:tinh uy thai nguyen", "kể cả Tỉnh ủy Bắc Kạn", []storage.ID{"bac kan", "bac thai", "hop nhat", "thai nguyen"}},
		{`cơ quan:"Tỉnh ủy Bắc Kạn"`, "văn bản của Tỉnh ủy Bắc Kạn", []storage.ID{"bac kan"}},
		{`cơ quan:"Tỉnh ủy Bắc Thái"`, "văn bản của Tỉnh ủy Bắc Thái", []storage.ID{"bac thai"}},
		{`cơ quan:"Thái Nguyên"`, "(kể cả Bắc Kạn đến 30/6/2025; Bắc Thái đến 31/12/1996)", []storage.ID{"bac kan", "bac kan ubnd", "bac thai", "hop nhat", "thai nguyen", "thai nguyen ubnd"}},
		{`cơ quan:"Bắc Kạn" rừng`, "của Bắc Kạn", []storage.ID{"bac kan", "bac kan ubnd"}},
		{`cơ quan:"UBND tỉnh Thái Nguyên"`, "kể cả Ủy ban nhân dân tỉnh Bắc Kạn đến 30/6/2025", []storage.ID{"bac kan ubnd", "thai nguyen ubnd"}},
		{`cơ quan:"Thái Nguyên" từ:1/7/2025`, "", []storage.ID{"hop nhat", "thai nguyen ubnd"}},
		{`cơ quan:"Thái Nguyên" -cơ quan:"Bắc Kạn"`, "", []storage.ID{"bac thai", "hop nhat", "thai nguyen", "thai nguyen ubnd"}},
		{`cơ quan:"Huyện ủy Định Hóa"`, "văn bản của Huyện ủy Định Hoá", []storage.ID{"dinh hoa"}},
		{`cơ quan:"Bộ Xây dựng"`, "(kể cả Bộ Giao thông vận tải đến 28/02/2025)", []storage.ID{"giao thong", "xay dung"}},
		{`cơ quan:"Bộ Giao thông vận tải"`, "văn bản của Bộ Giao thông vận tải", []storage.ID{"giao thong"}},
		{`cơ quan:"Bộ Tài chính"`, "văn bản của Bộ Tài chính", []storage.ID{"tai chinh"}}, // what one may not see is not mentioned
	} {
		s.finds(text(test.typed), test.want...)
		if got := s.search(text(test.typed)).ReadAs; !strings.Contains(got, test.readAs) || strings.HasPrefix(test.readAs, "văn bản") && got != test.readAs {
			t.Errorf("“%s” is read as %q, want %q", test.typed, got, test.readAs)
		}
	}
	s.finds(indexer.Query{Filters: map[indexer.Facet][]string{indexer.FacetIssuer: {"tinh-uy-thai-nguyen"}}}, "hop nhat", "thai nguyen")
	s.finds(indexer.Query{Filters: map[indexer.Facet][]string{indexer.FacetIssuer: {"ubnd-tinh-bac-kan"}}}, "bac kan ubnd")
	for _, count := range s.search(indexer.Query{From: "2025-01-01", Facets: []indexer.Facet{indexer.FacetIssuer}}).Facets {
		want := []indexer.FacetValue{
			{Value: "uy-ban-nhan-dan-tinh-thai-nguyen", Label: "Ủy ban nhân dân tỉnh Thái Nguyên", Count: 1},
			{Value: "tinh-uy-thai-nguyen", Label: "Tỉnh ủy Thái Nguyên", Count: 1}, {Value: "bo-xay-dung", Label: "Bộ Xây dựng", Count: 1},
		}
		if diff := cmp.Diff(want, count.Values); diff != "" {
			t.Errorf("issuers (-want +got):\n%s", diff)
		}
	}
}
