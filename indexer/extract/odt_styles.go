package extract

import (
	"cmp"
	"encoding/xml"
	"strconv"
	"strings"

	"vankien/analyzers"
	"vankien/indexer/extract/word"
)

// odtStyles is what the styles of an OpenDocument text say of its pages,
// automatic numbers and fonts.
type odtStyles struct {
	blocks  map[string]*odtStyle // of paragraphs, tables and text, by family and name
	plain   map[string]*odtStyle // what holds for all of a family
	fonts   map[string]string    // the names of fonts, by those that styles give them
	lists   map[string]*[word.Levels]*word.Level
	outline [word.Levels]*word.Level
	masters map[string]map[string]string // kinds of pages: their header and footer
}

// odtStyle is how a paragraph or a table is set on pages, and in which font.
type odtStyle struct {
	parent        string
	before, after string // fo:break-before, fo:break-after
	master        string // the kind of page that begins with it
	list          string
	listed        bool // list is said, if only to be none
	font          string
}

func newODTStyles() *odtStyles {
	return &odtStyles{blocks: map[string]*odtStyle{}, plain: map[string]*odtStyle{}, fonts: map[string]string{}, lists: map[string]*[word.Levels]*word.Level{}, masters: map[string]map[string]string{}}
}

// read reads the part that the styles have for themselves. What it calls
// automatic is for headers only, under names that the body uses again.
func (s *odtStyles) read(a *archive, d *xml.Decoder) error {
	return a.eachStart(d, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "styles":
			return s.readBlock(a, d)
		case "automatic-styles":
			return a.skip(d)
		case "font-face":
			s.readFont(e)
		case "master-page":
			return s.readMaster(a, d, attr(e, "name"))
		}
		return nil
	})
}

// readBlock reads styles to the end of the element that has just begun.
func (s *odtStyles) readBlock(a *archive, d *xml.Decoder) error {
	var (
		style  *odtStyle
		levels *[word.Levels]*word.Level
		level  *word.Level
	)
	return a.within(d, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "style":
			style = &odtStyle{parent: attr(e, "parent-style-name"), master: attr(e, "master-page-name"), list: attr(e, "list-style-name"), listed: hasAttr(e, "list-style-name")}
			s.blocks[attr(e, "family")+" "+attr(e, "name")] = style
		case "default-style":
			style = &odtStyle{}
			s.plain[attr(e, "family")] = style
		case "text-properties":
			if style != nil {
				style.font = s.font(e)
			}
		case "paragraph-properties", "table-properties":
			if style != nil {
				style.before, style.after = attr(e, "break-before"), attr(e, "break-after")
			}
		case "list-style":
			style, levels = nil, &[word.Levels]*word.Level{}
			s.lists[attr(e, "name")] = levels
		case "outline-style":
			style, levels = nil, &s.outline
		case "list-level-style-number", "list-level-style-bullet", "list-level-style-image", "outline-level-style":
			level = odtLevel(e)
			if at := atoi(attr(e, "level")) - 1; levels != nil && at >= 0 && at < word.Levels {
				levels[at] = level
			}
		case "list-level-label-alignment":
			if level != nil {
				level.Glued = attr(e, "label-followed-by") == "nothing"
			}
		}
		return nil
	}, nil)
}

// readFont keeps the name of a font.
func (s *odtStyles) readFont(e xml.StartElement) {
	s.fonts[attr(e, "name")] = strings.Trim(attr(e, "font-family"), `'"`)
}

// font is the name of the font that the properties of a text name, "" where
// they name none.
func (s *odtStyles) font(e xml.StartElement) string {
	name := attr(e, "font-name")
	return cmp.Or(s.fonts[name], name, strings.Trim(attr(e, "font-family"), `'"`))
}

// capital tells whether a paragraph of the style is in a capital font.
func (s *odtStyles) capital(paragraph odtStyle) bool {
	font := paragraph.font
	if plain := s.plain["paragraph"]; font == "" && plain != nil {
		font = plain.font
	}
	return analyzers.CapitalFont(font)
}

// odtFormats are Word's names of the formats of numbers.
var odtFormats = map[string]string{"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}

func odtLevel(e xml.StartElement) *word.Level {
	if e.Name.Local == "list-level-style-bullet" {
		return &word.Level{Format: "bullet", Text: attr(e, "bullet-char")}
	}
	if e.Name.Local == "list-level-style-image" {
		return &word.Level{Format: "none"}
	}
	format := attr(e, "num-format")
	l := &word.Level{Start: 1, Format: odtFormats[format]}
	if strings.HasPrefix(format, "01") {
		l.Format = "decimalZero"
	}
	if start := attr(e, "start-value"); start != "" {
		l.Start = atoi(start)
	}
	if format == "" {
		l.Text = attr(e, "num-prefix") + attr(e, "num-suffix")
	} else {
		l.Text = odtPattern(e)
	}
	return l
}

// odtPattern is the pattern of a level's number, as Word writes it.
func odtPattern(e xml.StartElement) string {
	if pattern := attr(e, "num-list-format"); pattern != "" { // "%1%.%2%", LibreOffice's own
		for i := 1; i <= word.Levels+1; i++ {
			key := "%" + strconv.Itoa(i)
			pattern = strings.ReplaceAll(pattern, key+"%", key)
		}
		return pattern
	}
	level := max(1, min(atoi(attr(e, "level")), word.Levels))
	shown := max(1, min(atoi(attr(e, "display-levels")), level))
	pattern := ""
	for i := level - shown + 1; i <= level; i++ {
		if pattern != "" {
			pattern += "."
		}
		pattern += "%" + strconv.Itoa(i)
	}
	return attr(e, "num-prefix") + pattern + attr(e, "num-suffix")
}

// readMaster reads header and footer of a kind of page, those of its first page
// where they differ.
func (s *odtStyles) readMaster(a *archive, d *xml.Decoder, name string) error {
	master := map[string]string{}
	s.masters[name] = master
	own := map[string]bool{}
	return a.within(d, func(e xml.StartElement) error {
		kind, first := strings.CutSuffix(e.Name.Local, "-first")
		if kind != "header" && kind != "footer" || own[kind] || attr(e, "display") == "false" {
			if strings.HasPrefix(e.Name.Local, "header") || strings.HasPrefix(e.Name.Local, "footer") {
				return a.skip(d)
			}
			return nil
		}
		b := newODTBody(a, s)
		if err := b.element(d); err != nil {
			return err
		}
		own[kind] = first
		master[kind] = b.separate()
		return nil
	}, nil)
}

// style finds what the style or those it is based on say.
func (s *odtStyles) style(family, name string) odtStyle {
	var found odtStyle
	for range 16 {
		style := s.blocks[family+" "+name]
		if style == nil {
			break
		}
		if found.before == "" {
			found.before = style.before
		}
		if found.after == "" {
			found.after = style.after
		}
		if found.master == "" {
			found.master = style.master
		}
		if found.font == "" {
			found.font = style.font
		}
		if !found.listed {
			found.list, found.listed = style.list, style.listed
		}
		name = style.parent
	}
	return found
}
