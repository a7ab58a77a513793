package indexer_test

import (
	"errors"
	"strings"
	"testing"

	"vankien/indexer"
	"vankien/storage"
)

func TestEditsThatAreRefused(t *testing.T) {
	for name, json := range map[string]string{
		"nothing":                  ``,
		"no object":                `[]`,
		"a word":                   `"facts"`,
		"two objects":              `{} {}`,
		"no JSON":                  `{"facts":`,
		"another field":            `{"state":"published"}`,
		"a fact that is none":      `{"facts":{"author":"An"}}`,
		"what machines fill in":    `{"facts":{"evidence":{}}}`,
		"a number as title":        `{"facts":{"title":1}}`,
		"two lines":                `{"facts":{"title":"a\nb"}}`,
		"a turned direction":       `{"facts":{"title":"a\u202eb"}}`,
		"a title without end":      `{"facts":{"title":"` + strings.Repeat("ễ", 2001) + `"}}`,
		"no day":                   `{"facts":{"issued":"26/5/2025"}}`,
		"a day that never was":     `{"facts":{"issued":"2025-02-30"}}`,
		"an audience that is none": `{"audience":"everybody"}`,
		"a validity that is none":  `{"validity":"valid"}`,
		"a validity in a list":     `{"validity":["replaced"]}`,
		"no list of successors":    `{"replaced_by":"0123456789abcdefghjk"}`,
		"a number as successor":    `{"replaced_by":["21-NQ/TW"]}`,
		"a successor twice":        `{"replaced_by":["0123456789abcdefghjk","0123456789abcdefghjk"]}`,
		"successors without end":   `{"replaced_by":[` + strings.Repeat(`"x",`, 50) + `"x"]}`,
		"recipients as a text":     `{"facts":{"recipients":"Các huyện ủy"}}`,
		"a recipient without name": `{"facts":{"recipients":["Các huyện ủy",""]}}`,
		"a recipient of signs":     `{"facts":{"recipients":["A"," ; "]}}`,
		"a relation to spaces":     `{"facts":{"relations":[{"kind":"replaces","target":"  "}]}}`,
		"a recipient nobody sees":  `{"facts":{"recipients":["Các huyện ủy","\u200b"]}}`,
		"a recipient of two lines": `{"facts":{"recipients":["Các\nhuyện ủy"]}}`,
		"a relation to nothing":    `{"facts":{"relations":[{"kind":"replaces","target":""}]}}`,
		"a relation of no kind":    `{"facts":{"relations":[{"kind":"likes","target":"1-NQ/TW"}]}}`,
		"a relation without day":   `{"facts":{"relations":[{"kind":"replaces","target":"1-NQ/TW","date":"hôm qua"}]}}`,
		"no UTF-8":                 "{\"facts\":{\"title\":\"\xff\"}}",
	} {
		_, err := indexer.ParseEdits([]byte(json))
		var refusal *indexer.InputError
		if !errors.Is(err, storage.ErrInvalid) || !errors.As(err, &refusal) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := indexer.ParseEdits([]byte(`{"facts":{"secrecy":"MẬT"}}`)); !errors.Is(err, storage.ErrSecret) {
		t.Errorf("a secret: %v", err)
	}
	if _, err := indexer.ParseEdits([]byte(`{"facts":{"title":"` + strings.Repeat("x", 300<<10) + `"}}`)); !errors.Is(err, storage.ErrTooLarge) {
		t.Errorf("too much: %v", err)
	}
}

func TestEditsThatAreTaken(t *testing.T) {
	for _, json := range []string{
		`{}`, `null`, `{"facts":{}}`, `{"facts":null}`, `{"audience":"staff"}`, `{"validity":"replaced","replaced_by":["0123456789abcdefghjk"]}`, `{"validity":null,"replaced_by":null}`, `{"replaced_by":[]}`,
		`{"facts":{"title":"","secrecy":null,"issued":null}}`,
		`{"facts":{"recipients":["Các huyện ủy","Lưu Văn phòng"]}}`,
		`{"facts":{"relations":[{"kind":"replaces","target":"232-QĐ/TW","date":"2025-01-20","explicit":true},{"kind":"cites","target":"Điều lệ Đảng","date":null,"explicit":false}]}}`,
	} {
		if _, err := indexer.ParseEdits([]byte(json)); err != nil {
			t.Errorf("%s: %v", json, err)
		}
	}
}

func FuzzParseEdits(f *testing.F) {
	f.Add([]byte(`{"facts":{"number":"21-NQ/TW","issued":"2022-06-16","relations":[]},"audience":"public"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := indexer.ParseEdits(data)
		if err != nil && !errors.As(err, new(*indexer.InputError)) {
			t.Error(err)
		}
	})
}
