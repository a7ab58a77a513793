package api

import (
	"html"
	"os"
	"regexp"
	"strings"
	"testing"
)

// The page for readers shows every operator: it has each example of
// docs/query.md, which the reader of queries is held to.
func TestHelpShowsEveryOperator(t *testing.T) {
	document, err := os.ReadFile("../docs/query.md")
	if err != nil {
		t.Fatal(err)
	}
	w := ask(serveShelf(t, newShelf(), nil), "GET", helpPath)
	if w.Code != 200 {
		t.Fatalf("the page answers %d", w.Code)
	}
	page := html.UnescapeString(w.Body.String())
	examples := regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(string(document), -1)
	for _, example := range examples {
		if !strings.Contains(page, "<code>"+example[1]+"</code>") {
			t.Errorf("the page does not show %s", example[1])
		}
	}
	if len(examples) < 60 {
		t.Errorf("only %d examples", len(examples))
	}
	for _, path := range []string{"/", "/?q=zzz"} {
		if !strings.Contains(ask(serveShelf(t, newShelf(), nil), "GET", path).Body.String(), `href="`+helpPath+`"`) {
			t.Errorf("%s does not lead to the page", path)
		}
	}
}
