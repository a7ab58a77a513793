package extract

import (
	"io"
	"unicode/utf16"
)

// Bounds of a CMap.
const (
	maxMappings = 1 << 16 // a font has at most 65,536 glyphs
	maxMapped   = 512     // bytes of UTF-16 for one code, the most that ISO 32000-1, 9.10.3 allows
)

// cmap is what a ToUnicode CMap says: the text of each character code.
//
// The library reads them too, but looks through all mappings for each
// character and ignores them where the font also names a simple encoding,
// which is exactly where producers put the truth.
type cmap map[uint32]string

// readCMap reads the mappings up to the end of the stream or the first error:
// half a CMap is better than none.
func readCMap(r io.Reader) cmap {
	m := cmap{}
	lex := newLexer(r)
	var operands []any
	for {
		token, err := lex.next()
		if err != nil {
			return m
		}
		op, ok := token.(pdfOperator)
		if !ok {
			if len(operands) < 3*maxMappings {
				operands = append(operands, token)
			}
			continue
		}
		switch op {
		case "endbfchar":
			m.chars(operands)
		case "endbfrange":
			m.ranges(operands)
		}
		operands = operands[:0]
	}
}

func (m cmap) chars(operands []any) {
	for ; len(operands) >= 2; operands = operands[2:] {
		from, ok1 := operands[0].(pdfString)
		to, ok2 := operands[1].(pdfString)
		if ok1 && ok2 {
			m.set(code(from), utf16Text(to))
		}
	}
}

func (m cmap) ranges(operands []any) {
	for ; len(operands) >= 3; operands = operands[3:] {
		low, ok1 := operands[0].(pdfString)
		high, ok2 := operands[1].(pdfString)
		if !ok1 || !ok2 {
			continue
		}
		first, last := code(low), code(high)
		switch to := operands[2].(type) {
		case pdfString:
			m.run(first, last, to)
		case []any:
			for i, element := range to {
				if s, ok := element.(pdfString); ok && uint64(first)+uint64(i) <= uint64(last) {
					m.set(first+uint32(i), utf16Text(s))
				}
			}
		}
	}
}

// run maps a range to consecutive characters: the last unit of to counts up.
func (m cmap) run(first, last uint32, to pdfString) {
	text := []rune(utf16Text(to))
	if len(text) == 0 {
		return
	}
	for c := uint64(first); c <= uint64(last) && len(m) < maxMappings; c++ {
		m.set(uint32(c), string(text))
		text[len(text)-1]++
	}
}

func (m cmap) set(c uint32, text string) {
	if text != "" && text != "\x00" && len(m) < maxMappings {
		m[c] = text
	}
}

// code is a character code of up to four bytes as a number.
func code(s pdfString) uint32 {
	var c uint32
	for i := range min(len(s), 4) {
		c = c<<8 | uint32(s[i])
	}
	return c
}

func utf16Text(s pdfString) string {
	if len(s) == 1 { // against the standard, but seen
		return string(rune(s[0]))
	}
	s = s[:min(len(s), maxMapped)]
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(units))
}
