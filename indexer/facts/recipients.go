package facts

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/analyzers"
	"vankien/storage"
)

// The limits of a list of recipients. It stands beside the signature: one that
// is further from it belongs to a form or an annex.
const (
	maxRecipients    = 100
	maxRecipient     = 300 // code points; more is no name
	recipientsBefore = 60  // lines before the signature
	recipientsAfter  = 40  // and behind it
	maxListLines     = 120
	maxOtherRows     = 4 // rows in a row that are no part of the list: it is over
)

var (
	addressHead  = regexp.MustCompile(`^(?i:kính gửi)\s*:?\s*`)
	listHead     = regexp.MustCompile(`^[*_.\s]*N(?i:ơi nhận)\s*(?:$|:\s*|(?:[-–]))`)
	bullet       = regexp.MustCompile(`^[-–—+•*~]+\s*`)
	bulletWithin = regexp.MustCompile(`([;,.:])\s+[-–—]\s*(\p{Lu})`)
	asAbove      = regexp.MustCompile(`^nhu ?(tren|kinh gui)\b`)
	forFile      = regexp.MustCompile(`^luu\b`)
	signerAtEnd  = regexp.MustCompile(`([;,.)])\s+(?:\p{Lu}\p{Ll}+\s?){2,5}$`)
	crumbsAtEnd  = regexp.MustCompile(`;\s*[^;]*$`)
)

// readRecipients reads whom the document is sent to: those it is addressed to
// ("Kính gửi") and the list at its foot ("Nơi nhận"), in which "Như trên" stands
// for the former (Decree 30/2020/NĐ-CP, annex I, part II, 9; Guide 36-HD/VPTW of
// 2018 has the same for the Party). What is filed ("Lưu") is in the list, as
// printed.
func (r *reader) readRecipients(pages []storage.Page) {
	addressed, head := r.addressees()
	listed, at := r.listed(pages)
	if head.page == 0 && at.page == 0 {
		return
	}
	all := slices.Clone(addressed)
	for _, name := range listed {
		if len(addressed) == 0 || !asAbove.MatchString(analyzers.FoldText(name)) {
			all = append(all, name)
		}
	}
	if len(all) == 0 {
		return
	}
	r.facts.Recipients = all[:min(len(all), maxRecipients)]
	if at.page == 0 {
		at = head
	}
	sureness := likely
	if at.seen {
		sureness = weak
	}
	r.saw("recipients", at, sureness)
}

// addressees are those behind "Kính gửi", and where that stands.
func (r *reader) addressees() (names []string, at cell) {
	from := slices.IndexFunc(r.cells[:min(r.body+1, len(r.cells))], func(c cell) bool { return addressHead.MatchString(c.text) })
	if from < 0 {
		return nil, cell{}
	}
	at = r.cells[from]
	l := recipientList{}
	l.add(addressHead.ReplaceAllString(at.text, ""))
	for _, c := range r.cells[from+1:] {
		dashed, open := bullet.MatchString(c.text), l.open()
		switch {
		case c.page != at.page || c.rule() || c.begins():
			return l.names(), at
		case dashed && (l.dashed || len(l.entries) == 0), len(l.entries) == 0, open && startsLower(c.text), !l.dashed && l.endsWith(";"):
			l.add(c.text)
		default:
			return l.names(), at
		}
	}
	return l.names(), at
}

// listed are those in the list at the foot, and where it begins.
func (r *reader) listed(pages []storage.Page) ([]string, cell) {
	lines := allLines(pages)
	signed := r.signedAt(lines)
	for i, line := range lines {
		if !strings.Contains(line.text, "hận") || len(line.text) > maxHeadLine {
			continue
		}
		if signed >= 0 && (i < signed-recipientsBefore || i > signed+recipientsAfter) {
			continue
		}
		cells := cellsOf(lines[i:min(i+maxListLines, len(lines))])
		for k, c := range cells {
			if c.row != 1 {
				break
			}
			if listHead.MatchString(c.text) {
				return r.listFrom(cells[k:]), c
			}
		}
	}
	return nil, cell{}
}

// signedAt is the line of the signature, -1 where there is none.
func (r *reader) signedAt(lines []textLine) int {
	c := r.sign.nameCell
	if c.page == 0 {
		c = r.sign.cell
	}
	if c.page == 0 {
		return -1
	}
	want := spacedOnce(c.line)
	return slices.IndexFunc(lines, func(l textLine) bool { return l.page == c.page && spacedOnce(l.printed) == want })
}

// listFrom reads the list that the first cell is the head of. The signature
// stands beside it, and its posts and names come between in whatever order.
func (r *reader) listFrom(cells []cell) []string {
	l := recipientList{}
	head := listHead.ReplaceAllString(cells[0].text, "")
	if !cells[0].seen || bullet.MatchString(head) { // else it is what OCR made of the post beside it
		l.add(r.withoutSigner(head))
	}
	row, others := cells[0].row, 0
	for _, c := range cells[1:] {
		if annexHead.MatchString(bullet.ReplaceAllString(c.text, "")) || c.motto() || others > maxOtherRows || len(l.entries) > maxRecipients {
			break
		}
		text := r.withoutSigner(c.text)
		if bullet.MatchString(text) || l.takes(c, text) {
			if l.filed() && !(l.open() && startsLower(text)) {
				break
			}
			l.add(text)
			others = 0
		} else if c.row != row {
			others++
		}
		row = c.row
	}
	return l.names()
}

// withoutSigner is a piece of the list without the name that is signed beside it.
func (r *reader) withoutSigner(text string) string {
	if at := signerAtEnd.FindStringSubmatchIndex(text); at != nil && isPerson(strings.TrimSpace(text[at[3]:])) {
		return text[:at[3]]
	}
	return text
}

// recipientList are the names that have been read so far, as they are printed.
type recipientList struct {
	entries []string
	dashed  bool // each begins with a dash
}

// add puts a piece of text into the list: a name, several, or the rest of the
// one before.
func (l *recipientList) add(text string) {
	for _, piece := range strings.Split(bulletWithin.ReplaceAllString(text, "$1\x00- $2"), "\x00") {
		name := bullet.ReplaceAllString(piece, "")
		dashed := name != piece
		switch {
		case strings.TrimSpace(name) == "":
		case len(l.entries) > 0 && !dashed && (l.dashed || l.open()):
			l.entries[len(l.entries)-1] += " " + name
		default:
			l.entries, l.dashed = append(l.entries, name), l.dashed || dashed
		}
	}
}

func (l *recipientList) endsWith(marks string) bool {
	if len(l.entries) == 0 {
		return false
	}
	last := strings.TrimSpace(l.entries[len(l.entries)-1])
	return strings.TrimRight(last, marks) != last
}

// open tells whether the last name may go on in the next line.
func (l *recipientList) open() bool { return len(l.entries) > 0 && !l.endsWith(";.") }

// takes tells whether a piece without a dash belongs to the list.
func (l *recipientList) takes(c cell, text string) bool {
	switch {
	case capitals(text) && (roleStart(text) || utf8.RuneCountInString(text) > 12), c.fold == "pho", c.fold == "quyen", isPerson(personText(c)), signedMark.MatchString(c.fold), c.rule():
		return false
	case len(l.entries) == 0:
		return !c.seen && c.alone
	case l.open():
		return startsLower(text) || l.dashed && !c.seen && !c.after && c.alone && !l.filed()
	}
	return !l.dashed && !c.seen && !c.after && c.alone
}

// filed tells whether the list has come to what is filed, which ends it.
func (l *recipientList) filed() bool {
	return len(l.entries) > 0 && forFile.MatchString(analyzers.FoldText(l.entries[len(l.entries)-1]))
}

// names are the entries without the marks around them; blanks that somebody
// fills in are none.
func (l *recipientList) names() (names []string) {
	for _, entry := range l.entries {
		name := spacedOnce(entry)
		if tail := crumbsAtEnd.FindString(name); tail != "" && crumbs(tail) {
			name = strings.TrimSuffix(name, tail)
		}
		if name = strings.Trim(name, " ;,.:"); blanks.MatchString(entry) || utf8.RuneCountInString(name) > maxRecipient || countLetters(name) < 2 {
			continue
		}
		names = append(names, name)
	}
	return names
}

// crumbs tells whether the end of a line of OCR is what it made of the stamp
// beside it: hardly a letter, or capitals that are no name.
func crumbs(tail string) bool { return countLetters(tail) < 3 || capitals(tail) && len(tail) > 8 }

func countLetters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

func spacedOnce(s string) string { return strings.Join(strings.Fields(s), " ") }
