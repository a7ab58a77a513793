package facts

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/storage"
)

var (
	dashes = regexp.MustCompile(`\s*[—–~]+\s*-*\s*|\s+-[—–~]+\s*`)
	// What OCR makes of the date line: the day is handwritten, the words have
	// lost their accents or their blanks.
	seenDate = regexp.MustCompile(`(?i)\bng[àaáảãạâ]y(.{0,10}?)\s*th[aáàảãạẳẵắăâ]n?g\s*(\S{0,4}(?: \S)?)\s*n[ăaâàẵắ]m\s*(\S{3,6})`)
)

// misread are signs and blanks that only stand so where OCR has read them.
var misread = []struct {
	re   *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`\b(UBND|HĐND)(\p{Lu}{2,})`), "$1 $2"},
	{regexp.MustCompile(`^[^\pL\pN]{0,3}V\s*[/\\.]\s*[^\s\pN]{1,2}\s+`), "V/v "},
	{regexp.MustCompile(`^(?:\S{1,2}\s+){1,4}(K[íi]nh g[ửu]i)`), "$1"},
	{regexp.MustCompile(`(^|\s)Ngu[yỵýỳ]\S{0,3} ?n(\s)`), "${1}Nguyễn$2"},
	{regexp.MustCompile(`(\p{Lu})['’](\p{Lu})`), "$1$2"},   // T'Tr
	{regexp.MustCompile(`\b([Ss])[ôóồồ]( \d)`), "${1}ố$2"}, // sô 01
	{regexp.MustCompile(`^[^\pL\pN]{0,2}\pL[\pL]?\s+(UBND|ỦY BAN|UỶ BAN|TỈNH ỦY|THÀNH ỦY|ĐẢNG)\b`), "$1"},
}

// digitsSeen are the digits that OCR takes for letters, and back.
var digitsSeen = strings.NewReplacer("l", "1", "I", "1", "|", "1", "Í", "1", "í", "1", "L", "1", "]", "1", "[", "1", "T", "1", "!", "1", "i", "1", "Ì", "1",
	"O", "0", "o", "0", "Ơ", "0", "ơ", "0", "Ô", "0", "ô", "0", "Ó", "0", "ó", "0", "Ò", "0", "Q", "0", "S", "5", "s", "5", "Z", "2", "z", "2", "B", "8", "b", "6")

// mended is a line that OCR read, without what cannot be print: specks, double
// dashes; the words that papers are made of have their accents back, and a date
// has its form.
func mended(line string) string {
	line = dashes.ReplaceAllString(line, " - ")
	for _, m := range misread {
		line = m.re.ReplaceAllString(line, m.with)
	}
	line = mendDate(line)
	words := strings.Fields(line)
	kept := words[:0]
	for i, w := range words {
		if speck(w, i == 0 || i == len(words)-1) {
			continue
		}
		kept = append(kept, w)
	}
	respell(kept)
	return strings.Join(kept, " ")
}

// speck tells a sign that stands alone and is no writing; at the edges of a
// line, dashes and points neither.
func speck(w string, edge bool) bool {
	if strings.ContainsFunc(w, func(r rune) bool {
		return unicode.IsLetter(r) && r < 0x2000 && r != 'ˆ' && r != 'ˋ' || unicode.IsDigit(r)
	}) {
		return false
	}
	switch {
	case strings.Trim(w, "-+*•") == "" && utf8.RuneCountInString(w) == 1, strings.Contains(w, "./"):
		return false
	case edge:
		return utf8.RuneCountInString(w) < 4
	}
	return strings.Trim(w, "ˆ¬|_~'‘’`´^°•«»<>\\=.,:;“”\"¿¡…") == ""
}

// mendDate writes "ngàyc?Ô tháng l0 năm 2017" as "ngày tháng 10 năm 2017": a
// day that is not clearly two digits is left blank, and so is such a month.
func mendDate(line string) string {
	at := seenDate.FindStringSubmatchIndex(line)
	if at == nil {
		return line
	}
	part := func(n int) string { return line[at[2*n]:at[2*n+1]] }
	year, ok := seenYear(part(3))
	if !ok {
		return line
	}
	b := strings.Builder{}
	b.WriteString(strings.TrimRight(line[:at[0]], " .,"))
	if b.Len() > 0 {
		b.WriteString(", ")
	}
	b.WriteString("ngày " + seenDay(part(1), 31))
	b.WriteString(" tháng " + seenDay(part(2), 12))
	b.WriteString(" năm " + year)
	return b.String() + line[at[1]:]
}

// seenYear reads a year; a digit may have been seen twice.
func seenYear(s string) (string, bool) {
	s = digitsSeen.Replace(strings.Trim(s, wordEdge))
	if len(s) == 5 && strings.HasPrefix(s, "200") {
		s = "20" + s[3:]
	}
	if len(s) != 4 || strings.Trim(s, "0123456789") != "" || s < "1945" || s > "2100" {
		return "", false
	}
	return s, true
}

// seenDay reads a day or a month from 1 to most, "" where it is not clear.
func seenDay(s string, most int) string {
	s = strings.Trim(s, " .,_-")
	if utf8.RuneCountInString(s) > 2 {
		s = strings.Trim(s, wordEdge)
	}
	if rest := strings.TrimLeft(s, "0123456789"); len(rest) == 1 && len(s) > 1 && digitsSeen.Replace(rest) == rest || len(rest) == 1 && len(s) == 2 && s[0] != '0' && s[0] > '3' { // 5s
		s = s[:len(s)-1]
	}
	s = digitsSeen.Replace(s)
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' {
			return ""
		}
		n = 10*n + int(r-'0')
	}
	if len(s) > 2 || n < 1 || n > most {
		return ""
	}
	return s
}

// byEye tells whether a page is a picture that OCR read: what is written or
// stamped on it by hand looks like print there. Where the file has a text whose
// fonts do not say their letters, the picture was drawn from print.
func byEye(p storage.Page) bool {
	return p.OCR && (p.Other == nil || strings.Count(p.Other.Text, string(utf8.RuneError)) < 20)
}
