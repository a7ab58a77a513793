package citation

import (
	"fmt"
	"strconv"
	"time"
)

// Date is a date found in a text: 26/5/2025, 4.10.2023, 22-10-2018, or
// "ngày 26 tháng 5 năm 2025".
type Date struct {
	Start, End int    // bytes; "ngày" belongs to it
	ISO        string // 2025-05-26
}

// Dates returns every complete and possible date in text, in order.
func Dates(text string) []Date {
	p := lex(text)
	var found []Date
	for i := 0; i < len(p.tokens); {
		iso, next, ok := p.date(i)
		if !ok {
			i++
			continue
		}
		found = append(found, Date{p.tokens[i].start, p.tokens[next-1].end, iso})
		i = next
	}
	return found
}

// date reads a date that begins with token i; next is the token after it.
func (p *parser) date(i int) (iso string, next int, ok bool) {
	if p.folded(i) == "ngay" {
		i++
	} else if p.isSign(i-1, '/') || p.isSign(i-1, '-') && p.touches(i) {
		return "", 0, false // inside a longer number
	}
	day, ok := p.atMost(i, 2)
	if !ok {
		return "", 0, false
	}
	if p.folded(i+1) == "thang" && p.folded(i+3) == "nam" {
		month, okMonth := p.atMost(i+2, 2)
		year, okYear := p.atMost(i+4, 4)
		iso, ok = makeISO(year, month, day)
		return iso, i + 5, ok && okMonth && okYear
	}
	if !p.is(i+1, sign) || !p.is(i+3, sign) || p.tokens[i+1].sign != p.tokens[i+3].sign {
		return "", 0, false
	}
	if s := p.tokens[i+1].sign; s != '/' && s != '-' && s != '.' {
		return "", 0, false
	}
	month, okMonth := p.atMost(i+2, 2)
	year, okYear := p.atMost(i+4, 4)
	iso, ok = makeISO(year, month, day)
	return iso, i + 5, ok && okMonth && okYear
}

// atMost reads token i as a number of at most n digits.
func (p *parser) atMost(i, n int) (int, bool) {
	if !p.is(i, number) || len(p.raw(i)) > n {
		return 0, false
	}
	value, err := strconv.Atoi(p.raw(i))
	return value, err == nil
}

func makeISO(year, month, day int) (string, bool) {
	if !plausibleYear(year) {
		return "", false
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || int(t.Month()) != month || t.Day() != day {
		return "", false
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day), true
}

// plausibleYear tells whether a document may be of that year: the Party was
// founded in 1930.
func plausibleYear(year int) bool { return year >= 1930 && year < 2100 }

func isISO(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}
