package suggest

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"vankien/analyzers"
)

// Phrase is a text to search for that what was typed completes to.
type Phrase struct {
	Text    string
	Holders int // how many items have it, those the reader may not see included: for order only
}

// saysTheSame tells whether two texts differ in accents and punctuation only.
func (p Phrase) saysTheSame(as Phrase) bool {
	return slices.Equal(wordsOf(p.Text), wordsOf(as.Text))
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(analyzers.FoldText(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

const (
	minBegun   = 2    // typed words that begin a phrase behind others
	maxBegun   = 6    // typed words at the end of the text that may begin a phrase
	compared   = 48   // phrases of a range that are looked at
	maxVisited = 96   // places of a phrase at which a visible document is looked for
	maxVisits  = 2000 // and of all phrases
)

// Phrases returns at most size texts that go on where what was typed ends, the
// most frequent first: phrases that all of it begins or, where there are none,
// that its last words begin (two at least). Each comes from the titles of at least two documents
// that allowed accepts and that have all the other typed words too.
func (s *Suggester) Phrases(typed string, size int, allowed func(item int) bool) []Phrase {
	if size <= 0 || len(s.phrases.list) == 0 {
		return nil
	}
	text := s.read(typed)
	typed = typed[:min(len(typed), maxTypedBytes)]
	c := continuation{s: s, typed: &text, allowed: allowed, visits: maxVisits}
	work := s.scratch.Get().(*scratch)
	defer s.scratch.Put(work)
	var found []Phrase
	for from := range text.words {
		if from > 0 && !c.pass(&text.words[from-1], work) {
			break
		}
		switch rest := len(text.words) - from; {
		case rest > maxBegun:
			continue
		case from > 0 && (rest < minBegun || len(found) > 0):
			return found
		}
		head := strings.TrimSpace(strings.ToValidUTF8(typed[:text.words[from].start], " "))
		for _, p := range s.begun(&text, from) {
			if len(found) == size {
				return found
			}
			whole := Phrase{strings.TrimSpace(head + " " + p.text), int(p.holders)}
			if !c.typedAlready(p, from) && c.visible(p) && !slices.ContainsFunc(found, whole.saysTheSame) {
				found = append(found, whole)
			}
		}
	}
	return found
}

// continuation is one call of Phrases.
type continuation struct {
	s       *Suggester
	typed   *typedText
	allowed func(int) bool
	head    bitmap // the items that have the words before the phrase, nil for all
	visits  int    // how many more places may be looked at
}

// pass puts a word before the phrase; false where no two items have all such words.
func (c *continuation) pass(word *typedWord, work *scratch) bool {
	if word.digits || len(word.any) == 0 {
		return false
	}
	if c.head == nil {
		c.head = work.matches
		clear(c.head)
		c.s.unite(c.head, word.any)
	} else {
		c.head.and(c.s.items(word.any, work))
	}
	return c.head.count() >= minHolders
}

// typedAlready tells whether a phrase is just what was typed from a word on.
func (c *continuation) typedAlready(p *phrase, from int) bool {
	words := c.typed.words[from:]
	if len(words) != int(p.syllables) {
		return false
	}
	for i := range words {
		if words[i].spellings[0] != c.s.terms[c.s.termAt(p.sample, i)] {
			return false
		}
	}
	return true
}

// visible tells whether two items that the reader may see have a phrase in its
// spelling, and the words typed before it. Where there are many places, some
// evenly between are looked at: a phrase that nearly all of is hidden may be missed.
func (c *continuation) visible(p *phrase) bool {
	one := int32(-1)
	step := max(1, (int(p.to-p.from)+maxVisited-1)/maxVisited)
	for at := int(p.from); at < int(p.to) && c.visits > 0; at += step {
		c.visits--
		place := c.s.places[at]
		item := place.item()
		if item == one || c.head != nil && !c.head.has(item) || !c.s.spelledAlike(place, p) || !c.allowed(int(item)) {
			continue
		}
		if one >= 0 {
			return true
		}
		one = item
	}
	return false
}

func (s *Suggester) spelledAlike(at place, p *phrase) bool {
	for i := range int(p.syllables) {
		if s.termAt(at, i) != s.termAt(p.sample, i) {
			return false
		}
	}
	return true
}

// begun are the phrases that the typed words from one on begin, best first.
func (s *Suggester) begun(text *typedText, from int) []*phrase {
	words := text.words[from:]
	lowest, highest := make([]int32, len(words)), make([]int32, len(words)) // folded words, half-open
	for i := range words {
		spans := words[i].whole
		if i == len(words)-1 && text.open {
			spans = words[i].any
		}
		if len(spans) == 0 {
			return nil
		}
		r := spans[len(spans)-1] // of a decoded word its decoding
		lowest[i], highest[i] = s.foldOf[r.from], s.foldOf[r.to-1]
	}
	first := sort.Search(len(s.phrases.list), func(i int) bool { return s.comparePhrase(&s.phrases.list[i], lowest) >= 0 })
	last := sort.Search(len(s.phrases.list), func(i int) bool { return s.comparePhrase(&s.phrases.list[i], highest) > 0 })
	best := mostHeld(s.phrases.list[first:max(first, last)])
	spelled := func(p *phrase) int {
		n := 0
		for i := range words {
			if words[i].spelled(s.terms[s.termAt(p.sample, i)]) {
				n++
			}
		}
		return n
	}
	slices.SortStableFunc(best, func(a, b *phrase) int {
		if !text.marked {
			return 0
		}
		return cmp.Compare(spelled(b), spelled(a))
	})
	return best
}

// comparePhrase compares the beginning of a phrase with folded words: 0 where
// these begin it.
func (s *Suggester) comparePhrase(p *phrase, folds []int32) int {
	for i, fold := range folds {
		if i == int(p.syllables) {
			return -1
		}
		if c := cmp.Compare(s.foldAt(p.sample, i), fold); c != 0 {
			return c
		}
	}
	return 0
}

// mostHeld are the phrases of a range that most items have, most first.
func mostHeld(list []phrase) []*phrase {
	var best []*phrase
	for i := range list {
		p := &list[i]
		if len(best) == compared && p.holders <= best[compared-1].holders {
			continue
		}
		at := sort.Search(len(best), func(i int) bool { return best[i].holders < p.holders })
		if len(best) < compared {
			best = append(best, nil)
		}
		copy(best[at+1:], best[at:])
		best[at] = p
	}
	return best
}
