package facts

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"vankien/analyzers"
)

// surnames are the family names that nearly all who sign have; behind a stroke
// of the pen or a seal a letter or an accent of one may be lost.
const surnames = `Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Hà|Đinh|Trịnh|Đoàn|Mai|Lương|Lưu|Tạ|Triệu|Vương|Cao|Châu|Tô|Thái|Quách|Lâm|Nông|Hứa|Vi|Bế|Tống|Kiều|Chu|` +
	`Quản|Thân|Giàng|Lò|Quàng|Cầm|Tòng|Sùng|Vàng|Thào|Hầu|Đàm|Đào|Phùng|Lục|Mạc|Ma|Bàn|La|Từ|Tăng|Thạch|Sơn|Danh|Kim|Lại|Khuất|Văn|Trương|Trình|Uông|Ung|Nghiêm|Ninh|Mã|Lữ|Lã|Hán|Giáp|Doãn|Cung|Bạch|Ân|Âu|An`

// middles are the words in the middle of names that OCR gets wrong, by what it
// makes of them.
var middles = map[string]string{"ăn": "Văn", "Vãn": "Văn", "Vẳn": "Văn", "Vằn": "Văn", "Van": "Văn", "hị": "Thị", "Thi": "Thị", "Thí": "Thị", "Đinh": "Đình", "Hũu": "Hữu"}

var (
	surnamesByFold = func() map[string]string {
		m := map[string]string{}
		for name := range strings.SplitSeq(surnames, "|") {
			fold := analyzers.FoldText(name)
			if _, known := m[fold]; known {
				name = "" // Hoàng is no Hoãng, but nobody can tell Lã from La
			}
			m[fold] = name
		}
		return m
	}()
	surnameSet  = wordSet(strings.ToLower(strings.ReplaceAll(surnames, "|", " ")))
	afterAText  = regexp.MustCompile(`^.{0,4}n?[ơớởoôợ]i ?nh[ậâạaãă]n`)
	lostInitial = map[string]string{"ê": "Lê", "ế": "Lê", "â": "Lê", "š": "Lê", "guyễn": "Nguyễn", "uyễn": "Nguyễn", "rần": "Trần", "oàng": "Hoàng", "hạm": "Phạm", "uỳnh": "Huỳnh", "rịnh": "Trịnh", "oàn": "Đoàn", "ương": "Dương"}
)

// seenNames are the names below the text of a page that OCR read where their
// posts are lost under a seal: they stand alone in their line, or end it, behind
// the last words of the text or "Nơi nhận". part is a line that can be the rest
// of a name.
func seenNames(lines []textLine) (names, posts []textLine, part textLine) {
	page, open := 0, 0
	for _, l := range lines {
		if !l.seen {
			continue
		}
		if l.page != page {
			if len(names) > 0 {
				break
			}
			page, open, posts = l.page, 0, nil
		}
		text := strings.TrimSpace(l.text)
		if post := postIn(text); post != "" {
			l.text = post
			posts = append(posts, l)
		}
		if endsText(text) {
			open = maxBlockLines
			continue
		}
		if open--; open < 0 {
			continue
		}
		if name := nameIn(text); name != "" {
			l.text = name
			names = append(names, l)
		} else if words := strings.Fields(text); len(words) == 2 && isPerson(text) && allSyllables(words) && !capitals(words[0]) {
			part = l
		}
	}
	return names, posts, part
}

// postIn is the post in capitals that a short line ends with.
func postIn(text string) string {
	words := strings.Fields(text)
	if len(words) > maxPostWords || postAt(words) < 0 {
		return ""
	}
	pieces := postsApart([]string{text})
	return pieces[len(pieces)-1]
}

// maxPostWords is how many words a line has at most that ends with a post; the
// list of recipients is on its left.
const maxPostWords = 12

// roleOf joins the posts above a name. Who signs as a deputy signs for the
// post above.
func roleOf(posts []textLine) string {
	var roles []string
	for _, p := range posts[:min(len(posts), 2)] {
		roles = append(roles, roleText(p.text))
	}
	if len(roles) == 2 && strings.HasPrefix(roles[1], "PHÓ ") && !strings.Contains(roles[0], ".") {
		roles[0] = "KT. " + roles[0]
	}
	return strings.Join(roles, " – ")
}

// endsText tells whether a line ends the text that is signed below: "./.", the
// recipients, or a post.
func endsText(text string) bool {
	if strings.Contains(text, "./.") || strings.HasSuffix(text, "./") || afterAText.MatchString(strings.ToLower(text)) {
		return true
	}
	return postIn(text) != ""
}

// nameIn is the name of a person that a line is or ends with, its surname put
// right; "" where there is none.
func nameIn(text string) string {
	if strings.HasSuffix(text, ";") || strings.HasSuffix(text, ",") || strings.HasPrefix(text, "+") {
		return "" // of a list of recipients
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(nameEdge, r) })
	for n := min(5, len(words)); n >= 3; n-- {
		first := len(words) - n
		before := strings.TrimSpace(text[:strings.LastIndex(text, words[first])])
		if first > 0 && !strings.ContainsAny(before[len(before)-1:], ".:)") && strings.ContainsFunc(before, unicode.IsLetter) {
			continue
		}
		name := slices.Clone(words[first:])
		right, ok := surnameOf(name[0])
		if !ok {
			continue
		}
		name[0] = right
		for i := 1; i < n-1; i++ {
			if right, ok := middles[name[i]]; ok {
				name[i] = right
			}
		}
		if joined := strings.Join(name, " "); isPerson(joined) && allSyllables(name) {
			return joined
		}
	}
	return ""
}

// allSyllables tells whether OCR has read every word of a name as one that
// there is.
func allSyllables(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !analyzers.ValidSyllable(w) })
}

// nameEdge are the signs that strokes of a pen look like.
const nameEdge = "|_~'‘’`´^ˆ“”\"{}()[]<>«»/\\*.,;:-"

// surnameOf is the surname that a word is, or of which it has lost the accents
// or the first letter.
func surnameOf(word string) (string, bool) {
	if right, ok := lostInitial[word]; ok {
		return right, true
	}
	lower := strings.ToLower(word)
	if first := []rune(word); !unicode.IsUpper(first[0]) || capitals(word) {
		return "", false
	}
	if surnameSet[lower] {
		return word, true
	}
	if right := surnamesByFold[analyzers.FoldText(word)]; right != "" {
		return right, true
	}
	return onlySurname(word)
}

// onlySurname is the one surname that begins, ends and is as long as a word
// that is none: a stroke has gone through its middle (Hơxfñg).
func onlySurname(word string) (right string, ok bool) {
	fold := analyzers.FoldText(word)
	if len(fold) < 5 || analyzers.ValidSyllable(word) {
		return "", false
	}
	for key, name := range surnamesByFold {
		if name == "" || key[0] != fold[0] || key[len(key)-1] != fold[len(fold)-1] || len(fold)-len(key) > 1 || len(key)-len(fold) > 1 {
			continue
		}
		if ok {
			return "", false
		}
		right, ok = name, true
	}
	return right, ok
}
