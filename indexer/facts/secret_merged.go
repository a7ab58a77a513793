package facts

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"vankien/analyzers"
)

// A stamp stands in a column of its own, but a reader of PDF that merges the
// columns of a head leaves one space between it and its neighbour: "HUYỆN ỦY
// AN PHONG MẬT", "TỐI MẬT Sơn Lam, ngày …". What is left of the line without
// the stamp must then be whole: a body's name in capitals, a number, a date.
var (
	stampAtEnd = regexp.MustCompile(`^(\S.*?)\s+((?:TUYỆT |TỐI |TUYET |TOI )?(?:MẬT|MÂT|MAT))$`)
	stampFirst = regexp.MustCompile(`^((?:TUYỆT |TỐI |TUYET |TOI )?(?:MẬT|MÂT|MAT))\s+(\S.*)$`)
	copyAtEnd  = regexp.MustCompile(`^(\S.*?)\s+((?:BẢN SỐ|BAN SO) ?[:.]? ?[\d.…_]+)$`)
)

// stampWords are what the stamps above have one of: a look for them is all
// that most cells need.
var stampWords = []string{"MẬT", "MÂT", "MAT", "BẢN SỐ", "BAN SO"}

const maxMerged = 12 // words of a name before a stamp

// merged finds a stamp at either end of a cell. Below the line that names the
// kind, names in capitals may be parts of a title, and are left alone.
func (g *guard) merged(piece, before string) (mark, rule string) {
	// A zero-width space between two spaces is a word that folding takes away.
	words := slices.DeleteFunc(strings.Fields(piece), func(word string) bool { return analyzers.FoldText(word) == "" })
	text := norm.NFC.String(strings.Join(words, " "))
	if !slices.ContainsFunc(stampWords, func(word string) bool { return strings.Contains(text, word) }) {
		return "", ""
	}
	if m := stampFirst.FindStringSubmatch(text); m != nil && spelled(m[1], m[2]) && !g.running(before) {
		rest := cell{text: m[2], fold: analyzers.FoldText(m[2])}
		if rest.date() || numberCue.MatchString(m[2]) || strings.HasPrefix(rest.fold, "kinh gui") || !g.titled && wholeBody(m[2]) {
			return degreeNames[compact(analyzers.FoldText(m[1]))], RuleDegree
		}
	}
	if m := stampAtEnd.FindStringSubmatch(text); m != nil && spelled(m[2], m[1]) {
		number := numberCue.MatchString(m[1]) && len(m[1]) < 40 && capitals(m[1][strings.IndexByte(m[1], ' ')+1:])
		if number || !g.titled && wholeBody(m[1]) && !g.compound(m[1]) {
			return degreeNames[compact(analyzers.FoldText(m[2]))], RuleDegree
		}
	}
	if m := copyAtEnd.FindStringSubmatch(text); m != nil && !g.titled && wholeBody(m[1]) {
		words := strings.Fields(analyzers.FoldText(m[1]))
		if !wordBeforeCopy[words[len(words)-1]] {
			return m[2], RuleCopy
		}
	}
	return "", ""
}

// spelled tells whether a stamp is spelled as the rest of its line is: MAT
// counts only where all accents are lost, for MẶT is a word of names (Mặt
// trận, giải phóng mặt bằng).
func spelled(stamp, rest string) bool {
	return !strings.HasSuffix(stamp, "MAT") || analyzers.FoldText(rest) == strings.ToLower(rest)
}

// wholeBody tells whether text can be all of the name of a body or of its
// place, in capitals, as a line of a letterhead has it.
func wholeBody(text string) bool {
	fold := analyzers.FoldText(text)
	words := strings.Fields(fold)
	if len(words) < 2 || len(words) > maxMerged || !capitals(text) || strings.ContainsAny(text, ",;:“”\"") || slices.Contains(words, "mat") {
		return false
	}
	switch {
	case strings.HasPrefix(fold, "vu "), words[len(words)-1] == "ban" && words[len(words)-2] == "uy": // MẬT VỤ …, UY BAN MAT TRAN
		return false
	case beginsWithPlaceNoun(text):
		return words[1] != "hoi" && words[1] != "ly" // XÃ HỘI, QUAN LY
	}
	return namesBody(fold) && readsAsBody(text)
}

// beforeMat are the words that "mật" makes one word or one phrase with: BẢO
// VỆ BÍ MẬT, BẢO MẬT, CƠ MẬT, TÀI LIỆU MẬT, GAN MẬT, ONG MẬT.
var beforeMat = wordSet("bi bao giai co than nghiem lieu tin muc do dau loai tac dinh pham he vao den va hoac ve la gan tui soi duong ong lay")

// notInPlaces are words that no name of a place begins with.
var notInPlaces = wordSet("ve bao giu va lam")

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// compound tells whether MẬT belongs to the words before it: it makes a phrase
// with the last of them, or is itself a part of a place's name (xã Yên Mật),
// which the page then has in small letters somewhere, at least in the date
// line. Vĩnh Bảo, Đức Cơ and Uông Bí are places, whole before a stamp.
func (g *guard) compound(before string) bool {
	words := strings.Fields(before)
	folds := strings.Fields(analyzers.FoldText(before))
	last := len(words) - 1
	if name := properName(words[last]) + " M"; strings.Contains(g.page, name+"ật") || strings.Contains(g.page, name+"at") {
		return true
	}
	if folds[last] == "thu" && folds[last-1] == "van" || folds[last] == "phong" && folds[last-1] == "giai" { // VĂN THƯ MẬT, GIAI PHONG MAT BANG
		return true
	}
	if !beforeMat[folds[last]] {
		return false
	}
	return !endsInPlaceNoun(strings.Join(words[:last-1], " ")) || notInPlaces[folds[last-1]]
}

// placeNouns and committees are what stands right before the name of a place.
const placeNouns = `(tỉnh|thành phố|tp\.?|huyện|quận|xã|phường|thị xã|thị trấn|đặc khu|(tỉnh|thành|huyện|quận|thị|đảng) ủy)`

var (
	placeFirst       = regexp.MustCompile(`^` + placeNouns + ` `)
	placeFirstFolded = regexp.MustCompile(`^` + analyzers.FoldText(placeNouns) + ` `)
	placeLast        = regexp.MustCompile(`(^| )` + placeNouns + `$`)
	placeLastFolded  = regexp.MustCompile(`(^| )` + analyzers.FoldText(placeNouns) + `$`)
)

// beginsWithPlaceNoun and endsInPlaceNoun go by the accents where there are
// any: LIÊN QUAN is no QUẬN.
func beginsWithPlaceNoun(text string) bool {
	lower, accented := canonicalWords(text)
	return accented && placeFirst.MatchString(lower) || !accented && placeFirstFolded.MatchString(lower)
}

func endsInPlaceNoun(text string) bool {
	lower, accented := canonicalWords(text)
	return accented && placeLast.MatchString(lower) || !accented && placeLastFolded.MatchString(lower)
}
