package facts

import (
	"regexp"
	"strings"

	"vankien/analyzers"
)

var (
	// session begins what says when a council or congress sits, no body of its
	// own: KHÓA XIV, KỲ HỌP THỨ 31. A KHOA without a number is a faculty.
	session     = regexp.MustCompile(`^(khoa ([ivxl]+|\d+|thu \S+)\b|nhiem ky\b|ky hop\b)`)
	sessionTail = regexp.MustCompile(`[ ,(-]+(khoa ([ivxl]+|\d+|thu \S+)\b|nhiem ky \d|ky hop (thu|chuyen)).*$`)
	// congress names a congress; its organisation may stand in it, or beside.
	congress = regexp.MustCompile(`^(dai hoi(?: dai bieu| dang vien| toan the| toan quoc)*)( .+?)??( lan thu \S+)?$`)
	ordinals = regexp.MustCompile(`^lan thu \S+$`)
)

// withoutSession is the name of a body without the session that follows it.
func withoutSession(name string) string {
	fold := analyzers.FoldText(name)
	at := sessionTail.FindStringIndex(fold)
	if at == nil {
		return name
	}
	words := strings.Fields(name)
	return strings.TrimRight(strings.Join(words[:min(len(words), len(strings.Fields(fold[:at[0]])))], " "), " ,-–(")
}

// behindSession is the first cell from i on that names no session.
func (r *reader) behindSession(i int) int {
	for i < len(r.cells) && capitals(r.cells[i].text) && session.MatchString(r.cells[i].fold) {
		i++
	}
	return i
}

// congressOf is the name of a congress that a letterhead spreads over lines:
// ĐẢNG BỘ TỈNH AN BÌNH / ĐẠI HỘI ĐẠI BIỂU LẦN THỨ XX is "Đại hội đại biểu Đảng
// bộ tỉnh An Bình lần thứ XX". "" where no line names one.
func congressOf(lines []string) string {
	what, which := "", ""
	var whose []string
	fixed := false // the line of the congress says whose it is
	for _, line := range lines {
		line = withoutSession(line)
		fold := analyzers.FoldText(line)
		words := strings.Fields(line)
		m := congress.FindStringSubmatch(fold)
		switch {
		case what == "" && m != nil && len(words) == len(strings.Fields(fold)) && (m[2] == "" || namesBody(m[2][1:])):
			n, own := len(strings.Fields(m[1])), len(strings.Fields(m[2]))
			what = upperFirst(strings.ToLower(strings.Join(words[:n], " ")))
			which = strings.Join(words[n+own:], " ")
			if own > 0 {
				whose, fixed = words[n:n+own], true
			}
		case ordinals.MatchString(fold):
			which = line
		case fixed, session.MatchString(fold):
		case namesBody(fold):
			whose = []string{line} // what stood above is its superior
		case len(whose) > 0:
			whose = append(whose, line)
		}
	}
	if what == "" || len(whose) == 0 {
		return ""
	}
	if words := strings.Fields(which); len(words) > 0 {
		which = " lần thứ " + words[len(words)-1]
	}
	return what + " " + properName(strings.Join(whose, " ")) + which
}
