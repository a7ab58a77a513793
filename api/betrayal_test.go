package api

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"vankien/storage"
)

// Hits, totals, facets, candidates and suggestions are those of what a reader
// may find, as if nothing else were there.
func TestSearchBetraysNothing(t *testing.T) {
	m := newMatrix(t)
	for _, server := range []string{m.open, m.token} {
		m.url = server
		for _, role := range everyone {
			if role == "" && server == m.token {
				continue
			}
			var ids []storage.ID
			var years []string
			for _, k := range m.documents {
				if k.mayFind(role) {
					ids, years = append(ids, k.id), append(years, k.year)
				}
			}
			slices.Sort(ids)
			for _, q := range []string{"", "dân vận", "dan van", "21-NQ/TW", "nghị quyết 21", `"công tác dân vận"`} {
				m.finds(role, url.Values{"q": {q}}, ids, years)
			}
			for _, k := range m.documents {
				var found []storage.ID
				var year []string
				if k.mayFind(role) {
					found, year = []storage.ID{k.id}, []string{k.year}
				}
				m.finds(role, url.Values{"q": {k.mark}}, found, year)
				m.finds(role, url.Values{"q": {"nghị quyết 21 năm " + k.year}, "year": {k.year}}, found, nil)
				m.finds(role, url.Values{"from": {k.year + "-01-01"}, "to": {k.year + "-12-31"}}, found, year)
				m.suggests(role, "cong tac dan van "+k.mark, found)
			}
			m.suggests(role, "cong tac dan van", ids)
			m.suggests(role, "21-NQ", ids)
		}
	}
}

// finds holds what a search answers a role. The years are those of the facet,
// nil where a filter widens it.
func (m *matrix) finds(role storage.Role, query url.Values, ids []storage.ID, years []string) {
	m.Helper()
	what := fmt.Sprintf("%q finds by %s", role, query.Encode())
	query.Set("facets", "kind,issuer,year,term,validity")
	query.Set("size", "100")
	a := m.do(role, "GET", "/api/v1/search?"+query.Encode(), "")
	var got SearchAnswer
	if err := json.Unmarshal(a.body, &got); err != nil || a.status != 200 {
		m.Fatalf("%s: %d %s", what, a.status, a.body)
	}
	var hits []storage.ID
	for _, hit := range got.Hits {
		hits = append(hits, hit.ID)
	}
	slices.Sort(hits)
	if diff := gocmp.Diff(ids, hits); diff != "" || got.Total != len(ids) {
		m.Errorf("%s %d documents, want %d (-want +got):\n%s", what, got.Total, len(ids), diff)
	}
	m.onlyFindable(role, what, got.Candidates, got.Nearest)
	var counted []string
	for _, value := range got.Facets["year"] {
		if value.Count != 1 {
			m.Errorf("%s %d documents of %s", what, value.Count, value.Value)
		}
		counted = append(counted, value.Value)
	}
	slices.Sort(counted)
	for _, year := range counted {
		if !slices.ContainsFunc(m.documents, func(k kept) bool { return k.year == year && k.mayFind(role) }) {
			m.Errorf("%s something of %s", what, year)
		}
	}
	if diff := gocmp.Diff(years, counted); years != nil && diff != "" {
		m.Errorf("%s years (-want +got):\n%s", what, diff)
	}
	for _, facet := range []string{"kind", "issuer", "validity"} {
		values, counted := got.Facets[facet], 0
		for _, value := range values {
			counted += value.Count
		}
		if counted != len(ids) || len(values) > 1 && facet != "validity" {
			m.Errorf("%s %s %+v", what, facet, values)
		}
	}
}

// Whoever may not find a document that replaces another does not learn which it
// is, and by one that only the staff may find nothing is replaced.
func TestRelationsBetrayNothing(t *testing.T) {
	m := newMatrix(t)
	for i, k := range m.documents[:len(m.documents)-1] {
		successor := m.documents[i+1]
		for _, role := range everyone {
			if !k.mayFind(role) {
				continue
			}
			var cited CitedByAnswer
			var now storage.Document
			for path, answer := range map[string]any{"/cited-by": &cited, "": &now} {
				if a := m.do(role, "GET", documentPathOf(k.id)+path, ""); a.status != 200 || json.Unmarshal(a.body, answer) != nil {
					t.Fatalf("%s answers %d %s", path, a.status, a.body)
				}
			}
			var by []storage.ID
			for _, citing := range cited.CitedBy {
				by = append(by, citing.Document.ID)
				if citing.Quote == nil || !strings.Contains(citing.Quote.Text, successor.mark+" thay thế") {
					t.Errorf("%q: %s is quoted %+v", role, successor.mark, citing.Quote)
				}
			}
			want, validity := []storage.ID(nil), storage.Unverified
			if successor.mayFind(role) {
				want = []storage.ID{successor.id}
			}
			if successor.mayFind(storage.RoleReader) {
				validity = storage.Replaced
			}
			if diff := gocmp.Diff(want, by); diff != "" || cited.Total != len(want) {
				t.Errorf("%q: %d cite %s (-want +got):\n%s", role, cited.Total, k.mark, diff)
			}
			if now.Validity != validity || validity == storage.Replaced && !slices.Equal(now.ReplacedBy, want) {
				t.Errorf("%q: %s is %s by %v", role, k.mark, now.Validity, now.ReplacedBy)
			}
		}
	}
}

// onlyFindable fails where a list to choose from has what a role may not find.
func (m *matrix) onlyFindable(role storage.Role, what string, lists ...[]Candidate) {
	m.Helper()
	for _, candidate := range slices.Concat(lists...) {
		if !slices.ContainsFunc(m.documents, func(k kept) bool { return k.id == candidate.ID && k.mayFind(role) }) {
			m.Errorf("%s the document %s", what, candidate.ID)
		}
	}
}

// Look-ups and checks of citations know what a reader may find and nothing
// else, in what a citation may mean and in what is near it.
func TestCitationsBetrayNothing(t *testing.T) {
	m := newMatrix(t)
	for _, server := range []string{m.open, m.token} {
		m.url = server
		for _, role := range everyone {
			if role == "" && server == m.token {
				continue
			}
			var findable []storage.ID
			for _, k := range m.documents {
				if k.mayFind(role) {
					findable = append(findable, k.id)
				}
			}
			slices.Sort(findable)
			m.citesOnly(role, "21-NQ/TW", findable, nil)
			m.citesOnly(role, "Nghị quyết 21", findable, nil)
			m.citesOnly(role, "22-NQ/TW", nil, findable)
			m.citesOnly(role, "21-NQ/TU", nil, findable)
			for _, k := range m.documents { // a date that only something hidden has chooses nothing
				want := findable
				if k.mayFind(role) {
					want = []storage.ID{k.id}
				}
				m.looksUp(role, "21-NQ/TW ngày 16/6/"+k.year, want, nil)
			}
		}
	}
}

// citesOnly holds what a look-up and a check answer of one citation.
func (m *matrix) citesOnly(role storage.Role, cited string, documents, nearest []storage.ID) {
	m.Helper()
	m.looksUp(role, cited, documents, nearest)
	text, err := json.Marshal(map[string]string{"text": "Căn cứ Nghị quyết số " + cited + " của Ban Bí thư."})
	if err != nil {
		m.Fatal(err)
	}
	a := m.do(role, "POST", "/api/v1/citations/check", string(text))
	var got CheckAnswer
	if err := json.Unmarshal(a.body, &got); err != nil || a.status != 200 || len(got.Citations) != 1 {
		m.Fatalf("%q checks %s: %d %s", role, cited, a.status, a.body)
	}
	m.lists(fmt.Sprintf("%q checks %s: documents", role, cited), documents, got.Citations[0].Documents)
	m.lists(fmt.Sprintf("%q checks %s: nearest", role, cited), nearest, got.Citations[0].Nearest)
}

func (m *matrix) looksUp(role storage.Role, cited string, documents, nearest []storage.ID) {
	m.Helper()
	a := m.do(role, "GET", "/api/v1/lookup?"+url.Values{"citation": {cited}}.Encode(), "")
	var got struct{ Documents, Nearest []Candidate }
	if err := json.Unmarshal(a.body, &got); err != nil {
		m.Fatal(err)
	}
	if want := map[int]int{0: 404, 1: 200}[len(documents)]; a.status != cmp.Or(want, 300) {
		m.Errorf("%q looks up %s: %d %s", role, cited, a.status, a.body)
	}
	m.lists(fmt.Sprintf("%q looks up %s: documents", role, cited), documents, got.Documents)
	m.lists(fmt.Sprintf("%q looks up %s: nearest", role, cited), nearest, got.Nearest)
}

// lists holds which documents are listed, in any order.
func (m *matrix) lists(what string, want []storage.ID, got []Candidate) {
	m.Helper()
	var ids []storage.ID
	for _, candidate := range got {
		ids = append(ids, candidate.ID)
	}
	slices.Sort(ids)
	if !slices.Equal(want, ids) {
		m.Errorf("%s are %v, want %v", what, ids, want)
	}
}

func (m *matrix) suggests(role storage.Role, typed string, ids []storage.ID) {
	m.Helper()
	a := m.do(role, "GET", "/api/v1/suggest?"+url.Values{"q": {typed}, "size": {"50"}}.Encode(), "")
	var got SuggestAnswer
	if err := json.Unmarshal(a.body, &got); err != nil || a.status != 200 {
		m.Fatalf("%d %s", a.status, a.body)
	}
	var suggested []storage.ID
	for _, suggestion := range got.Suggestions {
		if suggestion.ID != "" {
			suggested = append(suggested, suggestion.ID)
		}
	}
	slices.Sort(suggested)
	if diff := gocmp.Diff(ids, suggested); diff != "" {
		m.Errorf("%q is suggested for %q (-want +got):\n%s", role, typed, diff)
	}
}

// Whoever typed in a document may not be the one who lets it out, whatever
// their role, and it takes a publisher to let more people in.
func TestSecondReader(t *testing.T) {
	l := live(t, nil)
	l.read()
	edit := func(role storage.Role, id storage.ID, body string) answer {
		return l.do(role, "PATCH", addressOf(id, ""), body, "Content-Type: application/json", "If-Match: *")
	}
	for i, test := range []struct {
		name                      string
		uploads, edits, publishes storage.Role
		status                    int
	}{
		{"two publishers", storage.RolePublisher, "", storage.RoleAdmin, 200},
		{"the uploader", storage.RoleAdmin, "", storage.RoleAdmin, 403},
		{"the last editor", storage.RoleEditor, storage.RolePublisher, storage.RolePublisher, 403},
		{"the uploader, edited by another", storage.RolePublisher, storage.RoleEditor, storage.RolePublisher, 403},
		{"a third", storage.RoleEditor, storage.RolePublisher, storage.RoleAdmin, 200},
		{"the operator", operator, "", operator, 200},
	} {
		d := l.upload(test.uploads, "a.txt", fmt.Sprint("Chi bộ họp lần thứ ", i))
		for stream := l.follow(storage.RoleEditor, d.ID); d.Reading.Status != storage.ReadingReady; d = stream.next() {
			continue
		}
		if test.edits != "" {
			if a := edit(test.edits, d.ID, `{"facts":{"title":"họp"}}`); a.status != 200 {
				t.Fatalf("%s: %d %s", test.name, a.status, a.body)
			}
		}
		a := l.do(test.publishes, "POST", addressOf(d.ID, "/publish"), "")
		if a.status != test.status || a.status == 403 && !strings.Contains(a.problem(t).Detail, "người thứ hai") {
			t.Errorf("%s: %d %s", test.name, a.status, a.body)
		}
		if seen := l.do("", "GET", addressOf(d.ID, ""), "").status == 200; seen != (test.status == 200) {
			t.Errorf("%s: seen %v", test.name, seen)
		}
	}

	d := l.imported("b.txt", meeting, true)
	for _, test := range []struct {
		role   storage.Role
		to     storage.Audience
		status int
	}{
		{storage.RoleEditor, storage.AudienceMembers, 200}, // narrower
		{storage.RoleEditor, storage.AudiencePublic, 403},
		{storage.RoleEditor, storage.AudienceStaff, 200},
		{storage.RoleEditor, storage.AudienceMembers, 403},
		{storage.RolePublisher, storage.AudienceMembers, 200},
		{storage.RolePublisher, storage.AudiencePublic, 200},
		{storage.RoleEditor, "everybody", 400},
	} {
		if a := edit(test.role, d.ID, fmt.Sprintf(`{"audience":%q}`, test.to)); a.status != test.status {
			t.Errorf("%s makes it %s: %d %s", test.role, test.to, a.status, a.body)
		}
		// What readers find follows at once.
		audience := l.record(d.ID).Audience
		for _, reader := range []storage.Role{"", storage.RoleReader, storage.RoleEditor} {
			var got SearchAnswer
			a := l.do(reader, "GET", "/api/v1/search?q=kiem+diem+cong+tac", "")
			if err := json.Unmarshal(a.body, &got); err != nil {
				t.Fatal(err)
			}
			if found := got.Total == 1; found != reader.Audience().Includes(audience) {
				t.Errorf("%q finds what is for %s: %v", reader, audience, found)
			}
		}
	}
}
