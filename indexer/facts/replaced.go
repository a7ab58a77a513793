package facts

import (
	"regexp"
	"strings"

	"vankien/indexer/citation"
)

var (
	replaces   = regexp.MustCompile(`(?i)(?:luật|nghị định|nghị quyết|quyết định|quy định|quy chế|thông tư|hướng dẫn|chỉ thị|kết luận|thông tri) này (?:có hiệu lực[^.;]{0,120}?(?:và|,) )?thay thế(?: cho)?\s`)
	ended      = regexp.MustCompile(`(?i)hết hiệu lực (?:thi hành )?(?:kể )?từ ngày (?:\S+ ){1,3}này có hiệu lực`)
	endedList  = regexp.MustCompile(`(?i)từ ngày (?:\S+ ){1,3}này có hiệu lực(?: thi hành)?,? (?:các|những) [^.;:]{0,80}?sau(?: đây)? hết hiệu lực(?: thi hành)?\s*:`)
	nextClause = regexp.MustCompile(` (?:\d{1,2}\. \p{Lu}|Điều \d|TM\.|T/M|Nơi nhận)`)
	listItem   = regexp.MustCompile(`;| (?:[a-zđ]\)|[-+]) `)
	// Only what is repealed as a whole: "bãi bỏ Điều 5 của …" amends.
	repeals = regexp.MustCompile(`(?i)(?:luật|nghị định|nghị quyết|quyết định|quy định|quy chế|thông tư|hướng dẫn|chỉ thị|kết luận) này (?:có hiệu lực[^.;]{0,120}?(?:và|,|;) )?` +
		`bãi bỏ (?:toàn bộ )?(?:các (?:[^.;:]{1,60}: ?)?)?`)
)

const (
	maxSentence = 1500
	maxList     = 4000
	maxName     = 200 // bytes of a law's name before its number
)

// replaced are the documents that text says are replaced by its own: "Quy định
// này thay thế Quy định số …", "Thông tư số … hết hiệu lực kể từ ngày Thông tư
// này có hiệu lực", "Kể từ ngày Nghị định này có hiệu lực, các nghị định sau đây
// hết hiệu lực: …".
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
	for _, at := range endedList.FindAllStringIndex(text, -1) {
		if !quoted(text, at[0]) {
			found = append(found, listed(text[at[1]:min(len(text), at[1]+maxList)])...)
		}
	}
	return found
}

// listed are the documents that a list of ended ones names, the first of each
// item: an item goes on with what that one amended.
func listed(list string) (found []citation.Citation) {
	if at := nextClause.FindStringIndex(list); at != nil {
		list = list[:at[0]]
	}
	for _, item := range listItem.Split(" "+strings.ToValidUTF8(list, ""), -1) {
		item = strings.TrimSpace(item)
		if _, _, named := kindPrefix(item); !named {
			continue
		}
		if cited := citation.Find(item); len(cited) > 0 && cited[0].NumberStart < maxName {
			found = append(found, cited[0])
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

// repealed are the documents that text says its own repeals: "Quyết định này
// có hiệu lực … và bãi bỏ Quyết định số …".
func repealed(text string) (found []citation.Citation) {
	for _, at := range repeals.FindAllStringIndex(text, -1) {
		if !quoted(text, at[0]) {
			found = append(found, listed(sentenceFrom(text[at[1]:]))...)
		}
	}
	return found
}
