package facts

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/indexer/citation"
	"vankien/storage"
)

var (
	inForce   = regexp.MustCompile(`(?i)(?:hiệu lực (?:thi hành )?(?:kể )?(?:từ )?|thực hiện (?:kể )?từ )ngày\s*|hiệu lực (?:thi hành )?(?:kể )?từ (\d)`)
	thisPaper = regexp.MustCompile(`(?i)(?:luật|pháp lệnh|nghị định|nghị quyết|quyết định|quy định|quy chế|thông tư|hướng dẫn|chỉ thị|kết luận|văn bản|thông tri|kế hoạch)(?: liên tịch)? này`)
	// besides is what stands before "có hiệu lực" at the end of a list of what a
	// paper does: "… này thay thế …; bãi bỏ …; có hiệu lực từ ngày …".
	besides = regexp.MustCompile(`(?i)(?:[;,]|\sđồng thời|\svà)\s+(?:và |đồng thời )?có $`)
	// issuedOn is told of a document before it is told from when that holds.
	issuedOn   = regexp.MustCompile(`(?i)ban hành\s+(?:vào\s+)?ngày\s`)
	signingDay = regexp.MustCompile(`(?i)^(?:ký|ban hành)`)
)

const (
	maxBefore   = 160  // bytes before "có hiệu lực" in which "… này" stands
	maxList     = 1500 // bytes of the list before it, where "… này thay thế" begins the sentence
	maxToItself = 120  // bytes from the full stop to "… này thay thế" in that sentence
)

// readEffect reads from when the document holds, and tells an editor when it
// ends. Consolidated papers repeat the clauses of others and say nothing of
// themselves.
func (r *reader) readEffect(pages []storage.Page) {
	if r.number.Kind == "VBHN" {
		return
	}
	ends := false
	for i, page := range pages {
		text := strings.Join(strings.Fields(page.Text), " ")
		if i+1 < len(pages) { // a clause may run over the page's end
			next := strings.Join(strings.Fields(pages[i+1].Text), " ")
			text += " " + strings.ToValidUTF8(next[:min(len(next), 400)], "")
		}
		if r.facts.Effective == "" {
			r.effective(text, page.Number)
		}
		ends = ends || r.readEnd(text)
	}
}

func (r *reader) effective(text string, page int) {
	for _, at := range inForce.FindAllStringSubmatchIndex(text, -1) {
		from := max(0, at[0]-maxBefore)
		before := text[from:at[0]]
		if !thisPaper.MatchString(before) && !endsList(text[max(0, at[0]-maxList):at[0]]) || quoted(text, at[0]) || strings.HasSuffix(before, "hết ") {
			continue
		}
		if at[2] >= 0 { // the day follows without the word
			at[1] = at[2]
		}
		rest := text[at[1]:min(len(text), at[1]+60)]
		line := strings.ToValidUTF8(text[max(from, at[0]-80):min(len(text), at[1]+40)], "")
		c := cell{page: page, line: strings.TrimSpace(line)}
		if signingDay.MatchString(rest) {
			if r.facts.Issued != "" {
				r.facts.Effective = r.facts.Issued
				r.saw("effective", c, likely)
			}
			return
		}
		if found := citation.Dates("ngày " + rest); len(found) > 0 && found[0].Start == 0 {
			if r.ofAnother(text[max(0, at[0]-maxList):at[0]], storage.Date(found[0].ISO)) {
				continue
			}
			r.facts.Effective = storage.Date(found[0].ISO)
			r.saw("effective", c, sure)
			return
		}
	}
}

// ofAnother tells whether the day behind "hiệu lực", before which before stands,
// is that of the document named there: "… này bãi bỏ Quyết định số … được ban
// hành ngày … và có hiệu lực từ ngày …". A document that acts on another does
// not hold before it is issued, either.
func (r *reader) ofAnother(before string, day storage.Date) bool {
	if own := thisPaper.FindAllStringIndex(before, -1); len(own) > 0 {
		before = before[own[len(own)-1][1]:]
	}
	before = before[strings.LastIndexByte(before, ';')+1:]
	cited := citation.Cited(before)
	for _, c := range slices.Backward(cited) {
		if c.Number.Serial != "" {
			return issuedOn.MatchString(before[c.NumberStart:]) || r.facts.Issued != "" && day < r.facts.Issued
		}
	}
	return false
}

// endsList tells whether "hiệu lực" behind before is said of this paper, because
// it ends the list of what the paper does, with which the sentence begins.
func endsList(before string) bool {
	if !besides.MatchString(before[max(0, len(before)-40):]) {
		return false
	}
	for at := strings.LastIndex(before, ". "); at >= 0; at = strings.LastIndex(before[:at], ". ") {
		if first, _ := utf8.DecodeRuneInString(before[at+len(". "):]); unicode.IsUpper(first) {
			before = before[at:]
			break
		}
	}
	return selfActs.MatchString(before[:min(len(before), maxToItself)])
}

// quoted tells whether the byte at stands inside quotation marks: an amended
// clause, not the document's own.
func quoted(text string, at int) bool {
	from := max(0, at-3000)
	open, end := strings.LastIndex(text[from:at], "“"), strings.LastIndex(text[from:at], "”")
	return open > end
}
