package word

// style is a style of paragraphs; its own properties change those of the one
// that it is based on.
type style struct {
	base  int
	props block
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
	const paragraphStyle = 1
	if len(b) == 0 || b.u16(2)&0xF != paragraphStyle {
		return s
	}
	s.base = b.u16(2) >> 4
	at := fixed + 2 + 2*b.u16(fixed) + 2 // behind the name
	if size := b.u16(at); size > 2 {
		s.props = b.part(at+4, size-2)
	}
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
		s.value, s.ready = value, true
	}
	return s.value
}
