package indexer

import (
	"strings"

	"vankien/storage"
)

// The size of passages, in syllables. Articles stay whole up to longPassage;
// splitting short articles further was measured and brings nothing (SEARCH.md).
const (
	leastHead      = 20  // the head of a paper stands alone from here on
	leastPassage   = 40  // what is smaller joins its neighbour
	smallPassage   = 120 // a point of a directive stands alone behind this much
	sectionPassage = 240 // a section of a directive
	usualPassage   = 300 // text without structure, and packs of khoản
	longPassage    = 450 // an Điều; behind this, a passage ends with the line
)

// SplitPassages cuts a document's pages into the passages that are searched:
// an Điều or a section each, its heading path known, page breaks marked. What
// is too long is cut between its points, and where it has none between its
// sentences. No text is lost but bare page numbers at the edges of pages, and
// its order is kept; what a passage is called may be repeated in its Title.
func SplitPassages(doc storage.Document, pages []storage.Page) []Passage {
	root := readOutline(textLines(pages))
	var c cutter
	c.cut(root)
	c.finish(root)
	passages := make([]Passage, len(c.drafts))
	for i, d := range c.drafts {
		passages[i] = d.passage()
	}
	if len(passages) > 0 {
		passages[0].Title = joinTitle(headTitle(doc.Facts), passages[0].Title)
	}
	return passages
}

// headTitle is the title of a document's first passage: what the document is
// called, so that its name finds it.
func headTitle(facts storage.Facts) string {
	return strings.Join(strings.Fields(string(facts.Kind)+" "+string(facts.Number)+" "+string(facts.Title)), " ")
}

// cutter makes drafts of sections.
type cutter struct {
	drafts []draft
	titles []textLine // headings that had no text, for the passage that follows
	lead   []textLine // text too short for a passage of its own, likewise
}

// cut makes the drafts of one section.
func (c *cutter) cut(s *section) {
	if s.structural() { // keeps the order: its titles stand behind what waits
		c.titles = append(c.titles, c.lead...)
		c.lead = nil
	}
	c.titles = append(c.titles, s.titles...)
	if sumTokens(c.titles) > longPassage { // a list of headings, or meant to be a burden
		c.emitTitles(s)
	}
	limit := s.limit()
	switch {
	case len(s.lines)+len(s.parts) == 0:
	case s.tokens <= limit && !s.hasStructure():
		var d draft
		d.add(s, s.text(nil), s.tokens)
		c.emit(s, d)
	default:
		c.cutParts(s)
	}
}

// limit is how long a section may be to stay whole.
func (s *section) limit() int {
	switch {
	case s.level == levelArticle:
		return longPassage
	case s.inArticle() != nil || s.within(levelForm):
		return usualPassage
	default:
		return sectionPassage
	}
}

func (s *section) hasStructure() bool {
	for _, part := range s.parts {
		if part.structural() {
			return true
		}
	}
	return false
}

// text appends all lines of a section that has no structural parts.
func (s *section) text(lines []textLine) []textLine {
	lines = append(lines, s.lines...)
	for _, part := range s.parts {
		lines = part.text(lines)
	}
	return lines
}

// cutParts packs the text of a section and its parts into drafts: parts that
// are too long on their own are cut in turn, small neighbours share a draft.
func (c *cutter) cutParts(s *section) {
	begun := len(c.drafts)
	var pack draft
	flush := func(last bool) {
		if len(pack.lines) > 0 {
			c.settle(s, pack, begun, last)
		}
		pack = draft{}
	}
	limit := min(s.limit(), usualPassage)
	if n := sumTokens(s.lines); n > limit {
		c.cutLines(s, s.lines)
	} else {
		pack.add(s, s.lines, n)
	}
	for _, part := range s.parts {
		alone := part.structural() || part.tokens > limit
		if alone || pack.full(s, part, limit) {
			flush(false)
		}
		if alone {
			c.cut(part)
			if part.structural() {
				begun = len(c.drafts)
			}
			continue
		}
		if pack.last == s {
			pack.first = nil // a line of introduction does not name the passage
		}
		pack.add(part, part.text(nil), part.tokens)
	}
	flush(true)
}

// restarts tells whether a point begins a new count.
func (s *section) restarts() bool {
	return s.number == "1" || s.number == "a" || s.number == "I"
}

// settle makes a draft of a pack of s; a small one joins the draft before it,
// if that is of s too, or what follows.
func (c *cutter) settle(s *section, pack draft, begun int, last bool) {
	if pack.tokens >= leastPassage || pack.head(s) {
		c.emit(s, pack)
		return
	}
	if len(c.drafts) > begun && c.drafts[len(c.drafts)-1].tokens+pack.tokens <= longPassage {
		before := &c.drafts[len(c.drafts)-1]
		if before.last.parent != pack.last.parent {
			pack.last = before.last
		}
		before.add(pack.last, pack.lines, pack.tokens)
		return
	}
	if last {
		c.emit(s, pack)
		return
	}
	c.lead = append(c.lead, pack.lines...)
}

// cutLines makes drafts of text without structure: at the end of a sentence
// where the draft is long enough, at the end of a line where it is too long.
func (c *cutter) cutLines(s *section, lines []textLine) {
	begun := len(c.drafts)
	var d draft
	for _, line := range lines {
		full := d.tokens >= usualPassage && (line.blank || endsSentence(d.lines[len(d.lines)-1].text))
		if full || d.tokens > 0 && d.tokens+line.tokens > longPassage {
			c.emit(s, d)
			d = draft{}
		}
		d.add(s, []textLine{line}, line.tokens)
	}
	if len(d.lines) > 0 {
		c.settle(s, d, begun, true)
	}
}

// emit adds a draft of s, with the headings and the text that waited for it.
// The parts of a long section all have its title.
func (c *cutter) emit(s *section, d draft) {
	d.titles = c.titles
	if up := s.heads(); len(d.titles) == 0 && up != nil {
		d.titles = up.titles
	}
	for up := s; up != nil && d.name == ""; up = up.parent {
		d.name = up.name
	}
	if len(c.lead) > 0 {
		d.lines = append(c.lead, d.lines...)
		d.tokens += sumTokens(c.lead)
	}
	c.titles, c.lead = nil, nil
	c.drafts = append(c.drafts, d)
}

// emitTitles makes a passage of the headings that wait, and of the text.
func (c *cutter) emitTitles(s *section) {
	var d draft
	d.add(s, c.titles, sumTokens(c.titles))
	d.add(s, c.lead, sumTokens(c.lead))
	c.titles, c.lead = nil, nil
	c.emit(s, d)
}

// heads is the section that s is known by: itself or the nearest around it
// that never shares a passage.
func (s *section) heads() *section {
	for s != nil && !s.structural() {
		s = s.parent
	}
	return s
}

// finish gives headings that nothing followed to the last draft.
func (c *cutter) finish(root *section) {
	rest := append(c.titles, c.lead...)
	if len(rest) == 0 {
		return
	}
	if len(c.drafts) == 0 {
		c.drafts = []draft{{first: root, last: root}}
	}
	last := &c.drafts[len(c.drafts)-1]
	last.lines = append(last.lines, rest...)
}
