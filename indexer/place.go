package indexer

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"vankien/indexer/citation"
)

// PlaceShare tells how well a passage's Section is the place that a pinpoint
// names: 0 where it is another, more for each of its units that the section is
// of. The article, else the largest unit, has to be there.
func PlaceShare(section string, at citation.Pinpoint) int {
	heads := stepsOf(section)
	share := 0
	for i, unit := range unitsOf(at) {
		best := 0
		for _, head := range heads {
			best = max(best, head.share(unit))
		}
		if best == 0 && (unit.words == articleWords || i == 0 && at.Article == "") {
			return 0
		}
		share += best
	}
	return share
}

// namedUnit is a unit of a pinpoint, with the words that headings of it begin
// with.
type namedUnit struct{ words, number string }

// What regulations call khoản, directives call điểm.
const (
	articleWords = "điều"
	pointWords   = "khoản|điểm"
)

// unitsOf are the units of a pinpoint, the largest first; "B.I.1" are three.
func unitsOf(at citation.Pinpoint) []namedUnit {
	var units []namedUnit
	for _, u := range []namedUnit{
		{"phụ lục", at.Annex}, {"mẫu", at.Form}, {"phần", at.Part}, {"chương", at.Chapter}, {"mục", at.Section}, {"tiểu mục", at.Subsection},
		{articleWords, at.Article}, {"câu", at.Question}, {"bước", at.Step}, {pointWords, at.Clause}, {pointWords, at.Point},
	} {
		u.number, _, _ = strings.Cut(u.number, ",")
		u.number, _, _ = strings.Cut(u.number, "(")
		u.number = strings.TrimSpace(u.number)
		for u.words == "mục" && strings.Contains(u.number, ".") && !startsWithDigit(u.number) {
			head, rest, _ := strings.Cut(u.number, ".")
			units, u.number = append(units, namedUnit{u.words, head}), rest
		}
		if u.words == "mục" && len(units) > 0 && units[len(units)-1].words == "mục" && startsWithDigit(u.number) {
			u.words = pointWords
		}
		if u.number != "" {
			units = append(units, u)
		}
	}
	return units
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// sectionHead is one step of a Section: "Điều 3", or "điểm 2–4".
type sectionHead struct{ word, from, to string }

func stepsOf(section string) []sectionHead {
	var heads []sectionHead
	for step := range strings.SplitSeq(section, ", ") {
		for label := range strings.SplitSeq(step, " – ") {
			word, number, _ := cutLast(label)
			from, to, ranged := strings.Cut(number, "–")
			if !ranged {
				to = from
			}
			heads = append(heads, sectionHead{strings.TrimSuffix(strings.ToLower(word), " thứ"), from, to})
		}
	}
	return heads
}

// share is how well a heading is a unit: the very one, one that holds it among
// others, a part of it, or the one around it.
func (h sectionHead) share(u namedUnit) int {
	if !strings.Contains("|"+u.words+"|", "|"+h.word+"|") {
		return 0
	}
	const very, among, below, around = 4, 3, 2, 1
	switch {
	case strings.EqualFold(h.from, u.number) || strings.EqualFold(h.to, u.number):
		return very
	case between(h.from, u.number, h.to):
		return among
	case strings.HasPrefix(h.from, u.number+"."):
		return below
	case strings.HasPrefix(u.number, h.from+".") || strings.HasPrefix(u.number, h.to+"."):
		return around
	}
	return 0
}

// between tells whether a number lies in a range of its own kind.
func between(from, number, to string) bool {
	kind, n := rankOf(number)
	fromKind, low := rankOf(from)
	toKind, high := rankOf(to)
	return n > 0 && low > 0 && kind == fromKind && kind == toKind && low <= n && n <= high
}

// numbering tells counts from letters: "Mục A" is not "Mục I".
type numbering uint8

const (
	counted numbering = iota
	lettered
)

// pointLetters are the letters in the order in which points are lettered.
const pointLetters = "abcdđefghijklmnopqrstuvwxyz"

// countWords are the words that parts are counted with.
var countWords = map[string]int{"nhất": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}

// rankOf is the place of a heading's number in its count, however it is
// written; 0 where it has none.
func rankOf(number string) (numbering, int) {
	if n, err := strconv.Atoi(number); err == nil {
		return counted, n
	}
	if n := countWords[strings.TrimPrefix(strings.ToLower(number), "thứ ")]; n > 0 {
		return counted, n
	}
	if strings.Trim(number, "IVX") == "" && number != "" { // small letters are those of points
		return counted, romanValue(strings.ToLower(number))
	}
	if utf8.RuneCountInString(number) != 1 {
		return counted, 0
	}
	before, _, known := strings.Cut(pointLetters, strings.ToLower(number))
	if !known {
		return lettered, 0
	}
	return lettered, utf8.RuneCountInString(before) + 1
}
