package api

import (
	"errors"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

func TestSearchQuery(t *testing.T) {
	got, err := searchQuery(queryValues("q=nq+21&kind=nghi-quyet,quy-dinh&kind=ket-luan,,&year=2022&from=2020-01-01&to=2022-12-31&sort=oldest&page=2&size=20&facets=kind,year&facets=year"))
	if err != nil {
		t.Fatal(err)
	}
	want := indexer.Query{
		Text:    "nq 21",
		Filters: map[indexer.Facet][]string{"kind": {"nghi-quyet", "quy-dinh", "ket-luan"}, "year": {"2022"}},
		From:    "2020-01-01", To: "2022-12-31", Sort: "oldest", Page: 2, Size: 20,
		Facets: []indexer.Facet{"kind", "year"}, Unit: indexer.Documents, Audience: storage.AudiencePublic,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("query (-want +got):\n%s", diff)
	}
}

// Whatever is sent is a query within the limits or a refusal that its sender
// can read; q itself is refused for its length only.
func FuzzSearchQuery(f *testing.F) {
	for _, seed := range []string{"", "q=nq+21", "q=%zz&page=0", "kind=a,b&kind=c&from=2022-02-30", "%=%&&==&q", "q=%e1%bb&size=1e3&facets=kind", "sort=newest;q=x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		values := queryValues(raw)
		q, err := searchQuery(values)
		if err != nil {
			var input *indexer.InputError
			if !errors.As(err, &input) || !errors.Is(err, storage.ErrInvalid) || !utf8.ValidString(input.Reason) {
				t.Fatalf("%q: unreadable refusal %v", raw, err)
			}
			return
		}
		if err := q.Check(); err != nil {
			t.Fatalf("%q: accepted a query out of bounds: %v", raw, err)
		}
		if !utf8.ValidString(q.Text) || !norm.NFC.IsNormalString(q.Text) {
			t.Fatalf("%q: text %q is not NFC", raw, q.Text)
		}
		if q.Text != values.Get("q") {
			t.Fatalf("%q: text %q was changed", raw, q.Text)
		}
	})
}
