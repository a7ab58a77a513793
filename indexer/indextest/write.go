package indextest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

func testWrite(t *testing.T, open func(*testing.T) indexer.Index) {
	t.Run("an empty index finds nothing", func(t *testing.T) {
		s := newShelf(t, open)
		s.finds(text(""))
		s.finds(text("đảng viên"))
		s.finds(text("“đảng viên”"))
		s.finds(text("21-NQ/TW"))
		s.apply(indexer.Batch{})
		if got := s.revisions(); len(got) != 0 {
			t.Errorf("Revisions: %v", got)
		}
	})
	t.Run("replacing leaves nothing of the old", testReplace(open))
	t.Run("deleting", testDelete(open))
	t.Run("a change of facts alone", testFactsOnly(open))
	t.Run("odd batches", testOddBatches(open))
	t.Run("a document of 5,000 passages", testLongDocument(open))
}

func testReplace(open func(*testing.T) indexer.Index) func(*testing.T) {
	return func(t *testing.T) {
		s := newShelf(t, open,
			paper("sinhhoat", []string{"sinh hoạt chi bộ thường kỳ", "đóng đảng phí hằng tháng", "chuyển sinh hoạt đảng"}),
			paper("khac", page1("giới thiệu đảng viên nơi cư trú")))
		s.put(paper("sinhhoat", []string{"kết nạp quần chúng ưu tú"}, revision(2)))
		s.finds(text("kết nạp"), "sinhhoat")
		for _, old := range []string{"thường kỳ", "đóng phí hằng tháng", "“chuyển sinh hoạt”", "hang thang"} {
			s.finds(text(old))
		}
		if diff := cmp.Diff(map[storage.ID]int{"sinhhoat": 2, "khac": 1}, s.revisions()); diff != "" {
			t.Errorf("Revisions (-want +got):\n%s", diff)
		}
		s.put(paper("sinhhoat", []string{"sinh hoạt chi bộ thường kỳ", "đóng đảng phí hằng tháng", "chuyển sinh hoạt đảng"}, revision(3)))
		s.finds(text("hằng tháng"), "sinhhoat")
		s.finds(text("kết nạp"))
	}
}

func testDelete(open func(*testing.T) indexer.Index) func(*testing.T) {
	return func(t *testing.T) {
		s := newShelf(t, open,
			paper("mot", page1("kiểm tra, giám sát"), titled("Quy định", "công tác kiểm tra"), numbered("22-QĐ/TW")),
			paper("hai", page1("kiểm tra chéo")))
		s.apply(indexer.Batch{Delete: []storage.ID{"mot", "không có"}})
		s.finds(text("kiểm tra"), "hai")
		s.finds(text("22-QĐ/TW"))
		s.finds(text(""), "hai")
		if got, err := s.Suggest(t.Context(), "kiểm tra", "", 5); err != nil || len(got) != 0 {
			t.Errorf("Suggest still completes to a deleted document: %v, %v", got, err)
		}
		if diff := cmp.Diff(map[storage.ID]int{"hai": 1}, s.revisions()); diff != "" {
			t.Errorf("Revisions (-want +got):\n%s", diff)
		}
		s.apply(indexer.Batch{Put: []indexer.Entry{paper("mot", page1("kiểm tra lại"), revision(5))}, Delete: []storage.ID{"hai"}})
		s.finds(text("kiểm tra"), "mot")
	}
}

// A document whose validity or facts change keeps its passages: the answer
// shows the new record and its old places.
func testFactsOnly(open func(*testing.T) indexer.Index) func(*testing.T) {
	return func(t *testing.T) {
		before := paper("quydinh", []string{"thi hành Điều lệ Đảng", "những điều đảng viên không được làm"}, numbered("37-QĐ/TW"), validity(storage.InForce))
		s := newShelf(t, open, before, paper("khac", page1("đảng viên")))
		first := s.search(text("đảng viên không được làm"))
		after := before
		after.Document.Revision, after.Document.Validity = 2, storage.Replaced
		after.Document.ReplacedBy, after.Document.Duplicates = []storage.ID{"khac"}, []storage.ID{}
		s.put(after)
		second := s.search(text("đảng viên không được làm"))
		if diff := cmp.Diff(after.Document, second.Hits[0].Document); diff != "" {
			t.Errorf("the document of the hit (-put +found):\n%s", diff)
		}
		if diff := cmp.Diff(first.Hits[0].Passages, second.Hits[0].Passages); diff != "" {
			t.Errorf("a change of facts moved passages (-before +after):\n%s", diff)
		}
		if second.Hits[0].Score >= first.Hits[0].Score {
			t.Errorf("in force it scores %v, replaced %v", first.Hits[0].Score, second.Hits[0].Score)
		}
		s.finds(indexer.Query{Filters: map[indexer.Facet][]string{indexer.FacetValidity: {"in_force"}}})
	}
}

func testOddBatches(open func(*testing.T) indexer.Index) func(*testing.T) {
	return func(t *testing.T) {
		s := newShelf(t, open)
		s.apply(indexer.Batch{Delete: []storage.ID{"nobody", "nobody", ""}})
		s.put(paper("rong", nil, titled("Mẫu", "phiếu đảng viên"), numbered("2-KNĐ")))
		s.put(paper("trang", []string{"", "  \n", "…"}))
		s.finds(text(""), "rong", "trang")
		s.put(
			paper("hailan", page1("bản thứ nhất"), revision(1)),
			paper("khac", page1("ở giữa")),
			paper("hailan", page1("bản thứ hai"), revision(2)),
		)
		s.finds(text("bản"), "hailan")
		s.finds(text("nhất"))
		if got := s.revisions()["hailan"]; got != 2 {
			t.Errorf("of a document that stands twice in a batch the last counts, not revision %d", got)
		}
	}
}

func testLongDocument(open func(*testing.T) indexer.Index) func(*testing.T) {
	return func(t *testing.T) {
		texts := make([]string, 5000)
		for i := range texts {
			texts[i] = fmt.Sprintf("điểm thứ %d về tổ chức đảng", i)
		}
		texts[4321] += ", riêng kỷ luật"
		s := newShelf(t, open, paper("dai", texts), paper("ngan", page1("tổ chức")))
		s.finds(text("kỷ luật"), "dai")
		hit := s.search(text("4999")).Hits[0]
		if len(hit.Passages) != 1 || hit.Passages[0].Ordinal != 4999 || !strings.Contains(hit.Passages[0].Text, "4999") {
			t.Errorf("4999 shows %+v", hit.Passages)
		}
		// All of the passages score the same: the first in the document are shown.
		hit = s.search(text("về tổ chức đảng")).Hits[0]
		var ordinals []int
		for _, p := range s.search(indexer.Query{Text: "về tổ chức đảng", Document: "dai"}).Hits[0].Passages {
			ordinals = append(ordinals, p.Ordinal)
		}
		if diff := cmp.Diff([]int{0, 1, 2}, ordinals); diff != "" || hit.Document.ID != "dai" {
			t.Errorf("passages of equal score (-want +got):\n%s", diff)
		}
		s.put(paper("dai", page1("thay hết"), revision(2)))
		s.finds(text("tổ chức"), "ngan")
	}
}
