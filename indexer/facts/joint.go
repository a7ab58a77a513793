package facts

import (
	"regexp"
	"strings"

	"vankien/analyzers"
)

var (
	andBody  = regexp.MustCompile(`\s*,\s+|\s+và\s+|\s+VÀ\s+|\s+-\s*|\s*-\s+|\s+–\s*|\s*–\s+|\s*;\s*`)
	jointly  = regexp.MustCompile(`(?i)liên tịch|phối hợp`)
	endsOpen = regexp.MustCompile(`[^\s–-]\s*[–-]\s*$`)
)

// bodiesOf are the bodies that a name joins: "Bộ trưởng Bộ Y tế, Bộ trưởng Bộ
// Công an". One is all there is in most names: what follows a comma or "và"
// begins as a body's name does only where it is another (Sở Văn hóa, Thể thao
// và Du lịch), and the offices that serve two are one.
func bodiesOf(name string) []string {
	if strings.HasPrefix(analyzers.FoldText(name), "van phong") {
		return []string{name}
	}
	var bodies []string
	from := 0
	for _, at := range andBody.FindAllStringIndex(name, -1) {
		if left := name[from:at[0]]; strings.Contains(left, " ") && namesBody(analyzers.FoldText(left)) && namesBody(analyzers.FoldText(name[at[1]:])) &&
			strings.Contains(name[at[1]:], " ") {
			bodies, from = append(bodies, left), at[1]
		}
	}
	return append(bodies, name[from:])
}

// proper writes the bodies that a name in capitals or not joins as a sentence
// would, with "; " between them.
func proper(name string) string {
	bodies := bodiesOf(name)
	for i, body := range bodies {
		bodies[i] = properName(body)
	}
	return strings.Join(bodies, "; ")
}

// several tells whether more than one body may sign: the kind or the symbol
// says so.
func (r *reader) several() bool {
	return jointly.MatchString(string(r.facts.Kind)) || strings.HasSuffix(r.number.Kind, "LT")
}
