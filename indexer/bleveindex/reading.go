package bleveindex

import (
	"slices"
	"strings"
	"unicode"

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

	together int // words of the phrase that is all that was typed, and stands as it was typed in all that matches; else 0
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
	r.hint(topicTerms(q, termsOf))
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

// topicTerms are the terms of a query's topic, and of what the abbreviations in it
// stand for.
func topicTerms(q query.Query, termsOf func(string) []string) map[string]bool {
	topic := make(map[string]bool)
	for _, term := range termsOf(q.Hints.Topic) {
		topic[term] = true
	}
	for _, sense := range q.Senses {
		if slices.ContainsFunc(termsOf(sense.Typed), func(term string) bool { return !topic[term] }) {
			continue
		}
		for _, expansion := range sense.Expansions {
			for _, term := range termsOf(expansion) {
				topic[term] = true
			}
		}
	}
	return topic
}

// hint marks the terms that are no topic, if the library knows a topic at all.
// Symbols among them are not searched: "NQ" stands in every text that cites one.
func (r *reading) hint(topic map[string]bool) {
	isTopic := func(term weightedTerm) bool { return topic[term.term] }
	if slices.ContainsFunc(r.terms, func(term weightedTerm) bool { return !term.isPair() && isTopic(term) }) {
		for i, term := range r.terms {
			r.terms[i].hint = !isTopic(term)
		}
		r.terms = slices.DeleteFunc(r.terms, func(term weightedTerm) bool {
			return term.hint && !slices.ContainsFunc(strings.Split(term.term, analyzers.PairSeparator), func(syllable string) bool { return !symbolic(syllable) })
		})
	}
}

// symbolic tells whether a word is letters that are no syllable.
func symbolic(word string) bool {
	return !analyzers.PlausibleFolded(analyzers.Fold(word)) && !strings.ContainsFunc(word, unicode.IsDigit)
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
