package word

import (
	"unicode/utf16"

	"vankien/analyzers"
)

// fonts are the font table (MS-DOC 2.9.286), as far as it matters: which of
// them draw capitals.
type fonts []bool

const (
	fontName    = 39 // where its name begins in the entry of a font
	defaultFont = 14 // in the style sheet: the number of the font of text that names none
)

func readFonts(table block) fonts {
	var found fonts
	at := 4
	for range table.u16(0) {
		if at >= len(table) {
			break
		}
		size := table.u8(at)
		found = append(found, analyzers.CapitalFont(nameOf(table.part(at+1, size))))
		at += 1 + size
	}
	return found
}

// nameOf is the name in an entry of the font table; it ends with a zero.
func nameOf(entry block) string {
	var units []uint16
	for at := fontName; at+1 < len(entry) && entry.u16(at) != 0; at += 2 {
		units = append(units, uint16(entry.u16(at)))
	}
	return string(utf16.Decode(units))
}

// fontRef is a font that properties name: its number and one, 0 where they name
// none.
type fontRef int

// capital tells whether a character is in a capital font: its own, that of its
// style or that of the paragraph it stands in.
func (d *document) capital(c character, paragraph fontRef) bool {
	font := c.font
	if font == 0 && c.style != 0 {
		font = d.style(c.style).font
	}
	if font == 0 {
		font = paragraph
	}
	if font == 0 {
		font = fontRef(d.entry(tableStyles).u16(defaultFont)) + 1
	}
	return int(font) <= len(d.fonts) && d.fonts[font-1]
}
