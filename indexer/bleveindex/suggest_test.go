package bleveindex

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

// What is suggested after many small writes is what an index that was opened
// only then suggests.
func TestSuggestionsAfterWrites(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	random := rand.New(rand.NewPCG(4, 4))
	made := newWriter(8)
	typed := []string{"n", "nghị quyết", "nghi quyet 1", "đảng", "dang to", "2004", "kiểm t", "12-nq"}
	suggested := func() [][]indexer.Suggestion {
		var all [][]indexer.Suggestion
		for _, text := range typed {
			s, err := x.Suggest(t.Context(), text, storage.AudiencePublic, 8)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, slices.DeleteFunc(s, func(s indexer.Suggestion) bool { return s.Type == indexer.SuggestQuery })) // phrases come later
		}
		return all
	}
	for round := range 8 {
		for range 15 {
			batch := indexer.Batch{Put: []indexer.Entry{made.document(random.IntN(60), random.IntN(3))}}
			if gone := storage.ID("doc000" + string(rune('0'+random.IntN(6))) + string(rune('0'+random.IntN(10)))); gone != batch.Put[0].Document.ID {
				batch.Delete = []storage.ID{gone}
			}
			if random.IntN(3) == 0 {
				batch.Put[0].Document.Audience = storage.AudienceMembers
			}
			apply(t, x, batch)
		}
		before := suggested()
		closing(t, x)
		x = open(t, dir)
		if diff := gocmp.Diff(suggested(), before); diff != "" {
			t.Fatalf("round %d (-opened anew +grown):\n%s", round, diff)
		}
	}
	closing(t, x)
}

// A small library has phrases, too, though its documents came one by one.
func TestPhrasesOfASmallLibrary(t *testing.T) {
	x := open(t, t.TempDir())
	defer closing(t, x)
	if _, err := x.Suggest(t.Context(), "đ", storage.AudiencePublic, 8); err != nil { // somebody types before there is anything
		t.Fatal(err)
	}
	for _, entry := range readAsPapers().Put {
		entry.Document.Facts.Title += ", sinh hoạt chi bộ"
		apply(t, x, indexer.Batch{Put: []indexer.Entry{entry}})
	}
	suggestions, err := x.Suggest(t.Context(), "sinh h", storage.AudiencePublic, 8)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(suggestions, func(s indexer.Suggestion) bool {
		return s.Text == "sinh hoạt chi bộ" && s.Type == indexer.SuggestQuery
	}) {
		t.Errorf("no phrase among %+v", suggestions)
	}
}

// What no title has is read: a citation with a place, a condition begun.
func TestSuggestWhatIsRead(t *testing.T) {
	x := open(t, t.TempDir())
	defer closing(t, x)
	apply(t, x, readAsPapers())
	for _, test := range []struct {
		typed string
		want  []string
		place int
	}{
		{"dieu 3 quy dinh 917", []string{"917-QĐ/TU"}, 2},
		{"điều 9 quy định 917", []string{"917-QĐ/TU"}, 0},
		{"điều 3 quy định 918", nil, 0},
		{"loại:n", []string{`loại:"Nghị quyết"`}, 0},
		{"chi bộ loai:", []string{`chi bộ loai:"Nghị quyết"`, `chi bộ loai:"Quy định"`}, 0},
		{"cơ quan:ban", []string{`cơ quan:"Ban Thường vụ Tỉnh ủy Lam Sơn"`}, 0},
		{"năm:202", []string{"năm:2026", "năm:2022"}, 0},
		{"khóa:x", []string{"khóa:XIV", "khóa:XII", "khóa:XIII"}, 0},
		{"chú ý:n", nil, 0},
	} {
		suggestions, err := x.Suggest(t.Context(), test.typed, storage.AudiencePublic, 8)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		place := 0
		for _, s := range suggestions {
			got = append(got, cmp.Or(s.Number, s.Text))
			place = s.Place
		}
		if diff := gocmp.Diff(test.want, got); diff != "" || place != test.place {
			t.Errorf("“%s”, page %d, want %d (-want +got):\n%s", test.typed, place, test.place, diff)
		}
	}
}
