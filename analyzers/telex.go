package analyzers

import (
	"slices"
	"strings"
)

// TelexDecode reads what a Telex or VNI keyboard left behind when it was off:
// nghij → nghị, quyeets → quyết, nghi5 → nghị, ddangr → đảng, and in
// abbreviations dd alone (qdd → qđ). The result is canonical and a valid
// syllable (or such an abbreviation); ok is false where there is none.
//
// A word that is a valid syllable or reads as one without accents is never
// decoded: it may have been meant as it stands. Nor is a single letter with a
// digit (A4, U22). Some foreign words decode too (his → hí), so the result is
// something to add, not to replace with.
func TelexDecode(s string) (decoded string, ok bool) {
	word := strings.ToLower(s)
	if len(word) < 2 || len(word) > 2*maxSyllable || !plain(word) || PlausibleFolded(word) {
		return "", false
	}
	var typed keyboard
	for i := range len(word) {
		switch c := word[i]; {
		case 'a' <= c && c <= 'z':
		case '0' <= c && c <= '9':
			typed.vni = true
		default:
			return "", false
		}
	}
	if typed.vni && (len(word) < 3 || word[1] <= '9' && word[:2] != "d9") {
		return "", false
	}
	if strings.Contains(word, "dd") && !strings.ContainsAny(word, "aeiouyw0123456789") {
		return strings.ReplaceAll(word, "dd", "đ"), true
	}
	for i := range len(word) {
		if !typed.press(rune(word[i])) {
			return "", false
		}
	}
	return typed.syllable()
}

// keyboard is a syllable being typed.
type keyboard struct {
	vni     bool
	letters []rune // toneless
	tone    tone
}

// press takes one key; false where it makes no sense.
func (k *keyboard) press(key rune) bool {
	if len(k.letters) >= maxSyllable {
		return false
	}
	if k.vni {
		return k.pressVNI(key)
	}
	return k.pressTelex(key)
}

func (k *keyboard) pressTelex(key rune) bool {
	if t := strings.IndexRune("zfrxsj", key); t >= 0 && k.hasVowel() {
		return k.setTone(tone(t))
	}
	switch key {
	case 'a', 'e', 'o':
		if !(key == 'o' && k.endsIn('a', 'e')) && k.change(key, hats[key]) { // oao, oeo: ngoào, khoèo
			return true
		}
	case 'd':
		if k.strokeD() {
			return true
		}
	case 'w':
		if !k.horn() && !k.change('a', 'ă') {
			key = 'ư' // a w that changes nothing is typed for ư itself: tw → tư
		} else {
			return true
		}
	}
	k.letters = append(k.letters, key)
	return true
}

func (k *keyboard) pressVNI(key rune) bool {
	switch key {
	case '0', '1', '2', '3', '4', '5':
		return k.hasVowel() && k.setTone([...]tone{level, sac, huyen, hoi, nga, nang}[key-'0'])
	case '6':
		return k.change('a', 'â') || k.change('e', 'ê') || k.change('o', 'ô')
	case '7':
		return k.horn()
	case '8':
		return k.change('a', 'ă')
	case '9':
		return k.strokeD()
	}
	k.letters = append(k.letters, key)
	return key >= 'a'
}

var hats = map[rune]rune{'a': 'â', 'e': 'ê', 'o': 'ô'}

func (k *keyboard) hasVowel() bool {
	for _, r := range k.letters {
		if glyphOf(r).vowel {
			return true
		}
	}
	return false
}

func (k *keyboard) endsIn(letters ...rune) bool {
	return len(k.letters) > 0 && slices.Contains(letters, k.letters[len(k.letters)-1])
}

// setTone allows one tone: a second one is no syllable typed with care but
// some other word (or a number behind one: dieu12).
func (k *keyboard) setTone(t tone) bool {
	if k.tone != level {
		return false
	}
	k.tone = t
	return true
}

// change writes to for the last plain letter from.
func (k *keyboard) change(from, to rune) bool {
	for i := len(k.letters) - 1; i >= 0; i-- {
		if k.letters[i] == from {
			k.letters[i] = to
			return true
		}
	}
	return false
}

// horn changes uo to ươ, else the last u or o that is not part of qu or of oa:
// muaw is mưa, hoawc is hoăc.
func (k *keyboard) horn() bool {
	for i := len(k.letters) - 1; i >= 0; i-- {
		afterQ := i > 0 && k.letters[i-1] == 'q'
		beforeA := i+1 < len(k.letters) && k.letters[i+1] == 'a'
		switch r := k.letters[i]; {
		case r == 'o' && !beforeA:
			k.letters[i] = 'ơ'
			if i > 0 && k.letters[i-1] == 'u' && (i < 2 || k.letters[i-2] != 'q') {
				k.letters[i-1] = 'ư'
			}
			return true
		case r == 'u' && !afterQ:
			k.letters[i] = 'ư'
			return true
		}
	}
	return false
}

// strokeD makes đ of a first d.
func (k *keyboard) strokeD() bool {
	if len(k.letters) == 0 || k.letters[0] != 'd' {
		return false
	}
	k.letters[0] = 'đ'
	return true
}

// syllable is what was typed, where that is a valid syllable.
func (k *keyboard) syllable() (string, bool) {
	if n := len(k.letters); n > 1 && k.letters[n-2] == 'ư' && k.letters[n-1] == 'ơ' {
		k.letters[n-2] = 'u' // ươ needs a final: thuowr is thuở
	}
	place := tonePlace(k.letters)
	if place < 0 {
		return "", false
	}
	k.letters[place] = withTone(k.letters[place], k.tone)
	word := string(k.letters)
	if !validCanonical(word) {
		return "", false
	}
	return word, true
}
