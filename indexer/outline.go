package indexer

import (
	"regexp"
	"strings"

	"vankien/indexer/citation"
)

// section is a part of a document that a heading opens; the root is the
// document itself. In the order of the document come its titles, its lines,
// its parts.
type section struct {
	heading
	parent *section
	titles []textLine // the heading and what it is called, where that is no text of its own
	name   string     // what a form is called, further down on it (see formName)
	lines  []textLine // its text before the first part; the heading too where titles has it not
	parts  []*section
	tokens int  // of lines and of all parts
	listed bool // a form of which there is nothing but the name: a line of a list of forms
}

// structural tells whether a section never shares a passage with its
// neighbours. What stands in a form does: it is made of blanks.
func (s *section) structural() bool {
	return !s.listed && (s.level <= levelForm || s.level <= levelArticle && !s.within(levelForm))
}

// article tells whether a section is an Điều, whose numbered parts are khoản.
func (s *section) article() bool {
	return s.level == levelArticle && strings.HasPrefix(s.label, "Điều")
}

// inArticle is the Điều that s is or stands in, nil where there is none.
func (s *section) inArticle() *section {
	for ; s != nil; s = s.parent {
		if s.article() {
			return s
		}
	}
	return nil
}

// within tells whether s is, or stands in, a section of that level.
func (s *section) within(l level) bool {
	for ; s != nil; s = s.parent {
		if s.level == l {
			return true
		}
	}
	return false
}

// outline reads the sections of a document line by line.
type outline struct {
	root *section
	open *section // the innermost that is open
	last textLine
	// headed says that last is a heading or part of one.
	headed bool
	// tail is set by the recipients and signatures that end a paper: whatever
	// heading comes behind them belongs to what is attached.
	tail bool
}

// readOutline is the section tree of a document's lines.
func readOutline(lines []textLine) *section {
	root := &section{}
	o := outline{root: root, open: root}
	for _, line := range lines {
		o.add(line)
	}
	root.settle()
	return root
}

func (o *outline) add(line textLine) {
	h, isHeading := o.heading(line)
	o.headed = true
	if isHeading {
		o.begin(h, line)
	} else if !o.addName(line) {
		o.open.lines = append(o.open.lines, line)
		o.headed = false
	}
	o.tail = o.tail || beginsTail(line.text)
	o.last = line
}

var (
	// tailLine begins the end of a paper: the recipients or the signature.
	tailLine = regexp.MustCompile(`^(?:(?i:nơi nhận)\s*(?::|$|\s{3})|(?:T/M|TM\.|K/T|KT\.|T/L|TL\.|TUQ\.)\s*\p{Lu}{2})`)
	// leadsOn is the end of a line whose sentence goes on in the next: "Điều
	// 12." at the beginning of that is no heading.
	leadsOn = regexp.MustCompile(`(?:,|(?:^|\s)(?:tại|theo|của|và|hoặc|hay|với|từ|đến|nêu|ở|là|các|những|về|cho|do|bởi|ngoài|cùng|(?:khoản|điểm) (?:\d[\d.]*\p{Ll}?|\p{Ll})))$`)
	// leadsToNumber is the end of a line of text that a number follows. A
	// heading may well end so: "1. Quan điểm", "2. Chuyển đổi số".
	leadsToNumber = regexp.MustCompile(`(?:^|\s)(?:số|ngày|tháng|năm|quý|lần|thứ|khóa|khoá|kỳ|điểm|khoản|điều|mục|trong|trên|thì)$`)
	// leadsToPoint is the end of a line that goes on with the letter of a điểm.
	leadsToPoint = regexp.MustCompile(`(?:^|\s)(?:điểm|khoản)$`)
)

// beginsTail tells whether a line begins the end of a paper.
func beginsTail(text string) bool {
	return text != "" && strings.IndexByte("NnTK", text[0]) >= 0 && tailLine.MatchString(text)
}

// heading reads a heading and decides, by what is open, whether it is one and
// of what rank.
func (o *outline) heading(line textLine) (heading, bool) {
	if o.tail {
		if kind, ok := citation.KindByName(strings.Trim(line.text, " .:*-_")); ok && capitals(line.text) {
			return heading{level: levelAppendix, label: kind.Name, bare: true}, true
		}
	}
	h, ok := readHeading(line.text, o.open.inArticle() != nil)
	if !ok {
		return h, false
	}
	if o.awaits(line, h) {
		return heading{}, false
	}
	switch {
	case h.level == levelGroup && o.open.within(levelSection) && !o.open.within(levelGroup):
		h.level = levelSubgroup
	case h.roman && o.open.inArticle() != nil && !o.tail && !o.romanOpen():
		h.level = levelItem
	}
	return h, true
}

// awaits tells whether the sentence before a line goes on in it, though it
// reads as heading h. Behind a heading a count may always begin.
func (o *outline) awaits(line textLine, h heading) bool {
	switch {
	case line.blank || o.headed && h.level >= levelClause && (h.number == "1" || h.number == "a"):
		return false
	case leadsOn.MatchString(lastWords(o.last.text)):
		return true
	case h.level == levelPoint:
		return leadsToPoint.MatchString(lastWords(o.last.text))
	default:
		return !o.headed && leadsToNumber.MatchString(lastWords(o.last.text))
	}
}

// lastWords is the end of a line, some words of it.
func lastWords(text string) string {
	if len(text) <= 60 {
		return text
	}
	text = text[len(text)-60:]
	return text[strings.IndexByte(text, ' ')+1:]
}

// romanOpen tells whether a section that a Roman numeral heads is open above any Điều.
func (o *outline) romanOpen() bool {
	for s := o.open; s != nil; s = s.parent {
		if s.roman && s.level == levelSection {
			return true
		}
	}
	return false
}

// begin opens the section that a heading begins.
func (o *outline) begin(h heading, line textLine) {
	parent := o.open
	if o.tail {
		for parent.level > levelForm {
			parent = parent.parent
		}
		o.tail = false
	}
	for parent.level >= h.level || parent.front {
		parent = parent.parent
	}
	s := &section{heading: h, parent: parent}
	if s.structural() && line.tokens <= maxTitleTokens {
		s.titles = []textLine{line}
	} else {
		s.lines = []textLine{line}
	}
	parent.parts = append(parent.parts, s)
	o.open = s
}

// maxTitleTokens is how long a heading may be to count as a title; beyond that
// it is the text itself that begins with "Điều 3."
const maxTitleTokens = 60

// addName takes a line for the title of the section just opened: the rest of a
// heading that was wrapped, or the name of a Phần, Chương or Mẫu on a line of
// its own below the number.
func (o *outline) addName(line textLine) bool {
	s := o.open
	if len(s.titles) == 0 || len(s.lines) > 0 || line.tokens+sumTokens(s.titles) > maxTitleTokens {
		return false
	}
	before := s.titles[len(s.titles)-1].text
	number := s.bare && len(s.titles) == 1
	switch {
	case goesOn(before, line) && !number:
		line.joined = true
	case s.level == levelArticle || letterhead.MatchString(line.text):
		return false
	case capitals(line.text) && !endsWithColon(line.text):
		line.joined = !number && capitals(before) && !endsSentence(before)
	case number && line.tokens <= maxNameTokens && !endsSentence(line.text) && !bullet.MatchString(line.text):
	default:
		return false
	}
	s.titles = append(s.titles, line)
	return true
}

// maxNameTokens is how long the name of a Chương may be that stands below its
// number and is not set in capitals.
const maxNameTokens = 25

var (
	letterhead = regexp.MustCompile(`(?i)đảng cộng sản việt nam|cộng h(?:òa|oà) xã hội chủ nghĩa|độc lập\s*[-–]\s*tự do|^[\s.…]*,?\s*ngày[\s.…]|^kính gửi|^-{3,}|^\*$`)
	bullet     = regexp.MustCompile(`^[-–—+*•(]`)
)

func endsWithColon(text string) bool { return strings.HasSuffix(text, ":") }

// settle decides what is title and what is text once a section is complete,
// and counts.
func (s *section) settle() {
	if s.runsOn() {
		s.lines = append(s.titles, s.lines...)
		s.titles = nil
	}
	if s.level <= levelForm && s.bare && len(s.titles) == 1 {
		s.name = formName(s.lines)
	}
	s.tokens = sumTokens(s.lines)
	for _, part := range s.parts {
		part.settle()
		s.tokens += part.tokens
	}
	if s.level == levelForm && s.tokens < leastHead {
		s.lines = append(s.titles, s.lines...)
		s.tokens += sumTokens(s.titles)
		s.titles, s.name, s.listed = nil, "", true
	}
}

// runsOn tells whether what begins a section is not its title but its text: a
// sentence ("Điều 2. Quy định này có hiệu lực kể từ ngày ký."), or all there is
// of an Điều.
func (s *section) runsOn() bool {
	if len(s.titles) == 0 {
		return false
	}
	last := s.titles[len(s.titles)-1].text
	if len(s.lines) > 0 && goesOn(last, s.lines[0]) && !s.bare {
		return true
	}
	if s.level != levelArticle || s.bare && len(s.lines)+len(s.parts) > 0 {
		return false
	}
	if len(s.parts) == 0 && (len(s.lines) == 0 || beginsTail(s.lines[0].text)) {
		return true
	}
	return sumTokens(s.titles) > maxNameTokens && (strings.HasSuffix(last, ".") || strings.HasSuffix(last, ";"))
}

// formName is what a form is called: its number stands at the top, the name
// below the letterhead. The line stays where it is.
func formName(lines []textLine) string {
	for _, line := range lines[:min(len(lines), 10)] {
		if line.tokens >= 2 && capitals(line.text) && !letterhead.MatchString(line.text) {
			return line.text
		}
	}
	return ""
}

func sumTokens(lines []textLine) int {
	n := 0
	for _, line := range lines {
		n += line.tokens
	}
	return n
}
