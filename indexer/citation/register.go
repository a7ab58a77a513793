package citation

import (
	"strings"
	"sync"
	"unicode"
)

// Known is a document that a citation may mean.
type Known struct {
	Number Number // as Parse reads it; zero where it has none
	Issued string // ISO 8601, "" where unknown
	Kind   string // the name of its kind: "Quy định"; "" where unknown
	Issuer string // the name of the body that issued it: "Bộ Chính trị"; "" where unknown
	Title  string
	Ended  bool // it was replaced, repealed or withdrawn
}

// Register tells which of the documents it was made of a citation may mean. It
// does not change, and is safe for concurrent use. A look-up takes time in
// proportion to the documents with the same serial, however many others there
// are.
type Register struct {
	known    []Known
	traits   []traits           // by document
	bySerial map[string][]int32 // serial as serialKey has it
	bySigns  map[string][]int32 // number without its signs, see signless
	byTerm   map[sitting][]int32
	families map[string][]member // symbol → its documents by serial
	rarity   func() map[string]float64
}

// traits are what is compared of a document, made once.
type traits struct {
	kind    string // symbol; of a number without one, that of the kind's name
	issuer  string // letters and digits of the issuer's symbol, in capitals
	letters string // of the number, without signs and zeros, in small letters
}

// sitting is a plenum, or with plenum 0 a congress.
type sitting struct {
	term   string
	plenum int
}

// NewRegister makes a register of known, which must not change any more.
func NewRegister(known []Known) *Register {
	r := &Register{
		known: known, traits: make([]traits, len(known)),
		bySerial: make(map[string][]int32, len(known)), bySigns: make(map[string][]int32, len(known)),
		byTerm: map[sitting][]int32{}, families: map[string][]member{},
	}
	for i := range known {
		r.enter(int32(i))
	}
	for _, family := range r.families {
		r.sortMembers(family)
	}
	r.rarity = sync.OnceValue(func() map[string]float64 { return rarities(known) })
	return r
}

func (r *Register) enter(i int32) {
	k := r.known[i]
	n := k.Number
	if k.Issuer == centralCommittee || k.Issuer == "" && n.Issuer == "TW" {
		if term, plenum := PlenumOf(k.Issued); plenum > 0 {
			r.byTerm[sitting{term, plenum}] = append(r.byTerm[sitting{term, plenum}], i)
			r.byTerm[sitting{"", plenum}] = append(r.byTerm[sitting{"", plenum}], i)
		}
	}
	if n.Serial == "" {
		if term := congressOf(k); term != "" {
			r.byTerm[sitting{term, 0}] = append(r.byTerm[sitting{term, 0}], i)
		}
		return
	}
	t := traits{kind: n.Kind, issuer: strings.ToUpper(onlyLetters(n.Issuer)), letters: signless(n.String())}
	if t.kind == "" {
		named, _ := KindByName(k.Kind)
		t.kind = named.Symbol
	}
	r.traits[i] = t
	r.bySerial[serialKey(n.Serial)] = append(r.bySerial[serialKey(n.Serial)], i)
	folded := fold(t.letters)
	r.bySigns[folded] = append(r.bySigns[folded], i)
	if serial, ok := serialValue(n.Serial); ok {
		family := symbolOf(n)
		r.families[family] = append(r.families[family], member{serial, i})
	}
}

// centralCommittee is the body whose documents a plenum passes.
const centralCommittee = "Ban Chấp hành Trung ương"

// congressOf is the term of the congress that passed a document without a
// number, "" where its title names none.
func congressOf(k Known) string {
	if fold(k.Kind) != "nghi quyet" {
		return ""
	}
	p := lex(k.Title)
	for i := range p.tokens {
		if m, ok := p.congress(i); ok {
			return m.term()
		}
	}
	return ""
}

// serialKey is a serial under which 01 and 1 are one.
func serialKey(serial string) string {
	trimmed := strings.TrimLeft(strings.ToLower(serial), "0")
	if trimmed == "" || trimmed[0] < '0' || trimmed[0] > '9' {
		return "0" + trimmed
	}
	return trimmed
}

// signless is a number's letters and digits alone, in small letters, without
// leading zeros and with TƯ as TW: under it a number typed without its signs
// is the printed one.
func signless(number string) string {
	return strings.TrimLeft(strings.ToLower(onlyLetters(central(nfc(number)))), "0")
}

func onlyLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || isDigit(r) {
			return r
		}
		return -1
	}, s)
}
