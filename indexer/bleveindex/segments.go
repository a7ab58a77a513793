package bleveindex

import (
	"errors"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// This file, corrections.go, mapped.go and inplace.go are all of our use of Bleve's segment API. Its types
// are exported but not promised stable, so bleve, scorch_segment_api and roaring are pinned
// together in go.mod. Bleve's own query path is the reference in tests.

// snapshot is one unchanging state of the Bleve index. It stays readable until
// close, whatever is written meanwhile.
type snapshot struct {
	reader   *scorch.IndexSnapshot
	segments []segmentView
}

type bleveSegment = segment.Segment

// segmentView is one segment of a snapshot. Passages are named by their number
// within the segment.
type segmentView struct {
	snapshot *scorch.SegmentSnapshot
	segment  segment.Segment
	deleted  *roaring.Bitmap // as Bleve has it; nil for none
	hidden   *roaring.Bitmap // items that no search sees; nil where it sees all. It may be Bleve's: clone before changing
	column   *column
	inPlace  inPlace
	dfs      *termCounts[fieldTerm, int] // of what is not hidden
}

// openSnapshot opens the present state of idx. Columns of segments that known
// has are taken from there; the map of this snapshot's columns is returned.
func openSnapshot(idx bleve.Index, known map[uint64]*column) (*snapshot, map[uint64]*column, error) {
	state, err := openState(idx)
	if err != nil {
		return nil, nil, err
	}
	s := &snapshot{reader: state}
	columns := make(map[uint64]*column)
	for _, seg := range state.Segments() {
		col := known[seg.Id()]
		if col == nil {
			if col, err = readColumn(seg.Segment()); err != nil {
				return nil, nil, errors.Join(fmt.Errorf("reading the columns of segment %d: %w", seg.Id(), err), state.Close())
			}
		}
		columns[seg.Id()] = col
		s.segments = append(s.segments, segmentView{snapshot: seg, segment: seg.Segment(), deleted: seg.Deleted(), hidden: seg.Deleted(), column: col, inPlace: newInPlace(seg.Segment())})
	}
	return s, columns, nil
}

// openState holds the present state of idx until it is closed.
func openState(idx bleve.Index) (*scorch.IndexSnapshot, error) {
	advanced, err := idx.Advanced()
	if err != nil {
		return nil, err
	}
	reader, err := advanced.Reader()
	if err != nil {
		return nil, err
	}
	state, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, fmt.Errorf("a %T is no scorch snapshot", reader)
	}
	return state, nil
}

func (s *snapshot) close() error { return s.reader.Close() }

// fieldView is one field of a segment.
type fieldView struct {
	dictionary segment.TermDictionary
	hidden     *roaring.Bitmap
}

func (s segmentView) field(name string) (fieldView, error) {
	dictionary, err := s.segment.Dictionary(name)
	return fieldView{dictionary, s.hidden}, err
}

// postings are the visible items of a segment that hold a term.
func (f fieldView) postings(term string) (postings, error) {
	list, err := f.dictionary.PostingsList([]byte(term), f.hidden, nil)
	return postings{list}, err
}

type postings struct{ list segment.PostingsList }

// each visits the items, ascending.
func (p postings) each(visit func(item uint64)) error {
	return p.visit(false, func(posting segment.Posting) { visit(posting.Number()) })
}

// items are the items; the bitmap is the caller's.
func (p postings) items() (*roaring.Bitmap, error) {
	iterator, ok := p.list.Iterator(false, false, false, nil).(segment.OptimizablePostingsIterator)
	if !ok {
		items := roaring.New()
		err := p.each(func(item uint64) { items.Add(uint32(item)) })
		return items, err
	}
	if item, one := iterator.DocNum1Hit(); one {
		return roaring.BitmapOf(uint32(item)), nil
	}
	if items := iterator.ActualBitmap(); items != nil { // Bleve's own, on the mapped file
		return items.Clone(), nil
	}
	return roaring.New(), nil
}

// eachFrequency visits the items, ascending, with how often they hold the term.
func (p postings) eachFrequency(visit func(item, tf uint64)) error {
	return p.visit(true, func(posting segment.Posting) { visit(posting.Number(), posting.Frequency()) })
}

// visit gives a posting that is valid during its call only.
func (p postings) visit(frequencies bool, visit func(segment.Posting)) error {
	iterator := p.list.Iterator(frequencies, false, false, nil)
	for {
		posting, err := iterator.Next()
		if err != nil || posting == nil {
			return err
		}
		visit(posting)
	}
}

// count is the number of visible passages that hold term in field: its df.
func (s *snapshot) count(field, term string) (int, error) {
	total := 0
	for _, seg := range s.segments {
		df, err := seg.dfs.get(fieldTerm{field, term}, func() (int, error) { return seg.count(field, term) })
		if err != nil {
			return 0, err
		}
		total += df
	}
	return total, nil
}

func (s segmentView) count(field, term string) (int, error) {
	held, err := s.postings(field, term)
	if err != nil {
		return 0, err
	}
	return int(held.list.Count()), nil
}

// postings are the visible items that hold a term in a field.
func (s segmentView) postings(field, term string) (postings, error) {
	f, err := s.field(field)
	if err != nil {
		return postings{}, err
	}
	return f.postings(term)
}

// size is the number of items, hidden ones included.
func (s segmentView) size() int { return int(s.segment.Count()) }

// id is the name under which an item was written.
func (s segmentView) id(item uint64) (string, error) {
	id, err := s.snapshot.DocID(item)
	return string(id), err
}

// stored reads one stored field of an item; nil where it has none.
func (s segmentView) stored(item uint64, field string) (value []byte, err error) {
	err = s.visitStored(item, field, func(v []byte) { value = append([]byte(nil), v...) })
	return value, err
}

// visitStored gives one stored field of an item, if it has it, to use; the bytes are
// valid during that call.
func (s segmentView) visitStored(item uint64, field string, use func([]byte)) error {
	return s.segment.VisitStoredFields(item, func(name string, _ byte, value []byte, _ []uint64) bool {
		if name != field {
			return true
		}
		use(value)
		return false
	})
}
