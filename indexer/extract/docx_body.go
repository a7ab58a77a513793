package extract

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"vankien/analyzers"
)

// docxBody turns WordprocessingML (ISO/IEC 29500-1, 17) into running text, in
// one pass over the tokens. Elements are known by their local names: those
// that matter mean the same in every namespace they occur in.
type docxBody struct {
	paged
	p       *archive
	numbers *numbering
	styles  *docxStyles
	notes   map[string]string // by kind and id

	inText  bool
	styleOf []string // of the open paragraphs: a text box stands within one
	capital bool     // the present run is in a capital font

	first     bool // no section has ended yet
	titlePage bool
	margins   map[string]string // relation ids of headers and footers by kind and type, of the first section
}

// read reads a part to its end.
func (b *docxBody) read(d *xml.Decoder) error {
	for {
		token, err := b.p.token(d)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := b.start(d, t); err != nil {
				return err
			}
		case xml.EndElement:
			b.end(t.Name.Local)
		case xml.CharData:
			b.text(string(t))
		}
		if len(b.out) > maxText {
			return errTextTooLarge
		}
	}
}

func (b *docxBody) start(d *xml.Decoder, e xml.StartElement) error {
	switch e.Name.Local {
	case "Fallback", "del", "moveFrom", "tblPr", "trPr", "tcPr", "instrText":
		return b.p.skip(d)
	case "p":
		b.styleOf = append(b.styleOf, "")
	case "pPr":
		return b.paragraph(d)
	case "r":
		b.capital = b.styles.capital("", "", b.style())
	case "rPr":
		return b.run(d)
	case "sectPr":
		return b.section(d)
	case "t":
		b.inText = true
	case "tab", "ptab":
		b.write("\t")
	case "br":
		if attr(e, "type") == "page" {
			b.pageBreak(true)
			return nil
		}
		b.write("\n")
	case "cr":
		b.write("\n")
	case "lastRenderedPageBreak":
		b.pageBreak(false)
	case "noBreakHyphen": // a plain one, as in numbers of documents typed without it
		b.write("-")
	case "softHyphen":
		b.write("\u00AD")
	case "sym":
		b.symbol(attr(e, "char"))
	case "txbxContent":
		b.line()
	case "tr":
		b.openRow()
	case "tc":
		b.openCell()
	case "footnoteReference", "endnoteReference":
		key := strings.TrimSuffix(e.Name.Local, "Reference") + attr(e, "id")
		if note := b.notes[key]; note != "" {
			b.pending = append(b.pending, note)
			delete(b.notes, key) // each stands once, however often it is referred to
		}
	}
	return nil
}

// run reads a run's properties.
func (b *docxBody) run(d *xml.Decoder) error {
	style, font := "", ""
	err := b.p.within(d, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "rStyle":
			style = attr(e, "val")
		case "rFonts":
			font = docxFont(e)
		case "rPrChange":
			return b.p.skip(d)
		}
		return nil
	}, nil)
	b.capital = b.styles.capital(font, style, b.style())
	return err
}

// style is that of the present paragraph, "" where it names none.
func (b *docxBody) style() string {
	if n := len(b.styleOf); n > 0 {
		return b.styleOf[n-1]
	}
	return ""
}

// text writes what stands in an element for text.
func (b *docxBody) text(s string) {
	switch {
	case !b.inText:
	case b.capital:
		b.out = analyzers.AppendCapitalRun(b.out, s)
	default:
		b.write(s)
	}
}

func (b *docxBody) end(local string) {
	switch local {
	case "t":
		b.inText = false
	case "p":
		b.styleOf = b.styleOf[:max(len(b.styleOf)-1, 0)]
		b.write("\n")
	case "txbxContent":
		b.line()
	case "tr":
		b.closeRow()
	case "tbl":
		b.line()
	}
}

// symbol writes a character of a symbol font; those stand in the private use
// area, where F020–F07E mirrors ASCII.
func (b *docxBody) symbol(char string) {
	if r, err := strconv.ParseUint(char, 16, 21); err == nil && r > ' ' {
		b.writeRune(rune(r))
	}
}

// paragraph reads a paragraph's properties and writes its automatic number.
func (b *docxBody) paragraph(d *xml.Decoder) error {
	numID, level := "", -1
	for {
		token, err := b.p.token(d)
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.EndElement:
			if t.Name.Local == "pPr" {
				b.write(b.numbers.label(b.style(), numID, level))
				return nil
			}
		case xml.StartElement:
			switch t.Name.Local {
			case "pStyle":
				if n := len(b.styleOf); n > 0 {
					b.styleOf[n-1] = attr(t, "val")
				}
			case "numId":
				numID = attr(t, "val")
			case "ilvl":
				level = levelIndex(attr(t, "val"))
			case "sectPr":
				err = b.section(d)
			case "rPr", "pPrChange", "tabs":
				err = b.p.skip(d)
			}
			if err != nil {
				return err
			}
		}
	}
}

// section reads a section's properties; of the first section it keeps which
// headers and footers it has.
func (b *docxBody) section(d *xml.Decoder) error {
	margins, title := map[string]string{}, false
	for {
		token, err := b.p.token(d)
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.EndElement:
			if t.Name.Local != "sectPr" {
				continue
			}
			if b.first {
				b.first, b.margins, b.titlePage = false, margins, title
			}
			return nil
		case xml.StartElement:
			switch t.Name.Local {
			case "headerReference", "footerReference":
				margins[strings.TrimSuffix(t.Name.Local, "Reference")+" "+attr(t, "type")] = attr(t, "id")
			case "titlePg":
				title = on(attr(t, "val"))
			case "sectPrChange":
				if err := b.p.skip(d); err != nil {
					return err
				}
			}
		}
	}
}

// marginID is the relation of the header or footer that the first page shows.
func (b *docxBody) marginID(kind string) string {
	if b.titlePage {
		return b.margins[kind+" first"]
	}
	return b.margins[kind+" default"]
}

// on reads a switch of WordprocessingML, which is on when it has no value.
func on(value string) bool { return value != "0" && value != "false" && value != "off" }

// readNotes keeps the text of every foot- or endnote.
func (b *docxBody) readNotes(d *xml.Decoder) error {
	note := &docxBody{p: b.p, numbers: b.numbers, styles: b.styles}
	key, total := "", 0
	for {
		token, err := b.p.token(d)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "footnote" || t.Name.Local == "endnote" {
				key, note.out = t.Name.Local+attr(t, "id"), note.out[:0]
				continue
			}
			err = note.start(d, t)
		case xml.EndElement:
			if t.Name.Local == "footnote" || t.Name.Local == "endnote" {
				total += len(note.out)
				b.notes[key] = strings.TrimSpace(strings.ReplaceAll(string(note.out), "\f", "\n"))
				note.out = note.out[:0]
				continue
			}
			note.end(t.Name.Local)
		case xml.CharData:
			note.text(string(t))
		}
		if err == nil && total+len(note.out) > maxText {
			err = errTextTooLarge // an automatic number can repeat a megabyte in every paragraph
		}
		if err != nil {
			return err
		}
	}
}
