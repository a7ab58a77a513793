package bleveindex

import (
	"slices"

	"vankien/indexer/citation"
	"vankien/indexer/query"
	"vankien/storage"
)

// relationsOf are the relations that a field asks for.
var relationsOf = map[query.FieldName][]storage.RelationKind{
	query.FieldCites: {
		storage.Cites, storage.BasedOn, storage.Guides, storage.Implements, storage.Replaces, storage.Amends, storage.Repeals,
	},
	query.FieldBasedOn:  {storage.BasedOn},
	query.FieldReplaces: {storage.Replaces},
}

// related are the documents that stand in a relation to those that a field
// names: they cite them, are based on them, or were replaced by them.
func (c *catalogue) related(field query.Field, audience storage.Audience) func(int32, *listing) bool {
	if field.Name == query.FieldReplaces {
		return c.replacedBy(field, audience)
	}
	kinds := relationsOf[field.Name]
	keys := make(map[string]bool)
	for _, value := range field.Values {
		for _, cited := range citation.FindTyped(value) {
			keys[cited.Number.Key()] = true
		}
	}
	return func(_ int32, l *listing) bool {
		return slices.ContainsFunc(l.Document.Facts.Relations, func(relation storage.Relation) bool {
			return slices.Contains(kinds, relation.Kind) && keys[citation.Key(relation.Target)]
		})
	}
}

// replacedBy are the documents that those that a field names have replaced, as
// far as it is decided which they are.
func (c *catalogue) replacedBy(field query.Field, audience storage.Audience) func(int32, *listing) bool {
	replaced, named := make(map[storage.ID]bool), c.namedBy(field.Values)
	shown := make(map[storage.ID]bool)
	for _, l := range c.listings {
		if len(named) > 0 && l.shownTo(audience) {
			shown[l.Document.ID] = true
		}
	}
	for document := range named {
		l := c.listings[document]
		if !l.shownTo(audience) {
			continue
		}
		for _, edge := range c.relations.Out(l.Document.ID, func(id storage.ID) bool { return shown[id] }) {
			if edge.Decided && edge.Relation.Kind == storage.Replaces {
				replaced[edge.To[0]] = true
			}
		}
	}
	return func(_ int32, l *listing) bool { return replaced[l.Document.ID] }
}
