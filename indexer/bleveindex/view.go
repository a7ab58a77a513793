package bleveindex

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"

	"vankien/storage"
)

// view is all that a search reads: a snapshot of the Bleve index and the
// catalogue that belongs to it. A search holds one view from beginning to end,
// so that it never sees half a batch. It is closed when its last user lets go.
type view struct {
	*snapshot
	catalogue *catalogue
	ordinals  [][]int32 // per segment and key of its column: the document's ordinal in the catalogue, -1 for none

	suggestions *suggestions
	idfs        *termCounts[fieldTerm, float64]
	wordIdfs    *termCounts[fieldWord, float64] // of words of titles
	places      func() documentPlaces

	forgotten int // speller.forgotten when it became the index's

	day storage.Date // on which the documents stand as they do

	users   atomic.Int32
	onClose func(error)
}

// How many figures of terms are kept: of a view, and of a segment beside half
// the number of its items.
const (
	maxIdfs  = 30_000
	leastDfs = 1000
)

// newView makes a view of a snapshot and the documents that belong to it. Most
// of an earlier view still holds but for the documents changed since.
func newView(s *snapshot, listings map[storage.ID]*listing, earlier *view, changed []storage.ID, onClose func(error)) *view {
	v := &view{snapshot: s, onClose: onClose, idfs: newTermCounts[fieldTerm, float64](maxIdfs), wordIdfs: newTermCounts[fieldWord, float64](maxIdfs)}
	v.places = sync.OnceValue(v.findPlaces)
	v.users.Store(1)
	before := make(map[*column]int) // segments of the earlier view
	var moved []int32
	if earlier == nil {
		v.catalogue = newCatalogue(listings)
		v.suggestions = newSuggestions(v.catalogue)
	} else {
		v.catalogue, moved = earlier.catalogue.with(listings, changed)
		v.suggestions = earlier.suggestions.after(v.catalogue, moved, changed)
		for i, seg := range earlier.segments {
			before[seg.column] = i
		}
	}
	for i, seg := range s.segments {
		var known []int32
		at, seen := before[seg.column]
		if seen {
			known = earlier.ordinals[at]
		}
		ordinals, same := v.catalogue.ordinalsOf(seg.column, listings, known, moved)
		v.ordinals = append(v.ordinals, ordinals)
		if seen && same && seg.deleted == earlier.segments[at].deleted {
			s.segments[i].hidden, s.segments[i].dfs = earlier.segments[at].hidden, earlier.segments[at].dfs
		} else {
			s.segments[i].hidden, s.segments[i].dfs = hide(seg, ordinals), newTermCounts[fieldTerm, int](leastDfs+seg.size()/2)
		}
	}
	return v
}

// ordinalsOf is the place in the catalogue of each document that a column
// names, -1 for none. known are their places in an earlier catalogue, if there
// was one, and moved where these are now; same tells that the same keys have none.
func (c *catalogue) ordinalsOf(col *column, listings map[storage.ID]*listing, known, moved []int32) (ordinals []int32, same bool) {
	ordinals, same = make([]int32, len(col.keys)), true
	for k, key := range col.keys {
		if known != nil && known[k] >= 0 {
			ordinals[k] = moved[known[k]]
		} else if l := listingOf(listings, key); l != nil {
			ordinals[k] = c.ordinal(l)
		} else {
			ordinals[k] = -1
		}
		same = same && known != nil && (known[k] < 0) == (ordinals[k] < 0)
	}
	return ordinals, same
}

// hide is what no search sees of a segment: beside what was deleted, passages
// that no document names, because their batch is under way or they wait to be
// swept. Without it they would count in the df of terms, and the same documents
// would score differently.
func hide(seg segmentView, ordinals []int32) *roaring.Bitmap {
	if !slices.Contains(ordinals, -1) {
		return seg.hidden
	}
	nameless := roaring.New()
	for item, key := range seg.column.ofItem {
		if key >= 0 && ordinals[key] < 0 {
			nameless.Add(uint32(item))
		}
	}
	if seg.hidden != nil {
		nameless.Or(seg.hidden)
	}
	return nameless
}

// release lets go of the view.
func (v *view) release() {
	if v.users.Add(-1) == 0 {
		v.onClose(v.snapshot.close())
	}
}

// document is the catalogue's ordinal of the document that a passage is of;
// -1 where the item is no passage of a document that the index knows.
func (v *view) document(segmentNumber int, item uint64) int32 {
	key := v.segments[segmentNumber].column.ofItem[item]
	if key < 0 {
		return -1
	}
	return v.ordinals[segmentNumber][key]
}

// documentPlaces tell where the passages of each document stand.
type documentPlaces struct {
	begins []int32 // by ordinal: where its places begin; one more at the end
	places []place
}

// place is a key of a segment's column.
type place struct{ segment, key int32 }

func (p documentPlaces) of(document int32) []place {
	return p.places[p.begins[document]:p.begins[document+1]]
}

func (v *view) findPlaces() documentPlaces {
	p := documentPlaces{begins: make([]int32, len(v.catalogue.listings)+1)}
	each := func(visit func(document int32, at place)) {
		for number, ordinals := range v.ordinals {
			for key, document := range ordinals {
				if document >= 0 {
					visit(document, place{int32(number), int32(key)})
				}
			}
		}
	}
	each(func(document int32, _ place) { p.begins[document+1]++ })
	for i := range v.catalogue.listings {
		p.begins[i+1] += p.begins[i]
	}
	p.places = make([]place, p.begins[len(v.catalogue.listings)])
	next := slices.Clone(p.begins)
	each(func(document int32, at place) {
		p.places[next[document]] = at
		next[document]++
	})
	return p
}

// items are the passages at a place, ascending, hidden ones included.
func (v *view) items(at place) []uint32 {
	column := v.segments[at.segment].column
	return column.items[column.begins[at.key]:column.begins[at.key+1]]
}

// readListings reads all document entries of a snapshot.
func readListings(s *snapshot) (map[storage.ID]*listing, error) {
	listings := make(map[storage.ID]*listing)
	for _, seg := range s.segments {
		types, err := seg.field(fieldType)
		if err != nil {
			return nil, err
		}
		entries, err := types.postings(typeEntry)
		if err != nil {
			return nil, err
		}
		var broken error
		err = entries.each(func(item uint64) {
			record, err := seg.stored(item, fieldEntry)
			e := new(entry)
			if err == nil {
				err = json.Unmarshal(record, e)
			}
			e.sum = sumEntry(record)
			if err == nil && listings[e.Document.ID] != nil {
				err = fmt.Errorf("document %s stands there twice", e.Document.ID)
			}
			if err != nil && broken == nil {
				broken = fmt.Errorf("document entry %d: %w", item, err)
			}
			listings[e.Document.ID] = newListing(e)
		})
		if err != nil {
			return nil, err
		}
		if broken != nil {
			return nil, broken
		}
	}
	return listings, nil
}
