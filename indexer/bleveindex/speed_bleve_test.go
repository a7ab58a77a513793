package bleveindex

import (
	"path/filepath"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"

	"vankien/analyzers"
	"vankien/indexer"
)

// bleveReference is Bleve's own index and searcher for the same passages: the
// folded syllables and pairs, and three facets with doc values. It ranks
// passages, marks nothing and reads nothing back, so its times are the least
// that it could answer our queries in.
type bleveReference struct {
	index bleve.Index
}

// openBleveReference opens the one in dir; fresh tells that it has to be filled.
func openBleveReference(t testing.TB, dir string) (r *bleveReference, fresh bool) {
	t.Helper()
	path := filepath.Join(dir, "bleve")
	x, err := bleve.OpenUsing(path, bleveConfig())
	if err != nil {
		fresh = true
		if x, err = bleve.NewUsing(path, bleve.NewIndexMapping(), scorch.Name, scorch.Name, bleveConfig()); err != nil {
			t.Fatal(err)
		}
	}
	return &bleveReference{index: x}, fresh
}

func (r *bleveReference) add(t testing.TB, entries []indexer.Entry) {
	t.Helper()
	fold := r.index.Mapping().AnalyzerNamed(analyzers.FoldAnalyzer)
	batch := r.index.NewBatch()
	for _, put := range entries {
		e := &entry{Document: put.Document}
		facts := put.Document.Facts
		for ordinal, p := range put.Passages {
			doc := document.NewDocument(e.passageID(ordinal))
			doc.AddField(document.NewTextFieldCustom(fieldFold, nil, []byte(p.Title+"\n\n"+p.Text), indexed, fold))
			for field, value := range map[string]string{
				"kind": analyzers.Slug(string(facts.Kind)), "issuer": analyzers.Slug(string(facts.Issuer)), "year": string(facts.Issued)[:4],
			} {
				doc.AddField(document.NewTextFieldCustom(field, nil, []byte(value), indexed|index.DocValues, nil))
			}
			if err := batch.IndexAdvanced(doc); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := r.index.Batch(batch); err != nil {
		t.Fatal(err)
	}
}

// find answers a query with the exact total, three facets and ten hits.
func (r *bleveReference) find(t testing.TB, text string) uint64 {
	t.Helper()
	seen := make(map[string]bool)
	var terms []query.Query
	for _, term := range analyzers.FoldTerms(text) {
		if !seen[term] {
			seen[term] = true
			q := bleve.NewTermQuery(term)
			q.SetField(fieldFold)
			terms = append(terms, q)
		}
	}
	request := bleve.NewSearchRequestOptions(bleve.NewDisjunctionQuery(terms...), 10, 0, false)
	for _, field := range []string{"kind", "issuer", "year"} {
		request.AddFacet(field, bleve.NewFacetRequest(field, indexer.MaxFacetValues))
	}
	result, err := r.index.SearchInContext(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	return result.Total
}
