package word

import "strings"

// section is what the properties of a section say of its pages.
type section struct {
	continues bool // on the page where the one before ends
	column    bool // in the next column of it
	titled    bool // its first page has a header of its own
}

// readSections reads where sections end and how those behind them begin
// (MS-DOC 2.9.200).
func (d *document) readSections() {
	d.ends = map[int]section{}
	table := newPLC(d.entry(tableSections), 12)
	for i := range table.n {
		s := d.section(table.data(i).u32(2))
		if i == 0 {
			d.first = s
			continue
		}
		d.ends[table.at(i)] = s
	}
}

func (d *document) section(at int) section {
	var s section
	if at <= 0 || at >= len(d.main) {
		return s
	}
	modifiers(d.main.part(at+2, d.main.u16(at)), func(op int, operand block) {
		switch op {
		case sectionBreak:
			s.continues, s.column = operand.u8(0) == 0, operand.u8(0) == 1
		case sectionTitle:
			s.titled = operand.u8(0) != 0
		}
	})
	return s
}

// endSection ends the page unless the section behind the position goes on with it.
func (w *writer) endSection(cp int) {
	if next, ok := w.d.ends[cp]; ok && (next.continues || next.column) {
		w.write("\n")
		return
	}
	w.pageBreak()
}

// Stories of a section in the table of headers, behind the separators of notes
// (MS-DOC 2.3.5).
const (
	separators   = 6
	headerPlain  = separators + 1
	footerPlain  = separators + 3
	headerTitled = separators + 4
	footerTitled = separators + 5
)

// margins reads header and footer of the first page.
func (d *document) margins() (Text, error) {
	top, bottom := headerPlain, footerPlain
	if d.first.titled {
		top, bottom = headerTitled, footerTitled
	}
	w := d.newWriter()
	if err := w.anchorHeaders(d); err != nil {
		return Text{}, err
	}
	var text Text
	var err error
	if text.Header, err = w.margin(top); err != nil {
		return Text{}, err
	}
	text.Footer, err = w.margin(bottom)
	return text, err
}

func (w *writer) margin(number int) (string, error) {
	table := plc{b: w.d.entry(tableHeaders), n: len(w.d.entry(tableHeaders))/4 - 1}
	if number >= table.n {
		return "", nil
	}
	part := w.d.parts[partHeaders]
	return w.separate(span{part.start + table.at(number), min(part.start+table.at(number+1), part.end)})
}

// separate is a story by itself, without the blanks around it.
func (w *writer) separate(s span) (string, error) {
	w.out = w.out[:0]
	if err := w.story(max(s.start, 0), s.end); err != nil {
		return "", err
	}
	text := strings.TrimSpace(strings.ReplaceAll(string(w.out), string(PageEnd), "\n"))
	return text, nil
}
