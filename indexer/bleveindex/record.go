package bleveindex

import (
	"encoding/binary"
	"errors"
	"fmt"

	"vankien/analyzers"
	"vankien/indexer"
)

// record is a passage as the index stores it, taken apart: its words, its
// strings, and its page marks as differences. A search reads some eighty back;
// from JSON that took longer than to rank them.
type record struct {
	titleWords, textWords sequence
	section, title, text  []byte
	pages                 []indexer.PageMark
}

// encodePassage writes the record of a passage: each part with its length
// before it.
func encodePassage(p indexer.Passage) []byte {
	title, text := newSequence(analyzers.Tokenize(p.Title)), newSequence(analyzers.Tokenize(p.Text))
	written := make([]byte, 0, len(title)+len(text)+len(p.Section)+len(p.Title)+len(p.Text)+12+4*len(p.Pages))
	for _, part := range [][]byte{title, text, []byte(p.Section), []byte(p.Title), []byte(p.Text)} {
		written = append(binary.AppendUvarint(written, uint64(len(part))), part...)
	}
	written = binary.AppendUvarint(written, uint64(len(p.Pages)))
	before := indexer.PageMark{}
	for _, mark := range p.Pages {
		written = binary.AppendVarint(written, int64(mark.Offset-before.Offset))
		written = binary.AppendVarint(written, int64(mark.Page-before.Page))
		before = mark
	}
	return written
}

var errRecord = errors.New("a stored passage is damaged")

// decodeRecord reads what encodePassage wrote. The parts are pieces of it.
func decodeRecord(written []byte) (record, error) {
	var r record
	for _, into := range []*[]byte{(*[]byte)(&r.titleWords), (*[]byte)(&r.textWords), &r.section, &r.title, &r.text} {
		length, size := binary.Uvarint(written)
		if size <= 0 || length > uint64(len(written)-size) {
			return record{}, errRecord
		}
		end := size + int(length)
		*into, written = written[size:end], written[end:]
	}
	marks, size := binary.Uvarint(written)
	if written = written[max(0, size):]; size <= 0 || marks > uint64(len(written)) {
		return record{}, errRecord
	}
	before := indexer.PageMark{}
	for range marks {
		for _, into := range []*int{&before.Offset, &before.Page} {
			step, size := binary.Varint(written)
			if size <= 0 {
				return record{}, errRecord
			}
			*into += int(step)
			written = written[size:]
		}
		r.pages = append(r.pages, before)
	}
	if len(written) > 0 {
		return record{}, errRecord
	}
	return r, nil
}

// passage is the passage, its strings copied.
func (r record) passage() indexer.Passage {
	return indexer.Passage{Section: string(r.section), Title: string(r.title), Text: string(r.text), Pages: r.pages}
}

// read gives the record of a passage to use; its pieces are valid during that call.
func (s segmentView) read(item uint32, use func(record) error) error {
	found := false
	var broken error
	err := s.visitStored(uint64(item), fieldPassage, func(written []byte) {
		found = true
		var r record
		if r, broken = decodeRecord(written); broken == nil {
			broken = use(r)
		}
	})
	if err == nil && !found {
		return errRecord
	}
	return errors.Join(err, broken)
}

// passage reads a passage back.
func (v *view) passage(p scoredPassage) (passage indexer.Passage, err error) {
	err = v.record(p, func(r record) error {
		passage = r.passage()
		return nil
	})
	return passage, err
}

// record gives the record of a passage to use; its pieces are valid during that call.
func (v *view) record(p scoredPassage, use func(record) error) error {
	if err := v.segments[p.segment].read(p.item, use); err != nil {
		return fmt.Errorf("passage %d of %s: %w", p.ordinal, v.catalogue.listings[p.document].Document.ID, err)
	}
	return nil
}
