package indextest

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

// numberedPapers are documents with numbers alike, and one that only talks
// about them.
func numberedPapers() []indexer.Entry {
	about := "nghị quyết 05-NQ/TU, nghị quyết số 05 và 50, NQ TU 05 năm 2021: nói nhiều về nghị quyết khác, nghị quyết 105"
	return []indexer.Entry{
		paper("talk", []string{about, about, about}, issued("Chi bộ", "2026-01-01")),
		paper("nq05", page1("phát triển du lịch"), numbered("05-NQ/TU"), titled("Nghị quyết", "phát triển du lịch"), issued("Tỉnh ủy", "2021-06-01")),
		paper("nq50", page1("thu hút đầu tư"), numbered("50-NQ/TU"), titled("Nghị quyết", "thu hút đầu tư"), issued("Tỉnh ủy", "2021-06-02")),
		paper("nq105", page1("số một trăm linh năm"), numbered("105-NQ/TU"), issued("Tỉnh ủy", "2021-06-03")),
		paper("qd05", page1("quy chế"), numbered("05-QĐ/TU"), issued("Tỉnh ủy", "2021-06-04")),
		paper("da06", page1("đề án"), numbered("06-ĐA/TU"), issued("Tỉnh ủy", "2021-06-05")),
		paper("da06 project", page1("dự án"), numbered("06-DA/TU"), issued("Tỉnh ủy", "2021-06-06")),
		paper("nq21 2017", page1("công tác dân số"), numbered("21-NQ/TW"), titled("Nghị quyết", "công tác dân số"), issued("Ban Chấp hành Trung ương", "2017-10-25")),
		paper("nq21 2022", page1("tổ chức cơ sở đảng"), numbered("21-NQ/TW"), titled("Nghị quyết", "tổ chức cơ sở đảng"), issued("Ban Chấp hành Trung ương", "2022-06-16")),
		paper("nq21 tu", page1("của tỉnh"), numbered("21-NQ/TU"), issued("Tỉnh ủy", "2019-06-16")),
		paper("nd30", page1("công tác văn thư"), numbered("30/2020/NĐ-CP"), titled("Nghị định", "công tác văn thư"), issued("Chính phủ", "2020-03-05")),
		paper("nd30 new", page1("văn thư khác"), numbered("30/2024/NĐ-CP"), titled("Nghị định", "khác"), issued("Chính phủ", "2024-03-07")),
	}
}

// A number that is recognised wins over full text; a digit off is another
// document.
func testNumbers(t *testing.T, open func(*testing.T) indexer.Index) {
	s := newShelf(t, open, numberedPapers()...)
	for _, test := range []struct {
		typed string
		first []storage.ID // in this order before everything else
	}{
		{"05-NQ/TU", []storage.ID{"nq05"}},
		{"05-nq/tu", []storage.ID{"nq05"}},
		{"5-NQ/TU", []storage.ID{"nq05"}},
		{"nq 05", []storage.ID{"nq05"}},
		{"Nghị quyết số 05-NQ/TU", []storage.ID{"nq05"}},
		{"nghi quyet so 05-nq/tu", []storage.ID{"nq05"}},
		{"06-ĐA/TU", []storage.ID{"da06"}},
		{"06-DA/TU", []storage.ID{"da06 project"}},
		{"21-NQ/TW", []storage.ID{"nq21 2022", "nq21 2017"}},
		{"21-NQ/TƯ", []storage.ID{"nq21 2022", "nq21 2017"}},
		{"21-NQ/TU", []storage.ID{"nq21 tu"}},
		{"nq 21", []storage.ID{"nq21 2022", "nq21 tu", "nq21 2017"}},
		{"NQ 21/2017", []storage.ID{"nq21 2017", "nq21 2022", "nq21 tu"}},
		{"30/2020/NĐ-CP", []storage.ID{"nd30"}},
		{"30/2024/nđ-cp", []storage.ID{"nd30 new"}},
	} {
		result := s.search(text(test.typed))
		hits := ids(result)
		if diff := cmp.Diff(test.first, hits[:min(len(hits), len(test.first))]); diff != "" {
			t.Errorf("“%s” (-want +first hits):\n%s", test.typed, diff)
		}
		var candidates []storage.ID
		for _, c := range result.Candidates {
			candidates = append(candidates, c.Document.ID)
		}
		want := test.first
		if len(want) == 1 || strings.HasSuffix(test.typed, "/2017") {
			want = nil // nothing to choose, or the year has chosen
		}
		if diff := cmp.Diff(want, candidates); diff != "" {
			t.Errorf("“%s”: candidates (-want +got):\n%s", test.typed, diff)
		}
		if result.ReadAs == "" {
			t.Errorf("“%s” does not say that it was read as a number", test.typed)
		}
	}
	testNoNumbers(t, s)
	testNumbersAmongWords(t, s)
}

// testNoNumbers asks for numbers that no document has, and for what cites one.
func testNoNumbers(t *testing.T, s shelf) {
	t.Helper()
	for _, off := range []string{"06-NQ/TU", "04-NQ/TU", "0-NQ/TU", "55-NQ/TU", "500-NQ/TU", "30/2021/NĐ-CP", "22-NQ/TW"} {
		result := s.search(text(off))
		if len(result.Candidates) > 0 || !strings.Contains(result.ReadAs, "không có") {
			t.Errorf("“%s”, which no document has, is read as %q: %v", off, result.ReadAs, result.Candidates)
		}
	}
	for typed, want := range map[string][]storage.ID{ // the document, then what cites it; nothing that has its symbols alone
		"5-NQ/TU":               {"nq05", "talk"},
		"06-NQ/TU":              nil,
		"điều 3 nghị quyết 106": nil,
		"nghi quyet 106":        nil,
	} {
		result := s.search(text(typed))
		if diff := cmp.Diff(want, ids(result)); diff != "" {
			t.Errorf("“%s” (-want +got):\n%s", typed, diff)
		}
		if len(want) == 0 && len(result.Nearest) == 0 {
			t.Errorf("“%s”: nothing near", typed)
		}
	}
}

// testNumbersAmongWords asks for more than a number.
func testNumbersAmongWords(t *testing.T, s shelf) {
	t.Helper()
	if got := s.search(text("21-NQ/TW dân số")); len(got.Candidates) > 0 {
		t.Error("more than a number was typed: no chooser, but", len(got.Candidates), "candidates")
	}
	s.finds(indexer.Query{Text: "21-NQ/TW", Document: "nq21 2017"}, "nq21 2017")
	s.finds(text(`21-NQ/TW "dân số"`), "nq21 2017") // what is quoted has to be there
	// A date or a year chooses, and so do the other words; none of them excludes.
	for _, typed := range []string{"21-NQ/TW ngày 25/10/2017", "nghị quyết 21-NQ/TW năm 2017", "21-NQ/TW dân số"} {
		result := s.search(text(typed))
		if got := ids(result); len(got) < 2 || got[0] != "nq21 2017" || got[1] != "nq21 2022" {
			t.Errorf("“%s” finds %v", typed, got)
		}
		if !slices.IsSortedFunc(result.Hits, func(a, b indexer.Hit) int { return -compare(a.Score, b.Score) }) {
			t.Errorf("“%s”: scores do not descend", typed)
		}
	}
}
