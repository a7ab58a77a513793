package indexer

import (
	"path"
	"strings"

	"vankien/storage"
)

// DisplayTitle is what a document is called in a list: its title, else its kind
// and number, else the name of its file. It is never empty.
func DisplayTitle(doc storage.Document) string {
	facts := doc.Facts
	if facts.Title != "" {
		return string(facts.Title)
	}
	if named := strings.TrimSpace(string(facts.Kind) + " " + string(facts.Number)); named != "" {
		return named
	}
	if name := strings.TrimSuffix(doc.Original.Name, path.Ext(doc.Original.Name)); name != "" {
		return name
	}
	return "Văn bản chưa có tên"
}
