package query

import (
	"regexp"
	"strconv"
	"strings"
)

// The patterns of dates in words, over the folded line.
var (
	point = `(?:` + dayPoint + `|` + monthPoint + `|` + yearPoint + `)`
	// A stretch of time that a paper is about, not in which it was issued.
	about   = `giai doan|nhiem ky|thoi ky|nien khoa|tam nhin|quy hoach|muc tieu|ke hoach \d+ nam|chien luoc|khoa|dai hoi`
	dated   = regexp.MustCompile(`(?:\b(` + about + `)(?: tu| den)?(?: nam)? )?(?:\b((?:ke )?tu(?: sau)?|truoc|sau|den|toi|trong|nam) )?\b(` + point + `)(?: ?(\.\.|-|den|toi|va) ?(` + point + `|(?:hien )?nay)\b)?((?: tro di| tro lai day| ve sau| tro ve sau)?)\b`)
	monthly = regexp.MustCompile(`\bthang (\d{1,2}|gieng|mot|hai|ba|tu|nam|sau|bay|tam|chin|muoi mot|muoi hai|muoi|chap)\b`)
)

// dates reads when the document was issued: the shortest span that holds all
// dates named.
func (s *sentence) dates(h *Hints) {
	if !strings.ContainsAny(s.line, "0123456789") {
		s.month(h)
		return
	}
	found := false
	var all span
	for _, m := range dated.FindAllStringSubmatchIndex(s.line, -1) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return s.line[m[2*i]:m[2*i+1]]
		}
		if group(1) != "" || s.insideNumber(m[6], m[1]) || m[0] > 1 && s.digitAt(m[0]-2) && strings.HasPrefix(s.line[m[0]:], "nam ") { // "10 năm 2011-2021"
			continue
		}
		when, ok := issued(group(2), group(3), group(4), group(5), group(6) != "")
		if !ok || s.counted(m[1], group(3)) || s.event(m, group(2), group(3)) {
			continue
		}
		if s.take(m[0], m[1]); found {
			when = all.with(when)
		}
		all, found = when, true
	}
	h.From, h.To = all.from, all.to
	if !found {
		s.month(h)
	}
}

// insideNumber tells whether line[start:end] is part of a longer number.
func (s *sentence) insideNumber(start, end int) bool {
	return start > 0 && strings.ContainsRune("-/.", rune(s.line[start-1])) || end < len(s.line) && strings.ContainsRune("-/", rune(s.line[end]))
}

// units are counted: "2000 đảng viên".
var units = setOf("dong, nguoi, trieu, ty, nghin, dang vien, doan vien, hoc sinh, can bo, hoc vien, don vi, ha, km, kg, m")

func (s *sentence) counted(end int, first string) bool {
	if len(first) != 4 || end >= len(s.line) {
		return false
	}
	words := strings.SplitN(strings.TrimSpace(s.line[end:min(len(s.line), end+24)]), " ", 3)
	return units[words[0]] || len(words) > 1 && units[words[0]+" "+words[1]]
}

// firstIssued is the first year that, bare, is taken for a year of issue;
// older ones name events ("mùa xuân 1975").
const firstIssued = "1980"

// event tells whether a bare year of long ago is no year of issue: no kind
// stands right before it.
func (s *sentence) event(m []int, said, first string) bool {
	if said != "" || len(first) != 4 || first >= firstIssued || m[8] >= 0 {
		return false
	}
	i := s.at(m[6])
	for n := 1; n <= min(maxKindWords, i); n++ {
		if _, length := s.kindAt(i - n); length == n {
			return false
		}
	}
	return true
}

// issued is the span that a date, with what is said around it, gives. "đến
// năm 2030" alone is an aim, five years from a congress on are a plan.
func issued(said, first, joint, second string, onward bool) (span, bool) {
	a, ok := readPoint(first)
	if !ok {
		return span{}, false
	}
	said = strings.TrimPrefix(said, "ke ")
	if second != "" {
		b, known := readPoint(second)
		switch {
		case strings.HasSuffix(second, "nay"):
			return span{from: a.from}, true
		case !known || planned(a, b) && said != "tu":
			return span{}, false
		}
		return a.with(b), true
	}
	switch {
	case said == "tu sau" || said == "sau":
		return span{from: dayAfter(a.to, 1)}, true
	case said == "tu" || onward:
		return span{from: a.from}, true
	case said == "truoc":
		return span{to: dayAfter(a.from, -1)}, true
	case said == "den" || said == "toi":
		return span{}, false
	}
	return a, true
}

// planned tells the five years of a plan (2021-2025) or of a term (2020-2025).
func planned(a, b span) bool {
	from, _ := strconv.Atoi(a.year())
	to, _ := strconv.Atoi(b.year())
	return from > 0 && (to-from == 4 && from%5 == 1 || to-from == 5 && from%5 == 0)
}

var monthNames = map[string]int{"gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12}

// month reads a month of no named year; "6 tháng" is none.
func (s *sentence) month(h *Hints) {
	m := monthly.FindStringSubmatchIndex(s.line)
	if m == nil || m[0] > 1 && s.line[m[0]-2] >= '0' && s.line[m[0]-2] <= '9' {
		return
	}
	name := s.line[m[2]:m[3]]
	n, err := strconv.Atoi(name)
	if err != nil {
		n = monthNames[name]
	}
	if n >= 1 && n <= 12 {
		h.Month = n
	}
}
