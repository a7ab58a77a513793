package suggest

import (
	"cmp"
	"slices"
	"unicode"
)

const (
	minPhrase  = 2 // syllables
	maxPhrase  = 6
	minHolders = 2      // documents that must have a phrase, and that its reader must see
	maxPhrases = 40_000 // of the most frequent ones

	// A run is part of a longer phrase where one and the same word stands behind
	// it in more of its documents than goesOn, before it in more than goesBack, or
	// where it ends a clause or stands before a loose word in fewer than ends.
	goesOn    = .7
	goesBack  = .9
	ends      = .08
	maxOffset = 1<<8 - 1
	maxItem   = 1<<24 - 1
)

// place is where a run of words begins: an item and the offset of a word in
// it (8 bits).
type place uint32

func (p place) item() int32   { return int32(p >> 8) }
func (p place) offset() int32 { return int32(p & maxOffset) }

// phrase is a run of words that several titles have.
type phrase struct {
	from, to  int32 // its places among those of all phrases, of all its spellings
	sample    place // one with the spelling that is shown
	holders   int32 // how many items have it
	syllables int8
	text      string
}

// phrases are in the order of their folded words, a beginning before what it
// begins.
type phrases struct {
	list   []phrase
	places []place
}

// phrases finds the phrases of all titles: it sorts the places where words
// stand by the words that follow, so that equal runs are neighbours.
func (b *builder) phrases(items []Item, s *Suggester) phrases {
	m := miner{b: b, s: s, items: items, seen: make([]int32, len(items))}
	m.collect()
	slices.SortFunc(m.runs, m.compare)
	for from, to := 0, 0; from < len(m.runs); from = to {
		for to = from + 1; to < len(m.runs) && m.fold(m.runs[to], 0) == m.fold(m.runs[from], 0); to++ {
		}
		m.mine(from, to, 1)
	}
	return m.keep()
}

// run is a place with its first folded words packed for sorting.
type run struct {
	key   uint64
	at    place
	words int8 // how many words follow each other from here, at most maxPhrase+1
}

type miner struct {
	b     *builder
	s     *Suggester
	items []Item
	runs  []run
	seen  []int32 // by item: the last group it was counted for
	group int32
	found []phrase
}

// packed is how many folded words the key of a run holds, in 21 bits each.
const packed = 3

// collect notes every place where a phrase may begin.
func (m *miner) collect() {
	for item := range min(len(m.items), maxItem) {
		from, to := m.s.starts[item], m.s.starts[item+1]
		length := int8(0)
		var run [maxOffset + 1]int8
		for at := to - 1; at >= from; at-- {
			switch {
			case !alphabetic(m.s.terms[m.s.words[at]]):
				length = 0
			case m.b.spots[at].joined:
				length = min(length+1, maxPhrase+1)
			default:
				length = 1
			}
			if at-from <= maxOffset {
				run[at-from] = length
			}
		}
		for offset := range min(to-from, maxOffset+1) {
			if run[offset] >= minPhrase && !loose[m.s.terms[m.s.words[from+offset]]] {
				m.add(place(item<<8)|place(offset), run[offset])
			}
		}
	}
}

func alphabetic(term string) bool {
	for _, r := range term {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return true
}

func (m *miner) add(at place, words int8) {
	r := run{at: at, words: words}
	for n := range packed {
		r.key <<= 21
		if n < int(words) {
			r.key |= uint64(m.fold(r, n)+1) & (1<<21 - 1)
		}
	}
	m.runs = append(m.runs, r)
}

// fold is the n-th folded word of a run.
func (m *miner) fold(r run, n int) int32 { return m.s.foldAt(r.at, n) }

func (s *Suggester) termAt(at place, n int) int32 {
	return s.words[int(s.starts[at.item()]+at.offset())+n]
}

func (s *Suggester) foldAt(at place, n int) int32 { return s.foldOf[s.termAt(at, n)] }

func (m *miner) compare(a, b run) int {
	if a.key != b.key {
		return cmp.Compare(a.key, b.key)
	}
	for n := packed; n < int(min(a.words, b.words)); n++ {
		if d := m.fold(a, n) - m.fold(b, n); d != 0 {
			return int(d)
		}
	}
	return cmp.Or(cmp.Compare(a.words, b.words), cmp.Compare(a.at, b.at))
}

// mine finds the phrases that begin with the words that the runs [from,to)
// have in common, of which there are n, and returns how many items have these.
func (m *miner) mine(from, to, n int) int32 {
	holders := m.holders(from, to)
	if holders < minHolders {
		return holders
	}
	most := int32(0)
	if n <= maxPhrase {
		for at := from; at < to; {
			next := at + 1
			if int(m.runs[at].words) > n {
				for next < to && int(m.runs[next].words) > n && m.fold(m.runs[next], n) == m.fold(m.runs[at], n) {
					next++
				}
				holders := m.mine(at, next, n+1)
				if !loose[m.s.terms[m.s.termAt(m.runs[at].at, n)]] {
					most = max(most, holders)
				}
			}
			at = next
		}
	}
	if n >= minPhrase && n <= maxPhrase && float64(most) < goesOn*float64(holders) {
		m.found = append(m.found, phrase{from: int32(from), to: int32(to), holders: holders, syllables: int8(n)})
	}
	return holders
}

// holders is how many items the runs [from,to) stand in.
func (m *miner) holders(from, to int) int32 {
	m.group++
	n := int32(0)
	for _, r := range m.runs[from:to] {
		if m.seen[r.at.item()] != m.group {
			m.seen[r.at.item()] = m.group
			n++
		}
	}
	return n
}

// keep returns the most frequent phrases with their texts, and the places of
// these alone.
func (m *miner) keep() phrases {
	if len(m.found) > maxPhrases {
		slices.SortFunc(m.found, func(a, b phrase) int { return cmp.Or(cmp.Compare(b.holders, a.holders), cmp.Compare(a.from, b.from)) })
		m.found = m.found[:maxPhrases]
	}
	slices.SortFunc(m.found, func(a, b phrase) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.syllables, b.syllables))
	})
	var kept phrases
	copied := int32(0) // runs up to here have been copied or left out
	shift := int32(0)  // how many were left out
	for _, p := range m.found {
		if !m.complete(&p) || !m.spell(&p) {
			continue
		}
		if p.from > copied {
			shift += p.from - copied
			copied = p.from
		}
		for ; copied < p.to; copied++ {
			kept.places = append(kept.places, m.runs[copied].at)
		}
		p.from, p.to = p.from-shift, p.to-shift
		kept.list = append(kept.list, p)
	}
	kept.places, kept.list = slices.Clip(kept.places), slices.Clip(kept.list)
	return kept
}
