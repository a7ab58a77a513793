package bleveindex

import (
	"slices"
	"strings"
	"unicode"

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
// which may lack its issuer, the serial of one, or words of a name ("Điều lệ Đảng").
func targets(typed []string) func(target string) bool {
	keys, names := make(map[string]bool), []string{}
	var numbers []citation.Number // without issuer
	for _, value := range typed {
		numbered := false
		for _, cited := range citation.FindTyped(value) {
			switch number := cited.Number; {
			case bareSerial(number.Serial) == "":
			case number.Issuer != "":
				numbered, keys[number.Key()] = true, true
			default:
				numbered, numbers = numbered || !cited.Guess, append(numbers, number)
			}
		}
		if name := spaced(value); !numbered && strings.ContainsFunc(value, unicode.IsLetter) && name != "  " {
			names = append(names, name)
		}
	}
	return func(target string) bool {
		if keys[citation.Key(target)] {
			return true
		}
		if len(numbers) > 0 {
			written := citation.Parse(target)
			if slices.ContainsFunc(numbers, func(asked citation.Number) bool { return meansSerial(asked, written) }) {
				return true
			}
		}
		if len(names) == 0 {
			return false
		}
		held := spaced(target)
		return slices.ContainsFunc(names, func(name string) bool { return strings.Contains(held, name) })
	}
}

// meansSerial is means for a number that may lack its kind, too.
func meansSerial(asked, written citation.Number) bool {
	if asked.Kind == "" {
		asked.Kind = written.Kind
	}
	return means(asked, written)
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
