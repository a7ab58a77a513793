package word

// style is a style of paragraphs or of characters; its own properties change
// those of the one that it is based on.
type style struct {
	base  int
	props block // of paragraphs
	chars block
	ready bool
	value paragraph // of it and all it is based on
}

const (
	noStyle  = 0xFFF
	maxBases = 16
)

// readStyles reads the style sheet (MS-DOC 2.9.271).
func (d *document) readStyles() {
	sheet := d.entry(tableStyles)
	at := 2 + sheet.u16(0)
	count, fixed := sheet.u16(2), sheet.u16(4)
	for range count {
		if at >= len(sheet) {
			return
		}
		size := sheet.u16(at)
		d.styles = append(d.styles, readStyle(sheet.part(at+2, size), fixed))
		at += 2 + size + size&1
	}
}

func readStyle(b block, fixed int) style {
	s := style{base: noStyle}
	const paragraphs, characters = 1, 2
	kind := b.u16(2) & 0xF
	if kind != paragraphs && kind != characters {
		return s
	}
	s.base = b.u16(2) >> 4
	at := fixed + 2 + 2*b.u16(fixed) + 2 // behind the name
	if kind == paragraphs {
		size := b.u16(at)
		if size > 2 {
			s.props = b.part(at+4, size-2)
		}
		at += 2 + size + size&1
	}
	s.chars = b.part(at+2, b.u16(at))
	return s
}

// style returns the properties that the style with the number gives.
func (d *document) style(number int) paragraph { return d.styleAt(number, maxBases) }

func (d *document) styleAt(number, bases int) paragraph {
	if number >= len(d.styles) || bases == 0 {
		return paragraph{}
	}
	s := &d.styles[number]
	if !s.ready {
		var value paragraph
		if s.base != noStyle {
			value = d.styleAt(s.base, bases-1)
		}
		value.apply(s.props)
		var c character
		if c.apply(s.chars); c.font != 0 {
			value.font = c.font
		}
		s.value, s.ready = value, true
	}
	return s.value
}
