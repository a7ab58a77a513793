package storage

import (
	"bytes"
	"encoding/json"
	"reflect"
)

// jsonObject decodes a JSON object and keeps its numbers as they are written.
func jsonObject(data []byte) (map[string]any, error) {
	var object map[string]any
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	err := decoder.Decode(&object)
	return object, err
}

// diff is the JSON merge patch (RFC 7396) that turns before into after, {}
// where they are the same. A merge patch cannot tell null from absent, nor
// need a document, whose every field reads null as its empty value.
func diff(before, after map[string]any) map[string]any {
	patch := map[string]any{}
	for name, value := range after {
		old, had := before[name]
		oldObject, wasObject := old.(map[string]any)
		object, isObject := value.(map[string]any)
		switch {
		case isObject:
			if inner := diff(oldObject, object); len(inner) > 0 || !wasObject {
				patch[name] = inner
			}
		case value == nil && had && old != nil, value != nil && !reflect.DeepEqual(old, value):
			patch[name] = value
		}
	}
	for name, old := range before {
		if _, has := after[name]; !has && old != nil {
			patch[name] = nil
		}
	}
	return patch
}

// mergePatch applies a JSON merge patch, as RFC 7396 has it in section 2.
// target is altered; the patch is not, but may be shared with the outcome.
func mergePatch(target, patch map[string]any) map[string]any {
	if target == nil {
		target = map[string]any{}
	}
	for name, value := range patch {
		inner, isObject := value.(map[string]any)
		switch {
		case value == nil:
			delete(target, name)
		case isObject:
			old, _ := target[name].(map[string]any)
			target[name] = mergePatch(old, inner)
		default:
			target[name] = value
		}
	}
	return target
}
