package api

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vankien/storage"
)

// place is how a route is asked in the matrix, and the least that may ask,
// written down here once more: the route table is what is being tested.
type place struct {
	least   storage.Role
	query   string
	body    string
	headers []string
}

const formType = "Content-Type: application/x-www-form-urlencoded"

// places are the places of all routes in the matrix.
var places = map[string]place{
	"search": {query: "?q=d%C3%A2n+v%E1%BA%ADn&facets=kind,issuer,year,term,validity&size=100"}, "suggest": {query: "?q=cong+tac&size=50"},
	"lookup":         {query: "?citation=21-NQ%2FTW"},
	"checkCitations": {body: `{"text":"Thực hiện Nghị quyết số 21-NQ/TW và Nghị quyết số 22-NQ/TW."}`},
	"document":       {}, "original": {}, "text": {}, "page": {}, "events": {},
	"citations": {}, "citedBy": {}, "related": {}, "cite": {query: "?format=bibtex"},
	"history": {least: storage.RoleEditor},

	"upload":   {least: storage.RoleEditor}, // its body is a form
	"edit":     {least: storage.RoleEditor, body: `{"facts":{"place":"Hà Nội"}}`, headers: []string{"Content-Type: application/json", "If-Match: *"}},
	"submit":   {least: storage.RoleEditor},
	"publish":  {least: storage.RolePublisher},
	"withdraw": {least: storage.RolePublisher},
	"restore":  {least: storage.RoleEditor, body: `{"revision":2}`},
	"delete":   {least: storage.RoleEditor},
	"purge":    {least: storage.RoleAdmin, body: `{"confirmed":true}`},

	"audit": {least: storage.RoleAdmin}, "versions": {least: storage.RoleAdmin},
	"reindex": {least: storage.RoleAdmin}, "reindexStatus": {least: storage.RoleAdmin},

	"searchPage": {query: "?q=d%C3%A2n+v%E1%BA%ADn&size=100"}, "documentPage": {}, "viewerPage": {}, "helpPage": {},
	"signInPage": {}, "signIn": {body: "ma=x", headers: []string{formType}}, "signOut": {headers: []string{formType}}, "asset": {},
	"healthz": {}, "readyz": {}, "openapi": {}, "metrics": {},
}

// ask sends a route's request about a document as whoever has the role.
func (m *matrix) ask(server string, r route, role storage.Role, id storage.ID) answer {
	m.Helper()
	p := places[r.id]
	m.url = server
	path := strings.NewReplacer("{id}", string(id), "{n}", "1", "{file...}", "app.css").Replace(r.path) + p.query
	request := m.request(role, r.method, path, strings.NewReader(p.body), p.headers...)
	if r.id == "upload" {
		request = m.uploading(role, part{"file", "mới.txt", "Văn bản mới tải lên."}, confirmed)
	}
	return send(m, request)
}

// TestPermissions asks every route as everybody, about every kind of document,
// with both settings of --readers. What is answered stands in a golden file
// for people to read; what must hold whatever stands there is checked beside.
func TestPermissions(t *testing.T) {
	m := newMatrix(t)
	table := routes()
	asked := map[string]bool{}
	var lines strings.Builder
	lines.WriteString(matrixHead)
	for _, r := range table {
		asked[r.id] = true
		if _, placed := places[r.id]; !placed {
			t.Errorf("%s %s (%s) has no place in the matrix", r.method, r.path, r.id)
			continue
		}
		for _, role := range everyone {
			open, token := m.row(m.open, r, role, false), m.row(m.token, r, role, true)
			if open == token {
				token = "the same"
			}
			name := string(role)
			if name == "" {
				name = "anonymous"
			}
			if m.reset() {
				t.Errorf("%s %s as %q changes the library", r.method, r.path, role)
			}
			fmt.Fprintf(&lines, "%-6s %-36s %-9s  %s | %s\n", r.method, r.path, name, open, token)
		}
	}
	for id := range places {
		if !asked[id] {
			t.Errorf("the matrix has a place for %s, which is no route", id)
		}
	}
	golden(t, "permissions.txt", []byte(lines.String()))
}

const matrixHead = `# Who may do what: every route and role. Left of the bar with --readers open, right of it with --readers token.
# A route about a document is asked about one of each state, in the order draft, review, published, withdrawn, deleted; where the answer
# depends on the audience it is given for public/members/staff.

`

// row is what a route answers a role, over all documents.
func (m *matrix) row(server string, r route, role storage.Role, needsToken bool) string {
	m.Helper()
	if !strings.Contains(r.path, "{id}") {
		a := m.ask(server, r, role, "")
		m.check(server, r, role, needsToken, nil, a)
		return fmt.Sprint(a.status)
	}
	var cells []string
	for i, k := range m.documents {
		a := m.ask(server, r, role, k.id)
		m.check(server, r, role, needsToken, &k, a)
		if status := fmt.Sprint(a.status); i%len(audiences) == 0 {
			cells = append(cells, status)
		} else {
			cells[len(cells)-1] += "/" + status
		}
	}
	for i, cell := range cells {
		if all := strings.Split(cell, "/"); all[0] == all[1] && all[1] == all[2] {
			cells[i] = all[0]
		}
	}
	if len(slices.Compact(slices.Clone(cells))) == 1 {
		return cells[0]
	}
	return strings.Join(cells, " ")
}

// check holds what must be so of an answer, whatever the golden file says.
func (m *matrix) check(server string, r route, role storage.Role, needsToken bool, k *kept, a answer) {
	m.Helper()
	least := places[r.id].least
	what := fmt.Sprintf("%s %s as %q (token needed: %v)", r.method, r.path, role, needsToken)
	if k != nil {
		what += fmt.Sprintf(" of a %s for %s", k.fate, k.audience)
	}
	if r.method != http.MethodGet && m.reset() && (role.Rank() < least.Rank() || least == "") {
		m.Errorf("%s changes the library", what)
	}
	want := 0
	switch {
	case r.open: // who asks makes no difference
	case role == "" && (needsToken || least != ""):
		want = http.StatusUnauthorized
		if r.html {
			want = http.StatusSeeOther
		}
	case role.Rank() < least.Rank():
		want = http.StatusForbidden
	case k != nil && !k.mayKnow(role):
		want = http.StatusNotFound
		m.sameAsAbsent(what, server, r, role, k, a)
	case k != nil && r.method == http.MethodGet && a.status >= 400, k == nil && a.status >= 400:
		m.Errorf("%s answers %d: %s", what, a.status, a.body)
	case a.status == http.StatusUnauthorized || a.status == http.StatusNotFound || a.status >= 500:
		m.Errorf("%s answers %d: %s", what, a.status, a.body)
	}
	if want != 0 && a.status != want {
		m.Errorf("%s answers %d, want %d", what, a.status, want)
	}
	if !r.open { // whatever was asked, nobody is told of what they may not know
		for _, hidden := range m.documents {
			if hidden.mayKnow(role) {
				continue
			}
			if text := string(a.body); strings.Contains(text, hidden.mark) || (k == nil || k.id != hidden.id) && strings.Contains(text, string(hidden.id)) {
				m.Errorf("%s tells of a %s for %s: %s", what, hidden.fate, hidden.audience, a.body)
			}
		}
	}
}

var requestName = regexp.MustCompile(`"request_id":"[^"]*"`)

// sameAsAbsent holds that "hidden" and "absent" are answered alike.
func (m *matrix) sameAsAbsent(what, server string, r route, role storage.Role, k *kept, a answer) {
	m.Helper()
	b := m.ask(server, r, role, m.absent)
	plain := func(a answer, id storage.ID) string {
		body := strings.ReplaceAll(string(a.body), string(id), "ID")
		header := a.header.Clone()
		header.Del("X-Request-ID")
		header.Del("Date")
		return fmt.Sprint(a.status, header, requestName.ReplaceAllString(body, ""))
	}
	if hidden, absent := plain(a, k.id), plain(b, m.absent); hidden != absent {
		m.Errorf("%s gives away that there is one:\n%s\nabsent:\n%s", what, hidden, absent)
	}
}
