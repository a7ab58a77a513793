package bleveindex

import (
	"errors"
	"fmt"
)

// boltPage is a page with those that follow it, within its bounds.
type boltPage struct {
	id          uint64
	kind, count int
	data        []byte // from the header on
}

// take reads a page that nothing else has used yet: a file whose pages point
// at each other in a ring ends here.
func (f *boltFile) take(id uint64) (boltPage, error) {
	if id < 2 || id >= f.pages {
		return boltPage{}, fmt.Errorf("there is no page %d", id)
	}
	data := f.data[id*uint64(f.page):]
	following := uint64(native.Uint32(data[12:]))
	if id+following >= f.pages {
		return boltPage{}, fmt.Errorf("page %d runs over the end", id)
	}
	if native.Uint64(data) != id {
		return boltPage{}, fmt.Errorf("page %d says it is %d", id, native.Uint64(data))
	}
	for n := id; n <= id+following; n++ {
		if f.seen[n] {
			return boltPage{}, fmt.Errorf("page %d is used twice", n)
		}
		f.seen[n] = true
	}
	return boltPage{
		id: id, kind: int(native.Uint16(data[8:])), count: int(native.Uint16(data[10:])),
		data: data[:(following+1)*uint64(f.page)],
	}, nil
}

// element is the place of an element of a page.
func (p boltPage) element(i int) ([]byte, error) {
	at := boltHeader + i*boltElement
	if at+boltElement > len(p.data) {
		return nil, fmt.Errorf("element %d of page %d is out of bounds", i, p.id)
	}
	return p.data[at:], nil
}

// cut is n bytes of an element, from pos on.
func cut(element []byte, pos uint64, n uint32) ([]byte, error) {
	if pos+uint64(n) > uint64(len(element)) {
		return nil, errors.New("a key or value is out of bounds")
	}
	return element[pos : pos+uint64(n)], nil
}

// bucket reads a bucket from its root page on.
func (f *boltFile) bucket(root uint64) (*boltBucket, error) {
	b := &boltBucket{values: make(map[string][]byte), buckets: make(map[string]*boltBucket)}
	return b, f.read(b, root, "", "")
}

// read reads the keys of a page into b; all are from least on, and less than
// below where that is not "".
func (f *boltFile) read(b *boltBucket, id uint64, least, below string) error {
	p, err := f.take(id)
	if err != nil {
		return err
	}
	switch p.kind {
	case boltLeaf:
		return f.readLeaf(b, p, least, below)
	case boltBranch:
		return f.readBranch(b, p, least, below)
	}
	return fmt.Errorf("page %d is of the kind %d", id, p.kind)
}

func (f *boltFile) readBranch(b *boltBucket, p boltPage, least, below string) error {
	keys, children := make([]string, p.count), make([]uint64, p.count)
	for i := range p.count {
		e, err := p.element(i)
		if err != nil {
			return err
		}
		key, err := cut(e, uint64(native.Uint32(e)), native.Uint32(e[4:]))
		if err != nil {
			return err
		}
		keys[i], children[i] = string(key), native.Uint64(e[8:])
		if i > 0 && keys[i] <= keys[i-1] || keys[i] < least || below != "" && keys[i] >= below {
			return fmt.Errorf("the keys of page %d are out of order", p.id)
		}
	}
	for i, child := range children {
		end := below
		if i+1 < len(keys) {
			end = keys[i+1]
		}
		if err := f.read(b, child, keys[i], end); err != nil {
			return err
		}
	}
	return nil
}

func (f *boltFile) readLeaf(b *boltBucket, p boltPage, least, below string) error {
	for i := range p.count {
		e, err := p.element(i)
		if err != nil {
			return err
		}
		pos, size := uint64(native.Uint32(e[4:])), native.Uint32(e[8:])
		name, err := cut(e, pos, size)
		if err != nil {
			return err
		}
		value, err := cut(e, pos+uint64(size), native.Uint32(e[12:]))
		if err != nil {
			return err
		}
		if f.left -= boltElement + len(name) + len(value); f.left < 0 {
			return errors.New("more elements than bytes")
		}
		key := string(name)
		if n := len(b.order); n > 0 && key <= b.order[n-1] || key < least || below != "" && key >= below || key == "" {
			return fmt.Errorf("the keys of page %d are out of order", p.id)
		}
		b.order = append(b.order, key)
		switch flags := native.Uint32(e); flags {
		case 0:
			b.values[key] = value
		case 1:
			if b.buckets[key], err = f.inner(value); err != nil {
				return err
			}
		default:
			return fmt.Errorf("page %d has an element with the flags %d", p.id, flags)
		}
	}
	return nil
}

// inner reads the bucket that a value stands for: the number of its root page,
// or, where that is 0, the page itself.
func (f *boltFile) inner(value []byte) (*boltBucket, error) {
	if len(value) < 16 {
		return nil, errors.New("a bucket is cut off")
	}
	if root := native.Uint64(value); root != 0 {
		return f.bucket(root)
	}
	if len(value) < 16+boltHeader {
		return nil, errors.New("a bucket is cut off")
	}
	data := value[16:]
	p := boltPage{kind: int(native.Uint16(data[8:])), count: int(native.Uint16(data[10:])), data: data}
	if p.kind != boltLeaf {
		return nil, fmt.Errorf("a bucket is of the kind %d", p.kind)
	}
	b := &boltBucket{values: make(map[string][]byte), buckets: make(map[string]*boltBucket)}
	return b, f.readLeaf(b, p, "", "")
}

// checkFree tells whether every page is either used or listed as free; the
// buckets were read before. A used page that is listed would be overwritten.
func (f *boltFile) checkFree() error {
	if f.free == noFreelist {
		return nil
	}
	p, err := f.take(f.free)
	if err != nil {
		return err
	}
	if p.kind != boltFreelist {
		return fmt.Errorf("page %d is of the kind %d, not the list of free pages", p.id, p.kind)
	}
	ids, count := p.data[boltHeader:], uint64(p.count)
	if p.count == 0xFFFF {
		count, ids = native.Uint64(ids), ids[8:]
	}
	if count > uint64(len(ids)/8) {
		return errors.New("the list of free pages is cut off")
	}
	for i := range count {
		id := native.Uint64(ids[i*8:])
		if id >= f.pages || f.seen[id] {
			return fmt.Errorf("page %d is free and used, or none", id)
		}
		f.seen[id] = true
	}
	if uint64(len(f.seen)) != f.pages {
		return fmt.Errorf("%d of %d pages are neither used nor free", f.pages-uint64(len(f.seen)), f.pages)
	}
	return nil
}
