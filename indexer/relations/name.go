package relations

import (
	"strconv"
	"strings"
	"unicode"

	"vankien/analyzers"
)

// longNames are names that papers write in full or leave out.
var longNames = strings.NewReplacer(
	"dang cong san viet nam", "dang",
	" nuoc cong hoa xa hoi chu nghia viet nam", "",
	" cong hoa xa hoi chu nghia viet nam", "",
)

// nameOf is a document's kind and title, folded, as others call it: "luat dat
// dai" for a Luật Đất đai (sửa đổi).
func nameOf(kind, title string) string {
	name, kindWords := strings.Join(words(title), " "), strings.Join(words(kind), " ")
	if kindWords != "" && name != kindWords && !strings.HasPrefix(name, kindWords+" ") {
		name = strings.TrimSpace(kindWords + " " + name)
	}
	return strings.TrimSuffix(longNames.Replace(name), " sua doi")
}

// untilYear is a name without the date behind it, and the date's year: "luat
// dat dai nam 2013".
func untilYear(name string) (bare string, year int) {
	head, last := name, ""
	if at := strings.LastIndexByte(name, ' '); at > 0 {
		head, last = name[:at], name[at+1:]
	}
	if year, _ = strconv.Atoi(last); year < 1930 || year > 2100 {
		return name, 0
	}
	head = strings.TrimSuffix(head, " nam")
	if at := strings.LastIndex(head, " ngay "); at > 0 {
		head = head[:at]
	}
	return strings.TrimSuffix(head, " sua doi"), year
}

// words are the folded words and numbers of a text.
func words(text string) []string {
	return strings.FieldsFunc(analyzers.FoldText(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
