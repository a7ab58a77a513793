package facts

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/analyzers"
	"vankien/indexer/citation"
	"vankien/storage"
)

var (
	law = regexp.MustCompile(`(?:^|[\s“"(])((?i:bộ luật|luật|pháp lệnh)\s+\p{L}|Điều lệ Đảng(?: Cộng sản Việt Nam)?|Hiến pháp(?: [Nn]ước Cộng h(?:òa|oà) xã hội chủ nghĩa Việt Nam)?)`)
	// lawEnd is what cannot be part of a law's name.
	lawEnd = regexp.MustCompile(`(?i:[,\s]+(?:số:?(?:\s+\d|\s*$)|ngày\s*\d|năm\s+\d|được|đã|của (?:quốc hội|nước)|căn cứ|chương|quốc hội ban|nghị định|nghị quyết|quyết nghị|nghị viện|quy định|về|này|thì|là|do|và (?:luật|bộ luật|pháp lệnh|nghị định|nghị quyết|các|hướng dẫn|điều lệ|văn bản|quy định)|` +
		`theo|tại|trong|đối với|bao gồm|có hiệu lực|hết hiệu lực|như sau|cho|để|khi|nếu|phải|bằng|trừ)(?:[\s\d:;.,]|$))|` +
		`,\s+(?:Luật|Bộ luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Quy định|Thông tư|Chính phủ|Quốc hội|Bộ |Ủy ban)|,\s*$`)
	noLaw         = regexp.MustCompile(`^(?i:(?:bộ luật|luật|pháp lệnh)\s+(?:số|này|định|lệ|sư|gia|pháp|quốc tế|quốc gia|nước|được|của|và|quy định|khác|ngày|năm|có|thì|trên|hiện hành|về|chuyên ngành|việt nam|sau|trước|liên quan|đó|tại|cũ|mới|nêu|nói)(?:[\s,.]|$))`)
	notOfLaw      = regexp.MustCompile(`(?i:(?:pháp|dự|kỷ|đạo|quân)\s+)$`)
	amendsLaw     = regexp.MustCompile(`^(?i:luật|pháp lệnh) (?i:sửa đổi)`)
	unfinishedLaw = regexp.MustCompile(`(?i:\s(?:của|và|các|một|sau))$`)
	numberNext    = regexp.MustCompile(`^,?\s*(?i:số)\s*:?\s*$`)
	restOfName    = regexp.MustCompile(`^[\p{L}\s]+\s(?i:số)\s*:?\s*$`)
	lawKinds      = regexp.MustCompile(`(?i:luật|nghị|quyết|quy|thông|hướng|văn bản|công|kế hoạch|pháp lệnh|được|ban hành)`)
	yearNext      = regexp.MustCompile(`^,?\s*(?:năm\s+)?((?:19|20)\d\d)`)
)

const maxLaw = 220 // bytes of a law's name

// laws are the laws, the constitution and the Party's statutes that the text
// names; a number behind the name is not read here.
func (t *running) laws(cited []citation.Citation) []mention {
	var all []mention
	for at := 0; at < len(t.flat) && len(all) < maxMentions; {
		found := law.FindStringSubmatchIndex(t.flat[at:min(len(t.flat), at+lawWindow)])
		if found == nil {
			at += lawWindow - maxLaw
			continue
		}
		from, to := at+found[2], at+found[3]
		if fold := t.flat[from:to]; !strings.HasPrefix(fold, "Đ") && !strings.HasPrefix(fold, "H") {
			to = t.nameEnd(to)
		}
		m, ok := t.lawFrom(from, to)
		if !ok {
			at = from + len("Luật")
			continue
		}
		at = m.to
		if amendsLaw.MatchString(m.name) && t.numberedInner(m, cited) {
			inner := strings.LastIndex(strings.ToLower(t.flat[m.from:m.to]), " luật ")
			if b := strings.LastIndex(strings.ToLower(t.flat[m.from:m.to]), " bộ luật "); b >= 0 && b+len(" bộ") == inner {
				inner = b
			}
			if inner > 0 {
				m.from += inner + 1
				m.name = t.flat[m.from:m.to]
			}
		}
		m.name = properLaw(m.name)
		all = append(all, m)
	}
	return all
}

const lawWindow = 4000

// nameEnd is where the words that a name may consist of end.
func (t *running) nameEnd(from int) int {
	for i, r := range t.flat[from:min(len(t.flat), from+maxLaw)] {
		if !unicode.IsLetter(r) && !strings.ContainsRune(" ,/-", r) {
			return from + i
		}
	}
	return min(len(t.flat), from+maxLaw)
}

// numberedInner tells whether a number stands behind the name of a law that
// amends another, where the amending one is what is being made: the number is
// the amended one's.
func (t *running) numberedInner(m mention, cited []citation.Citation) bool {
	i, _ := slices.BinarySearchFunc(cited, m.to, func(c citation.Citation, at int) int { return c.NumberStart - at })
	return i < len(cited) && numberNext.MatchString(t.flat[m.to:max(m.to, min(cited[i].NumberStart, m.to+20))]) &&
		strings.HasSuffix(strings.TrimSpace(t.flat[max(0, m.from-20):m.from]), "ban hành")
}

// lawFrom reads the law whose name begins at from and ends at to at the latest.
func (t *running) lawFrom(from, to int) (mention, bool) {
	name := t.flat[from:min(to+len(" 0"), from+maxLaw, len(t.flat))] // with the digit of a date or number behind it
	if noLaw.MatchString(name) || notOfLaw.MatchString(t.flat[max(0, from-12):from]) {
		return mention{}, false
	}
	amending := amendsLaw.MatchString(name)
	name = t.flat[from:min(to, from+maxLaw, from+lawLength(name, amending))]
	name = strings.TrimRight(strings.ToValidUTF8(sameCase(name), ""), " ,")
	if len(strings.Fields(name)) < 2 || len(name)-len(strings.Fields(name)[0]) < 3 || strings.EqualFold(name, "bộ luật") || unfinishedLaw.MatchString(name) {
		return mention{}, false
	}
	m := mention{from: from, to: from + len(name), name: name, law: true}
	rest := t.flat[m.to:min(len(t.flat), m.to+60)]
	if found := citation.Dates(rest); len(found) > 0 && strings.Trim(rest[:found[0].Start], " ,") == "" {
		m.date = found[0].ISO
		m.to += found[0].End
	} else if y := yearNext.FindStringSubmatchIndex(rest); y != nil {
		m.year = int(rest[y[2]]-'0')*1000 + int(rest[y[2]+1]-'0')*100 + int(rest[y[2]+2]-'0')*10 + int(rest[y[2]+3]-'0')
		m.to += y[1]
	}
	return m, true
}

// lawLength is where the name of a law ends that text begins with; what one law
// amends may be several.
func lawLength(text string, amending bool) int {
	for _, end := range lawEnd.FindAllStringIndex(text, -1) {
		if fold := analyzers.FoldText(text[end[0]:end[1]]); !amending || !strings.HasPrefix(strings.TrimSpace(fold), "va ") || !strings.Contains(fold, "luat") {
			return end[0]
		}
	}
	return len(text)
}

// sameCase is name up to where its capitals end, where it begins in capitals:
// a subject is no part of the sentence behind it.
func sameCase(name string) string {
	words := strings.Fields(name)
	if len(words) < 2 || !capitals(words[0]+words[1]) {
		return name
	}
	for i, w := range words {
		if !capitals(w) && strings.ToUpper(w) != w {
			return strings.Join(words[:i], " ")
		}
	}
	return name
}

// properLaw is the name of a law as one spells it in a sentence.
func properLaw(name string) string {
	name = strings.Join(strings.Fields(name), " ")
	fold := analyzers.FoldText(name)
	switch {
	case strings.HasPrefix(fold, "dieu le dang"):
		return "Điều lệ Đảng"
	case strings.HasPrefix(fold, "hien phap nuoc"):
		return "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam"
	}
	if capitals(name) {
		name = strings.ToLower(name)
	}
	for _, kind := range []string{"Bộ luật", "Luật", "Pháp lệnh"} {
		if len(name) > len(kind) && strings.EqualFold(name[:len(kind)], kind) {
			rest := strings.TrimSpace(name[len(kind):])
			first, size := utf8.DecodeRuneInString(rest)
			return kind + " " + string(unicode.ToUpper(first)) + rest[size:]
		}
	}
	return name
}

// numberOf tells whether the number of c is that of law m: "số" stands between
// them, and at most the end of the name that looked like none ("tại Việt Nam").
func (t *running) numberOf(m mention, c citation.Citation) bool {
	if _, ocr := t.page(c.NumberStart); ocr && !confident(c) {
		return false
	}
	between := t.flat[m.to:c.NumberStart]
	return numberNext.MatchString(between) || len(between) < 60 && m.date == "" && restOfName.MatchString(between) && !lawKinds.MatchString(between)
}

// names are the laws of a text by their folded names.
type names struct {
	number map[string]citation.Number // where the text gives one number, and only one, to that name
	twice  map[string]bool
	known  []string // folded names that the text sets off with a number or a date
}

func namesOf(t *running, all []mention) names {
	n := names{number: map[string]citation.Number{}, twice: map[string]bool{}}
	seen := map[string]bool{}
	for _, m := range all {
		if m.name == "" || !t.ours(m.from) {
			continue
		}
		key := analyzers.FoldText(m.name)
		if (m.date != "" || m.number.Serial != "") && !seen[key] && len(n.known) < 300 {
			seen[key], n.known = true, append(n.known, key)
		}
		if m.number.Serial == "" || amendsLaw.MatchString(m.name) {
			continue
		}
		if other, ok := n.number[key]; ok && other.Key() != m.number.Key() {
			n.twice[key] = true
		}
		n.number[key] = m.number
	}
	slices.SortFunc(n.known, func(a, b string) int { return len(b) - len(a) })
	return n
}

// resolve gives a law that is named without its number the number that the
// text gives it elsewhere, and cuts its name where the text knows a shorter one.
func (n names) resolve(m mention) mention {
	if m.name == "" || m.number.Serial != "" {
		return m
	}
	key := analyzers.FoldText(m.name)
	for _, known := range n.known {
		if strings.HasPrefix(key+" ", known+" ") && key != known {
			m.name = strings.Join(strings.Fields(m.name)[:len(strings.Fields(known))], " ")
			key = known
			break
		}
	}
	number, ok := n.number[key]
	year := m.year
	if m.date != "" {
		year = storage.Date(m.date).Year()
	}
	if ok && !n.twice[key] && (year == 0 || year == number.Year || number.Year == 0) {
		m.number = number
	}
	return m
}
