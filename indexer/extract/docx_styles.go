package extract

import (
	"cmp"
	"encoding/xml"

	"vankien/analyzers"
)

// docxStyles are what the styles of paragraphs and of characters say that
// matters to the text: lists and fonts.
type docxStyles struct {
	byID  map[string]*docxStyle
	plain string // the default paragraph style
	font  string // where no style names one
}

type docxStyle struct {
	basedOn, num string
	level        int
	font         string
}

// maxBases is how far styles are followed that are based on others: they may
// go in circles.
const maxBases = 16

func newDOCXStyles() *docxStyles { return &docxStyles{byID: map[string]*docxStyle{}} }

func (s *docxStyles) read(p *archive, d *xml.Decoder) error {
	style := &docxStyle{}
	return p.eachStart(d, func(e xml.StartElement) error {
		switch value := attr(e, "val"); e.Name.Local {
		case "style":
			style = &docxStyle{level: -1}
			s.byID[attr(e, "styleId")] = style
			if attr(e, "type") == "paragraph" && attr(e, "default") != "" && on(attr(e, "default")) {
				s.plain = attr(e, "styleId")
			}
		case "basedOn":
			style.basedOn = value
		case "numId":
			style.num = value
		case "ilvl":
			style.level = levelIndex(value)
		case "rFonts":
			style.font = docxFont(e)
		case "rPrDefault":
			return p.within(d, func(e xml.StartElement) error {
				if e.Name.Local == "rFonts" {
					s.font = docxFont(e)
				}
				return nil
			}, nil)
		case "pPrChange", "rPrChange", "tblStylePr":
			return p.skip(d)
		}
		return nil
	})
}

// docxFont is the font that w:rFonts names for the letters beyond ASCII, as all
// that TCVN3 adds are; that of a theme counts before one that is named.
func docxFont(e xml.StartElement) string {
	return cmp.Or(attr(e, "hAnsiTheme"), attr(e, "hAnsi"), attr(e, "asciiTheme"), attr(e, "ascii"))
}

// capital tells whether text is in a capital font: its own, that of its style
// or that of its paragraph's style.
func (s *docxStyles) capital(own, style, paragraph string) bool {
	return analyzers.CapitalFont(cmp.Or(own, s.fontOf(style), s.fontOf(cmp.Or(paragraph, s.plain)), s.font))
}

// fontOf is the font that the style or one it is based on names.
func (s *docxStyles) fontOf(id string) string {
	for range maxBases {
		style := s.byID[id]
		if style == nil {
			return ""
		}
		if style.font != "" {
			return style.font
		}
		id = style.basedOn
	}
	return ""
}

// list finds the list that the style or one it is based on belongs to, and the
// style that says so.
func (s *docxStyles) list(id string) (num, said string, level int) {
	id = cmp.Or(id, s.plain)
	for range maxBases {
		style := s.byID[id]
		if style == nil {
			return "", "", 0
		}
		if style.num != "" {
			return style.num, id, style.level
		}
		id = style.basedOn
	}
	return "", "", 0
}
