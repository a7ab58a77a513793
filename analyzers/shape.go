package analyzers

import (
	"unicode"
	"unicode/utf8"
)

// shape is what a word looks like before it is made canonical.
type shape struct {
	letters  int
	digits   bool // it has digits
	vowels   bool // it has vowels
	toned    bool // one of them has a tone
	ascii    bool // all letters are ASCII
	capitals bool // all letters are capitals
	hump     bool // a capital stands behind the first letter
	alien    bool // all letters are of other scripts than Latin
	mixed    bool // some are
	alike    bool // those all look like Latin ones
}

func shapeOf(raw string) shape {
	f := shape{ascii: true, capitals: true, alike: true}
	strange, latin := false, false
	for _, r := range raw {
		f.digits = f.digits || unicode.IsDigit(r)
		if !unicode.IsLetter(r) {
			continue
		}
		f.letters++
		f.ascii = f.ascii && r < utf8.RuneSelf
		f.capitals = f.capitals && unicode.IsUpper(r)
		f.hump = f.hump || f.letters > 1 && unicode.IsUpper(r)
		if g := glyphOf(r); g.class == letter || unicode.Is(unicode.Latin, r) {
			latin = true
			f.vowels = f.vowels || g.vowel
			f.toned = f.toned || g.tone != level
			continue
		}
		strange = true
		f.alike = f.alike && latinFor(r) != 0 && r != 'µ' && r != 'μ' // micro is no letter of a word
	}
	f.mixed = strange && latin
	f.alien = strange && !latin
	return f
}
