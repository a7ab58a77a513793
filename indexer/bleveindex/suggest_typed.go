package bleveindex

import (
	"cmp"
	"slices"
	"strings"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/indexer/citation"
	"vankien/storage"
)

// suggestNamed are the documents that a citation among the typed words means,
// where no document has all of the words: "điều 3 quy định 17". They open at
// the place it names.
func (v *view) suggestNamed(typed string, size int, audience storage.Audience) ([]indexer.Suggestion, error) {
	found := []indexer.Suggestion{}
	for _, cited := range citation.FindTyped(typed) {
		if cited.Guess {
			continue // a bare number among words is any number
		}
		meant, _ := v.catalogue.choose(cited, typed, audience)
		for _, ordinal := range meant[:min(len(meant), size-len(found))] {
			s := v.catalogue.listings[ordinal].suggestion()
			if !cited.Pinpoint.Zero() {
				at, has, err := v.passageAt(ordinal, cited.Pinpoint)
				if err != nil {
					return nil, err
				}
				if has {
					passage, err := v.passage(at)
					if err != nil {
						return nil, err
					}
					s.Place = passage.PageAt(0)
				}
			}
			found = append(found, s)
		}
	}
	return found, nil
}

// completedFields are the conditions whose values are completed, by their
// names without accents.
var completedFields = map[string]indexer.Facet{
	"loai": indexer.FacetKind, "co quan": indexer.FacetIssuer, "nam": indexer.FacetYear, "khoa": indexer.FacetTerm,
}

// suggestConditions complete a condition whose value is being typed: "loại:n"
// to the kinds of the library that begin so, the most frequent first.
func (c *catalogue) suggestConditions(typed string, size int, visible func(*listing) bool) []indexer.Suggestion {
	name, value, parted := cutLast(typed, ":")
	before, name := splitName(name)
	facet, known := completedFields[analyzers.FoldText(strings.ReplaceAll(name, "_", " "))]
	if !parted || !known {
		return []indexer.Suggestion{}
	}
	begun := strings.TrimPrefix(analyzers.FoldText(strings.TrimLeft(value, " \"“")), "khoa ")
	counts := make(map[string]int)
	for _, l := range c.listings {
		label := strings.TrimPrefix(l.values[facet].Label, "Khóa ")
		folded := analyzers.FoldText(label)
		if label != "" && folded != begun && strings.HasPrefix(folded, begun) && visible(l) {
			counts[label]++
		}
	}
	labels := make([]string, 0, len(counts))
	for label := range counts {
		labels = append(labels, label)
	}
	slices.SortFunc(labels, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	found := []indexer.Suggestion{}
	for _, label := range labels[:min(size, len(labels))] {
		if strings.Contains(label, " ") {
			label = `"` + label + `"`
		}
		found = append(found, indexer.Suggestion{Text: before + name + ":" + label, Type: indexer.SuggestQuery})
	}
	return found
}

// cutLast cuts a text at the last separator.
func cutLast(text, separator string) (before, after string, found bool) {
	at := strings.LastIndex(text, separator)
	if at < 0 {
		return text, "", false
	}
	return text[:at], text[at+len(separator):], true
}

// splitName parts the name of a condition, of one word or two, from what stands
// before it.
func splitName(text string) (before, name string) {
	for words := 2; words > 0; words-- {
		at := len(text)
		for range words {
			at = strings.LastIndexByte(text[:at], ' ')
			if at < 0 {
				break
			}
		}
		name = text[at+1:]
		if _, known := completedFields[analyzers.FoldText(strings.ReplaceAll(name, "_", " "))]; known {
			return text[:at+1], name
		}
	}
	return "", text
}
