package facts

import (
	"regexp"
	"slices"
	"strings"

	"vankien/analyzers"
	"vankien/storage"
)

var (
	// reason is a verb of the reasons: each has the documents that follow it
	// for objects.
	reason = regexp.MustCompile(`(?:^|[;,.]\s+(?:và )?|\s[-–]\s)(?i:((?:căn cứ|căn cư)(?: vào)?)|(?:để |nhằm )?(?:tiếp tục |tổ chức |quán triệt và |triển khai và |phục vụ )?(thực hiện|triển khai|thi hành|quán triệt|cụ thể hóa|cụ thể hoá)(?:,? (?:và )?(?:thực hiện|triển khai|thi hành|tổ chức thực hiện))*(?: (?:việc|có hiệu quả|nghiêm túc))?|(theo)|(xét|trả lời|phúc đáp|tiếp theo))\s`)
	// toldOf stands before a document that only the subject of the reason names.
	toldOf = regexp.MustCompile(`(?i:(?:^|\s)(?:về việc|thực hiện|triển khai|kết quả|tình hình)\s)`)
	// received begins a letter that answers what its sender was asked for.
	received = regexp.MustCompile(`^[^.;:]{0,120}\snhận được\s`)
	// notReason are requests: what a body proposes is no basis, though cited.
	notReason = regexp.MustCompile(`^(?i:đề nghị|yêu cầu của|tờ trình|báo cáo)`)
	purpose   = regexp.MustCompile(`^(?i:mục (?:đích|tiêu)(?:[\s,:;.]|$))`)
)

const (
	maxReasons   = 16_000 // bytes of all reasons
	maxOpening   = 4      // sentences without a reason before the text is taken to have begun
	maxToPurpose = 6000   // bytes before what tells the purpose, and of that
)

// readReasons reads the reasons for the document: from where the text begins
// to its first article. It returns where they end.
func (s *statements) readReasons() (end int) {
	begin := s.bodyAt()
	other, addressees := 0, false
	for _, c := range s.parts {
		if c.from < begin || !s.t.ours(c.from) {
			continue
		}
		text := s.t.flat[c.from:c.to]
		if addressees = strings.HasPrefix(text, "Kính gửi") || addressees && c.marker != ""; addressees {
			end = c.to
			continue
		}
		if c.marker == "i" && end == 0 && capitals(text) {
			continue // "I- TÌNH HÌNH": the reasons begin its first sentence
		}
		if c.from > begin+maxReasons || c.marker != "" && c.marker != "-" || len(text) < 40 && enacting.MatchString(analyzers.FoldText(strings.TrimSpace(text))) || other >= maxOpening {
			break
		}
		switch based := s.reasons(c); {
		case !based && disposes(text):
			s.readPurpose(end)
			return end
		case based:
			other = 0
		case c.marker == "":
			other++
		}
		end = c.to
		if at := makes.FindStringIndex(text); at != nil {
			s.told(c.from+at[1], c.to)
		}
	}
	s.readPurpose(end)
	return end
}

// disposes tells whether a sentence seems to end or change other documents by
// this one: in a paper of few sentences nothing else marks that the reasons are
// over.
func disposes(text string) bool {
	if aKind.MatchString(text) && endedAlone.MatchString(text) {
		return true
	}
	return strings.Contains(text, " này") && (selfActs.MatchString(text) || endedBy.MatchString(text) || sinceThis.MatchString(text) || implied.MatchString(text))
}

// reasons reads the reasons in one clause and tells whether there are any.
func (s *statements) reasons(c clause) bool {
	text := s.t.flat[c.from:c.to]
	if at := received.FindStringIndex(text); at != nil {
		s.say(storage.BasedOn, s.near(c.from+at[1], c.to), c)
		return true
	}
	verbs := reason.FindAllStringSubmatchIndex(text, -1)
	if len(verbs) == 0 || verbs[0][0] != 0 {
		return false
	}
	for i, at := range verbs {
		to := len(text)
		if i+1 < len(verbs) {
			to = verbs[i+1][0]
		}
		if notReason.MatchString(text[at[1]:]) {
			continue
		}
		objects := s.objects(c.from+at[1], c.from+to)
		if len(objects) > 0 && toldOf.MatchString(text[at[1]:objects[0].from-c.from]) {
			continue // "Thực hiện chỉ đạo về việc xây dựng Kế hoạch thực hiện Nghị quyết số …"
		}
		switch {
		case at[2] >= 0:
			s.say(storage.BasedOn, objects, c)
		case at[4] >= 0:
			s.say(storage.BasedOn, objects, c)
			s.carryOut(objects, c)
		case at[6] >= 0:
			s.say(storage.BasedOn, numberedOnly(objects), c)
		}
	}
	return true
}

// carryOut keeps that the document has others carried out, as its reason or
// purpose: a guide guides rules; letters, invitations and reports are only
// answered.
func (s *statements) carryOut(objects []object, c clause) {
	for _, o := range numberedOnly(objects) {
		n := o.number
		switch {
		case n.Serial != "" && n.Kind == "" && !strings.HasPrefix(n.Issuer, "QH"), answered[n.Kind]:
		case s.guide() && guided[n.Kind]:
			s.say(storage.Guides, []object{o}, c)
		default:
			s.say(storage.Implements, []object{o}, c)
		}
	}
}

// answered and guided are the kinds, by symbol, of what is only answered and of
// what a guide guides.
var (
	answered = map[string]bool{"CV": true, "GM": true, "TM": true, "BC": true, "TTr": true, "PC": true, "BB": true, "CĐ": true}
	guided   = map[string]bool{"QĐ": true, "QC": true, "NQ": true, "CT": true, "KL": true, "NĐ": true, "TT": true, "TTLT": true, "ĐL": true, "PL": true, "": true}
)

// numberedOnly are the objects that are no laws without a number.
func numberedOnly(objects []object) []object {
	return slices.DeleteFunc(slices.Clone(objects), func(o object) bool { return o.law && o.number.Serial == "" })
}

// readPurpose reads what the document carries out as its purpose says it, in
// the part that is headed so.
func (s *statements) readPurpose(from int) {
	headed := false
	for _, c := range s.parts {
		text := s.t.flat[c.from:min(c.to, c.from+200)]
		switch {
		case c.from > from+maxToPurpose:
			return
		case c.from < from || !s.t.ours(c.from):
		case !headed:
			headed = purpose.MatchString(text)
			from = c.from
		case c.marker == "i" || c.marker == "điều":
			return
		default:
			if at := carries.FindStringIndex(text); at != nil && !reports.MatchString(text[:at[1]]) {
				s.carryOut(s.near(c.from+at[1], c.to), c)
			}
		}
	}
}
