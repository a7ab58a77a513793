package facts

import (
	"regexp"
	"strings"

	"vankien/analyzers"
)

var gazette = regexp.MustCompile(`^(cong bao|van ban quy pham phap luat|nguoi ky|email|co quan:|thoi gian ky|phu luc|mau|dien tu)`)

// heading begins what has no kind and no letterhead: lists and forms.
var heading = regexp.MustCompile(`^(danh (muc|sach)|phu luc|phieu|bieu mau|so yeu ly lich|ly lich|don (xin|de nghi|kien nghi|to cao)|giay (gioi thieu|chung nhan|xac nhan|moi))\b`)

// letterhead is the issuing body as the head's left column names it, with the
// place or the superior that its own name needs.
func (r *reader) letterhead() (string, cell) {
	end := r.body
	if r.kindAt >= 0 {
		end = r.kindAt
	}
	var names, lines []string
	var at []cell
	var top cell
	open := false // a dash says that another body follows
	for _, c := range r.cells[:min(end, len(r.cells))] {
		text := strings.Trim(c.text, " *-–_=.:,;|")
		if c.seen {
			text = spelledBody(text)
		}
		copied := copied.MatchString(c.fold)
		if endsLetterhead(c) || copied && r.kindAt < 0 && len(names) > 0 {
			break
		}
		if copied || c.rule() || c.motto() || c.date() || isMark(c) || gazette.MatchString(c.fold) || isNumberCell(c) || !capitals(text) {
			continue
		}
		if lines = append(lines, text); len(lines) == 1 {
			top = c
		}
		switch n := len(names); {
		case session.MatchString(c.fold):
			continue
		case n > 0 && whoseCommittee.MatchString(analyzers.FoldText(names[n-1])):
			names[n-1] += " " + text
		case namesBody(c.fold) && !placeNoun(c.fold) && open:
			names[n-1] += " - " + text
		case namesBody(c.fold) && !placeNoun(c.fold):
			if n > 0 && names[n-1] == text {
				continue // printed twice in a gazette
			}
			names, at = append(names, text), append(at, c)
		case n > 0:
			names[n-1] += " " + text
		}
		open = endsOpen.MatchString(c.text) && len(names) > 0
	}
	if name := congressOf(lines); name != "" {
		return name, top
	}
	if len(names) == 0 {
		return "", cell{}
	}
	if n := len(names); n > 1 && r.symbolOf(names[n-2]) {
		names = names[:n-1] // the unit below only drafts
	}
	return qualified(names), at[len(names)-1]
}

// whoseCommittee ends a name that does not yet say whose committee it is: ỦY BAN
// TRUNG ƯƠNG / MẶT TRẬN TỔ QUỐC VIỆT NAM.
var whoseCommittee = regexp.MustCompile(`(^| )uy ban( trung uong)?$`)

// copied is what a copy prints where other papers name their kind, and what is
// stamped beside the head of others.
var copied = regexp.MustCompile(`^(sao y|sao luc|sao nguyen van|trich sao|ban sao)\b`)

// endsLetterhead tells whether what follows a cell, and itself, is a subject, a
// seminar's name, the title of a form, or a signature.
func endsLetterhead(c cell) bool {
	_, subject := subjectOf(c)
	return subject || event.MatchString(c.fold) || heading.MatchString(c.fold) ||
		capitals(c.text) && onBehalf.MatchString(c.fold)
}

// symbolOf tells whether the number's symbol begins with the initials of a body:
// SYT-NVY is the Sở Y tế's, whichever of its units has drafted the paper.
func (r *reader) symbolOf(body string) bool {
	first, _, _ := strings.Cut(r.number.Issuer, "-")
	fold := analyzers.FoldText(body)
	if at := ownPlace.FindStringIndex(fold); at != nil {
		fold = fold[:at[0]]
	}
	initials := ""
	for _, word := range strings.Fields(fold) {
		initials += word[:1]
	}
	return len(first) > 1 && analyzers.FoldText(first) == initials
}

var ownPlace = regexp.MustCompile(` (tinh|thanh pho|huyen|quan|xa|phuong|thi xa|thi tran|dac khu|tinh uy|thanh uy|trung uong|viet nam)( |$)`)

// qualified is the last name of a letterhead with what its superior adds; of
// several bodies, each with it, and with the place that only the last one names.
func qualified(names []string) string {
	last := len(names) - 1
	bodies := bodiesOf(names[last])
	where := ""
	of := analyzers.FoldText(bodies[len(bodies)-1])
	if at := ownPlace.FindStringIndex(of); at != nil && len(bodies) > 1 && !namesBody(of[at[1]:]) {
		words := strings.Fields(bodies[len(bodies)-1])
		where = " " + strings.Join(words[strings.Count(of[:at[0]+1], " "):], " ")
	}
	for i, body := range bodies {
		if i+1 < len(bodies) && !ownPlace.MatchString(analyzers.FoldText(body)) {
			body += where
		}
		bodies[i] = qualifiedBody(append(names[:last:last], body))
	}
	return strings.Join(bodies, "; ")
}

func qualifiedBody(names []string) string {
	body := properName(names[len(names)-1])
	if len(names) == 1 {
		return body
	}
	above := properName(names[len(names)-2])
	foldBody, foldAbove := analyzers.FoldText(body), analyzers.FoldText(above)
	party := strings.HasPrefix(foldBody, "ban ") || strings.HasPrefix(foldBody, "uy ban kiem tra") || strings.HasPrefix(foldBody, "van phong")
	switch {
	case ownPlace.MatchString(foldBody):
		return body
	case foldAbove == "ban chap hanh trung uong" && foldBody == "van phong":
		return "Văn phòng Trung ương Đảng"
	case foldAbove == "ban chap hanh trung uong" && party:
		return body + " Trung ương"
	case party && partyCommittee(firstTwo(foldAbove)), foldBody == "van phong":
		return body + " " + above
	case strings.HasPrefix(foldAbove, "uy ban nhan dan "):
		words := strings.Fields(above)
		return body + " " + strings.Join(words[4:], " ")
	case strings.HasPrefix(foldBody, "khoa ") || strings.HasPrefix(foldBody, "phong ") && strings.HasPrefix(foldAbove, "truong "):
		return body + ", " + above
	}
	return body
}

func firstTwo(fold string) string {
	words := strings.Fields(fold)
	return strings.Join(words[:min(2, len(words))], " ")
}

func lastTwo(name string) string {
	words := strings.Fields(analyzers.FoldText(name))
	return strings.Join(words[max(0, len(words)-2):], " ")
}

// isNumberCell tells whether a cell holds the number, readable or not.
func isNumberCell(c cell) bool {
	if c.seen {
		if _, ok := numberSeen(c.text); ok {
			return true
		}
	}
	return numberCue.MatchString(c.text)
}
