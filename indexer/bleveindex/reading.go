package bleveindex

import (
	"vankien/analyzers"
	"vankien/indexer"
	"vankien/indexer/query"
)

// reading is how the words of a query are searched.
type reading struct {
	field   string // fieldText, or fieldFold where accents were not (all) typed
	terms   []weightedTerm
	matcher indexer.Matcher
	asks    bool // it is a question
	typed   bool // there is something to search, even if no passage holds it
	folded  bool // the accents that were typed are given up, for nothing is written so
	senses  []query.Sense
}

func (r reading) empty() bool { return !r.typed }

// read decides how a query's words are searched: on the accented copy where
// they were typed with their accents, else on the folded one. Half-accented
// words count as unaccented (SEARCH.md: mixing the two hurts).
func (v *view) read(q query.Query) (reading, error) {
	tokens := analyzers.Tokenize(q.Text())
	accented, err := v.accented(tokens)
	if err != nil {
		return reading{}, err
	}
	return v.readIn(q, !accented)
}

// readIn reads a query for one of the two copies.
func (v *view) readIn(q query.Query, folded bool) (reading, error) {
	r := reading{field: fieldText, senses: q.Senses, asks: q.Asks}
	termsOf := analyzers.TextTerms
	if folded {
		r.field, termsOf = fieldFold, analyzers.FoldTerms
	}
	typed := termsOf(q.Text())
	r.typed = len(typed) > 0
	free := make(map[string]bool) // terms that a passage need not have
	asked := make(map[string]bool)
	for _, sense := range q.Senses { // what an abbreviation stands for is searched as well
		for _, term := range termsOf(sense.Typed) {
			free[term] = true
		}
		for i, expansion := range sense.Expansions {
			for _, term := range termsOf(expansion) {
				typed = append(typed, term)
				if i == 0 {
					asked[term] = true
				} else if !asked[term] {
					free[term] = true
				}
			}
		}
	}
	for _, term := range termsOf(q.Text()) {
		asked[term] = asked[term] || !free[term]
	}
	var err error
	if r.terms, err = v.weigh(r.field, typed); err != nil {
		return reading{}, err
	}
	r.matcher = indexer.Matcher{Folded: folded, Weights: make(map[string]float64), Pairs: make(map[string]float64)}
	for i, term := range r.terms {
		r.terms[i].free = free[term.term] && !asked[term.term]
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
