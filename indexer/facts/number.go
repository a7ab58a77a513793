package facts

import (
	"strconv"
	"strings"

	"vankien/indexer/citation"
	"vankien/storage"
)

// readNumber finds the document's own number: the one that stands in its own
// place in the head, else the one in a title line such as "NGHỊ ĐỊNH CỦA CHÍNH
// PHỦ SỐ … NGÀY …". Numbers in the reasons are other documents'.
func (r *reader) readNumber() {
	r.body = len(r.cells)
	for i, c := range r.cells {
		if (c.basis() || c.begins()) && i > 0 {
			r.body = i
			break
		}
	}
	if r.scan && r.seenNumber() || r.ownNumber() || r.titleNumber() {
		return
	}
	for _, c := range r.cells[:r.body] {
		if n, ok := citation.Blank(c.text); ok && len(c.text) < 60 {
			r.number = n
			r.symbols()
			r.guessed("number", c, "")
			r.issue("Số văn bản để trống hoặc viết tay, chỉ in ký hiệu.")
			return
		}
	}
}

// findBody moves the beginning of the text up to a sentence that opens it, now
// that the line of the kind is known: the subject comes first.
func (r *reader) findBody() {
	if r.kindAt < 0 {
		return
	}
	first := true
	for i := r.kindAt + 1; i < r.body; i++ {
		c := r.cells[i]
		if !first && c.opens() {
			r.body = i
			return
		}
		if !c.rule() && !c.date() && !c.motto() && !isMark(c) {
			first = false
		}
	}
}

func (r *reader) ownNumber() bool {
	for i, c := range r.cells[:r.body] {
		found := citation.Find(c.text)
		if len(found) == 0 || r.inProse(i) {
			continue
		}
		before, rest := c.text[:found[0].NumberStart], strings.Trim(c.text[found[0].End:], " .;*_-")
		n := found[0].Number
		switch {
		case n.Issuer == "" && n.Kind == "", len([]rune(before)) > 14, rest != "" && len(rest) > 3:
			continue
		case numberCue.MatchString(c.text):
			r.takeNumber(n, c, sure)
			return true
		case r.inTable(i): // a register of documents
			continue
		case strings.TrimSpace(before) == "" || len(strings.Fields(before)) == 1 && len([]rune(before)) <= 5 && n.Issuer != "":
			r.takeNumber(n, c, likely) // OCR's "S6:", or no "Số" at all
			return true
		}
	}
	return false
}

// inProse tells whether cell i goes on with the sentence of the line above:
// the number in it is another document's.
func (r *reader) inProse(i int) bool {
	c := r.cells[i]
	for back := 0; back < maxHeadColumns && i > 0 && r.cells[i-1].row == c.row; back++ {
		i--
	}
	first := r.cells[i]
	if first.page > r.cells[0].page && !c.seen && strings.HasPrefix(first.text, "số") { // a head prints Số
		return true
	}
	return i > 0 && first.alone && !first.after && !capitals(first.text) && continued(r.cells[i-1]) && len(r.cells[i-1].text) > 60
}

// maxHeadColumns is how many pieces a line of a head has at most.
const maxHeadColumns = 4

func (r *reader) inTable(i int) bool {
	n := 0
	for _, c := range r.cells[max(0, i-maxHeadColumns):min(len(r.cells), i+maxHeadColumns+1)] {
		if c.row == r.cells[i].row {
			n++
		}
	}
	return n > maxHeadColumns
}

// titleNumber accepts a number in a line that begins with a kind's name, or
// with "CỦA CHÍNH PHỦ" under it.
func (r *reader) titleNumber() bool {
	for i, c := range r.cells[:r.body] {
		if r.inProse(i) {
			continue
		}
		_, _, named := kindPrefix(c.text)
		if !named && !(strings.HasPrefix(c.fold, "cua ") && namesBody(c.fold[len("cua "):]) && capitals(c.text)) {
			continue
		}
		for _, f := range citation.Find(c.text) {
			if f.Number.Issuer != "" && (f.End == len(c.text) || capitals(c.text[:f.NumberStart])) {
				r.takeNumber(f.Number, c, likely)
				return true
			}
			break
		}
	}
	return false
}

func (r *reader) takeNumber(n citation.Number, c cell, confidence float64) {
	r.number = n
	r.symbols()
	if r.scan {
		r.guessed("number", c, n.String())
		r.issue(issueSeenNumber)
		return
	}
	r.facts.Number = storage.Printed(n.String())
	r.saw("number", c, confidence)
	if n.Year != 0 && (n.Year < 1945 || n.Year > 2100) {
		r.issue("Năm " + strconv.Itoa(n.Year) + " trong số văn bản không hợp lý.")
	}
}

// symbols takes over what the number's symbol says.
func (r *reader) symbols() {
	if r.number.Kind != "LCT" { // the form of laws before 1992: a law has no symbol
		r.facts.KindSymbol = storage.Printed(r.number.Kind)
	}
	issuer := r.number.Issuer
	if r.number.Kind == "" || r.number.Kind == "CV" { // a letter's symbol goes on with the unit that wrote it: SYT-NVY
		issuer, _, _ = strings.Cut(issuer, "-")
	}
	r.facts.IssuerSymbol = storage.Printed(issuer)
}
