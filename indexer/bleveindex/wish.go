package bleveindex

import (
	"slices"
	"strings"
	"time"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/storage"
)

// wish is what a query's hints ask for beside its words.
type wish struct {
	newest  bool // "mới nhất"
	ordered bool // the newest of a topic was put first
	numbers bool // numbers of documents, and nothing else to search
	alone   bool // there is nothing else in the query
}

// newestWords ask for what is new, folded; longer ones first.
var newestWords = [][]string{{"moi", "ban", "hanh", "nhat"}, {"moi", "ban", "hanh"}, {"moi", "nhat"}, {"gan", "day", "nhat"}}

// otherWords are what makes something else of a word of newestWords beside it, folded:
// nhất định, nhất trí, nhất là behind it, đổi mới and nông thôn mới before it.
var otherWords = struct{ behind, before map[string]bool }{
	behind: map[string]bool{"dinh": true, "tri": true, "la": true},
	before: map[string]bool{"doi": true, "thon": true},
}

// newestRun finds what asks for the newest: [from,to) of words, 0, 0 for none. Nhật,
// with its own accents, is no nhất.
func newestRun(words, folds []string) (from, to int) {
	from, to = runOf(folds, newestWords)
	switch {
	case from == to:
		return 0, 0
	case analyzers.Canonical(words[to-1]) == "nhật":
		return 0, 0
	case from > 0 && otherWords.before[folds[from-1]]:
		return 0, 0
	case to < len(folds) && folds[to-1] == "nhat" && otherWords.behind[folds[to]]:
		return 0, 0
	case to+1 < len(folds) && folds[to-1] == "nhat" && folds[to] == "quan" && folds[to+1] != "ly": // nhất quán, but quản lý
		return 0, 0
	}
	return from, to
}

// paperWords are what any document is called, folded; longer ones first.
var paperWords = [][]string{{"van", "ban"}, {"tai", "lieu"}, {"van", "kien"}, {"giay", "to"}}

// want reads what is asked for in words that only the library understands, and
// takes them from the topic: the bodies that issued its documents, what is newest.
// In quotes, and within one document, words are words.
func (s *search) want() {
	h := &s.parsed.Hints
	if s.query.Unit != indexer.Documents || len(s.parsed.Phrases)+len(s.parsed.Must) > 0 {
		h.Topic = s.parsed.Text()
		return
	}
	if s.onlyNumbers() {
		h.Topic, s.wish.numbers = s.parsed.Text(), true
		return
	}
	words := strings.Fields(h.Topic)
	folds := make([]string, len(words))
	for i, word := range words {
		folds[i] = analyzers.FoldText(strings.Trim(word, ".,;:?!"))
	}
	without := func(from, to int) {
		words, folds = slices.Delete(words, from, to), slices.Delete(folds, from, to)
	}
	if from, to := newestRun(words, folds); to > from {
		s.wish.newest = true
		without(from, to)
	}
	paper, end := runOf(folds, paperWords)
	if end == paper { // "nghị quyết mới nhất của Tỉnh ủy": the kind is taken already
		paper, end = 0, 0
	}
	if end < len(folds) && (folds[end] == "cua" || folds[end] == "do") && (end > 0 || len(h.Kinds) > 0 || s.wish.newest) {
		if n := s.view.catalogue.issuerIn(folds[end+1:], s.query.Audience); n > 0 {
			h.Issuers = append(slices.Clone(h.Issuers), strings.Join(words[end+1:end+1+n], " "))
			without(paper, end+1+n)
		}
	}
	if from, to := runOf(folds, paperWords); len(words) == to-from && (s.wish.newest || h.From != "" || h.To != "" || len(h.Issuers) > 0 || h.Term != "") {
		without(from, to)
	}
	h.Topic = strings.Join(words, " ")
	s.wish.alone = h.Topic == "" && len(s.cited) == 0 &&
		(s.wish.newest || len(h.Kinds)+len(h.Issuers) > 0 || h.From+h.To+h.Term != "" || h.Plenum > 0)
}

// runOf finds the first of runs that stands in words: [from,to), 0, 0 for none.
func runOf(words []string, runs [][]string) (from, to int) {
	for _, run := range runs {
		for i := 0; i+len(run) <= len(words); i++ {
			if slices.Equal(words[i:i+len(run)], run) {
				return i, i + len(run)
			}
		}
	}
	return 0, 0
}

// issuerIn is how many words at the beginning of words name a body that issued
// something that an audience may see; 0 for none.
func (c *catalogue) issuerIn(words []string, audience storage.Audience) int {
	const least, most = 2, 10
	for n := min(len(words), most); n >= least; n-- {
		name := " " + strings.Join(words[:n], " ") + " "
		if slices.ContainsFunc(c.listings, func(l *listing) bool { return strings.HasPrefix(l.issuer, name) && l.shownTo(audience) }) {
			return n
		}
	}
	return 0
}

// fit finds the documents that are all that is asked for, where nothing is asked
// of their texts.
func (s *search) fit() {
	if !s.wish.alone {
		return
	}
	prefer := newPreference(s.parsed.Hints, time.Now())
	s.fits = make([]bool, len(s.view.catalogue.listings))
	for i, l := range s.view.catalogue.listings {
		s.fits[i] = s.refused[i]&outside == 0 && prefer.all(l)
	}
}

// rankFits gives the documents that are what is asked for scores above those
// that only speak of it: the newest first, what no longer holds last.
func (s *search) rankFits() {
	if s.fits == nil {
		return
	}
	best := 0.0
	for _, r := range s.ranked {
		best = max(best, r.score)
	}
	s.fitScore = best + 1
}
