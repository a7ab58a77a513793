package analyzers

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Trung ương is written TW, T.W, TƯ and T.Ư; folded, TƯ would be TU, which is
// a provincial committee. So it becomes "tw" before anything is folded. The
// difficulty is that TƯ in capitals is also the syllable of TƯ TƯỞNG.

// centre completes the word that begins at start and whose canonical form is
// arena[from:]: "t" takes a following ".Ư" or ".W", and "tư" becomes "tw"
// where it means Trung ương. It returns where the word ends.
func (s *stream) centre(start, end, from int) int {
	switch string(s.arena[from:]) {
	case "t":
		if size := dottedCentre(s.text[end:]); size > 0 {
			end += size
			s.arena = append(s.arena[:from], "tw"...)
		}
	case "tư":
		if s.meansCentre(start, end) {
			s.arena = append(s.arena[:from], "tw"...)
		}
	}
	return end
}

// dottedCentre is the length of ".Ư" or ".W" at the beginning of rest, in any
// case, composed or not, 0 where something else stands there.
func dottedCentre(rest string) int {
	if rest == "" || rest[0] != '.' {
		return 0
	}
	end := 1
	for i := 1; i < len(rest) && i < 1+3*utf8.UTFMax; {
		_, size, kind := decode(rest[i:])
		if kind == digit || kind == foreign {
			return 0
		}
		if kind != letter && kind != mark && kind != ignorable {
			break
		}
		i += size
		if kind != ignorable {
			end = i
		}
	}
	if word := Canonical(rest[1:end]); word != "ư" && word != "w" {
		return 0
	}
	return end
}

// centreBefore tells whether a word that so far is "tw" or "tư" is about to go
// on with a digit: "TƯ4", "TW4" (the fourth plenum) are two words, so that
// "TW 4" finds them.
func centreBefore(word []byte) bool { return string(word) == "tw" || string(word) == "tư" }

// meansCentre tells whether the word tư at text[start:end] is Trung ương:
//
//   - in any case, joined to an abbreviation (QĐ/TƯ, BCH-TƯ, BCH.TƯ); not to
//     a syllable (công/tư) and not behind a blank (DN tư nhân);
//   - in capitals, before a number (TƯ 4, TƯ4; in small letters đầu tư1 has a
//     footnote), before Đảng, Đoàn, Hội, khóa, or where its neighbours show
//     that the line is not all in capitals (Nghị quyết TƯ, TƯ MTTQ), or alone.
//     Never in THỨ TƯ. A line all in capitals otherwise keeps its tư: TƯ
//     TƯỞNG, ĐẦU TƯ.
//
// This is the one place where the case of a text changes its terms.
func (s *stream) meansCentre(start, end int) bool {
	before := ""
	if n := len(s.words); n > 0 && !s.gap.open {
		before = s.text[s.words[n-1].start:s.words[n-1].end]
	}
	abbreviation := isAbbreviation(before)
	if start > 0 && (abbreviation || before == "ĐA" || before == "ĐL") && strings.IndexByte("/-.", s.text[start-1]) >= 0 {
		return true
	}
	if hasLower(s.text[start:end]) || Canonical(before) == "thứ" {
		return false
	}
	next := nextWord(s.text[end:])
	switch {
	case next == "":
		return before == "" || hasLower(before) || abbreviation
	case isNumber(next) || hasLower(next) || isAbbreviation(next):
		return true
	}
	return centreFollowers[Canonical(next)]
}

// centreFollowers are words that follow Trung ương and never the syllable tư.
var centreFollowers = setOf("đảng đoàn hội khóa")

// isAbbreviation tells a word that could be no syllable even without accents.
func isAbbreviation(raw string) bool {
	return raw != "" && !isNumber(raw) && !PlausibleFolded(Fold(Canonical(raw)))
}

func isNumber(raw string) bool { return raw != "" && raw[0] >= '0' && raw[0] <= '9' }

// nextWord is the word at the beginning of rest, behind blanks and at most one
// line end, "" where punctuation or nothing follows.
func nextWord(rest string) string {
	start, lines := 0, 0
	for start < len(rest) {
		_, size, kind := decode(rest[start:])
		if kind == newline {
			lines++
		}
		if kind != blank && kind != newline || lines > 1 {
			break
		}
		start += size
	}
	end := start
	for end < len(rest) && end-start < maxSyllable*utf8.UTFMax {
		_, size, kind := decode(rest[end:])
		if kind != letter && kind != digit && kind != foreign && kind != mark {
			break
		}
		end += size
	}
	return rest[start:end]
}

func hasLower(s string) bool {
	for _, r := range s {
		if unicode.IsLower(r) {
			return true
		}
	}
	return false
}

// replaceCentre writes tw at the end of an abbreviation that ends in tư:
// vptư → vptw. A word glued to tư ("đầutư") is no abbreviation: it has accents
// or is a syllable itself.
func replaceCentre(dst []byte, from int) []byte {
	n := len(dst)
	if n-from < 5 || dst[n-1] != 0xb0 || dst[n-2] != 0xc6 || dst[n-3] != 't' {
		return dst
	}
	prefix := strings.ReplaceAll(string(dst[from:n-3]), "đ", "d")
	if !plain(prefix) || PlausibleFolded(prefix) {
		return dst
	}
	return append(dst[:n-2], 'w')
}
