package bleveindex

import (
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/klauspost/compress/s2"

	"vankien/analyzers"
	"vankien/indexer"
)

// record is a passage as the index stores it, taken apart. A search reads some
// eighty back, one for a phrase thousands: of nearly all it wants the words
// alone, so the strings are packed and stay so until they are asked for.
type record struct {
	titleWords, textWords sequence
	packed                []byte // section, title, text and page marks (see packStrings), masked
}

// encodePassage writes the record of a passage.
//
// Bleve compresses what it stores with snappy, and undoing that for words took
// half the time of a phrase. What looks like noise it stores as it is: so all
// is masked, and the strings are packed by ourselves.
func encodePassage(p indexer.Passage) []byte {
	title, text := newSequence(analyzers.Tokenize(p.Title)), newSequence(analyzers.Tokenize(p.Text))
	packed := packStrings(p)
	written := make([]byte, 0, len(title)+len(text)+len(packed)+16)
	written = binary.AppendUvarint(written, uint64(len(title)))
	written = binary.AppendUvarint(written, uint64(len(text)))
	from := len(written)
	written = append(append(written, title...), text...)
	mask(written[from:], written[from:])
	mask(packed, packed)
	return append(written, packed...)
}

// packStrings packs the strings of a passage, each with its length before it,
// and its page marks as differences.
func packStrings(p indexer.Passage) []byte {
	written := make([]byte, 0, len(p.Section)+len(p.Title)+len(p.Text)+12+4*len(p.Pages))
	for _, part := range []string{p.Section, p.Title, p.Text} {
		written = append(binary.AppendUvarint(written, uint64(len(part))), part...)
	}
	written = binary.AppendUvarint(written, uint64(len(p.Pages)))
	before := indexer.PageMark{}
	for _, mark := range p.Pages {
		written = binary.AppendVarint(written, int64(mark.Offset-before.Offset))
		written = binary.AppendVarint(written, int64(pageCode(mark)-pageCode(before)))
		before = mark
	}
	return s2.EncodeBetter(nil, written)
}

// pageCode is a page as a record has it: twice its number, and one more where OCR
// has read it.
func pageCode(mark indexer.PageMark) int {
	if mark.OCR {
		return 2*mark.Page + 1
	}
	return 2 * mark.Page
}

// mask makes noise of words, and words of such noise: it adds the same noise to
// all, from its beginning again where that is not long enough.
func mask(to, from []byte) {
	for len(from) > 0 {
		n := subtle.XORBytes(to, from, noise())
		to, from = to[n:], from[n:]
	}
}

// noise are the numbers of splitmix64 (Steele, Lea, Flood 2014), the little end
// first: more than nearly all passages have of words.
var noise = sync.OnceValue(func() []byte {
	const length, step, mix = 64 << 10, 0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9
	var noise []byte
	state := uint64(step)
	for len(noise) < length {
		z := (state ^ state>>30) * mix
		noise = binary.LittleEndian.AppendUint64(noise, z^z>>27)
		state += step
	}
	return noise
})

var errRecord = errors.New("a stored passage is damaged")

// decodeRecord reads what encodePassage wrote. The words are unmasked into
// buffer, the rest is a piece of what was written.
func decodeRecord(written []byte, buffer *[]byte) (record, error) {
	title, size := binary.Uvarint(written)
	if size <= 0 || title > uint64(len(written)) {
		return record{}, errRecord
	}
	written = written[size:]
	text, size := binary.Uvarint(written)
	if size <= 0 || text > uint64(len(written)) || title+text > uint64(len(written)-size) {
		return record{}, errRecord
	}
	written = written[size:]
	words := slices.Grow((*buffer)[:0], int(title+text))[:title+text]
	*buffer = words
	mask(words, written[:title+text])
	return record{titleWords: words[:title:title], textWords: words[title:], packed: written[title+text:]}, nil
}

// maxStrings is more than the strings of any passage take.
const maxStrings = 64 << 20

// passage unpacks the passage.
func (r record) passage() (indexer.Passage, error) {
	work := buffers.Get().(*[]byte)
	defer buffers.Put(work)
	unpacked, err := unpack(r.packed, work)
	if err != nil {
		return indexer.Passage{}, err
	}
	written, all := unpacked, string(unpacked) // the strings are pieces of one
	var p indexer.Passage
	for _, into := range []*string{&p.Section, &p.Title, &p.Text} {
		length, size := binary.Uvarint(written)
		if size <= 0 || length > uint64(len(written)-size) {
			return indexer.Passage{}, errRecord
		}
		from := len(all) - len(written) + size
		*into, written = all[from:from+int(length)], written[size+int(length):]
	}
	p.Section = strings.Clone(p.Section) // a result is kept for longer, and shows it
	marks, size := binary.Uvarint(written)
	if written = written[max(0, size):]; size <= 0 || marks > uint64(len(written)) {
		return indexer.Passage{}, errRecord
	}
	offset, at := 0, 0
	for range marks {
		for _, into := range []*int{&offset, &at} {
			step, size := binary.Varint(written)
			if size <= 0 {
				return indexer.Passage{}, errRecord
			}
			*into += int(step)
			written = written[size:]
		}
		p.Pages = append(p.Pages, indexer.PageMark{Offset: offset, Page: at >> 1, OCR: at&1 == 1})
	}
	if len(written) > 0 {
		return indexer.Passage{}, errRecord
	}
	return p, nil
}

// unpack undoes packStrings and the mask over it, in work.
func unpack(masked []byte, work *[]byte) ([]byte, error) {
	packed := slices.Grow((*work)[:0], len(masked))[:len(masked)]
	mask(packed, masked)
	size, err := s2.DecodedLen(packed)
	if err != nil || size > maxStrings {
		return nil, errRecord
	}
	packed = slices.Grow(packed, size)
	*work = packed
	unpacked, err := s2.Decode(packed[len(packed):len(packed)+size], packed)
	if err != nil {
		return nil, errRecord
	}
	return unpacked, nil
}

// buffers are what records are unmasked and unpacked into.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// read gives the record of a passage to use; its pieces are valid during that call.
func (s segmentView) read(item uint32, use func(record) error) error {
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	written := s.inPlace.passage(item)
	if written == nil {
		return s.readStored(item, buffer, use)
	}
	r, err := decodeRecord(written, buffer)
	if err != nil {
		return err
	}
	return use(r)
}

// readStored is read where Bleve has to be asked.
func (s segmentView) readStored(item uint32, buffer *[]byte, use func(record) error) error {
	found := false
	var broken error
	err := s.visitStored(uint64(item), fieldPassage, func(written []byte) {
		found = true
		var r record
		if r, broken = decodeRecord(written, buffer); broken == nil {
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
	err = v.record(p, func(r record) (err error) {
		passage, err = r.passage()
		return err
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
