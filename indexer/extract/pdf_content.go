package extract

import (
	"errors"
	"io"

	"github.com/ledongthuc/pdf"
)

// Bounds of one page's content, form XObjects included.
const (
	maxForms    = 16       // forms within forms
	formCost    = 32 << 10 // bytes of content that opening one counts as: a few can draw each other a million times
	maxStates   = 1024     // q without Q
	maxOperands = 64       // an operator takes six at most
	maxCommands = 8 << 20  // operators
)

var errContent = errors.New("page content over the limit")

// textState is the part of the graphics state that places text.
type textState struct {
	ctm                                 matrix
	font                                *font
	size, char, word, scale, lead, rise float64
}

// content runs the operators of a page and gives its glyphs to lines.
//
// It is our own because both per-page modes of the library lose words: they
// take no account of glyph widths, Td, TD, T* and TJ distances, and of form
// XObjects. Files, objects, filters and decryption are the library's.
type content struct {
	fonts *fontCache
	lines lineBuilder
	limit *budget

	state        textState
	saved        []textState
	matrix, line matrix // of text and of its line
	resources    pdf.Value
	named        map[string]*font // the fonts of resources met so far
	forms        int
	commands     int

	images float64 // the area that images cover
	paths  int     // painted paths: letters drawn as curves
	ink    *ink    // where somebody wants to know more about them
}

func newContent(fonts *fontCache, limit *budget, resources pdf.Value) *content {
	return &content{
		fonts: fonts, limit: limit, resources: resources, named: map[string]*font{},
		state:  textState{ctm: identity, scale: 1},
		matrix: identity, line: identity,
	}
}

// run reads a content stream to its end. An error ends the page; what was read
// before it stands.
func (c *content) run(r io.Reader) error {
	lex := newLexer(c.limit.reader(r))
	var operands []any
	for {
		token, err := lex.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		op, ok := token.(pdfOperator)
		if !ok {
			if len(operands) < maxOperands {
				operands = append(operands, token)
			}
			continue
		}
		if c.commands++; c.commands > maxCommands {
			return errContent
		}
		if err := c.do(op, operands); err != nil {
			return err
		}
		operands = operands[:0]
	}
}

func (c *content) do(op pdfOperator, operands []any) error {
	switch op {
	case "q":
		if len(c.saved) < maxStates {
			c.saved = append(c.saved, c.state)
		}
	case "Q":
		if n := len(c.saved); n > 0 {
			c.state, c.saved = c.saved[n-1], c.saved[:n-1]
		}
	case "cm":
		if m, ok := operandMatrix(operands); ok {
			c.state.ctm = m.mul(c.state.ctm)
		}
	case "Do":
		return c.object(lastName(operands))
	case "ID":
		c.image()
	case "f", "F", "f*", "S", "s", "B", "B*", "b", "b*":
		c.paths++
		fallthrough
	case "m", "l", "c", "v", "y", "n":
		if c.ink != nil {
			c.ink.draw(op, operands, c.state.ctm)
		}
	default:
		c.doText(op, operands)
	}
	return nil
}

// image takes notice of an image, which fills the unit square.
func (c *content) image() {
	c.images += c.state.ctm.area()
	c.ink.image(c.state.ctm)
}

// doText runs the operators of text state, position and showing.
func (c *content) doText(op pdfOperator, operands []any) {
	s := &c.state
	switch op {
	case "BT":
		c.matrix, c.line = identity, identity
	case "Tf":
		if len(operands) >= 2 {
			name, _ := operands[0].(pdfName)
			s.font, s.size = c.fontNamed(string(name)), at(operands, 1)
		}
	case "Tc":
		s.char = at(operands, 0)
	case "Tw":
		s.word = at(operands, 0)
	case "Tz":
		s.scale = at(operands, 0) / 100
	case "TL":
		s.lead = at(operands, 0)
	case "Ts":
		s.rise = at(operands, 0)
	case "Td":
		c.move(at(operands, 0), at(operands, 1))
	case "TD":
		s.lead = -at(operands, 1)
		c.move(at(operands, 0), at(operands, 1))
	case "T*":
		c.move(0, -s.lead)
	case "Tm":
		if m, ok := operandMatrix(operands); ok {
			c.matrix, c.line = m, m
		}
	case "Tj":
		c.show(operands, 0)
	case "TJ":
		if len(operands) > 0 {
			list, _ := operands[0].([]any)
			c.showAll(list)
		}
	case "'":
		c.move(0, -s.lead)
		c.show(operands, 0)
	case "\"":
		s.word, s.char = at(operands, 0), at(operands, 1)
		c.move(0, -s.lead)
		c.show(operands, 2)
	}
}

// fontNamed looks a font up once for all the times that a page selects it.
func (c *content) fontNamed(name string) *font {
	f, ok := c.named[name]
	if !ok {
		f = c.fonts.get(c.resources, name)
		c.named[name] = f
	}
	return f
}

func (c *content) move(x, y float64) {
	c.line = translation(x, y).mul(c.line)
	c.matrix = c.line
}

func (c *content) showAll(list []any) {
	for i, element := range list {
		if distance, ok := element.(float64); ok {
			c.matrix = translation(-distance/1000*c.state.size*c.state.scale, 0).mul(c.matrix)
			continue
		}
		c.show(list, i)
	}
}

func (c *content) show(operands []any, i int) {
	if i >= len(operands) || c.state.font == nil {
		return
	}
	text, _ := operands[i].(pdfString)
	s := &c.state
	s.font.each(text, func(g glyph) {
		scale := matrix{s.size * s.scale, 0, 0, s.size, 0, s.rise}
		from := scale.mul(c.matrix).mul(s.ctm)
		advance := g.width*s.size + s.char
		if g.space {
			advance += s.word
		}
		c.matrix = translation(advance*s.scale, 0).mul(c.matrix)
		to := scale.mul(c.matrix).mul(s.ctm)
		if c.lines.text.Len() > maxPageText {
			return // enough to refuse the page; a single operator could fill the memory
		}
		place := spot{start: from.origin(), end: to.origin()}
		place.direction, place.em = from.along()
		c.lines.add(g.text, place)
		c.ink.glyph(g.text, place)
	})
}

// object draws a named XObject: a form is more content, an image covers.
func (c *content) object(name string) error {
	object := c.resources.Key("XObject").Key(name)
	switch object.Key("Subtype").Name() {
	case "Image":
		c.image()
		return nil
	case "Form":
	default:
		return nil
	}
	if c.forms >= maxForms {
		return nil
	}
	c.limit.left -= formCost
	outer, resources, named, saved := c.state, c.resources, c.named, c.saved
	textMatrix, line := c.matrix, c.line
	c.forms++
	c.saved = nil
	if own := object.Key("Resources"); own.Kind() == pdf.Dict {
		c.resources, c.named = own, map[string]*font{}
	}
	c.state.ctm = valueMatrix(object.Key("Matrix")).mul(c.state.ctm)
	err := c.run(object.Reader())
	c.forms--
	c.state, c.resources, c.named, c.saved = outer, resources, named, saved
	c.matrix, c.line = textMatrix, line
	return err
}

func valueMatrix(v pdf.Value) matrix {
	if v.Len() != 6 {
		return identity
	}
	var m matrix
	for i := range m {
		m[i] = v.Index(i).Float64()
	}
	return m
}

func at(operands []any, i int) float64 {
	if i >= len(operands) {
		return 0
	}
	n, _ := operands[i].(float64)
	return n
}

func lastName(operands []any) string {
	if len(operands) == 0 {
		return ""
	}
	name, _ := operands[len(operands)-1].(pdfName)
	return string(name)
}
