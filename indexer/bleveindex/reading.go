package bleveindex

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/indexer/citation"
)

// reading is how the words of a query are searched.
type reading struct {
	field   string // fieldText, or fieldFold where accents were not (all) typed
	terms   []weightedTerm
	matcher indexer.Matcher
	typed   bool // there is something to search, even if no passage holds it
}

func (r reading) empty() bool { return !r.typed }

// read decides how words are searched: on the accented copy where they were
// typed with their accents, else on the folded one. Half-accented words count
// as unaccented (SEARCH.md: mixing the two hurts).
func (v *view) read(words string) (reading, error) {
	tokens := analyzers.Tokenize(words)
	r := reading{field: fieldText, typed: len(tokens) > 0}
	accented, err := v.accented(tokens)
	if err != nil {
		return reading{}, err
	}
	terms := analyzers.TextTerms(words)
	if !accented {
		r.field, terms = fieldFold, analyzers.FoldTerms(words)
	}
	if r.terms, err = v.weigh(r.field, terms); err != nil {
		return reading{}, err
	}
	r.matcher = indexer.Matcher{Folded: !accented, Weights: make(map[string]float64), Pairs: make(map[string]float64)}
	for _, term := range r.terms {
		if term.isPair() {
			r.matcher.Pairs[term.term] = term.idf
		} else {
			r.matcher.Weights[term.term] = term.idf
		}
	}
	return r, nil
}

// bareShare is the share of a folded syllable's passages in which it must also
// stand bare, for the bare form to pass as what was meant ("theo" always does,
// "dang" for "đảng" never).
const bareShare = .04

// accented tells whether a query was typed with its accents: some syllable
// carries a mark, and each that carries none is one that is written so.
func (v *view) accented(tokens []analyzers.Token) (bool, error) {
	if marked, _ := analyzers.Accents(tokens); marked == 0 {
		return false, nil
	}
	for _, token := range tokens {
		folded := analyzers.Fold(token.Term)
		if folded != token.Term || !analyzers.PlausibleFolded(folded) {
			continue
		}
		bare, err := v.count(fieldText, folded)
		if err != nil {
			return false, err
		}
		any, err := v.count(fieldFold, folded)
		if err != nil {
			return false, err
		}
		if float64(bare) < bareShare*float64(any) {
			return false, nil
		}
	}
	return true, nil
}

// lookUpNumbers finds the documents that a number in the query means.
func (s *search) lookUpNumbers() {
	if len(s.parsed.Citations) != 1 || s.query.Unit == indexer.Passages {
		return
	}
	number := s.parsed.Citations[0].Number
	for i, l := range s.view.catalogue.listings {
		if s.refused[i] == 0 && l.number != nil && means(number, *l.number) {
			s.named = append(s.named, int32(i))
		}
	}
}

// rankNumbers orders the documents that the number may mean: the date or year
// typed with it chooses first, then the other words, then the newest. None of
// these excludes: people get dates wrong. They stand before every other hit,
// and are candidates where the number is all that was typed and means several.
func (s *search) rankNumbers() {
	if s.phrases != nil { // what stands in quotes has to be there, whatever the number
		s.named = slices.DeleteFunc(s.named, func(ordinal int32) bool { return s.found[ordinal][0].score == 0 })
	}
	if len(s.named) == 0 {
		return
	}
	cited := s.parsed.Citations[0]
	chosen := func(ordinal int32) int {
		issued := string(s.view.catalogue.listings[ordinal].Document.Facts.Issued)
		switch {
		case cited.Date != "" && issued == cited.Date:
			return 2
		case cited.Year != 0 && strings.HasPrefix(issued, strconv.Itoa(cited.Year)), cited.Date != "" && len(issued) >= 4 && strings.HasPrefix(cited.Date, issued[:4]):
			return 1
		}
		return 0
	}
	words := func(ordinal int32) float64 {
		if s.parsed.Whole || s.found == nil {
			return 0
		}
		return s.found[ordinal].score()
	}
	slices.SortStableFunc(s.named, func(a, b int32) int {
		return cmp.Or(cmp.Compare(chosen(b), chosen(a)), cmp.Compare(words(b), words(a)))
	})
	best := 0.0
	for i := range s.found {
		best = max(best, s.found[i].score())
	}
	s.numbers = make(map[int32]float64, len(s.named))
	for rank, ordinal := range s.named {
		s.numbers[ordinal] = best + float64(len(s.named)-rank)
		if len(s.named) > 1 && s.parsed.Whole {
			s.result.Candidates = append(s.result.Candidates, indexer.Candidate{Document: s.view.catalogue.listings[ordinal].Document})
		}
	}
}

// means tells whether a number as typed may be the number of a document: what
// was typed must be equal, what was left out (issuer, year) may be anything.
// Never a near miss: a digit off is another document.
func means(typed, printed citation.Number) bool {
	agrees := func(a, b string) bool { return a == "" || strings.EqualFold(a, b) }
	return typed.Serial != "" && strings.TrimLeft(typed.Serial, "0") == strings.TrimLeft(printed.Serial, "0") &&
		agrees(typed.Kind, printed.Kind) && agrees(typed.Issuer, printed.Issuer) &&
		(typed.Year == 0 || printed.Year == 0 || typed.Year == printed.Year)
}
