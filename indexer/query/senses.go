package query

import (
	"strings"
	"unicode/utf8"

	"vankien/analyzers"
)

// senses are the abbreviations in the text, each spelling once.
func (s *sentence) senses() []Sense {
	var found []Sense
	known := make(map[string]bool)
	for i := 0; i < len(s.syllables) && len(found) < MaxSenses; {
		expansions, n := s.abbreviation(i)
		if n == 0 {
			i++
			continue
		}
		if typed := s.typed(i, i+n); !known[typed] {
			known[typed] = true
			found = append(found, Sense{typed, expansions})
		}
		i += n
	}
	return found
}

// centres are what follows the abbreviation of a body and belongs to it: "UBKT
// TW", "BTV TU".
var centres = map[string]bool{"tw": true, "tu": true}

// abbreviation reads an abbreviation at syllable i; n is 0 where there is none.
// In lower case it counts only where no syllable is written so, with accents or
// without.
func (s *sentence) abbreviation(i int) (expansions []string, n int) {
	y := s.syllables[i]
	if y.cited {
		return nil, 0
	}
	typed := s.text[y.Start:y.End]
	capitals := typed == strings.ToUpper(typed) && !s.shouting
	if !capitals && analyzers.PlausibleFolded(y.fold) || utf8.RuneCountInString(typed) < 2 {
		return nil, 0
	}
	if i+1 < len(s.syllables) && centres[s.syllables[i+1].Term] && !s.syllables[i+1].cited {
		if expansions = expand(y.Term + s.syllables[i+1].Term); len(expansions) > 0 {
			return expansions, 2
		}
	}
	if expansions = expand(y.Term); len(expansions) > 0 {
		return expansions, 1
	}
	return nil, 0
}
