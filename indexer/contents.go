package indexer

import (
	"strings"

	"vankien/storage"
)

// Place is a place in a document: a code point of a page's text.
type Place struct{ Page, Offset int }

// Before tells whether p stands before q.
func (p Place) Before(q Place) bool {
	return p.Page < q.Page || p.Page == q.Page && p.Offset < q.Offset
}

// Section is a part of a document that a heading opens.
type Section struct {
	Label string // as it is cited: "Điều 3", "khoản 2", "Phụ lục I"
	// Title is what the heading says, its number included, in one line; of an
	// Điều, a khoản or a điểm that has no heading its first line, cut where it is long.
	Title string
	Path  string // the labels of all it stands in, and its own: "Chương II, Điều 3"
	Level int    // 1 where it stands in no other section, else one more than that
	// Listed says that a table of contents has it: an Điều or something larger,
	// no khoản or điểm and no part of a form.
	Listed bool
	// Start is where its heading begins, End where its last line ends. Running
	// headers in between are no part of it.
	Start, End Place
}

// Sections are the sections of a document in its order, each behind the one
// that it stands in and wholly inside it.
func Sections(pages []storage.Page) []Section {
	var all []Section
	readOutline(textLines(pages)).list(&all, 1)
	return all
}

// list appends the parts of a section.
func (s *section) list(all *[]Section, level int) {
	for _, part := range s.parts {
		first := part.opening()
		*all = append(*all, Section{
			Label: part.label, Title: part.title(), Path: part.path(), Level: level,
			Listed: part.structural() && !part.parent.within(levelForm),
			Start:  Place{first.page, first.start}, End: part.end(),
		})
		part.list(all, level+1)
	}
}

// opening is the line that opens a section.
func (s *section) opening() textLine {
	if len(s.titles) > 0 {
		return s.titles[0]
	}
	return s.lines[0]
}

// end is where the last line of a section ends.
func (s *section) end() Place {
	switch {
	case len(s.parts) > 0:
		return s.parts[len(s.parts)-1].end()
	case len(s.lines) > 0:
		return s.lines[len(s.lines)-1].end
	default:
		return s.titles[len(s.titles)-1].end
	}
}

const longTitle = 240 // bytes of a title that is the beginning of a text

func (s *section) title() string {
	title := joinTitle(joinTitles(s.titles), s.name)
	if title == "" {
		title = s.lines[0].text
	}
	if len(title) <= longTitle {
		return title
	}
	title = clip(title, longTitle)
	if i := strings.LastIndexByte(title, ' '); i > 0 {
		title = title[:i]
	}
	return title + " …"
}
