package query

import (
	"strings"
	"unicode"

	"vankien/analyzers"
)

// item is what is left of a piece, or a barrier where an operator took pieces
// out: no operand reaches across it.
type item struct {
	piece
	or      bool // an OR that may join what stands on its sides
	barrier bool
	field   int // of a barrier, which of the fields was taken out, from 1
}

// parser takes fields and exclusions out of the pieces, and then the
// alternatives out of what is left.
type parser struct {
	pieces   []piece
	shouting bool // all in capitals: no capital word is an operator
	bullets  bool // a list was pasted: its dashes exclude nothing
	query    Query
	items    []item
}

// survey looks at the whole before operators are read.
func (p *parser) survey() {
	lower, syllable := false, false
	for i, w := range p.pieces {
		if w.kind != wordPiece {
			continue
		}
		p.bullets = p.bullets || w.line && minus(w.text) > 0 && p.piece(i+1).kind != quotePiece && !p.named(i)
		if operators[w.text] {
			continue
		}
		lower = lower || strings.ContainsFunc(w.text, unicode.IsLower)
		syllable = syllable || len(w.fold) > 1 && analyzers.ValidSyllable(w.text)
	}
	p.shouting = syllable && !lower
}

// operators are the words of operators; CÓ belongs to KHÔNG CÓ.
var operators = map[string]bool{"OR": true, "HOẶC": true, "AND": true, "NOT": true, "KHÔNG": true, "CÓ": true}

// named tells whether a field's name begins at piece i.
func (p *parser) named(i int) bool {
	_, _, ok := p.fieldName(i)
	return ok
}

// minus is the length of the minus sign that text begins with, 0 without one.
func minus(text string) int {
	for _, sign := range []string{"-", "−"} {
		if strings.HasPrefix(text, sign) {
			return len(sign)
		}
	}
	return 0
}

// read takes fields and exclusions out and leaves the rest as items.
func (p *parser) read() {
	for i := 0; i < len(p.pieces); {
		if next := p.exclusion(i); next > i {
			p.items = append(p.items, item{barrier: true})
			i = next
			continue
		}
		if next := p.condition(i, false); next > i {
			i = next
			continue
		}
		it := item{piece: p.pieces[i], or: p.isOr(i)}
		if p.isAnd(i) {
			it = item{barrier: true}
		}
		p.items = append(p.items, it)
		i++
	}
}

// condition takes a field that begins at piece i. Joined by OR to another of
// its name, it adds to that one's values.
func (p *parser) condition(i int, not bool) (next int) {
	f, next := p.field(i)
	if next == i || minus(p.pieces[i].text) > 0 && !not {
		return i
	}
	f.Not = not
	if n := len(p.items); n > 1 && p.items[n-1].or && p.items[n-2].field > 0 {
		before := &p.query.Fields[p.items[n-2].field-1]
		if merged, ok := either(*before, f); ok {
			*before = merged
			p.items = p.items[:n-1]
			return next
		}
	}
	p.query.Fields = append(p.query.Fields, f)
	p.items = append(p.items, item{barrier: true, field: len(p.query.Fields)})
	return next
}

// piece is piece i, a sign that means nothing beyond the ends.
func (p *parser) piece(i int) piece {
	if i < 0 || i >= len(p.pieces) {
		return piece{kind: signPiece}
	}
	return p.pieces[i]
}

// stands tells whether piece i is text, with no colon or other sign on it.
func (p *parser) stands(i int, text string) bool {
	after := p.piece(i + 1)
	return p.piece(i).kind == wordPiece && p.piece(i).text == text && !(after.kind == signPiece && after.glued && after.text != "(")
}

func (p *parser) isOr(i int) bool {
	return !p.shouting && (p.stands(i, "OR") || p.stands(i, "HOẶC"))
}

// isAnd tells an AND between two operands: all words are wanted anyhow.
func (p *parser) isAnd(i int) bool {
	return !p.shouting && i > 0 && i+1 < len(p.pieces) && p.stands(i, "AND")
}

// words joins what is left, without brackets that hold nothing any more. A
// comma stands for an OR: alternatives are no phrase together.
func (p *parser) words() string {
	var words []byte
	open := -1 // where a bracket begins that holds nothing yet
	after := signPiece
	for _, it := range p.items {
		if it.or && after != signPiece {
			words, after = append(words, ','), signPiece
		}
		if it.barrier || it.or {
			continue
		}
		if open >= 0 && it.kind == signPiece && it.text == ")" {
			words, open = words[:open], -1
			continue
		}
		open = -1
		if it.kind == signPiece && it.text == "(" {
			open = len(words)
		}
		if len(words) > 0 && (!it.glued || it.kind == quotePiece || after == quotePiece) {
			words = append(words, ' ')
		}
		words = append(words, it.text...)
		after = it.kind
	}
	return string(words)
}
