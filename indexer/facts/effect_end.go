package facts

import (
	"regexp"
	"strings"

	"vankien/indexer/citation"
)

const ownPaper = `(?:(?i:(?:\s(theo|của|tại|bởi|với|trong|ngày|khi|từ|do|và|trước|sau|cùng|về|kèm)|^)\s+)|^|\S\s+)(?-i:Luật|Bộ luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Quy định|Quy chế|Thông tư|Hướng dẫn|Chỉ thị|Kết luận|Văn bản|Thông tri|Kế hoạch|Chương trình|Thông báo)(?: liên tịch)? này`

var (
	// ownEnd tells from when this paper itself no longer holds.
	ownEnd = regexp.MustCompile(`(?i)` + ownPaper + `(?:\s(?:có hiệu lực|được thực hiện|được áp dụng)[^.;]{0,60}?(?:,|\svà)(?:\svà)?)?(?:\s(?:sẽ|tự động|đương nhiên))*\s(?:hết|không còn|chấm dứt) hiệu lực(?: thi hành)?,?\s((?:kể )?từ|sau|vào|đến)\s(hết )?ngày\s+`)
	// ownTerm tells until when it holds, or the last words of a list of what it does.
	ownTerm = regexp.MustCompile(`(?i)(?:` + ownPaper + `|([;,]|\svà))(?:\s(?:và|đồng thời))?\s(?:có hiệu lực|được thực hiện|được áp dụng)(?: thi hành| thực hiện)?(?:,?\s(?:kể )?từ\s[^.;]{0,50}?)?(?:,|\svà)?(?:\s(?:được |có )?(?:thực hiện|áp dụng|hiệu lực|thi hành))?\sđến (hết )?(?:ngày\s+|(năm \d{4}))`)
)

// readEnd tells an editor when this paper itself ends, which is no fact of its
// own, and tells whether it says so in text.
func (r *reader) readEnd(text string) bool {
	lower := strings.ToLower(text)
	return anyOf(lower, ownEndWords) && r.readOwnEnd(text) || anyOf(lower, ownTermWords) && r.readOwnTerm(text)
}

// Words of which an expression needs one, which is sooner found out.
var (
	ownEndWords  = []string{"hết hiệu lực", "không còn hiệu lực", "chấm dứt hiệu lực"}
	ownTermWords = []string{"đến ngày", "đến hết", "đến năm"}
)

func (r *reader) readOwnEnd(text string) bool {
	for _, at := range ownEnd.FindAllStringSubmatchIndex(text, -1) {
		if day := dayAt(text, at[1]); day != "" && at[2] < 0 && !quoted(text, at[0]) {
			since := strings.TrimPrefix(strings.ToLower(text[at[4]:at[5]]), "kể ")
			if at[6] >= 0 {
				since += " hết"
			}
			r.issue("Văn bản ghi hết hiệu lực " + since + " ngày " + day + "; cần xem lại hiệu lực.")
			return true
		}
	}
	return false
}

func (r *reader) readOwnTerm(text string) bool {
	for _, at := range ownTerm.FindAllStringSubmatchIndex(text, -1) {
		until := "ngày " + dayAt(text, at[1])
		if at[8] >= 0 {
			until = text[at[8]:at[9]]
		}
		if until == "ngày " || at[2] >= 0 || quoted(text, at[0]) || at[4] >= 0 && !endsList(text[max(0, at[0]-maxList):at[5]]+" có ") {
			continue
		}
		if at[6] >= 0 {
			until = "hết " + until
		}
		r.issue("Văn bản ghi có hiệu lực đến " + until + "; cần xem lại hiệu lực.")
		return true
	}
	return false
}

// dayAt is the day that text has at byte at, as an editor writes it, "" for none.
func dayAt(text string, at int) string {
	found := citation.Dates("ngày " + text[at:min(len(text), at+60)])
	if len(found) == 0 || found[0].Start != 0 {
		return ""
	}
	return vietnameseDay(found[0].ISO)
}
