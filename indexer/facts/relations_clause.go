package facts

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// clause is a sentence, or an item of a list.
type clause struct {
	from, to int    // bytes of the running text, without the marker
	marker   string // the family of what numbers it: "điều", "1", "a", "-", "i", or "" where nothing does
}

var (
	itemMark = regexp.MustCompile(`^(?:\[\d+\]\s*)?(?:((?i:điều|chương|mục|phần)\s+(?:\d+[a-zđ]?|[IVXLC]+|thứ \S+|một|hai|ba))\s*(?:[.:\-–]\s*|$)|(\d{1,2}(?:\.\d{1,2})*\s*[.)\-–/]|\d{1,2}\.\d{1,2})\s+|([a-zđ]{1,2}\s*[).])\s+|([IVX]{1,5}\s*[.)\-–])\s+|([-–•*+])\s*)`)
	// opener is what a new sentence of the reasons begins with, however the lines are cut.
	opener = regexp.MustCompile(`^(?:Căn cứ|Căn cư|Thực hiện|Triển khai|Theo đề nghị|Xét|Nơi nhận|Kính gửi|Thi hành|Tiếp theo)(?:\s|:)`)
)

// maxHeading is how long the line of an article's own heading is, in bytes: a
// longer one goes on in the next line.
const maxHeading = 80

// mark is the family of the marker that a line begins with, and its length.
func mark(line string) (family string, size int) {
	at := itemMark.FindStringSubmatchIndex(line)
	if at == nil {
		return "", 0
	}
	for group, family := range []string{"điều", "1", "a", "i", "-"} {
		if at[2+2*group] >= 0 {
			return family, at[1]
		}
	}
	return "", 0
}

// clauses cuts the lines from line on into sentences and items.
func (t *running) clauses() []clause {
	var all []clause
	open := clause{from: -1}
	end := func(to int) {
		if open.from >= 0 && open.from < to {
			open.to = to
			for _, c := range t.firstItem(open) {
				all = append(all, t.sentences(c, c.to)...)
			}
		}
	}
	before := ""
	for i, l := range t.lines {
		line := t.flat[l.at:t.offset(i+1)]
		if line == "" {
			continue
		}
		family, size := mark(line)
		if begins := family != "" || opener.MatchString(line) || startsSentence(line) && (l.gap || before == "" || open.marker == "điều" && len(before) < maxHeading && t.lineAt(open.from) == i-1 || strings.ContainsRune(".;:/", rune(before[len(before)-1]))); begins || open.from < 0 {
			end(l.at)
			open = clause{from: l.at + size, marker: family}
		}
		before = strings.TrimSpace(line)
	}
	end(len(t.flat))
	return all
}

// startsSentence tells whether a line begins as a sentence does.
func startsSentence(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	return unicode.IsUpper(r) || r == '“' || r == '"' || r == '('
}

// sentences cuts a clause that ends at to behind its stops; the first keeps the marker.
func (t *running) sentences(c clause, to int) []clause {
	var all []clause
	c.to = to
	for i := c.from; i+2 < to; i++ {
		if t.flat[i] != '.' || t.flat[i+1] != ' ' {
			continue
		}
		r, _ := utf8.DecodeRuneInString(t.flat[i+2:])
		last := t.flat[c.from:i]
		word := last[strings.LastIndexByte(last, ' ')+1:]
		if !unicode.IsUpper(r) || utf8.RuneCountInString(word) <= 2 && word != "" && unicode.IsUpper([]rune(word)[0]) {
			continue // "TP. Hồ Chí Minh"
		}
		all = append(all, clause{c.from, i + 1, c.marker})
		c.from, c.marker = i+2, ""
	}
	return append(all, c)
}

// firstItem parts the first item of a list from the words that lead to it in the
// same line, as the items behind it stand in lines of their own: "Quyết định
// này thay thế: 1. Quyết định số …".
func (t *running) firstItem(c clause) []clause {
	text := t.flat[c.from:c.to]
	at := strings.IndexByte(text, ':')
	if at < 0 || !strings.HasPrefix(text[at:], ": ") || !anyOf(strings.ToLower(text[:at]), actWords) && !anyOf(strings.ToLower(text[:at]), endWords) {
		return []clause{c}
	}
	family, size := mark(text[at+len(": "):])
	if family != "1" && family != "a" && family != "-" {
		return []clause{c}
	}
	item := clause{c.from + at + len(": ") + size, c.to, family}
	return []clause{{c.from, c.from + at + 1, c.marker}, item}
}

// object is a document that a clause says something of; part where only of an
// article, an annex or some words of it, kept where a part of it is excepted.
type object struct {
	mention
	part, kept bool
}

var (
	inQuotes = regexp.MustCompile(`“[^“”]*”|"[^"]*"`)
	ofPart   = regexp.MustCompile(`(?:^|[\s,;(])(?i:(?:điều|khoản|điểm|mục|chương|tiết|phần|bảng|mẫu|đoạn|câu|dòng)(?: số| thứ)?\s+(?:\d|[a-zđ][\s,)]|(?-i:[IVX]+[\s,.])|nhất|hai)|phụ lục\s|biểu mẫu|cụm từ|gạch đầu dòng|tiêu đề\s|số thứ tự|` +
		`một phần\s|một số (?:điều|khoản|quy định|nội dung|điểm|biểu|mẫu|phụ lục|cụm|đoạn|căn cứ)|(?:quy định|nội dung) của\s)`)
	inPart   = regexp.MustCompile(`(?i:(?:tại|trong|thuộc)\s*)$`)
	joined   = regexp.MustCompile(`(?i:(?:[;,:.]|(?:^|[\s,;])(?:và|hoặc|cùng với|cùng)\s)\s*(?:các |những |một phần )?(?:[-–+•*]\s*|[a-zđ]\)\s*|\d{1,2}[.)]\s*)?(?:văn bản |công điện |thư |biên bản |giấy mời |tờ trình |quy chế |số )?)$`)
	joinPart = regexp.MustCompile(`(?i:(?:[;,:]|\svà)\s+(?:[-–+•*]\s*|[a-zđ]\)\s*|\d{1,2}[.)]\s*)?(?:(?:các |tại )?(?:điều|khoản|điểm|mục|chương|phụ lục|mẫu)\s[^;:]{1,200}|toàn bộ |quy chế [^;:]{1,200}kèm theo |quy định [^;:]{1,200}kèm theo ))$`)
	notLed   = regexp.MustCompile(`(?i:như sau|theo quy định|theo đề nghị|kiến nghị|căn cứ|được (?:sửa đổi|bổ sung))`)
)

// maxToObject is how far from a verb its first object may stand, maxBetween how
// far from one object the next, in bytes.
const (
	maxToObject = 700
	maxBetween  = 3000
)

// objects are the documents between from and to that the verb before from has
// as its objects: the first, and those that a comma, a semicolon or "và" puts
// beside it. Those that only tell what another one is about are none: "thay
// thế Thông tư số 2 sửa đổi Thông tư số 1".
func (t *running) objects(all []mention, from, to int) []object {
	var found []object
	pos, object1, within := from, true, false
	i, _ := slices.BinarySearchFunc(all, from, func(m mention, at int) int { return m.from - at })
	for ; i < len(all) && all[i].from < to; i++ {
		m := all[i]
		if !t.ours(m.from) {
			continue
		}
		gap := t.flat[pos:max(pos, m.from)]
		if len(gap) > maxBetween {
			break
		}
		if len(found) > 0 && (insideQuotes(gap) || strings.LastIndexByte(gap, '(') > strings.LastIndexByte(gap, ')')) {
			continue // told of the object before it
		}
		plain := inQuotes.ReplaceAllString(gap, " ")
		if at := except.FindStringIndex(plain); at != nil {
			next := strings.IndexByte(plain[at[0]:], ';')
			if next < 0 {
				break
			}
			plain = plain[at[0]+next:]
		}
		part := ofPart.MatchString(" "+lastItem(plain)) || inPart.MatchString(plain) && !strings.Contains(plain, "kèm theo")
		after := object1 || len(found) > 0 && sameKind(found[len(found)-1].mention, m) && !sameKind(all[i-1], m)
		switch {
		case !isObject(plain, len(found) == 0, after):
			if object1 = false; len(found) == 0 {
				return nil
			}
		case !object1 && !part && len(found) > 0 && found[len(found)-1].part && sameKind(all[i-1], m):
			// "Bãi bỏ Điều 5 Thông tư số 3 sửa đổi Thông tư số 1; Thông tư số 2": both are told of the third
		default:
			if len(found) == 0 { // "các quy định tại Quy định số 1, Quy định số 2"
				within = part && !ofPart.MatchString(" "+lastItem(plain))
			}
			found, object1 = append(found, object{mention: m, part: part || within}), true
		}
		pos = max(pos, m.to)
	}
	t.keep(found, to)
	return found
}

// isObject tells whether what stands before a document makes it an object;
// after tells whether the document before it was one.
func isObject(gap string, first, after bool) bool {
	if first {
		return len(gap) < maxToObject && !notLed.MatchString(gap)
	}
	if len(strings.TrimSpace(gap)) == 0 {
		return after
	}
	return (after || strings.Contains(gap, ";")) && (joined.MatchString(gap) || joinPart.MatchString(gap))
}

// insideQuotes tells whether a quotation that begins in gap goes on behind it.
func insideQuotes(gap string) bool {
	return strings.Count(gap, "“") > strings.Count(gap, "”") || strings.Count(gap, `"`)%2 == 1
}

// sameKind tells whether two numbers are of one kind: what stands between them
// was told of the first, "Nghị định số 1 quy định chi tiết Pháp lệnh … và Nghị
// định số 2".
func sameKind(a, b mention) bool {
	return a.number.Serial != "" && a.number.Kind != "" && a.number.Kind == b.number.Kind
}

// lastItem is what stands behind the last semicolon: the words that lead to
// the next document.
func lastItem(gap string) string {
	if at := strings.LastIndexAny(gap, ";:"); at >= 0 {
		return gap[at+1:]
	}
	return gap
}
