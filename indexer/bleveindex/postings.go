package bleveindex

import (
	"maps"
	"slices"
	"sync"
)

// Of a term that more than one in commonShare items of a segment hold, the
// frequencies are kept as a column: adding that up is some ten times faster
// than reading postings, and half of the syllables of a question are such.
const commonShare = 8

// maxCommon is how many such columns are kept of a segment; each is a byte an
// item. A library of laws has about 300 such terms in each of the two fields.
const maxCommon = 512

// frequencies tell how often the items of a segment hold a term: as a column
// where it is common, else as a list.
type frequencies struct {
	column []uint8 // by item; nil where the term is rare
	more   map[uint32]uint32

	items []uint32 // ascending
	tfs   []uint32
}

// full stands in a column for a frequency that more has.
const full = 255

// of is how often an item holds the term.
func (f *frequencies) of(item uint32) uint32 {
	if f.column == nil {
		if at, holds := slices.BinarySearch(f.items, item); holds {
			return f.tfs[at]
		}
		return 0
	}
	if tf := f.column[item]; tf < full {
		return uint32(tf)
	}
	return f.more[item]
}

// sum is how often a run of ascending items holds the term.
func (f *frequencies) sum(items []uint32) (sum uint32) {
	if f.column != nil {
		for _, item := range items {
			sum += f.of(item)
		}
		return sum
	}
	if len(items) == 0 {
		return 0
	}
	for at, _ := slices.BinarySearch(f.items, items[0]); at < len(f.items) && f.items[at] <= items[len(items)-1]; at++ {
		if _, own := slices.BinarySearch(items, f.items[at]); own {
			sum += f.tfs[at]
		}
	}
	return sum
}

// each visits the items that hold the term, ascending.
func (f *frequencies) each(visit func(item, tf uint32)) {
	for i, item := range f.items {
		visit(item, f.tfs[i])
	}
	for item, tf := range f.column {
		if tf > 0 {
			visit(uint32(item), f.of(uint32(item)))
		}
	}
}

// commonTerms are the columns of one segment's common terms, each made by the
// first search that needs it.
type commonTerms struct {
	mu      sync.Mutex
	columns map[fieldTerm]*frequencies
}

type fieldTerm struct{ field, term string }

// frequencies reads how often items hold a term. Those of hidden items may be
// among them.
func (s segmentView) frequencies(field, term string) (*frequencies, error) {
	dictionary, err := s.segment.Dictionary(field)
	if err != nil {
		return nil, err
	}
	list, err := dictionary.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return nil, err
	}
	if int(list.Count())*commonShare <= s.size() {
		f := &frequencies{items: make([]uint32, 0, list.Count()), tfs: make([]uint32, 0, list.Count())}
		err := postings{list}.eachFrequency(func(item uint64, tf uint64) {
			f.items, f.tfs = append(f.items, uint32(item)), append(f.tfs, uint32(tf))
		})
		return f, err
	}
	common := &s.column.common
	common.mu.Lock()
	defer common.mu.Unlock()
	if f := common.columns[fieldTerm{field, term}]; f != nil {
		return f, nil
	}
	f := &frequencies{column: make([]uint8, s.size())}
	err = postings{list}.eachFrequency(func(item uint64, tf uint64) {
		f.column[item] = uint8(min(tf, full))
		if tf >= full {
			if f.more == nil {
				f.more = make(map[uint32]uint32)
			}
			f.more[uint32(item)] = uint32(tf)
		}
	})
	if err == nil {
		common.keep(fieldTerm{field, term}, f)
	}
	return f, err
}

// keep adds a column; where there are too many, some other goes.
func (c *commonTerms) keep(of fieldTerm, f *frequencies) {
	if c.columns == nil {
		c.columns = make(map[fieldTerm]*frequencies)
	}
	for other := range maps.Keys(c.columns) {
		if len(c.columns) < maxCommon {
			break
		}
		delete(c.columns, other)
	}
	c.columns[of] = f
}
