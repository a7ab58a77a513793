package indextest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

// Whoever may not see a document must not learn of it from a hit, a total, a
// facet, a candidate or a suggestion.
func testAudience(t *testing.T, open func(*testing.T) indexer.Index) {
	secretary := []change{numbered("15-HD/TU"), titled("Hướng dẫn", "sinh hoạt chuyên đề"), issued("Tỉnh ủy", "2025-03-03")}
	with := func(more ...change) []change { return append(append([]change{}, secretary...), more...) }
	unread := func(e *indexer.Entry) { e.Document.Reading.Status = storage.ReadingNeedsOCR }
	in := func(state storage.State) change { return func(e *indexer.Entry) { e.Document.State = state } }
	body := page1("sinh hoạt chuyên đề của chi bộ")
	s := newShelf(t, open,
		paper("public", body, with()...),
		paper("members", body, with(audience(storage.AudienceMembers))...),
		paper("staff", body, with(audience(storage.AudienceStaff))...),
		paper("unknown", body, with(audience("giao ban"))...),
		paper("draft", body, with(in(storage.StateDraft))...),
		paper("review", body, with(in(storage.StateReview))...),
		paper("withdrawn", body, with(in(storage.StateWithdrawn))...),
		paper("unread", body, with(unread)...),
	)
	for _, reader := range []struct {
		audience storage.Audience
		sees     []storage.ID
	}{
		{"", []storage.ID{"public"}},
		{"root", []storage.ID{"public"}},
		{storage.AudiencePublic, []storage.ID{"public"}},
		{storage.AudienceMembers, []storage.ID{"members", "public"}},
		{storage.AudienceStaff, []storage.ID{"members", "public", "staff", "unknown"}},
	} {
		t.Run("reader "+string(reader.audience), func(t *testing.T) {
			s := shelf{s.Index, t}
			s.seesOnly(reader.audience, reader.sees)
		})
	}
}

func (s shelf) seesOnly(audience storage.Audience, sees []storage.ID) {
	s.t.Helper()
	for _, q := range []string{"", "chuyên đề", "chuyen de", "“của chi bộ”", "15-HD/TU", "HD 15"} {
		s.finds(indexer.Query{Text: q, Audience: audience, Sort: indexer.Newest}, sees...)
		result := s.search(indexer.Query{Text: q, Audience: audience, Facets: indexer.Facets})
		for _, facet := range result.Facets {
			for _, value := range facet.Values {
				if value.Count != len(sees) {
					s.t.Errorf("“%s” counts %d documents of %s %s, the reader may see %d", q, value.Count, facet.Facet, value.Value, len(sees))
				}
			}
		}
	}
	inside := s.search(indexer.Query{Text: "chi bộ", Unit: indexer.Passages, Audience: audience})
	if inside.Total != len(sees) {
		s.t.Errorf("%d passages, want %d", inside.Total, len(sees))
	}
	candidates := []storage.ID{}
	for _, c := range s.search(indexer.Query{Text: "15-HD/TU", Audience: audience}).Candidates {
		candidates = append(candidates, c.Document.ID)
	}
	want := []storage.ID{}
	if len(sees) > 1 {
		want = sees
	}
	if diff := cmp.Diff(want, candidates); diff != "" {
		s.t.Errorf("candidates (-want +got):\n%s", diff)
	}
	suggestions, err := s.Suggest(s.t.Context(), "sinh hoạt", audience, 10)
	if err != nil {
		s.t.Fatal(err)
	}
	suggested := []storage.ID{}
	for _, suggestion := range suggestions {
		if suggestion.Type == indexer.SuggestQuery { // what two documents say that the reader may see
			if len(sees) < 2 {
				s.t.Errorf("“%s” tells what no two documents say that the reader may see", suggestion.Text)
			}
			continue
		}
		suggested = append(suggested, suggestion.ID)
	}
	if diff := cmp.Diff(sees, suggested); diff != "" {
		s.t.Errorf("suggestions (-want +got):\n%s", diff)
	}
	for _, hidden := range []storage.ID{"staff", "draft"} {
		found := s.search(indexer.Query{Document: hidden, Audience: audience}).Total
		if may := hidden == "staff" && audience == storage.AudienceStaff; (found == 1) != may {
			s.t.Errorf("asked for %s by its id, %q finds %d", hidden, audience, found)
		}
	}
}
