package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/indexer/citation"
)

// exclusion takes what NOT, KHÔNG CÓ, or a minus excludes; next is the piece
// behind it, i where there is none.
func (p *parser) exclusion(i int) (next int) {
	w := p.piece(i)
	switch {
	case w.kind != wordPiece:
		return i
	case p.stands(i, "NOT") && !p.shouting:
		return p.exclude(i, i+1, true)
	case w.fold == "khong" && p.has(i, "không") && p.piece(i+1).fold == "co" && p.has(i+1, "có"):
		capitals := w.text == strings.ToUpper(w.text) && p.piece(i+1).text == strings.ToUpper(p.piece(i+1).text)
		return p.exclude(i, i+2, capitals && !p.shouting)
	case minus(w.text) > 0 && (!w.glued || p.piece(i-1).text == "("):
		return p.minus(i)
	}
	return i
}

// has tells whether piece i is that word, or it without accents.
func (p *parser) has(i int, word string) bool {
	lower := strings.ToLower(p.piece(i).text)
	return lower == word || lower == p.piece(i).fold
}

// exclude takes the operand that begins at from: a phrase or, where words are
// meant too, a field or words.
func (p *parser) exclude(i, from int, words bool) (next int) {
	w := p.piece(from)
	if words {
		if next = p.condition(from, true); next > from {
			return next
		}
	}
	switch {
	case len(p.query.Without) >= MaxWithout:
		return i
	case w.kind == quotePiece:
		p.query.Without = append(p.query.Without, w.text)
		return from + 1
	case !words || w.kind != wordPiece || !strings.ContainsFunc(w.text, wordRune):
		return i
	}
	return p.excludeWords(i, from, w.text)
}

// maxExcluded is the most words without quotes that NOT takes when nothing
// else follows: a longer run is the rest of the query, of which only the word
// next to NOT is meant. Vietnamese words mostly have two syllables.
const (
	maxExcluded = 4
	wordLength  = 2
)

// excludeWords takes words without quotes from piece from on; first is the
// text of that piece without a minus.
func (p *parser) excludeWords(i, from int, first string) (next int) {
	run := []string{first}
	for at := from + 1; len(run) <= maxExcluded && p.goesOn(at); at++ {
		run = append(run, p.pieces[at].text)
	}
	n := len(run)
	if alone(first) {
		n = 1
	} else if n > maxExcluded {
		n = wordLength
	}
	if found := citation.Find(strings.Join(run, " ")); len(found) > 0 && found[0].Start == 0 {
		n = strings.Count(found[0].Raw, " ") + 1
	}
	text := trimmed(underscored(strings.Join(run[:n], " ")))
	if text == "" {
		return i
	}
	p.query.Without = append(p.query.Without, text)
	return from + n
}

// goesOn tells whether the run of words before piece at goes on with it.
func (p *parser) goesOn(at int) bool {
	w := p.piece(at)
	return w.kind == wordPiece && !w.line && !ends(p.pieces[at-1].text) && !p.isOr(at) && !p.stands(at, "NOT") && !p.stands(at, "AND") &&
		!p.stands(at, "KHÔNG") && minus(w.text) == 0 && !p.named(at)
}

// ends tells whether a word ends a sentence.
func ends(word string) bool {
	last, _ := utf8.DecodeLastRuneInString(word)
	return strings.ContainsRune(".?!…", last)
}

// alone tells whether a word is an operand by itself: an abbreviation, a
// number, words joined by a sign.
func alone(word string) bool {
	letters := 0
	for _, r := range word {
		switch {
		case unicode.IsDigit(r), strings.ContainsRune("-_/&", r):
			return true
		case unicode.IsLower(r):
			return false
		case unicode.IsUpper(r):
			letters++
		}
	}
	return letters > 1
}

// trimmed is text without punctuation around it.
func trimmed(text string) string {
	return strings.TrimFunc(text, func(r rune) bool { return !wordRune(r) && !unicode.IsMark(r) })
}

// pasted is a number of pieces from which on a text was hardly typed for a
// search: a glued dash in it is print ("Biên Hòa -Vũng Tàu"), no exclusion.
const pasted = 14

// minus takes what a minus glued to its left side excludes. A dash between
// two words whose right space was forgotten ("kinh tế -xã hội") and the
// bullets of a pasted list exclude nothing, nor does a negative number.
func (p *parser) minus(i int) (next int) {
	w := p.pieces[i]
	rest := w.text[minus(w.text):]
	if rest == "" {
		if p.piece(i+1).kind == quotePiece && p.piece(i+1).glued {
			return p.exclude(i, i+1, false)
		}
		return i
	}
	if next = p.condition(i, true); next > i {
		return next
	}
	before := p.piece(i - 1)
	first, _ := utf8.DecodeRuneInString(rest)
	switch {
	case !unicode.IsLower(first) && !(unicode.IsUpper(first) && alone(rest)):
		return i
	case len(p.pieces) > pasted, p.bullets, p.shouting, i == 0, w.line, len(p.query.Without) >= MaxWithout,
		before.kind == signPiece && before.text != ")", before.kind == wordPiece && ends(before.text), p.dash(i, rest):
		return i
	}
	return p.excludeWords(i, i, rest)
}

// dash tells whether the minus at piece i stands between names, or in one of
// the compounds that are written with a dash.
func (p *parser) dash(i int, rest string) bool {
	before := p.piece(i - 1)
	if before.kind != wordPiece {
		return false
	}
	left, _ := utf8.DecodeRuneInString(before.text)
	right, _ := utf8.DecodeRuneInString(rest)
	if unicode.IsUpper(left) && unicode.IsUpper(right) || !strings.ContainsFunc(before.text, wordRune) {
		return true
	}
	return dashed[p.piece(i-2).fold+" "+before.fold] && dashed[strings.TrimLeft(p.pieces[i].fold, "-−")+" "+p.piece(i+1).fold]
}

// dashed are the words of the compounds that official Vietnamese writes with a
// dash: "kinh tế - xã hội", "quốc phòng - an ninh".
var dashed = setOf(`kinh te, xa hoi, chinh tri, van hoa, quoc phong, an ninh, khoa hoc, cong nghe, ky thuat, lao dong, thuong binh,
	the duc, the thao, du lich, nong lam, ngu nghiep, giao duc, dao tao, ke hoach, tai chinh, ngan sach, hanh chinh, su nghiep,
	nghe nghiep, thi dua, khen thuong, trung uong, dia phuong, doi ngoai, tu tuong, to chuc, dich vu, cong nghiep, nong nghiep`)

func setOf(list string) map[string]bool {
	set := make(map[string]bool)
	for member := range strings.SplitSeq(list, ",") {
		set[strings.TrimSpace(member)] = true
	}
	return set
}
