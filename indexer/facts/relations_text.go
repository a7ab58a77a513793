package facts

import (
	"regexp"
	"slices"
	"strings"

	"vankien/analyzers"
	"vankien/storage"
)

// running is the text of a document as one string, a line break between its
// lines, without page numbers and running heads, and what parts of it are not
// the document's own sentences.
type running struct {
	text  string // for numbers: lines and columns matter to them
	flat  string // the same bytes with single spaces instead of breaks
	lines []runningLine
	apart []span // letterhead, recipients, forms, amended clauses: in order, none overlapping
	ends  int    // where the recipients stand first: what is behind them is attached
}

type runningLine struct {
	at   int // where it begins in text
	page int
	ocr  bool // or no better
	gap  bool // a blank line stands before it, not only the page's edge
}

type span struct{ from, to int }

var pageNumber = regexp.MustCompile(`^[-–|\s]*\d{1,4}[-–|\s]*$|^CÔNG BÁO/Số`)

// runningText joins the lines of all pages. Line i is the i-th line with text,
// as cells count them; those that are left out are empty.
func runningText(pages []storage.Page) *running {
	var b strings.Builder
	t := &running{}
	for _, page := range pages {
		lines := allLines([]storage.Page{page})
		first := true // none of the page's own lines has come yet
		for i, l := range lines {
			edge := first || i == len(lines)-1
			line := strings.TrimSpace(l.text)
			if edge && pageNumber.MatchString(line) || strings.HasPrefix(line, notice) {
				line = ""
			}
			if page.OCR {
				line = strings.TrimLeft(line, specks)
			}
			t.lines = append(t.lines, runningLine{b.Len(), page.Number, page.OCR || page.Score > 0 && page.Score < unsure, l.after && !first})
			if line != "" {
				first = false
				b.WriteString(spaced(line))
				b.WriteByte('\n')
			}
		}
	}
	t.text = b.String()
	t.ends = len(t.text)
	t.flat = strings.NewReplacer("\n", " ", "\t", " ").Replace(t.text)
	return t
}

// specks are what OCR reads from the dirt before a line.
const specks = " ._|~'`:;,*°¬“”\"«»<>=¡!?"

// unsure is the score of a page below which its text layer is trusted no more
// than OCR.
const unsure = 0.7

// notice stands at the head or foot of each page that the Party's offices print.
const notice = "Tài liệu này thuộc sở hữu của các cơ quan Đảng"

// spaced is a line with single spaces, but for the gaps between columns.
func spaced(line string) string {
	columns := strings.Split(line, "\t")
	for i, column := range columns {
		columns[i] = strings.Join(strings.Fields(column), " ")
	}
	return strings.Join(columns, "\t")
}

// lineAt is the number of the line that has byte at.
func (t *running) lineAt(at int) int {
	i, found := slices.BinarySearchFunc(t.lines, at, func(l runningLine, at int) int { return l.at - at })
	if !found {
		return max(i-1, 0)
	}
	for i+1 < len(t.lines) && t.lines[i+1].at == at { // lines that were left out
		i++
	}
	return i
}

// offset is where line i begins.
func (t *running) offset(i int) int {
	if i >= len(t.lines) {
		return len(t.text)
	}
	return t.lines[i].at
}

// ours tells whether the bytes from at on are sentences of the document itself.
func (t *running) ours(at int) bool {
	i, found := slices.BinarySearchFunc(t.apart, at, func(s span, at int) int { return s.from - at })
	return !found && (i == 0 || t.apart[i-1].to <= at)
}

// setApart keeps spans, sorted and merged.
func (t *running) setApart(spans []span) {
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	for _, s := range spans {
		if n := len(t.apart); n > 0 && s.from < t.apart[n-1].to {
			t.apart[n-1].to = max(t.apart[n-1].to, s.to)
			continue
		}
		if s.from < s.to {
			t.apart = append(t.apart, s)
		}
	}
}

var (
	recipients   = regexp.MustCompile(`^(?:\*?\s*)?Nơi nhận\s*:?`)
	annexHead    = regexp.MustCompile(`^(?:PHỤ LỤC|Phụ lục|MẪU|Mẫu|BIỂU MẪU|Biểu mẫu|Biểu số|BIỂU SỐ|DANH MỤC|QUY CHẾ|QUY ĐỊNH|Chương I|CHƯƠNG I)(?:[\s:.]|$)`)
	formHead     = regexp.MustCompile(`^(?:MẪU|Mẫu|BIỂU MẪU|Biểu mẫu|Biểu số|BIỂU SỐ)(?:[\s:.]|$)`)
	attachedTo   = regexp.MustCompile(`^\(?\s*(?i:(?:được )?(?:ban hành )?(?:kèm theo|theo))\s`)
	blanks       = regexp.MustCompile(`\.{5,}|…{2,}|_{5,}|(?:\. ){4,}`)
	maxToAddress = 3000 // bytes that the recipients and the signature beside them take at most
)

// outside are the parts that are not the document's own sentences, as its
// lines show them: recipients, forms with blanks to fill in, and the notes that
// say which document an annex belongs to.
func (t *running) outside() (spans []span) {
	type section struct {
		from  int
		form  bool
		blank int
	}
	var at section
	signed, known := false, 0 // where the last recipients end
	end := func(to int) {
		if at.form && at.blank > 1 {
			spans = append(spans, span{at.from, to})
		}
	}
	for i, l := range t.lines {
		line := strings.TrimSpace(t.text[l.at:t.offset(i+1)])
		switch {
		case l.at >= known && recipients.MatchString(line):
			if !signed {
				t.ends = l.at
			}
			signed, known = true, t.recipientsEnd(i)
			spans = append(spans, span{l.at, known})
		case attachedTo.MatchString(line) && strings.HasPrefix(line, "("):
			spans = append(spans, span{l.at, t.bracketEnd(l.at)})
		}
		if head := motto.MatchString(line) && len(line) < 160; signed && (annexHead.MatchString(line) || head) && !(at.form && head && at.blank == 0) {
			end(l.at)
			at = section{from: l.at, form: formHead.MatchString(line) || head}
		}
		if blanks.MatchString(line) {
			at.blank++
		}
	}
	end(len(t.text))
	return spans
}

// recipientsEnd is where what stands beside and below "Nơi nhận" in line i ends.
func (t *running) recipientsEnd(i int) int {
	limit := min(len(t.text), t.lines[i].at+maxToAddress)
	for j := i + 1; j < len(t.lines) && t.lines[j].at < limit; j++ {
		line := strings.TrimSpace(t.text[t.lines[j].at:t.offset(j+1)])
		if annexHead.MatchString(line) || motto.MatchString(line) {
			return t.lines[j].at
		}
	}
	return limit
}

// bracketEnd is where the bracket that opens at from is closed.
func (t *running) bracketEnd(from int) int {
	near := t.text[from:min(len(t.text), from+600)]
	if end := strings.IndexByte(near, ')'); end > 0 {
		return from + end
	}
	return from + max(strings.IndexByte(near, '\n'), 0)
}

// maxAmended is how long a clause that amends another document may be, in bytes.
// maxUnclosed is after how many quotations without an end no more are looked for.
const (
	maxAmended  = 80_000
	maxUnclosed = 50
)

// amended are the clauses that are put into another document: in quotation
// marks behind a colon, or beginning a line. What such a clause cites, that
// other document cites.
func (t *running) amended() (spans []span) {
	unclosed := 0
	for at := 0; at < len(t.text) && unclosed < maxUnclosed; {
		next := strings.IndexAny(t.text[at:], "“\"")
		if next < 0 {
			break
		}
		from := at + next
		before := strings.TrimRight(t.text[:from], " ")
		at = from + 1
		if before != "" && !strings.HasSuffix(before, ":") && !strings.HasSuffix(before, "\n") {
			continue
		}
		if size := quotation(t.text[from:min(len(t.text), from+maxAmended)]); size > 0 {
			spans = append(spans, span{from, from + size})
			at = from + size
		} else {
			unclosed++
		}
	}
	return spans
}

// quotation is the length of the quotation that s begins with, 0 where it has
// no end. Quotations may stand in it.
func quotation(s string) int {
	depth, straight := 0, strings.HasPrefix(s, `"`)
	for i, r := range s {
		switch r {
		case '“':
			depth++
		case '”':
			depth--
		case '"':
			if i > 0 && depth <= 1 && endsQuotation(s[i+1:]) {
				return i + 1
			}
		}
		if depth <= 0 && !straight {
			return i + len("”")
		}
	}
	return 0
}

func endsQuotation(rest string) bool {
	return rest == "" || strings.IndexByte(".;,)\n", rest[0]) >= 0
}

// page tells on what page byte at stands, and whether it was read by OCR.
func (t *running) page(at int) (number int, ocr bool) {
	if len(t.lines) == 0 {
		return 0, false
	}
	l := t.lines[t.lineAt(at)]
	return l.page, l.ocr
}

// evidence is what stands in the text from byte from to byte to, cut where it
// is long.
func (t *running) evidence(from, to int) cell {
	page, _ := t.page(from)
	line := t.flat[from:min(to, from+maxEvidence)]
	line = strings.Join(strings.Fields(strings.ToValidUTF8(line, "")), " ")
	return cell{page: page, line: line, fold: analyzers.FoldText(line)}
}

const maxEvidence = 400 // bytes
