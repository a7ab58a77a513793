package citation

import (
	"cmp"
	"slices"
	"strings"
)

// maxContext is how many bytes of a context are read.
const maxContext = 2000

// merit is what speaks for one candidate, the weightiest first.
type merit struct {
	date, year, term, plenum, body, said bool
	words                                float64
	inForce                              bool
	issued                               string
}

// order sorts candidates by what the citation and its context say, and tells
// whether that is enough to choose the first.
func (r *Register) order(found []int32, c Citation, context string) (sorted []int, decided bool) {
	if len(found) == 0 {
		return nil, false
	}
	if len(found) < 2 {
		return []int{int(found[0])}, true
	}
	context = context[:min(len(context), maxContext)]
	bodies, rest := bodiesNamed(strings.Replace(context, c.Raw, " ", 1))
	words := r.subject(found, rest)
	merits := make(map[int]merit, len(found))
	sorted = make([]int, len(found))
	for at, i := range found {
		sorted[at] = int(i)
		merits[int(i)] = r.merit(i, c, bodies, words[at])
	}
	slices.SortStableFunc(sorted, func(a, b int) int { return merits[b].compare(merits[a]) })
	return sorted, merits[sorted[0]].chosenBefore(merits[sorted[1]], c.Date != "")
}

func (r *Register) merit(i int32, c Citation, bodies map[string]bool, words float64) merit {
	k := r.known[i]
	m := merit{words: words, inForce: !k.Ended, issued: k.Issued}
	m.date = c.Date != "" && k.Issued == c.Date
	year := c.Year
	if c.Date != "" {
		year = yearOf(c.Date)
	}
	m.year = year != 0 && (yearOf(k.Issued) == year || k.Number.Year == year)
	if c.Term != "" && (k.Number.Party || k.Number.Serial == "") {
		m.term = TermOf(k.Issued) == c.Term
	}
	if c.Plenum > 0 {
		term, plenum := PlenumOf(k.Issued)
		m.plenum = plenum == c.Plenum && (c.Term == "" || c.Term == term) && (k.Issuer == "" || k.Issuer == centralCommittee)
	}
	m.body = bodies[fold(k.Issuer)] || bodies[fold(k.Number.Issuer)]
	if said, ok := KindByName(c.Said); ok {
		m.said = fold(k.Kind) == fold(said.Name)
	}
	return m
}

// told compares what was said of two candidates.
func (m merit) told(other merit) int {
	return cmp.Or(
		compareBool(m.date, other.date), compareBool(m.year, other.year), compareBool(m.term, other.term),
		compareBool(m.plenum, other.plenum), compareBool(m.body, other.body), cmp.Compare(m.words, other.words),
	)
}

// chosenBefore tells whether what was said is enough to choose m before other.
// The year of a date that neither is of is not: the date may be wrong in that.
func (m merit) chosenBefore(other merit, dated bool) bool {
	if dated && !m.date {
		m.year, other.year = false, false
	}
	return m.told(other) > 0
}

func (m merit) compare(other merit) int {
	return cmp.Or(
		m.told(other),
		compareBool(m.said, other.said), compareBool(m.inForce, other.inForce), strings.Compare(m.issued, other.issued),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// bodiesNamed are the bodies that a context names, folded, by name or symbol,
// and the context without their names.
func bodiesNamed(context string) (named map[string]bool, rest string) {
	rest = " " + strings.Join(strings.FieldsFunc(fold(context), notInWord), " ") + " "
	if len(rest) < 4 {
		return nil, rest
	}
	named = map[string]bool{}
	for _, b := range bodyNames {
		if strings.Contains(rest, b.name) {
			named[strings.TrimSpace(b.name)] = true
			rest = strings.ReplaceAll(rest, b.name, " ")
		}
		if b.symbol != "" && strings.Contains(rest, b.symbol) {
			named[strings.TrimSpace(b.symbol)] = true
		}
	}
	return named, rest
}

func notInWord(r rune) bool { return !isLetter(r) && !isDigit(r) }

// bodyNames are the folded names and symbols of all bodies, blanks around
// them, the longer names first.
var bodyNames []struct{ name, symbol string }

func init() {
	for _, b := range bodies {
		symbol := " " + fold(b.Symbol) + " "
		if b.Symbol == "TW" || b.Symbol == "TU" {
			symbol = "" // a word of every other name
		}
		bodyNames = append(bodyNames, struct{ name, symbol string }{" " + fold(b.Name) + " ", symbol})
	}
	slices.SortStableFunc(bodyNames, func(a, b struct{ name, symbol string }) int { return cmp.Compare(len(b.name), len(a.name)) })
}
