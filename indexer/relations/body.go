package relations

import (
	"strings"
	"unicode"

	"vankien/analyzers"
	"vankien/indexer/citation"
)

// body is who issued a document, by the name that is printed.
type body struct {
	name   string
	folded string // words, a space at both ends; "" without a name
	seats  [levels]string
	works  int // that it issued
}

// The levels of the place that a name tells, from the whole country down.
const (
	province = iota
	district
	commune
	unit // "Đảng ủy Trường Chính trị"
	levels
)

// seatWords stand before the name of a place.
var seatWords = map[string]int{
	"tỉnh ủy": province, "tỉnh": province, "thành ủy": province, "thành phố": province, "tp": province, "tp.": province,
	"huyện ủy": district, "huyện": district, "quận ủy": district, "quận": district, "thị ủy": district, "thị xã": district,
	"xã": commune, "phường": commune, "thị trấn": commune, "đặc khu": commune,
	"đảng ủy": unit, "đảng bộ": unit, "chi bộ": unit, "chi ủy": unit,
}

// bodyOf is the body of one work more; releaseBody takes that back.
func (g *Graph) bodyOf(name string) *body {
	b := g.bodies[name]
	if b == nil {
		b = newBody(strings.Clone(name))
		g.bodies[b.name] = b
	}
	b.works++
	return b
}

func (g *Graph) releaseBody(b *body) {
	if b.works--; b.works == 0 {
		delete(g.bodies, b.name)
	}
}

func newBody(name string) *body {
	b := &body{name: name}
	if all := words(name); len(all) > 0 {
		b.folded = " " + strings.Join(all, " ") + " "
	}
	tokens := strings.FieldsFunc(strings.NewReplacer(",", " , ", ";", " ; ").Replace(name), unicode.IsSpace)
	for i := 0; i < len(tokens); {
		level, next, ok := seatAt(tokens, i)
		if !ok {
			i++
			continue
		}
		end := next
		for end < len(tokens) && named(tokens[end]) {
			if _, _, another := seatAt(tokens, end); another {
				break
			}
			end++
		}
		if level == province && b.seats[province] != "" { // "thành phố Sông Công, tỉnh Thái Nguyên"
			b.seats[district] = b.seats[province]
		}
		if end > next && unicode.IsUpper([]rune(tokens[next])[0]) {
			b.seats[level] = strings.Join(words(strings.Join(tokens[next:end], " ")), " ")
		}
		i = end
	}
	return b
}

// seatAt reads a seat word that begins with token i.
func seatAt(tokens []string, i int) (level, next int, ok bool) {
	word := analyzers.Canonical(tokens[i])
	if i+1 < len(tokens) {
		if level, ok = seatWords[word+" "+analyzers.Canonical(tokens[i+1])]; ok {
			return level, i + 2, true
		}
	}
	level, ok = seatWords[word]
	return level, i + 1, ok
}

// named tells whether a token may be part of a place's name.
func named(token string) bool {
	r := []rune(token)[0]
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// nearness tells how two bodies stand: 2 one body, 1 one place, 0 nobody can
// tell, -1 different places of one level.
func (b *body) nearness(other *body) int {
	if b.folded != "" && b.folded == other.folded {
		return 2
	}
	near := 0
	for level, seat := range b.seats {
		switch {
		case seat == "" || other.seats[level] == "":
		case seat != other.seats[level]:
			return -1
		default:
			near = 1
		}
	}
	return near
}

// placeless are State bodies of the table of citation that every province has.
var placeless = map[string]bool{"HĐND": true, "UBND": true, "CTUBND": true, "VPUBND": true}

// shared tells whether many bodies have a symbol (TU, UBND, SYT), so that who
// writes it means the one of its own place.
func shared(symbol string) bool {
	first, _, _ := strings.Cut(symbol, "-")
	if strings.HasSuffix(strings.ToUpper(first), "TW") {
		return false
	}
	found := citation.BodiesBySymbol(first)
	return len(found) == 0 || found[0].Party || placeless[strings.ToUpper(first)]
}
