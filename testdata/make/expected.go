package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"bytes"
)

// Expected is what the tests expect of a document: expected/NAME.json.
type Expected struct {
	File        string          `json:"file"`
	MediaType   string          `json:"media_type"`
	Pages       int             `json:"pages"`
	MustContain []Sentence      `json:"must_contain"`
	Facts       json.RawMessage `json:"facts"`
	Relations   json.RawMessage `json:"relations"`
}

// Sentence is a characteristic sentence and the page (from 1) it stands on.
type Sentence struct {
	Page int    `json:"page"`
	Text string `json:"text"`
}

var mediaTypes = map[string]string{
	".pdf":  "application/pdf",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".html": "text/html",
	".txt":  "text/plain",
}

// factNames are the facts every document states, null where it does not print
// them, and no recipients.
var factNames = []string{"number", "kind", "kind_symbol", "issuer", "issuer_symbol", "issued", "place", "title",
	"signer", "signer_role", "effective", "recipients", "secrecy", "urgency", "circulation"}

// writeExpected writes expected/NAME.json and expected/NAME.txt.
func writeExpected(s *Source, pages []string) error {
	e := Expected{File: s.File, MediaType: mediaTypes[filepath.Ext(s.File)], Pages: len(pages)}
	for _, text := range s.Must {
		page := pageOf(text, pages)
		if page == 0 {
			return fmt.Errorf("on no page: %q", text)
		}
		e.MustContain = append(e.MustContain, Sentence{page, text})
	}
	if err := e.setFacts(s.Facts); err != nil {
		return err
	}
	var data bytes.Buffer
	encoder := json.NewEncoder(&data)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(e); err != nil {
		return err
	}
	base := filepath.Join(root, "expected", strings.TrimSuffix(s.File, filepath.Ext(s.File)))
	if err := os.WriteFile(base+".json", data.Bytes(), 0o644); err != nil {
		return err
	}
	return os.WriteFile(base+".txt", []byte(strings.Join(pages, "\f")), 0o644)
}

// setFacts splits the relations off the facts of the front matter and demands
// that none is forgotten.
func (e *Expected) setFacts(raw json.RawMessage) error {
	var facts map[string]json.RawMessage
	if err := json.Unmarshal(raw, &facts); err != nil {
		return err
	}
	var b strings.Builder
	for i, name := range factNames {
		value, ok := facts[name]
		if !ok {
			value = json.RawMessage("null")
			if name == "recipients" {
				value = json.RawMessage("[]")
			}
		}
		delete(facts, name)
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:%s", name, value)
	}
	e.Relations = facts["relations"]
	delete(facts, "relations")
	if alt, ok := facts["issuer_alt"]; ok { // other names that are also right
		fmt.Fprintf(&b, ",%q:%s", "issuer_alt", alt)
		delete(facts, "issuer_alt")
	}
	if len(facts) > 0 {
		return fmt.Errorf("unknown facts: %v", facts)
	}
	e.Facts = json.RawMessage("{" + b.String() + "}")
	if e.Relations == nil {
		e.Relations = json.RawMessage("[]")
	}
	return nil
}

// pageOf is the page that holds the whole text, however its lines are broken; 0 where none does.
func pageOf(text string, pages []string) int {
	want := strings.Join(strings.Fields(text), " ")
	for i, page := range pages {
		if strings.Contains(strings.Join(strings.Fields(page), " "), want) {
			return i + 1
		}
	}
	return 0
}
