package indexer

import (
	"regexp"
	"slices"
	"strings"

	"vankien/analyzers"
	"vankien/storage"
)

// The size of passages, in syllables. Articles stay whole up to longPassage;
// splitting short articles further was measured and brings nothing (SEARCH.md).
const (
	usualPassage = 300 // text without structure, and packs of small numbered points
	smallPassage = 120 // a new numbered point begins a passage only behind this much
	longPassage  = 450 // behind this, a passage ends with the line
)

// SplitPassages cuts a document's pages into the passages that are searched:
// an Điều or a section each, its heading path known, page breaks marked.
// Nothing of the text is lost but bare page numbers at the edges of pages.
func SplitPassages(doc storage.Document, pages []storage.Page) []Passage {
	s := splitter{head: headTitle(doc.Facts)}
	for _, page := range pages {
		for _, line := range pageLines(page) {
			s.add(line)
		}
	}
	s.flush()
	return s.passages
}

// headTitle is the title of a document's first passage: what the document is
// called, so that its name finds it.
func headTitle(facts storage.Facts) string {
	return strings.Join(strings.Fields(string(facts.Kind)+" "+string(facts.Number)+" "+string(facts.Title)), " ")
}

// textLine is a line of a page, or a sentence of one that is too long.
type textLine struct {
	text   string
	page   int
	tokens int
	blank  bool // a blank line stands before it
}

var (
	pageNumber  = regexp.MustCompile(`^[-–—\s]*\d{1,4}[-–—\s]*$`)
	sentenceEnd = regexp.MustCompile(`[.;:!?…]["”»)]?\s+`)
)

// pageLines are the lines of a page that carry text, its page number left out.
func pageLines(page storage.Page) []textLine {
	var lines []textLine
	blank := false
	all := strings.Split(strings.TrimSpace(page.Text), "\n")
	for i, text := range all {
		text = strings.TrimSpace(text)
		edge := i == 0 || i == len(all)-1
		switch {
		case text == "":
			blank = true
			continue
		case edge && pageNumber.MatchString(text):
			continue
		}
		for _, piece := range pieces(text) {
			piece.page, piece.blank = page.Number, blank
			lines = append(lines, piece)
			blank = false
		}
	}
	return lines
}

// pieces cuts a line that is longer than a passage at the ends of sentences,
// and where there are none at the ends of words.
func pieces(text string) []textLine {
	tokens := analyzers.Tokenize(text)
	if len(tokens) <= longPassage {
		return []textLine{{text: text, tokens: len(tokens)}}
	}
	ends := sentenceEnd.FindAllStringIndex(text, -1)
	var lines []textLine
	for begun := 0; begun < len(tokens); {
		until := min(begun+usualPassage, len(tokens))
		cut := len(text)
		if until < len(tokens) {
			cut = tokens[until].Start
		}
		start := 0
		if begun > 0 {
			start = tokens[begun].Start
		}
		for _, end := range ends {
			if end[1] > start && end[1] <= cut && cut < len(text) && end[1] > tokens[begun+(until-begun)/2].Start {
				until = tokenAt(tokens, end[1])
			}
		}
		if until < len(tokens) {
			cut = tokens[until].Start
		}
		lines = append(lines, textLine{text: strings.TrimSpace(text[start:cut]), tokens: until - begun})
		begun = until
	}
	return lines
}

// tokenAt is the first token that begins at or behind offset.
func tokenAt(tokens []analyzers.Token, offset int) int {
	for i, token := range tokens {
		if token.Start >= offset {
			return i
		}
	}
	return len(tokens)
}

// splitter packs lines into passages.
type splitter struct {
	head     string
	passages []Passage
	path     []heading // the sections that are open, outermost first

	lines   []textLine // of the passage being packed
	tokens  int
	section string     // its heading path
	titles  []textLine // its headings, and those of outer sections that have no text of their own
}

// add takes the next line of the document.
func (s *splitter) add(line textLine) {
	opened, isHeading := readHeading(line.text, s.within(levelArticle))
	if isHeading && s.begins(opened) || s.tokens >= longPassage || s.tokens >= usualPassage && (line.blank || s.sentenceEnded()) {
		s.flush()
	}
	if isHeading {
		s.open(opened)
	}
	if len(s.lines) == 0 {
		if len(s.titles) == 0 || isHeading && opened.level <= levelArticle {
			s.section = s.label()
		}
		if s.isTitle(line, opened) {
			s.titles = append(s.titles, line)
			return
		}
	}
	s.lines = append(s.lines, line)
	s.tokens += line.tokens
}

// isTitle tells whether a line that stands before any text of its passage is
// a title of it: the heading itself, or the name of a Phần or Chương on a line
// of its own below it.
func (s *splitter) isTitle(line textLine, opened heading) bool {
	if line.tokens > maxTitleTokens {
		return false
	}
	if opened.level != levelNone {
		return opened.level <= levelArticle
	}
	return len(s.titles) > 0 && !s.within(levelArticle) && strings.ToUpper(line.text) == line.text
}

// maxTitleTokens is how long a heading line may be to count as a title; beyond
// that it is the text itself that begins with "Điều 3."
const maxTitleTokens = 40

// begins tells whether a heading begins a new passage.
func (s *splitter) begins(h heading) bool {
	switch {
	case h.level <= levelArticle:
		return len(s.lines) > 0
	case s.within(levelArticle):
		return s.tokens >= usualPassage // an Điều stays whole unless it is long
	default:
		return s.tokens >= smallPassage && h.level == levelClause || s.tokens >= usualPassage
	}
}

func (s *splitter) sentenceEnded() bool {
	last := s.lines[len(s.lines)-1].text
	return strings.HasSuffix(last, ".") || strings.HasSuffix(last, ";") || strings.HasSuffix(last, ":")
}

// within tells whether a section of this level is open.
func (s *splitter) within(l level) bool {
	return slices.ContainsFunc(s.path, func(h heading) bool { return h.level == l })
}

// open closes the sections that h ends and opens it.
func (s *splitter) open(h heading) {
	for len(s.path) > 0 && s.path[len(s.path)-1].level >= h.level {
		s.path = s.path[:len(s.path)-1]
	}
	s.path = append(s.path, h)
}

func (s *splitter) label() string {
	labels := make([]string, 0, len(s.path))
	for _, h := range s.path {
		if h.label != "" {
			labels = append(labels, h.label)
		}
	}
	return strings.Join(labels, ", ")
}

// flush ends the passage being packed.
func (s *splitter) flush() {
	if len(s.lines) == 0 && len(s.titles) == 0 {
		return
	}
	var titles []string
	if len(s.passages) == 0 && s.head != "" {
		titles = append(titles, s.head)
	}
	for _, title := range s.titles {
		titles = append(titles, title.text)
	}
	p := Passage{Section: s.section, Title: strings.Join(titles, ". ")}
	p.Text, p.Pages = joinLines(s.lines)
	if len(s.lines) == 0 {
		p.Pages = []PageMark{{Page: s.titles[0].page}}
	}
	s.passages = append(s.passages, p)
	s.lines, s.tokens, s.titles = nil, 0, nil
}

// joinLines is the text of lines and where its pages begin.
func joinLines(lines []textLine) (string, []PageMark) {
	var text strings.Builder
	var pages []PageMark
	for i, line := range lines {
		if i > 0 {
			text.WriteByte('\n')
			if line.blank {
				text.WriteByte('\n')
			}
		}
		if n := len(pages); n == 0 || pages[n-1].Page != line.page {
			pages = append(pages, PageMark{Offset: text.Len(), Page: line.page})
		}
		text.WriteString(line.text)
	}
	return text.String(), pages
}
