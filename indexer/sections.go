package indexer

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// level is the rank of a heading; a heading ends all sections of its own and
// higher levels.
type level int

// Two styles are in use and guides mix them (HD 36-HD/VPTW): regulations go
// Phần, Chương, Mục, Điều, khoản, điểm; directives go I-, 1-, 1.1, a).
const (
	levelNone    level = iota
	levelPart          // Phần, Phụ lục, Mẫu
	levelChapter       // Chương
	levelSection       // Mục, and the Roman numerals of directives
	levelArticle       // Điều
	levelClause        // khoản; 1-, 1.1 in directives
	levelPoint         // điểm: a) … d) đ) e)
)

// heading is a line that opens a section.
type heading struct {
	level level
	label string // as it is cited: "Điều 3", "khoản 2", "Mục II"
}

// headingForms are tried in order on the beginning of a line. The number
// stands in the first group.
var headingForms = []struct {
	level level
	form  *regexp.Regexp
	label string
}{
	{levelPart, regexp.MustCompile(`^(?i:phần)\s+((?i:thứ\s+)?(?i:nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)|[IVXLC]+|\d{1,2}|[A-Z])\s*(?:$|[.:\-–—]|[^\p{Ll}\s])`), "Phần "},
	{levelPart, regexp.MustCompile(`^(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+|SỐ\s+)?([IVXLC]+|\d{1,3}|[A-Z]))?\s*(?:$|[.:\-–—(]|\p{Lu})`), "Phụ lục "},
	{levelPart, regexp.MustCompile(`^(?:MẪU|Mẫu)\s+(?:(?:SỐ|Số|số)\s*:?\s*)?(\d{1,3}[A-Za-zĐđ]?)\s*(?:$|[.:\-–—(/]|\p{Lu})`), "Mẫu "},
	{levelChapter, regexp.MustCompile(`^(?:CHƯƠNG|Chương)\s+([IVXLC]+|\d{1,3})\s*(?:$|[.:\-–—]|\p{Lu})`), "Chương "},
	{levelSection, regexp.MustCompile(`^(?:MỤC|Mục)\s+([IVXLC]+|\d{1,3}|[A-Z])\s*(?:$|[.:\-–—]|\p{Lu})`), "Mục "},
	{levelArticle, regexp.MustCompile(`^(?:ĐIỀU|Điều)\s*(\d{1,4}[a-zđ]?)\s*(?:$|[.:\-–—]|\p{Lu})`), "Điều "},
	{levelSection, regexp.MustCompile(`^([IVXLC]{1,7})\s*[.\-–—/)]\s*[-–—]?\s*\p{Lu}`), "Mục "},
	{levelSection, regexp.MustCompile(`^([A-HĐ])\s*[.\-–—)]\s*[-–—]?\s*\p{Lu}{2}`), "Mục "},
	{levelClause, regexp.MustCompile(`^(\d{1,2}(?:\.\d{1,2}){0,3})\s*[.\-–—)/]\s*[^\s\d]`), ""},
	{levelClause, regexp.MustCompile(`^(\d{1,2}(?:\.\d{1,2}){1,3})\s+\p{Lu}`), ""},
	{levelPoint, regexp.MustCompile(`^([a-zđ])\s*[)]\s*\S`), "điểm "},
}

// maxHeadingScan is how much of a line is looked at, in bytes.
const maxHeadingScan = 200

// readHeading tells whether a line opens a section. withinArticle says whether
// the line stands in an Điều, whose numbered parts are called khoản.
func readHeading(line string, withinArticle bool) (heading, bool) {
	line = strings.TrimSpace(line)
	if len(line) > maxHeadingScan {
		cut := maxHeadingScan
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		line = line[:cut]
	}
	for _, f := range headingForms {
		match := f.form.FindStringSubmatch(line)
		if match == nil {
			continue
		}
		if f.level == levelClause {
			if withinArticle {
				return heading{levelClause, "khoản " + match[1]}, true
			}
			return heading{levelClause, "điểm " + match[1]}, true
		}
		return heading{f.level, strings.TrimSpace(f.label + numeral(match[1]))}, true
	}
	return heading{}, false
}

// numeral writes a heading's number as it is cited: words ("THỨ NHẤT") in lower
// case, numerals and letters as printed.
func numeral(number string) string {
	if romanOrDigits.MatchString(number) || utf8.RuneCountInString(number) == 1 {
		return number
	}
	return strings.ToLower(strings.Join(strings.Fields(number), " "))
}

var romanOrDigits = regexp.MustCompile(`^(?:[IVXLC]+|\d+[A-Za-zĐđ]?)$`)
