package api

import (
	"strings"
	"testing"
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
