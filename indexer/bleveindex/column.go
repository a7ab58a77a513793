package bleveindex

import (
	"slices"
	"strconv"
)

// column tells of every passage of a segment which document it is of, its place
// there and its length. Un-inverted once a segment, deleted passages included,
// so that it holds for every later snapshot of the same segment.
type column struct {
	keys     []string // ascending
	ofItem   []int32  // ordinal into keys, -1 where the item is no passage
	ordinals []int32  // by item: the passage's place in its document
	lengths  []int32  // by item: the terms of its text, the title three times
	items    []uint32 // by key, then ascending
	begins   []int32  // by key: where its items begin in items; one more at the end

	lists termLists
}

func readColumn(seg bleveSegment) (*column, error) {
	keys, ofItem, err := uninvert(seg, fieldDocument)
	if err != nil {
		return nil, err
	}
	c := &column{keys: keys, ofItem: ofItem}
	if c.ordinals, err = uninvertNumbers(seg, fieldOrdinal); err != nil {
		return nil, err
	}
	if c.lengths, err = uninvertNumbers(seg, fieldLength); err != nil {
		return nil, err
	}
	c.group()
	return c, nil
}

// group sorts the items by their keys.
func (c *column) group() {
	c.begins = make([]int32, len(c.keys)+1)
	for _, key := range c.ofItem {
		if key >= 0 {
			c.begins[key+1]++
		}
	}
	for i := range c.keys {
		c.begins[i+1] += c.begins[i]
	}
	c.items = make([]uint32, c.begins[len(c.keys)])
	next := slices.Clone(c.begins)
	for item, key := range c.ofItem {
		if key >= 0 {
			c.items[next[key]] = uint32(item)
			next[key]++
		}
	}
}

// itemsOf are the passages of a key, ascending; none where the segment has
// none of them.
func (c *column) itemsOf(key string) []uint32 {
	at, known := slices.BinarySearch(c.keys, key)
	if !known {
		return nil
	}
	return c.items[c.begins[at]:c.begins[at+1]]
}

// uninvert turns a keyword field around: its terms, and for each item which of
// them it has, -1 for none.
func uninvert(seg bleveSegment, field string) (terms []string, ofItem []int32, err error) {
	ofItem = slices.Repeat([]int32{-1}, int(seg.Count()))
	dictionary, err := seg.Dictionary(field)
	if err != nil {
		return nil, nil, err
	}
	entries := dictionary.AutomatonIterator(nil, nil, nil)
	for {
		entry, err := entries.Next()
		if err != nil || entry == nil {
			return terms, ofItem, err
		}
		list, err := dictionary.PostingsList([]byte(entry.Term), nil, nil)
		if err != nil {
			return nil, nil, err
		}
		term := int32(len(terms))
		terms = append(terms, entry.Term)
		if err := (postings{list}).each(func(item uint64) { ofItem[item] = term }); err != nil {
			return nil, nil, err
		}
	}
}

// uninvertNumbers is uninvert for a field of whole numbers, -1 for none.
func uninvertNumbers(seg bleveSegment, field string) ([]int32, error) {
	terms, ofItem, err := uninvert(seg, field)
	if err != nil {
		return nil, err
	}
	values := make([]int32, len(terms))
	for i, term := range terms {
		value, err := strconv.ParseInt(term, 10, 32)
		if err != nil {
			return nil, err
		}
		values[i] = int32(value)
	}
	for item, term := range ofItem {
		if term >= 0 {
			ofItem[item] = values[term]
		}
	}
	return ofItem, nil
}
