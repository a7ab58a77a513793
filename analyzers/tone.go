package analyzers

import "unicode/utf8"

// maxSyllable is more letters than any syllable has (nghiêng has seven).
const maxSyllable = 8

// placeTone moves the tone of the syllable dst[from:] to the vowel that the
// classic rule gives it, the one that 88 % of law texts follow:
//
//   - u after q and i after g belong to the onset: quý, giá, but gì;
//   - a vowel with a hat, breve or horn takes the tone, the last of two: được, thuở;
//   - else the middle of three (khoái), the second of two before a final
//     consonant (toán), the first of two at the end (hòa, khỏe, thủy, mía).
//
// What is no Vietnamese syllable, or has two tones, is left as it is.
func placeTone(dst []byte, from int) []byte {
	var letters [maxSyllable]rune
	n, at, t := 0, -1, level
	for rest := dst[from:]; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		g := glyphOf(r)
		if n == maxSyllable || g.class != letter || g.tone != level && at >= 0 {
			return dst
		}
		if g.tone != level {
			at, t = n, g.tone
		}
		letters[n] = rune(g.base)
		n++
	}
	if at < 0 {
		return dst
	}
	place := tonePlace(letters[:n])
	if place < 0 || place == at || !grammatical(letters[:n]) {
		return dst
	}
	letters[place] = withTone(letters[place], t)
	dst = dst[:from]
	for _, r := range letters[:n] {
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

// tonePlace is the index of the vowel that bears the tone of a toneless
// syllable, −1 where its vowels are not one group.
func tonePlace(letters []rune) int {
	first, last := -1, -1
	for i, r := range letters {
		if !glyphOf(r).vowel {
			continue
		}
		if first < 0 {
			first = i
		} else if i != last+1 {
			return -1
		}
		last = i
	}
	if first < 0 {
		return -1
	}
	if first == 1 && first < last && (letters[0] == 'q' && letters[1] == 'u' || letters[0] == 'g' && letters[1] == 'i') {
		first++
	}
	for i := last; i >= first; i-- {
		if letters[i] >= utf8.RuneSelf {
			return i
		}
	}
	switch count := last - first + 1; {
	case count == 2 && last < len(letters)-1, count == 3:
		return first + 1
	default:
		return first
	}
}
