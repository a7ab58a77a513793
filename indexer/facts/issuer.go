package facts

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"vankien/analyzers"
	"vankien/indexer/citation"
	"vankien/storage"
)

// enacts is the verb of an enacting phrase, folded: "Ban Bí thư quy định".
var enactVerb = regexp.MustCompile(` (ban hanh|quyet dinh|quy dinh|huong dan|ket luan|chi thi|thong tri|quyet nghi|thong bao|yeu cau|thong qua|xay dung ke hoach|ra nghi quyet|thong nhat)\b`)

// readIssuer finds who issued the document. Central papers print BAN CHẤP HÀNH
// TRUNG ƯƠNG on top whoever issued them, so there T/M and the enacting phrase
// count, as T/M does for the standing committee of any other committee;
// everywhere else the letterhead is the issuer, and the phrase adds the post that
// decides ("Bộ trưởng Bộ …"). What a person says at a seminar nobody issued.
func (r *reader) readIssuer() {
	if r.paper.byPerson {
		return
	}
	head, headCell := r.letterhead()
	phrase, phraseCell := r.enactingBody()
	switch {
	case r.number.Issuer == "TW" || r.number.Issuer == "" && analyzers.FoldText(head) == "ban chap hanh trung uong":
		r.centralIssuer(head, headCell, phrase, phraseCell)
	case r.signedForStanding(head) && !strings.HasPrefix(analyzers.FoldText(phrase), "ban thuong vu "):
		r.standingIssuer(head, phrase)
	case phrase != "" && head == "":
		r.takeIssuer(phrase, phraseCell, likely)
	case phrase != "" && strings.Contains(head, ";") && !strings.Contains(phrase, ";"): // it names one of them
		r.takeIssuer(head, headCell, likely)
	case phrase != "":
		r.takeIssuer(eachCompleted(phrase, head), phraseCell, sure)
	case head != "" && !r.headOfOthers(head):
		r.takeIssuer(head, headCell, likely)
	default:
		if strings.HasSuffix(string(r.facts.Kind), "uật") { // whoever signs a law, the National Assembly made it
			r.takeIssuer("Quốc hội", r.kindCell(), likely)
		} else if found := citation.BodiesBySymbol(r.number.Issuer); len(found) > 0 && r.number.Issuer != "" {
			r.takeIssuer(found[0].Name, cell{page: 1, line: string(r.facts.Number)}, weak)
		} else if name := issuerOfKind[string(r.facts.Kind)]; name != "" {
			r.takeIssuer(name, r.kindCell(), weak)
		} else if head != "" {
			r.takeIssuer(head, headCell, weak)
		}
	}
}

// kindCell is the line that names the kind, for evidence.
func (r *reader) kindCell() cell {
	if r.kindAt < 0 {
		return cell{page: 1, line: string(r.facts.Number)}
	}
	return r.cells[r.kindAt]
}

// issuerOfKind are the kinds that only one body issues.
var issuerOfKind = map[string]string{"Nghị định": "Chính phủ", "Pháp lệnh": "Ủy ban Thường vụ Quốc hội"}

// headOfOthers tells whether the number's symbol contradicts the letterhead:
// a decree's is the Government's, whatever stands above it.
func (r *reader) headOfOthers(head string) bool {
	switch r.number.Issuer {
	case "CP", "TTg":
		return !strings.Contains(analyzers.FoldText(head), "chinh phu")
	}
	return false
}

func (r *reader) centralIssuer(head string, headCell cell, phrase string, phraseCell cell) {
	first, _, _ := strings.Cut(r.sign.role, " – ") // the post behind T/M may be "ỦY VIÊN BỘ CHÍNH TRỊ" of the Secretariat
	signed := centralBody(analyzers.FoldText(first))
	enacted := centralBody(analyzers.FoldText(phrase))
	switch {
	case signed != "":
		r.takeIssuer(signed, r.sign.cell, sure)
		if enacted != "" && enacted != signed {
			r.issue("Cơ quan trong lời ban hành (" + enacted + ") khác cơ quan ký thay mặt (" + signed + ").")
		}
	case enacted != "":
		r.takeIssuer(enacted, phraseCell, sure)
	case phrase != "":
		r.takeIssuer(phrase, phraseCell, likely)
	case head != "":
		r.takeIssuer(head, headCell, weak)
		r.issue("Chỉ đọc được tiêu đề “" + head + "”; cần xem lời ban hành và chữ ký để biết cơ quan ban hành.")
	}
}

// centralBody is the central body that folded text names.
func centralBody(fold string) string {
	switch {
	case strings.Contains(fold, "bo chinh tri"):
		return "Bộ Chính trị"
	case strings.Contains(fold, "ban bi thu"):
		return "Ban Bí thư"
	case strings.Contains(fold, "ban chap hanh trung uong"):
		return "Ban Chấp hành Trung ương"
	}
	return ""
}

func (r *reader) takeIssuer(name string, c cell, confidence float64) {
	r.facts.Issuer = storage.Printed(name)
	r.saw("issuer", c, confidence)
}

// enactingBody is the body that an enacting phrase names: a line in capitals
// before the reasons or before QUYẾT ĐỊNH, "CỦA BỘ CHÍNH TRỊ" under the kind,
// or a sentence "Bộ trưởng Bộ Công an ban hành Thông tư …".
func (r *reader) enactingBody() (string, cell) {
	if r.letter {
		return "", cell{}
	}
	for i := max(r.kindAt, 0) + 1; i < len(r.cells); i++ {
		c := r.cells[i]
		if c.begins() && i > r.kindAt+1 {
			break
		}
		if strings.HasPrefix(c.fold, "cua ") && i <= r.kindAt+2 && namesBody(c.fold[len("cua "):]) {
			name := numberTail.ReplaceAllString(c.text[strings.IndexByte(c.text, ' ')+1:], "")
			if utf8.RuneCountInString(name) < 60 {
				return proper(name), c
			}
		}
		if name, ok := r.capitalBody(i); ok {
			return name, c
		}
		if name, ok := r.sentenceBody(i); ok {
			return name, c
		}
	}
	return "", cell{}
}

// numberTail is what may follow the body in one line: "… SỐ 12/2031/NĐ-CP NGÀY …".
var numberTail = regexp.MustCompile(`(?i)\s+số\s.*$`)

func (r *reader) capitalBody(i int) (string, bool) {
	c := r.cells[i]
	text := strings.TrimRight(c.text, " ,:")
	if c.seen {
		text = spelledBody(strings.Trim(text, wordEdge))
	}
	if !capitals(text) || !namesBody(c.fold) || i+1 >= len(r.cells) || !c.alone {
		return "", false
	}
	if at := enactTail.FindStringIndex(analyzers.FoldText(text)); at != nil && i > r.body {
		k := len(strings.Fields(analyzers.FoldText(text)[:at[0]]))
		return proper(strings.Join(strings.Fields(text)[:k], " ")), true
	}
	at := i + 1
	if placeNoun(r.cells[at].fold) && capitals(r.cells[at].text) {
		text, at = text+" "+r.cells[at].text, at+1
	}
	if at = r.behindSession(at); at >= len(r.cells) {
		return "", false
	}
	text = withoutSession(text)
	next := r.cells[at]
	if next.basis() && r.enacts(i) || enacting.MatchString(next.fold) || capitals(next.text) && enactWord.MatchString(next.fold) && i > r.body {
		return proper(text), true
	}
	return "", false
}

// enactTail ends the line of the body: "BAN THƯỜNG VỤ TỈNH ỦY QUYẾT ĐỊNH".
var enactTail = regexp.MustCompile(` (quyet dinh|quy dinh|quyet nghi|ra nghi quyet|huong dan|ket luan|chi thi)$`)

var enactWord = regexp.MustCompile(`^(quyet dinh|quy dinh|quyet nghi|huong dan|ket luan|chi thi)\b`)

// sentenceBody reads "Bộ trưởng Bộ Công an ban hành …" at the beginning of a
// sentence. The name may run over the line's end.
func (r *reader) sentenceBody(i int) (string, bool) {
	c := r.cells[i]
	text := strings.TrimLeft(c.text, "-– ")
	if !namesBody(analyzers.FoldText(text)) || capitals(text) || i < r.body || c.basis() || i > 0 && continued(r.cells[i-1]) || r.addressed(i) {
		return "", false
	}
	if i+1 < len(r.cells) && utf8.RuneCountInString(text) < 100 && !ends(text) {
		text += " " + r.cells[i+1].text
	}
	words := strings.Fields(text)
	fold := ""
	for n, w := range words {
		if n > 18 {
			break
		}
		fold += " " + analyzers.FoldText(w)
		at := enactVerb.FindStringIndex(fold)
		if at == nil {
			continue
		}
		k := len(strings.Fields(fold[:at[0]]))
		if k < 2 || n+1 < len(words) && analyzers.FoldText(words[n+1]) == "so" { // a document is named, nothing enacted
			return "", false
		}
		name := strings.TrimRight(strings.Join(words[:k], " "), ",")
		if strings.HasSuffix(analyzers.FoldText(name), " nay") || strings.ContainsAny(name, ";:") {
			return "", false
		}
		return proper(withoutSession(name)), true
	}
	return "", false
}

// addressed tells whether cell i is one of those a paper is sent to: "Kính gửi"
// and the lines below it, each of which a dash begins or the line above, not yet
// ended, runs into.
func (r *reader) addressed(i int) bool {
	for ; i > r.body; i-- {
		above := r.cells[i-1].text
		open := strings.HasSuffix(above, ":") || strings.HasSuffix(above, ",") || strings.HasSuffix(above, ";")
		if r.cells[i].basis() || !open && (r.cells[i].after || !strings.HasPrefix(r.cells[i].text, "-")) {
			return false
		}
	}
	return i < len(r.cells) && strings.HasPrefix(r.cells[i].fold, "kinh gui")
}

// ends tells whether a line ends a sentence or an item.
func ends(text string) bool {
	return strings.HasSuffix(text, ".") || strings.HasSuffix(text, ";") || strings.HasSuffix(text, ":")
}

// continued tells whether the line before runs on into the next.
func continued(c cell) bool {
	return !strings.HasSuffix(c.text, ";") && !strings.HasSuffix(c.text, ",") && !strings.HasSuffix(c.text, ".") && !c.rule() && !capitals(c.text)
}
