package facts

import (
	"regexp"
	"slices"
	"strings"

	"vankien/storage"
)

var (
	// acts are what a document does to others, where its own sentence begins with it.
	acts = regexp.MustCompile(`^(?i:(?:nay |cho |công bố )?(?:(thay thế|thay cho)|((?:bãi bỏ|hủy bỏ|huỷ bỏ|chấm dứt hiệu lực|dừng hiệu lực|thu hồi))|((?:sửa đổi|bổ sung|đính chính|bỏ cụm từ|bỏ từ|gia hạn thời hạn (?:thực hiện|hiệu lực)|điều chỉnh(?:, bổ sung)? (?:một số|nội dung|khoản|điều \d|điểm|quyết định|nghị quyết|kế hoạch số))))(?:[\s,:]|$))`)
	// goesOnTo stands before another verb of the same sentence: "thay thế …; bãi
	// bỏ …". A comma may as well part the words of another document's subject.
	goesOnTo = regexp.MustCompile(`“[^“”]*”|"[^"]*"|((?:;|(?i:[\s,]đồng thời))\s+(?i:(?:và|đồng thời)\s+)*)`)
	// andAlso goes on to another document by "và", which may as well part the
	// words of a subject: only where the document follows at once.
	andAlso = regexp.MustCompile(`“[^“”]*”|"[^"]*"|(\svà\s+)(?i:bãi bỏ|hủy bỏ|huỷ bỏ|thay thế)\s`)
	// changed is the passive of acts: "Điều 3 Quy định số … được sửa đổi như sau:".
	changed = regexp.MustCompile(`(?i:(?:được|nay)(?:,? (?:sửa đổi|bổ sung|thay thế|đính chính))+(?: lại)? như sau)`)
	// selfActs are the same behind "Quy định này …".
	selfActs = regexp.MustCompile(`(?i:(` + ownKinds + ` này|^` + ownKinds + `)( (?:có hiệu lực|được thực hiện|được ban hành|ban hành|áp dụng)[^.;]{0,200}?(?:\s(?:và|đồng thời)|[,;]))?\s+(?:(thay thế|thay cho)|(bãi bỏ|hủy bỏ|huỷ bỏ|chấm dứt hiệu lực|thu hồi)|(sửa đổi|bổ sung|đính chính))(?:[\s,:]|$))`)
	// changes is in the subject of a document that itself ends or changes others.
	changes = regexp.MustCompile(`(?i:sửa đổi|bổ sung|bãi bỏ|hủy bỏ|huỷ bỏ|thay thế|đính chính)`)
	// alsoEnds goes on with "thu hồi": "thu hồi và hủy bỏ".
	alsoEnds = regexp.MustCompile(`^(?i:\s*(?:,|và)?\s*(?:bãi bỏ|hủy bỏ|huỷ bỏ)\s+)`)
	// atOnce stands between "thu hồi" and a document: land, certificates and titles
	// are withdrawn as well, by what names the document that gave them.
	atOnce = regexp.MustCompile(`^(?i:\s*(?:(?:toàn bộ|một phần|các|những|hiệu lực|thi hành|của)\s+)*)$`)
	// paperList is the same before a list of documents.
	paperList = regexp.MustCompile(`^(?i:\s*(?:(?:toàn bộ|các|những)\s+)*` + ownKinds + `(?:\s+sau(?:\s+đây)?)?\s*:\s*)$`)
)

// verb is what a document does to the objects from byte from on.
type verb struct {
	kind      storage.RelationKind
	withdraws bool // only where the objects follow at once
	from      int
}

// verbAt is the verb that acts or selfActs has found in text, whose first byte
// is byte begin of the running text.
func verbAt(text string, at []int, begin int) verb {
	v := verb{actOf(at), false, begin + at[1]}
	if at[4] >= 0 && strings.EqualFold(text[at[4]:at[5]], "thu hồi") {
		v.withdraws = true
		v.from += len(alsoEnds.FindString(text[at[1]:]))
	}
	return v
}

func actOf(at []int) storage.RelationKind {
	switch {
	case at[2] >= 0:
		return storage.Replaces
	case at[4] >= 0:
		return storage.Repeals
	}
	return storage.Amends
}

// act keeps what a verb of acts or selfActs does, and what the verbs that go on
// with its sentence do; at is where its match stands in the clause. The kind is
// that of the first verb, "" where it can have no documents for objects.
func (s *statements) act(at []int, c clause) storage.RelationKind {
	first := verbAt(s.t.flat[c.from:c.to], at, c.from)
	does := first
	for _, next := range s.goesOn(first.from, c.to) {
		if at := acts.FindStringSubmatchIndex(s.t.flat[next.to:c.to]); at != nil && next.to >= does.from {
			s.say(does.kind, s.done(does, next.from), c)
			does = verbAt(s.t.flat[next.to:c.to], at, next.to)
		}
	}
	s.say(does.kind, s.done(does, c.to), c)
	if first.withdraws && !s.papersFollow(first.from) && !paperList.MatchString(s.t.flat[first.from:c.to]) {
		return ""
	}
	return first.kind
}

// goesOn are the places between from and to where a sentence may go on to
// another verb, which stands behind each.
func (s *statements) goesOn(from, to int) []span {
	var all []span
	for _, at := range goesOnTo.FindAllStringSubmatchIndex(s.t.flat[from:to], -1) {
		if at[2] >= 0 { // no quotation
			all = append(all, span{from + at[2], from + at[3]})
		}
	}
	for _, at := range andAlso.FindAllStringSubmatchIndex(s.t.flat[from:to], -1) {
		if at[2] < 0 || !s.papersFollow(from+at[1]) {
			continue
		}
		before := s.from(from+at[2]) - 1
		if before >= 0 && s.all[before].from >= from && !changes.MatchString(s.t.flat[s.all[before].to:from+at[2]]) {
			all = append(all, span{from + at[2], from + at[3]})
		}
	}
	slices.SortFunc(all, func(a, b span) int { return a.from - b.from })
	return all
}

// done are the objects of a verb up to byte to.
func (s *statements) done(v verb, to int) []object {
	if v.withdraws && !s.papersFollow(v.from) {
		return nil
	}
	return s.affected(v.kind, v.from, to)
}

// papersFollow tells whether the next words from byte from on name a document.
func (s *statements) papersFollow(from int) bool {
	i := s.from(from)
	return i < len(s.all) && s.all[i].from-from < 100 && atOnce.MatchString(s.t.flat[from:s.all[i].from])
}
