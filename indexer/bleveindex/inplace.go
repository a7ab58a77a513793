package bleveindex

import "encoding/binary"

// storedFile is a mapped segment that tells where its stored fields begin, as
// those of zapx do.
type storedFile interface {
	mappedSegment
	StoredIndexOffset() uint64
}

// inPlace finds stored passages in the mapping of a segment's file, where they
// lie as they were written (see encodePassage): Bleve would copy each of them
// twice. The layout is that of zapx's VisitStoredFields, which is asked instead
// wherever anything looks different.
type inPlace struct {
	file  []byte
	index uint64 // where the offsets of the items begin, eight bytes each
}

func newInPlace(s bleveSegment) inPlace {
	file, ok := s.(storedFile)
	if !ok {
		return inPlace{}
	}
	return inPlace{file.Data(), file.StoredIndexOffset()}
}

// passage is the record of a passage, nil where Bleve has to be asked. It is
// valid as long as the segment is held.
func (f inPlace) passage(item uint32) []byte {
	at := f.index + 8*uint64(item)
	if f.file == nil || at+8 > uint64(len(f.file)) {
		return nil
	}
	offset := binary.BigEndian.Uint64(f.file[at:])
	if offset >= f.index {
		return nil
	}
	rest := f.file[offset:f.index]
	metaLength, rest, ok := cutUvarint(rest)
	if !ok {
		return nil
	}
	dataLength, rest, ok := cutUvarint(rest)
	if !ok || metaLength > uint64(len(rest)) || dataLength > uint64(len(rest))-metaLength {
		return nil
	}
	meta, data := rest[:metaLength], rest[metaLength:metaLength+dataLength]
	idLength, meta, ok := cutUvarint(meta)
	if !ok || idLength > uint64(len(data)) {
		return nil
	}
	record, length, ok := literal(data[idLength:])
	if !ok || !onlyField(meta, length) {
		return nil
	}
	return record
}

func cutUvarint(b []byte) (value uint64, rest []byte, ok bool) {
	value, size := binary.Uvarint(b)
	if size <= 0 {
		return 0, nil, false
	}
	return value, b[size:], true
}

// onlyField tells whether the description of an item's stored fields is of one that
// takes all of length: its number, its type, where it begins, its length, and
// that it is no part of an array.
func onlyField(meta []byte, length uint64) bool {
	var is [5]uint64
	for i := range is {
		var ok bool
		if is[i], meta, ok = cutUvarint(meta); !ok {
			return false
		}
	}
	return len(meta) == 0 && is[2] == 0 && is[3] == length && is[4] == 0
}

// literal is what a snappy block holds where it was kept as it is: its length,
// and one literal of that length (snappy's format_description.txt, 2.1).
func literal(block []byte) (content []byte, length uint64, ok bool) {
	length, block, ok = cutUvarint(block)
	if !ok || len(block) == 0 || block[0]&3 != 0 {
		return nil, 0, false
	}
	size, head := uint64(block[0]>>2), 1
	if size >= 60 {
		more := int(size) - 59 // bytes of the length, little end first
		if len(block) < 1+more {
			return nil, 0, false
		}
		size, head = 0, 1+more
		for i := more; i > 0; i-- {
			size = size<<8 | uint64(block[i])
		}
	}
	if content = block[head:]; size+1 != length || uint64(len(content)) != length {
		return nil, 0, false
	}
	return content, length, true
}
