package indexer

import (
	"hash/maphash"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/storage"
)

// Body is the part of a page's text that is the document's own, whole lines of
// it: Text[Start:End], in bytes. What stands before it are running headers, what
// stands behind it running footers; page numbers are either.
type Body struct{ Start, End int }

// Bodies tells running headers and footers from the text, page by page. They
// are lines at the edges of pages that come again at that edge on three pages or
// more, of the left or right pages only, perhaps, and the same but for the
// page's number; and lines that are a page number. What a document says itself
// again and again is its text: headings, letterheads, signatures, the heads of
// tables. The time it takes is linear in the number of pages.
func Bodies(pages []storage.Page) []Body {
	r := running{several: len(pages) > 1, least: leastPages, latest: make(map[uint64]int, 8*len(pages)), seed: maphash.MakeSeed()}
	if len(pages) > 2*leastOfMany {
		r.least = leastOfMany
	}
	margins := make([]margin, len(pages))
	for i, page := range pages {
		margins[i] = readMargin(page)
		r.count(i, edgeHead, margins[i].head, margins[i].table)
		r.count(i, edgeFoot, margins[i].foot, false)
	}
	bodies := make([]Body, len(pages))
	for i, page := range pages {
		body := Body{0, len(page.Text)}
		for _, line := range margins[i].head {
			if r.runs(i, line) {
				body.Start = line.end
			} else if !page.OCR || !line.speck() {
				break
			}
		}
		for _, line := range margins[i].foot {
			if line.start < body.Start {
				break
			}
			if r.runs(i, line) {
				body.End = line.start
			} else if !page.OCR || !line.speck() {
				break
			}
		}
		bodies[i] = body.trimmed(page.Text)
	}
	return bodies
}

// trimmed leaves out the blank lines around a body.
func (b Body) trimmed(text string) Body {
	own := text[b.Start:b.End]
	left := strings.TrimLeftFunc(own, unicode.IsSpace)
	if left == "" {
		return Body{b.Start, b.Start}
	}
	if i := strings.LastIndexByte(own[:len(own)-len(left)], '\n'); i >= 0 {
		b.Start += i + 1
	}
	b.End = b.End - len(own) + len(strings.TrimRightFunc(own, unicode.IsSpace))
	return b
}

const (
	leastPages   = 3 // on which a line stands at least, side by side or every second
	leastOfMany  = 5 // of more than that many pages twice over, where it has no page number
	nearPages    = 2 // how far from one of them to the next at most
	leastLetters = 4 // of a line that has no page number
)

// running knows which lines come again at the edges of a document's pages.
type running struct {
	several bool // the document has more than one page
	least   int  // pages that a line without a page number stands on
	found   []run
	latest  map[uint64]int // by line: the last run of found
	seed    maphash.Seed
}

// run is a run of pages that have a line, by index: the first, the last, how
// many of them.
type run struct{ first, last, count int }

// count notes where the lines at one edge of a page stand. What stands over the
// head of a table may be part of it, and does not count.
func (r *running) count(page int, edge byte, lines []marginLine, table bool) {
	counts := 1
	if table {
		counts = 0
	}
	for i := range lines {
		line := &lines[i]
		if line.key == "" {
			continue
		}
		if line.letters >= leastLetters {
			line.run = r.add(r.hash(edge, line.key, number{}), page, counts)
		}
		for j, n := range line.numbers {
			line.numbers[j].run = r.add(r.hash(edge, line.key, n), page, 1)
		}
	}
}

// hash is a line's key at an edge, with the number in it, if one is given, as
// its distance from the page's.
func (r *running) hash(edge byte, key string, n number) uint64 {
	var h maphash.Hash
	h.SetSeed(r.seed)
	h.WriteByte(edge)
	h.WriteString(key[:n.start])
	if n.end > 0 {
		maphash.WriteComparable(&h, n.shift)
	}
	h.WriteString(key[n.end:])
	return h.Sum64()
}

// add adds a page to the last run of a line or begins one, and tells which.
func (r *running) add(key uint64, page, counts int) int {
	at, known := r.latest[key]
	if !known || page-r.found[at].last > nearPages {
		at = len(r.found)
		r.found = append(r.found, run{page, page, counts})
		r.latest[key] = at
		return at
	}
	if last := &r.found[at]; page > last.last {
		last.last = page
		last.count += counts
	}
	return at
}

// runs tells whether a line is a running header or footer.
func (r *running) runs(page int, line marginLine) bool {
	if line.lone {
		return r.pageNumber(line)
	}
	for _, n := range line.numbers {
		if found := r.found[n.run]; found.count >= leastPages {
			return !ownText(line.text, page == found.first)
		}
	}
	if line.letters < leastLetters {
		return false
	}
	found := r.found[line.run]
	return found.count >= r.least && startsAnew(line.text) && !ownText(line.text, page == found.first)
}

// pageNumber tells whether a line that looks like a page number is one: the
// number of this page, or as far from it as on another page nearby. A text of
// one page has none but 1.
func (r *running) pageNumber(line marginLine) bool {
	if r.several && len(line.numbers) > 0 && dashed.MatchString(line.text) {
		return true
	}
	for _, n := range line.numbers {
		if n.shift == 0 || r.found[n.run].count > 1 {
			return true
		}
	}
	return false
}

// startsAnew tells whether a line may be the beginning of something: one in small
// letters goes on from another, if it is not the name of a file.
func startsAnew(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return !unicode.IsLower(first) || !strings.ContainsFunc(text, unicode.IsSpace)
}

var (
	// tableHead begins the head of a table, which is printed again on each page.
	tableHead = regexp.MustCompile(`^(?i:stt|tt|số\s*tt|số thứ tự)(?:[\s|./]|$)`)
	// again is what a paper says itself wherever a form or an attached paper
	// begins or ends.
	again = regexp.MustCompile(`(?i)^(?:như trên|lưu\s*:|\(?(?:đã )?ký[\s,)]|\(?(?:ghi rõ )?họ (?:và |, )?tên|người (?:lập|khai|viết|ký|báo cáo)|xác nhận|bí thư|phó bí thư|chủ tịch|giám đốc|thủ trưởng|trưởng ban|chi bộ|đảng (?:bộ|ủy|uỷ)|ghi chú|đơn vị tính|đvt|năm sinh|ngày, tháng)`)
)

// ownText tells whether a line that comes again is the document's own all the
// same. The name of a Chương may well run on: only the first is its heading.
func ownText(text string, first bool) bool {
	if tableHead.MatchString(text) || again.MatchString(text) || letterhead.MatchString(text) || beginsTail(text) || bullet.MatchString(text) {
		return true
	}
	h, ok := readHeading(text, false)
	if !ok {
		return false
	}
	return first || h.bare || h.level > levelSection || utf8.RuneCountInString(text) < 3*leastLetters
}
