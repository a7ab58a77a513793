package api

import (
	"cmp"
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"
	"strings"
)

// describe writes the OpenAPI 3.1 document of a route table.
func describe(table []route, version string) ([]byte, error) {
	components := schemas{}
	components.of(reflect.TypeFor[Problem]())
	paths := map[string]object{}
	for _, r := range table {
		path := strings.ReplaceAll(r.path, "...}", "}")
		if paths[path] == nil {
			paths[path] = object{}
		}
		paths[path][strings.ToLower(r.method)] = operation(r, components)
	}
	return json.MarshalIndent(object{
		"openapi": "3.1.0",
		"info": object{
			"title":       "Văn Kiện",
			"version":     version,
			"description": "Thư viện và tìm kiếm văn kiện của Đảng. Trường nào được nêu cũng luôn có mặt; ngày theo ISO 8601; các khoảng đánh dấu nửa mở, tính bằng điểm mã Unicode.",
		},
		"paths": paths,
		"components": object{
			"schemas":         components,
			"securitySchemes": object{"token": object{"type": "http", "scheme": "bearer"}},
		},
	}, "", "  ")
}

func operation(r route, components schemas) object {
	op := object{
		"operationId": r.id,
		"summary":     r.summary,
		"responses":   responses(r, components),
	}
	if len(r.params) > 0 {
		params := make([]object, len(r.params))
		for i, p := range r.params {
			params[i] = p.describe()
		}
		op["parameters"] = params
	}
	if !r.open {
		op["security"] = []object{{"token": []string{}}}
		if r.role == "" { // with --readers open a token is needed for members' documents only
			op["security"] = []object{{}, {"token": []string{}}}
		}
	}
	if r.role != "" {
		op["x-role"] = r.role
	}
	if content := requestBody(r, components); len(content) > 0 {
		op["requestBody"] = object{"content": content}
	}
	return op
}

func requestBody(r route, components schemas) object {
	content := object{}
	if r.form != nil {
		properties := object{}
		for _, name := range r.form {
			properties[name] = object{"type": "string"}
		}
		content["application/x-www-form-urlencoded"] = object{"schema": object{"type": "object", "properties": properties}}
	}
	if r.sends != nil {
		accepts := r.accepts
		if accepts == nil {
			accepts = []string{"application/json"}
		}
		for _, media := range accepts {
			content[media] = object{"schema": components.of(reflect.TypeOf(r.sends))}
		}
	}
	return content
}

func (p param) describe() object {
	schema := object{"type": p.kind}
	switch p.kind {
	case "date":
		schema = object{"type": "string", "format": "date"}
	case "integer":
		if p.min > 0 {
			schema["minimum"] = p.min
		}
		if p.max > 0 {
			schema["maximum"] = p.max
		}
	case "string":
		if p.max > 0 {
			schema["maxLength"] = p.max
		}
		if p.enum != nil {
			schema["enum"] = p.enum
		}
	}
	if p.fallback != nil {
		schema["default"] = p.fallback
	}
	described := object{"name": p.name, "in": p.in, "required": p.required || p.in == inPath, "description": p.about, "schema": schema}
	if p.many {
		described["schema"] = object{"type": "array", "items": schema}
		described["style"], described["explode"] = "form", false
	}
	return described
}

func responses(r route, components schemas) object {
	success := object{"description": r.summary}
	switch {
	case r.answer != nil:
		success["content"] = object{"application/json": object{"schema": components.of(reflect.TypeOf(r.answer))}}
	case r.media == "application/octet-stream":
		success["content"] = object{"*/*": object{}}
	case r.media != "":
		content := object{}
		for _, media := range append([]string{r.media}, r.alsoMedia...) {
			content[media] = object{}
		}
		success["content"] = content
	}
	all := object{}
	if r.media != "" || r.answer != nil {
		all[strconv.Itoa(cmp.Or(r.success, http.StatusOK))] = success
	}
	for _, status := range append(r.statuses, http.StatusInternalServerError) {
		all[strconv.Itoa(status)] = failure(r, status, components)
	}
	return all
}

func failure(r route, status int, components schemas) object {
	described := object{"description": http.StatusText(status)}
	switch {
	case status == http.StatusMultipleChoices:
		described["content"] = object{"application/json": object{"schema": components.of(reflect.TypeOf(r.answer))}}
	case status < http.StatusBadRequest:
	case r.html:
		described["content"] = object{htmlMedia: object{}}
	case status == http.StatusServiceUnavailable && reflect.TypeOf(r.answer) == reflect.TypeFor[Readiness]():
		described["content"] = object{"application/json": object{"schema": components.of(reflect.TypeFor[Readiness]())}}
	default:
		described["content"] = object{"application/problem+json": object{"schema": components.of(reflect.TypeFor[Problem]())}}
	}
	return described
}

const htmlMedia = "text/html"
