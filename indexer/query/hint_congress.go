package query

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The patterns of terms and plenums, over the folded line, where T.Ư and TƯ
// are tw.
var (
	termNumber   = `([ivx]{1,5}|\d{1,2})\b`
	termed       = regexp.MustCompile(`\bkhoa(?: thu| lan thu)? ` + termNumber)
	congress     = regexp.MustCompile(`\b(?:dai hoi|dh)(?:[ ,](?:dai bieu|toan quoc|dang|cong san|viet nam|lan|thu|khoa))* ?` + termNumber)
	ordinal      = `(\d{1,2}|nhat|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi (?:mot|hai|ba|bon|lam)|muoi)\b`
	numberedMeet = regexp.MustCompile(`\bhoi nghi lan(?: thu)? ` + ordinal + ` (?:cua )?(?:ban chap hanh|bch) ?(?:trung uong|tw)?(?: dang)?`)
	meeting      = regexp.MustCompile(`\b(hoi nghi|hn|nghi quyet|nq|ket luan|kl) ?(?:ban chap hanh |bch ?)?(?:trung uong|tw)(?: dang)? ?(?:lan thu |lan |thu )?` + ordinal)
	ofTerm       = regexp.MustCompile(`\b(?:trung uong|tw) ?(?:lan thu |lan )?` + ordinal + `[ ,]khoa`)
)

var ordinals = map[string]int{"nhat": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
	"muoi mot": 11, "muoi hai": 12, "muoi ba": 13, "muoi bon": 14, "muoi lam": 15}

// congressWords are what all these patterns need one of.
var congressWords = []string{"khoa", "dai hoi", "dh", "tw", "trung uong", "hoi nghi"}

// maxPlenum is more than any Central Committee met.
const maxPlenum = 20

// congress reads the term and the plenum.
func (s *sentence) congress(h *Hints) {
	if !slices.ContainsFunc(congressWords, func(word string) bool { return strings.Contains(s.line, word) }) {
		return
	}
	if m := termed.FindStringSubmatchIndex(s.line); m != nil && !s.ofAnother(m[0]) && !s.insideNumber(m[2], m[1]) {
		if h.Term = termNumeral(s.line[m[2]:m[3]]); h.Term != "" {
			defer s.take(m[0], m[1])
		}
	}
	if m := congress.FindStringSubmatchIndex(s.line); m != nil && h.Term == "" && !s.insideNumber(m[2], m[1]) && !strings.HasPrefix(s.line[m[1]:], " nam") {
		h.Term = termNumeral(s.line[m[2]:m[3]])
	}
	for _, pattern := range []*regexp.Regexp{numberedMeet, meeting, ofTerm} {
		m := pattern.FindStringSubmatchIndex(s.line)
		if m == nil {
			continue
		}
		which := m[len(m)-2:]
		n := ordinalOf(s.line[which[0]:which[1]])
		if n == 0 || s.insideNumber(which[0], which[1]) || s.line[which[0]:which[1]] == "nam" && s.digitAt(which[1]+1) {
			continue
		}
		h.Plenum = n
		switch {
		case pattern != meeting:
		case strings.HasPrefix(s.line[m[2]:], "n"):
			h.Kinds = append(h.Kinds, "Nghị quyết")
		case strings.HasPrefix(s.line[m[2]:], "k"):
			h.Kinds = append(h.Kinds, "Kết luận")
		}
		s.take(m[0], which[1])
		if pattern == numberedMeet {
			s.take(m[0], m[1])
		}
		return
	}
}

// ofAnother tells whether the term before which offset stands is that of the
// National Assembly or of a people's council.
func (s *sentence) ofAnother(offset int) bool {
	before := strings.TrimRight(s.line[:offset], " ,")
	for _, name := range []string{"quoc hoi", "hdnd", "hoi dong nhan dan", "hoi dong nhan dan tinh", "hdnd tinh"} {
		if strings.HasSuffix(before, name) {
			return true
		}
	}
	return false
}

func ordinalOf(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		n = ordinals[text]
	}
	if n > maxPlenum {
		return 0
	}
	return n
}

func (s *sentence) digitAt(offset int) bool {
	return offset < len(s.line) && s.line[offset] >= '0' && s.line[offset] <= '9'
}
