package bleveindex

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
)

// Of a term that more than one in commonShare items of a segment hold, the
// frequencies are kept as a column: adding that up is some ten times faster
// than reading postings, and half of the syllables of a question are such.
const commonShare = 8

// frequencies tell how often the items of a segment hold a term: as a column
// where it is common, else as a list. They are not changed once they are read.
type frequencies struct {
	column []uint8 // by item; nil where the term is rare

	items []uint32 // ascending
	tfs   []uint8

	more map[uint32]uint32 // by item: frequencies that are no less than full
	used atomic.Bool       // since it was last looked whether it may go
}

// full stands for a frequency that more has.
const full = 255

// size is about how many bytes they take.
func (f *frequencies) size() int { return 160 + len(f.column) + 5*len(f.items) + 16*len(f.more) }

func (f *frequencies) exact(item uint32, tf uint8) uint32 {
	if tf < full {
		return uint32(tf)
	}
	return f.more[item]
}

// without appends the items that hold the term but for those of hidden, ascending.
func (f *frequencies) without(hidden *roaring.Bitmap, items []uint32) []uint32 {
	f.each(func(item, _ uint32) {
		if hidden == nil || !hidden.Contains(item) {
			items = append(items, item)
		}
	})
	return items
}

// of visits, of ascending items, those that hold the term: at is the place
// among the items.
func (f *frequencies) of(items []uint32, visit func(at int, tf uint32)) {
	if f.column != nil {
		for at, item := range items {
			if tf := f.column[item]; tf > 0 {
				visit(at, f.exact(item, tf))
			}
		}
		return
	}
	from := 0
	for at, item := range items {
		from = reach(f.items, from, item)
		if from == len(f.items) {
			return
		}
		if f.items[from] == item {
			visit(at, f.exact(item, f.tfs[from]))
		}
	}
}

// reach is the first place from from on whose item is not below item: steps
// that double, then halves, since it is near as a rule.
func reach(items []uint32, from int, item uint32) int {
	step := 1
	for from+step < len(items) && items[from+step] < item {
		from += step
		step *= 2
	}
	at, _ := slices.BinarySearch(items[from:min(from+step+1, len(items))], item)
	return from + at
}

// each visits the items that hold the term, ascending.
func (f *frequencies) each(visit func(item, tf uint32)) {
	for i, item := range f.items {
		visit(item, f.exact(item, f.tfs[i]))
	}
	for item, tf := range f.column {
		if tf > 0 {
			visit(uint32(item), f.exact(uint32(item), tf))
		}
	}
}

// listBytes is how much memory a segment's lists and columns may take, for each
// of its items: a library of laws has about 300 common terms in each of the two
// fields, a byte an item each, and the lists of all other syllables take as much.
const listBytes = 900

// termLists are the frequencies of a segment's terms that searches have asked
// for, those of late.
type termLists struct {
	mu    sync.RWMutex
	held  map[fieldTerm]*frequencies
	bytes int
}

type fieldTerm struct{ field, term string }

func (l *termLists) get(of fieldTerm) *frequencies {
	l.mu.RLock()
	defer l.mu.RUnlock()
	f := l.held[of]
	if f != nil && !f.used.Load() {
		f.used.Store(true)
	}
	return f
}

// keep adds what is not there yet. Where there is too much, those go that
// nobody has asked for since the last time.
func (l *termLists) keep(of fieldTerm, f *frequencies, most int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held == nil {
		l.held = make(map[fieldTerm]*frequencies)
	}
	if l.held[of] != nil || f.size() > most {
		return
	}
	for l.bytes+f.size() > most {
		for other, held := range l.held {
			if held.used.Swap(false) {
				continue
			}
			delete(l.held, other)
			if l.bytes -= held.size(); l.bytes+f.size() <= most {
				break
			}
		}
	}
	of.term = strings.Clone(of.term) // it may be a piece of a text
	l.held[of] = f
	l.bytes += f.size()
}

// frequencies reads how often items hold a term. Those of hidden items may be
// among them.
func (s segmentView) frequencies(field, term string) (*frequencies, error) {
	if f := s.column.lists.get(fieldTerm{field, term}); f != nil {
		return f, nil
	}
	dictionary, err := s.segment.Dictionary(field)
	if err != nil {
		return nil, err
	}
	list, err := dictionary.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return nil, err
	}
	f := new(frequencies)
	var add func(item uint32, tf uint8)
	if count := int(list.Count()); count*commonShare > s.size() {
		f.column = make([]uint8, s.size())
		add = func(item uint32, tf uint8) { f.column[item] = tf }
	} else {
		f.items, f.tfs = make([]uint32, 0, count), make([]uint8, 0, count)
		add = func(item uint32, tf uint8) { f.items, f.tfs = append(f.items, item), append(f.tfs, tf) }
	}
	err = postings{list}.eachFrequency(func(item uint64, tf uint64) {
		add(uint32(item), uint8(min(tf, full)))
		if tf >= full {
			if f.more == nil {
				f.more = make(map[uint32]uint32)
			}
			f.more[uint32(item)] = uint32(tf)
		}
	})
	if err == nil {
		s.column.lists.keep(fieldTerm{field, term}, f, listBytes*s.size())
	}
	return f, err
}
