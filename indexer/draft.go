package indexer

import "strings"

// draft is a passage that may still grow.
type draft struct {
	first, last *section // what it covers: one section, or neighbours
	titles      []textLine
	name        string
	lines       []textLine
	tokens      int
}

func (d *draft) add(s *section, lines []textLine, tokens int) {
	if d.first == nil {
		d.first = s
	}
	d.last = s
	d.lines = append(d.lines, lines...)
	d.tokens += tokens
}

// full tells whether a pack of s ends before the next part.
func (d *draft) full(s, next *section, limit int) bool {
	switch {
	case d.tokens < leastPassage:
		return d.head(s)
	case d.tokens+next.tokens > limit:
		return true
	case d.last == s:
		return s.level == levelNone || d.tokens >= smallPassage
	default:
		return next.restarts() || s.inArticle() == nil && d.tokens >= smallPassage
	}
}

// head tells whether a draft is the head of a paper and worth a passage.
func (d *draft) head(s *section) bool {
	return s.level == levelNone && d.first == s && d.tokens >= leastHead
}

// passage renders a draft.
func (d *draft) passage() Passage {
	p := Passage{Section: d.section(), Title: joinTitle(joinTitles(d.titles), d.name)}
	p.Text, p.Pages = joinLines(d.lines)
	return p
}

// joinTitles makes one title of the lines of headings.
func joinTitles(lines []textLine) string {
	joined := ""
	for _, line := range lines {
		if line.joined {
			joined += " " + line.text
		} else {
			joined = joinTitle(joined, line.text)
		}
	}
	return joined
}

// joinTitle sets two titles apart, as phrases are.
func joinTitle(a, b string) string {
	switch {
	case a == "" || b == "":
		return a + b
	case endsSentence(a):
		return a + " " + b
	default:
		return a + ". " + b
	}
}

// section is the heading path of a draft: "Chương II, Điều 3", "Mục II, điểm 1–4".
func (d *draft) section() string {
	path := d.first.path()
	around := d.first.parent
	if d.first == d.last || d.last.label == "" || d.first.label == "" || around != d.last.parent {
		return path
	}
	if around.parts[0] == d.first && around.parts[len(around.parts)-1] == d.last && around.parent != nil && sumTokens(around.lines) < leastPassage {
		return around.path() // all of it
	}
	word, from, _ := cutLast(d.first.label)
	other, to, _ := cutLast(d.last.label)
	switch {
	case from == to && word == other:
		return path
	case word == other:
		return path + "–" + to
	default:
		return path + " – " + d.last.label
	}
}

// cutLast cuts a label before its number.
func cutLast(label string) (word, number string, found bool) {
	i := strings.LastIndexByte(label, ' ')
	if i < 0 {
		return label, "", false
	}
	return label[:i], label[i+1:], true
}

// path are the labels of a section and of all around it. A point 1.4 stands in
// point 1 and says so.
func (s *section) path() string {
	var labels []string
	for below := (*section)(nil); s != nil; below, s = s, s.parent {
		numbered := below != nil && below.level > levelClause && below.level < levelPoint
		if s.label != "" && !(numbered && s.level >= levelClause) {
			labels = append([]string{s.label}, labels...)
		}
	}
	return strings.Join(labels, ", ")
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
