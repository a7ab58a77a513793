package analyzers

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// The onsets and rimes of Vietnamese spelling. A syllable is an onset (or
// none), a rime and a tone; not every pair occurs (see fits).
const (
	onsetList = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
	rimeList  = "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ăk âc âm ân âng âp ât âu ây " +
		"e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu " +
		"i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu " +
		"o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ooc oong " +
		"ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt " +
		"u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uơ uôc uôi uôm uôn uông uôt " +
		"uy uya uych uyên uyêt uyn uynh uyp uyt uyu " +
		"ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu " +
		"y ych ynh yt yên yêm yêng yêt yêu"
)

var (
	onsets = setOf(onsetList)
	rimes  = setOf(rimeList)
)

func setOf(list string) map[string]bool {
	set := make(map[string]bool)
	for member := range strings.FieldsSeq(list) {
		set[member] = true
	}
	return set
}

// ValidSyllable tells whether a word obeys the grammar of Vietnamese
// syllables: onset × rime × tone. A syllable that ends in a stop (c, ch, p, t)
// has only sắc or nặng. Case and place of the tone do not matter. There is no
// word list: a valid syllable need not be a word.
func ValidSyllable(s string) bool { return validCanonical(Canonical(s)) }

// validCanonical is ValidSyllable of a word that is canonical already.
func validCanonical(word string) bool {
	var letters [maxSyllable]rune
	n, t, toned := 0, level, false
	for _, r := range word {
		g := glyphOf(r)
		if n == maxSyllable || g.class != letter || g.tone != level && toned {
			return false
		}
		if g.tone != level {
			t, toned = g.tone, true
		}
		letters[n] = rune(g.base)
		n++
	}
	if n == 0 || !grammatical(letters[:n]) {
		return false
	}
	return t == sac || t == nang || !endsInStop(letters[:n])
}

func endsInStop(letters []rune) bool {
	switch letters[len(letters)-1] {
	case 'c', 'p', 't', 'k':
		return true
	case 'h':
		return len(letters) > 1 && letters[len(letters)-2] == 'c'
	}
	return false
}

// grammatical tells whether toneless letters are an onset and a rime that go
// together.
func grammatical(letters []rune) bool {
	var buffer [maxSyllable * utf8.UTFMax]byte
	toneless := buffer[:0]
	for _, r := range letters {
		toneless = utf8.AppendRune(toneless, r)
	}
	for size := min(3, len(toneless)); size >= 0; size-- {
		onset, rime := toneless[:size], toneless[size:]
		if (size == 0 || onsets[string(onset)]) && rimes[string(rime)] && fits(onset, rime) {
			return true
		}
	}
	return false
}

// fits tells whether an onset and a rime, both known, go together: c, g, ng
// are written k, gh, ngh before e, ê, i; qu and gi bring a vowel along. Names
// of places that keep a foreign spelling (Bắc Kạn, Kon Tum) are let through.
func fits(onset, rime []byte) bool {
	first, _ := utf8.DecodeRune(rime)
	front := first == 'e' || first == 'ê' || first == 'i' || first == 'y'
	switch string(onset) {
	case "c", "ng":
		return !front && !eng(rime)
	case "gh", "ngh":
		return front && first != 'y' && !eng(rime)
	case "k":
		return (front && (first != 'y' || len(rime) == 1) || first == 'a' || first == 'o') && !eng(rime)
	case "g":
		return !front || string(rime) == "i" || string(rime) == "in"
	case "gi":
		return first != 'i' && first != 'y'
	case "qu":
		return first != 'o' && first != 'u' && first != 'ư' && (first != 'ô' || string(rime) == "ôc") &&
			(first != 'i' || len(rime) < 2 || rime[1] < utf8.RuneSelf && rime[1] != 'a') && !eng(rime)
	case "":
		return (first != 'y' || len(rime) == 1 || rime[1] >= utf8.RuneSelf) && !eng(rime)
	case "h", "l", "m", "n", "s", "t", "th", "v":
		return (first != 'y' || len(rime) == 1) && !eng(rime)
	}
	return first != 'y' && !eng(rime)
}

// eng tells the rime that only gi takes: giêng, giếng.
func eng(rime []byte) bool { return string(rime) == "êng" }

// PlausibleFolded tells whether a word without accents stands for at least
// one valid syllable: "viet" does (việt), "viez" does not. Case does not
// matter; a word that has accents does not qualify.
func PlausibleFolded(s string) bool {
	return len(s) <= maxSyllable && foldedSyllables()[strings.ToLower(s)]
}

var foldedSyllables = sync.OnceValue(func() map[string]bool {
	set := make(map[string]bool)
	for rime := range rimes {
		for onset := range onsets {
			if fits([]byte(onset), []byte(rime)) {
				set[Fold(onset+rime)] = true
			}
		}
		if fits(nil, []byte(rime)) {
			set[Fold(rime)] = true
		}
	}
	return set
})
