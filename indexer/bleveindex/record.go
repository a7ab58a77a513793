package bleveindex

import (
	"encoding/binary"
	"errors"
	"fmt"

	"vankien/indexer"
)

// encodePassage is a passage as the index stores it: its strings, each with its
// length before it, then its page marks as differences. A search reads some
// eighty passages back; from JSON that took longer than to rank them.
func encodePassage(p indexer.Passage) []byte {
	record := make([]byte, 0, len(p.Section)+len(p.Title)+len(p.Text)+8+4*len(p.Pages))
	for _, text := range []string{p.Section, p.Title, p.Text} {
		record = append(binary.AppendUvarint(record, uint64(len(text))), text...)
	}
	record = binary.AppendUvarint(record, uint64(len(p.Pages)))
	before := indexer.PageMark{}
	for _, mark := range p.Pages {
		record = binary.AppendVarint(record, int64(mark.Offset-before.Offset))
		record = binary.AppendVarint(record, int64(mark.Page-before.Page))
		before = mark
	}
	return record
}

var errRecord = errors.New("a stored passage is damaged")

// decodePassage is what encodePassage wrote. The passage's strings share one copy of
// the record's bytes.
func decodePassage(record []byte) (indexer.Passage, error) {
	var p indexer.Passage
	rest := string(record)
	for _, into := range []*string{&p.Section, &p.Title, &p.Text} {
		length, size := binary.Uvarint(record)
		if size <= 0 || length > uint64(len(record)-size) {
			return indexer.Passage{}, errRecord
		}
		end := size + int(length)
		*into = rest[size:end]
		record, rest = record[end:], rest[end:]
	}
	marks, size := binary.Uvarint(record)
	if record = record[max(0, size):]; size <= 0 || marks > uint64(len(record)) {
		return indexer.Passage{}, errRecord
	}
	before := indexer.PageMark{}
	for range marks {
		for _, into := range []*int{&before.Offset, &before.Page} {
			step, size := binary.Varint(record)
			if size <= 0 {
				return indexer.Passage{}, errRecord
			}
			*into += int(step)
			record = record[size:]
		}
		p.Pages = append(p.Pages, before)
	}
	if len(record) > 0 {
		return indexer.Passage{}, errRecord
	}
	return p, nil
}

// passage reads a passage back.
func (v *view) passage(p scoredPassage) (indexer.Passage, error) {
	record, err := v.segments[p.segment].stored(uint64(p.item), fieldPassage)
	var passage indexer.Passage
	if err == nil {
		passage, err = decodePassage(record)
	}
	if err != nil {
		return passage, fmt.Errorf("passage %d of %s: %w", p.ordinal, v.catalogue.listings[p.document].Document.ID, err)
	}
	return passage, nil
}
