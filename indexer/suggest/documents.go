package suggest

import (
	"cmp"
	"slices"
)

// Document is an item that what was typed completes to.
type Document struct {
	Item  int // its rank among the items
	Score int // how well it matches: comparable between suggesters for the same typed text
}

// The scores. A matched serial counts more than all words together, a word
// more than where the words stand: that the item begins with them counts more
// than that some follow each other as typed.
const (
	beginScore       = maxTyped     // the kind, the title or the symbol begins with what was typed
	wordScore        = 2 * maxTyped // a word is whole, or in the accents it was typed in
	serialScore      = 1 << 12      // a typed number begins the document's
	wholeSerialScore = 2 << 12      // and is all of it
)

// reordered is how many of the best are looked at for where the words stand.
const reordered = 256

// Documents returns at most size items whose words begin with all the typed
// ones, among those that allowed accepts. Best first: those whose number is
// typed, then those that have more of the words whole and in the accents they
// were typed in (where any were), then those that begin with what was typed,
// then by rank. Nothing typed completes to
// nothing. It takes microseconds, plus the calls of allowed: as many as are
// refused before 256 are found.
func (s *Suggester) Documents(typed string, size int, allowed func(item int) bool) []Document {
	if size <= 0 || len(s.starts) < 2 {
		return nil
	}
	text := s.read(typed)
	if len(text.words) == 0 {
		return nil
	}
	for i := range text.words {
		if len(text.words[i].any) == 0 {
			return nil
		}
	}
	work := s.scratch.Get().(*scratch)
	defer s.scratch.Put(work)
	var found []Document
	if count := s.narrow(&text, work); count <= few {
		found = s.pick(&text, work.matches, allowed)
	} else {
		found = s.rank(&text, work, max(size, reordered), allowed)
	}
	for i := range found[:min(len(found), reordered)] {
		item := int32(found[i].Item)
		found[i].Score += s.following(&text, item)
		if s.begins(&text, item) {
			found[i].Score += beginScore
		}
	}
	slices.SortStableFunc(found[:min(len(found), reordered)], func(a, b Document) int { return cmp.Compare(b.Score, a.Score) })
	return found[:min(size, len(found))]
}

// following counts the typed words that stand in an item right behind the one
// typed before them.
func (s *Suggester) following(text *typedText, item int32) int {
	terms, n := s.itemWords(item), 0
	for i := 1; i < len(text.words); i++ {
		before, word := &text.words[i-1], &text.words[i]
		for at := 1; at < len(terms); at++ {
			if inAny(word.any, terms[at]) && inAny(before.any, terms[at-1]) {
				n++
				break
			}
		}
	}
	return n
}

// begins tells whether an item begins with the typed words: its title ("về" and
// the like apart), its kind, that and then its title, or the symbol of its number.
func (s *Suggester) begins(text *typedText, item int32) bool {
	words, parts := s.itemWords(item), s.parts[item]
	title, number, more := words[:parts.title], words[parts.title:parts.number], words[parts.number:]
	for len(title) > 0 && loose[s.terms[title[0]]] {
		title = title[1:]
	}
	whole := len(text.words)
	if text.run(0, title) == whole || len(number) > 1 && !isDigit(s.terms[number[1]][0]) && text.run(0, number[1:]) == whole {
		return true
	}
	kind := text.run(0, more)
	return kind > 0 && kind+text.run(kind, title) == whole
}

// run counts the typed words from one on that terms begin with.
func (t *typedText) run(from int, terms []int32) int {
	n := 0
	for n < len(terms) && from+n < len(t.words) && inAny(t.words[from+n].any, terms[n]) {
		n++
	}
	return n
}

// few is how many items are looked at one by one.
const few = 64

// scratch is the memory of one call.
type scratch struct {
	matches, one, serial, wholeSerial bitmap
	counter                           counter
}

func newScratch(items int) *scratch {
	w := &scratch{matches: newBitmap(items), one: newBitmap(items), serial: newBitmap(items), wholeSerial: newBitmap(items)}
	for p := range w.counter.planes {
		w.counter.planes[p] = newBitmap(items)
	}
	return w
}

// narrow leaves in work.matches the items that have every word, and counts
// them. Where only few are left, not all words have been looked at.
func (s *Suggester) narrow(text *typedText, work *scratch) int {
	order := make([]int, len(text.words))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Compare(text.words[a].size(&s.vocabulary), text.words[b].size(&s.vocabulary))
	})
	count := 0
	for i, word := range order {
		if i == 0 {
			clear(work.matches)
			s.unite(work.matches, text.words[word].any)
		} else {
			work.matches.and(s.items(text.words[word].any, work))
		}
		if count = work.matches.count(); count <= few {
			break
		}
	}
	return count
}

// items are the items of spans, in work.one unless they are at hand.
func (s *Suggester) items(spans []span, work *scratch) bitmap {
	if len(spans) == 1 && s.dense[spans[0]] != nil {
		return s.dense[spans[0]]
	}
	clear(work.one)
	s.unite(work.one, spans)
	return work.one
}

func (s *Suggester) unite(b bitmap, spans []span) {
	for _, r := range spans {
		s.union(b, r)
	}
}

// pick scores a few items by looking at each.
func (s *Suggester) pick(text *typedText, matches bitmap, allowed func(int) bool) []Document {
	var found []Document
	for at, word := range matches {
		each(word, at, func(item int32) bool {
			if score, ok := s.judge(text, item); ok && allowed(int(item)) {
				found = append(found, Document{int(item), score})
			}
			return true
		})
	}
	return found
}

// judge scores an item; ok is false where it lacks a word.
func (s *Suggester) judge(text *typedText, item int32) (score int, ok bool) {
	terms := s.itemWords(item)
	serial := 0
	for i := range text.words {
		word := &text.words[i]
		has, whole, spelled := false, 0, 0
		for _, term := range terms {
			if !inAny(word.any, term) {
				continue
			}
			has = true
			if inAny(word.whole, term) {
				whole = 1
			}
			if text.marked && word.spelled(s.terms[term]) {
				spelled = 1
			}
			if inAny(word.wholeSerial, term) {
				serial = wholeSerialScore
			} else if word.serial.has(term) {
				serial = max(serial, serialScore)
			}
		}
		if !has {
			return 0, false
		}
		score += whole + spelled
	}
	return serial + score*wordScore, true
}

// rank orders many items: it counts for all of them at once what judge does
// for one, and takes the highest counts first.
func (s *Suggester) rank(text *typedText, work *scratch, size int, allowed func(int) bool) []Document {
	c := &work.counter
	c.used, c.most, c.all = 0, 0, 0
	clear(work.serial)
	clear(work.wholeSerial)
	serials := false
	for i := range text.words {
		word := &text.words[i]
		if len(word.whole) > 0 {
			c.add(work.matches, s.items(word.whole, work))
		}
		if text.marked {
			c.add(work.matches, s.spelledItems(word, work))
		}
		if !word.serial.empty() || len(word.wholeSerial) > 0 {
			serials = true
			s.union(work.serial, word.serial)
			s.unite(work.wholeSerial, word.wholeSerial)
		}
	}
	var found []Document
	take := func(bonus int) bool {
		for n := c.most; n >= 0; n-- {
			for at := range work.matches {
				if !each(c.with(n, work.matches, at), at, func(item int32) bool {
					if allowed(int(item)) {
						found = append(found, Document{int(item), bonus + (c.all+n)*wordScore})
					}
					return len(found) < size
				}) {
					return false
				}
			}
		}
		return true
	}
	if !serials {
		take(0)
		return found
	}
	copy(work.one, work.matches)
	work.matches.and(work.wholeSerial)
	if !take(wholeSerialScore) {
		return found
	}
	for i := range work.matches {
		work.matches[i] = work.one[i] & work.serial[i] &^ work.wholeSerial[i]
	}
	if !take(serialScore) {
		return found
	}
	for i := range work.matches {
		work.matches[i] = work.one[i] &^ (work.serial[i] | work.wholeSerial[i])
	}
	take(0)
	return found
}

// spelledItems are the items with a term that begins as typed, accents and all.
func (s *Suggester) spelledItems(word *typedWord, work *scratch) bitmap {
	if len(word.spellings) == 1 {
		if b := s.exactly[word.spellings[0]]; b != nil {
			return b
		}
	}
	clear(work.one)
	for _, r := range word.any {
		for term := r.from; term < r.to; term++ {
			if word.spelled(s.terms[term]) {
				s.union(work.one, span{term, term + 1})
			}
		}
	}
	return work.one
}

// Suggest is Documents without the scores.
func (s *Suggester) Suggest(typed string, size int, allowed func(item int) bool) []int {
	var items []int
	for _, document := range s.Documents(typed, size, allowed) {
		items = append(items, document.Item)
	}
	return items
}
