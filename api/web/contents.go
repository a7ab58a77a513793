package web

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"vankien/indexer"
	"vankien/storage"
)

// Paragraph is a line of a page's text as it is shown.
type Paragraph struct {
	Pieces  []Piece
	Anchors []string // of the sections that begin in it
	Running bool     // a running header or footer
}

// ContentsView is a table of contents.
type ContentsView struct {
	Entries []ContentsEntry
	More    string // says that some are left out, "" where none are
}

// ContentsEntry is a section of a document.
type ContentsEntry struct {
	Link
	Page  int // 0 where the document has one page
	Depth int // from 1, at most deepest
}

const (
	deepest       = 4
	leastContents = 3   // sections that make a table of contents worth its place
	mostContents  = 150 // of those on other pages than the one that is shown
)

// contents is the table of contents of a document, nil where it has hardly any
// sections. In a long one the Điều of other Chương than the one that is read are
// left out.
func contents(id storage.ID, pages []storage.Page, sections []indexer.Section, page int, query string) *ContentsView {
	var listed []int
	for i, s := range sections {
		if s.Listed {
			listed = append(listed, i)
		}
	}
	if len(listed) < leastContents {
		return nil
	}
	view := &ContentsView{}
	var around []indexer.Section // the listed sections that the next may stand in
	for n, i := range listed {
		s := sections[i]
		for len(around) > 0 && around[len(around)-1].Level >= s.Level {
			around = around[:len(around)-1]
		}
		leaf := n+1 == len(listed) || sections[listed[n+1]].Level <= s.Level
		if leaf && len(around) > 0 && len(listed) > mostContents && !on(around[len(around)-1], page) {
			view.More = "Các điều của chương, mục khác hiện ra khi mở chương, mục đó."
			continue
		}
		entry := ContentsEntry{Depth: min(len(around)+1, deepest), Link: Link{Label: s.Title, URL: sectionURL(id, s, i, query), Current: s.Start.Page == page && len(pages) > 1}}
		if len(pages) > 1 {
			entry.Page = s.Start.Page
		}
		view.Entries = append(view.Entries, entry)
		around = append(around, s)
	}
	return view
}

// on tells whether a part of a section stands on a page.
func on(s indexer.Section, page int) bool {
	return s.Start.Page <= page && page <= s.End.Page
}

func sectionURL(id storage.ID, s indexer.Section, number int, query string) string {
	address, _, _ := strings.Cut(DocumentURL(id, s.Start.Page, query), "#")
	return address + "#" + anchor(number)
}

func anchor(section int) string { return fmt.Sprintf("muc-%d", section+1) }

// paragraphs are the lines of a page as they are shown: what the page's width
// broke is joined, the words of a query are marked, what runs along the edges
// of the pages is told apart, and the sections can be led to.
func paragraphs(page storage.Page, body indexer.Body, sections []indexer.Section, query string) []Paragraph {
	all := running(nil, page.Text[:body.Start])
	text := reflow(page.Text[body.Start:body.End])
	own := lines(highlight(text, query))
	offset, next := utf8.RuneCountInString(page.Text[:body.Start]), 0
	for line := range strings.SplitSeq(text, "\n") {
		end := offset + utf8.RuneCountInString(line)
		if line != "" { // lines leaves the empty ones out, too
			paragraph := Paragraph{Pieces: own[0]}
			for ; next < len(sections) && sections[next].Start.Before(indexer.Place{Page: page.Number, Offset: end}); next++ {
				if sections[next].Start.Page == page.Number {
					paragraph.Anchors = append(paragraph.Anchors, anchor(next))
				}
			}
			all, own = append(all, paragraph), own[1:]
		}
		offset = end + 1
	}
	return running(all, page.Text[body.End:])
}

// running appends lines that are no part of the text that is searched.
func running(all []Paragraph, text string) []Paragraph {
	for _, line := range lines(pieces(text, nil)) {
		all = append(all, Paragraph{Pieces: line, Running: true})
	}
	return all
}
