package citation

import "strings"

// Candidates are the documents that c may mean, as indexes of what the
// register was made of, best first; nil where there is none. context is what
// stands around the citation (a sentence, a query, with the citation or
// without, of which the first two thousand bytes count); its words choose by the titles.
//
// What c says must be so: kind, issuer and a year that is part of the number,
// where they are typed; never a serial that is near. Date, year, term, plenum
// and words only choose: people get them wrong. The order is: exact date, then
// year, term, plenum, issuer by name, words of the title, in force before
// ended, then the newest.
func (r *Register) Candidates(c Citation, context string) []int {
	candidates, _ := r.Choose(c, context)
	return candidates
}

// Choose returns the Candidates, and whether what was said (date, year, term,
// plenum, issuer or words) speaks for the first of them before any other. It
// does for the only one, never for the set that a nickname means.
func (r *Register) Choose(c Citation, context string) (candidates []int, decided bool) {
	var found []int32
	switch {
	case c.Nickname != "":
		return r.nicknamed(c.Nickname), false
	case c.Number.Serial == "":
		found = r.passed(c)
	default:
		if found = r.asTyped(c.Typed); len(found) == 0 {
			found = r.matching(c)
		}
	}
	return r.order(found, c, context)
}

// nicknamed are the documents that a nickname stands for, in its own order.
func (r *Register) nicknamed(name string) []int {
	nickname, _ := NicknameOf(name)
	var all []int
	for _, c := range nickname.Means {
		meant, _ := r.order(r.matching(c), c, "")
		for _, i := range meant {
			if r.known[i].Issued == c.Date {
				all = append(all, i)
			}
		}
	}
	return all
}

// passed are the documents of a plenum or a congress, of the kind that is said.
func (r *Register) passed(c Citation) []int32 {
	kind, named := KindByName(c.Said)
	var found []int32
	for _, i := range r.byTerm[sitting{c.Term, c.Plenum}] {
		if n := r.known[i].Number; !named || n.Serial == "" || n.Kind == kind.Symbol {
			found = append(found, i)
		}
	}
	return found
}

// asTyped are the documents whose number is the longest beginning of what was
// typed, signs left out or not. Digits alone are not enough.
func (r *Register) asTyped(typed string) []int32 {
	p := lex(typed)
	for next := len(p.tokens); next > 1; next-- {
		if p.is(next, word) && p.touches(next) || p.is(next, number) && p.touches(next) {
			continue // inside a word
		}
		letters := signless(typed[:p.tokens[next-1].end])
		if strings.Trim(letters, "0123456789") == "" {
			return nil
		}
		if found := r.spelled(r.bySigns[fold(letters)], letters); len(found) > 0 {
			return found
		}
	}
	return nil
}

// spelled keeps what has the accents that were typed: those that are typed
// exactly so, else those of which some accents were left out.
func (r *Register) spelled(found []int32, letters string) []int32 {
	var exact, bare []int32
	for _, i := range found {
		switch printed := r.traits[i].letters; {
		case printed == letters:
			exact = append(exact, i)
		case leavesOut(letters, printed):
			bare = append(bare, i)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return bare
}

// leavesOut tells whether typed is printed with accents left out, and none
// that printed has not.
func leavesOut(typed, printed string) bool {
	a, b := []rune(typed), []rune(printed)
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] && string(a[i]) != fold(string(b[i])) {
			return false
		}
	}
	return true
}

// matching are the documents with the serial and all that is said.
func (r *Register) matching(c Citation) []int32 {
	same := r.bySerial[serialKey(c.Number.Serial)]
	for _, agrees := range []func(int32, Citation) bool{r.agrees, r.agreesFolded, r.agreesByHead} {
		var found []int32
		for _, i := range same {
			if agrees(i, c) {
				found = append(found, i)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// agrees compares what was typed with a document of the same serial; what was
// left out may be anything.
func (r *Register) agrees(i int32, c Citation) bool {
	typed := c.Number
	return r.sameYear(i, c) && r.sameKind(i, c) && (typed.Issuer == "" || r.traits[i].issuer == strings.ToUpper(onlyLetters(typed.Issuer)))
}

// agreesFolded is agrees for what was typed without any accents: DA may be ĐA
// where nothing is DA.
func (r *Register) agreesFolded(i int32, c Citation) bool {
	if fold(c.Raw) != strings.ToLower(c.Raw) {
		return false
	}
	typed := c.Number
	return r.sameYear(i, c) && (typed.Kind == "" && r.sameKind(i, c) || fold(typed.Kind) == fold(r.traits[i].kind)) &&
		(typed.Issuer == "" || fold(r.traits[i].issuer) == fold(onlyLetters(typed.Issuer)))
}

// agreesByHead lets the typed issuer be the first part of the printed one:
// 2096/SYT for 2096/SYT-NVY.
func (r *Register) agreesByHead(i int32, c Citation) bool {
	return c.Number.Issuer != "" && r.sameYear(i, c) && r.sameKind(i, c) &&
		strings.HasPrefix(strings.ToUpper(r.known[i].Number.Issuer), strings.ToUpper(c.Number.Issuer)+"-")
}

func (r *Register) sameKind(i int32, c Citation) bool {
	switch {
	case c.Number.Kind != "":
		return r.traits[i].kind == c.Number.Kind || c.Number.Issuer == "" && r.sameName(i, c)
	case c.Number.Issuer != "":
		return r.known[i].Number.Kind == ""
	case c.Said != "": // "luật 45/2019"; a Bộ luật is a Luật
		return strings.HasSuffix(fold(r.known[i].Kind), fold(c.Said)) || strings.HasSuffix(fold(c.Said), fold(r.known[i].Kind))
	}
	return true
}

// sameName lets a document go by its kind's name where its symbol says
// something narrower: a Nghị quyết whose number has NQLT.
func (r *Register) sameName(i int32, c Citation) bool {
	said, ok := KindByName(c.Said)
	if !ok {
		return false
	}
	known, _ := KindByName(r.known[i].Kind)
	return known.Symbol == said.Symbol
}

// sameYear compares a year that was typed as part of the number with the one
// that is printed there; where none is, with that of the date.
func (r *Register) sameYear(i int32, c Citation) bool {
	k := r.known[i]
	typed := c.Number.Year
	if typed == 0 && c.Year != 0 && c.yearInNumber() && k.Number.Year != 0 {
		typed = c.Year
	}
	return typed == 0 || typed == k.Number.Year || yearOf(k.Issued) == typed ||
		k.Number.Year == 0 && c.Number.Kind+c.Number.Issuer != ""
}

// yearInNumber tells whether the year stands right behind the serial:
// "Nghị định 30/2020".
func (c Citation) yearInNumber() bool {
	return len(c.Raw) > 5 && c.Raw[len(c.Raw)-5] == '/' && isDigit(rune(c.Raw[len(c.Raw)-6]))
}

// yearOf is the year of an ISO date, 0 where there is none.
func yearOf(iso string) int {
	if !isISO(iso) {
		return 0
	}
	year := 0
	for _, digit := range iso[:4] {
		year = year*10 + int(digit-'0')
	}
	return year
}
