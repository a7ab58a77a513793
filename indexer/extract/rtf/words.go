package rtf

import (
	"strings"
	"unicode"
)

// skipped are the groups that are not text, whether they say so with \* or not.
var skipped = names("author buptim colortbl comment company creatim doccomm fldinst filetbl fontemb footnotesep ftncn ftnsep ftnsepc aftncn aftnsep aftnsepc " +
	"generator info keywords listoverridetable listtable manager nonesttables nonshppict objclass objdata operator pict pntxta pntxtb printim private " +
	"pntxta revtbl revtim rsidtbl rxe shprslt sn sp stylesheet subject sv tc tcn template themedata title txe userprops xe xmlnstbl")

// kept are the groups marked with \* that have text within or say what matters;
// of all others a reader that does not know them has to skip all.
var kept = names("do footnote nesttableprops shpinst ud")

// characters are the words that stand for one.
var characters = map[string]string{
	"tab": "\t", "nestcell": "", "line": "\n", "lbr": "\n", "column": "\n", "emdash": "—", "endash": "–", "emspace": "\u2003", "enspace": "\u2002",
	"qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "zwj": "\u200D", "zwnj": "\u200C",
	"ltrmark": "\u200E", "rtlmark": "\u200F",
}

func names(list string) map[string]bool {
	set := map[string]bool{}
	for name := range strings.FieldsSeq(list) {
		set[name] = true
	}
	return set
}

// symbol takes a backslash and a character.
func (p *parser) symbol(c byte) {
	if c == '*' {
		p.starred = true
		return
	}
	if p.pass > 0 {
		p.pass--
		return
	}
	switch c {
	case '\\', '{', '}':
		p.text(c)
	case '~':
		p.write("\u00A0")
	case '_': // a plain one, as in numbers of documents typed without it
		p.write("-")
	case '-':
		p.write("\u00AD")
	case '\r', '\n':
		p.endParagraph()
	}
}

// control takes a control word.
func (p *parser) control(t token, starred bool) error {
	name := string(t.name)
	if skipped[name] || starred && !kept[name] {
		p.state.skip = true
	}
	switch name {
	case "bin":
		return p.lex.skip(t.number)
	case "u":
		p.code(t.number)
		return nil
	}
	if s := characters[name]; s != "" {
		p.write(s)
		return nil
	}
	if p.destination(name) || p.table(name, t) || p.page(name) {
		return nil
	}
	p.property(name, t)
	return nil
}

// destination takes the words that say what a group is.
func (p *parser) destination(name string) bool {
	switch name {
	case "fonttbl":
		p.state.fonts = true
	case "upr": // the text twice, without Unicode and with it
		p.state.outside, p.state.skip = p.state.skip, true
	case "ud":
		p.state.skip = p.state.outside
	case "headerr":
		p.margin("header")
	case "footerr":
		p.margin("footer")
	case "header", "headerf", "footer", "footerf":
		p.margin(name)
	case "headerl", "footerl", "annotation":
		p.state.skip = true
	case "footnote":
		p.apart(func(text string) {
			p.noted += len(text)
			if text != "" && !p.state.deleted {
				p.body.pending = append(p.body.pending, text)
			}
		})
	case "shptxt", "dptxbxtext":
		p.box()
	case "listtext", "pntext":
		p.number()
	default:
		return false
	}
	return true
}

// margin keeps a header or footer of the first section.
func (p *parser) margin(name string) {
	if !p.first {
		p.state.skip = true
		return
	}
	p.apart(func(text string) {
		if p.margins[name] == "" {
			p.margins[name] = text
		}
	})
}

// number keeps an automatic number: what the paragraph is that it belongs to
// may be said behind it. One blank sets it off.
func (p *parser) number() {
	if p.state.label || p.state.skip || len(p.stack) == 0 {
		return
	}
	p.state.label = true
	p.state.w = &writer{}
	p.state.inTable, p.state.pageBefore = false, false
	p.state.close = func(text string) {
		if text != "" && !p.state.deleted {
			p.state.w.label = strings.Map(sign, text) + " "
		}
	}
}

// sign makes a dot of the signs that symbol fonts draw before paragraphs, and a
// dash of Symbol's.
func sign(r rune) rune {
	switch {
	case r == '\uF02D':
		return '-'
	case unicode.Is(unicode.Co, r):
		return '•'
	}
	return r
}

// page takes the words that end paragraphs, pages and sections.
func (p *parser) page(name string) bool {
	switch name {
	case "par":
		p.endParagraph()
	case "page", "pagebreak":
		if !p.state.skip && !p.state.deleted {
			p.place()
			p.state.w.pageBreak()
		}
	case "sect":
		if p.state.skip {
			break
		}
		p.endParagraph()
		p.first = false
		p.section = section{ended: true}
	case "sectd":
		p.section.continues = false
	case "sbknone", "sbkcol":
		p.section.continues = true
	case "sbkpage", "sbkeven", "sbkodd":
		p.section.continues = false
	case "titlepg":
		p.titled = p.titled || p.first
	default:
		return false
	}
	return true
}

// table takes the words of tables.
func (p *parser) table(name string, t token) bool {
	if p.state.skip && name != "pard" {
		return false
	}
	w := p.state.w
	switch name {
	case "pard":
		p.state.inTable, p.state.depth, p.state.pageBefore = false, 0, false
	case "intbl":
		p.state.inTable = !t.off()
	case "itap":
		p.state.depth = t.number
		p.state.inTable = t.number > 0
	case "cell":
		w.endCell(1)
	case "nestcell":
		w.endCell(max(p.state.depth, 2))
	case "row":
		w.closeRow(1)
	case "nestrow":
		w.closeRow(max(p.state.depth, 2))
	default:
		return false
	}
	return true
}

// property takes the words that say how text is to be read.
func (p *parser) property(name string, t token) {
	switch name {
	case "f":
		p.state.font, p.defined = t.number, t.number
		if p.state.fonts && len(p.fonts) < maxFonts {
			p.fonts[t.number] = font{charset: -1}
		}
	case "deff":
		p.normal, p.state.font = t.number, t.number
	case "plain":
		p.state.font, p.state.deleted = p.normal, false
	case "fcharset", "cpg":
		f, ok := p.fonts[p.defined]
		if !ok {
			return
		}
		if name == "cpg" {
			f.codepage = t.number
		} else {
			f.charset = t.number
		}
		p.fonts[p.defined] = f
		p.bytes.ready = false
	case "ansicpg":
		p.bytes.ready = false
		if encodings[t.number] != nil {
			p.ansi = t.number
		}
	case "mac":
		p.ansi = 10000
	case "pc":
		p.ansi = 437
	case "pca":
		p.ansi = 850
	case "uc":
		p.state.unicode = max(0, min(t.number, 16))
	case "deleted":
		p.state.deleted = !t.off()
	case "pagebb":
		p.state.pageBefore = !t.off()
	}
}

// nameFont adds a letter to the name of the font whose definition is being read.
func (p *parser) nameFont(c byte) {
	f, ok := p.fonts[p.defined]
	if ok && c != ';' && len(f.name) < 64 && !p.state.skip {
		f.name += string(rune(c))
		p.bytes.ready = false
		p.fonts[p.defined] = f
	}
}
