package indexer

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/indexer/citation"
)

// level is the rank of a heading; a heading ends all sections of its own and
// lower ranks, which have the greater numbers.
type level int

// Two styles are in use and guides mix them (HD 36-HD/VPTW): regulations go
// Phần, Chương, Mục, Điều, khoản, điểm; directives go A., I-, 1-, 1.1, a).
const (
	levelNone     level = iota
	levelAppendix       // Phụ lục, and a document attached to another
	levelForm           // Mẫu
	levelPart           // Phần
	levelChapter        // Chương
	levelGroup          // A., B. of directives
	levelSection        // Mục, and the Roman numerals of directives
	levelSubgroup       // Tiểu mục; A., B. where they stand below a Roman numeral
	levelArticle        // Điều; Câu in banks of questions
	levelItem           // a Roman numeral inside an Điều
	levelStep           // Bước
	levelClause         // khoản; 1- in directives, and below it 1.1, 1.1.1, 1.1.1.1
	levelClause2
	levelClause3
	levelClause4
	levelPoint // điểm: a) … d) đ) e)
)

// heading is a line that opens a section.
type heading struct {
	level  level
	label  string // as it is cited: "Điều 3", "khoản 2", "Mục II"; "" where it has no name
	number string // as printed: "3", "II", "đ"
	roman  bool   // a Roman numeral without the word Mục
	bare   bool   // the line has nothing but the number
	front  bool   // a preface or the like: whatever is numbered behind it is no part of it
}

// headingForms are tried in order on the beginning of a line, where it begins
// with one of the letters first. The number stands in the first group; what may
// follow a number is in after.
var headingForms = []struct {
	level level
	first string
	form  *regexp.Regexp
	label string
}{
	{levelPart, "P", regexp.MustCompile(`^(?:PHẦN|Phần)\s+((?i:thứ\s+)?(?i:nhất|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)|[IVXLC]+|\d{1,2}|[A-Z])` + after), "Phần "},
	{levelAppendix, "P", regexp.MustCompile(`^(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+|SỐ\s+)?([IVXLC]+|\d{1,3}|[A-Z]))?` + afterAppendix), "Phụ lục "},
	{levelForm, "M", regexp.MustCompile(`^(?:MẪU|Mẫu)\s+(?:(?:SỐ|Số|số)\s*:?\s*)?(\d{1,3}(?:\.\d{1,2})*[A-Za-zĐđ]?(?:-[\p{Lu}\d]{1,6})*)` + afterAppendix), "Mẫu "},
	{levelChapter, "C", regexp.MustCompile(`^(?:CHƯƠNG|Chương)\s+([IVXLC]+|\d{1,3})` + after), "Chương "},
	{levelSection, "M", regexp.MustCompile(`^(?:MỤC|Mục)\s+([IVXLC]+|\d{1,3}|[A-Z])` + after), "Mục "},
	{levelSubgroup, "T", regexp.MustCompile(`^(?:TIỂU MỤC|Tiểu mục)\s+([IVXLC]+|\d{1,3})` + after), "Tiểu mục "},
	{levelArticle, "Đ", regexp.MustCompile(`^(?:ĐIỀU|Điều)\s*(\d{1,4}[a-zđ]?)` + after), "Điều "},
	{levelArticle, "C", regexp.MustCompile(`^(?:CÂU|Câu)(?:\s+(?:HỎI|hỏi))?\s+(?:(?:SỐ|số)\s+)?(\d{1,4})\s*(?:$|[.:)\-–—])`), "Câu "},
	{levelStep, "B", regexp.MustCompile(`^(?:BƯỚC|Bước)\s+(\d{1,2})\s*(?:$|[.:\-–—])`), "Bước "},
	{levelSection, "IVX", regexp.MustCompile(`^([IVX]{1,7})\s*[.\-–—/)]\s*[-–—]?\s*\p{Lu}(?:[^.]|$)`), "Mục "},
	{levelGroup, "ABCDEFGHĐ", regexp.MustCompile(`^([A-HĐ])\s*[.\-–—)]\s*[-–—]?\s*\p{Lu}{2}`), "Mục "},
	{levelClause, "0123456789", regexp.MustCompile(`^(\d{1,2}(?:\.\d{1,2}){0,3})\s*[.\-–—)/]\s*[^\s\d]`), ""},
	{levelClause, "0123456789", regexp.MustCompile(`^(\d{1,2}(?:\.\d{1,2}){1,3})\s+\p{Lu}`), ""},
	{levelPoint, "abcdefghijklmnopqrstuvwxyzđ", regexp.MustCompile(`^([a-zđ])\s*[)]\s*\S`), "điểm "},
}

// after is what may follow the number of a worded heading: nothing, a sign, or
// a capital that begins its name.
// In the head of an appendix or a form a bracket may follow, too.
const (
	after         = `(?:\s*$|\s*[.:\-–—]|\s+\p{Lu})`
	afterAppendix = `(?:\s*$|\s*[.:\-–—(/]|\s+\p{Lu})`
)

var (
	// pinpoint is a line that goes on from the one before it: a citation that
	// was wrapped, "Điều 15 Quy định này", "Mục 2 Chương III".
	pinpoint = regexp.MustCompile(`^(?:Phần|Phụ lục|Mẫu|Chương|Mục|Điều)\s+[\p{L}\d]+\s+(?:Quy|Nghị|Luật|Bộ luật|Điều|Hiến pháp|Pháp lệnh|Thông|Quyết|Chỉ thị|Hướng dẫn|Kết luận|Kế hoạch|Đề án|Chương|Mục|Phần|Phụ lục)(?:\s|$)`)
	// contents is the end of a line in a table of contents.
	contents = regexp.MustCompile(`(?:[.…·_]{3,}|(?:\s[.…·_]){3,}|\t)\s*\d{1,4}$`)
	// notNumbered begins as a numbered heading and is none.
	notNumbered = regexp.MustCompile(`^(?:(?i:v\s*/\s*v)(?:\P{L}|$)|C\.\s*M(?:ÁC|ac|ác)|\d{1,2}\s*-\s*\p{Lu}[\p{Lu}\d]*[);,])`)
	// unnumbered are headings that papers and collections print without a number.
	unnumbered = regexp.MustCompile(`^(?i:tài liệu tham khảo|mục lục|lời nói đầu|lời mở đầu|lời giới thiệu|mở đầu|đặt vấn đề|phần mở đầu|phần kết luận|tóm tắt)[.:]?$`)
	references = regexp.MustCompile(`(?i)tham khảo`)
)

// longestUnnumbered is how long the name of an unnumbered heading is, in bytes.
const longestUnnumbered = 30

// maxHeadingScan is how much of a line is looked at, in bytes.
const maxHeadingScan = 200

// readHeading tells whether a line opens a section, by what stands in it.
// inArticle says whether the line stands in an Điều, whose numbered parts are
// called khoản.
func readHeading(line string, inArticle bool) (heading, bool) {
	line = strings.TrimSpace(line)
	ending := line[max(0, len(line)-maxHeadingScan):]
	line = strings.ReplaceAll(clip(line, maxHeadingScan), "\u00a0", " ")
	first, _ := utf8.DecodeRuneInString(line)
	if name := strings.TrimRight(line, ".:"); unicode.IsUpper(first) && len(name) <= longestUnnumbered && unnumbered.MatchString(line) {
		return heading{level: levelSection, label: sentenceCase(name), front: !references.MatchString(name)}, true
	}
	for _, f := range headingForms {
		if !strings.ContainsRune(f.first, first) {
			continue
		}
		match := f.form.FindStringSubmatchIndex(line)
		if match == nil {
			continue
		}
		if contents.MatchString(ending) || pinpoint.MatchString(line) || notNumbered.MatchString(line) {
			return heading{}, false
		}
		h := heading{level: f.level}
		if match[2] >= 0 {
			h.number = numeral(line[match[2]:match[3]])
			h.bare = strings.Trim(line[match[3]:], " .:-–—") == ""
		}
		switch {
		case f.level == levelClause && beginsWithNumber(line):
			return heading{}, false
		case f.level == levelClause:
			h.level += level(strings.Count(h.number, "."))
			h.label = clauseWord(inArticle) + h.number
		default:
			h.label = strings.TrimSpace(f.label + h.number)
			h.roman = f.level == levelSection && line[:1] == h.number[:1]
		}
		return h, true
	}
	return heading{}, false
}

// clauseWord is what a numbered part is called.
func clauseWord(inArticle bool) string {
	if inArticle {
		return "khoản "
	}
	return "điểm "
}

// beginsWithNumber tells whether a line begins with a document's number: a
// citation that was wrapped, "05-NQ/TU, ngày …", not point 5.
func beginsWithNumber(line string) bool {
	found := citation.Find(line)
	return len(found) > 0 && found[0].Start == 0
}

// numeral writes a heading's number as it is cited: words ("THỨ NHẤT") in lower
// case, numerals and letters as printed.
func numeral(number string) string {
	if numerals.MatchString(number) || utf8.RuneCountInString(number) == 1 {
		return number
	}
	return strings.ToLower(strings.Join(strings.Fields(number), " "))
}

var numerals = regexp.MustCompile(`^(?:[IVXLC]+|\d.*)$`)

// sentenceCase writes a name in capitals as it stands in a sentence.
func sentenceCase(name string) string {
	name = strings.ToLower(strings.Join(strings.Fields(name), " "))
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}

// clip cuts a text to at most n bytes, between code points.
func clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}
