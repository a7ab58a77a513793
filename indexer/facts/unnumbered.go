package facts

import (
	"regexp"
	"strings"

	"vankien/analyzers"
	"vankien/indexer/citation"
)

// paper is a kind that never has a number: what is read at seminars, studied
// in branches or asked and answered. Its name stands in capitals under the
// head of whoever organised or published it, its title below.
type paper struct {
	name     string
	printed  []string // folded, without dashes
	byPerson bool     // a person speaks: the head names the organiser, not the author
}

var papers = []paper{
	{"Tham luận", []string{"tham luan", "bai tham luan", "bao cao tham luan"}, true},
	{"Bài phát biểu", []string{"bai phat bieu", "phat bieu"}, true},
	{"Diễn văn", []string{"dien van"}, true},
	{"Hỏi - đáp", []string{"hoi dap", "hoi va dap"}, false},
	{"Tài liệu", []string{"tai lieu"}, false},
	{"Đề cương", []string{"de cuong"}, false},
	{"Chuyên đề", []string{"chuyen de"}, false},
	{"Sổ tay", []string{"so tay"}, false},
	{"Kỷ yếu", []string{"ky yeu"}, false},
}

var (
	dash     = regexp.MustCompile(`[\s\-–—]+`)
	notPaper = regexp.MustCompile(`^(tham khao|kem theo|luu hanh|nay|trinh|gui)\b`)
	ordinal  = regexp.MustCompile(`^(?i:số )?\d{1,3}\s*[:.]?\s*`)
	event    = regexp.MustCompile(`^["“(]*(tai |trinh bay tai )?(hoi thao|toa dam|dien dan)\b`)
	occasion = regexp.MustCompile(`^["“(]*(trinh bay |doc )?tai (hoi thao|hoi nghi|dai hoi|toa dam|dien dan|le )`)
	byline   = regexp.MustCompile(`^(tac gia|nguoi (trinh bay|viet|bien soan)|bao cao vien|nhom tac gia|don vi|dong chi|cua dong chi)\b`)
)

// paperOf reads the name of such a kind, in capitals, at the beginning of a
// line, and what the line says after it.
func paperOf(text string) (p paper, rest string, ok bool) {
	words := strings.Fields(dash.ReplaceAllString(text, " "))
	for _, candidate := range papers {
		for _, printed := range candidate.printed {
			n := strings.Count(printed, " ") + 1
			if n > len(words) {
				continue
			}
			name := strings.Join(words[:n], " ")
			if strings.Trim(analyzers.FoldText(name), ".:*\"“”") != printed || !capitals(name) {
				continue
			}
			rest = behindWords(text, n)
			if !notPaper.MatchString(analyzers.FoldText(rest)) {
				return candidate, rest, true
			}
		}
	}
	return paper{}, "", false
}

// behindWords is text behind its first n words; dashes are none.
func behindWords(text string, n int) string {
	for ; n > 0; n-- {
		text = strings.TrimLeft(text, " -–—")
		end := strings.IndexAny(text, " -–—")
		if end < 0 {
			return ""
		}
		text = text[end:]
	}
	return strings.Trim(text, " -–—.:*")
}

// readPaper finds the name of a kind without a number in the first head. A
// document with a number, a subject of a letter or the name of a numbered kind
// above is none of these.
func (r *reader) readPaper() bool {
	if _, subject := r.subjectCell(); subject || r.number.Issuer != "" || r.number.Kind != "" {
		return false
	}
	for i, c := range r.cells[:r.body] {
		if c.basis() || c.row > headLines {
			return false
		}
		if k, numbered := kindsByCompact[compact(strings.Trim(c.fold, " .:*-_"))]; numbered && k.Name != "" && capitals(c.text) {
			return false
		}
		if isMark(c) || !c.alone {
			continue
		}
		if p, rest, ok := paperOf(c.text); ok && (p.byPerson || r.belowHead(i)) {
			confidence := likely
			if rest == "" {
				confidence = sure
			}
			r.takeKind(citation.Kind{Name: p.name}, i, confidence)
			r.kindRest, r.paper = ordinal.ReplaceAllString(rest, ""), p
			return true
		}
	}
	return false
}

// belowHead tells whether cell i begins something new: DANH MỤC / TÀI LIỆU
// names no kind in its second line.
func (r *reader) belowHead(i int) bool {
	if i == 0 || r.cells[i].after {
		return true
	}
	above := r.cells[i-1]
	return !capitals(above.text) || above.rule() || above.motto() || above.date() || isMark(above) || namesBody(above.fold) || placeNoun(above.fold)
}

// aboutPaper tells whether a line near the title of such a paper says who
// speaks, where, or what for, and so is no part of the title.
func aboutPaper(c cell) bool {
	name := strings.Trim(rank.ReplaceAllString(c.text, ""), " .,*")
	return isPerson(name) || posts.MatchString(c.fold) || byline.MatchString(c.fold) || occasion.MatchString(c.fold) ||
		event.MatchString(c.fold) || strings.HasPrefix(c.text, "(")
}
