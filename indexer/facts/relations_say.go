package facts

import (
	"regexp"
	"slices"
	"strings"

	"vankien/storage"
)

const ownKinds = `(?:luật|bộ luật|pháp lệnh|nghị định|nghị quyết|quyết định|quy định|quy chế|thông tư|hướng dẫn|chỉ thị|kết luận|thông tri|thông báo|kế hoạch|chương trình|công văn|văn bản|điều lệ)(?: liên tịch)?`

var (
	refersToSelf = regexp.MustCompile(`(?i:` + ownKinds + ` này)`)
	passive      = regexp.MustCompile(`(?i:\s(?:được|bị) (?:sửa đổi|bổ sung|thay thế|bãi bỏ)|sửa đổi|bổ sung)`)
	// detail is what guides another document.
	detail   = regexp.MustCompile(`(?i:quy định chi tiết|hướng dẫn(?: chi tiết)?(?: việc)?(?: tổ chức)? (?:thi hành|thực hiện|triển khai|áp dụng|một số)|quy định (?:cụ thể )?(?:chi tiết )?(?:về )?(?:việc )?thi hành|hướng dẫn,)`)
	selfDoes = regexp.MustCompile(`(?i:` + ownKinds + ` này\s+(?:quy định chi tiết|hướng dẫn))`)
	carries  = regexp.MustCompile(`(?i:(?:thực hiện|triển khai|quán triệt|cụ thể hóa|cụ thể hoá|thi hành|thể chế hóa|thể chế hoá))`)
	goesOn   = regexp.MustCompile(`(?i:tiếp tục (?:[^.;:,]{0,60}\s)?(?:thực hiện|quán triệt|triển khai))`)
	takenUp  = regexp.MustCompile(`(?i:quán triệt|triển khai(?: thực hiện)?)`)
	// reports are subjects that only look at how something is carried out.
	reports = regexp.MustCompile(`(?i:kết quả|tình hình|sơ kết|tổng kết|kiểm tra|giám sát|đánh giá|báo cáo|góp ý|vi phạm|rà soát|\d+ năm|một năm|khảo sát|nghiệm thu)`)
	// makes is the sentence by which the body issues the document: "… ban hành
	// Thông tư sửa đổi, bổ sung …".
	makes = regexp.MustCompile(`(?i:ban hành ` + ownKinds + `\s+(?:về (?:việc )?)?)`)
	// preface stands before the verb of a subject.
	preface = regexp.MustCompile(`^(?i:(?:v/v|về(?: việc)?|ban hành ` + ownKinds + `(?: về(?: việc)?)?|` + ownKinds + ` về(?: việc)?)\s+)`)
)

// readSubject reads the relations that the subject tells.
func (s *statements) readSubject() {
	title := string(s.r.facts.Title)
	if s.enacts = enactsRules(s.r); title == "" {
		return
	}
	t := runningText([]storage.Page{{Number: 1, Text: title}})
	sub := *s
	sub.t, sub.all, sub.said = t, t.mentions(), map[int]bool{}
	sub.told(0, len(t.flat))
	s.enacts = s.enacts || slices.ContainsFunc(sub.found, func(f relation) bool { return f.rank < slices.Index(strengths, storage.BasedOn) })
	for i, m := range sub.all {
		if !sub.said[i] && m.number.Serial != "" {
			sub.add(storage.Cites, object{mention: m}, true)
		}
	}
	s.found, s.best = sub.found, sub.best
}

// enactsRules tells whether a document is of a kind that makes rules. In the
// others, "Sửa đổi Quy định số …" is a task for somebody.
func enactsRules(r *reader) bool {
	switch r.facts.Kind {
	case "Luật", "Bộ luật", "Pháp lệnh", "Lệnh", "Nghị định", "Quyết định", "Quy định", "Quy chế", "Thông tư", "Thông tư liên tịch":
		return true
	case "Nghị quyết", "Nghị quyết liên tịch":
		return !r.number.Party
	}
	return false
}

// told reads what a subject says, or a sentence that repeats it.
func (s *statements) told(from, to int) {
	for size := 1; size > 0; from += size {
		size = len(preface.FindString(s.t.flat[from:to]))
	}
	c := clause{from: from, to: to}
	if at := acts.FindStringSubmatchIndex(s.t.flat[from:to]); at != nil {
		s.act(at, c)
		return
	}
	first := s.from(from)
	if first >= len(s.all) || s.all[first].from >= to {
		return
	}
	lead := s.t.flat[from:s.all[first].from]
	switch at := detail.FindStringIndex(lead); {
	case at != nil:
		s.say(storage.Guides, s.objects(from+at[1], to), c)
	case s.guide() && !reports.MatchString(lead) && (strings.TrimSpace(lead) == "" || carries.MatchString(lead) || ofPart.MatchString(lead)):
		s.say(storage.Guides, s.objects(from, to), c)
	case carries.MatchString(lead) && (!reports.MatchString(lead) || goesOn.MatchString(lead)) && s.r.facts.Kind != "Báo cáo":
		s.say(storage.Implements, s.objects(from, to), c)
	}
}

// guide tells whether the document is one that guides others.
func (s *statements) guide() bool {
	return s.r.facts.KindSymbol == "HD" || s.r.facts.Kind == "Hướng dẫn"
}

// from is the first mention at or behind byte at.
func (s *statements) from(at int) int {
	i, _ := slices.BinarySearchFunc(s.all, at, func(m mention, at int) int { return m.from - at })
	return i
}

func (s *statements) objects(from, to int) []object { return s.t.objects(s.all, from, to) }

// list is a list that a sentence begins: "Thông tư này bãi bỏ:".
type list struct {
	kind   storage.RelationKind // "" where there is none
	head   string               // the marker of the sentence
	marker string               // that of the items
	begun  bool                 // an item has come
	tasks  bool                 // what others are to do: "Ban Tổ chức có trách nhiệm:"
}

// asked leads the tasks of somebody: what they are to end, this paper does not end.
var asked = regexp.MustCompile(`^(?i:(?:giao|đề nghị|kiến nghị|yêu cầu|phân công)\s[^.;]*:\s*$|[^.;]*\s(?:có trách nhiệm|có nhiệm vụ)(?:\s[^.;]*)?:\s*$)`)

// readClauses reads the relations that the sentences of the text tell.
func (s *statements) readClauses() {
	reasons := s.readReasons()
	var open list
	for _, c := range s.parts {
		if c.from < reasons || !s.t.ours(c.from) {
			continue
		}
		if open.kind != "" || open.tasks {
			if open.holds(c, s.startsWith(c)) {
				s.item(open, c)
				continue
			}
			open = list{}
		}
		colon := strings.HasSuffix(strings.TrimSpace(s.t.flat[c.from:c.to]), ":")
		if i := s.from(c.from); !colon && (i >= len(s.all) || s.all[i].from >= c.to) {
			s.readImplied(c)
			continue
		}
		told := len(s.found)
		if kind := s.clause(c); colon && kind != "" && len(s.found) == told && !strings.HasSuffix(strings.TrimSpace(s.t.flat[c.from:c.to]), "như sau:") {
			open = list{kind: kind, head: c.marker}
		} else if colon && len(s.found) == told && asked.MatchString(s.t.flat[c.from:c.to]) {
			open = list{head: c.marker, tasks: true}
		}
	}
}

// item reads an item of a list.
func (s *statements) item(of list, c clause) {
	if !of.tasks {
		s.say(of.kind, s.done(verb{kind: of.kind, from: c.from}, c.to), c)
		return
	}
	task := *s
	task.enacts = false
	task.clause(c)
	s.found, s.best = task.found, task.best
}

// holds tells whether a clause is an item of the list: named tells whether it
// begins with a document, as those do that nothing marks.
func (l *list) holds(c clause, named bool) bool {
	if !l.begun && c.marker != l.head && c.marker != "điều" {
		l.marker, l.begun = c.marker, true
	}
	return l.begun && c.marker == l.marker && (l.marker != "" || named)
}

// startsWith tells whether a clause begins with the name of a document.
func (s *statements) startsWith(c clause) bool {
	i := s.from(c.from)
	return i < len(s.all) && s.all[i].from == c.from
}

// clause reads what one clause says; the kind is that of a list that it may
// begin, else "".
func (s *statements) clause(c clause) (kind storage.RelationKind) {
	for _, part := range s.readImplied(c) {
		kind = s.named(part)
	}
	return kind
}

// named reads what a clause says of documents that it names.
func (s *statements) named(c clause) storage.RelationKind {
	text := s.t.flat[c.from:c.to]
	// Most clauses have none of the words, which is sooner found out without an expression.
	lower := strings.ToLower(text)
	if anyOf(lower, endWords) {
		if kind, ok := s.readEnded(c, text); ok {
			return kind
		}
	}
	if s.enacts {
		if at := acts.FindStringSubmatchIndex(text); at != nil && c.from < s.t.ends {
			return s.act(at, c)
		}
		if strings.Contains(lower, "như sau") {
			if at := changed.FindStringIndex(text); at != nil {
				s.say(storage.Amends, s.objects(c.from, c.from+at[0]), c)
				return ""
			}
		}
	}
	if kind, ok := s.readSelf(c, text, lower); ok {
		return kind
	}
	if verb := s.carriesOn(); verb != nil && anyOf(lower, carryWords) {
		if at := verb.FindStringIndex(text); at != nil {
			s.say(storage.Implements, numberedOnly(s.near(c.from+at[1], c.to)), c)
		}
	}
	return ""
}

// Words of which an expression needs one, in small letters: endWords readEnded,
// actWords selfActs, carryWords those of carriesOn.
var (
	endWords   = []string{"hiệu lực", "bãi bỏ", "hủy bỏ", "huỷ bỏ", "thay thế"}
	actWords   = []string{"thay thế", "thay cho", "bãi bỏ", "hủy bỏ", "huỷ bỏ", "chấm dứt hiệu lực", "thu hồi", "sửa đổi", "bổ sung", "đính chính"}
	carryWords = []string{"tiếp tục", "quán triệt", "triển khai"}
)

func anyOf(text string, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) })
}

// readSelf reads what a sentence says that the document itself does, "Quy định
// này thay thế …"; lower is its text in small letters.
func (s *statements) readSelf(c clause, text, lower string) (storage.RelationKind, bool) {
	var acting [][]int
	if anyOf(lower, actWords) {
		acting = selfActs.FindAllStringSubmatchIndex(text, -1)
	}
	for _, at := range acting {
		said := strings.HasSuffix(text[at[2]:at[3]], "này") || at[4] >= 0 // "Quy định có hiệu lực từ ngày ký và thay thế …"
		if said && !conditional(text[:at[0]]) && (at[4] < 0 || !passive.MatchString(text[at[4]:at[5]])) {
			return s.act(append(at[:2:2], at[6:]...), c), true
		}
	}
	if !strings.Contains(lower, " này") {
		return "", false
	}
	if at := selfDoes.FindStringIndex(text); at != nil {
		if d := detail.FindStringIndex(text[at[0]:]); d != nil {
			s.say(storage.Guides, s.objects(c.from+at[0]+d[1], c.to), c)
		}
	}
	return "", false
}

// carriesOn is how the clauses of a document of this kind say that it has
// another carried out: a conclusion keeps it alive, a report tells that it was
// taken up. nil where clauses do not say it.
func (s *statements) carriesOn() *regexp.Regexp {
	switch s.r.facts.Kind {
	case "Kết luận", "Chỉ thị", "Thông báo":
		return goesOn
	case "Báo cáo":
		return takenUp
	}
	return nil
}

// near are the objects of a verb that ends at from, where the first follows
// at once.
func (s *statements) near(from, to int) []object {
	if i := s.from(from); i >= len(s.all) || s.all[i].from-from > 120 || strings.ContainsAny(s.t.flat[from:max(from, s.all[i].from)], ".;:,") {
		return nil
	}
	return s.objects(from, to)
}
