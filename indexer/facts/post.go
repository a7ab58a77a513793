package facts

import (
	"regexp"
	"strings"

	"vankien/analyzers"
)

var (
	// What OCR makes of KT. before a post: KÍGIÁM ĐỐC, L^T, GIÁM ĐỐC.
	seenFor   = regexp.MustCompile(`^(?:[KLRE]\S{0,4}|\S?[TÍ]\W?)$`)
	gluedFor  = regexp.MustCompile(`^[KL][TÍÌI/.,]{1,3}(\p{Lu}{3,})$`)
	wholePost = regexp.MustCompile(posts.String() + `( (so|cuc|chi cuc|ban|vien|truong|benh vien|trung tam)( .{1,40})?)?$`)
)

// postsApart cuts the post of a signature off the list of recipients that OCR
// has joined with it: "Nơi nhận: KT. GIÁM ĐỐC", "- Như trên; PHÓ GIÁM ĐỐC".
func postsApart(pieces []string) []string {
	var apart []string
	for _, piece := range pieces {
		words := strings.Fields(piece)
		at := postAt(words)
		if at < 0 {
			apart = append(apart, piece)
			continue
		}
		from := at
		if m := gluedFor.FindStringSubmatch(words[at]); m != nil {
			words[at] = "KT. " + m[1]
		} else if at > 0 && seenFor.MatchString(words[at-1]) && strings.ToUpper(words[at-1]) == words[at-1] {
			from, words[at-1] = at-1, "KT."
		}
		apart = append(apart, trimmed([]string{strings.Join(words[:from], " "), spelledPost(strings.Join(words[from:], " "))})...)
	}
	return apart
}

// spelledPost is a post in capitals with the accents that it has in any paper.
func spelledPost(post string) string {
	words := strings.Fields(post)
	for i := 0; i < len(words); {
		n := min(maxCompoundWords, len(words)-i)
		for ; n > 1; n-- {
			right, ok := compoundsByFold[strings.Trim(analyzers.FoldText(strings.Join(words[i:i+n], " ")), wordEdge)]
			if !ok {
				continue
			}
			for k, w := range right {
				words[i+k] = strings.ToUpper(w)
			}
			break
		}
		i += max(n, 1)
	}
	return strings.Join(words, " ")
}

// maxLineWords is how many words a line has at most where columns were joined.
const maxLineWords = 40

// postAt is the word where a post in capitals begins that words end with, -1
// where there is none.
func postAt(words []string) int {
	if len(words) > maxLineWords {
		return -1
	}
	for i, w := range words {
		if m := gluedFor.FindStringSubmatch(w); m != nil {
			w = m[1]
		}
		rest := strings.Join(append([]string{w}, words[i+1:]...), " ")
		if capitals(rest) && wholePost.MatchString(strings.Trim(analyzers.FoldText(rest), wordEdge)) {
			return i
		}
	}
	return -1
}
