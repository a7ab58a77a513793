package api

import (
	"encoding/json"
	"reflect"
	"strings"
	"time"

	"vankien/indexer"
	"vankien/storage"
)

// object is a JSON object of the OpenAPI document; encoding/json writes its
// keys sorted, so the document is the same every time.
type object = map[string]any

// enums are the values of the string types that have few.
var enums = map[reflect.Type][]string{
	reflect.TypeFor[storage.State]():          enumOf(storage.StateDraft, storage.StateReview, storage.StatePublished, storage.StateWithdrawn),
	reflect.TypeFor[storage.Audience]():       enumOf(storage.AudiencePublic, storage.AudienceMembers, storage.AudienceStaff),
	reflect.TypeFor[storage.Validity]():       enumOf(storage.InForce, storage.NotYetInForce, storage.Amended, storage.Replaced, storage.Repealed, storage.Unverified),
	reflect.TypeFor[storage.ReadingStatus]():  enumOf(storage.ReadingQueued, storage.ReadingNow, storage.ReadingReady, storage.ReadingFailed, storage.ReadingNeedsOCR),
	reflect.TypeFor[storage.RelationKind]():   enumOf(storage.Replaces, storage.Amends, storage.Repeals, storage.BasedOn, storage.Guides, storage.Implements, storage.Cites),
	reflect.TypeFor[ReadyStatus]():            enumOf(StatusReady, StatusStarting, StatusDegraded, StatusStopping),
	reflect.TypeFor[indexer.Sort]():           enumOf(indexer.ByRelevance, indexer.Newest, indexer.Oldest),
	reflect.TypeFor[indexer.Facet]():          enumOf(indexer.Facets...),
	reflect.TypeFor[indexer.SuggestionType](): enumOf(indexer.SuggestDocument, indexer.SuggestQuery),
}

func enumOf[T ~string](values ...T) []string {
	names := make([]string, len(values))
	for i, value := range values {
		names[i] = string(value)
	}
	return names
}

func enumValues[T ~string]() []string { return enums[reflect.TypeFor[T]()] }

// schemas collects the schemas of Go types under components/schemas.
type schemas object

// of is the schema of t: a reference for a struct, which is described once.
func (s schemas) of(t reflect.Type) object {
	switch t {
	case reflect.TypeFor[time.Time]():
		return object{"type": "string", "format": "date-time"}
	case reflect.TypeFor[storage.Printed]():
		return object{"type": []string{"string", "null"}}
	case reflect.TypeFor[storage.Date]():
		return object{"type": []string{"string", "null"}, "format": "date"}
	case reflect.TypeFor[json.RawMessage]():
		return object{"type": "object"}
	case reflect.TypeFor[fileBytes]():
		return object{"type": "string", "contentMediaType": "application/octet-stream"}
	case reflect.TypeFor[indexer.Mark]():
		return object{"type": "array", "items": object{"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}
	}
	if values := enums[t]; values != nil {
		return object{"type": "string", "enum": values}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return nullable(s.of(t.Elem()))
	case reflect.Slice, reflect.Array:
		return object{"type": "array", "items": s.of(t.Elem())}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": s.of(t.Elem())}
	case reflect.Struct:
		if s[t.Name()] == nil {
			s[t.Name()] = s.ofStruct(t)
		}
		return object{"$ref": "#/components/schemas/" + t.Name()}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Float32, reflect.Float64:
		return object{"type": "number"}
	case reflect.String:
		return object{"type": "string"}
	default:
		return object{"type": "integer"}
	}
}

// ofStruct describes a struct; every key is required because every key is
// always present, but those with omitempty or omitzero.
func (s schemas) ofStruct(t reflect.Type) object {
	properties, required := object{}, []string{}
	for _, field := range reflect.VisibleFields(t) { // those of an embedded struct among them
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			continue
		}
		properties[name] = s.of(field.Type)
		if !strings.HasPrefix(options, "omit") {
			required = append(required, name)
		}
	}
	return object{"type": "object", "properties": properties, "required": required}
}

func nullable(schema object) object {
	if kind, ok := schema["type"].(string); ok {
		schema["type"] = []string{kind, "null"}
		if values, few := schema["enum"].([]string); few {
			all := make([]any, len(values), len(values)+1)
			for i, value := range values {
				all[i] = value
			}
			schema["enum"] = append(all, nil)
		}
		return schema
	}
	return object{"anyOf": []object{schema, {"type": "null"}}}
}
