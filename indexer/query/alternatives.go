package query

import (
	"slices"
	"strings"

	"vankien/indexer/citation"
)

// Operands without quotes are words next to OR: all between two ORs; on the
// outer sides the number, the abbreviation or the phrase-quoted stretch there;
// else as many words as the shortest operand of the chain has, two at least.
// "quản lý đảng viên OR đoàn viên" asks for đảng viên or đoàn viên; so no
// alternative is narrower than what was meant.
const (
	maxRun     = 8 // words looked at on each side of an OR
	maxOperand = 4 // syllables of the longest operand that is cut out of a run
)

// operand is a stretch of items on one side of an OR.
type operand struct {
	from, to int  // items
	fixed    bool // its length is known: quoted, a number, between two ORs
	number   bool // a document number without quotes
}

// alternatives reads the groups that OR makes; the phrases outside of them
// are the query's.
func (p *parser) alternatives() {
	grouped := make(map[int]bool) // items that are operands
	for i := 0; i < len(p.items); i++ {
		if !p.items[i].or {
			continue
		}
		chain, last := p.chain(i)
		if len(chain) > 1 && len(p.query.Must) < MaxGroups {
			if group := p.group(chain); len(group) > 1 && !numbers(chain) {
				p.query.Must = append(p.query.Must, group)
				for _, o := range chain {
					grouped[o.from] = true
				}
			}
		} else if p.items[i].or = false; p.beside(i) {
			p.items[i].barrier = true
		}
		i = max(i, last)
	}
	for i, it := range p.items {
		if it.kind == quotePiece && !it.barrier && !grouped[i] && len(p.query.Phrases) < MaxPhrases {
			p.query.Phrases = append(p.query.Phrases, it.text)
		}
	}
}

// beside tells whether something was taken out next to the OR at item i, which
// then joins nothing and is no word either.
func (p *parser) beside(i int) bool {
	return i > 0 && p.items[i-1].barrier || i+1 < len(p.items) && p.items[i+1].barrier
}

// chain reads the operands around the OR at item i and those that follow it
// without a break; last is the last of these ORs.
func (p *parser) chain(i int) (chain []operand, last int) {
	left, ok := p.left(i)
	if !ok {
		return nil, i
	}
	chain = append(chain, left)
	for last = i; len(chain) < MaxOperands; {
		right, next, ok := p.right(last)
		if !ok {
			break
		}
		chain = append(chain, right)
		if next < 0 {
			break
		}
		if _, _, ok := p.right(next); !ok {
			break
		}
		last = next
	}
	return chain, last
}

// left is the operand before the OR at item i.
func (p *parser) left(i int) (operand, bool) {
	to := i
	if p.isSign(to-1, ")") {
		to--
	}
	if to == 0 || p.items[to-1].kind == quotePiece && !p.items[to-1].barrier {
		return operand{from: to - 1, to: to, fixed: true}, to > 0
	}
	from := to
	for from > 0 && to-from < maxRun && p.isWord(from-1) && (from == to || !ends(p.items[from-1].text) && !p.items[from].line) {
		from--
	}
	if from == to {
		return operand{}, false
	}
	if found := citation.Find(p.text(from, to)); len(found) > 0 && found[len(found)-1].End == len(p.text(from, to)) {
		return operand{to - strings.Count(found[len(found)-1].Raw, " ") - 1, to, true, true}, true
	}
	if alone(p.items[to-1].text) {
		return operand{from: to - 1, to: to, fixed: true}, true
	}
	return operand{from: from, to: to}, true
}

// right is the operand behind the OR at item i, and the next OR where only
// that operand stands between them, else -1.
func (p *parser) right(i int) (o operand, next int, ok bool) {
	from := i + 1
	if p.isSign(from, "(") {
		from++
	}
	if from < len(p.items) && p.items[from].kind == quotePiece && !p.items[from].barrier {
		return operand{from: from, to: from + 1, fixed: true}, p.nextOr(from + 1), true
	}
	to := from
	for to < len(p.items) && to-from < maxRun && p.isWord(to) && (to == from || !ends(p.items[to-1].text) && !p.items[to].line) {
		to++
	}
	if from == to {
		return operand{}, -1, false
	}
	next = p.nextOr(to)
	if found := citation.Find(p.text(from, to)); len(found) > 0 && found[0].Start == 0 {
		if cited := from + strings.Count(found[0].Raw, " ") + 1; cited == to || next < 0 {
			return operand{from, cited, true, true}, next, true
		}
	}
	switch {
	case next >= 0:
		return operand{from: from, to: to, fixed: true, number: p.digits(from, to)}, next, true
	case alone(p.items[from].text):
		return operand{from: from, to: from + 1, fixed: true, number: p.digits(from, from+1)}, -1, true
	}
	return operand{from: from, to: to}, -1, true
}

// nextOr is item i where it is an OR, or the one behind a bracket there.
func (p *parser) nextOr(i int) int {
	if p.isSign(i, ")") {
		i++
	}
	if i < len(p.items) && p.items[i].or {
		return i
	}
	return -1
}

func (p *parser) isWord(i int) bool {
	it := p.items[i]
	return it.kind == wordPiece && !it.barrier && !it.or
}

func (p *parser) isSign(i int, text string) bool {
	return i >= 0 && i < len(p.items) && !p.items[i].barrier && p.items[i].kind == signPiece && p.items[i].text == text
}

func (p *parser) text(from, to int) string {
	words := make([]string, 0, to-from)
	for _, it := range p.items[from:to] {
		words = append(words, it.text)
	}
	return strings.Join(words, " ")
}

// digits tells whether a single item is digits: a further number of a list.
func (p *parser) digits(from, to int) bool {
	return to-from == 1 && strings.Trim(trimmed(p.items[from].text), "0123456789") == ""
}

// numbers tells whether a chain is of document numbers only. They name their
// documents, which need not have these words ("nghị quyết 57 OR 59"): that is
// for Citations, and no condition.
func numbers(chain []operand) bool {
	return !slices.ContainsFunc(chain, func(o operand) bool { return !o.number })
}

// group is the text of a chain's operands, each once.
func (p *parser) group(chain []operand) []string {
	length := maxOperand
	for _, o := range chain {
		if !o.fixed {
			length = min(length, o.to-o.from)
		}
	}
	length = max(length, wordLength)
	var group []string
	for i, o := range chain {
		if n := o.to - o.from; !o.fixed && n > length {
			if i == 0 {
				o.from = o.to - length
			} else {
				o.to = o.from + length
			}
		}
		text := p.text(o.from, o.to)
		if p.items[o.from].kind == wordPiece {
			text = trimmed(underscored(text))
		}
		if text != "" && !slices.Contains(group, text) {
			group = append(group, text)
		}
	}
	return group
}
