package bleveindex

import (
	"slices"
	"strings"

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
	kinds, meant := relationsOf[field.Name], targets(field.Values)
	return func(_ int32, l *listing) bool {
		return slices.ContainsFunc(l.Document.Facts.Relations, func(relation storage.Relation) bool {
			return slices.Contains(kinds, relation.Kind) && meant(relation.Target)
		})
	}
}

// targets tells of a relation's target whether it is one of those typed: a number,
// the serial of one, or words of a name ("Điều lệ Đảng").
func targets(typed []string) func(target string) bool {
	keys, serials, names := make(map[string]bool), make(map[string]bool), []string{}
	for _, value := range typed {
		numbered := false
		for _, cited := range citation.FindTyped(value) {
			if cited.Number.Serial == "" {
				continue
			}
			numbered = true
			if cited.Guess && cited.Number.String() == cited.Number.Serial {
				serials[bareSerial(cited.Number.Serial)] = true
			}
			keys[cited.Number.Key()] = true
		}
		if name := spaced(value); !numbered && name != "  " {
			names = append(names, name)
		}
	}
	return func(target string) bool {
		if keys[citation.Key(target)] {
			return true
		}
		if len(serials) > 0 && serials[bareSerial(citation.Parse(target).Serial)] {
			return true
		}
		held := ""
		if len(names) > 0 {
			held = spaced(target)
		}
		return slices.ContainsFunc(names, func(name string) bool { return strings.Contains(held, name) })
	}
}

// replacedBy are the documents that those that a field names have replaced, as
// far as it is decided which they are.
func (c *catalogue) replacedBy(field query.Field, audience storage.Audience) func(int32, *listing) bool {
	replaced, named := make(map[storage.ID]bool), c.namedBy(field.Values, audience)
	shown := make(map[storage.ID]bool)
	for _, l := range c.listings {
		if len(named) > 0 && l.shownTo(audience) {
			shown[l.Document.ID] = true
		}
	}
	for document := range named {
		for _, edge := range c.relations.Out(c.listings[document].Document.ID, func(id storage.ID) bool { return shown[id] }) {
			if edge.Decided && edge.Relation.Kind == storage.Replaces {
				replaced[edge.To[0]] = true
			}
		}
	}
	return func(_ int32, l *listing) bool { return replaced[l.Document.ID] }
}
