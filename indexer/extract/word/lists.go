package word

import (
	"fmt"
	"unicode/utf16"
)

// readLists reads the lists and how paragraphs name them (MS-DOC 2.9.201, 2.9.202).
func (d *document) readLists() {
	byID := map[int]*List{}
	d.readDefinitions(byID)
	table := d.entry(tableListOverrides)
	n := table.u32(0)
	const useSize = 16
	if n < 0 || n > len(table)/useSize {
		return
	}
	at := 4 + useSize*n
	for i := range n {
		head := table.part(4+useSize*i, useSize)
		use := &Use{List: byID[head.u32(0)], Start: map[int]int{}, Levels: map[int]*Level{}}
		at += 4
		for range head.u8(12) {
			if at >= len(table) {
				return
			}
			start, flags := table.u32(at), table.u32(at+4)
			at += 8
			level := flags & 0xF
			if flags&(1<<5) != 0 {
				own, size := readLevel(table.part(at, len(table)))
				at += size
				use.Levels[level], start = &own, own.Start
			}
			if flags&(1<<4) != 0 {
				use.Start[level] = start
			}
		}
		d.lists = append(d.lists, use)
	}
}

// readDefinitions reads the lists; their levels stand behind all of them, where
// the length of the table does not count them.
func (d *document) readDefinitions(byID map[int]*List) {
	table := d.table.part(d.offset(tableLists), len(d.table))
	if len(d.entry(tableLists)) == 0 {
		return
	}
	n := table.u16(0)
	const listSize = 28
	at := 2 + listSize*n
	for i := range n {
		head := table.part(2+listSize*i, listSize)
		count := Levels
		if head.u8(26)&1 != 0 {
			count = 1
		}
		list := &List{}
		for level := range count {
			if at >= len(table) {
				return
			}
			own, size := readLevel(table.part(at, len(table)))
			list.Levels[level] = &own
			at += size
		}
		byID[head.u32(0)] = list
	}
}

// numberFormats are WordprocessingML's names of the formats (MS-OSHARED 2.2.1.3).
var numberFormats = map[int]string{0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 22: "decimalZero", 23: "bullet", 255: "none"}

// readLevel reads a level (MS-DOC 2.9.148) and tells its size.
func readLevel(b block) (Level, int) {
	flags := b.u8(5)
	level := Level{
		Start: b.u32(0), Format: numberFormats[b.u8(4)],
		Legal: flags&(1<<2) != 0, NoRestart: flags&(1<<3) != 0, Glued: b.u8(15) == 2,
	}
	at := 28 + b.u8(24) + b.u8(25)
	length := b.u16(at)
	units := b.part(at+2, 2*length)
	var text []uint16
	for i := 0; i+1 < len(units); i += 2 {
		if unit := units.u16(i); unit < Levels { // stands for the number of that level
			text = append(text, utf16.Encode([]rune(fmt.Sprintf("%%%d", unit+1)))...)
		} else {
			text = append(text, uint16(unit))
		}
	}
	level.Text = string(utf16.Decode(text))
	return level, at + 2 + 2*length
}

// label is the automatic number of a paragraph, or "".
func (d *document) label(p paragraph) string {
	if p.list < 1 || p.list > len(d.lists) || p.level >= Levels {
		return ""
	}
	use := d.lists[p.list-1]
	if use.List == nil {
		return ""
	}
	return use.Next(p.level)
}
