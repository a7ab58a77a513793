package facts

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/analyzers"
)

const (
	maxRecipient = 400 // code points; more is no name
	maxOtherRows = 4   // rows in a row that are no part of the list: it is over
)

var (
	bullet       = regexp.MustCompile(`^(?:(?:[-–—−+•*~]+\s*)+|\d{1,2}[.)]\s+)`)
	bulletWithin = regexp.MustCompile(`([;,.:])\s+[-–—]\s*(\p{Lu})`)
	forFile      = regexp.MustCompile(`^lu[uv]\b`)
	archive      = regexp.MustCompile(`^luu tru (lich su|nha nuoc)`)
	nobody       = regexp.MustCompile(`^(ky boi|thoi gian ky|nguoi ky|co quan:|dien thoai|e-?mail|fax|dt:|tel)\b|^[\d\s./-]+$`)
	nameAtTail   = regexp.MustCompile(`([;,.)])\s+(?:\p{Lu}\p{Ll}+\s?){2,5}$`)
	crumbsAtTail = regexp.MustCompile(`;\s*[^;]*$`)
	comrades     = regexp.MustCompile(`\b(dong chi|d/c)\b`)
)

// recipientList are the names that have been read so far, as they are printed.
type recipientList struct {
	entries []string
	marked  bool   // each begins with a dash or a number
	cells   []cell // where they were read
}

// listFrom reads the list whose head is in the first row. The signature stands
// beside it, and its posts and names come between in whatever order.
func (r *reader) listFrom(cells []cell) (l recipientList) {
	head := slices.IndexFunc(cells, func(c cell) bool { return listHead.MatchString(c.text) })
	l.cells = []cell{cells[head]}
	if rest := listHead.ReplaceAllString(cells[head].text, ""); !cells[head].seen || bullet.MatchString(rest) {
		l.add(cells[head], r.withoutSigner(rest, cells[head].seen)) // else it is what OCR made of the post beside it
	}
	row, others := cells[head].row, 0
	for i, c := range cells[head+1:] {
		text := r.withoutSigner(c.text, c.seen)
		if before := cells[head+i]; before.row == c.row && strings.Trim(before.text, "-–+ ") == "" {
			text = "- " + text // "T/M …" begins a cell of its own
		}
		bare := bullet.ReplaceAllString(text, "")
		if annexHead.MatchString(bare) || c.motto() || listHead.MatchString(c.text) || others > maxOtherRows || len(l.entries) > maxRecipients {
			break
		}
		first := c.alone || cells[head+i].row != c.row
		if !r.signs(c, text, &l) && (bullet.MatchString(text) || l.takes(c, text, first, others > 0)) {
			if l.filed() && !(l.open() && startsLower(text)) {
				break
			}
			l.add(c, text)
			others = 0
		} else if c.row != row {
			others++
		}
		row = c.row
	}
	return l
}

// signs tells what belongs to the signature beside the list, or to nothing.
func (r *reader) signs(c cell, text string, l *recipientList) bool {
	marked := bullet.MatchString(text)
	fold := analyzers.FoldText(text)
	switch {
	case marked:
		return false
	case capitals(text) && (roleStart(text) || utf8.RuneCountInString(text) > 12), isPost(fold), signedMark.MatchString(fold), c.rule(), nobody.MatchString(fold):
		return true
	case !isPerson(personText(c)):
		return false
	}
	return !l.open() || strings.Contains("; "+r.sign.name+";", "; "+personText(c)+";") || !l.listsPeople()
}

// isPost tells whether folded text is a post and no more, or what a column leaves
// of one.
func isPost(fold string) bool {
	return posts.FindString(fold) == fold || slices.Contains([]string{"thu ky", "pho", "quyen", "truong", "chu", "giam", "doc", "kt", "tl"}, fold)
}

// withoutSigner is a piece of the list without the name that is signed beside it.
func (r *reader) withoutSigner(text string, seen bool) string {
	for name := range strings.SplitSeq(r.sign.name, "; ") {
		if rest, found := strings.CutSuffix(text, " "+name); found && name != "" && strings.ContainsAny(rest[len(rest)-1:], ";,.)") {
			return rest
		}
	}
	if at := nameAtTail.FindStringSubmatchIndex(text); seen && at != nil && isPerson(strings.TrimSpace(text[at[3]:])) {
		return text[:at[3]]
	}
	return text
}

// add puts a piece of text into the list: a name, several, or the rest of the
// one before.
func (l *recipientList) add(c cell, text string) {
	for _, piece := range strings.Split(bulletWithin.ReplaceAllString(text, "$1\x00- $2"), "\x00") {
		name := bullet.ReplaceAllString(piece, "")
		marked := name != piece
		switch {
		case strings.TrimSpace(name) == "":
		case marked:
			l.marked = true
			l.addNew(c, name)
		case len(l.entries) > 0 && (l.marked || startsLower(name)):
			l.entries[len(l.entries)-1] += " " + name
			l.cells = append(l.cells, c)
		default:
			for part := range strings.SplitSeq(name, ";") {
				l.addNew(c, part+";")
			}
			if !strings.HasSuffix(strings.TrimSpace(name), ";") {
				l.entries[len(l.entries)-1] = strings.TrimSuffix(l.entries[len(l.entries)-1], ";")
			}
		}
	}
}

// addNew puts a name into the list.
func (l *recipientList) addNew(c cell, name string) {
	if strings.Trim(name, " ;") != "" {
		l.entries, l.cells = append(l.entries, name), append(l.cells, c)
	}
}

// addBehind puts a line into the list that begins with a capital: a name of its
// own behind the end of one, else the rest of it.
func (l *recipientList) addBehind(c cell, text string) {
	if len(l.entries) > 0 && (l.marked || !l.endsWith(";,")) {
		l.entries[len(l.entries)-1] += " " + text
		l.cells = append(l.cells, c)
		return
	}
	l.add(c, text)
}

func (l *recipientList) last() string {
	if len(l.entries) == 0 {
		return ""
	}
	return strings.TrimSpace(l.entries[len(l.entries)-1])
}

func (l *recipientList) endsWith(marks string) bool {
	return l.last() != "" && strings.TrimRight(l.last(), marks) != l.last()
}

// open tells whether the last name may go on in the next line.
func (l *recipientList) open() bool { return len(l.entries) > 0 && !l.endsWith(";.") }

// takes tells whether a piece without a mark belongs to the list; first tells
// that its row begins with it, apart that something else stands between.
func (l *recipientList) takes(c cell, text string, first, apart bool) bool {
	switch {
	case len(l.entries) == 0:
		return !c.seen && first
	case startsLower(text):
		return l.open()
	case c.seen || c.after || !first:
		return false
	case l.marked:
		return l.open() && !l.filed() && !apart
	}
	return !apart && !l.endsWith(".")
}

// listsPeople tells whether the last name is a list of people.
func (l *recipientList) listsPeople() bool {
	return l.endsWith(",") && comrades.MatchString(analyzers.FoldText(l.last()))
}

// filed tells whether the list has come to what is filed, which ends it.
func (l *recipientList) filed() bool {
	fold := analyzers.FoldText(l.last())
	return len(l.entries) > 1 && forFile.MatchString(fold) && !archive.MatchString(fold)
}

// likely tells whether it looks like a list, not like a sentence or a column of a
// table.
func (l *recipientList) likely() bool {
	return len(l.names()) > 0 && (l.marked || l.filed() || strings.Contains(strings.Join(l.entries[:max(len(l.entries)-1, 1)], " "), ";") || len(l.entries) > 2)
}

// names are the entries without the marks around them; blanks that somebody
// fills in are none.
func (l *recipientList) names() (names []string) {
	seen := slices.ContainsFunc(l.cells, func(c cell) bool { return c.seen })
	for _, entry := range l.entries {
		name := spacedOnce(entry)
		if tail := crumbsAtTail.FindString(name); seen && tail != "" && crumbs(tail) {
			name = strings.TrimSuffix(name, tail)
		}
		if name = strings.Trim(name, " ;,.:"); blanks.MatchString(entry) || utf8.RuneCountInString(name) > maxRecipient || countLetters(name) < 2 {
			continue
		}
		names = append(names, name)
	}
	return names
}

// crumbs tells whether the end of a line of OCR is what it made of the stamp or the
// post beside it.
func crumbs(tail string) bool {
	fold := strings.Trim(analyzers.FoldText(tail), " ;.,")
	return countLetters(tail) < 3 || capitals(tail) && (len(tail) > 8 || isPost(fold))
}

func countLetters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
