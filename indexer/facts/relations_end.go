package facts

import (
	"regexp"
	"slices"
	"strings"

	"vankien/analyzers"
	"vankien/indexer/citation"
	"vankien/storage"
)

var (
	// ended are the two orders of "… hết hiệu lực kể từ ngày Quy định này có hiệu lực".
	noLonger   = `(?:hết hiệu lực|không còn hiệu lực|chấm dứt hiệu lực|(?:bị |được |đều )?(?:bãi bỏ|hủy bỏ|huỷ bỏ)|được thay thế)`
	endedBy    = regexp.MustCompile(`(?i:` + noLonger + `(?: thi hành)?(?: toàn bộ| một phần)?,? (?:(?:kể )?(?:từ|khi)|bởi|bằng|theo)[^.;:]{0,60}? này)`)
	sinceThis  = regexp.MustCompile(`(?i:(?:từ|khi) (?:ngày |thời điểm )?` + ownKinds + ` này (?:có hiệu lực|được ban hành|ban hành)(?: thi hành)?,?\s)`)
	endedOn    = regexp.MustCompile(`(?i:(?:hết|không còn) hiệu lực(?: thi hành)?,? (?:kể )?từ ngày \d)`)
	endedWords = regexp.MustCompile(`(?i:` + noLonger + `)`)
	// partEnds are the same of a part, wherever that is.
	partEnds = regexp.MustCompile(`^(?i:` + noLonger + `(?: thi hành)? một phần(?:[\s.,;]|$))`)
	// denied stands before words of ending that end nothing.
	denied = regexp.MustCompile(`(?i:\s(?:không|chưa|chỉ|chẳng|có thể|cần)(?:\s(?:thể|có thể))?(?:\s(?:bị|được|phải|đương nhiên|tự động))*\s*$)`)
	// ofBefore stands before what has happened without this document.
	ofBefore  = regexp.MustCompile(`(?i:\s(?:đã|vừa)(?:\s(?:bị|được))*\s*$)`)
	condition = regexp.MustCompile(`(?i:(?:^|[\s,;])(?:nếu|trường hợp|khi có)\s)`)
	// endedAlone ends a sentence that names no successor: "Quyết định số … hết hiệu lực thi hành."
	endedAlone = regexp.MustCompile(`(?i:(?:,?\s(?:đều|sẽ|cũng|nay))?,?\s(?:hết hiệu lực|không còn hiệu lực|chấm dứt hiệu lực)(?: thi hành)?(?: toàn bộ)?(,? (?:kể )?từ (?:ngày )?\d[^.;:,]{0,40})?\s*(?:[.;]|$|[,(]?\s*(?:trừ|ngoại trừ)\s))`)
	// endedList leads a list of such documents.
	endedList = regexp.MustCompile(`^(?i:(?:các|những)\s+[^.;:]{0,80}(?:sau|dưới đây|sau đây)(?:\s+đều)?\s+(?:hết hiệu lực|không còn hiệu lực|chấm dứt hiệu lực)(?: thi hành)?(?: toàn bộ)?\s*:\s*$)`)
	aKind     = regexp.MustCompile(`^(?i:(?:các )?` + ownKinds + `\s)`)
	// wholePaper stands before the first document of such a sentence, or a part of it.
	wholePaper = regexp.MustCompile(`^(?i:(?:(?:các|những|toàn bộ|quy định|quy chế|tại|của|và|ban hành|kèm theo|(?:điều|khoản|điểm|chương|mục|phần|phụ lục)(?: (?:\d{1,3}[a-zđ]?|[a-zđ]|[ivxl]{1,5}))?),?\s+)*)$`)
	// otherEnds stands between document and verb where something else ends, or
	// nothing does yet.
	otherEnds = regexp.MustCompile(`(?i:\s(?:mà|thì|nếu)\s|\scó\s(?:các |những |một số )?(?:nội dung|quy định|điều|khoản|điểm|phần|chương)\s|` +
		`\s(?:giấy|hợp đồng|chứng chỉ|chứng nhận|thẻ|thỏa thuận|thoả thuận|phiếu|văn bằng|bảo lãnh|ủy quyền|uỷ quyền|hiệp định|cam kết|quyền|nghĩa vụ|thời hạn)\s[^.;,]{0,60}$|\s(?:đã|chưa|không|sắp|gần|vừa|còn|có thể|phải|khi|trước khi|sau khi|đến khi|là|bị coi là)\s*$)`)
	// saying stands before a document that another one only tells of.
	saying = regexp.MustCompile(`(?i:(?::|\s(?:quy định|nêu|nêu rõ|ghi|ghi rõ|công bố|xác định|thông báo|tuyên bố|khẳng định|cho biết)(?: rằng| là)?)\s+(?:các )?$)`)
	// ownEffect may stand before such a sentence.
	ownEffect = regexp.MustCompile(`^(?i:` + ownKinds + ` này có hiệu lực[^.;,]{0,80}[;,]\s+(?:và\s+)?)`)
)

// readEnded reads that documents end, as their own sentence tells it.
func (s *statements) readEnded(c clause, text string) (storage.RelationKind, bool) {
	if at := endedBy.FindStringIndex(text); at != nil && refersToSelf.MatchString(text[at[0]:at[1]]) {
		if conditional(text[:at[1]]) || denied.MatchString(text[:at[0]]) || s.namesIn(clause{from: c.from + at[0], to: c.from + at[1]}) {
			return "", false
		}
		kind := endKind(text[at[0]:at[1]])
		objects := excepted(s.affected(kind, c.from, c.from+at[0]), text[at[1]:])
		s.say(kind, partly(objects, text[at[0]:]), c)
		return kind, true
	}
	if at := endedOn.FindStringIndex(text); at != nil && s.r.facts.Effective != "" && !conditional(text[:at[0]]) {
		if found := citation.Dates(text[at[0]:]); len(found) > 0 && storage.Date(found[0].ISO) == s.r.facts.Effective {
			if denied.MatchString(text[:at[0]]) || ofBefore.MatchString(text[:at[0]]) {
				return "", false
			}
			s.say(storage.Replaces, excepted(s.affected(storage.Replaces, c.from, c.from+at[0]), text[at[1]:]), c)
			return "", true
		}
	}
	if since := sinceThis.FindStringIndex(text); since != nil {
		return s.readEndedSince(c, text, since[1])
	}
	return s.readEndedAlone(c, text)
}

// readEndedSince reads that documents end from when this one holds, as a clause
// says from byte since of its text on.
func (s *statements) readEndedSince(c clause, text string, since int) (storage.RelationKind, bool) {
	at := endedWords.FindStringIndex(text[since:])
	if at == nil {
		return "", false
	}
	begin, end := since+at[0], since+at[1]
	if before := text[:begin]; conditional(before) || denied.MatchString(before) || ofBefore.MatchString(before) || s.byAnother(text[end:], c.from+end) {
		return "", false
	}
	kind := endKind(text[begin:end])
	objects := partly(excepted(s.affected(kind, c.from+since, c.from+begin), text[end:]), text[begin:])
	if len(objects) == 0 {
		objects = s.affected(kind, c.from+end, c.to)
	}
	s.say(kind, objects, c)
	return kind, true
}

// agent names who ends a document.
var agent = regexp.MustCompile(`^(?i:(?: thi hành)?\s+(?:bởi|bằng|theo)\s)`)

// byAnother tells whether text, which stands at byte from behind words of
// ending, says that another document has ended it.
func (s *statements) byAnother(text string, from int) bool {
	at := agent.FindStringIndex(text)
	return at != nil && s.namesIn(clause{from: from + at[1], to: from + at[1] + 1})
}

// partly are objects of which only a part ends, where words, which begin with
// those of ending, say so.
func partly(objects []object, words string) []object {
	if !partEnds.MatchString(words) {
		return objects
	}
	objects = slices.Clone(objects)
	for i := range objects {
		objects[i].part = true
	}
	return objects
}

// readEndedAlone reads that documents end without a word of this one: "Quyết
// định số … hết hiệu lực thi hành." Only documents that dispose of others say
// so of their own; a report tells what has happened.
func (s *statements) readEndedAlone(c clause, text string) (storage.RelationKind, bool) {
	if !s.disposes() || c.from >= s.t.ends {
		return "", false
	}
	if endedList.MatchString(text) {
		return storage.Repeals, true
	}
	if lead := len(ownEffect.FindString(text)); lead > 0 {
		c, text = clause{c.from + lead, c.to, c.marker}, text[lead:]
	}
	at := endedAlone.FindStringSubmatchIndex(text)
	if at == nil || conditional(text[:at[0]]) {
		return "", false
	}
	objects := s.affected(storage.Repeals, c.from, c.from+at[0])
	if len(objects) == 0 || !wholePaper.MatchString(text[:objects[0].from-c.from]) || otherEnds.MatchString(text[objects[0].to-c.from:at[0]]+" ") {
		return "", false
	}
	for i := s.from(objects[0].to); i < len(s.all) && s.all[i].from < c.from+at[0]; i++ {
		if saying.MatchString(s.t.flat[objects[0].to:s.all[i].from]) {
			return "", false
		}
	}
	objects = excepted(objects, text[at[0]:])
	if at[2] < 0 {
		s.say(storage.Repeals, objects, c)
		return "", true
	}
	return "", s.endOn(text[at[2]:at[3]], objects, c)
}

// endOn keeps that documents end on the day that words name. A day before this
// document is what happened without it; one that is to come ends nothing yet,
// so an editor has to see to it.
func (s *statements) endOn(words string, objects []object, c clause) bool {
	found := citation.Dates(words)
	f := s.r.facts
	if len(found) == 0 {
		return false
	}
	switch day := storage.Date(found[0].ISO); {
	case f.Issued != "" && day < f.Issued:
		return false
	case f.Issued != "" && day <= max(f.Issued, f.Effective):
		s.say(storage.Repeals, objects, c)
	default:
		for _, o := range objects {
			s.add(storage.Repeals, o, false)
			s.spoken(o.mention)
			s.tell("Văn bản ghi " + o.target() + " hết hiệu lực từ ngày " + vietnameseDay(string(day)) + "; đến ngày đó cần xem lại hiệu lực của " + o.target() + ".")
		}
		s.evidence(storage.Repeals, c, likely)
	}
	return true
}

// disposes tells whether the document is of a kind that ends others.
func (s *statements) disposes() bool {
	switch s.r.facts.Kind {
	case "Kết luận", "Chỉ thị", "Nghị quyết", "Hướng dẫn", "Thông tri":
		return true
	}
	return s.enacts
}

// conditional tells whether what follows text only may be so.
func conditional(text string) bool {
	return condition.MatchString(strings.ReplaceAll(text, "trừ trường hợp", ""))
}

// endKind is the kind of relation that words of ending tell.
func endKind(words string) storage.RelationKind {
	if fold := analyzers.FoldText(words); strings.Contains(fold, "bai bo") || strings.Contains(fold, "huy bo") {
		return storage.Repeals
	}
	return storage.Replaces
}
