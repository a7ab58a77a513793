package extract

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"

	"github.com/ledongthuc/pdf"
)

// Bounds of a repair.
const (
	maxObjects  = 1 << 20 // the highest object number: the table has a row for each
	repairChunk = 1 << 20
	// repairOverlap is how far an object's head may reach over the end of a chunk.
	repairOverlap = 4 << 10
)

var (
	objectPattern  = regexp.MustCompile(`(?:^|[\r\n\x00\t ])(\d{1,7})[ \t\r\n]+(\d{1,5})[ \t\r\n]+obj\b`)
	rootPattern    = regexp.MustCompile(`/Root[ \t\r\n]+(\d{1,7}[ \t\r\n]+\d{1,5}[ \t\r\n]+R)`)
	encryptPattern = regexp.MustCompile(`/Encrypt[ \t\r\n]+(\d{1,7}[ \t\r\n]+\d{1,5}[ \t\r\n]+R)`)
	idPattern      = regexp.MustCompile(`/ID[ \t\r\n]*(\[[ \t\r\n]*<[0-9A-Fa-f \r\n]*>[ \t\r\n]*<[0-9A-Fa-f \r\n]*>[ \t\r\n]*\])`)
	objStmPattern  = regexp.MustCompile(`/Type[ \t\r\n]*/ObjStm\b`)

	errNoRepair = errors.New("nothing to repair from")
)

// place is an object of the file: at an offset, or the nth of a stream.
type place struct {
	stream uint32 // 0 where the object stands by itself
	where  int64
	gen    uint16
}

// repairPDF gives a file whose cross-reference table is damaged or missing a
// new one behind its end, made from the objects that stand in it. Only the
// table is made up: an object that is not there stays missing, and a file that
// lost a page is refused all the same.
func repairPDF(s *pdfSource) error {
	s.tail = nil
	found, err := scanObjects(s)
	if err != nil {
		return err
	}
	if found.root == "" || len(found.places) == 0 {
		return errNoRepair
	}
	if len(found.streams) > 0 {
		s.tail = found.table(s.size)
		if err := found.addCompressed(s); err != nil {
			return err
		}
	}
	s.tail = found.table(s.size)
	return nil
}

type objects struct {
	places            map[uint32]place
	streams           []uint32 // the object streams
	root, encrypt, id string
}

// scanObjects reads the file once, in chunks.
func scanObjects(s *pdfSource) (*objects, error) {
	found := &objects{places: map[uint32]place{}}
	buf := make([]byte, repairChunk+repairOverlap)
	for base := int64(0); base < s.size; base += repairChunk {
		n, err := s.ReadAt(buf[:min(int64(len(buf)), s.size-base)], base)
		if err != nil && err != io.EOF {
			return nil, err
		}
		found.scan(buf[:n], base)
	}
	return found, nil
}

func (o *objects) scan(chunk []byte, base int64) {
	for _, m := range objectPattern.FindAllSubmatchIndex(chunk, -1) {
		id, _ := strconv.ParseUint(string(chunk[m[2]:m[3]]), 10, 32)
		gen, err := strconv.ParseUint(string(chunk[m[4]:m[5]]), 10, 16)
		if err != nil || id == 0 || id > maxObjects || m[2] >= repairChunk {
			continue
		}
		o.places[uint32(id)] = place{where: base + int64(m[2]), gen: uint16(gen)}
		head := chunk[m[1]:min(m[1]+512, len(chunk))]
		if end := bytes.Index(head, []byte("stream")); end >= 0 && objStmPattern.Match(head[:end]) {
			o.streams = append(o.streams, uint32(id))
		}
	}
	keepLast(&o.root, rootPattern, chunk)
	keepLast(&o.encrypt, encryptPattern, chunk)
	keepLast(&o.id, idPattern, chunk)
}

func keepLast(value *string, pattern *regexp.Regexp, chunk []byte) {
	if all := pattern.FindAllSubmatch(chunk, -1); len(all) > 0 {
		*value = string(all[len(all)-1][1])
	}
}

// addCompressed reads, through the library and a first table, which objects
// the object streams hold.
func (o *objects) addCompressed(s *pdfSource) error {
	return guard(func() error {
		reader, err := pdf.NewReader(s, s.length())
		if err != nil {
			return err
		}
		streams := reader.Trailer().Key("ObjectStreams")
		for i := range streams.Len() {
			stream := streams.Index(i)
			lex := newLexer((&budget{ctx: s.ctx, left: maxContentBytes}).reader(stream.Reader()))
			for n := range min(stream.Key("N").Int64(), maxObjects) {
				id, err := lex.next()
				if err != nil {
					return err
				}
				if _, err := lex.next(); err != nil {
					return err
				}
				number, ok := id.(float64)
				if !ok || number < 1 || number > maxObjects {
					continue
				}
				if p, known := o.places[uint32(number)]; !known || p.stream != 0 { // the later stream wins
					o.places[uint32(number)] = place{stream: o.streams[i], where: n}
				}
			}
		}
		return nil
	})
}

// table is a cross-reference stream (ISO 32000-1, 7.5.8) of one byte kind,
// eight bytes offset or stream, two bytes generation or index, and the end of
// the file.
func (o *objects) table(at int64) []byte {
	highest := uint32(0)
	for id := range o.places {
		highest = max(highest, id)
	}
	var rows bytes.Buffer
	row := make([]byte, 11)
	for id := range highest + 1 {
		clear(row)
		switch p, ok := o.places[id]; {
		case !ok:
		case p.stream != 0:
			row[0] = 2
			binary.BigEndian.PutUint64(row[1:], uint64(p.stream))
			binary.BigEndian.PutUint16(row[9:], uint16(p.where))
		default:
			row[0] = 1
			binary.BigEndian.PutUint64(row[1:], uint64(p.where))
			binary.BigEndian.PutUint16(row[9:], p.gen)
		}
		rows.Write(row)
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "\n%d 0 obj\n<</Type/XRef/Size %d/W[1 8 2]/Length %d/Root %s", highest+1, highest+1, rows.Len(), o.root)
	if o.encrypt != "" {
		fmt.Fprintf(&out, "/Encrypt %s", o.encrypt)
	}
	if o.id != "" {
		fmt.Fprintf(&out, "/ID%s", o.id)
	}
	if len(o.streams) > 0 {
		out.WriteString("/ObjectStreams[")
		for _, id := range o.streams {
			fmt.Fprintf(&out, "%d %d R ", id, o.places[id].gen)
		}
		out.WriteString("]")
	}
	out.WriteString(">>\nstream\n")
	out.Write(rows.Bytes())
	fmt.Fprintf(&out, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF", at+1)
	return out.Bytes()
}
