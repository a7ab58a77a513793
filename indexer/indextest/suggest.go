package indextest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

func testSuggest(t *testing.T, open func(*testing.T) indexer.Index) {
	s := newShelf(t, open, collection()...)
	for _, test := range []struct {
		typed string
		want  []storage.ID
	}{
		{"kiểm tra", []storage.ID{"qd22"}},
		{"kiem t", []storage.ID{"qd22"}},
		{"tra kiem", []storage.ID{"qd22"}},
		{"nghị quyết", []storage.ID{"nq21", "nq18"}},
		{"n", []storage.ID{"nq21", "hd02", "nq18"}},
		{"21-NQ", []storage.ID{"nq21"}},
		{"nq 2017", []storage.ID{"nq18"}},
		{"tổ chức 2022", []storage.ID{"nq21"}},
		{"tổ chức 2023", []storage.ID{}},
		{"", []storage.ID{}},
		{"?!", []storage.ID{}},
		{"\x00\xff", []storage.ID{}},
		{strings.Repeat("đ ", 50_000), []storage.ID{"nq21", "qd22", "nq18", "hd02"}}, // accents as typed before "dẫn"
	} {
		got, err := s.Suggest(t.Context(), test.typed, storage.AudiencePublic, 8)
		if err != nil {
			t.Fatal(err)
		}
		found := []storage.ID{}
		for _, suggestion := range got {
			found = append(found, suggestion.ID)
		}
		if diff := cmp.Diff(test.want, found); diff != "" {
			t.Errorf("“%.40s” suggests (-want +got):\n%s", test.typed, diff)
		}
	}
	got, err := s.Suggest(t.Context(), "giám sát", storage.AudiencePublic, 1)
	want := []indexer.Suggestion{{Text: "công tác kiểm tra, giám sát", Number: "22-QĐ/TW", ID: "qd22", Type: indexer.SuggestDocument, Kind: "Quy định", Issued: "2021-07-28", Validity: storage.Replaced}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v, suggestions (-want +got):\n%s", err, diff)
	}
	for _, size := range []int{0, -1, 1 << 40} {
		if got, err := s.Suggest(t.Context(), "nghị quyết", storage.AudiencePublic, size); err != nil || len(got) > 2 || size <= 0 && len(got) > 0 {
			t.Errorf("size %d: %v, %v", size, got, err)
		}
	}
}
