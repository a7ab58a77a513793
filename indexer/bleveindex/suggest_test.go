package bleveindex

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

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
		if diff := cmp.Diff(suggested(), before); diff != "" {
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
	if !slices.ContainsFunc(suggestions, func(s indexer.Suggestion) bool { return s.Text == "sinh hoạt chi bộ" && s.Type == indexer.SuggestQuery }) {
		t.Errorf("no phrase among %+v", suggestions)
	}
}
