package rtf

import (
	"bufio"
	"context"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"

	"vankien/analyzers"
)

// state is what a group may change and its end takes back.
type state struct {
	w          *writer
	skip       bool // nothing within is text
	outside    bool // skip of the group that this one is an alternative in
	label      bool // within an automatic number
	fonts      bool // within the font table
	box        bool // the group is a text box
	base       int  // rows around the writer's text box before this one
	close      func(text string)
	font       int
	unicode    int // bytes that stand for a \u in programs that do not know it
	deleted    bool
	inTable    bool
	depth      int // of the table that the paragraph is in, where it says so
	pageBefore bool
}

type parser struct {
	ctx     context.Context
	lex     lexer
	state   state
	stack   []state
	body    *writer
	margins map[string]string // headers and footers of the first section
	noted   int               // bytes of all notes
	titled  bool              // its first page has its own
	first   bool              // no section has ended yet
	fonts   map[int]font
	defined int // the font whose definition is being read
	ansi    int // code page of text whose font has none
	normal  int // the font of text that names none
	bytes   decoder
	high    rune // the first half of a character of two
	pass    int  // bytes that a \u has said already
	starred bool
	section section
	cutOff  bool
}

// section is how the one that begins is set off from that before it.
type section struct{ ended, continues bool }

func newParser(ctx context.Context, r *bufio.Reader) *parser {
	p := &parser{
		ctx: ctx, lex: lexer{r: r}, body: &writer{}, margins: map[string]string{}, first: true,
		fonts: map[int]font{}, ansi: 1252,
	}
	p.state = state{w: p.body, unicode: 1}
	return p
}

// parse reads the file to the end of its outermost group.
func (p *parser) parse() error {
	for n := 0; ; n++ {
		if n&0xFFF == 0 && p.ctx.Err() != nil {
			return p.ctx.Err()
		}
		t, err := p.lex.next()
		if err == nil {
			err = p.take(t)
		}
		if err == io.EOF {
			p.cutOff = true
			for len(p.stack) > 0 {
				p.end()
			}
			return nil
		}
		if err != nil {
			return err
		}
		if len(p.state.w.out)+p.noted > maxText {
			return ErrTooLarge
		}
		if t.kind == closing && len(p.stack) == 0 {
			return p.rest()
		}
	}
}

// rest looks at what stands behind the outermost group: a brace too many ended it
// if that is more RTF.
func (p *parser) rest() error {
	for {
		t, err := p.lex.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if t.kind == control {
			p.cutOff = true
			return nil
		}
	}
}

func (p *parser) take(t token) error {
	switch t.kind {
	case open:
		if len(p.stack) >= maxDepth {
			return ErrDamaged
		}
		p.stack = append(p.stack, p.state)
		p.state.close, p.state.box = nil, false
		p.pass, p.starred = 0, false
	case closing:
		p.end()
		p.pass, p.starred = 0, false
	case textByte:
		p.text(t.char)
		if p.pass == 0 {
			p.run(p.lex.run())
		}
	case symbol:
		p.symbol(t.char)
	case control:
		starred := p.starred
		p.starred, p.pass = false, 0
		return p.control(t, starred)
	}
	return nil
}

// end takes back what the group changed.
func (p *parser) end() {
	if len(p.stack) == 0 {
		return
	}
	ended := p.state
	p.state = p.stack[len(p.stack)-1]
	p.stack = p.stack[:len(p.stack)-1]
	if ended.box {
		ended.w.place(0)
		ended.w.line()
		ended.w.base, ended.w.begun = ended.base, true
	}
	if ended.close != nil {
		ended.close(ended.w.separate())
	}
}

// apart gives the group a text of its own. Within one that has it already it has
// none: nothing is copied twice.
func (p *parser) apart(close func(text string)) {
	if p.state.w == p.body && !p.state.skip && len(p.stack) > 0 {
		p.state.w, p.state.close = &writer{}, close
	}
}

// box makes the group a text box.
func (p *parser) box() {
	if p.state.skip || p.state.box || len(p.stack) == 0 {
		return
	}
	w := p.state.w
	p.place()
	w.line()
	p.state.box, p.state.base = true, w.base
	w.base = len(w.rows)
	p.state.inTable, p.state.depth, p.state.pageBefore = false, 0, false
}

func (p *parser) text(c byte) {
	switch {
	case p.pass > 0:
		p.pass--
	case p.state.fonts:
		p.nameFont(c)
	case !p.state.skip:
		p.write(p.decoding().add(c))
	}
}

// run takes plain text as text does, at once where it may.
func (p *parser) run(b []byte) {
	switch d := p.decoding(); {
	case p.state.skip && !p.state.fonts:
	case p.state.fonts || d.codepage == 0 || d.lead != 0:
		for _, c := range b {
			p.text(c)
		}
	case !p.state.deleted && len(b) > 0:
		p.place()
		p.say(string(b))
	}
}

// code writes the character with a number of Unicode, or half of one.
func (p *parser) code(number int) {
	r := rune(uint16(number))
	p.pass = p.state.unicode
	if p.state.fonts || p.state.skip {
		return
	}
	if utf16.IsSurrogate(r) {
		whole := utf16.DecodeRune(p.high, r)
		p.high = r
		if whole == unicode.ReplacementChar {
			return
		}
		r, p.high = whole, 0
	}
	p.write(string(r))
}

// write writes what a paragraph says.
func (p *parser) write(s string) {
	if p.state.skip || p.state.deleted || s == "" {
		return
	}
	if strings.ContainsFunc(s, isControl) {
		s = strings.Map(func(r rune) rune {
			if isControl(r) {
				return -1
			}
			return r
		}, s)
	}
	p.place()
	p.say(s)
}

// say writes text in the present font.
func (p *parser) say(s string) {
	w := p.state.w
	if p.decoding().capital {
		w.out = analyzers.AppendCapitalRun(w.out, s)
	} else {
		w.out = append(w.out, s...)
	}
}

// isControl tells characters that mean nothing in a text, or what the package
// says rows and pages with.
func isControl(r rune) bool { return r < ' ' && r != '\t' && r != '\n' }

// place begins what stands in the present paragraph.
func (p *parser) place() {
	w := p.state.w
	if w == p.body && p.section.ended {
		p.section.ended = false
		if !p.section.continues {
			w.place(0)
			w.pageBreak()
		}
	}
	depth := 0
	if p.state.inTable {
		depth = max(p.state.depth, 1)
	}
	if !w.begun && p.state.pageBefore && len(w.out) > 0 && (depth == 0 || len(w.rows) == w.base) {
		w.place(0)
		w.pageBreak()
	}
	w.begin(depth)
}

// endParagraph ends the present paragraph.
func (p *parser) endParagraph() {
	if p.state.skip || p.state.deleted {
		return
	}
	p.place()
	p.state.w.out = append(p.state.w.out, '\n')
	p.state.w.begun = false
}
