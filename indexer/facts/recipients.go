package facts

import (
	"regexp"
	"slices"
	"strings"

	"vankien/analyzers"
	"vankien/storage"
)

// The limits of a list of recipients. It stands beside the signature: one that
// is further from it is a form's or an annex's.
const (
	maxRecipients    = 100
	recipientsBefore = 150 // lines before the signature
	recipientsAfter  = 40  // and behind it
	maxListLines     = 150
	maxLists         = 20 // that are looked at
)

var (
	addressHead = regexp.MustCompile(`^(?i:(?:đồng )?kính (?:gửi|gởi|trình))\s*(?::|$)\s*`)
	wireHead    = regexp.MustCompile(`^\p{Lu}.{2,60}\sđiện\s*:\s*`) // of a Công điện
	listHead    = regexp.MustCompile(`^[*_.\s]*(?:Nơi (?:nhận|gửi)|NƠI (?:NHẬN|GỬI))\s*(?:$|:\s*|[-–])`)
	asAbove     = regexp.MustCompile(`^nhu ?(?:tren|kinh gui)\b *(?:\(.*)?(?:,|$)`)
	asAboveSeen = regexp.MustCompile(`^nhu ?(?:tren|kinh gui)\b`) // OCR joins with it what stands beside it
	addressSeen = regexp.MustCompile(`^(?i:kính (?:gửi|gởi))\s*:?\s*`)
	annexBehind = regexp.MustCompile(`^(?:PHỤ LỤC|Phụ lục|MẪU|Mẫu|BIỂU|Biểu mẫu|Biểu số)(?:[\s:.]|$)`)
	maybeHead   = []string{"ơi nhận", "ơi gửi", "ƠI NHẬN", "ƠI GỬI"}
)

// readRecipients reads whom the document is sent to: those it is addressed to
// ("Kính gửi") and the list at its foot ("Nơi nhận"), in which "Như trên" stands
// for the former (Decree 30/2020/NĐ-CP, annex I, part II, 9; the Party's Guide
// 36-HD/VPTW of 2018 has the same). What is filed ("Lưu") is in the list, as
// printed.
func (r *reader) readRecipients(pages []storage.Page) {
	addressed, listed := r.addressees(), r.listed(pages)
	names := addressed.names()
	for _, name := range listed.names() {
		switch fold := analyzers.FoldText(name); {
		case len(names) > 0 && asAbove.MatchString(fold):
			_, name, _ = strings.Cut(name, ",")
			name = strings.TrimSpace(name)
		case len(names) > 0 && r.scan && asAboveSeen.MatchString(fold):
			continue
		}
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return
	}
	r.facts.Recipients = names[:min(len(names), maxRecipients)]
	where := append(addressed.cells, listed.cells...)
	evidence := storage.Evidence{Page: where[0].page, Confidence: likely}
	for i, c := range where {
		if c.seen {
			evidence.Confidence = weak
		}
		if len(evidence.Text)+len(c.text) < maxEvidence && (i == 0 || c != where[i-1]) {
			evidence.Text = strings.TrimSpace(evidence.Text + " " + c.text)
		}
	}
	r.facts.Evidence["recipients"] = evidence
}

// addressees are those behind "Kính gửi".
func (r *reader) addressees() (l recipientList) {
	head := r.cells[:min(r.body+1, len(r.cells))]
	from := slices.IndexFunc(head, func(c cell) bool {
		return addressHead.MatchString(c.text) || wireHead.MatchString(c.text) || c.seen && addressSeen.MatchString(c.text)
	})
	if from < 0 {
		return l
	}
	if text := withoutHead(head[from].text); head[from].seen {
		l.add(head[from], addressSeen.ReplaceAllString(text, ""))
	} else {
		l.add(head[from], text)
	}
	for _, c := range r.cells[from+1:] {
		again := addressHead.MatchString(c.text)
		if c.page != head[from].page || c.rule() || c.begins() || c.opens() || c.basis() && !again {
			break
		}
		switch text := withoutHead(c.text); {
		case again:
			l.addNew(c, text)
		case bullet.MatchString(text) && (l.marked || len(l.entries) == 0), l.open() && startsLower(text):
			l.add(c, text)
		case !bullet.MatchString(text) && addresses(c) && !l.endsWith("."):
			l.addBehind(c, text)
		default:
			return l
		}
	}
	return l
}

func withoutHead(text string) string {
	return wireHead.ReplaceAllString(addressHead.ReplaceAllString(text, ""), "")
}

var (
	addressed = regexp.MustCompile(`^(cac|dong chi|ong|ba|uy vien|lien doan|hoi|toa soan|bi thu|chu tich|thu truong) `)
	says      = regexp.MustCompile(` (de nghi|nhan duoc|bao cao|thong bao|tran trong|xin|yeu cau|trinh|ban hanh|to chuc hoi nghi|kinh (moi|de nghi|trinh)) `)
)

// addresses tells whether a line without a dash is a name, not the beginning of
// the text.
func addresses(c cell) bool {
	return len(c.text) < 160 && (namesBody(c.fold) || addressed.MatchString(c.fold+" ")) && !says.MatchString(c.fold+" ")
}

// listed are those in the list at the foot: of several, the one that is nearest to
// the signature.
func (r *reader) listed(pages []storage.Page) (nearest recipientList) {
	lines := allLines(pages)
	signed := r.signedAt(lines)
	from, to := 0, len(lines)
	if signed >= 0 {
		from, to = max(0, signed-recipientsBefore), min(len(lines), signed+recipientsAfter)
	}
	distance, tried := -1, 0
	for i := from; i < to; i++ {
		text := lines[i].text
		if i > max(signed, maxBlockLines) && annexBehind.MatchString(strings.TrimSpace(text)) || signed >= 0 && i > signed && annexHead.MatchString(strings.TrimSpace(text)) {
			break
		}
		if len(text) > maxHeadLine || !slices.ContainsFunc(maybeHead, func(head string) bool { return strings.Contains(text, head) }) {
			continue
		}
		if !slices.ContainsFunc(cellsOf(lines[i:i+1]), func(c cell) bool { return listHead.MatchString(c.text) }) {
			continue
		}
		l := r.listFrom(cellsOf(lines[i:min(i+maxListLines, len(lines))]))
		if tried++; tried > maxLists {
			break
		}
		if away := max(signed-i, i-signed); l.likely() && (distance < 0 || signed >= 0 && away < distance) {
			nearest, distance = l, away
		}
	}
	return nearest
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

func spacedOnce(s string) string { return strings.Join(strings.Fields(s), " ") }
