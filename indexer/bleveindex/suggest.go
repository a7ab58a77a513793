package bleveindex

import (
	"context"
	"strings"

	"vankien/indexer"
	"vankien/indexer/suggest"
	"vankien/storage"
)

func newSuggester(c *catalogue) *suggest.Suggester {
	items := make([]suggest.Item, len(c.listings))
	for i, l := range c.listings {
		facts := l.Document.Facts
		items[i] = suggest.Item{Text: strings.Join([]string{string(facts.Kind), string(facts.Number), string(facts.Title), l.values[indexer.FacetYear].Label}, " ")}
	}
	return suggest.New(items)
}

// maxTyped bounds what of a typed text is completed, in bytes.
const maxTyped = 2048

// Suggest implements indexer.Index.
func (x *Index) Suggest(ctx context.Context, typed string, audience storage.Audience, size int) ([]indexer.Suggestion, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	v, err := x.acquire()
	if err != nil {
		return nil, err
	}
	defer v.release()
	typed = typed[:min(len(typed), maxTyped)]
	size = min(size, indexer.MaxPageSize)
	visible := func(item int) bool {
		doc := &v.catalogue.listings[item].Document
		return doc.Findable() && audience.Includes(doc.Audience)
	}
	suggestions := []indexer.Suggestion{}
	for _, item := range v.suggester().Suggest(typed, size, visible) {
		doc := v.catalogue.listings[item].Document
		suggestions = append(suggestions, indexer.Suggestion{
			Text:   indexer.DisplayTitle(doc),
			Number: string(doc.Facts.Number),
			ID:     doc.ID,
			Type:   indexer.SuggestDocument,
		})
	}
	return suggestions, nil
}
