package bleveindex

import (
	"bytes"
	"unicode"
)

// needle is a phrase as the bytes of a sequence have it where nothing parts its
// words.
type needle struct {
	written []byte
	folded  bool // so are the sequences that it is looked for in
	rarest  int  // the byte of it that is looked for first; -1 where folding may have made any of them
}

// newNeedle is false where the syllables have letters that a sequence writes in
// another way.
func newNeedle(syllables []string, folded bool) (n needle, possible bool) {
	n = needle{folded: folded, rarest: -1}
	for _, syllable := range syllables {
		codes, known := codesOf(n.written, syllable)
		if !known {
			return needle{}, false
		}
		n.written = codes
		n.written[len(n.written)-1] |= lastLetter
	}
	for i, code := range n.written {
		if !(folded && madeByFolding[code]) && (n.rarest < 0 || commonness[code] < commonness[n.written[n.rarest]]) {
			n.rarest = i
		}
	}
	return n, true
}

// in is where the needle first stands in a sequence, -1 for nowhere: that takes a
// tenth of the time of comparing words. plain is false where the sequence has other
// letters, and it cannot tell. buffer is what it works in, kept from call to call.
func (n needle) in(s sequence, buffer *[]byte) (at int, plain bool) {
	if bytes.IndexByte(s, otherWord) >= 0 {
		return -1, false
	}
	if n.rarest < 0 {
		return n.inFolded(s, buffer), true
	}
	for from := n.rarest; from < len(s); from++ {
		at := bytes.IndexByte(s[from:], n.written[n.rarest])
		if at < 0 {
			break
		}
		if from += at; n.at(s, from-n.rarest) {
			return from - n.rarest, true
		}
	}
	return -1, true
}

// at tells whether the needle begins at a byte of a sequence, and with a word.
func (n needle) at(s sequence, start int) bool {
	if start+len(n.written) > len(s) || !beginsWord(s, start) {
		return false
	}
	part := s[start : start+len(n.written)]
	if !n.folded {
		return bytes.Equal(part, n.written)
	}
	for i, b := range part {
		if foldedBytes[b] != n.written[i] {
			return false
		}
	}
	return true
}

// inFolded folds all of a sequence to find the needle.
func (n needle) inFolded(s sequence, buffer *[]byte) int {
	in := (*buffer)[:0]
	for _, b := range s {
		in = append(in, foldedBytes[b])
	}
	*buffer = in
	for from := 0; ; from++ {
		at := bytes.Index(in[from:], n.written)
		if at < 0 {
			return -1
		}
		if from += at; beginsWord(in, from) {
			return from
		}
	}
}

func beginsWord(s []byte, at int) bool {
	return at == 0 || s[at-1] >= lastLetter || s[at-1] == wordGap
}

// foldedBytes folds whole sequences: letters with and without lastLetter; what is
// no letter stays. madeByFolding are the letters that others become by that.
var foldedBytes, madeByFolding = folding()

func folding() (folded [256]byte, made [256]bool) {
	for b := range folded {
		folded[b] = byte(b)
		if code := foldCodes[byte(b)&^lastLetter]; code != 0 {
			folded[b] = code | byte(b)&lastLetter
			made[folded[b]] = made[folded[b]] || folded[b] != byte(b)
		}
	}
	return folded, made
}

// commonLetters are those that a sequence has more than three of in a thousand,
// of law articles, the most common first; capitals stand for those that end a word.
const commonLetters = "hntNcIGiđCuHvágưTArklqpPUàMảbOaệYsodờạôợịyậêếÀủmâấÓềộứớx"

// commonness is by byte, 0 for those that are rare.
var commonness = func() (commonness [256]int) {
	for i, letter := range []rune(commonLetters) {
		code := letterCodes[unicode.ToLower(letter)]
		if unicode.IsUpper(letter) {
			code |= lastLetter
		}
		commonness[code] = len(commonLetters) - i
	}
	return commonness
}()
