package query

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"vankien/analyzers"
)

// span is a stretch of days, ISO dates, both inclusive, "" where open.
type span struct{ from, to string }

// with is the shortest span that holds both.
func (s span) with(t span) span {
	if s.from != "" && (t.from == "" || t.from < s.from) {
		s.from = t.from
	}
	if s.to != "" && (t.to == "" || t.to > s.to) {
		s.to = t.to
	}
	return s
}

// year is the calendar year that the span is, "" where it is none.
func (s span) year() string {
	if strings.HasSuffix(s.from, "-01-01") && s.to == s.from[:4]+"-12-31" {
		return s.from[:4]
	}
	return ""
}

// ranged tells whether the span is more than one day, month or year.
func (s span) ranged() bool {
	return s.from == "" || s.to == "" || s.year() == "" && s.from[:7] != s.to[:7]
}

// Points in time as people write them, folded: a day, a month, a year.
const (
	dayPoint   = `(?:ngay )?\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|(?:ngay )?\d{1,2} thang \d{1,2} nam \d{4}|\d{4}-\d{1,2}-\d{1,2}`
	monthPoint = `(?:thang )?\d{1,2}[/-]\d{4}|thang \d{1,2}(?: nam |, ?| |\.)\d{4}`
	yearPoint  = `(?:nam )?\d{4}`
)

var (
	onePoint = regexp.MustCompile(`^(?:` + dayPoint + `|` + monthPoint + `|` + yearPoint + `)$`)
	figures  = regexp.MustCompile(`\d+`)
)

// readPoint reads a folded point in time as the days it spans.
func readPoint(folded string) (span, bool) {
	if len(folded) > 40 || !onePoint.MatchString(folded) {
		return span{}, false
	}
	parts := figures.FindAllString(folded, 3)
	if len(parts[0]) == 4 && len(parts) == 3 {
		parts[0], parts[2] = parts[2], parts[0]
	}
	var n [3]int // day, month, year
	for i, part := range parts {
		n[3-len(parts)+i], _ = strconv.Atoi(part)
	}
	if len(parts[len(parts)-1]) == 2 { // nobody's documents are from before the war or after 2049
		n[2] += 1900
		if n[2] < 1950 {
			n[2] += 100
		}
	}
	return spanOf(n[0], n[1], n[2], len(parts))
}

// spanOf is the year, the month or the day that so many parts of a date name.
// The Party was founded in 1930.
func spanOf(day, month, year, parts int) (span, bool) {
	if year < 1930 || year > 2099 || parts > 1 && (month < 1 || month > 12) {
		return span{}, false
	}
	first := time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(1, 0, -1)
	if parts > 1 {
		first = time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
		last = first.AddDate(0, 1, -1)
	}
	if parts > 2 {
		if day < 1 || day > last.Day() {
			return span{}, false
		}
		first = time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		last = first
	}
	return span{first.Format(time.DateOnly), last.Format(time.DateOnly)}, true
}

// readSpan reads a date, or two with "..", a dash or "đến" between them, one
// of which may be missing: "2020..2023", "6/2020 - 9/2021", ">=2019".
func readSpan(text string) (span, bool) {
	folded := analyzers.FoldText(text)
	if len(folded) > 80 {
		return span{}, false
	}
	if s, ok := readPoint(folded); ok {
		return s, true
	}
	for _, sign := range []string{">=", "≥", ">", "<=", "≤", "<"} {
		if rest, ok := strings.CutPrefix(folded, sign); ok {
			s, ok := readPoint(strings.TrimSpace(rest))
			return compared(sign, s), ok
		}
	}
	folded = strings.TrimPrefix(folded, "tu ")
	for _, sign := range []string{"...", "…", "..", "–", "—", " den ", " toi ", " - ", "-"} {
		left, right, found := strings.Cut(folded, sign)
		if !found {
			continue
		}
		open := sign != "-" && sign != " - "
		if s, ok := between(strings.TrimSpace(left), strings.TrimSpace(right), open); ok {
			return s, true
		}
	}
	return span{}, false
}

// between is the span from left to right, in either order; where open is set,
// one of them may be missing, or be "nay".
func between(left, right string, open bool) (span, bool) {
	from, okLeft := readPoint(left)
	to, okRight := readPoint(right)
	switch {
	case okLeft && okRight:
		return from.with(to), true
	case okLeft && (right == "nay" || right == "" && open):
		return span{from: from.from}, true
	case okRight && left == "" && open:
		return span{to: to.to}, true
	}
	return span{}, false
}

// compared is what is at, before or after s, as a sign of comparison says.
func compared(sign string, s span) span {
	switch sign {
	case ">=", "≥":
		return span{from: s.from}
	case ">":
		return span{from: dayAfter(s.to, 1)}
	case "<=", "≤":
		return span{to: s.to}
	}
	return span{to: dayAfter(s.from, -1)}
}

// dayAfter is so many days after an ISO date, "" for none.
func dayAfter(iso string, days int) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, days).Format(time.DateOnly)
}
