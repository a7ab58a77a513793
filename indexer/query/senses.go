package query

import (
	"slices"
	"strings"
	"sync"
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
			found = append(found, Sense{typed, s.chosen(i, n, expansions)})
		}
		i += n
	}
	return found
}

// chosen keeps those expansions of the abbreviation at the n syllables from i on
// that make a longer name of the table with the words beside it: "dv" before "du
// bi" is đảng viên, for the table knows đảng viên dự bị. All stay where the words
// beside it choose none.
func (s *sentence) chosen(i, n int, expansions []string) []string {
	var kept []string
	for _, expansion := range expansions {
		if slices.ContainsFunc(longerNames(expansion), func(l longerName) bool {
			return len(l.before) <= i && s.phrase(i-len(l.before), l.before) && s.phrase(i+n, l.behind)
		}) {
			kept = append(kept, expansion)
		}
	}
	if len(kept) == 0 {
		return expansions
	}
	return kept
}

// longerName is what stands before and behind a name in a longer one, canonical.
type longerName struct{ before, behind []string }

// longerNames are the names of the table that hold a name, and more.
func longerNames(name string) []longerName { return longerByName()[analyzers.Canonical(name)] }

var longerByName = sync.OnceValue(func() map[string][]longerName {
	var names []string
	for _, alike := range abbreviationsByFold {
		for _, a := range alike {
			for _, expansion := range a.expansions {
				names = append(names, analyzers.Canonical(expansion))
			}
		}
	}
	slices.Sort(names)
	longer := make(map[string][]longerName)
	for _, name := range slices.Compact(names) {
		words := strings.Fields(name)
		for from := range words {
			for to := from + 1; to <= len(words); to++ {
				if part := strings.Join(words[from:to], " "); to-from < len(words) {
					longer[part] = append(longer[part], longerName{words[:from], words[to:]})
				}
			}
		}
	}
	return longer
})

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
