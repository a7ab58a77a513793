package facts

import (
	"regexp"
	"strings"

	"vankien/indexer/citation"
	"vankien/storage"
)

var (
	inForce    = regexp.MustCompile(`(?i)(?:hiệu lực (?:thi hành )?(?:kể )?(?:từ )?|thực hiện (?:kể )?từ )ngày\s*`)
	thisPaper  = regexp.MustCompile(`(?i)(?:luật|pháp lệnh|nghị định|nghị quyết|quyết định|quy định|quy chế|thông tư|hướng dẫn|chỉ thị|kết luận|văn bản|thông tri|kế hoạch)(?: liên tịch)? này`)
	replaces   = regexp.MustCompile(`(?i)(?:luật|nghị định|nghị quyết|quyết định|quy định|quy chế|thông tư|hướng dẫn|chỉ thị|kết luận|thông tri) này (?:có hiệu lực[^.;]{0,120}?(?:và|,) )?thay thế(?: cho)?\s`)
	ended      = regexp.MustCompile(`(?i)hết hiệu lực (?:thi hành )?(?:kể )?từ ngày (?:\S+ ){1,3}này có hiệu lực`)
	signingDay = regexp.MustCompile(`(?i)^(?:ký|ban hành)`)
)

const (
	maxBefore   = 160 // bytes before "có hiệu lực" in which "… này" stands
	maxSentence = 1500
	maxName     = 200 // bytes of a law's name before its number
)

// readEffect reads from when the document holds and what it expressly
// replaces. Consolidated papers repeat the clauses of others and say nothing
// of themselves.
func (r *reader) readEffect(pages []storage.Page) {
	if r.number.Kind == "VBHN" {
		return
	}
	seen := map[string]bool{}
	for i, page := range pages {
		text := strings.Join(strings.Fields(page.Text), " ")
		if i+1 < len(pages) { // a clause may run over the page's end
			next := strings.Join(strings.Fields(pages[i+1].Text), " ")
			text += " " + strings.ToValidUTF8(next[:min(len(next), 400)], "")
		}
		if r.facts.Effective == "" {
			r.effective(text, page.Number)
		}
		for _, c := range replaced(text) {
			target := c.Number.String()
			if c.Number.Issuer == "" || seen[target] || target == string(r.facts.Number) {
				continue
			}
			seen[target] = true
			r.facts.Relations = append(r.facts.Relations, storage.Relation{
				Kind: storage.Replaces, Target: target, Date: storage.Date(c.Date), Explicit: true,
			})
		}
	}
}

// replaced are the documents that text says are replaced by its own: "Quy định
// này thay thế Quy định số …", "Thông tư số … hết hiệu lực kể từ ngày Thông tư
// này có hiệu lực".
func replaced(text string) []citation.Citation {
	var found []citation.Citation
	for _, at := range replaces.FindAllStringIndex(text, -1) {
		if !quoted(text, at[0]) {
			found = append(found, citation.Find(sentenceFrom(text[at[1]:]))...)
		}
	}
	for _, at := range ended.FindAllStringIndex(text, -1) {
		if quoted(text, at[0]) {
			continue
		}
		from := max(0, at[0]-maxSentence)
		sentence := text[from:at[0]]
		if stop := strings.LastIndex(sentence, ". "); stop >= 0 {
			sentence = sentence[stop+2:]
		}
		sentence = strings.ToValidUTF8(sentence, "")
		if _, _, named := kindPrefix(sentence); !named {
			continue
		}
		if cited := citation.Find(sentence); len(cited) > 0 && cited[0].NumberStart < maxName {
			found = append(found, cited[0]) // the others only amended it
		}
	}
	return found
}

// sentenceFrom is s up to the end of its sentence; a stop inside a number or a
// date is none.
func sentenceFrom(s string) string {
	s = s[:min(len(s), maxSentence)]
	for i := 0; i+1 < len(s); i++ {
		if s[i] == '.' && s[i+1] == ' ' {
			return s[:i]
		}
	}
	return strings.ToValidUTF8(s, "")
}

func (r *reader) effective(text string, page int) {
	for _, at := range inForce.FindAllStringIndex(text, -1) {
		from := max(0, at[0]-maxBefore)
		before := text[from:at[0]]
		if !thisPaper.MatchString(before) || quoted(text, at[0]) || strings.HasSuffix(before, "hết ") {
			continue
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
			r.facts.Effective = storage.Date(found[0].ISO)
			r.saw("effective", c, sure)
			return
		}
	}
}

// quoted tells whether the byte at stands inside quotation marks: an amended
// clause, not the document's own.
func quoted(text string, at int) bool {
	from := max(0, at-3000)
	open, end := strings.LastIndex(text[from:at], "“"), strings.LastIndex(text[from:at], "”")
	return open > end
}
