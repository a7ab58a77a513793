package relations_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vankien/indexer/citation"
	"vankien/indexer/relations"
	"vankien/storage"
)

var (
	toldRelation = regexp.MustCompile(`(bị thay thế bởi|thay thế|hướng dẫn|thực hiện|căn cứ|sửa đổi) ([^;]*)`)
	toldNumber   = regexp.MustCompile(`(\d\S+/[^\s,@]+)(?:@(\d{4}-\d\d-\d\d))?`)
)

// TestRealDocuments takes the relations of 148 real documents from those that
// state them, and finds what the replaced ones say of themselves.
func TestRealDocuments(t *testing.T) {
	data := os.Getenv("VANKIEN_DATA")
	if data == "" {
		t.Skip("VANKIEN_DATA is not set: it names the folder of the measuring data")
	}
	table, err := os.ReadFile(filepath.Join(data, "domain", "documents.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]storage.RelationKind{"thay thế": storage.Replaces, "hướng dẫn": storage.Guides, "thực hiện": storage.Implements, "căn cứ": storage.BasedOn, "sửa đổi": storage.Amends}
	g := relations.New()
	replaced := map[storage.ID][]storage.ID{}
	var ids []storage.ID
	titles := map[storage.ID]string{}
	for _, line := range strings.Split(strings.TrimSpace(string(table)), "\n")[1:] {
		f := strings.Split(line, "\t")
		kind, _ := citation.KindOfTitle(f[8])
		w := doc(f[0], f[1], kind.Name, f[5], f[6], strings.TrimSpace(strings.TrimPrefix(f[8], kind.Name)))
		for _, told := range toldRelation.FindAllStringSubmatch(f[9], -1) {
			for _, other := range toldNumber.FindAllStringSubmatch(told[2], -1) {
				if told[1] == "bị thay thế bởi" {
					replaced[w.ID] = append(replaced[w.ID], storage.ID(strings.ReplaceAll(other[1], "/", "_")+"@"+other[2]))
				} else {
					w.Facts.Relations = append(w.Facts.Relations, says(kinds[told[1]], other[1], storage.Date(other[2])))
				}
			}
		}
		g.Put(w)
		ids, titles[w.ID] = append(ids, w.ID), f[8]
	}
	unsaid := 0
	for id, by := range replaced {
		for _, successor := range by {
			if !slices.ContainsFunc(g.Out(successor, nil), func(e relations.Edge) bool { return e.Relation.Kind == storage.Replaces && slices.Contains(e.To, id) }) {
				unsaid++ // the table says it of the older one alone
				continue
			}
			if s := g.Standing(id, today); s.Validity != storage.Replaced || !slices.Contains(s.ReplacedBy, successor) {
				t.Errorf("%s is replaced by %s, got %+v", id, successor, s)
			}
		}
	}
	resolved, undecided := 0, 0
	for _, id := range ids {
		for _, e := range g.Out(id, nil) {
			if len(e.To) > 0 {
				resolved++
				if !e.Decided {
					undecided++
					t.Logf("%s %s %s %s: not decided among %v", id, e.Relation.Kind, e.Relation.Target, e.Relation.Date, e.To)
				}
			}
		}
		for _, newer := range g.Standing(id, today).Possible {
			t.Logf("%s %q may have been replaced by %s %q", id, titles[id], newer, titles[newer])
		}
	}
	t.Logf("%d documents, %d said to be replaced, %d relations resolved, %d not decided; %d replacements that no successor states",
		len(ids), len(replaced), resolved, undecided, unsaid)
}
