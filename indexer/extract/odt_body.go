package extract

import (
	"encoding/xml"
	"strings"

	"vankien/analyzers"
)

// odtBody turns the body of an OpenDocument text into running text, in one pass
// over the tokens. Elements are known by their local names.
type odtBody struct {
	paged
	a      *archive
	styles *odtStyles
	lists  odtLists
	master string // the kind of the first page

	paragraphs int    // open ones: a text box stands within one
	after      bool   // the page ends behind the last paragraph
	capital    []bool // whether each open paragraph and span is in a capital font
}

func newODTBody(a *archive, styles *odtStyles) *odtBody {
	return &odtBody{a: a, styles: styles, lists: newODTLists(styles)}
}

// read reads the part with the body to its end.
func (b *odtBody) read(d *xml.Decoder) error {
	return b.a.eachStart(d, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "font-face":
			b.styles.readFont(e)
		case "automatic-styles":
			return b.styles.readBlock(b.a, d)
		case "body":
			return b.element(d)
		}
		return nil
	})
}

// element reads to the end of the element that has just begun.
func (b *odtBody) element(d *xml.Decoder) error {
	return b.a.within(d, func(e xml.StartElement) error {
		if len(b.out) > maxText {
			return errTextTooLarge
		}
		return b.start(d, e)
	}, b.other)
}

// other takes what is no start of an element.
func (b *odtBody) other(token xml.Token) {
	switch t := token.(type) {
	case xml.CharData:
		if b.paragraphs > 0 {
			b.text(string(t))
		}
	case xml.EndElement:
		b.end(t.Name.Local)
	}
}

// text writes what a paragraph says: blanks of the file are one, and none at
// its beginning.
func (b *odtBody) text(s string) {
	for i, part := range strings.FieldsFunc(s, isODTSpace) {
		if i > 0 || isODTSpace(rune(s[0])) {
			b.blank()
		}
		part = strings.ReplaceAll(part, "\u2011", "-") // as numbers are typed without it
		if n := len(b.capital); n > 0 && b.capital[n-1] {
			b.out = analyzers.AppendCapitalRun(b.out, part)
		} else {
			b.write(part)
		}
	}
	if s != "" && isODTSpace(rune(s[len(s)-1])) {
		b.blank()
	}
}

func (b *odtBody) blank() {
	if last := b.last(); last != ' ' && last != '\n' && last != '\t' {
		b.write(" ")
	}
}

func isODTSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }

// maxSpaces bounds what one element may say there are.
const maxSpaces = 1000

func (b *odtBody) start(d *xml.Decoder, e xml.StartElement) error {
	switch e.Name.Local {
	case "annotation", "tracked-changes", "forms", "number", "note-citation", "title", "desc", "object", "image", "ruby-text", "script", "scripts",
		"table-of-content-source", "illustration-index-source", "table-index-source", "object-index-source", "user-index-source",
		"alphabetical-index-source", "bibliography-source", "event-listeners", "binary-data", "sequence-decls", "variable-decls", "user-field-decls":
		return b.a.skip(d)
	case "p", "h":
		b.paragraph(e)
	case "span":
		b.span(e)
	case "s":
		b.write(strings.Repeat(" ", max(1, min(atoi(attr(e, "c")), maxSpaces))))
	case "tab":
		b.write("\t")
	case "line-break":
		b.write("\n")
	case "soft-page-break":
		b.pageBreak(false)
	case "list":
		b.lists.begin(e)
	case "list-item", "list-header":
		b.lists.item(e)
	case "note":
		return b.note(d)
	case "text-box", "custom-shape":
		b.line()
	case "table":
		b.setOnPage(b.styles.style("table", attr(e, "style-name")))
		b.line()
	case "table-row":
		b.openRow()
	case "table-cell", "covered-table-cell":
		b.openCell()
	}
	return nil
}

func (b *odtBody) end(local string) {
	switch local {
	case "span":
		b.capital = b.capital[:max(len(b.capital)-1, 0)]
	case "p", "h":
		b.capital = b.capital[:max(len(b.capital)-1, 0)]
		b.paragraphs = max(b.paragraphs-1, 0)
		b.write("\n")
		if b.after && b.paragraphs == 0 && len(b.rows) == 0 {
			b.after = false
			b.pageBreak(true)
		}
	case "list":
		b.lists.end()
	case "text-box", "custom-shape", "table":
		b.line()
	case "table-row":
		b.closeRow()
	}
}

// paragraph begins one, with its automatic number.
func (b *odtBody) paragraph(e xml.StartElement) {
	style := b.styles.style("paragraph", attr(e, "style-name"))
	b.setOnPage(style)
	b.paragraphs++
	b.capital = append(b.capital, b.styles.capital(style))
	b.write(b.lists.label(e, style))
}

// span begins a stretch of a paragraph that may be in another font.
func (b *odtBody) span(e xml.StartElement) {
	capital := len(b.capital) > 0 && b.capital[len(b.capital)-1]
	if font := b.styles.style("text", attr(e, "style-name")).font; font != "" {
		capital = analyzers.CapitalFont(font)
	}
	b.capital = append(b.capital, capital)
}

// setOnPage ends the page where a paragraph or table begins one.
func (b *odtBody) setOnPage(s odtStyle) {
	begun := len(b.out) > 0
	if s.master != "" && !begun && b.master == "" {
		b.master = s.master
	}
	if len(b.rows) > 0 || b.paragraphs > 0 {
		return
	}
	if begun && (s.master != "" || s.before == "page") {
		b.pageBreak(true)
	}
	b.after = s.after == "page"
}

// note keeps a foot- or endnote for the end of the page.
func (b *odtBody) note(d *xml.Decoder) error {
	note := newODTBody(b.a, b.styles)
	if err := note.element(d); err != nil {
		return err
	}
	if text := note.separate(); text != "" {
		b.pending = append(b.pending, text)
	}
	return nil
}

// separate is the text by itself, without pages and the blanks around it.
func (b *odtBody) separate() string {
	b.flushNotes()
	return strings.TrimSpace(strings.ReplaceAll(string(b.out), "\f", "\n"))
}
