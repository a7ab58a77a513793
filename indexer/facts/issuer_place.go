package facts

import (
	"regexp"
	"strings"

	"vankien/analyzers"
)

// completed adds to the body of the enacting phrase what only the letterhead
// says: its place. "Giám đốc Sở Y tế" under SỞ Y TẾ of UBND TỈNH AN BÌNH is
// "Giám đốc Sở Y tế tỉnh An Bình".
func completed(phrase, head string) string {
	p, h := analyzers.FoldText(phrase), analyzers.FoldText(head)
	if strings.HasPrefix(h, p) {
		return head
	}
	if post, ok := postOver(p, h); ok {
		return strings.Join(strings.Fields(phrase)[:post], " ") + " " + head
	}
	for words := strings.Fields(h); len(words) > 1; words = words[:len(words)-1] {
		if post, ok := strings.CutSuffix(p, strings.Join(words, " ")); ok && post != "" && strings.HasSuffix(post, " ") {
			n := len(strings.Fields(post))
			return strings.Join(strings.Fields(phrase)[:n], " ") + " " + head
		}
	}
	return placed(phrase, head)
}

// eachCompleted completes each body of a phrase by the one of the letterhead
// that it names.
func eachCompleted(phrase, head string) string {
	bodies := strings.Split(phrase, "; ")
	for i, body := range bodies {
		for above := range strings.SplitSeq(head, "; ") {
			if whole := completed(body, above); whole != body {
				bodies[i] = whole
				break
			}
		}
	}
	return strings.Join(bodies, "; ")
}

// postOver tells how many words of a folded enacting phrase are the post that
// stands over the body of the letterhead, where the phrase leaves out the noun
// of its place: "giam doc so y te an binh" of "so y te tinh an binh".
func postOver(phrase, head string) (int, bool) {
	var bare []string
	for _, w := range strings.Fields(head) {
		if w != "tinh" && w != "huyen" && w != "xa" {
			bare = append(bare, w)
		}
	}
	post, ok := strings.CutSuffix(phrase, " "+strings.Join(bare, " "))
	return len(strings.Fields(post)), ok && len(bare) > 1 && posts.MatchString(post)
}

var (
	endsInPlace = regexp.MustCompile(`(?:^| )(thành phố|thị xã|thị trấn|đặc khu|tỉnh|huyện|quận|xã|phường)$`)
	committees  = map[string]string{"thành phố": "thành ủy", "thị xã": "thị ủy", "tỉnh": "tỉnh ủy", "huyện": "huyện ủy", "quận": "quận ủy"}
)

// placed adds to a phrase that ends with the noun of a place the name that the
// letterhead gives it: "Ban Chấp hành Đảng bộ xã" under ĐẢNG ỦY XÃ SUỐI MƠ is of
// "xã Suối Mơ", "Đảng bộ tỉnh" under TỈNH ỦY AN BÌNH of "tỉnh An Bình".
func placed(phrase, head string) string {
	p, _ := canonicalWords(phrase)
	h, _ := canonicalWords(head)
	m := endsInPlace.FindStringSubmatch(p)
	if m == nil {
		return phrase
	}
	var name string
	found := false
	if committee := committees[m[1]]; committee != "" {
		name, found = strings.CutPrefix(h, committee+" ")
	}
	if !found {
		_, name, found = strings.Cut(" "+h, " "+m[1]+" ")
	}
	if !found {
		return phrase
	}
	words := strings.Fields(head)
	return phrase + " " + strings.Join(words[len(words)-len(strings.Fields(name)):], " ")
}
