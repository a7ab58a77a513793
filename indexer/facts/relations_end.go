package facts

import (
	"regexp"
	"strings"

	"vankien/analyzers"
	"vankien/indexer/citation"
	"vankien/storage"
)

var (
	// ended are the two orders of "… hết hiệu lực kể từ ngày Quy định này có hiệu lực".
	noLonger   = `(?:hết hiệu lực|không còn hiệu lực|chấm dứt hiệu lực|(?:bị |được |đều )?(?:bãi bỏ|hủy bỏ|huỷ bỏ)|được thay thế)`
	endedBy    = regexp.MustCompile(`(?i:` + noLonger + `(?: thi hành)?(?: toàn bộ)?,? (?:(?:kể )?(?:từ|khi)|bởi|bằng|theo)[^.;:]{0,60}? này)`)
	sinceThis  = regexp.MustCompile(`(?i:(?:từ|khi) (?:ngày |thời điểm )?` + ownKinds + ` này (?:có hiệu lực|được ban hành|ban hành)(?: thi hành)?,?\s)`)
	endedOn    = regexp.MustCompile(`(?i:(?:hết|không còn) hiệu lực(?: thi hành)?,? (?:kể )?từ ngày \d)`)
	endedWords = regexp.MustCompile(`(?i:` + noLonger + `)`)
	condition  = regexp.MustCompile(`(?i:(?:^|[\s,;])(?:nếu|trường hợp|khi có)\s)`)
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
	// under stands before a document by which something else was given: "Giấy chứng nhận cấp theo".
	under    = regexp.MustCompile(`(?i:\stheo\s+(?:các\s+)?$)`)
	attached = regexp.MustCompile(`(?i:(?:kèm|ban hành)\s+theo\s+(?:các\s+)?$)`)
)

// readEnded reads that documents end, as their own sentence tells it.
func (s *statements) readEnded(c clause, text string) (storage.RelationKind, bool) {
	if at := endedBy.FindStringIndex(text); at != nil && refersToSelf.MatchString(text[at[0]:at[1]]) {
		if conditional(text[:at[0]]) {
			return "", false
		}
		kind := endKind(text[at[0]:at[1]])
		s.say(kind, excepted(s.ending(c.from, c.from+at[0]), text[at[1]:]), c)
		return kind, true
	}
	if at := endedOn.FindStringIndex(text); at != nil && s.r.facts.Effective != "" && !conditional(text[:at[0]]) {
		if found := citation.Dates(text[at[0]:]); len(found) > 0 && storage.Date(found[0].ISO) == s.r.facts.Effective {
			s.say(storage.Replaces, excepted(s.ending(c.from, c.from+at[0]), text[at[1]:]), c)
			return "", true
		}
	}
	since := sinceThis.FindStringIndex(text)
	if since == nil {
		return s.readEndedAlone(c, text)
	}
	at := endedWords.FindStringIndex(text[since[1]:])
	if at == nil || conditional(text[:since[1]+at[0]]) {
		return "", false
	}
	kind := endKind(text[since[1]+at[0] : since[1]+at[1]])
	objects := excepted(s.ending(c.from+since[1], c.from+since[1]+at[0]), text[since[1]+at[1]:])
	if len(objects) == 0 {
		objects = s.ending(c.from+since[1]+at[1], c.to)
	}
	s.say(kind, objects, c)
	return kind, true
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
	objects := s.ending(c.from, c.from+at[0])
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

// ending are the documents between from and to that end, as the verb before or
// behind says. What was given under one is not it: "Giấy chứng nhận cấp theo
// Quyết định số …".
func (s *statements) ending(from, to int) []object {
	objects := s.objects(from, to)
	if len(objects) > 0 {
		if lead := s.t.flat[from:objects[0].from]; under.MatchString(" "+lead) && !attached.MatchString(lead) {
			return nil
		}
	}
	return objects
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
