package extract

import (
	"encoding/xml"

	"vankien/indexer/extract/word"
)

// odtLists computes the automatic numbers of an OpenDocument text: of the items
// of its lists, each of which counts for itself, and of its headings.
type odtLists struct {
	styles  *odtStyles
	open    []odtList // outermost first
	byID    map[string]*word.Use
	byStyle map[string]*word.Use // the last list of each
	outline *word.Use
}

type odtList struct {
	use      *word.Use
	numbered bool // the present item has not had its number
}

func newODTLists(styles *odtStyles) odtLists {
	return odtLists{styles: styles, byID: map[string]*word.Use{}, byStyle: map[string]*word.Use{}}
}

// begin begins a list; one within another is a level of it.
func (l *odtLists) begin(e xml.StartElement) {
	name := attr(e, "style-name")
	if n := len(l.open); n > 0 {
		use := l.open[n-1].use
		if own := l.styles.lists[name]; own != nil && n < word.Levels && own[n] != nil {
			use.Levels[n] = own[n]
		}
		l.open = append(l.open, odtList{use: use})
		return
	}
	use := l.continued(e, name)
	if use == nil {
		use = &word.Use{List: &word.List{}, Levels: map[int]*word.Level{}, Start: map[int]int{}}
		if levels := l.styles.lists[name]; levels != nil {
			use.List.Levels = *levels
		}
	}
	if id := attr(e, "id"); id != "" {
		l.byID[id] = use
	}
	l.byStyle[name] = use
	l.open = append(l.open, odtList{use: use})
}

// continued is the list that this one goes on with.
func (l *odtLists) continued(e xml.StartElement, name string) *word.Use {
	if id := attr(e, "continue-list"); id != "" {
		return l.byID[id]
	}
	if attr(e, "continue-numbering") == "true" {
		return l.byStyle[name]
	}
	return nil
}

func (l *odtLists) end() { l.open = l.open[:max(len(l.open)-1, 0)] }

// item begins an item of the innermost list; a list's header has no number.
func (l *odtLists) item(e xml.StartElement) {
	n := len(l.open)
	if n == 0 {
		return
	}
	l.open[n-1].numbered = e.Name.Local == "list-item"
	if start := attr(e, "start-value"); start != "" {
		l.open[n-1].use.Restart(n-1, atoi(start))
	}
}

// label is the number of a paragraph or heading that has just begun, or "".
func (l *odtLists) label(e xml.StartElement, style odtStyle) string {
	if n := len(l.open); n > 0 {
		if list := &l.open[n-1]; list.numbered {
			list.numbered = false
			return list.use.Next(n - 1)
		}
		return ""
	}
	if e.Name.Local != "h" || attr(e, "is-list-header") == "true" || style.listed && style.list == "" {
		return ""
	}
	level := max(atoi(attr(e, "outline-level")), 1) - 1
	if level >= word.Levels || l.styles.outline[level] == nil {
		return ""
	}
	if l.outline == nil {
		l.outline = &word.Use{List: &word.List{Levels: l.styles.outline}, Levels: map[int]*word.Level{}, Start: map[int]int{}}
	}
	return l.outline.Next(level)
}
