package api

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"vankien/indexer"
)

// The description is generated from the route table; whoever changes what
// other programs rely on sees it here.
func TestOpenAPI(t *testing.T) {
	w := ask(serveShelf(t, newShelf(), nil), "GET", "/openapi.json")
	golden(t, "openapi.json", w.Body.Bytes())
	described := decode[struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			OperationID string
			Responses   map[string]any
		}
	}](t, w.Body.Bytes())
	if described.OpenAPI != "3.1.0" {
		t.Errorf("version %q", described.OpenAPI)
	}
	seen := map[string]bool{}
	for _, r := range routes() {
		op, ok := described.Paths[strings.ReplaceAll(r.path, "...}", "}")][strings.ToLower(r.method)]
		if !ok || op.OperationID != r.id || len(op.Responses) < 2 {
			t.Errorf("%s %s is not described", r.method, r.path)
		}
		if seen[r.id] {
			t.Errorf("two routes are called %s", r.id)
		}
		seen[r.id] = true
	}
}

// A program that checks what it sends by the description may take away all that
// a patch can: null is a value of every fact and of what is stated.
func TestOpenAPIAllowsNullWhereAPatchDoes(t *testing.T) {
	w := ask(serveShelf(t, newShelf(), nil), "GET", "/openapi.json")
	type property struct {
		Type, Enum json.RawMessage
	}
	described := decode[struct {
		Components struct {
			Schemas map[string]struct{ Properties map[string]property }
		}
	}](t, w.Body.Bytes()).Components.Schemas
	allows := func(values json.RawMessage, null any) bool {
		var list []any
		return values == nil || json.Unmarshal(values, &list) == nil && slices.Contains(list, null)
	}
	facts := described["FactEdits"].Properties
	if len(facts) == 0 {
		t.Fatal("the facts are not described")
	}
	for name, p := range facts {
		if _, err := indexer.ParseEdits([]byte(`{"facts":{"` + name + `":null}}`)); err != nil {
			t.Errorf("facts.%s is described, but null is refused: %v", name, err)
		}
		if p.Type == nil || !allows(p.Type, "null") || !allows(p.Enum, nil) {
			t.Errorf("facts.%s may be null, but is described as %s %s", name, p.Type, p.Enum)
		}
	}
	for _, name := range []string{"validity", "replaced_by"} {
		if _, err := indexer.ParseEdits([]byte(`{"` + name + `":null}`)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if p := described["DocumentEdits"].Properties[name]; p.Type == nil || !allows(p.Type, "null") || !allows(p.Enum, nil) {
			t.Errorf("%s may be null, but is described as %s %s", name, p.Type, p.Enum)
		}
	}
}
